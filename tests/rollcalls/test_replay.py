"""Replay: the Security Council's record under its charters, and small cases by hand."""

import csv
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charters import load_charter
from comity.errors import ComityError, DossierError, UnsupportedError
from comity.rollcalls import read_roll_calls, replay, with_outcome

from .conftest import real

OUTCOMES = "unsc_outcomes_1946_2022.csv"
VETOES = "unsc_vetoes_1946_2022.csv"
FAILED = "unsc_failed_drafts_member_level_53.csv"

PERMANENT = ["China", "France", "Russia", "United Kingdom", "USA"]
ELECTED = [f"E{n}" for n in range(1, 11)]


def council(file, *answers, year=2018, name="votes.csv", seats=None, procedure=""):
    """A file of votes in the Security Council, each given by those that do not say yes."""
    seats = seats or PERMANENT + ELECTED
    head = "id,year,procedure," + ",".join(seats)
    rows = [
        f"{n},{year},{procedure}," + ",".join(given.get(seat, "yes") for seat in seats)
        for n, given in enumerate(answers, 1)
    ]
    return file("\n".join([head, *rows]), name)


def said(found):
    return [row.adopted for row in found.rows]


# --- the record ---------------------------------------------------------------


def test_tallies_of_the_security_council():
    """2,754 of the 2,757 rows with a tally; 124 rows without one are set apart."""
    found = replay([real(OUTCOMES)], "unsc")
    assert len(found.compared) == 2757
    assert found.agreement == pytest.approx(2754 / 2757, abs=1e-15)
    assert [(row.place.line, row.id) for row in found.mismatches] == [
        (290, "S/5134"),
        (292, "S/5095"),
        (299, "S/5407"),
    ]
    assert {how: len(places) for how, places in found.without_tally.items()} == {
        "unanimous": 57,
        "without_vote": 55,
        "nothing": 12,
    }
    assert found.by_charter == {"unsc-1946": 298, "unsc": 2459}
    assert found.encodes_outcome, "vetoers are named because the outcome was a veto"


def test_joining_the_table_of_vetoes():
    """It explains two of the three; in the third the tally stands the wrong way round."""
    found = replay([real(OUTCOMES), real(VETOES)], "unsc")
    assert [row.id for row in found.mismatches] == ["S/5095"]
    assert (found.mismatches[0].yes, found.mismatches[0].no) == (7, 2)
    assert [tally.id for tally in found.join.added] == ["S/5134", "S/5407"]
    assert (found.join.entries, found.join.joined) == (212, 190)
    assert len(found.join.entries_alone) == 22
    assert [tally.place.line for tally in found.join.rows_alone] == [298, 440, 482, 777]


def test_the_threshold_changed_with_the_sitting():
    """Resolution 218 of November 1965 has seven votes; 34 rows before 1966 have seven or eight."""
    rows = replay([real(OUTCOMES)], "unsc").rows
    early = [row for row in rows if row.charter == "unsc-1946" and row.outcome and row.yes < 9]
    assert len(early) == 34
    row = next(row for row in rows if row.id == "S/RES/218 (1965)")
    assert (row.yes, row.no, row.abstain, row.adopted, str(row.on)) == (7, 0, 4, True, "1965-11-23")
    late = {row.id for row in rows if row.charter == "unsc" and 7 <= row.yes < 9}
    assert late == {"S/2000/1171", "S/2013/660", "S/2014/916"}


def test_a_row_that_contradicts_itself_is_noted():
    """Two vetoers and nobody against: the vetoers are taken to be against."""
    (note,) = replay([real(OUTCOMES)], "unsc").notes
    assert ":2864: S/2022/431 names 2 vetoers" in note


def test_the_failed_drafts_by_member():
    """None of the 53 passes; 11 fail by a veto alone, derived from the votes."""
    found = replay([real(FAILED), real(VETOES)], "unsc")
    assert said(found) == [False] * 53
    assert found.agreement is None, "the file has no outcomes"
    assert with_outcome(found, False).agreement == 1.0
    assert [row.title for row in found.vetoed] == [
        "S/2017/962",
        "S/2018/321",
        "S/3510",
        "S/10423",
        "S/10771",
        "S/2016/846",
        "S/2018/516",
        "S/2019/186",
        "S/2019/756",
        "S/2019/961",
        "S/2022/538",
    ]


def test_derived_vetoes_are_those_of_the_table():
    """Ten of eleven with the same vetoers; the table ends before the eleventh; none is missed."""
    check = replay([real(FAILED), real(VETOES)], "unsc").check
    assert len(check.confirmed) == 10
    assert not check.other_vetoers
    assert not check.underived
    assert [(row.title, row.year) for row in check.unlisted] == [("S/2022/538", 2022)]


def test_a_permanent_member_against_a_draft_without_the_votes_is_no_veto():
    """S/10768 had three votes; the Soviet Union's was one of three against."""
    found = replay([real(FAILED), real(VETOES)], "unsc")
    row = next(row for row in found.rows if row.title == "S/10768")
    assert (row.yes, row.no, row.vetoers, row.by_veto) == (3, 3, ("RUS",), False)


def test_why_the_failed_drafts_failed():
    """For want of votes, by veto, or both: 21, 11 and 21."""
    rows = replay([real(FAILED)], "unsc").rows
    kinds = Counter((row.by_veto, bool(row.vetoers)) for row in rows)
    assert kinds == {(False, False): 21, (True, True): 11, (False, True): 21}


def test_the_general_assembly_on_its_tallies():
    """No outcome is recorded; 5,585 have two thirds, 349 no majority, 269 turn on importance."""
    found = replay([real("unga_roll_calls_voeten.csv")], "unga")
    assert found.says == {"adopted": 5585, "not_adopted": 349, "undetermined": 269}
    assert found.agreement is None


def test_general_assembly_votes_and_tallies_say_the_same(assembly):
    """Votes by member give what the tallies give, for both kinds of question."""
    from comity.rollcalls.bymember import replay_members

    some = assembly.between(2015, 2016)
    tallied = {r.id: r for r in replay([real("unga_roll_calls_voeten.csv")], "unga").rows}
    found = replay_members(some, "unga", "substantive", {})
    assert [row.adopted for row in found.rows] == [tallied[row.id].adopted for row in found.rows]
    assert [row.yes for row in found.rows] == [tallied[row.id].yes for row in found.rows]


def test_texts_said_to_be_adopted_had_a_majority():
    """Of 1,160 roll calls whose texts say so none lacks a majority; 23 lack two thirds."""
    path = real("unga_roll_calls_voeten.csv")
    with path.open(encoding="utf-8") as rows:
        texts = [row["short"] + row["descr"] for row in csv.DictReader(rows)]
    adopted = [
        row.adopted
        for row, text in zip(replay([path], "unga").rows, texts, strict=True)
        if "adopted by the general assembl" in text.casefold()
    ]
    assert Counter(adopted) == {True: 1137, None: 23}


# --- 1966, procedural matters, seats ------------------------------------------


def test_seven_of_eleven_until_the_end_of_1965(file):
    """Seven votes adopt in 1965 and not in 1966; nine do in 1966."""
    seats = PERMANENT + ELECTED[:6]
    four_stand_aside = dict.fromkeys(ELECTED[:4], "abstain")
    early = council(file, four_stand_aside, year=1965, seats=seats, name="early.csv")
    late = council(file, four_stand_aside, year=1966, seats=seats, name="late.csv")
    assert said(replay([early], "unsc")) == [True]
    assert said(replay([late], "unsc")) == [False]
    six = dict.fromkeys(ELECTED[:6], "abstain")
    assert said(replay([council(file, six, year=1966)], "unsc")) == [True]
    seven = dict.fromkeys(ELECTED[:7], "abstain")
    assert said(replay([council(file, seven, year=1966)], "unsc")) == [False]


def test_procedural_matters_know_no_veto(file):
    """Resolution 2623: Russia against, three abstaining; adopted as procedural, else vetoed."""
    votes = {"Russia": "no", "China": "abstain", "E1": "abstain", "E2": "abstain"}
    procedural = council(file, votes, year=2022, procedure="procedural")
    found = replay([procedural], "unsc")
    assert said(found) == [True]
    assert found.rows[0].procedure == "procedural"
    otherwise = replay([council(file, votes, year=2022)], "unsc")
    assert said(otherwise) == [False]
    assert otherwise.rows[0].by_veto


def test_abstention_is_a_veto_only_by_the_letter(file):
    """In practice an abstaining permanent member lets a draft pass."""
    votes = council(file, {"USA": "abstain"})
    assert said(replay([votes], "unsc")) == [True]
    assert said(replay([votes], "unsc", "charter_text")) == [False]


def test_a_seat_under_two_names_votes_once(file):
    """The Soviet Union and Russia are one seat, in one roll call one vote."""
    text = "id,year,member,vote\n1,1990,USSR,no\n2,1993,Russia,no\n"
    found = replay([file(text)], "unsc")
    assert [row.vetoers for row in found.rows] == [("RUS",), ("RUS",)]
    with pytest.raises(DossierError, match="the seat of RUS votes twice in roll call 1"):
        replay([file("id,year,member,vote\n1,1990,USSR,no\n1,1990,Russia,no\n")], "unsc")


def test_a_vote_without_a_seat_on_that_day(file):
    """Where the charter knows who sat when, a vote by another is refused with its line."""
    charter = load_charter("eu-council-lisbon")
    gone = next(m for m, terms in charter.terms.items() if terms[-1].until is not None)
    last = charter.terms[gone][-1].until
    later = last.replace(year=last.year + 1)
    text = f"id,date,member,vote\n1,{last},{gone},yes\n2,{later},{gone},yes\n"
    with pytest.raises(DossierError, match=f"'{gone}' votes without a seat on") as refused:
        replay([file(text)], "eu-council-lisbon", procedure=next(iter(charter.procedures)))
    assert refused.value.place.line == 3


def test_a_stranger_has_no_seat(file):
    """A member that the charter does not know has none on any day."""
    with pytest.raises(DossierError, match="'AZE' votes without a seat") as refused:
        replay([file("id,date,member,vote\n1,2022-11-23,ARM,yes\n1,2022-11-23,AZE,no\n")], "csto")
    assert refused.value.place.line == 3


def test_votes_without_a_year(file):
    """They cannot be put to a charter that has changed."""
    with pytest.raises(DossierError, match="nothing says when the vote was taken") as refused:
        replay([file("id,member,vote\n1,France,yes\n")], "unsc")
    assert refused.value.place.line == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2018,9,1,x,,adopted", "not a tally"),
        ("2018,9,1,,,adopted", "not a tally"),
        ("2018,12,3,1,,adopted", "16 votes are counted in a body of 15"),
        ("2018,9,1,0,Germany,vetoed", "'Germany' votes without a seat"),
        ("2022,9,1,0,Ireland,vetoed", "'Ireland' is named as vetoing and holds no veto"),
        ("2018,9,1,0,,perhaps", "this is no outcome"),
        ("18,9,1,0,,adopted", "not a day or a year"),
    ],
)
def test_bad_tallies(file, row, says):
    """Each is refused with its line."""
    with pytest.raises(DossierError, match=says) as refused:
        replay([file(f"year,yes,no,abstain,vetoers,outcome\n{row}\n")], "unsc")
    assert refused.value.place.line == 2


def test_what_a_tally_cannot_tell(file):
    """A rule by weights is refused; an abstention that might be a holder's leaves it open."""
    tally = file("year,yes,no,abstain,outcome\n2018,12,0,3,adopted\n2018,15,0,0,adopted\n")
    with pytest.raises(UnsupportedError, match="who voted how"):
        replay(
            [tally], "eu-council-lisbon", next(iter(load_charter("eu-council-lisbon").procedures))
        )
    assert said(replay([tally], "unsc", "charter_text")) == [None, True]


def test_joining_by_draft_and_by_meeting(file):
    """A draft listed twice is one veto; at a meeting each entry serves one row without a draft."""
    tallies = file(
        "year,meeting,symbol,yes,no,abstain,outcome\n"
        "1950,S/PV.1,S/1/Rev.1,9,1,1,vetoed\n"
        "1950,S/PV.1,S/1,9,1,1,vetoed\n"
        "1950,S/PV.2,,9,1,1,vetoed\n"
        "1950,S/PV.2,,9,1,1,vetoed\n"
        "1950,S/PV.3,S/1,9,1,1,adopted\n"
    )
    vetoes = file(
        "draft,record,vetoers\nS/1 (as amended),S/PV.1,USSR\nS/PV.2,S/PV.2,USSR\nS/9,S/PV.9,USA\n",
        "vetoes.csv",
    )
    found = replay([tallies, vetoes], "unsc")
    ussr = ("Russian Federation",)
    assert [row.vetoers for row in found.rows] == [ussr, ussr, ussr, (), ()]
    assert (found.join.entries, found.join.joined) == (3, 2)
    assert [entry.draft for entry in found.join.entries_alone] == ["S/9"]
    assert [row.place.line for row in found.mismatches] == [5]


def test_unknown_names(file):
    """Charter, procedure and fact are told from those there are."""
    votes = council(file, {})
    for arguments, says in (
        (("unscc",), "no charter of this name"),
        (("unsc", "substantiv"), "no such procedure"),
        (("unsc", "substantive", {"noon": True}), "no such fact"),
    ):
        with pytest.raises(ComityError, match=says):
            replay([votes], *arguments)
    with pytest.raises(ComityError, match="no votes in what was given"):
        replay([file("draft,vetoers\nS/1,USA\n")], "unsc")


def test_outcomes_are_compared(file):
    """Wide votes with outcomes: one agrees, one does not, one says nothing."""
    rows = ["1,2001,adopted,yes,yes,no", "2,2001,adopted,no,no,yes", "3,2001,,yes,no,no"]
    found = replay([file("\n".join(["id,year,outcome,A,B,C", *rows]))], "unga", "other")
    assert (len(found.compared), found.agreement) == (2, 0.5)
    assert [row.id for row in found.mismatches] == ["2"]


VOTES = st.lists(st.sampled_from(["yes", "no", "abstain", "absent"]), min_size=15, max_size=15)


@given(st.lists(VOTES, min_size=1, max_size=4))
def test_tallies_and_votes_by_member_agree(tmp_path_factory, rows):
    """A tally with the vetoers that the votes show says what the votes say; so does arithmetic."""
    folder = tmp_path_factory.mktemp("votes")
    seats = PERMANENT + ELECTED
    wide, tallies = folder / "wide.csv", folder / "tallies.csv"
    wide.write_text(
        "\n".join(
            ["id,year," + ",".join(seats), *(f"{n},2018,{','.join(r)}" for n, r in enumerate(rows))]
        )
    )
    counts = [[row.count(word) for word in ("yes", "no", "abstain")] for row in rows]
    vetoers = [
        [s for s, v in zip(PERMANENT, row, strict=False) if v == "no"] if yes >= 9 else []
        for row, (yes, _, _) in zip(rows, counts, strict=True)
    ]
    lines = [
        f"2018,{yes},{no},{abstain},{'; '.join(named)}"
        for (yes, no, abstain), named in zip(counts, vetoers, strict=True)
    ]
    tallies.write_text("\n".join(["year,yes,no,abstain,vetoers", *lines]))
    expected = [yes >= 9 and not named for (yes, _, _), named in zip(counts, vetoers, strict=True)]
    assert said(replay([wide], "unsc")) == expected
    assert said(replay([tallies], "unsc")) == expected


def test_lines_of_the_failed_drafts():
    """Each row keeps the line of its vote in the file."""
    calls = read_roll_calls([real(FAILED)])
    lines = np.where(calls.lines > 0, calls.lines, 0).max(axis=1)
    assert lines.tolist() == list(range(2, 55))


def test_a_tally_of_nobody_names_its_line(tmp_path):
    """Where neither tally nor charter says who has a seat, the line is named."""
    (tmp_path / "t.csv").write_text("year,yes,no,abstain\n2000,1,0,0\n2000,0,0,0\n")
    with pytest.raises(DossierError, match=r"t.csv:3: nobody votes"):
        replay([tmp_path / "t.csv"], "plain")
