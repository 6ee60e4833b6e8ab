"""stdout is data, stderr is messages, and neither ever breaks over a character."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from comity.cli import streams
from comity.errors import ComityError

POOR = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}


def test_words_go_out_as_utf8_whatever_the_locale(guarded):
    """With a locale that has no Greek, a pipe still receives UTF-8."""
    ran = guarded(r"""streams.put('\u03c4 \u2603'); streams.put_json('"\u03c4"')""", env=POOR)
    out, err = ran.communicate()
    assert (ran.returncode, err) == (0, b"")
    assert out == 'τ ☃\n"τ"\n'.encode()


def test_a_message_goes_to_stderr_whatever_the_locale(guarded):
    """With a locale that has no Greek, a message is escaped, not lost."""
    ran = guarded(r"streams.say('\u03c4')", env=POOR)
    assert ran.communicate() == (b"", b"\\u03c4\n")


def test_a_path_goes_out_byte_for_byte(capsysbinary):
    """A path that is not UTF-8, or wider than a terminal, stays usable by the next program."""
    path = Path(os.fsdecode(b"caf\xe9/" + b"long name " * 30))
    streams.put_path(path)
    assert capsysbinary.readouterr().out == os.fsencode(path) + b"\n"


def test_json_that_utf8_cannot_say_is_escaped(capsysbinary):
    """Half a character from a foreign argument becomes a JSON escape."""
    streams.put_json('"a\udcffb"')
    assert capsysbinary.readouterr().out == b'"a\\udcffb"\n'


def test_json_cannot_paint_the_terminal(capsysbinary):
    """A character that a terminal would obey becomes a JSON escape: the document says the same."""
    said = "a\x9b31mb\u202ec\x7f"
    streams.put_json(json.dumps(said, ensure_ascii=False))
    out = capsysbinary.readouterr().out
    assert out == b'"a\\u009b31mb\\u202ec\\u007f"\n'
    assert json.loads(out) == said


def test_control_characters_are_made_visible():
    """What could recolour or reorder a terminal is shown, not obeyed; accents and tabs stay."""
    assert streams.plain("\x1b[31m") == "\\x1b[31m"
    assert streams.plain("a\u202eb\rc") == "a\\x202eb\\x0dc"
    assert streams.plain("é\tτ\n☃ 日本") == "é\tτ\n☃ 日本"


def test_a_reader_that_leaves_early_is_no_error(guarded):
    """`comity … | head -1` ends quietly, and with the code the command would have had."""
    ran = guarded("[streams.put('data') for _ in range(100_000)]; raise typer.Exit(1)")
    assert ran.stdout.readline() == b"data\n"
    ran.stdout.close()
    ran.stdout = None
    assert ran.communicate()[1] == b""
    assert ran.returncode == 1


def test_help_for_a_reader_that_has_left(process):
    """`comity --help | true` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    ran = process("--help", stdout=writing)
    os.close(writing)
    assert (ran.communicate()[1], ran.returncode) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [("--help",), ("new",)])
def test_a_full_disk_is_said(process, arguments):
    """Data that cannot be written is an error with its reason, not silence: exit code 2."""
    with Path("/dev/full").open("wb") as full:
        ran = process(*arguments, stdout=full)
        err = ran.communicate()[1].decode()
    assert ran.returncode == 2
    assert err.startswith("the answer cannot be written to stdout: No space left on device\n")


def test_a_closed_stdout_is_said(process):
    """With stdout closed there is nowhere for the answer to go, and the command says so."""
    ran = process("new", redirect=">&-")
    err = ran.communicate()[1].decode()
    assert (ran.returncode, err) == (2, "stdout is closed, so the answer has nowhere to go\n")


def test_a_closed_stderr_stops_nothing(process):
    """With stderr closed messages are dropped; code and data stay."""
    ran = process("nonsense", redirect="2>&-")
    assert (ran.communicate()[0], ran.returncode) == (b"", 2)


def test_a_terminal_without_the_character_gets_an_escape(monkeypatch):
    """A terminal with a poor encoding shows an escape instead of stopping the command."""

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    terminal = Terminal(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", terminal)
    streams.prepare()
    streams.put("é τ")
    assert terminal.buffer.getvalue() == b"\xe9 \\u03c4\n"


def test_other_write_errors_are_told(monkeypatch):
    """A failing stdout raises a ComityError with the system's reason."""

    class Broken(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(Broken())))
    with pytest.raises(ComityError, match="Input/output error"):
        streams.put("x" * 100_000)
