"""Sums of partial packages with what is added: dominated ones dropped, equal ones joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from comity.bargaining.frontier.levels import Places
from comity.bargaining.frontier.work import LONG, Tell, Work, untold
from comity.bargaining.problem import Bools, Ints
from comity.bargaining.waiting import waited_for

if TYPE_CHECKING:
    from comity.bargaining.frontier.runs import Runs

T = TypeVar("T")

ANY = np.iinfo(np.int64).max
"""More than any difference of two sums."""

EACH = 5
"""How many comparisons take as long as taking one sum after another from sorted lists."""


@dataclass(frozen=True, eq=False)
class Block:
    """Nodes of the level before, and what may be added to every one of them.

    ``values`` (nodes, width) and ``added`` (choices, width) in whole steps; ``nodes`` and
    ``choices`` say which they are. Values come in falling lexicographic order.
    """

    values: Ints
    nodes: Ints
    added: Ints
    choices: Ints


@dataclass(frozen=True, eq=False)
class Bounds:
    """What is asked of every sum, column by column.

    A sum below ``low`` is left out, above ``high`` counted as ``high``. Differences up to
    ``same`` make no sum better than another. Sums may be left out for others that are worse by
    no more than ``slack``. The first columns are the ``parties``; at most ``most`` are kept.
    """

    low: Ints
    high: Ints
    same: Ints
    slack: Ints
    parties: int
    most: int


@dataclass(frozen=True, eq=False)
class Sums:
    """Kept sums (nodes, width) and the edges that made each, as in a Level.

    ``whole`` is False if there are more than allowed; ``thinned`` says whether slack was used.
    """

    values: Ints
    start: Ints
    parent: Places
    choice: Places
    whole: bool
    thinned: bool


def sums(blocks: list[Block], bounds: Bounds, work: Work, tell: Tell = untold) -> Sums:
    """All sums of the blocks that are not dropped, in falling lexicographic order.

    Raises TooLargeError if that takes more comparisons than ``work`` has left.
    """
    runs = _runs(blocks)
    width = runs.rows.shape[1]
    told = runs.rows, runs.starts, runs.ends, runs.shifts, bounds.low, bounds.same, bounds.most
    total, thinned = int((runs.ends - runs.starts).sum()), False
    work.compare(total * EACH)
    if width == bounds.parties == 2 and not bounds.slack.any():
        from comity.bargaining.frontier.two import two_party_sums

        x, y, made, whole = _run(two_party_sums, total, *told)
        values, node = _joined(x, y)
    elif width == bounds.parties == 3 and not bounds.slack.any():
        from comity.bargaining.frontier.three import three_party_sums

        values, made, node, whole = _run(three_party_sums, total, *told)
    else:
        from comity.bargaining.frontier.many import many_party_sums

        limits = bounds.low, bounds.high, bounds.same, bounds.slack, bounds.parties, bounds.most
        kept = many_party_sums(runs, *limits, tell, work.compare)
        values, made, node = kept.values, kept.made, kept.node
        whole, thinned = kept.whole, kept.thinned
    order, start = _by_node(node, len(values))
    parent, choice = _ends(runs, made[order])
    return Sums(values, start, parent, choice, whole and len(choice) <= bounds.most, thinned)


def _run(loop: Callable[..., T], sums: int, *told: object) -> T:
    """What a compiled loop answers; a long one can be interrupted."""
    return loop(*told) if sums <= LONG else waited_for(lambda: loop(*told))


def _runs(blocks: list[Block]) -> Runs:
    """Blocks as runs: the longer side as sorted rows, a run for each of the shorter."""
    from comity.bargaining.frontier.runs import Runs

    parts: list[tuple[Ints, ...]] = []
    turned: list[Bools] = []
    begin = 0
    for block in blocks:
        turn = len(block.values) < len(block.added)
        long, short, long_ids, short_ids = block.values, block.added, block.nodes, block.choices
        if turn:
            order = falling(block.added)
            long, short = block.added[order], block.values
            long_ids, short_ids = block.choices[order], block.nodes
        starts = np.full(len(short), begin)
        begin += len(long)
        ends = np.full(len(short), begin)
        parts.append((long, starts, ends, short, long_ids, short_ids))
        turned.append(np.full(len(short), turn))
    if len(parts) == 1:
        rows, first, last, shifts, row_ids, run_ids = parts[0]
    else:
        joined = (np.concatenate(part) for part in zip(*parts, strict=True))
        rows, first, last, shifts, row_ids, run_ids = joined
    return Runs(rows, first, last, shifts, row_ids, run_ids, np.concatenate(turned))


def _ends(runs: Runs, made: Ints) -> tuple[Places, Places]:
    """The parent and the choice of edges, from what made them (run × 2³² + row)."""
    by_run, by_row = runs.run_ids[made >> 32], runs.row_ids[made & 0xFFFFFFFF]
    if not runs.turned.any():
        parent, choice = by_row, by_run
    elif runs.turned.all():
        parent, choice = by_run, by_row
    else:
        turned = runs.turned[made >> 32]
        parent, choice = np.where(turned, by_run, by_row), np.where(turned, by_row, by_run)
    return parent.astype(np.int32), choice.astype(np.int32)


def falling(values: Ints) -> Ints:
    """The order that sorts rows downwards, by the first column, then the second, and so on."""
    order: Ints = np.lexsort(tuple(-values[:, c] for c in reversed(range(values.shape[1]))))
    return order


def _joined(x: Ints, y: Ints) -> tuple[Ints, Ints]:
    """Sorted sums with equal ones joined: values, and the node of each."""
    values = np.empty((len(x), 2), dtype=np.int64)
    values[:, 0], values[:, 1] = x, y
    new = np.empty(len(x), dtype=bool)
    new[:1] = True
    new[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1])
    if new.all():
        return values, np.arange(len(x))
    return values[new], np.cumsum(new) - 1


def _by_node(node: Ints, nodes: int) -> tuple[Ints | slice, Ints]:
    """Edges in the order of their nodes, and where those of each node start."""
    order: Ints | slice = slice(None)
    if len(node) == nodes:
        return order, np.arange(nodes + 1)
    if (node[1:] < node[:-1]).any():
        order = np.argsort(node, kind="stable")
        node = node[order]
    return order, np.searchsorted(node, np.arange(nodes + 1))
