"""A dossier is the same in a workbook and in YAML, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.dossier import Dossier, load, loads
from comity.dossier.dump import dump
from comity.dossier.load import _validated
from comity.dossier.strategies import dossiers
from comity.dossier.template import template
from comity.dossier.workbook import read_workbook, workbook_bytes
from comity.dossier.workbook.cells import from_cell, to_cell
from dossier.samples import GOOD, WITH_TALKS, spoiled

ROOT = Path(__file__).resolve().parents[3]
CASES = sorted(
    [file.parent for file in (ROOT / "examples/cases").glob("*/dossier.yaml")]
    + list((ROOT / "examples/cases").glob("*/dossiers/*.yaml"))
)


def again(dossier: Dossier) -> Dossier:
    """The dossier written as a workbook and read from it."""
    return _validated(read_workbook(workbook_bytes(dossier), "x.xlsx"))


@settings(max_examples=settings().max_examples // 2)
@given(dossiers())
def test_every_dossier_survives_a_workbook(dossier: Dossier):
    """A dossier read from its workbook is equal, with everything in the same order."""
    read = again(dossier)
    assert read == dossier
    assert dump(read) == dump(dossier)


@pytest.mark.parametrize(
    "text", [GOOD, spoiled(WITH_TALKS), template()], ids=["sample", "talks", "template"]
)
def test_from_yaml_to_a_workbook_and_back(text: str, tmp_path: Path):
    """What is written in YAML is the same dossier in a workbook, and in YAML again."""
    file = tmp_path / "book.xlsx"
    file.write_bytes(workbook_bytes(loads(text)))
    read = load(file)
    assert read == loads(text)
    assert loads(dump(read)) == loads(text)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_cases_survive_a_workbook(case: Path):
    """Every example dossier is the same in a workbook."""
    assert again(load(case)) == load(case)


AWKWARD = (
    "=cmd()", "+1", "-1", "@x", "1e5", "0x1F", "007", "TRUE", "null", "#N/A", "1/2", "3-5", '"',
    '""', "'", "{", "[a", "a, b", " a ", "a\nb", "a\r\nb", "_x000D_", "x005F_", "\x00", "\x0b",
    "\x7f\x85\u2028", "\ufffe", "\U0001f600", "\U00020000", "日本", "~", "- a", "a: b", "#x", "",
)  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_text_stays_text(text: str):
    """No text becomes a formula, a number, a date, an error or something shorter."""
    read = loads(spoiled()).model_copy(update={"title": text, "note": text})
    assert again(read) == read


@pytest.mark.parametrize("kind", ["text", "option", "value", "words", "list", "mapping", "tree"])
@given(st.text(max_size=12))
@example("_x000D_")
@example('"null"')
def test_cells_give_text_back(kind: str, text: str):
    """Every kind of cell gives back the text that was put into it."""
    value: object = {"words": [text], "list": [text], "mapping": {"a": text}}.get(kind, text)
    cell = to_cell(kind, value)
    assert isinstance(cell, str)
    assert from_cell(kind, cell) == value


def test_a_text_longer_than_a_cell():
    """A text that no cell can hold goes on in the next column."""
    read = loads(spoiled()).model_copy(update={"note": " lang" * 20_000 + "\n"})
    assert again(read) == read


def test_a_charter_spelled_out_survives():
    """A charter larger than a cell is read again as it was."""
    clause = "says: x, source: y, verified: text"
    clauses = "".join(f"        c{k}: {{{clause}}}\n" for k in range(2_000))
    read = loads(spoiled(("      clauses:\n", f"      clauses:\n{clauses}")))
    assert again(read) == read
