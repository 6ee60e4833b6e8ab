"""`comity replay`: the score, what it rests on, and the misuse."""

import pytest

VOTES = """\
id,year,outcome,A,B,C
1,2001,adopted,yes,yes,no
2,2001,adopted,no,no,yes
3,2001,,yes,no,no
"""
CLOSE = "id,A,B,C,D,E\n1,yes,yes,yes,no,no\n"

TALLIES = """\
year,meeting,symbol,topic,yes,no,abstain,unanimous_text,without_vote,vetoers,outcome
1962,S/PV.1,S/10,One,7,2,2,0,0,,not adopted
1963,S/PV.2,S/11,Two,9,1,1,0,0,USSR,vetoed
1964,S/PV.3,S/12,Three,,,,1,0,,adopted
1968,S/PV.4,S/13,Four,8,0,7,0,0,,not adopted
"""
VETOES = "date,draft,record,vetoers\n1 May 1962,S/10 (as amended),S/PV.1,USSR\n"


@pytest.fixture
def files(tmp_path):
    for name, text in (("votes", VOTES), ("tallies", TALLIES), ("vetoes", VETOES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_tallies_as_json(comity, files):
    """Envelope first; the score over rows with tallies, the others apart, each mismatch listed."""
    ran = comity("replay", files / "tallies.csv", "--charter", "unsc", "--json")
    assert ran.code == 0, ran.stderr
    answer = ran.json()
    assert list(answer)[:5] == ["schema", "command", "version", "seed", "draws"]
    assert (answer["n"], answer["agreeing"], answer["rows"]) == (3, 2, 4)
    assert answer["agreement"] == pytest.approx(2 / 3)
    assert answer["without_tally"]["unanimous"] == {"n": 1, "lines": [4]}
    (mismatch,) = answer["mismatches"]
    assert (mismatch["line"], mismatch["id"], mismatch["rule_says"]) == (2, "S/10", "adopted")
    assert "no evidence" in answer["evidence"]
    assert answer["by_charter"] == {"unsc-1946": 2, "unsc": 1}


def test_a_table_of_vetoes(comity, files):
    """It is joined by draft and meeting, and settles the mismatch."""
    ran = comity(
        "replay", files / "tallies.csv", files / "vetoes.csv", "--charter", "unsc", "--json"
    )
    answer = ran.json()
    assert answer["agreement"] == 1.0
    assert answer["join"]["added"] == [
        {"line": 2, "id": "S/10", "meeting": "S/PV.1", "vetoers": ["Russian Federation"]}
    ]
    assert [each["id"] for each in answer["join"]["rows_alone"]] == ["S/11"]


def test_votes_by_member_for_people(comity, files):
    """The score, the rule in words and the mismatch."""
    ran = comity("replay", files / "votes.csv", "--charter", "unga", "--procedure", "other")
    assert ran.code == 0, ran.stderr
    assert "1 of 2 recorded outcomes agree (0.5000)." in ran.stdout
    assert "Rule (unga, other): Adopted when more than half" in ran.stdout
    assert "Mismatches: 1." in ran.stdout
    assert "no evidence" not in ran.stdout, "nothing here encodes the outcome"


def test_facts_and_outcomes(comity, files):
    """A fact that nobody states leaves a vote undetermined that turns on it."""
    (files / "close.csv").write_text(CLOSE, "utf-8")
    arguments = ("replay", files / "close.csv", "--charter", "unga", "--json")
    assert comity(*arguments).json()["says"]["undetermined"] == 1
    assert comity(*arguments, "--fact", "important_question=yes").json()["says"]["not_adopted"] == 1
    answer = comity(*arguments, "--fact", "important_question=no", "--outcome", "adopted").json()
    assert (answer["n"], answer["agreement"]) == (1, 1.0)


def test_an_outcome_that_was_supplied_is_no_proof(comity, files):
    """Agreement with --outcome comes with the caution that the files do not hold it."""
    asked = ("replay", files / "votes.csv", "--charter", "unga", "--procedure", "other")
    ran = comity(*asked, "--outcome", "not-adopted")
    assert "Mind: Of 1 vote the outcome, not adopted, was supplied and is not in" in ran.stdout
    assert "supplied" not in comity(*asked).stdout


def test_why_drafts_failed_is_told_in_a_few_words(comity, files):
    """Too few votes and a veto are told apart; a fact that would settle a vote is named."""
    ran = comity("replay", files / "tallies.csv", files / "vetoes.csv", "--charter", "unsc")
    assert "Not adopted, 2: a veto." in ran.stdout
    assert "Not adopted, 1: too few votes." in ran.stdout
    (files / "close.csv").write_text(CLOSE, "utf-8")
    ran = comity("replay", files / "close.csv", "--charter", "unga")
    assert "do not tell; --fact important_question=yes|no settles it." in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--charter", "none"], "no charter of this name"),
        (["--charter", "unga", "--procedure", "x"], "no such procedure"),
        (["--charter", "unga", "--outcome", "maybe"], "this is no outcome"),
        (["--charter", "unga", "--fact", "important_question"], "--fact"),
        ([], "--charter"),
    ],
)
def test_misuse(comity, files, arguments, says):
    """Each has a message of its own and exit code 2, and nothing goes to stdout."""
    ran = comity("replay", files / "votes.csv", *arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert says in ran.stderr
