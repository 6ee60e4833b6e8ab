"""The report on a backtest: answer, scores, figures, and the method on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity import __version__
from comity.backtest.results import Backtest
from comity.report.figures import backtest as figures
from comity.report.page import Report, environment
from comity.report.sentences.backtest import MEANS, cells, conclusion, kinds, left_out
from comity.report.sentences.backtest_method import method
from comity.report.words import capital

TITLE = "How well models foretold what was decided"


def backtest_report(found: Backtest) -> Report:
    """The report as one HTML page."""
    page = environment().get_template("backtest.html.jinja")
    return Report(TITLE, page.render(_content(found)))


def _content(found: Backtest) -> Mapping[str, Any]:
    answer, *more = conclusion(found)
    return {
        "title": TITLE,
        "answer": answer,
        "more": more,
        "columns": list(MEANS)[1:],
        "means": dict(list(MEANS.items())[1:]),
        "rows": [(capital(model.name), cells(model)) for model in found.models.values()],
        "kinds": kinds(found),
        "figures": figures.drawn(found),
        "notes": (*found.notes, *left_out(found)),
        "method": method(found),
        "version": __version__,
        "seed": found.seed,
        "resamples": found.resamples,
    }
