"""What every rule must satisfy, whatever kind it is (conventions §6, §7, §29 to §34)."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.dossier.rule import Kind, every_part, rule_kinds
from comity.rules import adopts, decide, procedure_sentence, seat
from rules.any_rule import adopted, any_procedure, rows_at, tables
from rules.definitions import RULES_OF, procedures, rows

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response

EQUAL = tuple(RULES_OF)
"""Kinds that count all members alike."""


def named(row: tuple[Response, ...]) -> dict[str, Response]:
    return {f"M{seat}": response for seat, response in enumerate(row)}


def test_every_kind_of_rule_is_drawn():
    """A new kind of rule is held to the contract, or this fails."""
    drawn: set[str] = set()

    @given(any_procedure())
    def draw(procedure: Procedure) -> None:
        drawn.update(part.kind for part in every_part(procedure.rule))

    draw()
    assert drawn == set(rule_kinds()) == {k.model_fields["kind"].default for k in get_args(Kind)}


@given(any_procedure(), st.data())
def test_one_decision_a_batch_and_the_definition_agree(procedure: Procedure, data: st.DataObject):
    """`decide`, `adopts` on a batch and the plain definition never differ."""
    table = data.draw(tables(most=5))
    batch = data.draw(st.lists(rows_at(table), min_size=1, max_size=4))
    outcomes = adopts(seat(procedure, table), np.array(batch))
    assert outcomes.tolist() == [adopted(procedure, table, row) for row in batch]
    responses = dict(zip(table.members, batch[0], strict=True))
    decision = decide(procedure, responses, table=table)
    assert decision.adopted == outcomes[0]
    assert decision.rule == procedure_sentence(procedure)
    assert all(decision.counts[response] == batch[0].count(response) for response in Response)


@given(any_procedure(), st.data())
def test_more_favour_never_harms(procedure: Procedure, data: st.DataObject):
    """§6: with attendance fixed, a response higher in the order never undoes an adoption."""
    table = data.draw(tables(most=6))
    row = data.draw(rows_at(table))
    ladder = [response for response in Response if response is not ABSENT]
    better = [
        data.draw(st.sampled_from(ladder[ladder.index(response) :]))
        if response is not ABSENT
        else response
        for response in row
    ]
    held = seat(procedure, table)
    assert adopts(held, np.array(row)) <= adopts(held, np.array(better))


@given(any_procedure(), st.data())
def test_support_by_all_is_the_best_there_is(procedure: Procedure, data: st.DataObject):
    """What the support of all does not adopt, nothing does."""
    table = data.draw(tables(most=6))
    held = seat(procedure, table)
    everybody = np.full(len(table.members), SUPPORT)
    assert adopts(held, np.array(data.draw(rows_at(table)))) <= adopts(held, everybody)


@given(any_procedure(), st.data())
def test_standing_aside_and_having_no_instructions_count_alike(
    procedure: Procedure, data: st.DataObject
):
    """§6: both are present, neither votes, neither objects."""
    table = data.draw(tables(most=6))
    row = data.draw(rows_at(table))
    swapped = [STAND_ASIDE if response is NO_INSTRUCTIONS else response for response in row]
    held = seat(procedure, table)
    assert adopts(held, np.array(row)) == adopts(held, np.array(swapped))


@pytest.mark.parametrize("kind", EQUAL)
@given(st.data())
def test_members_are_equal(kind: type, data: st.DataObject):
    """Who gives a response does not matter under rules without weights, groups or vetoes."""
    procedure, row = data.draw(procedures(kind)), data.draw(rows(most=12))
    shuffled = data.draw(st.permutations(row))
    assert adopts(procedure, np.array(row)) == adopts(procedure, np.array(shuffled))


@pytest.mark.parametrize("kind", EQUAL)
@given(st.data())
def test_unanimous_support_adopts(kind: type, data: st.DataObject):
    """What all members support is adopted under rules that count all members alike."""
    procedure, members = data.draw(procedures(kind)), data.draw(st.integers(1, 200))
    assert adopts(procedure, np.full(members, SUPPORT))


@given(any_procedure(), st.data())
def test_a_rule_is_written_and_read_again(procedure: Procedure, data: st.DataObject):
    """YAML both ways: a rule as it is written reads as the same rule."""
    from comity.dossier.dump import plain

    assert Procedure.model_validate(plain(procedure)) == procedure
    assert Procedure.model_validate_json(procedure.model_dump_json()) == procedure


@given(procedures(), rows(most=12))
def test_deciding_leaves_its_input_alone(procedure: Procedure, row: tuple[Response, ...]):
    """Neither the procedure nor the responses are changed by deciding."""
    responses = named(row)
    before = (procedure.model_dump_json(), dict(responses))
    decide(procedure, responses)
    assert (procedure.model_dump_json(), responses) == before
