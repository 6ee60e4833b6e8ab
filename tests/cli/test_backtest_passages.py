"""`comity backtest` on a folder of consensus decisions (§65)."""

from pathlib import Path
from shutil import copy

import pytest

SET = Path(__file__).resolve().parents[2] / "examples" / "cases" / "consensus-set"
FEW = ("csto-2010-kyrgyzstan", "csto-2022-kazakhstan", "wto-2013-bali", "wto-2014-protocol")


@pytest.fixture
def few(tmp_path):
    """Four cases of two bodies: quick."""
    for name in FEW:
        for room in ("dossiers", "outcomes"):
            (tmp_path / room).mkdir(exist_ok=True)
            copy(SET / room / f"{name}.yaml", tmp_path / room)
    lines = (SET / "index.yaml").read_text("utf-8").splitlines()
    kept = [
        line for line in lines if not line.startswith("  ") or line.split(":")[0].strip() in FEW
    ]
    (tmp_path / "index.yaml").write_text("\n".join(kept))
    return tmp_path


def test_a_folder_is_told_in_sentences_and_tables(comity, few):
    """Scores, cases, objectors, ω and what to mind, for a stranger."""
    ran = comity("backtest", few)
    assert ran.code == 0
    told = " ".join(ran.stdout.split())
    assert "4 decisions of 2 bodies by consensus, 2 adopted" in told
    assert "Brier score of the consensus model" in told
    assert "wto-2014-protocol" in told
    assert "Who objected, in 2 blocked cases" in told
    assert "an average over CSTO and WTO" in told
    assert "Mind: Whoever coded these cases knew how they ended." in told


def test_json_holds_every_case_in_the_envelope(comity, few):
    """One object with the envelope; the chances of each case, its seats and outcomes."""
    told = comity("backtest", few, "--json", "--seed", 2).json()
    assert (told["schema"], told["command"], told["seed"]) == ("comity/backtest/1", "backtest", 2)
    assert told["draws"] == 10_000
    assert told["kind"] == "passages"
    assert set(told["cases"]) == set(FEW)
    blocked = told["cases"]["wto-2014-protocol"]
    assert blocked["chances"]["consensus"] == 0.0
    assert blocked["refused"] == ["IND"]
    assert blocked["seats"]["IND"]["real_side"] == "too_weak"
    low, high = told["forecasts"]["consensus"]["interval"]["brier"]
    assert low <= told["forecasts"]["consensus"]["brier"] <= high


@pytest.mark.parametrize(
    "options", [["--model", "nash"], ["--capabilities", "equal"], ["--per-issue", "x.csv"]]
)
def test_options_for_tables_are_refused_not_passed_over(comity, few, options):
    """What a folder cannot use is named, with exit code 2."""
    ran = comity("backtest", few, *options)
    assert ran.code == 2
    assert options[0] in ran.stderr
    assert ran.stdout == ""


def test_a_bad_outcome_names_file_and_field(comity, few):
    """A misspelt side is told with the file it stands in."""
    file = few / "outcomes" / "wto-2014-protocol.yaml"
    file.write_text(file.read_text("utf-8").replace("too_weak", "to_weak"))
    ran = comity("backtest", few)
    assert ran.code == 2
    assert "wto-2014-protocol.yaml" in ran.stderr
    assert "to_weak" in ran.stderr


def test_an_empty_folder_is_told_what_a_set_holds(comity, tmp_path):
    """A folder is never read as a table; what it lacks is named, with exit code 2."""
    ran = comity("backtest", tmp_path)
    assert ran.code == 2
    assert "index.yaml" in ran.stderr
    assert "outcomes/CASE.yaml" in ran.stderr
    assert "comity new" not in ran.stderr


def test_tables_of_scores_fit_a_terminal(comity, few):
    """No line of the scores, each with its interval, is longer than eighty columns."""
    lines = comity("backtest", few).stdout.splitlines()
    rows = [line for line in lines if ".." in line and line.startswith(("as coded", "ω", "base"))]
    assert len(rows) >= 3
    assert max(map(len, rows)) <= 80
