"""What every rule must satisfy, whatever kind it is (conventions §6 and §7)."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.dossier.rule import Rule
from comity.rules import adopts, decide, procedure_sentence
from rules.definitions import RULES, RULES_OF, procedures, rows

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response

KINDS = get_args(get_args(Rule)[0])


def named(row: tuple[Response, ...]) -> dict[str, Response]:
    return {f"M{seat}": response for seat, response in enumerate(row)}


def test_every_kind_of_rule_is_held_to_the_contract():
    """A new kind of rule is tested here, or this fails."""
    assert len(KINDS) == 4
    assert {type(rule) for rule in RULES} == set(RULES_OF) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_one_decision_agrees_with_the_array_form(kind: type, data: st.DataObject):
    """`decide` and `adopts` never differ."""
    procedure, row = data.draw(procedures(kind)), data.draw(rows(most=30))
    decision = decide(procedure, named(row))
    assert decision.adopted == adopts(procedure, np.array(row))
    assert decision.rule == procedure_sentence(procedure)
    assert all(decision.counts[response] == row.count(response) for response in Response)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_members_are_equal(kind: type, data: st.DataObject):
    """Who gives a response does not matter, only how many do."""
    procedure, row = data.draw(procedures(kind)), data.draw(rows(most=12))
    shuffled = data.draw(st.permutations(row))
    assert adopts(procedure, np.array(row)) == adopts(procedure, np.array(shuffled))


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_unanimous_support_adopts(kind: type, data: st.DataObject):
    """What all members support is adopted."""
    procedure, members = data.draw(procedures(kind)), data.draw(st.integers(1, 200))
    assert adopts(procedure, np.full(members, SUPPORT))


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_standing_aside_and_having_no_instructions_count_alike(kind: type, data: st.DataObject):
    """§6: both are present, neither votes, neither objects."""
    procedure, row = data.draw(procedures(kind)), data.draw(rows(most=12))
    swapped = [STAND_ASIDE if response is NO_INSTRUCTIONS else response for response in row]
    assert adopts(procedure, np.array(row)) == adopts(procedure, np.array(swapped))


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_more_favour_never_harms(kind: type, data: st.DataObject):
    """§7: with attendance fixed, object ≤ stand aside ≤ support for any number of members."""
    procedure, row = data.draw(procedures(kind)), data.draw(rows(most=12))
    ladder = (OBJECT, STAND_ASIDE, SUPPORT)
    better = [
        data.draw(st.sampled_from(ladder[ladder.index(response) :]))
        if response in ladder
        else response
        for response in row
    ]
    assert adopts(procedure, np.array(row)) <= adopts(procedure, np.array(better))


@given(procedures(), rows(most=12))
def test_deciding_leaves_its_input_alone(procedure: Procedure, row: tuple[Response, ...]):
    """Neither the procedure nor the responses are changed by deciding."""
    responses = named(row)
    before = (procedure.model_dump_json(), dict(responses))
    decide(procedure, responses)
    assert (procedure.model_dump_json(), responses) == before
