"""Random small problems, and their frontier in the plainest way: every package against every other.

Nothing here is shared with the code under test but the problem itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from random import Random

import numpy as np

from comity.bargaining.problem import AtMost, Floats, Interaction, Limit, Never, Package, Problem

NEAR = 1e-9

Draw = Callable[[], float]


def frontier_of(problem: Problem, above: Floats | None = None) -> list[tuple[Floats, set[Package]]]:
    """Points with all packages on each: at least as good and better with a tolerance of 10⁻⁹."""
    rows = np.array(list(itertools.product(*map(range, problem.sizes))), dtype=np.int64)
    rows = rows[[not broken(problem, row) for row in rows]]
    worth = np.array([utility(problem, row) for row in rows]).reshape(-1, len(problem.parties))
    if above is not None:
        rows, worth = (each[(worth >= above - NEAR).all(axis=1)] for each in (rows, worth))
    best = [k for k, own in enumerate(worth) if not bettered(own, worth)]
    points: list[tuple[Floats, set[Package]]] = []
    for k in sorted(best, key=lambda k: tuple(-worth[k])):
        package = tuple(int(option) for option in rows[k])
        for point, packages in points:
            if np.abs(point - worth[k]).max() <= NEAR:
                packages.add(package)
                break
        else:
            points.append((worth[k], {package}))
    return points


def bettered(own: Floats, others: Floats) -> bool:
    no_worse = (others >= own - NEAR).all(axis=1)
    better = (others > own + NEAR).any(axis=1)
    return bool((no_worse & better).any())


def utility(problem: Problem, package: np.ndarray) -> Floats:
    total = np.zeros(len(problem.parties))
    for worth, option in zip(problem.worth, package, strict=True):
        total = total + worth[option]
    for both in problem.interactions:
        total = total + both.worth[package[both.first], package[both.second]]
    return total


def broken(problem: Problem, package: np.ndarray) -> bool:
    for limit in problem.limits:
        for never in limit.never:
            if all(mask[package[issue]] for issue, mask in never.marked):
                return True
        for cap in limit.at_most:
            if sum(amount[package[issue]] for issue, amount in cap.amounts) > cap.bound + NEAR:
                return True
    return False


# ---------------------------------------------------------------- random problems


def problem_of(seed: int) -> Problem:
    """A random problem of two to five parties, small enough to list all its packages."""
    rng = Random(seed)
    parties = rng.choice([2, 2, 2, 3, 3, 4, 5])
    sizes = _sizes(rng, {2: 400, 3: 200, 4: 120, 5: 80}[parties])
    number = _numbers(rng)
    weights = np.array([_weight(rng) for _ in range(parties)])
    worth = tuple(
        np.array([[number() for _ in range(parties)] for _ in range(size)]) / weights
        for size in sizes
    )
    if rng.random() < 0.15:  # the same options again: ties between permuted issues
        worth = tuple(worth[0] if len(w) == len(worth[0]) else w for w in worth)
    return Problem(
        tuple("ABCDE"[:parties]),
        tuple(f"i{k}" for k in range(len(sizes))),
        tuple(tuple(f"o{o}" for o in range(size)) for size in sizes),
        worth,
        np.array([number() for _ in range(parties)]),
        weights,
        tuple(_interactions(rng, sizes, parties, number)),
        tuple(_limits(rng, sizes)),
    )


def _sizes(rng: Random, most: int) -> list[int]:
    sizes: list[int] = []
    for _ in range(rng.randint(1, 6)):
        room = most // int(np.prod(sizes, initial=1))
        if room < 2:
            break
        sizes.append(rng.randint(1, min(6, room)))
    return sizes


def _weight(rng: Random) -> float:
    return rng.choice([1.0, 1.0, 3.0, 7.0, 100.0, 0.5, rng.uniform(0.1, 50)])


def _numbers(rng: Random) -> Draw:
    """Where worth comes from: few whole numbers, decimals, thirds, floats, negative ones."""
    kind = rng.randrange(6)
    shift = rng.choice([0, 0, 0, -3])
    return {
        0: lambda: float(rng.randint(0, 3) + shift),
        1: lambda: float(rng.randint(0, 20) + shift),
        2: lambda: rng.randint(0, 30) / 10 + shift,
        3: lambda: rng.randint(0, 9) / 3 + shift,
        4: lambda: rng.uniform(-50, 50),
        5: lambda: rng.randint(0, 5) * 0.7 / 7 + rng.choice([0.0, 1 / 3, 1 / 7]),
    }[kind]


def _interactions(
    rng: Random, sizes: list[int], parties: int, number: Draw
) -> Iterator[Interaction]:
    if len(sizes) < 2 or rng.random() < 0.5:
        return
    for _ in range(rng.randint(1, 3)):
        first, second = rng.sample(range(len(sizes)), 2)
        table = np.zeros((sizes[first], sizes[second], parties))
        rows = [rng.random() < 0.5 for _ in range(sizes[first])]
        columns = [rng.random() < 0.5 for _ in range(sizes[second])]
        if rng.random() < 0.5:
            table[np.ix_(rows, columns, [rng.randrange(parties)])] = number()
        else:
            table = np.array([[[number() for _ in range(parties)] for _ in columns] for _ in rows])
        yield Interaction(first, second, table)


def _limits(rng: Random, sizes: list[int]) -> Iterator[Limit]:
    for n in range(rng.choice([0, 0, 1, 1, 2, 3, 4])):
        some = rng.sample(range(len(sizes)), rng.randint(1, min(4, len(sizes))))
        kind = rng.randrange(4)
        if kind == 0:
            yield Limit(f"r{n}", "red line", "A", (_never(rng, sizes, some),))
        elif kind == 1:  # if then, on one or more issues
            yield Limit(f"l{n}", "link", None, tuple(_if_then(rng, sizes, some)))
        elif kind == 2:  # both or neither
            first, second = _mask(rng, sizes[some[0]]), _mask(rng, sizes[some[-1]])
            one = Never(((some[0], first), (some[-1], ~second)))
            other = Never(((some[0], ~first), (some[-1], second)))
            yield Limit(f"b{n}", "link", None, (one, other))
        else:
            yield Limit(f"c{n}", "link", None, (), (_cap(rng, sizes, some),))


def _never(rng: Random, sizes: list[int], some: list[int]) -> Never:
    return Never(tuple((k, _mask(rng, sizes[k])) for k in some))


def _if_then(rng: Random, sizes: list[int], some: list[int]) -> Iterator[Never]:
    split = rng.randint(1, len(some))
    given = [(k, _mask(rng, sizes[k])) for k in some[:split]]
    for k in some[split:] or some[:1]:
        rest = tuple(pair for pair in given if pair[0] != k)
        yield Never((*rest, (k, _mask(rng, sizes[k]))))


def _cap(rng: Random, sizes: list[int], some: list[int]) -> AtMost:
    number = rng.choice(
        [lambda: float(rng.randint(0, 4)), lambda: rng.randint(-9, 20) / 10, rng.random]
    )
    amounts = tuple((k, np.array([number() for _ in range(sizes[k])])) for k in some)
    middle = sum(float(rng.choice(list(amount))) for _, amount in amounts)
    return AtMost(amounts, middle)


def _mask(rng: Random, size: int) -> np.ndarray:
    return np.array([rng.random() < 0.5 for _ in range(size)])
