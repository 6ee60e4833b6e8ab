"""`comity forecast --model challenge`: who gives way to whom, round by round (§59)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from comity.dossier import Dossier
from comity.ensemble.compared import compare_models
from comity.forecast.challenge import Move, Reading, Rounds, middle_rounds
from comity.report.sentences import challenge as says
from forecast.small import dossier

YEARS = """Actor,Capability,Position,Salience
NL,0.08,4,0.8
BE,0.08,7,0.4
LU,0.03,4,0.2
DE,0.16,4,0.8
FR,0.16,10,0.6
IT,0.16,10,0.6
UK,0.16,10,0.9
IE,0.05,7,0.1
DK,0.05,4,1.0
GR,0.08,7,0.7
"""

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "literature"


@pytest.fixture(scope="module")
def emissions() -> Dossier:
    """The published example, with the median after four rounds at 9.962 of 4 to 10 years."""
    sys.path.insert(0, str(EXAMPLES))
    try:
        from emission_standards import dossier as published
    finally:
        sys.path.remove(str(EXAMPLES))
    found: Dossier = published()
    return found


@pytest.fixture
def written(emissions: Dossier, tmp_path: Path) -> Path:
    """The published example as a file."""
    path = tmp_path / "emissions.yaml"
    path.write_text(emissions.model_dump_json(by_alias=True, exclude_unset=True), "utf-8")
    return path


def test_every_round_is_told(comity, written):
    """The median, who challenges whom, who gives way to whom and how, and where it goes."""
    ran = comity("forecast", written, "--model", "challenge", "--draws", 5)
    told = " ".join(ran.stdout.split())
    assert ran.code == 0
    for sentence in (
        "the weighted median goes from 50 to 99. 4 rounds played; "
        "then the median stands still, though three members still move.",
        "Round 1: median 74, mean 58",
        "- Who challenges whom – Netherlands: Belgium and Ireland; Belgium: Luxembourg;",
        "- Belgium compromises with France and Italy: 50 to 74.",
        "- Luxembourg takes itself to lose a conflict with Belgium: 0 to 50.",
        "Round 4: median 99, mean 56",
        "What it thinks is seen with its own eyes",
        "So a member may give way to one that is not said to challenge it.",
    ):
        assert sentence in told
    assert "Round 5" not in told
    assert "Over the draws" not in told  # nothing in it is uncertain


def test_beside_many_models_the_rounds_are_a_sentence(comity, written):
    """And how to see them all."""
    ran = comity("forecast", written, "--model", "all", "--draws", 5)
    told = " ".join(ran.stdout.split())
    assert "4 rounds played" in told
    assert "Round by round: --model challenge." in told
    assert "Round 1:" not in told


def test_json_holds_the_record(comity, written, emissions):
    """Under the model, as the library gives it."""
    ran = comity("forecast", written, "--model", "challenge", "--draws", 5, "--json")
    record = ran.json()["items"]["years"]["models"]["challenge"]["record"]
    assert record == json.loads(json.dumps(middle_rounds(emissions, "years").to_json()))
    assert [each["median"] for each in record["rounds"]] == pytest.approx(
        [73.598872, 93.514319, 99.366327, 99.366327]
    )


def test_without_the_model_there_are_no_rounds(comity, written):
    """Nor a record."""
    ran = comity("forecast", written, "--model", "compromise", "--draws", 5, "--json")
    assert "record" not in ran.json()["items"]["years"]["models"]["compromise"]


def test_each_way_of_giving_way_has_its_words() -> None:
    """Beaten, half-way, compelled; and a member pulled both ways stays."""
    of = dossier({"x": {"reversion": 0}}, {"x": {"A": {"ideal": 0}, "B": {"ideal": 100}}})
    move = Move("A", "conflict", ("B",), 0.0, 100.0, 0.1, 0.2)
    words = (
        "takes itself to lose a conflict with",
        "compromises with",
        "takes itself to be compelled by",
    )
    for kind, way in zip(("conflict", "compromise", "compelled"), words, strict=True):
        told = says.move_told(Move("A", kind, ("B",), 0.0, 100.0, 0.1, 0.2), of)
        assert told == f"A {way} B: 0 to 100."
    still = Move("A", "conflict", ("B",), 50.0, 50.0, move.expects, move.rival_expects)
    assert says.move_told(still, of) == "A takes itself to lose a conflict with B: stays at 50."


def test_each_ending_has_its_words(emissions: Dossier) -> None:
    """Still, in a cycle, or stopped."""

    def outlined(**reading: object) -> str:
        return says.rounds_outlined(middle_rounds(emissions, "years", Reading(**reading)))

    assert "though three members still move" in outlined()
    assert "the mean of the cycle" in outlined(stop="rest", rounds=300)
    assert "no rest was found" in outlined(stop="rest", rounds=10)
    agreed = Rounds(("A",), (40.0,), 40.0, (), 40.0, "stood still")
    assert (
        says.rounds_outlined(agreed) == "All members want the same, so nobody challenges anybody."
    )


def test_large_bodies_have_their_challenges_counted(emissions: Dossier) -> None:
    """A sentence of a hundred pairs helps nobody."""
    first = middle_rounds(emissions, "years").rounds[0]
    assert says.round_told(first, emissions, 10)[0].startswith("Who challenges whom – ")
    assert says.round_told(first, emissions, 40)[0] == f"{len(first.challenges)} challenges."


def test_the_mean_over_draws_stands_before_the_one_reading(comity, tmp_path: Path) -> None:
    """Else the table and the rounds show two figures that nothing brings together."""
    held = {"A": {"ideal": "60..100"}, "B": {"ideal": 0}, "C": {"ideal": "20..50"}}
    of = dossier({"x": {"reversion": 0}}, {"x": held}, {"b": {"members": list(held)}})
    path = tmp_path / "x.yaml"
    path.write_text(of.model_dump_json(by_alias=True, exclude_unset=True), "utf-8")
    ran = comity("forecast", path, "--model", "challenge", "--draws", 50)
    mean = compare_models(of, "challenge", draws=50).items["x"].models["challenge"].point
    assert (
        f"Over the draws it comes to {round(mean)} on average; what follows is one reading, with "
        "every number at its median: the weighted median" in " ".join(ran.stdout.split())
    )


def test_positions_close_together_have_decimals(comity, tmp_path: Path) -> None:
    """Years of 4 to 10: the compromise of the emission standards reads 7.39."""
    path = tmp_path / "years.csv"
    path.write_text(YEARS, "utf-8")
    told = " ".join(comity("forecast", path, "--model", "all", "--draws", 5).stdout.split())
    assert "compromise 7.39 7.39" in told
    assert "The compromise lies 0.39 points above the weighted median" in told
    assert "the weighted median goes from 7.00 to 9.96" in told
    assert "Positions, from 4 to 10, are taken as points of 0–100 as they stand" in told
    assert "Day not known." in told
    assert "If nothing is decided: anywhere from 0 to 100 (assumed: not known);" in told
