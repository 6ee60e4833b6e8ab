"""Round by round: who challenges whom, what comes of it, and where everybody then stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from comity.dossier import Dossier, middle
from comity.dossier.quantity import Floats
from comity.forecast.challenge.outcomes import ENDINGS, challenge_outcomes, rule_of
from comity.forecast.challenge.reading import TAKEN, Reading
from comity.forecast.profile import Profile, profile

Kind = Literal["conflict", "compromise", "compelled"]
KINDS: dict[int, Kind] = {1: "conflict", 2: "compromise", 3: "compelled"}


@dataclass(frozen=True)
class Move:
    """A member gives way: beaten in a conflict, in a compromise, or compelled without one.

    ``rivals`` hold the offers taken, more than one if they come to the same. ``expects`` is what
    the member expects from challenging the first of them, ``rival_expects`` what it thinks that
    the rival expects from challenging it, both over leaving each other alone.
    """

    member: str
    kind: Kind
    rivals: tuple[str, ...]
    start: float
    end: float
    expects: float
    rival_expects: float


@dataclass(frozen=True)
class Round:
    """One round. ``positions`` and ``exponents`` are in the order of the members.

    ``positions`` are those after the round; ``challenges`` the ordered pairs of which the first
    expects to gain by challenging the second; ``exponents`` the risk exponents r, above 1 for
    those that dare less, below 1 for those that dare more.
    """

    number: int
    challenges: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]
    exponents: tuple[float, ...]
    positions: tuple[float, ...]
    median: float
    mean: float


@dataclass(frozen=True)
class Rounds:
    """All rounds of one draw, what they come to and how they ended (``ENDINGS``)."""

    members: tuple[str, ...]
    start: tuple[float, ...]
    start_median: float
    rounds: tuple[Round, ...]
    point: float
    ending: str

    @property
    def medians(self) -> tuple[float, ...]:
        """The weighted median after each round."""
        return tuple(each.median for each in self.rounds)

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers."""
        return {
            "start": {"positions": self._by_member(self.start), "median": self.start_median},
            "rounds": [self._round(each) for each in self.rounds],
            "point": self.point,
            "ending": self.ending,
        }

    def _by_member(self, values: Sequence[float]) -> dict[str, float]:
        return dict(zip(self.members, values, strict=True))

    def _round(self, each: Round) -> dict[str, Any]:
        return {
            "challenges": [list(pair) for pair in each.challenges],
            "moves": [vars(move) | {"rivals": list(move.rivals)} for move in each.moves],
            "risk_exponents": self._by_member(each.exponents),
            "positions": self._by_member(each.positions),
            "median": each.median,
            "mean": each.mean,
        }


def challenge_rounds(held: Profile, draw: int = 0, reading: Reading = TAKEN) -> Rounds:
    """The rounds of one draw of a profile (conventions §59)."""
    table = _Table(held, draw, reading)
    found = challenge_outcomes(table.x[None], table.care[None] * 100.0, table.w[None], reading)
    rounds, x = [], table.x
    for number in range(1, int(found.rounds[0]) + 1):
        each = table.play(number, x)
        rounds.append(each)
        x = np.array([each.positions[at] for at in table.order])
    start = tuple(float(each) for each in held.ideals[draw])
    ending = ENDINGS[int(found.endings[0])]
    return Rounds(
        held.members, start, table.median(table.x), tuple(rounds), float(found.points[0]), ending
    )


def middle_rounds(dossier: Dossier, item: str, reading: Reading = TAKEN) -> Rounds:
    """The rounds with every uncertain input at its median."""
    return challenge_rounds(profile(middle(dossier), item), reading=reading)


class _Table:
    """The members of one draw in the order in which the compiled rounds take them."""

    def __init__(self, held: Profile, draw: int, reading: Reading) -> None:
        from comity.forecast.challenge.kernels import canonical

        x, w = (np.ascontiguousarray(each[draw]) for each in (held.ideals, held.weights))
        care = np.ascontiguousarray(held.saliences[draw]) / 100.0
        self.order = np.empty(x.size, dtype=np.int64)
        canonical(x, w, care, self.order)
        self.x, self.w, self.care = x[self.order], w[self.order], care[self.order]
        self.members = tuple(held.members[at] for at in self.order)
        self.span = float(np.ptp(self.x))
        self.rule = rule_of(reading)

    def median(self, x: Floats) -> float:
        from comity.forecast.challenge.kernels import weighted_median

        return float(weighted_median(x, self.w, np.empty(x.size, dtype=np.int64)))

    def play(self, number: int, x: Floats) -> Round:
        from comity.forecast.challenge.kernels import one_round

        marks, moved = np.zeros((x.size, x.size), dtype=np.int8), np.empty(x.size)
        r, ours, theirs = one_round(x, self.w, self.care, self.span, self.rule, moved, marks)
        moves = [
            self._move(at, x, moved, marks[at], ours[at], theirs[at])
            for at in self._listed()
            if marks[at].any()
        ]
        return Round(
            number,
            tuple(self._challenges(x, ours)),
            tuple(moves),
            self._as_listed(r),
            self._as_listed(moved),
            self.median(moved),
            float((self.w * moved).sum() / self.w.sum()),
        )

    def _listed(self) -> list[int]:
        """Places in the canonical order, members as they are listed."""
        return [int(at) for at in np.argsort(self.order)]

    def _as_listed(self, values: Floats) -> tuple[float, ...]:
        return tuple(float(values[at]) for at in self._listed())

    def _challenges(self, x: Floats, ours: Floats) -> list[tuple[str, str]]:
        from comity.forecast.challenge.kernels import NEAR

        apart = np.abs(x[:, None] - x[None, :]) > NEAR * self.span
        listed = self._listed()
        return [
            (self.members[i], self.members[j])
            for i in listed
            for j in listed
            if apart[i, j] and ours[i, j] > NEAR
        ]

    def _move(
        self, at: int, x: Floats, moved: Floats, marks: Any, ours: Floats, theirs: Floats
    ) -> Move:
        rivals = [j for j in self._listed() if marks[j]]
        return Move(
            self.members[at],
            KINDS[int(marks[rivals[0]])],
            tuple(self.members[j] for j in rivals),
            float(x[at]),
            float(moved[at]),
            float(ours[rivals[0]]),
            float(theirs[rivals[0]]),
        )
