"""How the tests of the command line run it."""

import json
import logging
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
