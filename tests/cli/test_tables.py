"""Tables for people: nothing cut, nothing coloured where nobody sees it."""

import re

from comity.cli.tables import put_table

ID = "a-long-identifier-that-must-never-be-cut-anywhere"
ROW = [ID, "words that take more than the width of a narrow terminal to say " * 2, "12.5"]


def test_in_a_pipe_a_row_is_one_plain_line(capsysbinary):
    """Without a terminal a row is one line of bare text, whatever its length."""
    put_table(["id", "what", "share"], [ROW, ["b", "two\nlines", "7.0"]], numbers=["share"])
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert len(lines) == 3
    assert lines[1].split() == " ".join(ROW).split()
    assert lines[2].startswith("b  ")
    assert lines[2].endswith(" 7.0")
    assert "".join(lines).isascii()
    assert "\x1b" not in "".join(lines)


def test_on_a_terminal_words_wrap_and_ids_stay_whole(as_terminal):
    """On a terminal text wraps to the width, and every word is still there whole."""
    terminal = as_terminal(100)
    put_table(["id", "what", "share"], [ROW], numbers=["share"])
    shown = terminal.shown()
    assert max(map(len, shown.splitlines())) <= 100
    assert ID in shown
    assert "…" not in shown
    assert shown.count("words") == 2


def test_an_id_wider_than_the_terminal_is_not_cut(as_terminal):
    """Where even the ids do not fit, the terminal wraps the line; nothing is dropped."""
    terminal = as_terminal(20)
    put_table(["id", "other"], [[ID, ID[::-1]]])
    assert ID in terminal.shown()
    assert ID[::-1] in terminal.shown()


def test_text_without_room_beside_the_ids_stands_below_them(as_terminal):
    """A narrow terminal shows the ids on a line and the running text, wrapped, below."""
    terminal = as_terminal(60)
    put_table(["id", "what"], [ROW[:2]])
    first, *rest = terminal.shown().splitlines()
    assert first == ID
    assert len(rest) == 3
    assert all(line.startswith("    ") and len(line) <= 60 for line in rest)
    assert " ".join(" ".join(rest).split()) == ROW[1].strip()


def test_no_color_is_honoured(as_terminal):
    """With NO_COLOR a terminal gets no colour, only weight."""
    terminal = as_terminal(80, NO_COLOR="1")
    put_table(["id"], [["a"]])
    assert not re.search(r"\x1b\[[\d;]*[349]\d[;m]", terminal.raw())


def test_cells_are_text_not_markup(capsysbinary):
    """Brackets, emoji codes and control characters from a dossier are shown as they are."""
    put_table(["id"], [["[red]x[/red] :smile: \x1b[31m"]])
    assert capsysbinary.readouterr().out.decode().splitlines()[1] == (
        "[red]x[/red] :smile: \\x1b[31m"
    )


def test_a_heading_is_text_too(capsysbinary):
    """A heading from a dossier is shown as it is, and its column is still one of numbers."""
    put_table(
        ["id", "As\x1b[31m the\nbold see it"],
        [["a", "1 %"]],
        numbers=["As\x1b[31m the\nbold see it"],
    )
    heading, row = capsysbinary.readouterr().out.decode().splitlines()
    assert heading == "id  As\\x1b[31m the bold see it"
    assert row.endswith(" 1 %")
    assert len(row) == len(heading)


def test_a_number_is_never_broken(as_terminal):
    """Where room is scarce the heading of a number breaks, the number does not."""
    terminal = as_terminal(40)
    put_table(
        ["what", "in how many draws"], [["words " * 12, "under 1 %"]], numbers=["in how many draws"]
    )
    shown = terminal.shown()
    assert "under 1 %" in shown
    assert "in how many draws" not in shown
    assert max(map(len, shown.splitlines())) <= 40


def test_a_table_without_rows_is_its_headings(capsysbinary):
    """No rows: the headings alone."""
    put_table(["id", "what"], [])
    assert capsysbinary.readouterr().out == b"id  what\n"


def test_thousands_of_rows_are_printed_without_drawing_a_table(capsys) -> None:
    """Beyond some hundred rows each is printed by itself, nothing cut and nothing lost."""
    rows = [[f"check{k}", f"place{k}", f"message {k}"] for k in range(3_000)]
    put_table(["check", "where", "what"], rows)
    shown = capsys.readouterr().out
    assert all(word in shown for row in (rows[0], rows[1_500], rows[-1]) for word in row)
    assert shown.count("message") == 3_000
