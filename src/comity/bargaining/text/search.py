"""The next draft: a complete search through all drafts that change at most m issues (§51).

Changes are tried issue by issue. A branch is left when even the best that the remaining issues
could bring leaves a party below 0, or gives everybody no more than a draft already found. Two
bounds say what could still come: a guaranteed gain never falls when the gain on one issue rises;
and it is no more than the gain under any one utility that agrees with what was disclosed, which is
a sum over issues, so that the few largest terms bound the few changes left, for each party and for
all of them together.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from comity.bargaining.problem import SAME, Bools, Floats, Ints, Package, Problem
from comity.bargaining.text.guarantee import sure_gains
from comity.bargaining.text.told import Meeting, Told
from comity.bargaining.text.weighing import some_weights
from comity.errors import UnsupportedError

MOST_TRIED = 3_000_000
"""Drafts that may be tried before the search is given up."""

_CHUNK, _TOGETHER = 20_000, 1_000
_TINY = 1e-12


@dataclass
class Budget:
    """How many drafts may still be tried."""

    left: int = MOST_TRIED

    def spend(self, drafts: int) -> None:
        """Raises UnsupportedError when nothing is left."""
        self.left -= drafts
        if self.left < 0:
            raise UnsupportedError(
                "there are too many drafts to try them all",
                found=f"more than {MOST_TRIED:,}",
                mend="Let fewer issues change from draft to draft (`text.changes`), or give grids "
                "wider steps.",
            )


@dataclass(frozen=True)
class Found:
    """The draft chosen, and which parties could gain by some draft: the others are bound to 0."""

    package: Package
    can_gain: tuple[bool, ...]


def best_change(
    problem: Problem,
    parties: tuple[Told, ...],
    start: Package,
    most: int,
    budget: Budget,
    judged: tuple[Told, ...] = (),
) -> Found | None:
    """The draft with the largest worst gain, then the largest sum of gains; None if nobody gains.

    Every guaranteed gain is at least 0. The gains compared are the guaranteed ones, or those by
    ``judged`` if given; one of them is above 0, and parties whose gain is 0 in all such drafts are
    left out of the worst. Of equally good drafts one that changes fewer issues comes first.
    """
    search = _Search(problem, (*parties, *judged), len(judged), np.array(start), budget)
    for changes in range(1, min(most, len(start)) + 1):
        search.exactly(changes)
    return search.chosen()


class Line:
    """A sum of parties' gains under one utility each, with scales (parties,): a plain sum."""

    def __init__(self, scales: Floats, weights: Floats, delta: Floats, issue: Ints) -> None:
        self.scales = scales
        self.weights = scales[:, None] * weights
        self.move: Floats = (self.weights[:, issue] * delta).sum(axis=0)
        most = np.zeros(weights.shape[1])
        np.maximum.at(most, issue, self.move)
        self._later = [
            np.concatenate([[0.0], np.cumsum(-np.sort(-most[k + 1 :]))]) for k in range(len(most))
        ]

    def at_most(self, deltas: Floats, moves: Ints, issue: Ints, more: int) -> Floats:
        """No draft with so many further changes on later issues gives a larger sum: (moves,)."""
        so_far = float((self.weights * deltas).sum())
        later = [sums[min(more, len(sums) - 1)] for sums in self._later]
        reached: Floats = so_far + self.move[moves] + np.array(later)[issue[moves]]
        return reached


@dataclass
class _Search:
    problem: Problem
    parties: tuple[Told, ...]  # those whose gain may not fall below 0, then those that judge
    judged: int
    start: Ints
    budget: Budget
    rows: list[Ints] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.waiting: list[tuple[Floats, Ints]] = []
        self.compared = slice(len(self.parties) - self.judged if self.judged else 0, None)
        self.gains: Floats = np.zeros((0, self.judged or len(self.parties)))
        tables = [
            np.stack([one.least_gain(k, int(a)) for one in self.parties], axis=1)
            for k, a in enumerate(self.start)
        ]
        kept = [self._worth_trying(k, table) for k, table in enumerate(tables)]
        self.issue = np.repeat(np.arange(len(tables)), [len(options) for options in kept])
        self.option: Ints = np.concatenate(kept).astype(np.int64)
        self.delta: Floats = np.concatenate(
            [table[options] for table, options in zip(tables, kept, strict=True)]
        ).T  # (parties, moves)
        self.most: Floats = np.stack(
            [
                np.max(table[options], axis=0, initial=0.0)
                for table, options in zip(tables, kept, strict=True)
            ],
            axis=1,
        )  # (parties, issues)
        self._draw_lines()

    def exactly(self, changes: int) -> None:
        """Try all drafts that change so many issues."""
        none = np.zeros((len(self.parties), len(self.start)))
        self._extend(none, self.start, -1, changes)
        self._judge()

    def chosen(self) -> Found | None:
        """The best of the drafts found."""
        if not self.rows:
            return None
        gains = self.gains
        can_gain = gains.max(axis=0) > SAME
        worst = gains[:, can_gain].min(axis=1)
        best = worst >= worst.max() - SAME
        sums = np.where(best, gains.sum(axis=1), -np.inf)
        first = int(np.flatnonzero(sums >= sums.max() - SAME)[0])
        package = tuple(int(place) for place in self.rows[first])
        return Found(package, tuple(bool(can) for can in can_gain))

    # --- the tree

    def _extend(self, deltas: Floats, row: Ints, last: int, left: int) -> None:
        """All ways to change ``left`` more issues beyond the last one changed."""
        following = np.flatnonzero(self.issue > last)
        for begin in range(0, len(following), _CHUNK):
            moves = following[begin : begin + _CHUNK]
            self.budget.spend(len(moves))
            if left == 1:
                moves = moves[self._may_please(deltas, moves)]
            rows = np.tile(row, (len(moves), 1))
            rows[np.arange(len(moves)), self.issue[moves]] = self.option[moves]
            if left == 1:
                self._wait(deltas, rows, moves)
            else:
                self._descend(deltas, rows, moves, left)

    def _may_please(self, deltas: Floats, moves: Ints) -> Bools:
        """Moves that leave nobody below 0 under the one utility that is easily summed: (moves,)."""
        may = np.ones(len(moves), dtype=bool)
        for line, one in zip(self.own, self.parties, strict=True):
            if line is not None and not one.meetings:
                may &= line.at_most(deltas, moves, self.issue, 0) >= -SAME
        return may

    def _descend(self, deltas: Floats, rows: Ints, moves: Ints, left: int) -> None:
        hoped = self._hoped(deltas, rows, moves, left - 1)
        open_ = (hoped >= -SAME).all(axis=1) & self._jointly(rows, moves, deltas, left - 1)
        hoped = hoped[:, self.compared]
        open_ &= (hoped > SAME).any(axis=1)
        for at in np.flatnonzero(open_)[np.argsort(-hoped[open_].sum(axis=1), kind="stable")]:
            if self._outdone(hoped[at]):
                continue
            further = deltas.copy()
            issue = int(self.issue[moves[at]])
            further[:, issue] = self.delta[:, moves[at]]
            self._extend(further, rows[at], issue, left - 1)

    def _wait(self, deltas: Floats, rows: Ints, moves: Ints) -> None:
        """Set drafts aside until there are enough to judge them together."""
        if len(moves):
            tried = [self._with(delta, moves, p) for p, delta in enumerate(deltas)]
            self.waiting.append((np.stack(tried), rows))
        if sum(len(rows) for _, rows in self.waiting) >= _TOGETHER:
            self._judge()

    def _judge(self) -> None:
        """Work out the guaranteed gains of the drafts set aside, and keep the best."""
        if not self.waiting:
            return
        deltas = np.concatenate([deltas for deltas, _ in self.waiting], axis=1)
        rows = np.concatenate([rows for _, rows in self.waiting])
        self.waiting.clear()
        sure = [
            sure_gains(p, d, self.start, rows) for p, d in zip(self.parties, deltas, strict=True)
        ]
        self._keep(np.stack(sure, axis=1), rows)

    def _hoped(self, deltas: Floats, rows: Ints, moves: Ints, more: int) -> Floats:
        """No draft further down the branch gives more: (moves, parties)."""
        later = np.arange(len(self.start))[None, :] > self.issue[moves][:, None]
        found = []
        for p, one in enumerate(self.parties):
            at_best = np.where(later, self.most[p][None, :], self._with(deltas[p], moves, p))
            hoped = sure_gains(replace(one, meetings=()), at_best, self.start, rows)
            if (line := self.own[p]) is not None:
                hoped = np.minimum(hoped, line.at_most(deltas, moves, self.issue, more))
            found.append(hoped + self._met(one, rows, moves))
        return np.stack(found, axis=1)

    def _jointly(self, rows: Ints, moves: Ints, deltas: Floats, more: int) -> Bools:
        """Whether all compared together could still gain anything: (moves,)."""
        open_ = np.ones(len(moves), dtype=bool)
        for line in self.joint:
            together = line.at_most(deltas, moves, self.issue, more)
            for scale, one in zip(line.scales, self.parties, strict=True):
                if scale:
                    together = together + scale * self._met(one, rows, moves)
            open_ &= together > SAME * line.scales[line.scales > 0.0].min()
        return open_

    def _met(self, one: Told, rows: Ints, moves: Ints) -> Floats:
        """The most that interactions can add for a party: known where both issues are settled."""
        total = np.zeros(len(moves))
        for meeting in one.meetings:
            settled = np.maximum(meeting.first, meeting.second) <= self.issue[moves]
            known = meeting.least(meeting.change(self.start, rows))
            total = total + np.where(settled, known, self._at_most(meeting))
        return total

    def _at_most(self, meeting: Meeting) -> float:
        """The most that an interaction can add, whatever options are chosen."""
        met = meeting.marked[self.start[meeting.first], self.start[meeting.second]]
        return max(0.0, -meeting.high if met else meeting.low)

    def _with(self, delta: Floats, moves: Ints, party: int) -> Floats:
        tried = np.tile(delta, (len(moves), 1))
        tried[np.arange(len(moves)), self.issue[moves]] = self.delta[party, moves]
        return tried

    # --- what has been found

    def _keep(self, gains: Floats, rows: Ints) -> None:
        """Add the drafts that nothing found outdoes."""
        good: Bools = np.all(gains >= -SAME, axis=1)
        gains = gains[:, self.compared]
        good &= np.any(gains > SAME, axis=1) & (gains.sum(axis=1) > SAME)
        good[good] = self.problem.allowed(rows[good])
        gains, rows = np.maximum(gains[good], 0.0), rows[good]
        while len(gains):
            first = int(np.argmax(gains.sum(axis=1)))
            if not self._outdone(gains[first]):
                self.gains = np.vstack([self.gains, gains[first]])
                self.rows.append(rows[first])
            open_ = ~(gains <= gains[first] + _TINY).all(axis=1)
            gains, rows = gains[open_], rows[open_]

    def _outdone(self, gains: Floats) -> bool:
        """Whether a draft already found gives everybody at least as much."""
        return bool((self.gains >= gains - _TINY).all(axis=1).any())

    # --- bounds by one utility

    def _draw_lines(self) -> None:
        """One utility for each party, and sums of them over all that are compared."""
        issues, none = len(self.start), np.zeros(len(self.parties))
        flat = [some_weights(one.weights, one.shares, issues) for one in self.parties]
        weights = np.stack([np.zeros(issues) if w is None else w for w in flat])
        unit = np.eye(len(self.parties))
        self.own = [
            None if w is None else Line(unit[p], weights, self.delta, self.issue)
            for p, w in enumerate(flat)
        ]
        places = range(len(self.parties))[self.compared]
        self.joint: list[Line] = []
        if all(flat[p] is not None for p in places):
            even, ranged = none.copy(), none.copy()
            for p in places:
                reach = np.abs(self.delta[p] * weights[p, self.issue]).max(initial=0.0)
                even[p], ranged[p] = 1.0, 1.0 / reach if reach > SAME else 1.0
            self.joint = [Line(s, weights, self.delta, self.issue) for s in (even, ranged)]

    # --- options worth trying

    def _worth_trying(self, issue: int, table: Floats) -> Ints:
        """Options of an issue that no other, alike to limits and interactions, outdoes for all."""
        open_: Bools = np.all(np.isfinite(table), axis=1)
        open_[self.start[issue]] = False
        kind = self._kinds(issue)
        kept: list[int] = []
        for one in np.unique(kind[open_]):
            options = np.flatnonzero(open_ & (kind == one))
            while len(options):
                first = options[int(np.argmax(table[options].sum(axis=1)))]
                kept.append(int(first))
                options = options[~(table[options] <= table[first] + _TINY).all(axis=1)]
        return np.array(sorted(kept), dtype=np.int64)

    def _kinds(self, issue: int) -> Ints:
        """A number for each option, the same for those that limits and interactions treat alike."""
        columns = [np.zeros(self.problem.sizes[issue])]
        for limit in self.problem.limits:
            columns += [m.astype(float) for n in limit.never for k, m in n.marked if k == issue]
            columns += [a for cap in limit.at_most for k, a in cap.amounts if k == issue]
        for one in self.parties:
            for meeting in one.meetings:
                if meeting.first == issue:
                    columns += list(meeting.marked.T.astype(float))
                if meeting.second == issue:
                    columns += list(meeting.marked.astype(float))
        stacked = np.stack(columns, axis=1)
        kinds: Ints = np.unique(stacked, axis=0, return_inverse=True)[1].reshape(-1)
        return kinds
