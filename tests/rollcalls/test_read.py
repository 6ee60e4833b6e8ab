"""Reading roll calls: the three forms, and what is refused."""

import csv
import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from comity.errors import ComityError, DossierError
from comity.rollcalls import Vote, actor, read_roll_calls

from .conftest import real

LONG = "rcid,member,vote\n1,A,yes\n1,B,no\n2,A,Abstain\n2,B,aye\n"
WIDE = "id,date,title,A,B\n1,2001-02-03,First,yes,no\n2,2002,Second,abstain,yes\n"
NAMED = "Meeting Number,Voting On,Year,In Favor,Abstain,Against,Members\n"


def answers(calls):
    """Roll call to member to vote, without what is not recorded."""
    return {
        call.id: {
            member: Vote(int(vote)).label
            for member, vote in zip(calls.members, row, strict=True)
            if vote != Vote.UNRECORDED
        }
        for call, row in zip(calls.calls, calls.votes, strict=True)
    }


def quoted(cell):
    return f'"{cell}"'


EXPECTED = {"1": {"A": "yes", "B": "no"}, "2": {"A": "abstain", "B": "yes"}}


def test_long_and_wide_tables_say_the_same(file):
    """A row for each vote and a column for each member give the same votes."""
    assert answers(read_roll_calls([file(LONG)])) == EXPECTED
    assert answers(read_roll_calls([file(WIDE)])) == EXPECTED


def test_separators_marks_and_compression_do_not_matter(file):
    """Semicolons, tabs, a byte-order mark, other line ends and gzip are read alike."""
    for text in (LONG.replace(",", ";"), LONG.replace(",", "\t"), LONG.replace("\n", "\r\n")):
        assert answers(read_roll_calls([file(text)])) == EXPECTED
    assert answers(read_roll_calls([file(b"\xef\xbb\xbf" + LONG.encode())])) == EXPECTED
    packed = file(gzip.compress(LONG.encode()), "votes.csv.gz")
    assert answers(read_roll_calls([packed])) == EXPECTED


def test_a_second_table_describes_the_roll_calls(file):
    """Days and titles come from it, in its order; a roll call without votes is left out."""
    votes = file("rcid,country_code,country,vote\n2.0,A,Alfa,yes\n1.0,,Bravo,no\n")
    about = file(
        "rcid,date,descr\n1,1999-01-02,First\n2,2000-01-02,Second\n3,,Third\n", "about.csv"
    )
    calls = read_roll_calls([about, votes])
    assert [(call.id, call.on, call.title) for call in calls.calls] == [
        ("1", date(1999, 1, 2), "First"),
        ("2", date(2000, 1, 2), "Second"),
    ]
    assert calls.members == ("A", "Bravo"), "a member without a code goes by its name"
    assert actor(calls, "alfa") == "A"
    assert [call.id for call in calls.between(2000, 2000).calls] == ["2"]
    assert [call.id for call in calls.about(["FIRST"]).calls] == ["1"]


def test_lists_of_names(file):
    """Who is on no list is absent; the Soviet Union's seat is Russia's."""
    cells = ["['USSR', 'Poland']", "[]", "['France']", "['Russia', 'Poland', 'France', 'China']"]
    calls = read_roll_calls([file(NAMED + ",".join(["174,Draft,1947", *map(quoted, cells)]))])
    assert answers(calls) == {
        "174/1": {
            "China": "absent",
            "France": "no",
            "Poland": "yes",
            "Russian Federation": "yes",
        }
    }


def test_the_title_is_found_among_the_texts(file):
    """The text that calls itself a resolution; what a president said is no title."""
    rows = [
        '1,R/70/1,INDEX TERM,"Cuba : resolution / adopted by the General Assembly",yes',
        '2,A/RES/71/2,"Cuba : resolution / adopted by the General Assembly",A/71/251 1 - Cuba.,yes',
        '3,R/71/2,,"The Acting President: I put to the vote paragraph 2. A",yes',
    ]
    calls = read_roll_calls([file("\n".join(["rcid,unres,short,descr,X", *rows]))])
    assert [call.title for call in calls.calls[:2]] == ["Cuba", "Cuba"]
    assert [call.titled for call in calls.calls] == [True, True, False]


REFUSED = {
    "a missing column": ("rcid,member\n1,A\n", 1, "column 'vote' is missing"),
    "a missing id": ("member,vote\nA,yes\n", 1, "column 'id' is missing"),
    "an unknown word": ("rcid,member,vote\n1,A,yes\n1,B,perhaps\n", 3, "this word is no vote"),
    "a number": ("rcid,member,vote\n1,A,1\n", 2, "this number is no vote"),
    "an empty vote": ("rcid,member,vote\n1,A,\n", 2, "this word is no vote"),
    "no member": ("rcid,member,vote\n1,A,yes\n1,,no\n", 3, "a vote has no member"),
    "a second vote": ("rcid,member,vote\n1,A,yes\n2,A,no\n1,A,no\n", 4, "'A' votes twice"),
    "a short row": ("rcid,member,vote\n1,A,yes\n1,B\n", 3, "the row has 2 cells"),
    "an open quotation": ('rcid,member,vote\n1,"A,yes\n', 2, "not a table"),
    "no text": (b"rcid,member,vote\n1,\xff\xfe,yes\n", 2, "not text in UTF-8"),
    "nothing": ("", None, "the file is empty"),
    "tallies": ("year,yes,no,abstain\n1946,1,2,3\n", 1, "not who"),
    "a heading twice": ("id,A,a\n1,yes,no\n", 1, "'a' is there twice"),
    "a bad day": ("id,date,A\n1,1946-13-01,yes\n", 2, "not a day or a year"),
    "an unknown word in a wide table": ("id,A\n1,nope\n", 2, "this word is no vote"),
    "a roll call twice": ("id,A\n1,yes\n1,no\n", 3, "roll call 1 is there twice"),
    "a broken list": (NAMED + "1,D,1947,[A,[],[],[]\n", 2, "not a list of names"),
    "a vote without a seat": (
        NAMED + "1,D,1947,\"['A']\",[],\"['B']\",\"['A']\"\n",
        2,
        "'B' votes without a seat",
    ),
    "two answers": (
        NAMED + "1,D,1947,\"['A']\",[],\"['A']\",\"['A']\"\n",
        2,
        "'A' is there twice in one roll call",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_files_are_refused_with_their_line(file, what):
    """One message that names file and line; nothing is half-read."""
    text, line, says = REFUSED[what]
    path = file(text)
    with pytest.raises(DossierError) as refused:
        read_roll_calls([path])
    assert refused.value.place.file == str(path)
    assert refused.value.place.line == line
    assert says in refused.value.problem


def test_a_vote_in_two_files_is_a_second_vote(file):
    """The message names both places."""
    first, second = file(LONG), file("rcid,member,vote\n1,B,yes\n", "more.csv")
    with pytest.raises(DossierError, match="'B' votes twice in roll call 1") as refused:
        read_roll_calls([first, second])
    assert str(refused.value.place) == f"{second}:2"
    assert f"{first}:3" in str(refused.value)


def test_votes_on_what_is_not_described_are_refused(file):
    """So is a roll call that is described twice, and a description without votes."""
    about = file("rcid,title\n1,First\n", "about.csv")
    with pytest.raises(DossierError, match="not described") as refused:
        read_roll_calls([file(LONG), about])
    assert refused.value.place.line == 4
    with pytest.raises(DossierError, match="described twice"):
        read_roll_calls([file(LONG), about, about])
    with pytest.raises(DossierError, match="no votes"):
        read_roll_calls([about])


def test_a_file_that_is_not_there(tmp_path: Path):
    """It is named."""
    with pytest.raises(DossierError, match="cannot be read: No such file"):
        read_roll_calls([tmp_path / "votes.csv"])


def test_an_unknown_actor(file):
    """The nearest name is offered."""
    calls = read_roll_calls([file("rcid,country_code,country,vote\n1,AM,Armenia,yes\n")])
    assert actor(calls, "ARM") == actor(calls, "Armenia") == actor(calls, "am") == "AM"
    with pytest.raises(ComityError, match="Did you mean 'Armenia'"):
        actor(calls, "Armania")


def test_the_general_assembly(assembly):
    """870,109 votes of 200 members in 6,203 roll calls; counts equal those the table states."""
    assert assembly.votes.shape == (6203, 200)
    assert int((assembly.votes >= 0).sum()) == 870_109
    assert assembly.names["NA"] == "Namibia", "Namibia's code is no missing value"
    with real("unga_roll_calls_voeten.csv").open(encoding="utf-8") as rows:
        stated = [
            [int(row[name]) for name in ("yes", "abstain", "no")] for row in csv.DictReader(rows)
        ]
    counted = [(assembly.votes == vote).sum(axis=1) for vote in (Vote.YES, Vote.ABSTAIN, Vote.NO)]
    assert np.array_equal(np.transpose(counted), stated)


def test_the_failed_drafts_by_member():
    """53 roll calls; the one whose names and tally disagree is noted, with its line."""
    calls = read_roll_calls([real("unsc_failed_drafts_member_level_53.csv")])
    assert len(calls.calls) == 53
    assert {"China", "France", "Russian Federation", "United Kingdom", "United States"} <= set(
        calls.members
    )
    (note,) = calls.notes
    assert ":7: roll call 386/6 (S/1127) states the tally (6, 5, 0)" in note
    assert "no vote is named for China" in note


@pytest.mark.parametrize(("packed", "name"), [(False, "v.csv"), (True, "v.csv.gz")])
def test_more_than_the_limit_is_not_read(tmp_path, monkeypatch, packed, name):
    """A file that holds too much, unpacked or not, is refused before it is read."""
    monkeypatch.setattr("comity.rollcalls.table.LIMIT", 1000)
    text = (LONG + "3,A,yes\n" * 1000).encode()
    (tmp_path / name).write_bytes(gzip.compress(text) if packed else text)
    with pytest.raises(DossierError, match=r"more than 0\.001 MB"):
        read_roll_calls([tmp_path / name])


def test_a_table_too_large_to_hold_is_refused(tmp_path, monkeypatch):
    """Roll calls times members are bounded, for they are held as one table."""
    monkeypatch.setattr("comity.rollcalls.joined.CELLS", 3)
    (tmp_path / "v.csv").write_text(LONG)
    with pytest.raises(DossierError, match="2 roll calls of 2 members"):
        read_roll_calls([tmp_path / "v.csv"])


@pytest.mark.parametrize(
    ("heading", "first", "later"),
    [("date", "2000-01-01", "2003-01-01"), ("year", "2000", ""), ("outcome", "failed", "passed")],
)
def test_votes_that_contradict_each_other_are_refused(tmp_path, heading, first, later):
    """One roll call has one date, one outcome: a row that says otherwise is named."""
    rows = f"rcid,member,vote,{heading}\n1,A,yes,{first}\n1.0,B,no,{{}}\n"
    (tmp_path / "v.csv").write_text(rows.format(first))
    assert len(read_roll_calls([tmp_path / "v.csv"]).members) == 2
    (tmp_path / "v.csv").write_text(rows.format(later))
    with pytest.raises(DossierError, match=rf"v.csv:3: {heading}: .* contradict each other"):
        read_roll_calls([tmp_path / "v.csv"])


def test_headings_alone_are_no_votes(tmp_path):
    """A file without rows is refused rather than counted as nothing."""
    (tmp_path / "v.csv").write_text("rcid,member,vote\n")
    with pytest.raises(DossierError, match="no votes"):
        read_roll_calls([tmp_path / "v.csv"])
