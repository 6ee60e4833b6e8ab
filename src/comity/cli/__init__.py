"""The command line: one module a verb. Whatever is heavy is imported where it is used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from comity.cli.exits import guarded


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Answer a command line (default: the process's own) and leave with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(guarded(lambda: _answer(given)))


def _answer(arguments: Sequence[str]) -> None:
    from comity.cli.app import command

    root = command()
    with root.make_context("comity", list(arguments)) as context:
        root.invoke(context)
