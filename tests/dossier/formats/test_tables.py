"""Tables people have, read as dossiers (conventions §62)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.dossier import Dossier, check, load, loads
from comity.dossier.dump import dump
from comity.dossier.formats import format_of
from comity.dossier.formats.built import day_known
from comity.dossier.load import place_of
from comity.dossier.quantity import Exactly, Uniform
from comity.errors import DossierError
from dossier.formats.written import ACTORS, EXCHANGE, KTAB, QUOTED

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str | bytes, name: str = "x.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def refused(path: Path) -> str:
    """The message without the folder before the file's name."""
    with pytest.raises(DossierError) as error:
        load(path)
    return str(error.value).replace(f"{path.parent}/", "")


def wants(of: Dossier, item: str) -> dict[str, tuple[float, float, float]]:
    return {
        who: (p.ideal.value, p.salience.value, p.capability.value)  # type: ignore[union-attr]
        for who, p in of.positions[item].items()
    }


# --- the exchange format


def test_the_exchange_format(write: Write) -> None:
    """Positions in an item's units become points, saliences of 1 become 100, power capability."""
    of = load(write(EXCHANGE))
    assert of.title == "Two questions"
    assert {who: actor.name for who, actor in of.actors.items()} == {
        "north": "The North", "south": "The South", "isle": "isle",
    }  # fmt: skip
    assert wants(of, "fees") == {
        "north": (80, 75, 1), "south": (20, 20, 0.5), "isle": (50, 100, 0),
    }  # fmt: skip
    assert wants(of, "quota") == {
        "north": (pytest.approx(100 * 2.5 / 6.5), 10, 0.4), "south": (100, 90, 2),
    }  # fmt: skip
    assert of.agenda["fees"].question == "how high the fees"
    assert of.agenda["fees"].scale == {0: "none", 50: "half", 100: "all"}
    assert of.agenda["quota"].scale == {0: "0.5: a little", 100: "7"}
    assert of.positions["quota"]["north"].note == "said so"


def test_who_holds_a_position_is_who_decides(write: Write) -> None:
    """Items with the same actors are put to one body."""
    of = load(write(EXCHANGE))
    assert of.bodies["body"].members == ("north", "south", "isle")
    assert of.agenda["fees"].body == "body"
    assert of.members("quota") == ("north", "south")


def test_what_the_file_does_not_tell_is_open_and_said(write: Write) -> None:
    """Day, rule and reversion; the note says so, and carries the file's own remarks."""
    of = load(write(EXCHANGE))
    assert all(item.reversion == Uniform(0, 100) for item in of.agenda.values())
    assert "every reversion is uncertain from 0 to 100, which is assumed" in of.note
    assert "Collected in interviews with six experts in 2015." in of.note
    assert "as_of is 2000-01-01" in of.note


def test_tabs_and_apostrophes(write: Write) -> None:
    """The other dialect says the same; without scale points a scale runs from 0 to 100."""
    lone = refused(write(QUOTED))
    assert lone.startswith("x.csv:11: a scale needs its lowest and its highest point")
    text = "\n".join(line for line in QUOTED.splitlines() if "'#M'\t'quota'" not in line)
    of = load(write(text.replace("0,9", "0.9")))
    assert wants(of, "fees") == wants(load(write(EXCHANGE)), "fees")
    assert wants(of, "quota") == {"north": (3, 10, 0.4), "south": (7, 90, 2)}
    assert of.agenda["quota"].scale is None


def test_the_published_files_are_read() -> None:
    """Both dialects, and KTAB's examples, where the reference data is to hand."""
    folder = data()
    cop = load(folder / "cop21_positions.csv")
    assert (len(cop.actors), len(cop.agenda), len(cop.bodies)) == (15, 13, 2)
    assert len(cop.members("amb2050")) == 8
    assert "Convention’s Annexes" in cop.agenda["differentiation"].scale[75.0]  # type: ignore[index]
    assert "Windows-1252" in cop.note
    sample = load(folder / "exchange_sample.csv")
    assert (len(sample.actors), len(sample.agenda)) == (10, 6)
    assert sample.agenda["tol-hoogte"].scale == {0.0: "0.5", 100.0: "7"}
    assert wants(sample, "tol-hoogte")["KvK"] == (pytest.approx(100 * 0.5 / 6.5), 60, 0.6)
    thirteen = load(folder / "ktab_13_actors.csv")
    assert wants(thirteen, "Competitive")["WY"] == (60, 46, 40)
    assert list(load(folder / "ktab_3_dimensions.csv").agenda) == ["Pstn1", "Pstn2", "Pstn3"]
    assert wants(load(folder / "emission_standards.csv"), "item")["Denmark"] == (4, 100, 0.05)


def data() -> Path:
    import os

    beside = Path(__file__).resolve().parents[4] / "shared" / "data"
    folder = Path(os.environ.get("COMITY_DATA") or beside) / "forecast"
    if not folder.is_dir():
        pytest.skip("there is no forecast folder in the reference data (COMITY_DATA)")
    return folder


# --- KTAB


def test_ktab(write: Write) -> None:
    """Each dimension is an item called after the heading of its positions."""
    of = load(write(KTAB))
    assert of.title == "Two questions"
    assert "Policy, and price." in of.note
    assert list(of.agenda) == ["Policy", "Price"]
    assert wants(of, "Policy") == {"N": (80, 75, 100), "S": (20, 20, 50), "I": (50, 100, 0)}
    assert wants(of, "Price") == {"N": (30, 10, 100), "S": (70, 90, 50), "I": (50, 0, 0)}
    assert of.actors["I"].name == "Isle, the"


def test_ktabs_saliences_of_a_share_are_read_as_shares(write: Write) -> None:
    """None above 1: shares of 1, as in a table of actors; one above: all stand as they are."""
    shares = KTAB
    for points, share in ((",75,", ",0.75,"), (",20,20,", ",20,0.2,"), (",50,100,", ",50,1,")):
        shares = shares.replace(points, share)
    shares = shares.replace(",10,", ",0.1,").replace("70,90,", "70,0.9,")
    of, points = load(write(shares)), load(write(KTAB))
    for item in of.agenda:
        for who, (position, salience, power) in wants(of, item).items():
            assert wants(points, item)[who] == (position, pytest.approx(salience), power)
    assert "Saliences are taken as shares of 1" in of.note
    assert "Saliences are taken as points of 0–100" in points.note
    mixed = load(write(shares.replace(",0.75,", ",75,")))
    assert wants(mixed, "Policy")["S"] == (20, 0.2, 50)


# --- actors


def test_a_table_of_too_many_actors(write: Write) -> None:
    """One message, before anything slow is done."""
    lines = "".join(f"A{k},1,50,50\n" for k in range(10_001))
    assert refused(write("Actor,Capability,Position,Salience\n" + lines)) == (
        "x.csv:10002: more than 10,000 actors in one table are not read\n"
        "  found: 10,001\n"
        "  mend:  Keep those that matter, or put actors who want the same together."
    )


def test_a_table_of_actors(write: Write) -> None:
    """One item; saliences up to 1 are shares, positions within 0–100 stay as they stand."""
    of = load(write(ACTORS, "fees.csv"))
    assert of.title == "fees"
    assert wants(of, "item") == {
        "North": (80, 75, 1), "South": (20, 20, 0.5), "Isle": (50, 100, 0),
    }  # fmt: skip
    assert "Saliences are taken as shares of 1" in of.note
    assert "Positions, from 20 to 80, are taken as points of 0–100 as they stand." in of.note


def test_saliences_above_one_are_points(write: Write) -> None:
    """As soon as one is."""
    of = load(write(ACTORS.replace("0.75", "75")))
    assert [salience for _, salience, _ in wants(of, "item").values()] == [75, 0.2, 1]
    assert "for one is above 1" in of.note


def test_positions_off_the_scale_span_it(write: Write) -> None:
    """Landmarks keep the units."""
    of = load(write(ACTORS.replace(",20,", ",-20,").replace(",80,", ",1980,")))
    assert [x for x, *_ in wants(of, "item").values()] == [100, 0, pytest.approx(3.5)]
    assert of.agenda["item"].scale == {0: "-20", 100: "1980"}
    assert "their range, from -20 to 1980, is taken as the scale" in of.note


@pytest.mark.parametrize(
    ("low", "high", "said"), [(4, 10, True), (70, 94, True), (20, 80, False), (0, 25, False)]
)
def test_positions_close_together_are_said_to_be(
    write: Write, low: int, high: int, said: bool
) -> None:
    """Four to ten years are taken as they stand, and the note warns of the ends of the scale."""
    table = f"Actor,Capability,Position,Salience\nA,1,{low},1\nB,1,{high},1\n"
    of = load(write(table))
    assert {x for x, *_ in wants(of, "item").values()} == {low, high}
    assert f"Positions, from {low} to {high}, are taken as points" in of.note
    assert ("They fill little of it" in of.note) is said


def test_a_day_that_no_file_told_is_not_known(write: Write) -> None:
    """Until somebody writes another day, or says of that one that it is meant."""
    of = load(write(ACTORS))
    assert not day_known(of.as_of, of.note)
    assert not day_known(of.as_of, of.note.replace(" ", "\n"))
    assert day_known(date(2015, 10, 2), of.note)
    assert day_known(of.as_of, "Seen on the first day of the year.")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_in_any_order_and_separator(write: Write, separator: str) -> None:
    """Other words for the columns too."""
    rows = ("Position,salience,Name,POWER", "80,0.75,North,1", "20,0.2,South,0.5")
    of = load(write("\n".join(rows).replace(",", separator), "x.txt"))
    assert wants(of, "item") == {"North": (80, 75, 1), "South": (20, 20, 0.5)}


def test_ids_are_made_of_names(write: Write) -> None:
    """What an id may not hold becomes a hyphen; no two are alike."""
    text = "Actor,Capability,Position,Salience\nA & B,1,1,1\nA-B,1,2,1\n***,1,3,1\nÖsterreich,1,4,1"
    assert {who: actor.name for who, actor in load(write(text)).actors.items()} == {
        "A-B": "A & B", "A-B-2": "A-B", "unnamed": "***", "Österreich": "Österreich",
    }  # fmt: skip


# --- which format


@pytest.mark.parametrize(
    ("text", "kind"),
    [(EXCHANGE, "exchange"), (QUOTED, "exchange"), (KTAB, "ktab"), (ACTORS, "actors")],
)
def test_a_format_is_told_by_what_the_file_holds(write: Write, text: str, kind: str) -> None:
    """Whatever it is called, and with a byte order mark, blank lines or other line ends."""
    for name in ("x.csv", "x.txt", "x", "x.yaml"):
        assert format_of(write(text, name)) == kind
    for told in (f"\ufeff{text}", f"\n \n{text}", text.replace("\n", "\r\n")):
        path = write(told)
        assert format_of(path) == kind
        if text is not QUOTED:
            assert load(path).positions == load(write(text)).positions


def test_yaml_stays_yaml(write: Write) -> None:
    """A dossier that begins with a comment is no table."""
    text = dump(load(write(ACTORS)))
    for comment in ("", "# A dossier\n", "#A comment; with a semicolon\n", "#D\n"):
        path = write(comment + text, "x.yaml")
        assert format_of(path) is None or comment == "#D\n"
    assert load(write(text, "y.yaml")) == load(write(ACTORS))


@pytest.mark.parametrize("text", [EXCHANGE, KTAB, ACTORS])
def test_what_is_read_is_a_dossier_like_any(write: Write, text: str, tmp_path: Path) -> None:
    """It is written as YAML and as a workbook and read again, and the checks take it."""
    from comity.dossier.workbook import workbook_bytes

    of = load(write(text))
    check(of)
    assert loads(dump(of)) == of
    book = tmp_path / "x.xlsx"
    book.write_bytes(workbook_bytes(of))
    assert load(book) == of


@pytest.mark.parametrize("text", [EXCHANGE, QUOTED, KTAB, ACTORS])
def test_a_field_of_the_dossier_has_no_line_in_a_table(write: Write, text: str) -> None:
    """What a forecast refuses is told with the file and the field."""
    path = write(text)
    assert str(place_of(path, "agenda.fees.reversion")) == f"{path}: agenda.fees.reversion"


# --- what is refused


MESSAGES = {
    "an unknown kind": (
        EXCHANGE.replace("#D;isle", "#E;isle"),
        "x.csv:15: column 1: a line of this format begins with one of #O, #/, #0, #A, #P, #M, #D\n"
        "  found: #E\n"
        "  mend:  Begin a comment with #/ and data with #D.",
    ),
    "an actor nobody declared": (
        EXCHANGE.replace("#D;isle", "#D;isla"),
        "x.csv:15: column 2 (actor): there is no such actor\n"
        "  found: isla\n"
        "  mend:  Did you mean 'isle'? Declare the actor with a line #A;key;name.",
    ),
    "an issue nobody declared": (
        EXCHANGE.replace("#M;fees;50", "#M;fee;50"),
        "x.csv:9: column 2 (issue): there is no such issue\n"
        "  found: fee\n"
        "  mend:  Did you mean 'fees'? Declare the issue with a line #P;key;name.",
    ),
    "data twice": (
        EXCHANGE + "#D;north;fees;81;0.75;1\n",
        "x.csv:18: column 3 (issue): this already stands in line 13\n"
        "  found: north on fees\n"
        "  mend:  Keep one of the two lines.",
    ),
    "an actor twice": (
        EXCHANGE.replace("#A;south", "#A;north"),
        "x.csv:4: column 2 (actor): this already stands in line 3\n"
        "  found: north\n"
        "  mend:  Keep one of the two lines.",
    ),
    "a scale point twice": (
        EXCHANGE.replace("#M;fees;50", "#M;fees;0.0"),
        "x.csv:9: column 3 (position): this already stands in line 8\n"
        "  found: fees on 0.0\n"
        "  mend:  Keep one of the two lines.",
    ),
    "no number": (
        EXCHANGE.replace(";80;", ";eighty;"),
        "x.csv:13: column 4 (position): a number was expected\n"
        "  found: eighty\n"
        "  mend:  Write digits, with a point for the decimals.",
    ),
    "nan": (
        EXCHANGE.replace(";80;", ";nan;"),
        "x.csv:13: column 4 (position): a number was expected\n"
        "  found: nan\n"
        "  mend:  Write digits, with a point for the decimals.",
    ),
    "infinity in digits": (
        EXCHANGE.replace(";0.4;", ";1e999;"),
        "x.csv:16: column 6 (power): a number of 0 or more was expected\n"
        "  found: 1e999\n"
        "  mend:  Correct the number.",
    ),
    "a position off the scale": (
        EXCHANGE.replace("quota;3", "quota;8"),
        "x.csv:16: column 4 (position): a number from 0.5 to 7 was expected\n"
        "  found: 8\n"
        "  mend:  Correct it, or write a line #M for the end of the scale.",
    ),
    "a salience above 1": (
        EXCHANGE.replace("0.75", "75"),
        "x.csv:13: column 5 (salience): a number from 0 to 1 was expected\n"
        "  found: 75\n"
        "  mend:  Write it as a share of 1.",
    ),
    "too few cells": (
        EXCHANGE.replace("#D;isle;fees;50;1;0", "#D;isle;fees;50"),
        "x.csv:15: a line #D needs 5 values after it\n"
        "  found: 3 of them\n"
        "  mend:  Write it as #D;actor;issue;position;salience;power.",
    ),
    "an empty cell": (
        EXCHANGE.replace("#D;isle;fees;50;1;0", "#D;isle;fees;;1;0"),
        "x.csv:15: column 4 (position): this cell must not be empty\n"
        "  found: (empty)\n"
        "  mend:  Fill it in.",
    ),
    "an issue without positions": (
        EXCHANGE.replace("#P;quota", "#P;size;;;;\n#P;quota"),
        "x.csv:7: nobody has a position on this issue\n"
        "  found: size\n"
        "  mend:  Write its lines #D, or take out its line #P.",
    ),
    "no data": (
        "#A;north;The North\n",
        "x.csv: the file says of nobody what it wants\n"
        "  found: no line #D\n"
        "  mend:  Write lines #D;actor;issue;position;salience;power.",
    ),
    "an open quotation mark": (
        EXCHANGE.replace("#O;Two", '#O;"Two'),
        "x.csv:1: the cells of this line cannot be told apart: unexpected end of data\n"
        '  mend:  Look for a quotation mark " that is never closed, or stands in a text.',
    ),
    "fewer actors than announced": (
        KTAB.replace(",3,2,", ",4,2,"),
        "x.csv:1: the first line announces 4 actors\n"
        "  found: 3 lines of actors\n"
        "  mend:  Correct the number in the first line, or the lines.",
    ),
    "fewer cells than dimensions": (
        KTAB.replace("70,90,", ""),
        "x.csv:4: with 2 dimensions a line has 7 cells\n"
        "  found: 5 cells\n"
        "  mend:  Write actor, description, power, then position and salience of each dimension; "
        "put text that holds a comma in quotation marks.",
    ),
    "an actor twice in KTAB": (
        KTAB.replace("\nS,", "\nN,"),
        "x.csv:4: column 1 (actor): this actor stands twice\n"
        "  found: N\n"
        "  mend:  Keep one of the two lines.",
    ),
    "a position beyond KTAB's scale": (
        KTAB.replace(",80,75", ",101,75"),
        "x.csv:3: column 4 (position): a number from 0 to 100 was expected\n"
        "  found: 101\n"
        "  mend:  Correct the number.",
    ),
    "a table without actors": (
        ACTORS.splitlines()[0],
        "x.csv:1: the table has headings and no actors\n  mend:  Write a line for each actor.",
    ),
    "an actor twice in a table": (
        ACTORS.replace("South", "North"),
        "x.csv:3: column 1 (actor): this actor stands twice\n"
        "  found: North\n"
        "  mend:  Keep one of the two lines.",
    ),
    "a salience beyond 100": (
        ACTORS.replace("0.75", "101"),
        "x.csv:2: column 4 (salience): a number from 0 to 100 was expected\n"
        "  found: 101\n"
        "  mend:  Correct the number.",
    ),
    "negative capability": (
        ACTORS.replace("0.5", "-0.5"),
        "x.csv:3: column 2 (capability): a number of 0 or more was expected\n"
        "  found: -0.5\n"
        "  mend:  Correct the number.",
    ),
    "one position off the scale": (
        "Actor,Capability,Position,Salience\nA,1,120,1\nB,1,120,1\n",
        "x.csv:2: column 3 (position): all positions are the same and lie off 0–100, so they span "
        "no scale\n"
        "  found: 120\n"
        "  mend:  Write positions from 0 to 100.",
    ),
    "a fifth cell": (
        ACTORS.replace("0.75", "0.75,why"),
        "x.csv:2: column 5: there are four columns\n"
        "  found: why\n"
        "  mend:  Take out what stands beyond the fourth.",
    ),
    "another table": (
        "country,gdp\nA,3\n",
        "x.csv:1: this table is of no format that is read as a dossier\n"
        "  found: country,gdp\n"
        "  mend:  Comity reads the exchange format (#A #P #M #D), KTAB's CSV and tables with the "
        "columns Actor, Capability, Position, Salience; see docs/how-to/formats.md.",
    ),
    "nothing": (
        " \n",
        "x.csv: the file is empty\n"
        "  mend:  Comity reads the exchange format (#A #P #M #D), KTAB's CSV and tables with the "
        "columns Actor, Capability, Position, Salience; see docs/how-to/formats.md.",
    ),
    "decisions of the EU": (
        "isnr\tproc\tcounvte\trp\tout\n",
        "x.csv: a table of EU decisions holds many dossiers, one a proposal\n"
        "  mend:  Write them to a folder with `comity new FOLDER --from x.csv`, or score models on "
        "all of them with `comity backtest x.csv`.",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_amiss_is_told_with_its_place(write: Write, name: str) -> None:
    """File, line and column, what was found, how to mend it."""
    text, message = MESSAGES[name]
    assert refused(write(text)) == message


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"#A;a;\x81\n", "x.csv:1: the file is neither UTF-8 nor Windows-1252 text"),
        (ACTORS.encode("utf-16"), "x.csv: the file is not UTF-8 text"),
        (b"#A;a;\x00b\n#D", "x.csv:1: a character that no text holds"),
        (b"#A;a;b\n" + b"#/;" + b"x" * 5_000_000, "x.csv: more than 5 MB is not read"),
    ],
)
def test_what_is_no_text_is_refused(write: Write, raw: bytes, says: str) -> None:
    """Other encodings, binary contents, and more than anybody would read."""
    assert refused(write(raw)).startswith(says)


def test_accents_of_windows(write: Write) -> None:
    """Files of older spreadsheets are read, and the note says how."""
    of = load(write(EXCHANGE.replace("The South", "Süd – Île").encode("cp1252")))
    assert of.actors["south"].name == "Süd – Île"
    assert "was read as Windows-1252" in of.note
    assert "Windows" not in load(write(EXCHANGE)).note


BITS = (
    *(";", ",", "\t", "\n", '"', "'", "#D", "#A", "#M", "#P", "#X", "nan", "-1", "1e400", "0", ""),
    *("north", "\x00", "ü", "\r", " ", "3,2", "Actor", "comity: 1", "\ufeff", "1e30", "999"),
)


@settings(max_examples=6 * settings().max_examples)
@given(st.integers(0, 2**32), st.integers(1, 5))
def test_spoiled_tables(tmp_path_factory: pytest.TempPathFactory, seed: int, wounds: int) -> None:
    """A table with pieces put in, taken out or doubled is a dossier or refused in our words."""
    chance = random.Random(seed)
    text = chance.choice((EXCHANGE, QUOTED, KTAB, ACTORS))
    for _ in range(wounds):
        at, length = chance.randrange(len(text) + 1), chance.randrange(9)
        piece = chance.choice((*BITS, text[at : at + 30]))
        text = text[:at] + piece + text[at + length :]
    read_or_refused(tmp_path_factory.getbasetemp() / "spoiled.csv", text.encode())


@given(st.binary(max_size=200))
@example(b"#D;\xff")
@example(b'"')
@example(b"#A;a;b\r#D;a")
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    """Rubbish is refused, under any name."""
    for name in ("rubbish.csv", "rubbish"):
        read_or_refused(tmp_path_factory.getbasetemp() / name, raw)


def read_or_refused(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    try:
        of = load(path)
    except DossierError as error:
        told = str(error)
        assert told.startswith(str(path))
        assert "  mend:  " in told
        return
    check(of)
    assert loads(dump(of)) == of
    assert all(
        isinstance(p.ideal, Exactly) for held in of.positions.values() for p in held.values()
    )
