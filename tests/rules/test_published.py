"""Published definitions and votes, each with its source."""

from fractions import Fraction

import pytest

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, QualifiedMajority, Silence, SimpleMajority
from comity.rules import Decision, decide

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response


def vote(rule, in_favour: int, against: int, abstaining: int = 0, absent: int = 0) -> Decision:
    row = (
        [SUPPORT] * in_favour + [OBJECT] * against + [STAND_ASIDE] * abstaining + [ABSENT] * absent
    )
    return decide(Procedure(rule=rule), {str(seat): given for seat, given in enumerate(row)})


def two_thirds(base: Base) -> QualifiedMajority:
    return QualifiedMajority(at_least=Fraction(2, 3), of=base)


def test_consensus_is_the_absence_of_any_objection():
    """OSCE Rules of Procedure (2006): consensus is the absence of any objection."""
    assert vote(Consensus(), in_favour=1, against=0, abstaining=56).adopted
    assert not vote(Consensus(), in_favour=56, against=1).adopted


def test_only_a_member_present_can_object():
    """WTO Agreement, art. IX:1 note 1: consensus if no member present formally objects."""
    assert vote(Consensus(), in_favour=3, against=0, absent=150).adopted


def test_consensus_minus_one_leaves_one_objector_behind():
    """CSCE, July 1992: suspension in spite of the one state concerned; two would have blocked."""
    assert vote(Consensus(minus=1), in_favour=51, against=1).adopted
    assert not vote(Consensus(minus=1), in_favour=50, against=2).adopted


def test_silence_is_consent():
    """OSCE silence procedure: adopted if no objection is made before the deadline."""
    assert vote(Silence(hours=48.0), in_favour=0, against=0, absent=57).adopted
    assert not vote(Silence(hours=48.0), in_favour=56, against=1).adopted


def test_tie_of_1965_fails():
    """General Assembly, 17 November 1965: 47 to 47 with 20 abstaining was not adopted
    (FRUS 1964-68, XXX, doc. 220)."""
    assert not vote(SimpleMajority(), 47, 47, abstaining=20, absent=3).adopted


def test_important_question_of_1971_fails_by_five():
    """General Assembly, 25 October 1971: 55 to 59 with 15 abstaining was defeated
    (FRUS 1969-76, V, doc. 430)."""
    decision = vote(SimpleMajority(), 55, 59, abstaining=15, absent=2)
    assert decision.reason == "55 of 114 members present and voting are in favour; 58 are needed."
    assert len(decision.unblocking) == 3


@pytest.mark.parametrize(
    ("base", "counted", "needed", "adopted"),
    [(Base.VOTING, 111, 74, True), (Base.PRESENT, 128, 86, False), (Base.MEMBERS, 131, 88, False)],
)
def test_two_thirds_of_whom_decides(base: Base, counted: int, needed: int, adopted: bool):
    """The 76 to 35 of 25 October 1971, 17 abstaining and 3 away, is two thirds of those voting
    (UN Charter, art. 18; General Assembly rule 86), but not of those present or of all members."""
    decision = vote(two_thirds(base), 76, 35, abstaining=17, absent=3)
    assert decision.adopted is adopted
    assert decision.reason.startswith(f"76 of {counted} members")
    assert decision.reason.endswith(f"are in favour; {needed} are needed.")


def test_majority_of_component_members():
    """TFEU, art. 238(1): 14 of 27, so abstaining and staying away count against."""
    assert vote(SimpleMajority(of=Base.MEMBERS), 14, 13).adopted
    assert not vote(SimpleMajority(of=Base.MEMBERS), 13, 0, abstaining=7, absent=7).adopted


def test_seventy_two_per_cent_of_members():
    """TFEU, art. 238(2): 72 % of 27 members is 20 (the population test aside)."""
    rule = QualifiedMajority(at_least=Fraction(72, 100), of=Base.MEMBERS)
    assert vote(rule, 20, 7).adopted
    assert not vote(rule, 19, 8).adopted
