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
from comity.bargaining.frontier.sums import Block, Sums, sums
from comity.bargaining.problem import Ints

State = tuple[frozenset[int], tuple[tuple[int, int], ...]]
"""Forbidden combinations still matched; and pairs of an open issue and its option's class."""

ANY = np.iinfo(np.int64).max
"""No difference in what is used of a cap makes one sum so much better that equals are lost."""


@dataclass(frozen=True, eq=False)
class Group:
    """Options of an issue that lead from any one state to the same state."""

    options: Ints
    marks: frozenset[int]
    stands_for: int


class Linked:
    """The partial sums of one component, state by state."""

    def __init__(self, left: Left, order: list[int]) -> None:
        self.left, self.order = left, order
        self.place = {issue: at for at, issue in enumerate(order)}
        self.ruled = {n: one for n, one in enumerate(left.forbidden) if one.keys() & set(order)}
        self.caps = [cap for cap in left.caps if cap.amounts.keys() & set(order)]
        self.partners: dict[int, dict[int, Ints]] = {k: {} for k in order}
        for (a, b), table in left.steps.pairs.items():
            if a in self.place:
                self.partners[a][b] = table
                self.partners[b][a] = table.swapaxes(0, 1)
        self.same = np.concatenate([left.steps.same, np.full(len(self.caps), ANY)])

    def sums(self) -> tuple[Ints, Level]:
        """Sums of all the component's issues: values (nodes, parties), and how they came about."""
        level: Level | None = None
        states: dict[State, tuple[Ints, Ints]] = {
            (frozenset(), ()): (np.zeros((1, len(self.same)), dtype=np.int64), np.zeros(1, int))
        }
        for at in range(len(self.order)):
            states, level = self._step(at, states, level)
        assert level is not None
        done = [values for values, _ in states.values()]
        parties = len(self.left.steps.same)
        return (done[0][:, :parties] if done else np.zeros((0, parties), dtype=np.int64)), level

    def _step(
        self, at: int, states: dict[State, tuple[Ints, Ints]], before: Level | None
    ) -> tuple[dict[State, tuple[Ints, Ints]], Level]:
        """All states after the issue at one place of the order."""
        reached: dict[State, list[Block]] = {}
        for group in self._groups(at):
            for state, (values, nodes) in states.items():
                after = self._after(at, state, group)
                if after is not None:
                    added = self._added(at, state, group)
                    block = Block(values, nodes, added, group.options)
                    reached.setdefault(after, []).append(block)
        found = {state: self._kept(at, blocks) for state, blocks in reached.items()}
        return self._level(at, {s: f for s, f in found.items() if len(f.values)}, before)

    def _level(
        self, at: int, found: dict[State, Sums], before: Level | None
    ) -> tuple[dict[State, tuple[Ints, Ints]], Level]:
        states: dict[State, tuple[Ints, Ints]] = {}
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
        for n, one in self.ruled.items():
            places = [self.place[k] for k in one]
            if not min(places) <= at <= max(places):
                continue
            matches = at == min(places) or n in matched
            if not matches or (issue in one and n not in group.marks):
                continue
            if at == max(places):
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

    def _kept(self, at: int, blocks: list[Block]) -> Sums:
        """Sums within all caps; what is used below any need counts as the most that cannot hurt."""
        from comity.bargaining.frontier.sums import kept

        if not self.caps:
            return sums(blocks, self.same)
        parties, rest = len(self.left.steps.same), self.order[at + 1 :]
        values, parent, choice = [], [], []
        for b in blocks:
            values.append((b.values[:, None] + b.added[None]).reshape(-1, len(self.same)))
            parent.append(np.repeat(b.nodes, len(b.choices)))
            choice.append(np.tile(b.choices, len(b.nodes)))
        all_values = np.concatenate(values)
        stays = np.ones(len(all_values), dtype=bool)
        for column, cap in enumerate(self.caps, parties):
            to_come = [cap.amounts[k][self.left.options[k]] for k in rest if k in cap.amounts]
            least, most = sum(int(a.min()) for a in to_come), sum(int(a.max()) for a in to_come)
            stays &= -all_values[:, column] + least <= cap.bound
            np.minimum(all_values[:, column], most - cap.bound, out=all_values[:, column])
        return kept(
            all_values[stays],
            np.concatenate(parent)[stays],
            np.concatenate(choice)[stays],
            self.same,
        )
