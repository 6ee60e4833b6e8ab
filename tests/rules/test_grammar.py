"""The rule language told from its own models, and the page made from it."""

import re
import runpy
from pathlib import Path

import pytest

from comity.dossier.charters import read_procedure
from comity.dossier.rule import every_part, rule_kinds
from comity.errors import DossierError
from comity.rules import rule_findings, seat, seating
from comity.rules.grammar import Entry, entries, example_charter, introduction, productions
from comity.rules.sentence import NAMELESS

ROOT = Path(__file__).resolve().parents[2]


def test_every_kind_has_its_entry():
    """No kind of rule is missing, and each example is of its kind."""
    assert [entry.kind for entry in entries()] == rule_kinds()
    for entry in entries():
        rule = read_procedure(entry.example, "example", example_charter()).rule
        assert rule.kind == entry.kind


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.kind)
def test_an_entry_tells_of_all_settings(entry: Entry):
    """Each kind says what it means, each setting too, and the example reads as a sentence."""
    rule = read_procedure(entry.example, "example", example_charter()).rule
    assert {setting.name for setting in entry.settings} == set(type(rule).model_fields) - {"kind"}
    assert entry.says
    assert all(setting.says and setting.type for setting in entry.settings)
    assert re.fullmatch(r"(Adopted (when|unless)|Where) .*\.", entry.sentence)


def test_grammar_names_every_kind():
    """The productions at the head of the language leave no kind out."""
    assert set(rule_kinds()) <= set(re.findall(r"\w+", productions()))
    assert introduction().startswith("Rules as data")


def test_the_example_charter_makes_sense():
    """Nothing is odd about the procedures of the example."""
    charter = example_charter()
    for procedure in charter.procedures.values():
        assert not rule_findings(seat(procedure, seating(charter)), charter=charter)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("consensus", ["consensus"]),
        ("{kind: quota, votes: 2}", ["quota"]),
        ("{reasoned: silence}", ["reasoned", "silence"]),
        ("{rule: {any_of: [consensus, silence]}}", ["any_of", "consensus", "silence"]),
        ("{kind: reasoned, rule: consensus}", ["reasoned", "consensus"]),
    ],
)
def test_a_rule_is_read_from_a_line(text: str, kinds: list[str]):
    """A rule is written alone, or within a procedure that says more."""
    procedure = read_procedure(text, "line", NAMELESS)
    assert [part.kind for part in every_part(procedure.rule)] == kinds


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{all_of: [consensus, {kind: quota}]}", "rule.all_of[1].votes"),
        ("{rule: consensus, quorum: 2}", "quorum"),
        ("{rule: consensus, clause: usual}", "clause"),
        ("{all_of: [{kind: veto, holders: permanent}]}", "rule"),
        ("42", "rule"),
    ],
)
def test_a_rule_that_cannot_stand_is_refused_where_it_fails(text: str, place: str):
    """The message names the line and the field, as in a file."""
    with pytest.raises(DossierError) as refused:
        read_procedure(text, "line", NAMELESS)
    found = refused.value.place
    assert (found.file, found.line) == ("line", 1)
    assert (found.field or "").startswith(place)


def test_page_is_current():
    """The reference page is what its script makes of the models."""
    script = ROOT / "docs" / "reference" / "rules.py"
    page = runpy.run_path(str(script))["page"]()
    assert script.with_suffix(".md").read_text("utf-8") == page, f"run python {script.name}"
