"""A dossier as text, as a schema, as a reference page, and the one to start from."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from comity.dossier import Dossier, Position, check, load, loads
from comity.dossier.attributes import models, page, rows
from comity.dossier.charter import Clause
from comity.dossier.dump import dump
from comity.dossier.rule import Consensus
from comity.dossier.schema import schema, schema_text, stored_schema
from comity.dossier.strategies import dossiers
from comity.dossier.template import template
from comity.dossier.yamltext import read
from dossier.samples import GOOD, WITH_TALKS, dossier, spoiled

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(
    [file.parent for file in (ROOT / "examples/cases").glob("*/dossier.yaml")]
    + list((ROOT / "examples/cases").glob("*/dossiers/*.yaml"))
)
VALIDATOR = jsonschema.Draft202012Validator(schema())


def plain(text: str) -> Any:
    return read(text.encode(), "x").value


# ---------------------------------------------------------------- YAML


def test_dump_reads_well():
    """Fields stand in order, defaults are left out, short entries stand on one line."""
    assert dump(dossier()).splitlines()[3:11] == [
        "actors:",
        "  ARM: {name: Armenia}",
        "  BLR: {name: Belarus}",
        "  KAZ: {name: Kazakhstan}",
        "sources:",
        "  paper: {title: Report, outlet: Paper, published: 2022-11-20}",
        "statements:",
        "  arm-wants:",
    ]


@pytest.mark.parametrize("text", ["12", "no", "null", "~", "1e5", "0x1F", "<<", "", "a: b", "- a"])
def test_text_stays_text(text: str):
    """Text that looks like something else is quoted where our own reader would mistake it."""
    named = dossier(("title: Meeting", f"title: '{text}'"))
    assert loads(dump(named)).title == text


def test_options_that_repeat_their_names_are_written_as_a_list():
    """Options of talks that say no more than their names are a list of names."""
    said = "{none: no road, joint: a road of both, own: of ARM alone}"
    listed = dump(dossier(WITH_TALKS, (said, "[none, joint, own]")))
    assert "options: [none, joint, own]" in listed
    assert "joint: a road of both" in dump(dossier(WITH_TALKS))


def test_a_concession_keeps_what_it_names():
    """A concession back to a default still changes the position, so it is written."""
    lost = dossier(("{ideal: 60..80, from: [arm-wants]}", "{salience: null, basis: assumed}"))
    after = loads(dump(lost)).in_round("text", 1).position("text", "ARM")
    assert after.salience is None


# ---------------------------------------------------------------- JSON Schema


def test_the_stored_schema_is_current():
    """The schema in the package is the one the model makes (docs/reference/dossier.py)."""
    assert stored_schema() == schema_text()


def test_the_schema_is_one():
    """The schema is a valid schema of its own draft."""
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_cases_fit_the_schema(case: Path):
    """Every example dossier, written as one file, fits the schema."""
    VALIDATOR.validate(plain(dump(load(case))))


@pytest.mark.parametrize("case", [c for c in CASES if c.is_dir()], ids=lambda path: path.name)
def test_sections_as_written_fit_the_schema(case: Path):
    """Every section of every example, as it is written, fits its part of the schema."""
    for file in case.glob("*.yaml"):
        if file.stem != "record":
            for section, value in read(file.read_bytes(), file.name).value.items():
                part = schema() | {"required": []}
                part["$defs"]["Talks"]["required"] = []  # files may share talks out
                jsonschema.Draft202012Validator(part).validate({section: value})


@pytest.mark.parametrize(
    "text", [GOOD, template(), spoiled(WITH_TALKS)], ids=["sample", "template", "talks"]
)
def test_written_dossiers_fit_the_schema(text: str):
    """What people write by hand fits the schema, number-like keys of a scale included."""
    VALIDATOR.validate(plain(text))


@given(dossiers())
def test_every_dossier_fits_the_schema(dossier: Dossier):
    """Whatever is a dossier fits the schema."""
    VALIDATOR.validate(json.loads(json.dumps(plain(dump(dossier)))))


@pytest.mark.parametrize(
    "change",
    [
        ("ideal: 0..100", "idael: 0..100"),
        ("ideal: 0..100", "ideal: 140"),
        ("ideal: 0..100", "ideal: [1]"),
        ("rule: consensus", "rule: consensu"),
        ("title: Meeting\n", ""),
        ("comity: 1", "comity: 2"),
        ("basis: stated", "basis: statd"),
        (
            "presumptions: {text: within}",
            "presumptions: {text: within}\ntalks: {t: {parties: [A]}}",
        ),
    ],
)
def test_the_schema_refuses_what_editors_should_mark(change: tuple[str, str]):
    """An editor can mark misspelt fields, words and values off the scale."""
    assert not VALIDATOR.is_valid(plain(spoiled(change)))


def test_defaults_in_the_schema_are_written_as_in_a_file():
    """A default stands in the schema as a dossier would write it."""
    body = schema()["$defs"]["Body"]["properties"]
    assert body["omega"]["default"] == "0..20"
    assert schema()["$defs"]["Item"]["properties"]["smallest_step"]["default"] == 10


# ---------------------------------------------------------------- reference page


def test_the_reference_page_is_current():
    """The page of all fields is the one the metadata makes (docs/reference/dossier.py)."""
    script = runpy.run_path(str(ROOT / "docs/reference/dossier.py"))
    assert script["PAGE"].read_text("utf-8") == page()


def test_the_page_knows_every_record():
    """Every record that a dossier may hold has its table."""
    assert {Dossier, Position, Clause, Consensus} <= set(models())


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_is_described(model: type[Any]):
    """Every field says what it is."""
    assert model.__doc__
    assert all(all((row[0], row[1], row[4])) for row in rows(model))


# ---------------------------------------------------------------- the dossier to start from


def test_the_template_is_a_dossier_without_findings():
    """What `comity new` writes is read without error, and no check finds anything."""
    assert check(loads(template())) == ()


def test_the_template_shows_every_way_to_write_a_number():
    """A user sees all four forms of a quantity in the starting dossier."""
    assert all(form in template() for form in ("50 ", "40..60", "{low:", "{mean:"))
