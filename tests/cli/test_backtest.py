"""`comity backtest`: scores for people and machines, its files, and the misuse."""

import csv

import pytest

from backtest.deu_tables import HEADINGS, issue, many, table


@pytest.fixture
def deu(tmp_path):
    path = tmp_path / "deu.tsv"
    path.write_text(table(many()), "utf-8")
    return path


def test_json(comity, deu):
    """Envelope, sample, and for each model its scores, intervals and differences."""
    ran = comity("backtest", deu, "--json", "--model", "nash", "--resamples", 200)
    assert ran.code == 0, ran.stderr
    answer = ran.json()
    assert list(answer)[:5] == ["schema", "command", "version", "seed", "draws"]
    assert (answer["command"], answer["seed"], answer["resamples"]) == ("backtest", 1, 200)
    assert (answer["issues"], answer["proposals"]) == (12, 6)
    assert answer["capabilities"] == "council_votes"
    assert len(answer["data"]["sha256"]) == 64
    assert list(answer["models"]) == ["climatology", "compromise", "nash"]
    nash = answer["models"]["nash"]
    for measure in ("mae", "median", "within_10", "crps", "coverage_80"):
        low, high = nash["interval"][measure]
        assert low <= high
        assert isinstance(nash[measure], float)
    for score in ("mae", "crps"):
        held = nash["against_compromise"][score]
        difference = nash[score] - answer["models"]["compromise"][score]
        assert held["difference"] == pytest.approx(difference)
        assert len(held["interval"]) == 2
    assert nash["distribution"] == "residuals"
    assert answer["models"]["compromise"]["against_compromise"] is None
    assert ran.stderr == ""


def test_the_same_bytes(comity, deu):
    """The same file and seed give the same answer."""
    one, other = (comity("backtest", deu, "--json", "--resamples", 100).stdout for _ in range(2))
    assert one == other


def test_for_people(comity, deu):
    """A conclusion, a row a model, the columns explained."""
    ran = comity("backtest", deu, "--resamples", 200)
    assert ran.code == 0, ran.stderr
    assert ran.stdout.startswith("On 12 decided issues of 6 proposals the compromise is off by ")
    assert "mean absolute error" in ran.stdout
    assert "Kalai–Smorodinsky" in ran.stdout
    assert "bootstrap over proposals" in ran.stdout


def test_files_beside(comity, deu, tmp_path):
    """The report and every prediction; the paths come last, each alone on its line."""
    page, rows = tmp_path / "out" / "r.html", tmp_path / "p.csv"
    ran = comity("backtest", deu, "--report", page, "--per-issue", rows, "--resamples", 100,
                 "--model", "nash")  # fmt: skip
    assert ran.code == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == str(page)
    assert str(rows) in ran.stdout.splitlines()
    html = page.read_text("utf-8")
    assert html.count("<figure>") == 3
    assert "bootstrap over proposals" in html
    with rows.open(encoding="utf-8") as stream:
        held = list(csv.DictReader(stream))
    assert len(held) == 3 * 12
    assert {row["model"] for row in held} == {"climatology", "compromise", "nash"}
    again = comity("backtest", deu, "--report", page, "--per-issue", rows, "--json",
                   "--resamples", 100, "--model", "nash")  # fmt: skip
    assert again.code == 0, again.stderr
    assert again.stderr.splitlines() == [str(rows), str(page)]


def test_nothing_is_written_over(comity, deu, tmp_path):
    """Neither the table nor what is no list of predictions."""
    held = deu.read_bytes()
    for option in ("--per-issue", "--report"):
        ran = comity("backtest", deu, option, deu, "--force")
        assert (ran.code, "the table itself" in ran.stderr) == (2, True)
    note = tmp_path / "note.csv"
    note.write_text("mine", "utf-8")
    for option in ("--per-issue", "--report"):
        ran = comity("backtest", deu, option, note)
        assert (ran.code, "--force" in ran.stderr) == (2, True)
    assert (deu.read_bytes(), note.read_text("utf-8")) == (held, "mine")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([issue(pde="much")], ":2: pde: a number from 0 to 100, or an empty cell, was expected"),
        ([issue(out=130)], "found: 1 number outside 0 to 100, taken as missing"),
        ([issue(out="")], "no issue with a position has an outcome"),
        ([], "the table has headings and no issue"),
    ],
)
def test_malformed(comity, tmp_path, rows, said):
    """One message with its place, and exit code 2."""
    path = tmp_path / "bad.tsv"
    path.write_text(table(rows), "utf-8")
    ran = comity("backtest", path, "--json")
    assert ran.code == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


def test_what_is_no_table(comity, tmp_path):
    """A file of another kind, a name that is not there, a model and a rule that do not exist."""
    other = tmp_path / "x.yaml"
    other.write_text("comity: 1\n", "utf-8")
    good = tmp_path / "deu.tsv"
    good.write_text(table(many()), "utf-8")
    for arguments, said in (
        ((other,), "the column 'isnr'"),
        ((tmp_path / "none",), "the file cannot be read"),
        ((good, "--model", "nosh"), "there is no such model"),
        ((good, "--capabilities", "gdp"), "there is no such rule for capabilities"),
    ):
        ran = comity("backtest", *arguments)
        assert (ran.code, said in ran.stderr) == (2, True), ran.stderr


def test_a_column_ignored_is_told(comity, tmp_path):
    """In both forms of the answer."""
    path = tmp_path / "deu.tsv"
    path.write_text(table([r | {"mood": 1} for r in many()], headings=[*HEADINGS, "mood"]), "utf-8")
    assert "Columns not used: mood." in comity("backtest", path, "--model", "nash").stdout
    asked = comity("backtest", path, "--model", "nash", "--json").json()
    assert "Columns not used: mood." in asked["notes"]


def test_numbers_off_the_scale_stand_in_the_json(comity, tmp_path):
    """How many, and the first of them; the answer says that it is of a table."""
    path = tmp_path / "deu.tsv"
    path.write_text(table([*many(), issue(9, "d00999", pde=101, pfr=888)]), "utf-8")
    answer = comity("backtest", path, "--json", "--model", "constant", "--resamples", 100).json()
    assert answer["kind"] == "table"
    assert answer["data"]["off_scale"] == {
        "n": 2,
        "first": [
            {"line": 14, "column": "pde", "found": "101"},
            {"line": 14, "column": "pfr", "found": "888"},
        ],
    }
    assert any(note.startswith("Numbers outside 0 to 100") for note in answer["notes"])


def test_no_prediction_is_a_formula(comity, tmp_path):
    """A spreadsheet would run what begins with =, +, - or @ and is no number."""
    path, rows = tmp_path / "deu.tsv", tmp_path / "rows.csv"
    ids = ["=1+1", "@x", "-5", "+a", "plain"]
    path.write_text(table([issue(1, name) for name in ids]), "utf-8")
    ran = comity("backtest", path, "--model", "constant", "--resamples", 100, "--per-issue", rows)
    assert ran.code == 0, ran.stderr
    with rows.open(encoding="utf-8", newline="") as stream:
        found = {row["proposal"] for row in csv.DictReader(stream)}
    assert found == {"'=1+1", "'@x", "-5", "'+a", "plain"}
