"""What stands beside the rows of a figure, and how it is broken into lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from comity.report.words import Subject, listed, title_of

NO_BREAK = "\u00a0"
_SHARE = re.compile(r"((under|over) )?\d+ %")


def seats(subject: Subject) -> dict[str, str]:
    """Each member's name, with what keeps it from responding."""
    return {member: _seat(subject, member) for member in subject.entry.limits}


def named(subject: Subject, actor: str) -> str:
    """An actor's name; where two share one, with the id."""
    name = subject.name(actor)
    same = [other for other in subject.forecast.dossier.actors if subject.name(other) == name]
    return name if len(same) == 1 else f"{name} ({actor})"


def _seat(subject: Subject, member: str) -> str:
    presence = subject.forecast.dossier.position(subject.id, member).presence
    name = named(subject, member)
    return name if presence == "present" else f"{name} ({title_of(presence).lower()})"


def few(words: Iterable[str], most: int = 6) -> str:
    """Words joined as in a sentence; beyond ``most`` the rest is counted."""
    given = list(words)
    if len(given) > most:
        given = [*given[: most - 1], f"{len(given) - most + 1} more"]
    return listed(given)


def wrapped(text: str, letters: int, most: int = 4) -> tuple[str, ...]:
    """A text in lines of at most so many letters, at most so many lines; shares stay whole."""
    whole = _SHARE.sub(lambda share: share[0].replace(" ", NO_BREAK), text)
    return tuple(textwrap.wrap(whole, letters, max_lines=most, placeholder=" …")) or ("",)


def cut(text: str, letters: int) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= letters else f"{text[: max(letters - 1, 1)].rstrip()}…"
