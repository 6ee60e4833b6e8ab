"""Who gets what: stdout carries data, stderr carries progress and messages."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

from comity.errors import ComityError

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_NARROW, _WIDE = 40, 100
"""Columns between which running text is read with ease."""

_GLUED = "\u00a0%"
"""A sign that stays with its number when lines are broken."""


def prepare() -> None:
    """Let no character stop the output: UTF-8 into files and pipes, escapes on a poor terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


def plain(text: str) -> str:
    """Text with its control characters made visible.

    From a dossier or an argument they could recolour, overwrite or reorder what a reader sees.
    """
    return _UNSEEN.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def say(message: str) -> None:
    """A message to stderr; dropped if nobody can read it there."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(plain(message), file=sys.stderr, flush=True)


def put(text: str = "") -> None:
    """Lines of data to stdout."""
    put_drawn(plain(text))


def put_prose(text: str) -> None:
    """A paragraph to stdout: filled to the width of a terminal, one line anywhere else."""
    if readable_by_people():
        width = min(max(shutil.get_terminal_size().columns, _NARROW), _WIDE)
        glued = text.replace(" %", _GLUED)
        text = textwrap.fill(glued, width, break_long_words=False, break_on_hyphens=False)
    put(text.replace(_GLUED, " %"))


def put_drawn(text: str) -> None:
    """Lines to stdout that may hold a terminal's colour codes, none of them from a user."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    _deliver((text.rstrip("\n") + "\n").encode(encoding, "backslashreplace"))


def put_json(document: str) -> None:
    """A JSON document to stdout: UTF-8 whatever the locale.

    What UTF-8 cannot say, and what could change a terminal that shows it, is escaped as JSON does.
    """
    safe = _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", document.rstrip("\n"))
    _deliver((safe + "\n").encode("utf-8"))


def put_path(path: Path) -> None:
    """A path to stdout, alone on its line, byte for byte as the system knows it."""
    _deliver(os.fsencode(path) + b"\n")


def readable_by_people() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def _deliver(data: bytes) -> None:
    if sys.stdout is None:
        raise ComityError("stdout is closed, so the answer has nowhere to go")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard()  # the reader has seen enough; that is no error of anybody's
    except OSError as error:
        _discard()
        raise ComityError(
            f"the answer cannot be written to stdout: {error.strerror}",
            mend="send stdout to a terminal, a pipe or a file with room",
        ) from error


def _discard() -> None:
    """Let stdout lead nowhere, so that Python's own flush at the end finds nothing to say."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
