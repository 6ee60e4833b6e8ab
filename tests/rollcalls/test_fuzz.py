"""Whatever a file holds, it is read or refused in words: never a crash, never half."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ComityError
from comity.rollcalls import read_roll_calls, replay

FORMS = [
    ["rcid", "member", "vote"],
    ["rcid", "country_code", "country", "vote", "date", "outcome", "procedure"],
    ["id", "date", "title", "A", "B", "China"],
    ["id", "year", "outcome", "procedure", "USSR", "Russia", "AUT"],
    ["Meeting Number", "Voting On", "Year", "In Favor", "Abstain", "Against", "Members"],
    ["In favour", "Abstain", "Against", "For,Abstain,Against", "outcome"],
    ["rcid", "date", "descr", "yes", "abstain", "no"],
    ["year", "date", "symbol", "yes", "no", "abstain", "vetoers", "outcome", "unanimous"],
    ["draft", "vetoers", "record"],
]
CELLS = st.one_of(
    st.sampled_from(["yes", "no", "abstain", "", "1", "2", "9", "2018", "1955"]),
    st.sampled_from(["absent", "3.0", "0000", "2018-02-30", "2018-02-03", "USSR", "19 December"]),
    st.sampled_from(["adopted", "vetoed", "['A']", "[", "A; B", "-1", "9" * 40, "UK and USA"]),
    st.sampled_from(["R/1/2", "procedural", "substantive", "China", "\u0662\u0660\u0661\u0668"]),
    st.text(max_size=6),
)
TABLES = st.sampled_from(FORMS).flatmap(
    lambda form: st.tuples(
        st.one_of(st.just(form), st.permutations(form), st.just(form[1:])),
        st.lists(st.lists(CELLS, min_size=len(form), max_size=len(form)), max_size=4),
    )
)


def quoted(cells):
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


@given(TABLES, st.sampled_from(["unsc", "unga", "csto", "eu-council-lisbon"]))
def test_any_table_is_read_or_refused(tmp_path_factory, table, charter):
    """Only errors that name what is wrong come out, for reading and for replay."""
    headings, rows = table
    filled = [row[: len(headings)] for row in rows]
    path = tmp_path_factory.mktemp("any") / "votes.csv"
    text = "\n".join(map(quoted, [headings, *filled]))
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(ComityError):
        read_roll_calls([path])
    with suppress(ComityError):
        replay([path], charter)


@pytest.mark.trust
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, raw):
    """So with bytes that are no table at all."""
    path = tmp_path_factory.mktemp("any") / "votes.csv"
    path.write_bytes(raw)
    with suppress(ComityError):
        read_roll_calls([path])
