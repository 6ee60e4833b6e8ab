"""The DEU table read as dossiers (conventions §62)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from backtest.deu_tables import HEADINGS, issue, table
from comity.backtest.decided import decided_in
from comity.dossier.formats.deu import Issue, equal, read_deu
from comity.dossier.formats.deu_days import Days, days_of
from comity.dossier.formats.deu_law import FIFTEEN, NICE, council
from comity.dossier.formats.deu_table import read_table
from comity.dossier.position import Basis
from comity.dossier.quantity import Exactly, Uniform
from comity.errors import DossierError, UnsupportedError


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def written(text: str | bytes) -> Path:
        path = tmp_path / "deu.tsv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def ideals(read: Issue) -> dict[str, float]:
    held = read.dossier.positions[read.item]
    return {who: position.ideal.value for who, position in held.items()}


def test_a_proposal_is_one_dossier_with_an_item_for_each_issue(write):
    """Issues of a proposal share it, whatever stands between them; §62."""
    rows = [issue(1), issue(1, "n98087", proc="CNS"), issue(2)]
    first, other, second = read_deu(write(table(rows)))
    assert first.dossier is second.dossier
    assert [first.item, other.item, second.item] == ["d00032i1", "n98087i1", "d00032i2"]
    assert set(first.dossier.agenda) == {"d00032i1", "d00032i2"}
    assert first.dossier.agenda["d00032i1"].procedure == "COD-QMV"
    assert other.dossier.agenda["n98087i1"].procedure == "CNS-QMV"
    assert first.dossier.as_of == date(2000, 1, 26)


def test_outcomes_stand_apart(write):
    """Nothing in a dossier depends on what came out."""
    one, other = (read_deu(write(table([issue(out=out)])))[0] for out in (12, ""))
    assert one.dossier == other.dossier
    assert (one.outcome, other.outcome) == (12.0, None)


def test_members_are_those_with_a_position(write):
    """An actor without a position has no seat on the issue."""
    read = read_deu(write(table([issue(pat="", ppl="NA")])))[0]
    assert read.dossier.members(read.item) == ("COM", "EP", "DEU", "FRA")
    assert read.dossier.actors["COM"].kind == "institution"
    assert (read.dossier.actors["DEU"].kind, read.dossier.actors["DEU"].name) == (
        "state",
        "Germany",
    )


def test_what_is_missing_is_assumed(write):
    """A missing salience is 50, a missing reference point anything; §62."""
    read = read_deu(write(table([issue(sde="", rp="")])))[0]
    germany, france = (read.dossier.position(read.item, who) for who in ("DEU", "FRA"))
    assert germany.salience == Exactly(50.0)
    assert "salience" in germany.assumed
    assert "salience" not in france.assumed
    assert germany.basis is Basis.INFERRED
    assert read.dossier.agenda[read.item].reversion == Uniform(0.0, 100.0)
    assert not read.reversion_known


def test_the_commission_tables_its_position(write):
    """Its proposal is the draft; without a position of the Commission there is none."""
    with_it, without = (read_deu(write(table([issue(pcom=p)])))[0] for p in (70, ""))
    entry = with_it.dossier.agenda[with_it.item]
    assert (entry.tabled, entry.by) == (Exactly(70.0), "COM")
    entry = without.dossier.agenda[without.item]
    assert (entry.tabled, entry.by) == (None, None)


@pytest.mark.parametrize("between", ["\t", ",", ";"])
def test_separators_and_order_do_not_matter(write, between):
    """Tabs, commas or semicolons, columns in any order, CRLF and a byte order mark."""
    rows = [issue(1), issue(2, pfr=12.5)]
    plain = read_deu(write(table(rows)))
    text = table(rows, headings=reversed(HEADINGS), between=between).replace("\n", "\r\n")
    turned = read_deu(write(b"\xef\xbb\xbf" + text.encode()))
    assert [i.dossier.agenda for i in plain] == [i.dossier.agenda for i in turned]
    assert [ideals(i) for i in plain] == [ideals(i) for i in turned]
    assert [i.outcome for i in plain] == [i.outcome for i in turned]


def test_columns_not_known_are_ignored_and_named(write):
    """They change nothing, and a note says so."""
    row = issue() | {"mood": "bad", "": "x", "pxx": 5}
    read = read_table(write(table([row], headings=[*HEADINGS, "mood", "", "pxx"])))
    assert read.notes == ("Columns not used: mood, pxx.",)
    assert read.rows[0].positions == read_table(write(table([issue()]))).rows[0].positions


def test_actors_not_known_count_where_they_have_both_columns(write):
    """Such a state is a member without a vote."""
    row = issue() | {"pno": 30, "sno": 90}
    path = write(table([row], headings=[*HEADINGS, "pno", "sno"]))
    (read,) = read_deu(path)
    held = read.dossier.position(read.item, "NO")
    assert (held.ideal, held.salience, held.capability) == (
        Exactly(30.0), Exactly(90.0), Exactly(0.0),
    )  # fmt: skip
    assert read_table(path).notes == ("Actors that the Treaties give no vote: NO.",)


def test_states_may_be_missing_altogether(write):
    """A table without most columns is read; what is taken for granted is said."""
    path = write("isnr\tprnr\tpde\tpfr\tsfr\na\tx\t10\t20\t30\n")
    (read,) = read_deu(path)
    assert ideals(read) == {"DEU": 10.0, "FRA": 20.0}
    assert read.outcome is None
    assert read_table(path).notes == (
        "Issues without proc, taken as COD: 1.",
        "Issues without counvte, taken as QMV: 1.",
        "No column of saliences, taken as 50: DEU.",
    )


def test_an_issue_without_positions_is_left_out(write):
    """There is no body to decide it."""
    none = dict.fromkeys(
        (name for name in HEADINGS if name[:2] in ("pc", "pe", "pd", "pf", "pa")), ""
    )
    assert [i.item for i in read_deu(write(table([issue(1, **none), issue(2)])))] == ["d00032i2"]


def test_a_name_may_hold_anything(write):
    """Names are shown and not read: another encoding or a formula does no harm."""
    text = table([issue(prname="caf\xe9 =1+1")]).encode("latin-1")
    assert read_deu(write(text))[0].dossier.title == "d00032 caf\xe9 =1+1"


def test_an_id_becomes_one_that_a_dossier_can_hold(write):
    """Dots and blanks in an issue's id become underscores."""
    assert read_deu(write(table([issue(isnr="2016/0288 i1.2")])))[0].item == "2016_0288_i1_2"


# --- malformed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"pde": 101}, "pde", "does not lie on the scale from 0 to 100"),
        ({"pde": -1}, "pde", "does not lie on the scale from 0 to 100"),
        ({"sfr": "1e9"}, "sfr", "does not lie on the scale from 0 to 100"),
        ({"pde": "nan"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
        ({"pde": "inf"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
        ({"out": "high"}, "out", "a number from 0 to 100, or an empty cell, was expected"),
        ({"rp": "12,5"}, "rp", "Write decimals with a point"),
        ({"pde": "１０"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
        ({"pde": "1_0"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
        ({"proc": "XYZ"}, "proc", "COD or CNS was expected"),
        ({"counvte": "most"}, "counvte", "QMV or Unan was expected"),
        ({"isnr": ""}, "isnr", "the id is missing"),
        ({"prnr": ""}, "prnr", "the id is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(write, cells, column, problem):
    """The message names file, line and column and shows what was found."""
    path = write(table([issue(1), issue(2, **cells)]))
    with pytest.raises(DossierError) as refused:
        read_deu(path)
    said = str(refused.value)
    assert said.startswith(f"{path}:3: {column}: ")
    assert problem in said
    assert str(next(iter(cells.values()))) in said


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "", "the file is empty"),
        ("\n \n", "", "the file is empty"),
        ("isnr\tprnr\tpde\tsde\n", ":1", "the table has headings and no issue"),
        ("a\tb\n1\t2\n", ":1", "the column 'isnr', each issue's id, is missing"),
        ("isnr\tpde\n1\t2\n", ":1", "the column 'prnr', the proposal an issue belongs to, is"),
        ("isnr\tprnr\n1\t2\n", ":1", "no column holds positions"),
        ("isnr\tprnr\tpde\tPDE\n1\t2\t3\t4\n", ":1", "the column 'pde' is there twice"),
        ("isnr\tprnr\tpel\tpgr\n1\t2\t3\t4\n", ":1", "two columns hold positions of GRC"),
        ("isnr\tprnr\tpde\n1\t2\n", ":2", "the row has 2 cells, but there are 3 headings"),
        ("isnr\tprnr\tpde\n\n1\t2\t3\t4\n", ":3", "the row has 4 cells, but there are 3"),
        ("isnr\tprnr\tpde\na\tx\t1\na\ty\t2\n", ":3", "the issue a is there twice"),
        ('isnr,prnr,pde\n"a,x,1\n', ":2", "this is not a table with tabs or commas"),
        ("\x00\x01", ":1", "the file is not a table of text"),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_place(write, text, place, problem):
    """One message, with the line it is about."""
    path = write(text)
    with pytest.raises(DossierError) as refused:
        read_deu(path)
    assert str(refused.value).startswith(f"{path}{place}: {problem}")


def test_a_file_that_is_not_there(tmp_path):
    """The system's reason is given."""
    with pytest.raises(DossierError, match="the file cannot be read: No such file"):
        read_deu(tmp_path / "none.tsv")


def test_a_rule_for_capabilities_that_does_not_exist(write):
    """The message lists those that do."""
    with pytest.raises(UnsupportedError, match="take one of council_votes, equal"):
        read_deu(write(table([issue()])), "gdp")


# --- capabilities and law -----------------------------------------------------


def means(read: Issue) -> dict[str, float]:
    held = read.dossier.positions[read.item]
    return {who: position.capability.value for who, position in held.items()}


def test_capabilities_are_votes_of_the_fifteen_where_poland_has_no_position(write):
    """Commission and Parliament are as the largest member; §62."""
    (read,) = read_deu(write(table([issue()])))
    assert means(read) == {"COM": 10, "EP": 10, "DEU": 10, "FRA": 10, "AUT": 4}


def test_capabilities_are_votes_of_nice_where_poland_has_one(write):
    """The Parliament has none under consultation; §62."""
    (read,) = read_deu(write(table([issue(ppl=5, proc="CNS")])))
    assert means(read) == {"COM": 29, "EP": 0, "DEU": 29, "FRA": 29, "AUT": 10, "POL": 27}


def test_a_later_member_without_poland_has_no_vote(write):
    """The fifteen are the measure, and it is none of them; §62."""
    row = issue() | {"phu": 30}
    (read,) = read_deu(write(table([row], headings=[*HEADINGS, "phu"])))
    assert means(read)["HUN"] == 0


def test_equal_capabilities(write):
    """All have the same, the Parliament under consultation too."""
    (read,) = read_deu(write(table([issue(proc="CNS")])), equal)
    assert set(means(read).values()) == {1.0}
    assert means(read) == means(read_deu(write(table([issue(proc="CNS")])), "equal")[0])


def test_votes_add_up_to_the_treaties():
    """87 of the fifteen; 321, 345 and 352 under the Treaty of Nice."""
    assert sum(FIFTEEN.values()) == 87
    assert sum(NICE.values()) == 352
    assert sum(NICE.values()) - NICE["HRV"] == 345
    assert sum(NICE.values()) - NICE["HRV"] - NICE["BGR"] - NICE["ROU"] == 321


@pytest.mark.parametrize(
    ("seated", "decided", "name"),
    [
        (("DEU", "FRA"), date(2006, 1, 1), "fifteen"),
        (("DEU", "POL"), date(2006, 12, 31), "twenty-five"),
        (("DEU", "POL"), None, "twenty-five"),
        (("DEU", "POL"), date(2007, 1, 1), "twenty-seven"),
        (("DEU", "BGR"), date(2006, 1, 1), "twenty-seven"),
        (("DEU", "POL"), date(2013, 7, 1), "twenty-eight"),
        (("DEU", "HRV"), None, "twenty-eight"),
        (("DEU", "POL"), date(2014, 11, 1), "Lisbon"),
        (("DEU", "POL", "NO"), date(2019, 6, 18), "Lisbon"),
    ],
)
def test_the_rule_in_force(seated, decided, name):
    """It follows from the day and from who has a position; §62."""
    assert council(seated, decided).name == name


@pytest.mark.parametrize(
    ("proposal", "introduced", "decided", "days"),
    [
        ("d00032", "26-01-00", "1930-05-01", (date(2000, 1, 26), date(2001, 5, 30))),
        ("d95341", "07-02-96", "04-07-01", (date(1996, 2, 7), date(2001, 7, 4))),
        ("d04209", "2022-09-04", "999", (date(2004, 9, 22), None)),
        ("d160288", "14-09-2016", "2017-12-18", (date(2016, 9, 14), date(2018, 12, 17))),
        ("d180104", "2017-04-18", "12-07-19", (date(2018, 4, 17), date(2019, 7, 12))),
        ("d20001", "2020-05-06", "2022-01-31", (date(2020, 5, 6), date(2022, 1, 31))),
        ("d13044", "2013-12-18", "2016-12-21", (date(2013, 12, 18), date(2016, 12, 21))),
        ("x", "", "", (None, None)),
        ("d07013", "soon", "31-02-08", (date(2007, 1, 1), None)),
        ("d07013", "24-01-07", "14-03-06", (date(2007, 1, 24), None)),
    ],
)
def test_days_are_read_as_they_were_meant(proposal, introduced, decided, days):
    """Days that a spreadsheet has turned round are turned back by the proposal's year; §62."""
    assert days_of(proposal, introduced, decided) == Days(*days)


def test_decided_issues_are_the_same_with_the_outcome_beside(write):
    """The form in which models are scored."""
    path = write(table([issue(1), issue(2, out="")]))
    read = read_deu(path)
    found = decided_in(path)
    assert [(d.group, d.item, d.outcome) for d in found] == [
        ("d00032", "d00032i1", 50.0), ("d00032", "d00032i2", None),
    ]  # fmt: skip
    assert [d.dossier for d in found] == [i.dossier for i in read]
