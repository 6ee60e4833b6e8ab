"""Several procedures on the same responses."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.charters import load_charter
from comity.dossier.response import Response
from comity.dossier.rule import Consensus, QualifiedMajority, Quota, Silence, SimpleMajority
from comity.errors import RuleError
from comity.rules import Seating, decide, seating
from comity.rules.compare import Candidate, compare
from rules.any_rule import any_procedure, rows_at, tables

FIVE = Seating(tuple("ABCDE"))


def one(rule, answers, quorum=None, **how):
    """One rule put to the answers of five, one letter each: Support, Object, aside _, aWay."""
    words = {"S": "support", "O": "object", "_": "stand aside", "W": "absent"}
    held = {m: words[a] for m, a in zip("ABCDE", answers, strict=True)}
    candidate = Candidate("it", Procedure(rule=rule, quorum=quorum), FIVE)
    return compare([candidate], held, **how)[0]


@pytest.mark.parametrize(
    ("rule", "answers", "says", "short", "change"),
    [
        (Consensus(), "SSSSS", "adopted", 0, "A objects"),
        (Consensus(), "SOSSS", "blocked by B", 1, "B stands aside"),
        (Consensus(), "SOSOS", "blocked by B and D", 2, "B and D stand aside"),
        (Consensus(minus=1), "SOSOS", "one objection too many", 1, "B stands aside"),
        (Consensus(minus=1), "OOSOS", "2 objections too many", 2, "A and B stand aside"),
        (SimpleMajority(), "SO__W", "one member short", 1, "B stands aside"),
        (Quota(votes=Fraction(4)), "SSS__", "one member short", 1, "D supports"),
        (Quota(votes=Fraction(4)), "S____", "3 members short", 3, "B, C and D support"),
        (Quota(votes=Fraction(5)), "SSSS_", "blocked by E", 1, "E supports"),
        (Quota(votes=Fraction(5)), "SSSSW", "one member short", 1, "E supports"),
        (Quota(votes=Fraction(6)), "SSSSS", "cannot be adopted at this table", None, ""),
    ],
)
def test_how_near_it_was(rule, answers, says, short, change):
    """The outcome in a few words, the fewest members that could turn it, and how."""
    found = one(rule, answers)
    assert (found.says, found.short, found.change) == (says, short, change)


def test_no_quorum_is_said():
    """Where the rule is satisfied and too few are there, that is what is missing."""
    found = one(Consensus(), "SSWWW", quorum=Fraction(4, 5))
    assert (found.says, found.short) == ("no quorum, 2 members missing", 2)


def test_silence_that_runs_is_pending():
    """A running silence is neither adopted nor short of anything; an objection would break it."""
    found = one(Silence(hours=48.0), "SSSSS", elapsed=12.0)
    assert (found.says, found.outcome, found.short) == ("pending", "pending", 0)
    assert found.change == "A objects"


def test_consent_refused():
    """A procedure whose use the body refused is closed; no answers to the draft change that."""
    no = decide(Procedure(rule=Consensus()), {"A": "no"})
    asking = Procedure(rule=Silence(), consent="consensus")
    found = compare([Candidate("it", asking, FIVE, consent=no)], dict.fromkeys("ABCDE", "yes"))[0]
    assert (found.says, found.short, found.change) == ("its use was not agreed to", None, "")


def test_the_same_responses_under_consensus_minus_one_and_lisbon():
    """Blocked by one under consensus, adopted under minus one, one state short under Lisbon."""
    plain, lisbon = load_charter("plain"), load_charter("eu-council-lisbon")
    members = lisbon.members_on()
    answers = dict.fromkeys(members[:14], "support")  # 14 of 27: 15 are needed
    answers |= dict.fromkeys(members[14:], "stand aside") | {members[26]: "object"}
    candidates = [
        Candidate("consensus", plain.procedures["substantive"], seating(plain, members), plain),
        Candidate("minus", plain.procedures["minus_one"], seating(plain, members), plain),
        Candidate("lisbon", lisbon.procedures["substantive"], seating(lisbon), lisbon),
    ]
    assert [each.says for each in compare(candidates, answers)] == [
        "blocked by MLT",
        "adopted",
        "one member short",
    ]


def test_names_stand_once():
    """Two candidates of one name could not be told apart."""
    twice = [Candidate("it", Procedure(rule=Consensus()), FIVE)] * 2
    with pytest.raises(RuleError, match="one name"):
        compare(twice, dict.fromkeys("ABCDE", "yes"))


def test_a_majority_that_needs_two_ways_at_once():
    """Where one must stop objecting and another support, the change says both."""
    unsc = load_charter("unsc")
    members = unsc.members_on()
    answers = dict.fromkeys(members, "stand aside")
    answers |= dict.fromkeys(["CHN", "FRA", "GBR", "USA", "ALB", "BRA", "GAB"], "support")
    answers |= {"RUS": "object"}
    found = compare(
        [Candidate("unsc", unsc.procedures["substantive"], seating(unsc), unsc)], answers
    )[0]
    assert (found.says, found.short) == ("2 members short", 2)
    assert "RUS" in found.change


@given(any_procedure(4), st.data())
def test_it_agrees_with_the_decision(procedure: Procedure, data: st.DataObject):
    """Whatever the rule: the same decision, and as short as its unblocking set is long."""
    table: Seating = data.draw(tables(4))
    row: tuple[Response, ...] = data.draw(rows_at(table))
    answers = dict(zip(table.members, row, strict=True))
    found = compare([Candidate("it", procedure, table)], answers)[0]
    decision = decide(procedure, answers, table=table)
    assert found.decision == decision
    assert (found.outcome == "adopted") is decision.adopted
    if decision.adopted:
        assert found.short == 0
    else:
        assert found.short == (len(decision.unblocking) or None)
    assert found.says
    assert found.to_dict()["name"] == "it"


def test_a_qualified_majority_counts_who_is_missing():
    """Two thirds of five are four; two in favour are two short."""
    rule = QualifiedMajority(at_least="2/3", of="members")
    assert one(rule, "SS_OW").says == "2 members short"
