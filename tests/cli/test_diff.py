"""`comity diff`: what changed between two dossiers, and what that did to the answers (§68)."""

import re
from pathlib import Path

import pytest

from comity import difference
from comity.dossier import load
from comity.dossier.workbook import workbook_bytes

FEW = ("--draws", "800")


@pytest.fixture
def later(contested: Path, tmp_path: Path) -> Path:
    """The contested dossier a week on: three inputs and a note have changed."""
    text = contested.read_text("utf-8")
    for before, after in (
        ("floor: 20..60, salience: 50..100, basis: stated", "floor: 10..30, salience: 50..100"),
        ("ideal: 0..60, salience: 20..90", "ideal: 30..90, salience: 20..90"),
        ("tabled: 80", "tabled: 60"),
        ("note: Invented.", "note: Invented again."),
    ):
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "later.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_dossier_and_itself_are_identical(comity, contested):
    """It says so and is done."""
    ran = comity("diff", contested, contested, *FEW)
    assert ran.code == 0
    assert "The two dossiers are identical: every field says the same in both." in ran.stdout


def test_changes_are_told_with_both_values(comity, contested, later):
    """Each input that changed, with the old and the new value and what it rests on."""
    lines = comity("diff", contested, later, *FEW).stdout.splitlines()
    assert lines[0] == "FOR THE CHAIR OF THE TALKS ONLY"
    assert lines[1] == "Difference: Three around a table"
    assert "Alfa's floor on text: 20..60 → 10..30, basis stated → assumed" in lines
    assert "Bravo's ideal on text: 0..60 → 30..90" in lines
    assert "text, tabled draft: 80 → 60" in lines
    place = lines.index("Bears on no headline (1 change):")
    assert lines[place + 1] == "note: written anew"


def test_the_headline_is_put_down_to_changes(comity, contested, later):
    """Before, after, the change, and each change of the dossier alone, last and as a share."""
    shown = comity("diff", contested, later, "--item", "text", *FEW).stdout
    found = difference(load(contested), load(later), items=["text"], draws=800)
    entry = found.items["text"]
    assert "\nTEXT\n" in shown
    assert "LATER" not in shown
    rows = {line.split("  ")[0]: line for line in shown.splitlines() if "  " in line}
    change = entry.answers["any"].change
    assert rows["some draft can be adopted"].split()[-1] in (
        f"{100 * change:+.1f}",
        "(~)",
    )
    shares = {part.group: part.share for part in entry.parts["any"]}
    assert sum(shares.values()) == pytest.approx(change)
    assert f"{100 * shares['positions.text.B.ideal']:+.1f}" in rows["Bravo's ideal on text"]
    assert "two standard errors" in shown


def test_json_is_the_librarys_result_under_the_envelope(comity, contested, later):
    """--json carries changes, groups, answers and parts."""
    said = comity("diff", contested, later, "--json", "--seed", "3", *FEW).json()
    assert (said["schema"], said["seed"], said["draws"]) == ("comity/diff/1", 3, 800)
    found = difference(load(contested), load(later), seed=3, draws=800)
    paths = [change["path"] for change in said["changes"]]
    assert paths == [change.path for change in found.changes]
    told = said["items"]["text"]
    for name, shift in found.items["text"].answers.items():
        assert told["answers"][name]["change"] == shift.change
    for name, parts in found.items["text"].parts.items():
        assert [part["share"] for part in told["parts"][name]] == [part.share for part in parts]


def test_a_workbook_and_a_folder_compare_as_a_file_does(comity, contested, later, tmp_path):
    """Whatever form a dossier has, the difference is the same."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(later.read_text("utf-8"), "utf-8")
    book = tmp_path / "old.xlsx"
    book.write_bytes(workbook_bytes(load(contested)))
    plain, other = (
        comity("diff", *pair, "--json", *FEW).json()
        for pair in ((contested, later), (book, folder))
    )
    assert plain == other


def test_the_same_seed_gives_the_same_bytes(comity, contested, later):
    """Whatever the number of workers."""
    one, two = (
        comity("diff", contested, later, "--json", "--workers", n, *FEW).stdout for n in (1, 2)
    )
    assert one == two


def test_an_item_that_nobody_knows_is_refused(comity, contested, later):
    """With the nearest name."""
    ran = comity("diff", contested, later, "--item", "txt", *FEW)
    assert ran.code == 2
    assert "Did you mean --item text?" in ran.stderr
    assert ran.stdout == ""


def test_an_item_of_one_agenda_has_nothing_to_be_compared_with(comity, contested, tmp_path):
    """The file that lacks it is named, and the items that both have."""
    text = contested.read_text("utf-8").replace("  later: {body", "  after: {body")
    other = tmp_path / "other.yaml"
    other.write_text(text, "utf-8")
    ran = comity("diff", contested, other, "--item", "later", *FEW)
    assert ran.code == 2
    assert "the item is on one of the two agendas alone" in ran.stderr
    assert str(other) in ran.stderr
    shown = comity("diff", contested, other, *FEW).stdout
    assert "No longer on the agenda: Later." in shown
    assert "New on the agenda: After." in shown


def test_a_dossier_that_cannot_be_read_is_named(comity, contested, tmp_path):
    """One message with the file, and no traceback."""
    missing = tmp_path / "none.yaml"
    ran = comity("diff", contested, missing)
    assert ran.code == 2
    assert str(missing) in ran.stderr
    assert "Traceback" not in ran.stderr


def test_hindsight_names_its_file(comity, contested, tmp_path):
    """A dossier that knows anything later than its day is refused, whichever of the two it is."""
    text = contested.read_text("utf-8").replace("as_of: 2024-03-01", "as_of: 2024-01-01")
    early = tmp_path / "early.yaml"
    early.write_text(text, "utf-8")
    for pair in ((contested, early), (early, contested)):
        ran = comity("diff", *pair)
        assert ran.code == 2
        assert "early.yaml" in ran.stderr


def test_talks_are_compared_by_ceiling_and_first_proposal(comity, tmp_path):
    """What changed in talks, the joint ceiling before and now, and whether the first changed."""
    old = tmp_path / "old.yaml"
    old.write_text(TALKS, "utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(TALKS.replace("weight: 70", "weight: 20"), "utf-8")
    ran = comity("diff", old, new, *FEW)
    assert ran.code == 0, ran.stderr
    assert "\nBORDER\n" in ran.stdout
    assert "WHAT CHANGED" not in ran.stdout
    assert "preferences.A.issues.road.weight: 70 → 20" in ran.stdout.splitlines()
    assert "1 change in the talks, answered on 500 draws." in ran.stdout
    assert "The joint ceiling " in ran.stdout
    assert "put forward first" in ran.stdout


TALKS = """\
comity: 1
title: Border
as_of: 2024-03-01
actors: {A: {name: Alfa}, B: {name: Bravo}}
talks:
  border:
    parties: [A, B]
    issues:
      road: {options: {ours: ours, shared: shared, theirs: theirs}}
      toll: {options: {low: low, high: high}}
    preferences:
      A:
        reservation: 10
        issues:
          road: {weight: 70, values: {ours: 100, shared: 60, theirs: 0}}
          toll: {weight: 30, values: {low: 100, high: 0}}
      B:
        reservation: 10
        issues:
          road: {weight: 40, values: {ours: 0, shared: 50, theirs: 100}}
          toll: {weight: 60, values: {low: 0, high: 100}}
"""


def test_the_how_to_shows_what_the_command_prints(comity, tmp_path, monkeypatch):
    """The two files on the page give the output on the page."""
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "diff.md").read_text("utf-8")
    files = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    for name, text in zip(("monday.yaml", "friday.yaml"), files, strict=True):
        Path(name).write_text(text, "utf-8")
    (shown,) = re.findall(
        r"```console\n\$ comity diff monday.yaml friday.yaml\n(.*?)```", page, re.DOTALL
    )
    assert comity("diff", "monday.yaml", "friday.yaml").stdout == shown
