"""What a brief says on a body's agenda, piece by piece, each with how much it matters."""

from __future__ import annotations

from collections.abc import Iterator

from comity.ensemble.results import Forecast
from comity.report import sentences
from comity.report.brief.sheet import LEAD, POINT, ROOM, Part, Piece, Row
from comity.report.words import percent, percents, title_of

WIDTHS = tuple(ROOM * share for share in (0.28, 0.14, 0.14, 0.44))
COUNTS = ("item", "items")


def parts(forecast: Forecast) -> Iterator[Part]:
    """The parts of a brief on a forecast."""
    yield Part("The answer", (Piece(" ".join(sentences.agenda(forecast)), style=LEAD, most=5),))
    yield _table(forecast)
    yield _per_item(forecast, "What stands in the way", sentences.why_not, (88, 50), 2)
    yield _per_item(forecast, "What would unblock it", sentences.opening, (86, 48), 2)
    yield _per_item(forecast, "What moves the answer most", sentences.moves, (70, 40), 1)
    yield Part(
        "How sure",
        (
            *(Piece(told, 93, most=3) for told in _calibration(forecast)),
            *_per_item(forecast, "", sentences.assumption, (75, 45), 1).pieces,
        ),
    )


def cited(forecast: Forecast) -> Iterator[str]:
    """Ids of the statements that positions rest on."""
    for item in forecast.items:
        for held in forecast.dossier.positions.get(item, {}).values():
            yield from held.from_


def _table(forecast: Forecast) -> Part:
    head = ("Item", "Tabled draft adopted", "Some text possible", "In the way")
    rows = [Row(head, WIDTHS, bold=True, most=2)]
    for place, (item, entry) in enumerate(forecast.items.items()):
        shares = entry.adoption
        weight = (99 if entry.core else 95) - min(place, 40)
        told = (
            title_of(item),
            percents(shares.probability),
            percent(shares.any),
            sentences.obstacle(forecast, item),
        )
        rows.append(Row(told, WIDTHS, weight, counts=COUNTS))
    return Part("Shares of draws", tuple(rows))


def _per_item(
    forecast: Forecast, heading: str, tell: sentences.Tell, weights: tuple[int, int], most: int
) -> Part:
    """What is told of each item, its name first; the first sentence of the first items longest."""
    pieces = []
    for place, item in enumerate(forecast.items):
        for row, said in enumerate(tell(forecast, item)[:most]):
            weight = weights[row > 0] - min(place, 30)
            text = f"{title_of(item)}: {said}" if len(forecast.items) > 1 else said
            pieces.append(Piece(text, weight, POINT, 3, ("remark", "remarks")))
    return Part(heading, tuple(pieces))


def _calibration(forecast: Forecast) -> tuple[str, ...]:
    """Caveats without the note, which stands above, and the doubts, which stand below."""
    elsewhere = (" ".join(forecast.note.split()), *sentences.doubts(len(forecast.findings)))
    return tuple(said for said in sentences.caveats(forecast) if said not in elsewhere)
