"""The charters and procedures that ``comity rules`` is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import given
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.dossier.charter import Charter

_UNDER = ":"


@dataclass(frozen=True)
class Named:
    """A charter as it was named, and the procedures of it that are meant; none: not said."""

    name: str
    charter: Charter
    procedure: str | None = None


def packaged(word: str) -> Named:
    """``unsc`` or ``unsc:procedural``."""
    from comity.dossier.charters import load_charter

    name, colon, procedure = word.partition(_UNDER)
    return _checked(Named(name, load_charter(name), procedure if colon else None), word)


def own(word: str) -> Named:
    """``mine.yaml`` or ``mine.yaml:procedural``; a file that has the colon in its name is meant."""
    file, colon, procedure = word.rpartition(_UNDER)
    if not colon or not file or given.existing(word) is not None:
        file, colon = word, ""
    named = Named(Path(file).stem, given.own_charter(file), procedure if colon else None)
    return _checked(named, word)


def _checked(named: Named, word: str) -> Named:
    if named.procedure is not None and named.procedure not in named.charter.procedures:
        raise ComityError(
            f"the charter '{named.name}' has no such procedure",
            found=word,
            mend=_choose(named),
        )
    return named


def _choose(named: Named) -> str:
    from comity.dossier.paths import listed, nearest

    known = named.charter.procedures
    like = nearest(str(named.procedure), known)
    guess = f"Did you mean {named.name}{_UNDER}{like}? " if like else ""
    return f"{guess}It has: {listed(known, 40)}."


def for_each(said: given.Said, charters: Sequence[Charter]) -> list[given.Said]:
    """To each charter what is said of its own facts and groups.

    Raises ``ComityError`` for a name that none of them knows.
    """
    _known("fact", said.facts, [name for charter in charters for name in charter.facts])
    _known("group", said.groups, [name for charter in charters for name in charter.groups])
    return [
        replace(
            said,
            facts={name: held for name, held in said.facts.items() if name in charter.facts},
            groups={name: who for name, who in said.groups.items() if name in charter.groups},
        )
        for charter in charters
    ]


def _known(kind: str, names: Iterable[str], known: Sequence[str]) -> None:
    from comity.dossier.paths import listed, nearest

    for name in names:
        if name not in known:
            like = nearest(name, known)
            guess = f"Did you mean --{kind} {like}=…? " if like else ""
            there = listed(dict.fromkeys(known), 20) or "none"
            raise ComityError(
                f"no charter named here knows a {kind} '{name}'",
                found=f"--{kind} {name}",
                mend=f"{guess}{kind.capitalize()}s they know: {there}.",
            )
