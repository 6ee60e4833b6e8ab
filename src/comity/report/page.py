"""The report: one HTML page that needs nothing else, on a screen, a phone or paper."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.ensemble.results import Forecast
from comity.errors import ComityError, Place
from comity.report import sentences
from comity.report.figures import codings_figure
from comity.report.sections import agenda_rows, section
from comity.report.sources import day, sources
from comity.report.words import listed, printable, title_of

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


def report(forecast: Forecast) -> Report:
    """The report on a forecast: answer, reasons, what would change it, how sure, sources."""
    title = forecast.title.strip() or "Forecast"
    page = _environment().get_template("page.html.jinja").render(_content(forecast, title))
    return Report(title, page)


def _content(forecast: Forecast, title: str) -> Mapping[str, Any]:
    """What the template puts onto the page."""
    common = sentences.common(forecast)
    told = tuple(says for says_of_some in common.values() for says in says_of_some)
    return {
        "title": title,
        "handling": " ".join(forecast.handling.split()),
        "as_of": day(forecast.as_of),
        "note": " ".join(forecast.note.split()),
        "agenda": sentences.agenda(forecast),
        "rows": agenda_rows(forecast),
        "common": [(listed(map(title_of, items)), says) for items, says in common.items()],
        "items": [section(forecast, item, told) for item in forecast.items],
        "codings_figure": codings_figure(forecast) if forecast.codings and forecast.items else None,
        "caveats": sentences.caveats(forecast),
        "terms": sentences.terms(forecast),
        "sources": sources(forecast),
        "version": forecast.version,
        "seed": forecast.seed,
        "draws": forecast.draws,
    }


@cache
def _environment() -> Environment:
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


_TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=\b[ωρ]) (?=[=])|(?<=\b[ωρ] =) (?=\d)")
"""Spaces at which no line may break: before a per cent sign, and in ω = 0."""


def _fit_to_print(value: Any) -> Any:
    """Text as it may stand in a page: no control characters, and what belongs together unbroken."""
    if type(value) is not str:  # markup is left as it is
        return value
    return _TOGETHER.sub("\N{NO-BREAK SPACE}", printable(value))


def css_string(text: str) -> str:
    """A text as a CSS string that cannot end early: every character by its number."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in printable(text)) + '"'
