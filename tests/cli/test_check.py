"""`comity check`: findings for people and for programs, and strictness on request."""

import pytest

from comity.cli import checked
from comity.dossier.charter import Procedure
from comity.dossier.response import Base
from comity.dossier.rule import AllOf, Consensus, QualifiedMajority, Quota, Silence
from comity.rules import rule_findings

SOUND = """\
comity: 1
title: A small body
as_of: 2022-11-22
actors: {A: {name: Alfa}, B: {name: Bravo}}
bodies:
  board: {members: [A, B], charter: plain}
agenda:
  first: {body: board, reversion: 0, tabled: 50, by: A, scale: {0: nothing, 100: all}}
positions:
  first: {A: {ideal: 60..80, salience: 20..40}, B: {ideal: 0..40, salience: 20..40}}
"""


@pytest.fixture
def dossier(tmp_path):
    """Writes a dossier and returns its path."""

    def write(text: str = SOUND):
        path = tmp_path / "dossier.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_sound_dossier_gets_one_line(comity, dossier):
    """If the checks find nothing, the answer says so, even when all are strict."""
    ran = comity("check", dossier(), "--strict", "all")
    assert (ran.code, ran.stdout, ran.stderr) == (0, "The checks find nothing.\n", "")


def test_findings_are_no_failure_unless_asked(comity, dossier):
    """A finding is a row of the table, and the exit code stays 0."""
    path = dossier(SOUND.replace("by: A, ", ""))
    ran = comity("check", path)
    assert (ran.code, ran.stderr) == (0, "")
    heading, row = ran.stdout.splitlines()
    assert heading.split() == ["check", "where", "what"]
    assert row.startswith("nobody_tables  agenda.first")


@pytest.mark.parametrize("strict", [["nobody_tables"], ["anachronism", "nobody_tables"], ["all"]])
def test_a_finding_of_a_strict_check_is_a_failure(comity, dossier, strict):
    """--strict NAME exits with 1 and says on stderr which check it was; stdout is as without."""
    path = dossier(SOUND.replace("by: A, ", ""))
    ran = comity("check", path, *(word for name in strict for word in ("--strict", name)))
    assert ran.code == 1
    assert ran.stderr == "found, where you asked to be strict: nobody_tables\n"
    assert ran.stdout == comity("check", path).stdout


def test_a_strict_check_that_finds_nothing_is_no_failure(comity, dossier):
    """Strictness about one check is no strictness about another."""
    ran = comity("check", dossier(SOUND.replace("by: A, ", "")), "--strict", "anachronism")
    assert ran.code == 0


def test_findings_in_json(comity, dossier):
    """--json has each finding with check, where and message, and which of the strict ones fail."""
    path = dossier(SOUND.replace("by: A, ", ""))
    ran = comity("check", path, "--json", "--strict", "nobody_tables")
    assert ran.code == 1
    said = ran.json()
    assert list(said) == [
        *("schema", "command", "version", "seed", "draws"),
        *("dossier", "findings", "failing"),
    ]
    assert said["dossier"] == str(path)
    assert said["failing"] == ["nobody_tables"]
    (finding,) = said["findings"]
    assert list(finding) == ["check", "where", "message"]
    assert (finding["check"], finding["where"]) == ("nobody_tables", "agenda.first.by")


def test_a_rule_that_cannot_block_is_found(comity, dossier):
    """The checks look at the rules as well: consensus minus n in a body of n never blocks."""
    spelled_out = "{name: Odd, procedures: {substantive: {rule: {kind: consensus, minus: 2}}}}"
    path = dossier(SOUND.replace("charter: plain", f"charter: {spelled_out}"))
    found = comity("check", path, "--json", "--strict", "objections_never_block")
    assert found.code == 1
    assert [
        finding["where"]
        for finding in found.json()["findings"]
        if finding["check"] == "objections_never_block"
    ] == ["agenda.first.procedure"]


def test_every_check_on_rules_has_its_question():
    """Whatever `rule_findings` can find is listed, so that --strict knows it."""
    odd = [
        Procedure(rule=Consensus(minus=9)),
        Procedure(rule=QualifiedMajority(at_least="1/3", of=Base.MEMBERS)),
        Procedure(rule=Silence(), quorum="1/2"),
        Procedure(rule=AllOf(rules=(Quota(votes=10), Consensus()))),
        Procedure(rule=AllOf(rules=(Quota(votes=0), Consensus()))),
        Procedure(rule=Quota(votes=1, among=("member 1",))),
    ]
    names = {finding.name for procedure in odd for finding in rule_findings(procedure, 9)}
    assert names == checked.RULE_QUESTIONS.keys()


def test_the_checks_are_listed_with_their_questions(comity):
    """--list prints every check and its question, and needs no dossier."""
    lines = comity("check", "--list").stdout.splitlines()
    asked = comity("check", "--list", "--json").json()["checks"]
    assert [each["name"] for each in asked] == list(checked.questions())
    assert len(lines) == 1 + len(asked)
    assert all(each["question"].endswith("?") for each in asked)
    assert any(line.startswith("anachronism  ") for line in lines)


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("anachronsm", "Did you mean 'anachronism'? `comity check --list` lists them."),
        ("All", "Did you mean 'all'? `comity check --list` lists them."),
        ("☃", "`comity check --list` lists them."),
    ],
)
def test_an_unknown_check_is_misuse(comity, dossier, name, mend):
    """A strict check that does not exist is refused before anything is read."""
    ran = comity("check", dossier(), "--strict", name)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"there is no check of this name\n  found: --strict {name}\n  mend:  {mend}\n"
    )


def test_no_dossier_is_misuse(comity):
    """Without a dossier there is nothing to check."""
    ran = comity("check")
    assert (ran.code, ran.stdout) == (2, "")
    assert "no dossier is named" in ran.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: [", "dossier.yaml:2: "),
        ("comity: 1\ntitel: x\nas_of: 2024-03-01\nactors: {A: {name: A}}\n", "title"),
        ("\x00\x01\x02", "dossier.yaml"),
        ("", "dossier.yaml"),
    ],
)
def test_a_dossier_that_cannot_be_read_is_refused(comity, dossier, text, expected, form):
    """A bad dossier gets a message with its place and exit code 2; stdout has it only as JSON."""
    ran = comity("check", dossier(text), *form)
    assert ran.code == 2
    assert expected in ran.stderr
    if form:
        assert "dossier.yaml" in ran.json()["problems"][0]["where"]
    else:
        assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


def _spoiled(count):
    actors = ", ".join(f"S{k}: {{name: S{k}, capability: many}}" for k in range(count))
    return SOUND.replace("A: {name: Alfa}", f"A: {{name: Alfa}}, {actors}")


def test_the_other_problems_are_listed(comity, dossier):
    """Below the first problem up to ten further ones stand, one to a line; the exit code is 2."""
    path = dossier(_spoiled(14))
    ran = comity("check", path)
    assert (ran.code, ran.stdout) == (2, "")
    first, *rest = ran.stderr.splitlines()
    assert first.startswith(f"{path}:4: actors.S0.capability: ")
    assert any(line.startswith("  more:  13 other problems, the next at ") for line in rest)
    also = [line for line in rest if line.startswith("  also:  ")]
    assert [line.split(": ")[2] for line in also] == [
        f"actors.S{k}.capability" for k in range(1, 11)
    ]


def test_problems_in_json(comity, dossier):
    """--json has the first problem and the others, each with its place; stderr tells them too."""
    path = dossier(_spoiled(3))
    ran = comity("check", path, "--json")
    assert ran.code == 2
    said = ran.json()
    assert said["dossier"] == str(path)
    assert [each["where"] for each in said["problems"]] == [
        f"{path}:4: actors.S{k}.capability" for k in range(3)
    ]
    assert all(set(each) == {"where", "problem", "found", "mend"} for each in said["problems"])
    assert said["problems"][0]["problem"] in ran.stderr
    assert "more:" not in said["problems"][0]["mend"]


def test_one_problem_is_told_as_ever(comity, dossier):
    """A single problem is the message alone."""
    ran = comity("check", dossier(_spoiled(1)))
    assert ran.code == 2
    assert "also:" not in ran.stderr
    assert "more:" not in ran.stderr
