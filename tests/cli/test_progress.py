"""A progress bar only where somebody waits and looks."""

import io
import sys
import time

import pytest

from comity.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock the test moves."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def as_terminal(monkeypatch):
    """Puts a terminal in the place of stderr, from the call on."""

    def replace() -> Terminal:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        return terminal

    return replace


def test_short_work_shows_nothing(as_terminal, clock):
    """Work that will be done within two seconds shows no bar."""
    terminal = as_terminal()
    with progress("forecasting") as told:
        for done in range(1, 5):
            clock[0] = 0.4 * done
            told(done / 4)
    assert terminal.getvalue() == ""


def test_long_work_shows_a_bar(as_terminal, clock):
    """Work that at its pace will take over two seconds shows a bar from its first step on."""
    terminal = as_terminal()
    with progress("forecasting") as told:
        clock[0] = 0.5
        told(0.1)
        assert "forecasting" in terminal.getvalue()
        told(1.0)


def test_silent_work_shows_a_bar_by_the_clock(as_terminal, monkeypatch):
    """Work that tells nothing for two seconds (here: none) shows a bar all the same."""
    monkeypatch.setattr("comity.cli.progress.WORTH_SHOWING", 0.0)
    terminal = as_terminal()
    with progress("forecasting"):
        until = time.monotonic() + 10
        while "forecasting" not in terminal.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
    assert "forecasting" in terminal.getvalue()


def test_without_a_terminal_there_is_no_bar(monkeypatch, clock, capsys):
    """A log file gets no bar, however long the work takes."""
    with progress("forecasting") as told:
        clock[0] = 60.0
        told(0.1)
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_long_work_tells_lines(monkeypatch, capsys):
    """Now and then how far it has come, in a line of its own; nothing once it is done."""
    monkeypatch.setattr("comity.cli.progress.EVERY", 0.01)
    said, until = "", time.monotonic() + 10
    with progress("forecasting") as told:
        told(0.417)
        while "41 %" not in said and time.monotonic() < until:
            time.sleep(0.01)
            said += capsys.readouterr().err
    assert "… forecasting: 41 % done\n" in said
    capsys.readouterr()
    time.sleep(0.05)
    assert capsys.readouterr().err == ""


def test_a_failure_takes_the_bar_away(as_terminal, clock):
    """An error inside the work leaves the terminal's cursor as it was."""
    terminal = as_terminal()

    def work() -> None:
        with progress("forecasting") as told:
            clock[0] = 5.0
            told(0.1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    shown = terminal.getvalue()
    assert "\x1b[?25l" in shown, "the bar hid the cursor"
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l"), "and then showed it again"
