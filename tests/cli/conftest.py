"""How the tests of the command line run it."""

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from comity.cli import log, main

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:
        return json.loads(self.stdout, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


@pytest.fixture
def comity(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Ran]]:
    """Runs `comity` with some arguments in this process: fast."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as leaving:
            main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Ran(int(leaving.value.code or 0), out.decode(), err.decode())

    yield run
    logging.getLogger().removeHandler(log._HANDLER)
    logging.captureWarnings(False)


@pytest.fixture
def python(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Starts a Python program in a process of its own, with pipes for its streams.

    `redirect` is done to them by a shell: `>&-` closes stdout.
    """
    with ExitStack() as started:

        def start(program: str, *arguments: str | bytes, redirect: str = "", **how: Any) -> Process:
            how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path} | how
            command = [sys.executable, "-c", program, *arguments]
            if redirect:
                command = ["sh", "-c", f'exec "$@" {redirect}', "sh", *command]
            return started.enter_context(subprocess.Popen(command, **how))

        yield start


@pytest.fixture
def process(python: Callable[..., Process]) -> Callable[..., Process]:
    """Starts `comity` in a process of its own: slow, but with real streams and signals.

    `prelude` is Python to run in it before the command.
    """

    def start(*arguments: str | bytes, prelude: str = "", **how: Any) -> Process:
        return python(f"{prelude}\nfrom comity.cli import main; main()", *arguments, **how)

    return start


@pytest.fixture
def guarded(python: Callable[..., Process]) -> Callable[..., Process]:
    """Runs one line of Python in a process of its own, as a command would be run."""
    frame = "import typer\nfrom comity.cli import exits, streams\ndef run(): {}\n"
    frame += "raise SystemExit(exits.guarded(run))"
    return lambda line, **how: python(frame.format(line), **how)


CONTESTED = """\
comity: 1
title: Three around a table
as_of: 2024-03-01
handling: for the chair of the talks only
note: Invented.
actors: {A: {name: Alfa}, B: {name: Bravo}, C: {name: Charlie}}
sources:
  news: {title: News, outlet: Paper, published: 2024-02-20}
statements:
  a-said: {speaker: Ann Alfa, for: A, standing: official, on: 2024-02-20, source: news,
    locator: line 1, gist: wants more}
  b-said: {speaker: Bo Bravo, for: B, standing: personal, on: 2023-12-01, source: news,
    locator: line 2, gist: wants less}
bodies:
  board: {members: [A, B, C], charter: plain, presidency: {order: [A, B, C], holder: A}}
agenda:
  views: {body: board, options: [outside, within], reversion: outside}
  text:
    body: board
    question: How much?
    scale: {0: nothing, 50: half, 100: all of it}
    reversion: 0
    tabled: 80
    by: A
    competence: {presumption: outside, item: views}
  later: {body: board, reversion: 20, scale: {0: less, 20: as now, 100: more}, requires: [text]}
positions:
  views: {A: {ideal: within}, B: {ideal: {within: 0.8, outside: 0.2}}}
  text:
    A: {ideal: 70..100, floor: 20..60, salience: 50..100, basis: stated, from: [a-said]}
    B: {ideal: 0..60, salience: 20..90, basis: inferred, from: [b-said]}
    C: {presence: absent}
codings:
  mild: {title: As the mild see it, positions: {text: {B: {ideal: 60..90}}}}
  grim: {title: As the grim see it, positions: {text: {B: {ideal: 0}}}}
"""


@pytest.fixture
def contested(tmp_path: Path) -> Path:
    """A small dossier with most of what a forecast tells of."""
    path = tmp_path / "talks.yaml"
    path.write_text(CONTESTED, "utf-8")
    return path


class Terminal(io.TextIOWrapper):
    """A stdout that says it is a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def isatty(self) -> bool:
        return True

    def raw(self) -> str:
        return self.buffer.getvalue().decode()

    def shown(self) -> str:
        return re.sub(r"\x1b\[[\d;]*m", "", self.raw())


@pytest.fixture
def as_terminal(monkeypatch):
    """Puts a terminal of some width in the place of stdout, from the call on."""

    def replace(columns: int, **environment: str) -> Terminal:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.delenv("NO_COLOR", raising=False)
        for name, value in ({"COLUMNS": str(columns), "TERM": "xterm"} | environment).items():
            monkeypatch.setenv(name, value)
        return terminal

    return replace
