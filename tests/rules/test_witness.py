"""Witnesses of every rule that the language can say (conventions §37), held to trying all sets."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Limit
from comity.rules import Seated, Seating, adopts, seat
from comity.rules.witness import Smallest, blocking, unblocking, undoing
from rules.any_rule import adopted, any_procedure, rows_at, tables
from rules.definitions import all_rows

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response

Case = tuple[Procedure, Seating, tuple[Response, ...]]


@st.composite
def cases(draw: st.DrawFn, most: int, leaves: int = 6) -> Case:
    table = draw(tables(most))
    return draw(any_procedure(leaves)), table, draw(rows_at(table))


@lru_cache(maxsize=8)
def outcomes(at: Seated) -> np.ndarray:
    """What the procedure makes of every way in which its members can respond, by responses."""
    members = len(at.members)
    return adopts(at, all_rows(members)).reshape((len(Response),) * members)


def every_set(members: int) -> Iterator[tuple[int, ...]]:
    for size in range(members + 1):
        yield from combinations(range(members), size)


def can(
    at: Seated,
    start: tuple[int, ...],
    seats: tuple[int, ...],
    answers: Callable[[int], tuple[int, ...]],
    wanted: bool,
) -> bool:
    """Whether some answers of these seats, the others as they are, give the outcome wanted."""
    able = (answers(place) if place in seats else (code,) for place, code in enumerate(start))
    return bool((outcomes(at)[np.ix_(*able)] == wanted).any())


def minimal_sets(
    at: Seated,
    start: tuple[int, ...],
    answers: Callable[[int], tuple[int, ...]],
    wanted: bool,
) -> list[tuple[int, ...]]:
    """By trying all: the sets that can, and of which no part can, by size."""
    found: list[tuple[int, ...]] = []
    for seats in every_set(len(start)):
        if not any(set(part) <= set(seats) for part in found) and can(
            at, start, seats, answers, wanted
        ):
            found.append(seats)
    return found


def check(found: Smallest, expected: list[tuple[int, ...]]) -> None:
    """The sets are those expected, and the first, their size and number fit them."""
    size = len(expected[0]) if expected else None
    smallest = [seats for seats in expected if len(seats) == size]
    assert found.proved
    assert (found.size, found.at_least) == (size, size)
    assert found.number == len(smallest)
    listed = list(found)
    assert sorted(listed) == sorted(smallest)
    assert found.one == (listed[0] if listed else ())
    every = list(found.minimal())
    assert [len(seats) for seats in every] == [len(seats) for seats in expected]
    assert sorted(every) == sorted(expected)


def check_case(case: Case) -> None:
    """All three questions for one row of responses."""
    procedure, table, row = case
    at, given_row = seat(procedure, table), np.array(row, dtype=np.int8)
    codes = tuple(map(int, row))
    if outcomes(at)[codes]:
        found = undoing(at, given_row)
        check(found, minimal_sets(at, codes, lambda _: tuple(Response), wanted=False))
        check_moves(at, codes, found, usual=OBJECT, others=tuple(Response)[1:], wanted=False)
    else:
        support = (int(SUPPORT),) * len(row)
        own = {place: (codes[place], int(SUPPORT)) for place in range(len(row))}
        check(blocking(at, given_row), minimal_sets(at, support, own.__getitem__, wanted=False))
        found = unblocking(at, given_row)
        mild = {place: (codes[place], STAND_ASIDE, SUPPORT) for place in own}
        check(found, minimal_sets(at, codes, mild.__getitem__, wanted=True))
        check_moves(at, codes, found, usual=STAND_ASIDE, others=(SUPPORT,), wanted=True)


def check_moves(
    at: Seated,
    codes: tuple[int, ...],
    found: Smallest,
    *,
    usual: Response,
    others: Sequence[Response],
    wanted: bool,
) -> None:
    """The moves do it, each is a change, and no more seats than must answer unusually."""
    for seats in found.minimal():
        moves = found.moves_of(seats)
        assert set(moves) == set(seats)
        assert all(codes[place] != answer for place, answer in moves.items())
        enough = [
            len(seats) - chosen.count(usual)
            for chosen in product((usual, *others), repeat=len(seats))
            if outcomes(at)[moved(codes, dict(zip(seats, chosen, strict=True)))] == wanted
        ]
        assert len(seats) - list(moves.values()).count(usual) == min(enough)
        assert outcomes(at)[moved(codes, moves)] == wanted


def moved(codes: tuple[int, ...], moves) -> tuple[int, ...]:
    return tuple(int(moves.get(place, code)) for place, code in enumerate(codes))


@given(cases(most=6))
def test_counts_mean_what_the_rules_say(case: Case):
    """The compiled form adopts exactly what the words of the rule adopt."""
    procedure, table, row = case
    at = seat(procedure, table)
    assert bool(adopts(at, np.array(row))) == adopted(procedure, table, row)


@settings(max_examples=80)
@given(cases(most=4))
def test_witnesses_of_any_rule(case: Case):
    """The sets given, their number and all minimal ones are those found by trying every set."""
    check_case(case)


@pytest.mark.trust
@settings(max_examples=2000)
@given(cases(most=5, leaves=8))
def test_witnesses_of_any_rule_in_bodies_of_five(case: Case):
    """The same on thousands of rules."""
    check_case(case)


@pytest.mark.parametrize("on", ["opt_out", "not_in_favour"])
def test_a_limit_on_those_who_do_not_vote_is_not_counted_of_those_voting(on: str):
    """§29: else standing aside could be worse for adoption than objecting, so it is refused."""
    with pytest.raises(ValidationError, match="of those present and voting only objections"):
        Limit(on=on, of=Base.VOTING, at_most=Fraction(1))
