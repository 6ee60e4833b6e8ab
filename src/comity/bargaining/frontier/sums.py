"""Sums of partial packages with what is added: dominated ones dropped, equal ones joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.bargaining.frontier.levels import Places
from comity.bargaining.problem import Ints


@dataclass(frozen=True, eq=False)
class Block:
    """Nodes of the level before, and what may be added to every one of them.

    ``values`` (nodes, width) and ``added`` (choices, width) in whole steps; ``nodes`` and
    ``choices`` say which they are.
    """

    values: Ints
    nodes: Ints
    added: Ints
    choices: Ints


@dataclass(frozen=True, eq=False)
class Sums:
    """Kept sums (nodes, width) and the edges that made each, as in a Level."""

    values: Ints
    start: Ints
    parent: Places
    choice: Places


def sums(blocks: list[Block], same: Ints) -> Sums:
    """All sums of the blocks that are not dropped."""
    values = np.concatenate(
        [(b.values[:, None] + b.added[None]).reshape(-1, len(same)) for b in blocks]
    )
    parent = np.concatenate([np.repeat(b.nodes, len(b.choices)) for b in blocks])
    choice = np.concatenate([np.tile(b.choices, len(b.nodes)) for b in blocks])
    return kept(values, parent, choice, same)


def kept(values: Ints, parent: Ints, choice: Ints, same: Ints) -> Sums:
    """Candidates with dominated ones dropped and equal ones joined into one node."""
    from comity.bargaining.frontier.kernels import survivors

    order = np.lexsort(tuple(-values[:, c] for c in reversed(range(values.shape[1]))))
    values = values[order]
    new = np.ones(len(values), dtype=bool)
    new[1:] = (values[1:] != values[:-1]).any(axis=1)
    stays = survivors(np.ascontiguousarray(values[new]), same)
    node = np.cumsum(new) - 1
    edges = stays[node]
    renamed = np.cumsum(stays) - 1
    counts = np.bincount(renamed[node[edges]], minlength=int(stays.sum()))
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Sums(
        values[new][stays],
        start,
        parent[order][edges].astype(np.int32),
        choice[order][edges].astype(np.int32),
    )
