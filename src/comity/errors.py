"""Errors that name the place, show what was found, and help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in a user's input something was found."""

    file: str | None = None
    line: int | None = None
    field: str | None = None
    cell: str | None = None
    """Sheet and cell of a workbook, which has no lines: ``positions!C7``."""

    def __str__(self) -> str:
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}" if where else f"line {self.line}"
        parts = [part for part in (where, self.cell, self.field) if part]
        return ": ".join(parts)


class ComityError(Exception):
    """Anything the user can mend. The command line shows it and exits with code 2.

    ``others``: further problems found with it, the first few in the order of the files; the
    message tells this one.
    """

    others: tuple[ComityError, ...] = ()

    def __init__(
        self, problem: str, *, place: Place | None = None, found: object = None, mend: str = ""
    ) -> None:
        self.problem = problem
        self.place = place or Place()
        self.found = found
        self.mend = mend
        super().__init__(str(self))

    def __str__(self) -> str:
        where = str(self.place)
        lines = [f"{where}: {self.problem}" if where else self.problem]
        if self.found is not None:
            lines.append(f"  found: {_shown(self.found)}")
        if self.mend:
            lines.append(f"  mend:  {self.mend}")
        return "\n".join(lines)


class DossierError(ComityError):
    """A dossier, or another input file, that cannot be read as one."""


class RuleError(ComityError):
    """A rule, a procedure or responses to it that make no sense together."""


class UnsupportedError(ComityError):
    """A request that is well formed but beyond what Comity can answer exactly."""


class TooLargeError(UnsupportedError):
    """A request that is beyond reach for its size alone: another way to the answer may be tried."""


def _shown(found: object, limit: int = 120) -> str:
    if isinstance(found, dict):
        found = "{" + ", ".join(f"{key}: {value}" for key, value in found.items()) + "}"
    text = found if isinstance(found, str) else repr(found)
    text = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
