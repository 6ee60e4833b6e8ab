"""How a command ends: its exit code, and what is said on the way out."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from comity.bargaining.waiting import BESIDE
from comity.cli import streams
from comity.errors import ComityError

if TYPE_CHECKING:
    from typer import TyperException


class Code(IntEnum):
    """What an exit code means."""

    DONE = 0
    FINDING = 1  # there is something the user asked to be strict about
    MISUSE = 2  # bad input, or a command line that makes no sense
    DEFECT = 3  # ours, not the user's
    INTERRUPTED = 130


def guarded(run: Callable[[], object]) -> int:
    """Run a command; turn whatever it raises into an exit code and plain words on stderr."""
    try:
        streams.prepare()
        return _ended(run)
    except KeyboardInterrupt as interruption:
        streams.say("\n".join(("interrupted", *getattr(interruption, "__notes__", ()))))
        _leave_running_work()
        return Code.INTERRUPTED


@contextmanager
def kept_in(checkpoint: Path | None, draws: int) -> Iterator[None]:
    """Let an interruption of the work say how it goes on from what a checkpoint holds."""
    try:
        yield
    except KeyboardInterrupt as interruption:
        done = None if checkpoint is None else _draws_in(checkpoint)
        if done:
            interruption.add_note(
                f"Run the same command again: it goes on from {checkpoint}, which holds {done:,} "
                f"of {draws:,} draws."
            )
        raise


def _draws_in(checkpoint: Path) -> int | None:
    """How many draws a checkpoint holds; None if it is none."""
    import json

    try:
        held = json.loads(checkpoint.read_text("utf-8"))
        return int(held["chunks"]) * int(held["question"]["chunk length"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _leave_running_work() -> None:
    """End the process at once if compiled work still runs beside: it cannot be taken down in order.

    Nothing is lost by it: files are written whole or not at all.
    """
    if any(thread.name == BESIDE for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(Code.INTERRUPTED)


def _ended(run: Callable[[], object]) -> int:
    from typer import Exit, TyperException

    try:
        run()
    except Exit as leaving:
        return leaving.exit_code
    except ComityError as error:
        return _mendable(str(error))
    except TyperException as error:
        return _mendable(_misuse(error))
    except Exception as error:  # noqa: BLE001  the last resort, and no traceback for a user
        return _defect(error)
    return Code.DONE


def _mendable(message: str) -> Code:
    streams.say(message)
    return Code.MISUSE


def _misuse(error: TyperException) -> str:
    """What is wrong with the command line, and where its help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "comity"
    return f"{command}: {error.format_message()}\n  help:  {command} --help"


def _defect(error: Exception) -> Code:
    import traceback

    details = "".join(traceback.format_exception(error))
    streams.say(f"comity: this is a defect of ours, not of your input: {_in_one_line(error)}")
    try:
        path = _written(details)
    except OSError as failure:
        streams.say(f"The details could not be written to a file ({failure}); here they are:")
        streams.say(details)
    else:
        streams.say("The details, to send with a report of it, were written to")
        streams.say(path)
    return Code.DEFECT


def _in_one_line(error: Exception) -> str:
    said = " ".join(str(error).split())
    return type(error).__name__ + (f": {said}" if said else "")


def _written(details: str) -> str:
    """The path of a new file that only its owner can read, in the folder for such files."""
    from comity import __version__

    handle, path = tempfile.mkstemp(prefix="comity-defect-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"comity {__version__}, Python {platform.python_version()}, {sys.platform}\n")
        file.write(f"arguments: {sys.argv[1:]!r}\n\n{details}")
    return path
