"""Every way in which a command can end."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

from comity.cli import exits
from comity.errors import ComityError, DossierError, Place

LIGHT_ONLY = """
import sys
class Heavy:
    def find_spec(self, name, *_):
        if name.split(".")[0] in {"numpy", "scipy", "pydantic", "yaml", "rich", "altair", "jinja2"}:
            raise AssertionError(f"{name} is imported too early")
sys.meta_path.insert(0, Heavy())
"""


def test_help_imports_nothing_heavy(process):
    """`comity --help` answers without NumPy, pydantic, Rich or a dossier being imported."""
    helped = process("--help", prelude=LIGHT_ONLY)
    out, err = helped.communicate()
    assert (helped.returncode, err) == (0, b"")
    assert b"Examples:" in out


def test_without_a_verb_the_help_is_an_answer_to_misuse(comity):
    """`comity` alone prints its help to stderr and counts as misuse."""
    ran = comity()
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Usage: comity [OPTIONS] COMMAND")


def test_version(comity):
    """`comity --version` prints name and version."""
    from importlib.metadata import version

    assert comity("--version").stdout == f"comity {version('comity')}\n"


@pytest.mark.parametrize("verb", ["schem", "\x1b[31mred", "", "--", "-", "Schema", "../new", "☃"])
def test_an_unknown_verb_is_misuse(comity, verb):
    """A verb that does not exist is named, harmlessly, and exits with 2."""
    ran = comity(verb)
    assert (ran.code, ran.stdout) == (2, "")
    assert "\x1b" not in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_misspelt_verb_is_suggested(comity):
    """A verb that is nearly right gets the right one suggested."""
    assert "Did you mean 'decide'?" in comity("decid").stderr


def test_an_unknown_option_says_where_the_help_is(comity):
    """An option that does not exist is misuse, and the message points to the verb's help."""
    ran = comity("new", "--frce")
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        "comity new: No such option: --frce (Possible options: --force, --from)\n"
        "  help:  comity new --help\n"
    )


def test_bytes_that_are_no_text_are_shown_escaped(process):
    """An argument that is not UTF-8 is misuse like another, not a crash."""
    ran = process(b"sch\xffma")
    out, err = ran.communicate()
    assert (ran.returncode, out) == (2, b"")
    assert b"No such command" in err
    assert err.isascii()


def test_an_error_the_user_can_mend_is_shown_whole(capsys):
    """A ComityError is shown with its place, what was found and how to mend it: exit code 2."""

    def fail():
        raise DossierError(
            "no such thing", place=Place("a.yaml", 3, "title"), found="7", mend="write words"
        )

    assert exits.guarded(fail) == 2
    shown = "a.yaml:3: title: no such thing\n  found: 7\n  mend:  write words\n"
    assert capsys.readouterr() == ("", shown)


def test_an_error_cannot_paint_the_terminal(capsys):
    """Control characters in an error message reach the terminal as visible escapes."""

    def fail():
        raise ComityError("bad \x1b]0;owned\x07 \u202egnp.exe")

    assert exits.guarded(fail) == 2
    assert capsys.readouterr().err == "bad \\x1b]0;owned\\x07 \\x202egnp.exe\n"


@pytest.mark.parametrize(
    "defect", [KeyError("x"), RecursionError("deep"), MemoryError(), OSError(5, "i/o"), Exception()]
)
def test_a_defect_is_owned_and_written_down(capsys, monkeypatch, tmp_path, defect):
    """Any other exception exits with 3 and names a file that holds the traceback."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fail():
        raise defect

    assert exits.guarded(fail) == 3
    out, err = capsys.readouterr()
    first, second, path = err.splitlines()
    assert out == ""
    assert first.startswith("comity: this is a defect of ours, not of your input: ")
    assert type(defect).__name__ in first
    assert second == "The details, to send with a report of it, were written to"
    details = Path(path).read_text("utf-8")
    assert "in fail" in details
    assert Path(path).stat().st_mode & 0o077 == 0


def test_a_defect_is_shown_if_it_cannot_be_written_down(capsys, monkeypatch, tmp_path):
    """If the file cannot be written, the traceback goes to stderr: nothing is lost."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    assert exits.guarded(lambda: {}["x"]) == 3
    err = capsys.readouterr().err
    assert "could not be written" in err
    assert err.rstrip().endswith("KeyError: 'x'")


def test_a_defect_in_a_verb_ends_the_process_with_3(process, tmp_path):
    """A defect deep in a verb ends the real process with 3, without a traceback."""
    prelude = (
        "import comity.dossier.template as t\ndef template(): return 1 / 0\nt.template = template"
    )
    ran = process("new", prelude=prelude, env=os.environ | {"TMPDIR": str(tmp_path)})
    out, err = ran.communicate()
    assert (ran.returncode, out) == (3, b"")
    assert b"Traceback" not in err
    assert "ZeroDivisionError" in Path(err.decode().splitlines()[-1]).read_text("utf-8")


def test_interruption(process):
    """Ctrl-C ends a command with 130 and one word."""
    prelude = (
        "import comity.dossier.template as t, time\n"
        "def template(): print('ready', flush=True); time.sleep(60)\n"
        "t.template = template"
    )
    ran = process("new", prelude=prelude)
    assert ran.stdout.readline() == b"ready\n"
    ran.send_signal(signal.SIGINT)
    out, err = ran.communicate(timeout=30)
    assert (ran.returncode, out, err) == (130, b"", b"interrupted\n")


def test_a_log_message_goes_to_stderr(comity, monkeypatch):
    """A module's log is silent unless -v asks for it, and then on stderr."""
    import logging

    import comity.dossier.template as module

    original = module.template

    def template():
        logging.getLogger("comity.dossier").info("looking")
        return original()

    monkeypatch.setattr(module, "template", template)
    assert comity("new").stderr == ""
    loud = comity("-v", "new")
    assert loud.stderr == "INFO comity.dossier: looking\n"
    assert loud.stdout == original()
