"""What changed between two dossiers, in words (§68)."""

from __future__ import annotations

import pytest

from comity import difference
from comity.dossier import loads
from comity.ensemble.difference import Difference, Shift
from comity.report.sentences import difference as words

OLD = """
comity: 1
title: Fees
as_of: 2020-01-02
actors: {A: {name: Aland}, B: {name: Borduria}, C: {name: Cagliostro}, D: {name: Duchy}}
bodies: {council: {members: [A, B, C]}}
agenda:
  limit: {body: council, reversion: 0, tabled: 50}
positions:
  limit:
    A: {ideal: 40..90, salience: 50}
    B: {ideal: 20..70, floor: 20..40, salience: 20..50}
"""


def _found(*edits: tuple[str, str], draws: int = 300) -> Difference:
    new = OLD
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    return difference(loads(OLD), loads(new), draws=draws)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            ("floor: 20..40", "basis: inferred, floor: 10..30"),
            "Borduria's floor on limit: 20..40 → 10..30, basis assumed → inferred",
        ),
        (("ideal: 40..90, ", ""), "Aland's ideal on limit: 40..90 → unknown"),
        ((", floor: 20..40", ""), "Borduria's floor on limit: 20..40 → nothing"),
        (("tabled: 50", "tabled: 40..60"), "limit, tabled draft: 50 → 40..60"),
        (("members: [A, B, C]", "members: [B, C]"), "members of council: A removed"),
        (
            ("members: [A, B, C]", "members: [A, B, D]"),
            "members of council: D added and C removed",
        ),
        (
            ("members: [A, B, C]", "members: [C, B, A]"),
            "members of council: the same in another order",
        ),
        (
            ("members: [A, B, C]", "members: [A, B, C], omega: {low: 0, mode: 2, high: 9}"),
            "ω of council: 0..20 → {low: 0, mode: 2, high: 9}",
        ),
        (
            ("members: [A, B, C]", "members: [A, B, C], charter: nato"),
            "charter of council: plain → nato",
        ),
        (("{name: Aland}", "{name: Aland, capability: 7}"), "Aland's capability: 1 → 7"),
        (("2020-01-02", "2020-01-05"), "day of the dossier: 2020-01-02 → 2020-01-05"),
    ],
)
def test_a_change_is_told_in_one_line(edit, said):
    """What, of whom, on what; from what to what; and what it rests on, where that changed."""
    found = _found(edit, draws=20)
    assert said in words.what_changed(found)
    assert words.unread(found) == ()


def test_a_long_text_is_not_spelled_out():
    """Neither a note nor anything longer than reads well between two others."""
    found = _found(("salience: 50}", f"salience: 50, note: {'so ' * 40}}}"), draws=20)
    assert words.unread(found) == ("Aland's note to its position on limit: written anew",)
    assert words.what_changed(found) == ()


def test_what_is_taken_as_one_is_said():
    """A new member and its wishes."""
    found = _found(
        ("members: [A, B, C]", "members: [A, B, C, D]"),
        ("    A: {ideal", "    D: {ideal: 0}\n    A: {ideal"),
    )
    assert words.together(found) == (
        "Taken as one, since they cannot stand apart: members of council (2 changes).",
    )
    assert any("New at the table: Duchy (objects in " in told for told in _objections(found))


def _objections(found: Difference) -> tuple[str, ...]:
    return words.objections(found, "limit")


def test_an_only_change_is_not_divided():
    """There is nothing to be averaged over."""
    found = _found(("tabled: 50", "tabled: 90"))
    assert words.by_what(found, "limit") == (
        "It goes back to limit, tabled draft, the only change that bears on this item.",
    )
    assert words.objections(found, "limit")[0] == (
        "Objections are to another draft: 50 before, 90 now."
    )


def test_the_strongest_change_stands_beside_what_all_give():
    """Not as a part "of" a whole that may be the smaller of the two; one number is told once."""
    found = _found(("ideal: 40..90", "ideal: 10..60"), ("tabled: 50", "tabled: 90"))
    said = words.by_what(found, "limit")[0]
    whole = words.signed(found.items["limit"].answers["probability"].change)
    assert f" points, while all changes together give {whole} (" in said
    assert "-" not in said


def test_what_no_draw_answers_otherwise_is_said_so():
    """A salience of who would object to nothing changes no draw."""
    found = _found(("{name: Duchy}", "{name: Duchy, capability: 3}"))
    assert "as before: no draw answers otherwise" in words.headline(found, "limit")[0]
    assert words.by_what(found, "limit") == ("No change bears on this item.",)


def test_a_draft_on_one_side_alone_is_told():
    """What was tabled when, before the share of any draft."""
    told = words.headline(_found((", tabled: 50", "")), "limit")
    assert told[0] == "There was something tabled, and there is nothing now."
    assert told[1].startswith("Some draft can be adopted")


def test_more_changes_than_can_be_tried_say_how_far_off_their_shares_are():
    """Eleven inputs: orders are drawn, and the widest error is told."""
    members = [chr(ord("E") + k) for k in range(11)]
    actors = ", ".join(f"{who}: {{name: {who}}}" for who in members)
    base = OLD.replace("D: {name: Duchy}}", f"D: {{name: Duchy}}, {actors}}}").replace(
        "members: [A, B, C]", f"members: [A, B, C, {', '.join(members)}]"
    )
    rows = "".join(f"    {who}: {{ideal: 10..90, salience: 50}}\n" for who in members)
    old, later = base + rows, base + rows.replace("10..90", "40..95")
    found = difference(loads(old), loads(later), draws=100, orders=6)
    assert not found.items["limit"].exact
    said = words.by_what(found, "limit")[-1]
    assert "mean over 6 orders drawn of all in which the 11 changes could have been made" in said
    assert "off by up to" in said


def test_what_chance_could_make_is_told_as_such():
    """Two standard errors, in points of a hundred draws."""
    doubtful = Shift(0.50, 0.51, 0.01, 0.008, 0.03)
    assert words._moved(doubtful, 1_000) == (
        "in 50 % of draws before and in 51 % of draws after; the difference, +1.0 points, is "
        "within what chance alone could make of it (give or take 1.6)"
    )
    assert "within" not in words._moved(Shift(0.50, 0.53, 0.03, 0.008, 0.03), 1_000)


@pytest.mark.parametrize(
    ("change", "said"),
    [(0.0, "0"), (1e-12, "0"), (0.0001, "+0.01"), (-0.25, "−25.0"), (0.1234, "+12.3"), (None, "–")],
)
def test_a_change_of_a_share_has_its_sign(change, said):
    """In points of a hundred; something too small to see is not called nothing."""
    assert words.signed(change) == said
