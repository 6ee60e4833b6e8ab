"""The DEU table read as dossiers (conventions §62)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from backtest.deu_tables import HEADINGS, issue, table
from comity.backtest.decided import decided_in
from comity.dossier.formats.deu import Issue, equal, read_deu
from comity.dossier.formats.deu_days import Days, Written, days_in
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


# --- what is not as it should be ---------------------------------------------


@pytest.mark.parametrize(
    "mark", ["", "NA", "N/A", "n/a", "NaN", "NULL", "#N/A", ".", "-", "999", "9999", "-9", "-99",
             "-999", "-999.0"],
)  # fmt: skip
def test_marks_of_a_missing_value(write, mark):
    """They mean missing in every column, and nothing is said of them; §62."""
    marked = dict.fromkeys(("pde", "sfr", "rp", "out", "finact", "ppl"), mark)
    plain = dict.fromkeys(marked, "")
    tables = [read_table(write(table([issue(**cells)]))) for cells in (marked, plain)]
    assert tables[0].rows == tables[1].rows
    assert tables[0].notes == tables[1].notes
    assert "DEU" not in tables[0].rows[0].positions


@pytest.mark.parametrize("number", ["101", "-1", "1e9", "100.01", "888"])
def test_numbers_off_the_scale_are_taken_as_missing_and_told(write, number):
    """One of them does not cost the file; each is counted, the first are named; §62."""
    off = dict.fromkeys(("pde", "sfr", "rp", "out"), number)
    read = read_table(write(table([issue(1), issue(2, **off)])))
    row = read.rows[1]
    assert ("DEU" in row.positions, "FRA" in row.saliences) == (False, False)
    assert (row.reversion, row.outcome) == (None, None)
    assert read.rows[0] == read_table(write(table([issue(1)]))).rows[0]
    assert read.notes == (
        f"Numbers outside 0 to 100, taken as missing: 4 (line 3, pde: {number}; "
        f"line 3, sfr: {number}; line 3, rp: {number}; …).",
    )
    assert len(read.off_scale) == 4


def test_decimal_commas(write):
    """They are read where no comma stands between cells."""
    for between in "\t;":
        read = read_table(write(table([issue(pde="50,5", out="0,25")], between=between)))
        assert (read.rows[0].positions["DEU"], read.rows[0].outcome) == (50.5, 0.25)


@pytest.mark.parametrize(
    ("cells", "procedure", "vote", "notes"),
    [
        ({"proc": "OLP"}, "COD", "QMV", ()),
        ({"proc": "AVC"}, "COD", "QMV", ("Issues with “AVC” as proc, taken as COD: 1.",)),
        ({"proc": "SYN"}, "CNS", "QMV", ("Issues with “SYN” as proc, taken as CNS: 1.",)),
        ({"proc": "XYZ"}, "COD", "QMV", ("Issues with “XYZ” as proc, taken as COD: 1.",)),
        ({"counvte": "Unanimity"}, "COD", "Unan", ()),
        ({"counvte": "QMV/Unan"}, "COD", "QMV",
         ("Issues with “QMV/Unan” as counvte, taken as QMV: 1.",)),
        ({"counvte": "SMV"}, "COD", "QMV", ("Issues with “SMV” as counvte, taken as QMV: 1.",)),
    ],
)  # fmt: skip
def test_codes_of_procedures_and_votes(write, cells, procedure, vote, notes):
    """Consent is as codecision, cooperation as consultation; what is not known is told; §62."""
    read = read_table(write(table([issue(**cells)])))
    assert (read.rows[0].procedure, read.rows[0].vote, read.notes) == (procedure, vote, notes)


def test_cells_beyond_the_headings_may_be_empty(write):
    """A tab at the end of rows is no cell."""
    text = table([issue()])
    head, row = text.splitlines()
    assert read_table(write(f"{head}\n{row}\t\t\n")).rows == read_table(write(text)).rows


def test_the_separator_is_that_of_the_first_line_with_content(write):
    """Lines that are blank, or hold separators alone, come before the headings."""
    plain = read_table(write(table([issue()], between=";"))).rows
    for above in ("\n\n", " \n", ",,,,,\n"):
        read = read_table(write(above + table([issue()], between=";"))).rows
        assert [row.positions for row in read] == [row.positions for row in plain]


@pytest.mark.parametrize("ids", [("a", "a"), ("a", "")])
def test_other_ids_are_taken_where_the_usual_ones_do_not_tell_issues_apart(write, ids):
    """isnrnmc stands in for isnr, and a note says so; §62."""
    rows = [issue(isnr=name, isnrnmc=k) for k, name in enumerate(ids)]
    read = read_table(write(table(rows)))
    assert [row.id for row in read.rows] == ["0", "1"]
    assert read.notes == (
        "Ids are those of the column isnrnmc, since isnr leaves some out or has some twice.",
    )


def test_ids_that_become_one_are_numbered(write):
    """One that can stay as it is does; the order of lines does not matter; §62."""
    names = ["a b", "a_b", "a.b", "c d"]
    for order in (names, names[::-1]):
        read = read_table(write(table([issue(isnr=name) for name in order])))
        held = {name: row.id for name, row in zip(order, read.rows, strict=True)}
        assert held == {"a b": "a_b-2", "a_b": "a_b", "a.b": "a_b-3", "c d": "c_d"}


# --- malformed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"pde": "inf"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
        ({"out": "high"}, "out", "a number from 0 to 100, or an empty cell, was expected"),
        ({"pde": "１０"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
        ({"pde": "1_0"}, "pde", "a number from 0 to 100, or an empty cell, was expected"),
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
        ("\n\nisnr;prnr;pde\n1;2\n", ":4", "the row has 2 cells, but there are 3 headings"),
        ("\n\na;b\n1;2\n", ":3", "the column 'isnr', each issue's id, is missing"),
        ("isnr\tprnr\tpde\n1\t2\t3\t\t4\n", ":2", "the row has 5 cells, but there are 3"),
        (
            "isnr\tprnr\tpde\na" + "b" * 200_000,
            ":2",
            "this is not a table with tabs or commas "
            "between cells: a cell is longer than 131,072 characters",
        ),
        ('isnr,prnr,pde\na,x,"1,5"\n', ":2: pde", "a number from 0 to 100, or an empty cell"),
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


TURNED = [Written("d04209", "2022-09-04", ""), Written("d05007", "2016-02-05", "2026-07-06")]
"""Lines of a table that a spreadsheet has turned round."""


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
def test_days_that_were_turned_round_are_turned_back(proposal, introduced, decided, days):
    """In a table that shows signs of it, by the proposal's year where its id tells one; §62."""
    read = days_in([*TURNED, Written(proposal, introduced, decided)], date(2026, 11, 22))
    assert read.days[-1] == Days(*days)
    assert read.notes[0].startswith("Days that a spreadsheet has turned round")


@pytest.mark.parametrize("proposal", ["2008/0000", "x", "d08001", "COM-2008-17"])
def test_year_month_day_means_what_it_says(proposal):
    """Without a sign that a spreadsheet meddled, whatever the id looks like; §62."""
    written = [
        (Written(proposal, "2008-03-12", "2009-03-20"), Written(proposal, "12-03-08", "20-03-09")),
        (Written(proposal, "", "2009-03-02"), Written(proposal, "", "02-03-2009")),
        (Written(proposal, "2008-03-12", ""), Written(proposal, "12/03/2008", "")),
        (Written(proposal, "2008-03-12T00:00:00", ""), Written(proposal, "12.03.2008", "")),
    ]
    iso, plain = (days_in(lines, date(2026, 11, 22)) for lines in zip(*written, strict=True))
    assert iso.days == plain.days
    assert iso.days[0] == Days(date(2008, 3, 12), date(2009, 3, 20))


def test_one_day_that_lies_ahead_turns_no_table():
    """A date that is to come is no sign while all others stand as they are; §62."""
    lines = [Written("x", "2008-03-12", "2009-03-10")] * 3
    lines += [Written("x", f"20{year:02}-03-12", "") for year in range(3, 20)]
    ahead = Written("x", "", "2030-01-02")
    read = days_in([*lines, ahead], date(2026, 11, 22))
    assert read.days[0] == Days(date(2008, 3, 12), date(2009, 3, 10))
    assert read.days[-1].decided == date(2030, 1, 2)
    assert read.notes == ("Days read as year, month, day, as they stand: 24 (such as 2008-03-12).",)


def test_a_day_that_cannot_be_read_is_told():
    """It is taken as missing."""
    assert days_in([Written("x", "3/24/2012", "")]).notes == (
        "Days that could not be read: 1 (such as 3/24/2012).",
    )


def test_decided_issues_are_the_same_with_the_outcome_beside(write):
    """The form in which models are scored."""
    path = write(table([issue(1), issue(2, out="")]))
    read = read_deu(path)
    found = decided_in(path)
    assert [(d.group, d.item, d.outcome) for d in found] == [
        ("d00032", "d00032i1", 50.0), ("d00032", "d00032i2", None),
    ]  # fmt: skip
    assert [d.dossier for d in found] == [i.dossier for i in read]
