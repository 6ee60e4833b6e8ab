"""Windows and conflicts under rules of every kind, against plain loops over every whole text."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

from acceptance.brute import TEXTS
from comity.acceptance import Stances, count_conflicts, stances, window_open
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from forecast.plain import Member, decides
from forecast.small import PROCEDURES, body, dossier

CASES = int(os.environ.get("COMITY_BRUTE_CASES", "1500")) // 10
OPTIONS = ("no", "some", "more", "all")
Answers = tuple[str, ...]


class Case:
    """One draw of an item: members that may be absent, floors, stated sets; numbers are whole."""

    def __init__(self, rng: random.Random, scale: bool) -> None:
        self.scale = scale
        self.back = rng.choice([0, 0, 30, 50, 100]) if scale else rng.choice(OPTIONS)
        self.step = rng.choice([1, 10, 30])
        make = self._on_scale if scale else self._on_options
        self.members = [make(rng) for _ in range(rng.randint(1, 5))]

    def _on_scale(self, rng: random.Random) -> Member:
        ends = tuple(sorted((rng.randint(0, 100), rng.randint(0, 100))))
        return Member(
            presence=rng.choice(["present"] * 6 + ["absent", "no_instructions"]),
            salience=rng.choice([0, 50, 100, 100]),
            omega=rng.choice([0, 0, 5, 20]),
            back=self.back,
            ideal=rng.choice([rng.randint(0, 100), self.back, 100]),
            floor=rng.randint(0, 100) if rng.random() < 0.25 else None,
            stated=ends if rng.random() < 0.2 else None,
        )

    def _on_options(self, rng: random.Random) -> Member:
        stated = tuple(option for option in OPTIONS if rng.random() < 0.5)
        return Member(
            presence=rng.choice(["present"] * 6 + ["absent", "no_instructions"]),
            salience=rng.choice([0, 50, 100, 100]),
            omega=rng.choice([0, 10, 25]),
            back=self.back,
            stated=stated if rng.random() < 0.2 else None,
            worth={option: float(rng.choice([0, 20, 50, 100])) for option in OPTIONS},
        )

    def dossier(self) -> Dossier:
        item = {"reversion": self.back}
        item |= {"smallest_step": self.step} if self.scale else {"options": list(OPTIONS)}
        held = {f"M{k}": self._written(member) for k, member in enumerate(self.members)}
        return dossier({"x": item}, {"x": held}, {"b": body(*held)})

    def _written(self, member: Member) -> dict[str, object]:
        written = {
            "presence": member.presence,
            "salience": member.salience,
            "omega": member.omega,
            "ideal": member.ideal,
            "floor": member.floor,
            "values": member.worth,
            "accepts": None if member.stated is None else list(member.stated),
            "basis": "inferred",
        }
        return {field: value for field, value in written.items() if value is not None}

    def stances(self) -> Stances:
        return stances(Batch(self.dossier(), Keyed(1, 0, 1)), "x")

    def answers(self) -> set[Answers]:
        """What the members answer to each text that says something."""
        if self.scale:
            texts = [text for text in TEXTS if abs(text - self.back) >= self.step]
        else:
            texts = [text for text in OPTIONS if text != self.back]
        return {tuple(member.answer(text) for member in self.members) for text in texts}


def procedures() -> Iterator[tuple[str, Procedure]]:
    for name, written in PROCEDURES.items():
        yield name, Procedure.model_validate(written)


def smallest(procedure: Procedure, answers: set[Answers], members: int) -> set[frozenset[int]]:
    """The smallest sets on whose answers alone nothing passes, though all others support."""
    for size in range(1, members + 1):
        found = {
            frozenset(group)
            for group in combinations(range(members), size)
            if not any(
                decides(procedure, [given[k] if k in group else "support" for k in range(members)])
                for given in answers
            )
        }
        if found:
            return found
    return set()


def check(case: Case, name: str, procedure: Procedure) -> tuple[bool, int]:
    held, answers = case.stances(), case.answers()
    passing = any("support" in given and decides(procedure, given) for given in answers)
    assert bool(window_open(held, procedure)[0]) == passing, (name, vars(case))
    unopposed = any(decides(procedure, given) for given in answers)
    blocked = bool(answers) and not unopposed
    counted = count_conflicts(held, procedure)
    named = {frozenset(int(o.actor[1:]) for o in conflict) for conflict in counted.counts}
    expected = smallest(procedure, answers, len(case.members)) if blocked else set()
    assert named == expected, (name, vars(case))
    assert counted.unsearched == 0
    return passing, max((len(group) for group in named), default=0)


def check_many(count: int, scale: bool, seed: int) -> None:
    rng = random.Random(seed)
    cases = [Case(rng, scale) for _ in range(count)]
    for name, procedure in procedures():
        seen = [check(case, name, procedure) for case in cases]
        assert {passing for passing, _ in seen} == {True, False}, name
        assert max(size for _, size in seen) >= 2, name


@pytest.mark.parametrize("scale", [True, False])
def test_windows_and_conflicts_under_every_procedure(scale: bool) -> None:
    """Some text passes iff one of all does; conflicts are the smallest sets (§13, §14)."""
    check_many(CASES, scale, seed=101)


@pytest.mark.trust
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("scale", [True, False])
def test_windows_and_conflicts_under_every_procedure_many_times(scale: bool, seed: int) -> None:
    """The same, on thousands of cases (§13, §14)."""
    check_many(2000, scale, seed)


def test_responses_to_options_follow_the_definition() -> None:
    """Worth against the reversion, tolerance, stated options, presence (§9, §10)."""
    rng = random.Random(7)
    for _ in range(CASES):
        case = Case(rng, scale=False)
        codes = case.stances().responses(np.arange(len(OPTIONS), dtype=float))[0]
        for place, option in enumerate(OPTIONS):
            for k, member in enumerate(case.members):
                assert Response(codes[place, k]).label == member.answer(option), vars(case)


def test_large_bodies_say_what_was_not_searched() -> None:
    """Beyond ten members the blocked draws of other rules are counted as unsearched (§14)."""
    held = {f"M{k}": {"ideal": 100 * (k % 2), "salience": 100} for k in range(11)}
    of = dossier({"x": {"reversion": 50}}, {"x": held}, {"b": body(*held)})
    batch = Batch(of, Keyed(1, 0, 4))
    for name, procedure in procedures():
        counted = count_conflicts(stances(batch, "x"), procedure)
        blocked = not window_open(stances(batch, "x"), procedure)[0]
        if name in ("substantive", "silence"):
            assert blocked
            assert counted.unsearched == 0
            assert sum(counted.counts.values()) == 4 * 5 * 6
        else:
            assert counted.unsearched == (4 if blocked else 0), name
            assert not counted.counts
