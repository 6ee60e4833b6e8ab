"""The report: one HTML page that needs nothing else, on a screen, a phone or paper."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.dossier import Dossier
from comity.ensemble.comparison import Comparison
from comity.ensemble.mediation.results import Mediation
from comity.ensemble.results import Forecast
from comity.errors import ComityError, Place
from comity.report import sentences
from comity.report.figures import codings_figure
from comity.report.models_section import models_section
from comity.report.sections import agenda_rows, section
from comity.report.sentences import talks as of_talks
from comity.report.sources import seen_on, sources
from comity.report.talks_sections import talks_section
from comity.report.words import listed, plural, printable, title_of, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class Report:
    """A report as one HTML page."""

    title: str
    html: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the page as UTF-8, with folders as needed; returns where it lies.

        Raises ComityError if it cannot be written there.
        """
        place = Path(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.html, encoding="utf-8", newline="\n")
        except OSError as error:
            raise ComityError(
                "the report cannot be written here",
                place=Place(file=str(place)),
                found=error.strerror or str(error),
                mend="Name another file, or make room for this one.",
            ) from error
        return place

    def _repr_html_(self) -> str:
        """The page in a frame of its own, for notebooks."""
        page = html.escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:48rem;border:0"></iframe>'


def report(*found: Forecast | Mediation | Comparison) -> Report:
    """The report on a dossier: answer, reasons, what would change it, how sure, sources.

    What was found is a forecast of its agenda, mediations of its talks, or both; all of one
    dossier. Models side by side may stand beside a forecast. Raises ValueError if nothing was
    found, on two forecasts, and on models without a forecast.
    """
    forecasts = [each for each in found if isinstance(each, Forecast)]
    mediations = [each for each in found if isinstance(each, Mediation)]
    compared = [each for each in found if isinstance(each, Comparison)]
    if not found or len(forecasts) > 1:
        raise ValueError("a report is on one forecast, on mediations, or on both")
    if len(compared) > len(forecasts):
        raise ValueError("models stand in a report beside a forecast, once")
    title = found[0].title.strip() or ("Forecast" if forecasts else "Talks")
    content = {
        **_content(forecasts[0] if forecasts else None, mediations, title),
        "models": models_section(compared[0]) if compared else None,
    }
    return Report(title, environment().get_template("page.html.jinja").render(content))


def _content(
    forecast: Forecast | None, mediations: Sequence[Mediation], title: str
) -> Mapping[str, Any]:
    """What the template puts onto the page."""
    first = mediations[0] if forecast is None else forecast
    dossier: Dossier = first.dossier
    note = " ".join(first.note.split())
    return {
        "title": title,
        "handling": " ".join(first.handling.split()),
        "seen_on": seen_on(first.as_of, first.note),
        "note": note,
        **_of_agenda(forecast),
        "talks": [talks_section(each, number) for number, each in enumerate(mediations, 1)],
        "caveats": _caveats(forecast, mediations, note),
        "terms": _terms(forecast, mediations),
        "sources": sources(dossier, first.findings, mediations),
        "version": first.version,
        "made_from": _made_from(forecast, mediations),
        "seed": first.seed,
    }


def _of_agenda(forecast: Forecast | None) -> Mapping[str, Any]:
    """What stands on the page of a forecast."""
    if forecast is None:
        return {"agenda": (), "rows": (), "common": (), "items": (), "codings_figure": None}
    common = sentences.common(forecast)
    told = tuple(says for says_of_some in common.values() for says in says_of_some)
    return {
        "agenda": sentences.agenda(forecast),
        "rows": agenda_rows(forecast),
        "common": [(listed(map(title_of, items)), says) for items, says in common.items()],
        "items": [section(forecast, item, told) for item in forecast.items],
        "codings_figure": codings_figure(forecast) if forecast.codings and forecast.items else None,
    }


def _caveats(
    forecast: Forecast | None, mediations: Sequence[Mediation], note: str
) -> tuple[str, ...]:
    """What a reader must know, without the note, which stands above."""
    if forecast is not None:
        said = sentences.caveats(forecast)
    else:
        said = sentences.doubts(len(mediations[0].findings))
    return tuple(says for says in said if says != note)


def _terms(forecast: Forecast | None, mediations: Sequence[Mediation]) -> Mapping[str, str]:
    """The technical terms of all parts, each once."""
    agenda = {} if forecast is None else dict(sentences.terms(forecast))
    return agenda | (dict(of_talks.terms(mediations[0])) if mediations else {})


def _made_from(forecast: Forecast | None, mediations: Sequence[Mediation]) -> str:
    """How many draws the page was made from."""
    of_talks = sorted({each.draws for each in mediations})
    drawn = [] if forecast is None else [plural(forecast.draws, "draw")]
    if forecast is None or of_talks not in ([], [forecast.draws]):
        kind = "" if forecast is None else " of the talks"
        drawn += [plural(draws, "draw") + kind for draws in of_talks]
    return listed(drawn)


@cache
def environment() -> Environment:
    """What renders every page of ours."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("comity.report"),
        autoescape=True,
        finalize=_fit_to_print,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["css_string"] = css_string
    return made


def _fit_to_print(value: Any) -> Any:
    """Text as it may stand in a page: no control characters, and what belongs together unbroken."""
    if type(value) is not str:  # markup is left as it is
        return value
    return unbroken(printable(value))


def css_string(text: str) -> str:
    """A text as a CSS string that cannot end early: every character by its number."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in printable(text)) + '"'
