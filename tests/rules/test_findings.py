"""Rules that make little sense for a body."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, QualifiedMajority, Silence
from comity.errors import RuleError
from comity.rules import adopts, rule_findings
from rules.definitions import PROCEDURES, all_rows, procedures


def names(procedure: Procedure, members: int) -> set[str]:
    return {finding.name for finding in rule_findings(procedure, members)}


@given(procedures(), st.integers(1, 10))
def test_objections_never_block_is_found_exactly_when_so(procedure: Procedure, members: int):
    """A rule that adopts over everybody's objection is found, and no other."""
    all_object = adopts(procedure, np.full(members, Response.OBJECT))
    assert ("objections_never_block" in names(procedure, members)) == all_object


@pytest.mark.parametrize("members", [1, 2, 3, 4])
def test_opposites_can_pass_is_found_exactly_when_so(members: int):
    """A majority by which a draft and its opposite can both pass is found, and no other."""
    every = all_rows(members)
    mirrored = every.copy()
    mirrored[every == Response.SUPPORT] = Response.OBJECT
    mirrored[every == Response.OBJECT] = Response.SUPPORT
    for procedure in PROCEDURES:
        if isinstance(procedure.rule, QualifiedMajority):
            both = np.any(adopts(procedure, every) & adopts(procedure, mirrored))
            assert ("opposites_can_pass" in names(procedure, members)) == both, procedure


def test_finding_says_what_is_odd():
    """A finding tells in words what it found."""
    third = Procedure(rule=QualifiedMajority(at_least=Fraction(1, 3), of=Base.MEMBERS))
    (finding,) = rule_findings(third, 6)
    assert finding.says == (
        "At least 1/3 of all members: a draft and its opposite can both be adopted, each by its "
        "own supporters."
    )


def test_quorum_of_a_silence_procedure_is_found():
    """A quorum that is not applied is pointed out."""
    assert names(Procedure(rule=Silence(), quorum=Fraction(1, 2)), 3) == {"idle_quorum"}
    assert names(Procedure(rule=Silence()), 3) == set()


@given(procedures(), st.integers(1, 10))
def test_no_rule_is_beyond_adopting(procedure: Procedure, members: int):
    """If all support, every procedure adopts."""
    assert adopts(procedure, np.full(members, Response.SUPPORT))


def test_empty_body_is_refused():
    """There is nothing to say about a body without members."""
    with pytest.raises(RuleError, match="A body without members cannot decide"):
        rule_findings(Procedure(rule=Consensus()), 0)
