"""Power under joint conditions, vetoes and abstention, against counting everything."""

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.charters import load_charter
from comity.dossier.rule import Consensus, QualifiedMajority
from comity.errors import RuleError, UnsupportedError
from comity.rules import Seated, adopts, seat, seating
from comity.rules.power import branched
from comity.rules.power.joint import THREE, TWO, as_weighted, branching, joint_game
from comity.rules.seating import equals
from rules.any_rule import any_procedure, tables

Answers = tuple[int, ...]


def outcomes(held: Seated, answers: tuple) -> dict[Answers, bool]:
    """Every set of answers, and whether it adopts."""
    sets = list(product(range(len(answers)), repeat=len(held.members)))
    responses = np.array([[answers[answer] for answer in one] for one in sets])
    return dict(zip(sets, adopts(held, responses).tolist(), strict=True))


def turned(one: Answers, member: int, answer: int) -> Answers:
    return (*one[:member], answer, *one[member + 1 :])


def pivots(outcome: dict[Answers, bool], members: int, last: int) -> list[Fraction]:
    """How often each member's answer settles the outcome, over all orders and answers."""
    settled = [Fraction(0)] * members
    orders = list(permutations(range(members)))
    for one in outcome:
        for order in orders:
            for done in range(1, members + 1):
                heard = set(order[:done])
                low = tuple(one[i] if i in heard else 0 for i in range(members))
                high = tuple(one[i] if i in heard else last for i in range(members))
                if outcome[low] == outcome[high]:
                    settled[order[done - 1]] += 1
                    break
    return [times / (len(outcome) * len(orders)) for times in settled]


ANSWERS = pytest.mark.parametrize("answers", [TWO, THREE], ids=["two answers", "three answers"])


@ANSWERS
@settings(max_examples=300)
@given(any_procedure(), st.data())
def test_counts_and_values_are_those_of_the_definitions(
    answers: tuple, procedure: Procedure, data: st.DataObject
):
    """Whatever the rule, swings and pivots are those found by trying all answers and orders."""
    check_against_enumeration(answers, procedure, data)


@pytest.mark.trust
@ANSWERS
@settings(max_examples=2_000)
@given(any_procedure(), st.data())
def test_thousands_of_rules_agree_with_enumeration(
    answers: tuple, procedure: Procedure, data: st.DataObject
):
    """The same on thousands of rules."""
    check_against_enumeration(answers, procedure, data)


def check_against_enumeration(answers: tuple, procedure: Procedure, data: st.DataObject) -> None:
    table = data.draw(tables(most=4))
    held, members, last = seat(procedure, table), len(table.members), len(answers) - 1
    outcome = outcomes(held, answers)
    if len(set(outcome.values())) == 1:
        with pytest.raises(RuleError, match="whatever the members answer"):
            joint_game(held, answers)
        return
    diagram = branching(joint_game(held, answers))
    found = branched.tally(diagram, len(answers))
    assert found.adopting == sum(outcome.values())
    for member in range(members):
        by_last = {one: outcome[turned(one, member, last)] for one in outcome}
        by_first = {one: outcome[turned(one, member, 0)] for one in outcome}
        swung = sum(by_last[one] and not by_first[one] for one in outcome)
        assert found.swings[member] * len(answers) == swung
        assert found.undone[member] == sum(outcome[one] and not by_first[one] for one in outcome)
        assert found.rescued[member] == sum(by_last[one] and not outcome[one] for one in outcome)
    values = branched.shapley_shubik(diagram, len(answers))
    assert values.error < 1e-12
    assert values.values == pytest.approx(
        [float(share) for share in pivots(outcome, members, last)], abs=values.error
    )


@settings(max_examples=100)
@given(any_procedure(), st.data())
def test_the_chance_to_adopt_is_summed_over_all_answers(procedure: Procedure, data: st.DataObject):
    """Independent answers with any chances: the diagram gives the sum over all sets."""
    table = data.draw(tables(most=4))
    held = seat(procedure, table)
    outcome = outcomes(held, THREE)
    if len(set(outcome.values())) == 1:
        return
    tenths = [data.draw(st.permutations([1, 3, 6])) for _ in table.members]
    chances = [[tenth / 10 for tenth in one] for one in tenths]
    expected = sum(
        np.prod([chances[member][answer] for member, answer in enumerate(one)])
        for one, adopted in outcome.items()
        if adopted
    )
    diagram = branching(joint_game(held, THREE))
    cases = np.array(chances)[:, :, None]
    assert branched.chance_to_adopt(diagram, cases) == pytest.approx([expected], abs=1e-14)


def values(charter: str, procedure: str, answers: tuple = TWO) -> list[float]:
    described = load_charter(charter)
    held = seat(described.procedures[procedure], seating(described))
    diagram = branching(joint_game(held, answers))
    return list(branched.shapley_shubik(diagram, len(answers)).values)


def test_the_security_council_has_its_published_values():
    """.196270 for a permanent member and .001865 for another, abstention apart."""
    found = sorted(values("unsc", "substantive"))
    elected, permanent = 0.0018648018648018647, 0.19627039627039627
    assert found == pytest.approx([elected] * 10 + [permanent] * 5, abs=1e-12)


def test_where_abstention_passes_elected_members_of_the_council_matter_more():
    """With abstention a veto is rarer than a mere refusal to support."""
    with_abstention = sorted(values("unsc", "substantive", THREE))
    assert with_abstention[0] > 5 * 0.0018648
    assert sum(with_abstention) == pytest.approx(1.0, abs=1e-12)


def test_under_consensus_all_are_equal():
    """Each of n members has 1/n, whatever it may answer."""
    for answers in (TWO, THREE):
        held = seat(Procedure(rule=Consensus()), equals(57))
        diagram = branching(joint_game(held, answers))
        assert branched.shapley_shubik(diagram, len(answers)).values == pytest.approx(
            [1 / 57] * 57, abs=1e-13
        )


def test_a_rule_of_one_count_is_a_weighted_game():
    """A two-thirds majority of seven is [5; 1, 1, 1, 1, 1, 1, 1]."""
    rule = QualifiedMajority(at_least=Fraction(2, 3), of="members")
    weighted = as_weighted(joint_game(seat(Procedure(rule=rule), equals(7))))
    assert weighted is not None
    assert (weighted.quota, weighted.weights) == (5, (1,) * 7)


def test_too_many_situations_are_refused_with_the_bound():
    """A diagram that would outgrow its bound is given up, and the bound is named."""
    lisbon = load_charter("eu-council-lisbon")
    game = joint_game(seat(lisbon.procedures["substantive"], seating(lisbon)))
    with pytest.raises(UnsupportedError, match="bound of 50 situations"):
        branching(game, most=50)
