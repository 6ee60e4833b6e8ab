"""Winset and core in several dimensions: items of one body put to one vote as a package.

Member i's utility of a package x is −Σₖ sᵢₖ (xₖ − xᵢₖ)², and members vote sincerely (conventions
§57). See docs/theory/winset.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from comity.acceptance.stances import TIE, TOP
from comity.dossier import Batch
from comity.dossier.quantity import Floats
from comity.errors import Place, UnsupportedError
from comity.forecast.directions import NOTHING, sides
from comity.forecast.profile import profile
from comity.forecast.region import cut_down
from comity.forecast.sincere import Voting, voting

Bools = NDArray[np.bool_]

STEPS = 40
SHORT = 0.1
"""Steps towards a better package at the most, and points below which a step is short."""


@dataclass(frozen=True)
class Ballot:
    """One package put against another: who prefers it, to whom it is the same, where it passes.

    Arrays over draws: (n, M), (n, M) and (n,).
    """

    members: tuple[str, ...]
    preferring: Bools
    indifferent: Bools
    passes: Bools

    def supporters(self, draw: int = 0) -> tuple[str, ...]:
        """The members that prefer it in a draw."""
        return _named(self.members, self.preferring[draw])


@dataclass(frozen=True)
class CoreTest:
    """Whether a package is in the core of a draw; if not, who would rather have what.

    ``coalition`` prefers ``better`` to the package and carries the rule.
    """

    holds: bool
    coalition: tuple[str, ...] = ()
    better: Floats | None = None


@dataclass(frozen=True)
class Space:
    """What members want of several items: ideals and saliences (n, M, D), reversion (n, D)."""

    items: tuple[str, ...]
    members: tuple[str, ...]
    ideals: Floats
    saliences: Floats
    reversion: Floats
    table: Voting

    def put(self, package: Floats | Sequence[float], against: Floats | None = None) -> Ballot:
        """A vote on a package (D,) or (n, D) against another, or against the reversion."""
        text = np.asarray(package, dtype=float)
        standing = self.reversion if against is None else np.asarray(against, dtype=float)
        gains = self._loss(standing) - self._loss(text)
        preferring, indifferent = gains > TIE, np.abs(gains) <= TIE
        passes = self.table.carries(preferring, indifferent)
        return Ballot(self.members, preferring, indifferent, passes)

    def in_winset(self, package: Floats | Sequence[float]) -> Bools:
        """Whether a package passes against the reversion, in each draw (n,)."""
        return self.put(package).passes

    def core_test(self, package: Floats | Sequence[float], draw: int = 0) -> CoreTest:
        """Whether no other package beats this one in a draw, exactly, under any rule."""
        here = np.asarray(package, dtype=float)
        saliences, table = self.saliences[draw], self._table(draw)
        pull = saliences * (self.ideals[draw] - here)
        for axes in _subsets(len(self.items)):
            aside = (saliences[:, axes] <= 0.0).all(axis=1)  # to them nothing changes
            carrying = [
                on
                for on, _ in sides(pull[:, axes])
                if table.carries(on[None, :], aside[None, :])[0]
            ]
            if carrying:
                coalition = max(carrying, key=lambda on: int(on.sum())) & (table.fixed[0] < 0)
                better = self._bettered(here, axes, coalition, draw)
                return CoreTest(False, _named(self.members, coalition), better)
        return CoreTest(True)

    def core_polygon(self, draw: int = 0) -> Floats:
        """The corners of the core of two items in a draw, shape (k, 2); none if it is empty.

        Raises UnsupportedError unless there are two items, and saliences that differ between
        members by a factor common to both items.
        """
        stretch = np.sqrt(self._common(draw))
        table = self._table(draw)
        corners = cut_down(self.ideals[draw] * stretch, table, TOP * stretch)
        polygon: Floats = corners / stretch
        return polygon

    def _loss(self, package: Floats) -> Floats:
        away = np.atleast_2d(package)[:, None, :] - self.ideals
        loss: Floats = (self.saliences * away**2).sum(axis=2)
        return loss

    def _table(self, draw: int) -> Voting:
        return Voting(self.table.seated, self.table.fixed[[draw]])

    def _bettered(self, here: Floats, axes: list[int], on: Bools, draw: int) -> Floats:
        """A package that all of a coalition prefer, about as far as they go together.

        Step by step along the direction in which the least served of them gains most; each step is
        a gain for all, so the end is. It is left where steps get short.
        """
        saliences, ideals = self.saliences[draw][on][:, axes], self.ideals[draw][on][:, axes]
        better = here.copy()
        for _ in range(STEPS):
            moved = _step(better[axes], saliences, ideals)
            if moved is None:
                break
            short = np.abs(moved - better[axes]).max() < SHORT
            better[axes] = moved
            if short:
                break
        return better

    def _common(self, draw: int) -> Floats:
        """What a point of each of two items is worth, up to a factor of each member's own."""
        held = self.saliences[draw]
        caring = held[held.sum(axis=1) > 0.0]
        if len(self.items) != 2 or not len(caring):
            raise _unsupported("it needs two items", self.items)
        shares = caring / caring.sum(axis=1, keepdims=True)
        if np.ptp(shares, axis=0).max() > 1e-9 or shares.min() <= 0.0:
            raise _unsupported(
                "members weigh the two items against each other differently", self.items
            )
        common: Floats = shares[0]
        return common


def space(batch: Batch, items: Sequence[str]) -> Space:
    """Items of one body and one procedure as the dimensions of one package.

    A member absent, or without instructions, on one of the items is so for the package.

    Raises UnsupportedError for items with options, of different bodies, or decided differently.
    """
    dossier = batch.dossier
    if not items or len(set(items)) < len(items):
        raise _unsupported("each item stands for one dimension", items)
    entries = [dossier.agenda[item] for item in items]
    decided = {(entry.body, entry.procedure, entry.facts, entry.groups) for entry in entries}
    if len(decided) > 1 or not all(entry.is_scale for entry in entries):
        raise _unsupported("the items must be on scales, of one body and procedure", items)
    held = [profile(batch, item) for item in items]
    saliences = np.stack([each.saliences for each in held], axis=2)
    tables = [voting(batch, item, saliences.sum(axis=2)) for item in items]
    bound = np.stack([table.fixed for table in tables])
    fixed = np.where(bound < 0, np.iinfo(np.int8).max, bound).min(axis=0)
    fixed = np.where(fixed == np.iinfo(np.int8).max, -1, fixed).astype(np.int8)
    return Space(
        tuple(items),
        held[0].members,
        np.stack([each.ideals for each in held], axis=2),
        saliences,
        np.stack([each.reversion for each in held], axis=1),
        Voting(tables[0].seated, fixed),
    )


def _step(here: Floats, saliences: Floats, ideals: Floats) -> Floats | None:
    """A package that all of some members prefer to this one; None if no direction serves all.

    Along v member i gains up to 2 hᵢ·v / Σ sᵢₖ vₖ²; half of the shortest such way is taken. Cutting
    it at the ends of a scale brings it nearer to everybody.
    """
    from scipy.optimize import linprog

    pull = saliences * (ideals - here)
    lengths = np.linalg.norm(pull, axis=1)
    if not (lengths > 0.0).all():
        return None
    size = len(here)
    least = np.column_stack([-pull / lengths[:, None], np.ones(len(pull))])
    bounds = [(-1.0, 1.0)] * size + [(0.0, None)]
    found = linprog([0.0] * size + [-1.0], A_ub=least, b_ub=np.zeros(len(pull)), bounds=bounds)
    assert found.x is not None  # standing still is feasible
    way: Floats = found.x[:size]
    along = pull @ way
    if not (along > NOTHING * lengths).all():
        return None
    far = (along / (saliences * way**2).sum(axis=1)).min()
    moved: Floats = np.clip(here + far * way, 0.0, TOP)
    return moved


def _subsets(dimensions: int) -> list[list[int]]:
    """All sets of dimensions along which a package may be changed, the larger first."""
    sizes = range(dimensions, 0, -1)
    return [list(chosen) for size in sizes for chosen in combinations(range(dimensions), size)]


def _named(members: tuple[str, ...], which: Bools) -> tuple[str, ...]:
    return tuple(member for member, there in zip(members, which.tolist(), strict=True) if there)


def _unsupported(problem: str, items: Sequence[str]) -> UnsupportedError:
    return UnsupportedError(
        f"there is no answer for these items together: {problem}",
        place=Place(field="agenda"),
        found=", ".join(items),
        mend="choose other items",
    )
