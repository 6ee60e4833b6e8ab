"""Sources in short, and other lines that all briefs share."""

from __future__ import annotations

from collections.abc import Iterable

from comity.dossier import Dossier
from comity.report.brief.sheet import DATE, SMALL, TITLE, Part, Piece
from comity.report.sources import day, seen_on
from comity.report.words import plural

MOST_SOURCES = 3


def heading(title: str, dossier: Dossier, kind: str) -> Part:
    """What this is, and of which day."""
    return Part(
        "",
        (
            Piece(title, style=TITLE, most=2),
            Piece(f"{kind}{seen_on(dossier.as_of, dossier.note)}", style=DATE, most=1),
        ),
    )


def before_use(note: str) -> Part:
    """What a reader must know first."""
    said = " ".join(note.split())
    pieces = (Piece(f"Before use: {said}", 99, most=5),) if said else ()
    return Part("", pieces)


def sources(dossier: Dossier, cited: Iterable[str]) -> Part:
    """The publications behind the statements cited, by outlet and day."""
    behind = dict.fromkeys(
        dossier.statements[name].source for name in dict.fromkeys(cited)
        if name in dossier.statements
    )  # fmt: skip
    if not behind:
        return Part("", (Piece("Sources: none is cited.", 52, SMALL, 1, ("source", "sources")),))
    named = [
        f"{dossier.sources[name].outlet.strip() or dossier.sources[name].title.strip()}, "
        f"{day(dossier.sources[name].published)}"
        for name in list(behind)[:MOST_SOURCES]
    ]
    rest = len(behind) - MOST_SOURCES
    told = "; ".join(named) + (f"; and {plural(rest, 'more source')}" if rest > 0 else "")
    kind = ("list of sources", "lists of sources")
    return Part("", (Piece(f"Sources: {told}.", 91, SMALL, 2, kind),))


def doubts_told(count: int) -> str:
    """That the checks found something, and where it stands."""
    if not count:
        return ""
    return f"The checks of the dossier raise {plural(count, 'doubt')}; the report lists them."
