"""Rules and procedures in plain English."""

from fractions import Fraction

import pytest

from comity.dossier.charter import Binding, Procedure
from comity.dossier.response import Base
from comity.dossier.rule import Consensus, QualifiedMajority, Silence, SimpleMajority
from comity.rules import binding_sentence, procedure_sentence, rule_sentence
from comity.rules.sentence import share_words
from rules.definitions import PROCEDURES


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Consensus(), "Adopted when no member objects; absence is not an objection."),
        (
            Consensus(minus=1),
            "Adopted when at most one member objects; absence is not an objection.",
        ),
        (
            Consensus(minus=2),
            "Adopted when at most 2 members object; absence is not an objection.",
        ),
        (
            Silence(),
            "Adopted unless a member objects before the deadline; silence of every kind is "
            "consent.",
        ),
        (
            Silence(hours=48.0),
            "Adopted unless a member objects within 48 hours; silence of every kind is consent.",
        ),
        (
            SimpleMajority(of=Base.VOTING),
            "Adopted when more than half of the members present and voting are in favour, so that "
            "a tie fails; whoever stands aside, stays away or has no instructions does not count.",
        ),
        (
            SimpleMajority(of=Base.MEMBERS),
            "Adopted when more than half of all members are in favour, so that a tie fails; "
            "whoever stands aside, stays away or has no instructions counts against.",
        ),
        (
            QualifiedMajority(at_least="2/3", of=Base.PRESENT),
            "Adopted when at least 2/3 of the members present are in favour; whoever stands aside "
            "or has no instructions counts against, whoever stays away does not count.",
        ),
        (
            QualifiedMajority(at_least="72 %", of=Base.MEMBERS),
            "Adopted when at least 72 % of all members are in favour; whoever stands aside, stays "
            "away or has no instructions counts against.",
        ),
        (
            QualifiedMajority(at_least=1, of=Base.MEMBERS),
            "Adopted when all members are in favour; whoever stands aside, stays away or has no "
            "instructions counts against.",
        ),
        (QualifiedMajority(at_least=0), "Adopted when at least one member is in favour."),
    ],
)
def test_rule_as_a_sentence(rule, sentence: str):
    """A rule reads as one sentence that says what silence and absence mean."""
    assert rule_sentence(rule) == sentence


def test_quorum_joins_the_sentence():
    """A stated quorum is part of the procedure's sentence."""
    procedure = Procedure(rule=Consensus(), quorum=Fraction(2, 3))
    assert procedure_sentence(procedure) == (
        "Adopted when no member objects; absence is not an objection; at least 2/3 of the members "
        "must be present."
    )
    everyone = procedure.model_copy(update={"quorum": Fraction(1)})
    assert procedure_sentence(everyone).endswith("; all members must be present.")


def test_quorum_of_a_silence_procedure_is_not_claimed():
    """Nobody need be present for silence, so its sentence asks for nobody."""
    procedure = Procedure(rule=Silence(), quorum=Fraction(2, 3))
    assert procedure_sentence(procedure) == rule_sentence(Silence())


def test_different_procedures_read_differently():
    """No two procedures that differ in what they ask share a sentence."""
    asked = {p.rule if isinstance(p.rule, Silence) else (p.rule, p.quorum) for p in PROCEDURES}
    alike = {  # at least nothing of any base is at least one member in favour
        ("any", p.quorum)
        for p in PROCEDURES
        if isinstance(p.rule, QualifiedMajority) and p.rule.at_least == 0
    }
    assert len({procedure_sentence(p) for p in PROCEDURES}) == len(asked) - 2 * len(alike)


@pytest.mark.parametrize("binds", Binding)
def test_binding_as_a_sentence(binds: Binding):
    """Whom a decision binds reads as a sentence of its own."""
    sentence = binding_sentence(Procedure(rule=Consensus(), binds=binds))
    assert sentence.startswith("An adopted decision binds ")


@pytest.mark.parametrize(
    ("share", "words"), [("2/3", "2/3"), ("0.55", "55 %"), ("3/4", "3/4"), ("5/7", "5/7")]
)
def test_share_in_words(share: str, words: str):
    """Familiar fractions stay fractions; other hundredths are given in per cent."""
    assert share_words(Fraction(share)) == words
