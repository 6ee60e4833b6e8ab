"""`comity canvass`: who stands where, since when, and whom to ask next."""

import pytest

from comity.dossier import load
from comity.ensemble import canvass, forecast

FEW = ("--draws", "2000")


def test_the_json_is_the_librarys_sheet_under_the_envelope(comity, contested):
    """--json carries every line of the sheet, under the envelope."""
    said = comity("canvass", contested, "--json", "--seed", "3", *FEW).json()
    assert list(said) == [
        *("schema", "command", "version", "seed", "draws", "coding"),
        *("title", "as_of", "handling", "stale_after", "items"),
    ]
    assert (said["schema"], said["seed"], said["draws"]) == ("comity/canvass/1", 3, 2000)
    sheet = canvass(forecast(load(contested), seed=3, draws=2000))
    for name, item in sheet.items.items():
        told = said["items"][name]
        assert told["ask_next"] == list(item.ask_next)
        assert list(told["lines"]) == list(item.lines)
        for who, line in item.lines.items():
            assert told["lines"][who]["matters"] == line.matters
            assert told["lines"][who]["limits"]["salience"]["median"] == line.limits.salience.median


def test_the_sheet_says_whom_to_ask_next_and_why(comity, contested):
    """Above each table stands who matters most, and of what doubt."""
    line = comity("canvass", contested, "--json", *FEW).json()["items"]["text"]
    first = {"A": "Alfa", "B": "Bravo", "C": "Charlie"}[line["ask_next"][0]]
    most = max(line["lines"].values(), key=lambda entry: entry["matters"])
    shown = comity("canvass", contested, "--item", "text", *FEW).stdout
    asked = next(row for row in shown.splitlines() if row.startswith("Ask next: "))
    assert asked.startswith(f"Ask next: {first}, because it matters most: of the doubt whether ")
    assert f"{100 * most['matters']:.0f} % goes back to it." in asked


def test_the_sheet_begins_with_its_handling_mark(comity, contested):
    """What a presidency carries about says first who may see it."""
    first, second, third = comity("canvass", contested, *FEW).stdout.splitlines()[:3]
    assert first == "FOR THE CHAIR OF THE TALKS ONLY"
    assert second == "Canvass: Three around a table"
    assert third.startswith("As of 1 March 2024.")


def test_a_row_tells_position_limit_basis_and_last_word(comity, contested):
    """Each member's row: what it wants, would let pass, on what basis, and how old its word is."""
    shown = comity("canvass", contested, "--item", "text", *FEW).stdout
    rows = {line.split()[0]: line for line in shown.splitlines() if "  " in line}
    assert rows["member"].split("  ")[0] == "member"
    alfa, bravo, charlie = (
        [cell.strip() for cell in rows[who].split("  ") if cell.strip()]
        for who in ("Alfa", "Bravo", "Charlie")
    )
    assert alfa[1].startswith("85 (7")
    assert alfa[2].startswith("from ")
    assert alfa[3:5] == ["stated", "10 days"]
    assert bravo[2].startswith("up to ")
    assert bravo[3:5] == ["inferred", "91 days, STALE"]
    assert charlie[2:5] == ["absent", "assumed", "none"]


def test_last_words_are_told_with_speaker_and_day(comity, contested):
    """Below the table: who said what when, and for whom no word is cited."""
    shown = comity("canvass", contested, "--item", "text", *FEW).stdout
    assert "\nAlfa, 20 February 2024, by Ann Alfa, official: wants more\n" in shown
    assert "\nBravo, 1 December 2023, by Bo Bravo, personal: wants less\n" in shown
    assert "\nNo word is cited for Charlie.\n" in shown


@pytest.mark.parametrize(("days", "stale"), [("9", 2), ("10", 1), ("90", 1), ("91", 0)])
def test_stale_means_older_than_the_days_given(comity, contested, days, stale):
    """A word exactly as old as --stale-after is not stale yet."""
    shown = comity("canvass", contested, "--item", "text", *FEW, "--stale-after", days).stdout
    assert shown.count("days, STALE") == stale
    said = comity("canvass", contested, "--json", *FEW, "--stale-after", days).json()
    words = [line["last_word"] for line in said["items"]["text"]["lines"].values()]
    assert [word["stale"] for word in words if word] == [stale == 2, stale >= 1]


def test_days_before_tomorrow_are_misuse(comity, contested):
    """A negative number of days makes no sense."""
    assert comity("canvass", contested, "--stale-after", "-1").code == 2


def test_without_doubt_there_is_nobody_to_ask(comity, contested):
    """With everything certain, the sheet says that no answer would move the forecast."""
    text = contested.read_text("utf-8")
    start = text.index("agenda:")
    contested.write_text(
        text[:start] + "agenda:\n  only: {body: board, reversion: 0, tabled: 80}\npositions:\n"
        "  only: {A: {ideal: 90, salience: 0}, B: {ideal: 90, salience: 0}, "
        "C: {ideal: 90, salience: 0}}\n",
        "utf-8",
    )
    shown = comity("canvass", contested, *FEW).stdout
    assert "Ask next: nobody; the answer is the same in every draw." in shown
