"""Issues that limits or interactions hold together, taken one after the other.

The *state* of a partial package is all that the issues to come must know of it: which forbidden
combinations it still matches, and the options (one of each class of equal ones) of issues that
interact with issues to come. What it has used of each cap is one more number to be kept small.
Partial packages are compared within a state only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.bargaining.frontier.left import Left
from comity.bargaining.frontier.levels import Level
from comity.bargaining.frontier.sums import ANY, Block, Bounds, Sums, sums
from comity.bargaining.frontier.work import STATE, Work
from comity.bargaining.problem import Ints

State = tuple[frozenset[int], tuple[tuple[int, int], ...]]
"""Forbidden combinations still matched; and pairs of an open issue and its option's class."""

States = dict[State, tuple[Ints, Ints]]
"""Of each state the partial sums (nodes, parties + caps) and which nodes they are."""


@dataclass(frozen=True, eq=False)
class Group:
    """Options of an issue that lead from any one state to the same state."""

    options: Ints
    marks: frozenset[int]
    stands_for: int


class Linked:
    """The partial sums of one component, state by state."""

    def __init__(self, left: Left, order: list[int], work: Work) -> None:
        self.left, self.order, self.work = left, order, work
        self.place = {issue: at for at, issue in enumerate(order)}
        self.ruled = {n: one for n, one in enumerate(left.forbidden) if one.keys() & set(order)}
        places = {n: [self.place[issue] for issue in one] for n, one in self.ruled.items()}
        self.spans = {n: (min(one), max(one)) for n, one in places.items()}
        self.caps = [cap for cap in left.caps if cap.amounts.keys() & set(order)]
        self.partners: dict[int, dict[int, Ints]] = {k: {} for k in order}
        for (a, b), table in left.steps.pairs.items():
            if a in self.place:
                self.partners[a][b] = table
                self.partners[b][a] = table.swapaxes(0, 1)
        self.known: dict[tuple[int, int], dict[int, int]] = {}
        self.same = np.concatenate([left.steps.same, np.full(len(self.caps), ANY)])

    def sums(self, floor: Ints) -> tuple[Ints, Level]:
        """Sums of all the component's issues: values (nodes, parties), and how they came about.

        Those that cannot reach ``floor`` (parties,) are left out.
        """
        level: Level | None = None
        nothing = np.zeros((1, len(self.same)), dtype=np.int64)
        states: States = {(frozenset(), ()): (nothing, np.zeros(1, dtype=np.int64))}
        for at in range(len(self.order)):
            states, level = self._step(at, states, level, floor)
        assert level is not None
        values = [values for values, _ in states.values()] or [nothing[:0]]
        return np.ascontiguousarray(values[0][:, : len(floor)]), level

    def best(self, place: int) -> Ints:
        """The most that issues from a place of the order on can add, party by party."""
        worth, options = self.left.steps.worth, self.left.options
        total = np.zeros(len(self.left.steps.same), dtype=np.int64)
        for issue in self.order[place:]:
            total += worth[issue][options[issue]].max(axis=0)
            for other, table in self.partners[issue].items():
                if self.place[other] < self.place[issue]:
                    total += table[options[issue]][:, options[other]].max(axis=(0, 1))
        return total

    def _step(
        self, at: int, states: States, before: Level | None, floor: Ints
    ) -> tuple[States, Level]:
        """All states after the issue at one place of the order."""
        reached: dict[State, list[Block]] = {}
        groups = self._groups(at)
        self.work.compare(STATE * len(groups) * len(states) // 10)
        for group in groups:
            for state, (values, nodes) in states.items():
                after = self._after(at, state, group)
                if after is not None:
                    added = self._added(at, state, group)
                    block = Block(values, nodes, added, group.options)
                    reached.setdefault(after, []).append(block)
        candidates = sum(len(b.values) * len(b.added) for bs in reached.values() for b in bs)
        self.work.compare(STATE * len(reached))
        bounds = self._bounds(at, floor, self.work.slack(candidates, len(self.same)))
        found: dict[State, Sums] = {}
        for state, blocks in reached.items():
            one = sums(blocks, bounds, self.work)
            if not one.whole or sum(len(f.choice) for f in found.values()) > self.work.most:
                raise self.work.refuse()
            if len(one.values):
                found[state] = one
            self.work.within(len(found) / len(reached))
        self.work.added(bounds.slack, thinned=any(one.thinned for one in found.values()))
        return self._level(at, found, before)

    def _level(
        self, at: int, found: dict[State, Sums], before: Level | None
    ) -> tuple[States, Level]:
        states: States = {}
        starts, nodes, edges = [np.zeros(1, dtype=np.int64)], 0, 0
        for state, one in found.items():
            count = len(one.values)
            states[state] = one.values, np.arange(nodes, nodes + count)
            starts.append(one.start[1:] + edges)
            nodes, edges = nodes + count, edges + len(one.parent)
        none = np.zeros(0, dtype=np.int32)
        parent = np.concatenate([none, *(one.parent for one in found.values())])
        choice = np.concatenate([none, *(one.choice for one in found.values())])
        return states, Level(before, self.order[at], np.concatenate(starts), parent, choice)

    def _groups(self, at: int) -> list[Group]:
        """The options of an issue by what they do to states."""
        issue = self.order[at]
        found: dict[tuple[frozenset[int], int], list[int]] = {}
        classes = self._classes(issue, at)
        for option in self.left.options[issue].tolist():
            marks = frozenset(
                n for n, one in self.ruled.items() if issue in one and one[issue][option]
            )
            found.setdefault((marks, classes.get(option, -1)), []).append(option)
        return [Group(np.array(options), *key) for key, options in found.items()]

    def _classes(self, issue: int, at: int) -> dict[int, int]:
        """Option to the first option that interacts alike with all issues after a place."""
        known = self.known.get((issue, at))
        if known is None:
            known = self.known[issue, at] = self._first_alike(issue, at)
        return known

    def _first_alike(self, issue: int, at: int) -> dict[int, int]:
        tables = [
            table[:, self.left.options[other]].reshape(len(table), -1)
            for other, table in self.partners[issue].items()
            if self.place[other] > at
        ]
        if not tables:
            return {}
        rows = np.concatenate(tables, axis=1)
        first: dict[bytes, int] = {}
        options = self.left.options[issue].tolist()
        return {option: first.setdefault(rows[option].tobytes(), option) for option in options}

    def _after(self, at: int, state: State, group: Group) -> State | None:
        """The state after an issue; None if a forbidden combination is complete."""
        issue, (matched, classes) = self.order[at], state
        still: set[int] = set()
        for n, (first, last) in self.spans.items():
            matches = at == first or n in matched
            if not first <= at <= last or not matches:
                continue
            if issue in self.ruled[n] and n not in group.marks:
                continue
            if at == last:
                return None
            still.add(n)
        waiting = [*classes, *([(issue, group.stands_for)] if group.stands_for >= 0 else [])]
        again = ((k, self._classes(k, at).get(option, -1)) for k, option in waiting)
        return frozenset(still), tuple(pair for pair in again if pair[1] >= 0)

    def _added(self, at: int, state: State, group: Group) -> Ints:
        """What the options of a group add: shape (options, parties + caps)."""
        issue = self.order[at]
        worth = self.left.steps.worth[issue][group.options]
        for other, option in state[1]:
            if issue in self.partners[other]:
                worth = worth + self.partners[other][issue][option][group.options]
        none = np.zeros(len(self.left.steps.worth[issue]), dtype=np.int64)
        used = [-cap.amounts.get(issue, none)[group.options, None] for cap in self.caps]
        return np.concatenate([worth, *used], axis=1)

    def _bounds(self, at: int, floor: Ints, slack: Ints) -> Bounds:
        """No cap may be passed; what is used below any need counts as the most that cannot hurt."""
        width, parties = len(self.same), len(floor)
        low, high = np.full(width, -ANY), np.full(width, ANY)
        low[:parties] = floor - self.best(at + 1)
        for column, cap in enumerate(self.caps, parties):
            rest = [k for k in self.order[at + 1 :] if k in cap.amounts]
            to_come = [cap.amounts[k][self.left.options[k]] for k in rest]
            low[column] = sum(int(amount.min()) for amount in to_come) - cap.bound
            high[column] = sum(int(amount.max()) for amount in to_come) - cap.bound
        return Bounds(low, high, self.same, slack, parties, self.work.most)
