"""Red lines and links that rule out everything, alone or together: seen before any bargaining.

Links are looked at over the options of the issues they name, listed one by one, which is cheap as
long as these are few; what is beyond that is left to the search for conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.dossier.paths import MisfitError, Path, listed
from comity.dossier.picked import Bools, Floats, added, mask
from comity.dossier.talks import Cap, IfThen, Light, Link, Talks

_Kind = TypeVar("_Kind", bound=np.generic)

_MOST_AXES = 30
"""Issues that one table may have; NumPy's arrays have no more than 64 axes."""
MOST_CELLS = 1_000_000
"""Combinations of options up to which links are looked at one by one."""

_SAME = 1e-9


@dataclass(frozen=True, eq=False)
class Allowed:
    """Which combinations of some issues' options stand: one axis for each issue named."""

    issues: tuple[str, ...]
    cells: Bools

    def over(self, order: Iterable[str]) -> Bools:
        """The same with axes in another order, of length 1 for other issues."""
        wanted = list(order)
        axes = sorted(range(len(self.issues)), key=lambda k: wanted.index(self.issues[k]))
        lengths = dict(zip(self.issues, self.cells.shape, strict=True))
        return self.cells.transpose(axes).reshape([lengths.get(name, 1) for name in wanted])


def ruled_out_too_much(talks: Talks, path: Path) -> Iterator[MisfitError]:
    """Red lines and links that leave no package, and links that together leave none."""
    yield from _red_lines(talks, path)
    tables = {name: allowed_by(talks, link) for name, link in talks.links.items()}
    known = {name: table for name, table in tables.items() if table is not None}
    alone = [name for name, table in known.items() if not table.cells.any()]
    for name in alone:
        yield MisfitError(
            (*path, "links", name),
            "this link rules out every package",
            mend="Widen it, or remove it: nothing could ever be agreed.",
        )
    if not alone:
        for together in _contradictions(known):
            yield MisfitError(
                (*path, "links", together[0]),
                "these links contradict each other: together they rule out every package",
                found=listed(together),
                mend="Widen one of them, or remove it.",
            )


def allowed_by(talks: Talks, link: Link) -> Allowed | None:
    """What a link leaves of the issues it names; None if that is too much to list.

    The bound of a cap is taken at its highest.
    """
    issues = _named(link)
    sizes = [len(talks.issues[name].labels(len(talks.parties))) for name in issues]
    if not _few(sizes):
        return None
    if isinstance(link, Cap):
        bound = link.at_most.bounds[1]
        most = bound + _SAME * max(1.0, abs(bound))
        within: Bools = np.less_equal(_sum(talks, link, issues), most)
        return Allowed(issues, within)
    if isinstance(link, IfThen):
        given, then = (_meets(talks, issues, said) for said in (link.if_, link.then))
        return Allowed(issues, np.logical_or(~given, then))
    met = np.stack([_meets(talks, issues, these) for these in link.these])
    return Allowed(issues, np.equal(met.all(axis=0), met.any(axis=0)))


def rules_out_nothing(talks: Talks, link: Link) -> bool:
    """Whether every package keeps to a link anyhow; of a cap, whatever its bound."""
    if isinstance(link, Cap):
        most = sum(float(_added(talks, link, name).max()) for name in link.sum)
        return most <= link.at_most.bounds[0] + _SAME
    left = allowed_by(talks, link)
    return left is not None and bool(left.cells.all())


def _named(link: Link) -> tuple[str, ...]:
    if isinstance(link, Cap):
        return tuple(link.sum)
    parts = (link.if_, link.then) if isinstance(link, IfThen) else link.these
    return tuple(dict.fromkeys(issue for part in parts for issue in part))


def _red_lines(talks: Talks, path: Path) -> Iterator[MisfitError]:
    for party, wants in talks.preferences.items():
        here = (*path, "preferences", party)
        for name, line in wants.red_lines.items():
            if all(_mask(talks, issue, words).all() for issue, words in line.never.items()):
                yield MisfitError(
                    (*here, "red_lines", name),
                    f"this red line of '{party}' rules out every package",
                    mend="Leave at least one option of one of its issues out of it.",
                )
        for name, held in wants.issues.items():
            lights = list((held.lights or {}).values())
            if lights and all(light is Light.NO for light in lights):
                yield MisfitError(
                    (*here, "issues", name, "lights"),
                    f"'{party}' says no to every option of '{name}', so no package is left",
                    found="no for every option",
                    mend="Give at least one option another light; "
                    "what no agreement is worth belongs into `reservation`.",
                )


def _contradictions(tables: Mapping[str, Allowed]) -> Iterator[list[str]]:
    """Smallest sets of links that leave nothing together, one for each knot of linked issues.

    Small knots are listed; in large ones only what follows link by link is seen.
    """
    for knot in _knots(tables):
        held = [tables[name] for name in knot]
        left = _some_left if _few(_lengths(held).values()) else _some_supported
        if not left(held):
            yield _smallest({name: tables[name] for name in knot}, left)


def _few(sizes: Collection[int]) -> bool:
    """Whether combinations of so many options can be listed."""
    return len(sizes) <= _MOST_AXES and prod(sizes) <= MOST_CELLS


def _lengths(tables: Sequence[Allowed]) -> dict[str, int]:
    """How many options each issue has that the links name."""
    return {
        issue: length
        for table in tables
        for issue, length in zip(table.issues, table.cells.shape, strict=True)
    }


def _some_left(tables: Sequence[Allowed]) -> bool:
    """Whether a combination of options keeps to every link: all of them listed."""
    lengths = _lengths(tables)
    cells = np.ones(tuple(lengths.values()), dtype=bool)
    for table in tables:
        cells &= table.over(lengths)
    return bool(cells.any())


def _some_supported(tables: Sequence[Allowed]) -> bool:
    """Whether every issue keeps an option when each link strikes out what it does not support.

    False is a proof that nothing is left; True is none that something is.
    """
    lengths = _lengths(tables)
    options: dict[str, Bools] = {name: np.ones(size, dtype=bool) for name, size in lengths.items()}
    before = -1
    while (now := sum(int(mask.sum()) for mask in options.values())) != before:
        before = now
        for table in tables:
            axes = range(len(table.issues))
            cells = table.cells
            for axis in axes:
                cells = cells & _along(options[table.issues[axis]], axis, len(axes))
            for axis in axes:
                others = tuple(other for other in axes if other != axis)
                options[table.issues[axis]] = np.asarray(cells.any(axis=others))
            if not cells.any():
                return False
    return True


def _knots(tables: Mapping[str, Allowed]) -> list[list[str]]:
    """Links that share issues, directly or through others."""
    knots: list[tuple[set[str], list[str]]] = []
    for name, table in tables.items():
        issues, names = set(table.issues), [name]
        for other in [knot for knot in knots if knot[0] & issues]:
            knots.remove(other)
            issues, names = issues | other[0], other[1] + names
        knots.append((issues, names))
    return [names for _, names in knots]


def _smallest(
    tables: Mapping[str, Allowed], left: Callable[[Sequence[Allowed]], bool]
) -> list[str]:
    """A set of links that leaves nothing, and of which none can be spared."""
    kept = dict(tables)
    for name in tables:
        rest = {other: table for other, table in kept.items() if other != name}
        if rest and not left(list(rest.values())):
            kept = rest
    return list(kept)


def _meets(talks: Talks, issues: tuple[str, ...], said: Mapping[str, tuple[str, ...]]) -> Bools:
    """Where a combination stands: True in every cell that holds it."""
    sizes = [len(talks.issues[name].labels(len(talks.parties))) for name in issues]
    cells = np.ones(sizes, dtype=bool)
    for axis, name in enumerate(issues):
        if name in said:
            cells &= _along(_mask(talks, name, said[name]), axis, len(issues))
    return cells


def _sum(talks: Talks, link: Cap, issues: tuple[str, ...]) -> Floats:
    total: Floats = np.zeros([1] * len(issues))
    for axis, name in enumerate(issues):
        total = total + _along(_added(talks, link, name), axis, len(issues))
    return total


def _mask(talks: Talks, issue: str, words: Iterable[str]) -> Bools:
    return mask(talks.issues[issue], talks.parties, words)


def _added(talks: Talks, link: Cap, issue: str) -> Floats:
    return added(talks.issues[issue], talks.parties, link.sum[issue])


def _along(values: NDArray[_Kind], axis: int, axes: int) -> NDArray[_Kind]:
    shape = [1] * axes
    shape[axis] = len(values)
    return values.reshape(shape)
