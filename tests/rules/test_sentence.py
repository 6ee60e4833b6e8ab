"""Rules and procedures in plain English."""

from fractions import Fraction

import pytest

from comity.dossier.charter import Binding, Procedure
from comity.dossier.charters import load_charter, read_charter
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


COUNCIL = """\
name: A council
members: [A, B, C]
groups:
  permanent: {says: permanent members, members: [A]}
measures: {people: {says: population, values: {A: 3, B: 2, C: 1}}}
facts:
  proposal: {says: there is a proposal, judged_by: the chair}
procedures:
  substantive: {title: The rule, rule: %s}
"""


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{kind: consensus, among: permanent}", "none of the permanent members objects; absence "),
        (
            "{kind: silence, among: permanent}",
            "Adopted unless one of the permanent members objects before the deadline; silence",
        ),
        ("{kind: quota, votes: 2}", "at least 2 members are in favour."),
        ("{kind: quota, votes: 1, among: permanent}", "one of the permanent members is in favour."),
        (
            "{kind: quota, votes: 1200, weights: people}",
            "those in favour have at least 1,200 population.",
        ),
        (
            "{kind: simple_majority, of: members, weights: people}",
            "those in favour have more than half of the population of all members, so that a tie",
        ),
        ("{kind: limit, on: object, votes: 0}", "Adopted when no member objects."),
        ("{kind: limit, on: opt_out, votes: 1}", "at most one member opts out or objects."),
        (
            "{kind: limit, on: not_in_favour, votes: 3}",
            "at most 3 members are not in favour.",
        ),
        (
            "{kind: limit, on: opt_out, below: 1/3, weights: people}",
            "those that opt out or object have less than 1/3 of the population of all members.",
        ),
        (
            "{kind: limit, on: object, at_most: 1/4, of: present_and_voting, among: permanent}",
            "at most 1/4 of the permanent members present and voting object.",
        ),
        ("{kind: attendance, at_least: 2/3}", "at least 2/3 of the members are present."),
        (
            "{kind: veto, holders: permanent}",
            "none of the permanent members objects; neither abstention nor absence is an objection",
        ),
        (
            "{kind: veto, holders: permanent, abstention: blocks}",
            "all of the permanent members are in favour.",
        ),
        ("{kind: fact, fact: proposal}", "there is a proposal (as judged by the chair)."),
        (
            "{kind: fact, fact: proposal, holds: false}",
            "Adopted when there is no proposal (as judged by the chair).",
        ),
        (
            "{any_of: [{kind: quota, votes: 3}, {kind: quota, votes: 2, among: permanent}]}",
            "either at least 3 members are in favour, or at least 2 of the permanent members are",
        ),
        (
            "{all_of: [consensus, {any_of: [{kind: quota, votes: 2}, {kind: quota, votes: 3}]}]}",
            "Adopted when (a) no member objects, and (b) either at least 2 members are in favour, "
            "or at least 3 members are in favour; absence is not an objection.",
        ),
        (
            "{in_turn: [consensus, {kind: simple_majority, of: present_and_voting}]}",
            "Adopted when no member objects (absence is not an objection); failing that, when more "
            "than half of the members present and voting are in favour, so that a tie fails "
            "(whoever stands aside, stays away or has no instructions does not count).",
        ),
        (
            "{kind: depends, on: proposal, then: consensus, otherwise: silence}",
            "Where there is a proposal (as judged by the chair), adopted when no member objects "
            "(absence is not an objection); otherwise, adopted unless a member objects before the "
            "deadline (silence of every kind is consent).",
        ),
        (
            "{kind: excluding, members: permanent, how: abstaining, rule: {kind: quota, votes: 2}}",
            "at least 2 members are in favour, the permanent members having to stand aside.",
        ),
        (
            "{kind: excluding, members: permanent, rule: {kind: quota, votes: 2}}",
            "at least 2 members are in favour, not counting the permanent members.",
        ),
        (
            "{reasoned: consensus}",
            "no member objects, counting only objections that give their reason; absence is",
        ),
        (
            "{kind: qualified_majority, at_least: 0, among: permanent}",
            "at least one of the permanent members is in favour.",
        ),
        (
            "{kind: qualified_majority, at_least: 1, weights: people, of: members}",
            "all members with population are in favour; whoever",
        ),
    ],
)
def test_every_kind_reads_as_a_sentence(rule: str, sentence: str):
    """Counts, vetoes, facts and combinations read in the words of the charter (§29 to §33)."""
    charter = read_charter(COUNCIL % rule, "council.yaml")
    assert sentence in rule_sentence(charter.procedures["substantive"].rule, charter)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            "{all_of: [{kind: qualified_majority, at_least: 2/3, of: members}, "
            "{kind: veto, holders: [A, B]}]}",
            "Adopted when (a) at least 2/3 of all members are in favour (whoever stands aside, "
            "stays away or has no instructions counts against), and (b) none of the members A and "
            "B objects (neither abstention nor absence is an objection).",
        ),
        (
            "{all_of: [{kind: qualified_majority, at_least: 2/3, of: present_and_voting}, "
            "{kind: veto, holders: [A], abstention: blocks}]}",
            "Adopted when (a) at least 2/3 of the members present and voting are in favour "
            "(whoever stands aside, stays away or has no instructions does not count), and (b) A "
            "is in favour.",
        ),
        (
            "{in_turn: [consensus, {all_of: [consensus, {kind: simple_majority}]}]}",
            "Adopted when no member objects (absence is not an objection); failing that, when "
            "no member objects (absence is not an objection) and more than half of the members "
            "present and voting are in favour, so that a tie fails (whoever stands aside, stays "
            "away or has no instructions does not count).",
        ),
        (
            "{all_of: [{kind: qualified_majority, at_least: 2/3, of: members}, "
            "{kind: limit, on: not_in_favour, votes: 1}]}",
            "Adopted when at least 2/3 of all members are in favour and at most one member is not "
            "in favour; whoever stands aside, stays away or has no instructions counts against.",
        ),
        ("{kind: veto, holders: [B]}", "Adopted when B does not object; neither abstention nor "),
        (
            "{kind: excluding, members: [B], rule: {kind: quota, votes: 2}}",
            "at least 2 members are in favour, not counting B.",
        ),
    ],
)
def test_what_abstention_means_is_said_of_each_part(rule: str, sentence: str):
    """Where abstention counts otherwise from part to part, each says how; else the end does."""
    charter = read_charter(COUNCIL % rule, "council.yaml")
    assert sentence in rule_sentence(charter.procedures["substantive"].rule, charter)


def test_three_conditions_are_numbered():
    """Where conditions could run into each other they are numbered like points of an article."""
    rule = "{all_of: [consensus, {kind: quota, votes: 2}, {kind: attendance, at_least: 2/3}]}"
    charter = read_charter(COUNCIL % rule, "council.yaml")
    assert rule_sentence(charter.procedures["substantive"].rule, charter).startswith(
        "Adopted when (a) no member objects, (b) at least 2 members are in favour, and (c) "
    )


def test_consent_joins_the_sentence():
    """A procedure that the body must first agree to says so, and how (§34)."""
    osce = load_charter("osce")
    assert procedure_sentence(osce.procedures["silence"], osce).endswith(
        "; to be used only after the body has agreed to it under the procedure “Consensus”."
    )


def test_the_security_council_reads_as_a_lawyer_would_say_it():
    """Nine votes, no veto, and what abstention means."""
    unsc = load_charter("unsc")
    assert rule_sentence(unsc.procedures["substantive"].rule, unsc) == (
        "Adopted when at least 9 members are in favour and none of the permanent members objects; "
        "neither abstention nor absence is an objection."
    )
