"""The brief as a file: what goes onto the page, and the page as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.ensemble.mediation.results import Mediation
from comity.ensemble.results import Forecast
from comity.errors import ComityError, Place
from comity.report.brief import agenda, talks, words
from comity.report.brief.sheet import SMALL, Part, Piece, Sheet, fitted
from comity.report.words import listed, plural


@dataclass(frozen=True)
class Brief:
    """A brief of one page as a Word file; ``sheet`` is what stands on it."""

    title: str
    sheet: Sheet
    docx: bytes = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the file, with folders as needed; returns where it lies.

        Raises ComityError if it cannot be written there.
        """
        place = Path(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.docx)
        except OSError as error:
            raise ComityError(
                "the brief cannot be written here",
                place=Place(file=str(place)),
                found=error.strerror or str(error),
                mend="Name another file, or make room for this one.",
            ) from error
        return place


def brief(*found: Forecast | Mediation) -> Brief:
    """The answer on one page of A4: a forecast, mediations, or both, of one dossier.

    What matters least is left out until all fits, and the page says what. Raises ValueError if
    nothing was found.
    """
    from comity.report.brief.write import Marks, written

    if not found:
        raise ValueError("a brief is on a forecast, on mediations, or on both")
    first = found[0]
    title = first.title.strip() or ("Talks" if isinstance(first, Mediation) else "Forecast")
    sheet = fitted(list(_parts(found, title)))
    marks = Marks(title, " ".join(first.handling.split()), first.as_of, first.version, _foot(found))
    return Brief(title, sheet, written(sheet, marks))


def _parts(found: tuple[Forecast | Mediation, ...], title: str) -> Iterator[Part]:
    first, dossier = found[0], found[0].dossier
    yield words.heading(title, dossier, "What could be agreed")
    yield words.before_use(first.note)
    for each in found:
        if isinstance(each, Forecast):
            yield from agenda.parts(each)
        else:
            yield from talks.parts(each, alone=len(found) == 1)
    cited = (
        name
        for each in found
        for name in (agenda.cited(each) if isinstance(each, Forecast) else talks.cited(each))
    )
    yield words.sources(dossier, cited)
    if doubts := words.doubts_told(len(first.findings)):
        yield Part("", (Piece(doubts, 68, SMALL, 1),))


def _foot(found: tuple[Forecast | Mediation, ...]) -> str:
    """From how many draws the brief was made, and with what."""
    drawn = listed(plural(draws, "draw") for draws in dict.fromkeys(each.draws for each in found))
    return f"Made with Comity {found[0].version} from {drawn} (seed {found[0].seed})"
