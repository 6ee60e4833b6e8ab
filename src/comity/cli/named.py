"""Names of things in a dossier, as they are given on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import DossierError, Place

if TYPE_CHECKING:
    from comity.dossier import Dossier


def items(dossier: Dossier, path: Path, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The agenda items that are wanted, in agenda order; all if none is named."""
    for item in wanted or ():
        if item not in dossier.agenda:
            raise DossierError(
                "the agenda has no such item",
                place=Place(file=str(path), field="agenda"),
                found=item,
                mend=choose("--item", item, dossier.agenda),
            )
    return tuple(item for item in dossier.agenda if not wanted or item in wanted)


def coded(dossier: Dossier, path: Path, coding: str | None) -> Dossier:
    """The dossier as one of its codings reads it, or as it is if none is named.

    Its title and its note then say whose reading it is, on whatever is made of it.
    """
    if coding is None:
        return dossier
    if coding not in dossier.codings:
        raise DossierError(
            "the dossier has no such coding",
            place=Place(file=str(path), field="codings"),
            found=coding,
            mend=choose("--coding", coding, dossier.codings)
            if dossier.codings
            else "Leave --coding out: it has none.",
        )
    read = dossier.codings[coding]
    whose = read.title.strip() or coding
    notes = (dossier.note, f"This is the dossier as its coding '{coding}' reads it.", read.note)
    marks = {
        "title": f"{dossier.title} ({whose})",
        "note": " ".join(note.strip() for note in notes if note.strip()),
    }
    return dossier.coded(coding).model_copy(update=marks)


def choose(option: str, given: str | None, known: Iterable[str]) -> str:
    """What could be given instead, the nearest first."""
    from comity.dossier.paths import listed, nearest

    like = nearest(given, known) if given else None
    guess = f"Did you mean {option} {like}? " if like else ""
    return f"{guess}Use {option} with one of: {listed(known, 40)}."
