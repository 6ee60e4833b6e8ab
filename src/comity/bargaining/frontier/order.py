"""In what order to take linked issues, so that few of them are open at a time."""

from __future__ import annotations

from math import log2

from comity.bargaining.frontier.left import Left


def order(left: Left, component: list[int]) -> list[int]:
    """Linked issues, each time the one next that leaves the fewest states open."""
    rest, taken = set(component), list[int]()
    while rest:
        best = min(rest, key=lambda k: (_open(left, {*taken, k}), len(left.options[k]), k))
        taken.append(best)
        rest.remove(best)
    return taken


def _open(left: Left, taken: set[int]) -> float:
    """The logarithm of how many states there may be after some issues."""
    bits = 0.0
    for one in left.forbidden:
        bits += bool(one.keys() & taken and one.keys() - taken)
    for cap in left.caps:
        bits += 4.0 * bool(cap.amounts.keys() & taken and cap.amounts.keys() - taken)
    waiting = {a for a, b in _ordered(left) if a in taken and b not in taken}
    return bits + sum(log2(max(2, len(left.options[k]))) for k in waiting)


def _ordered(left: Left) -> list[tuple[int, int]]:
    return [*left.steps.pairs, *((b, a) for a, b in left.steps.pairs)]
