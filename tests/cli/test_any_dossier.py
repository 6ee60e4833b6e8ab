"""Whatever the dossier, what is found can be printed, for a terminal and for a pipe."""

import io
import re
from contextlib import redirect_stdout
from datetime import date
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cli.answer import put_answer
from comity.cli.canvass import _show
from comity.cli.envelope import enveloped
from comity.cli.mediate_said import put_mediation
from comity.dossier import Dossier
from comity.dossier.strategies import dossiers
from comity.ensemble import Forecast, canvass, forecast
from comity.ensemble.mediation import Mediation, mediate


class _Out(io.TextIOWrapper):
    """A stdout in memory, a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def shown(self) -> str:
        return re.sub(r"\x1b\[[\d;]*m", "", self.buffer.getvalue().decode())


def _made(dossier: Dossier) -> Forecast:
    """A forecast on few draws, as of a day on which everything was known."""
    return forecast(dossier.model_copy(update={"as_of": date.max}), draws=20, workers=1)


def _told(dossier: Dossier, *, terminal: bool) -> list[str]:
    """The answer and the sheet, as printed."""
    made, told = _made(dossier), []
    for put in (
        lambda: put_answer(made, tuple(made.items)),
        lambda: _show(made, canvass(made), tuple(made.items)),
    ):
        out = _Out(terminal)
        with redirect_stdout(out):
            put()
        told.append(out.shown())
    return told


@given(dossier=dossiers(), terminal=st.booleans())
@settings(max_examples=15)
def test_any_dossier_has_its_answer_and_its_sheet(dossier, terminal):
    """Every item has its place in both, nothing unprintable and nothing half-said."""
    with patch.dict("os.environ", {"COLUMNS": "80", "TERM": "xterm"}):
        for shown in _told(dossier, terminal=terminal):
            assert shown.count("\nAsk next: ") in (0, len(dossier.agenda))
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
            assert not re.search(r"\bNone\b(?! of )|\bnan %|\binf\b|Spread\(", shown)


@given(dossier=dossiers())
@settings(max_examples=15)
def test_any_forecast_has_its_json(dossier):
    """The envelope takes every forecast: plain values, nothing infinite."""
    made = _made(dossier)
    result = made.to_json()
    seed, draws = result.pop("seed"), result.pop("draws")
    text = enveloped("forecast", result, seed=seed, draws=draws)
    assert "NaN" not in text
    assert "Infinity" not in text


def _mediated(dossier: Dossier) -> list[Mediation]:
    """A mediation of each of the dossier's talks on few draws."""
    known = dossier.model_copy(update={"as_of": date.max})
    return [mediate(known, name, draws=4, workers=1) for name in known.talks]


@given(dossier=dossiers(), terminal=st.booleans())
@settings(max_examples=20)
def test_any_talks_have_their_answer(dossier, terminal):
    """Every section says something in words: nothing unprintable, nothing half-said."""
    with patch.dict("os.environ", {"COLUMNS": "80", "TERM": "xterm"}):
        for made in _mediated(dossier):
            out = _Out(terminal)
            with redirect_stdout(out):
                put_mediation(made)
            shown = out.shown()
            assert "\nTHE ANSWER\n" in shown
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
            assert not re.search(r"\bNone\b(?! of )|\bnan\b|\binf\b|View\(|Percentiles\(", shown)


@given(dossier=dossiers())
@settings(max_examples=20)
def test_any_mediation_has_its_json(dossier):
    """The envelope takes every mediation: plain values, nothing infinite."""
    for made in _mediated(dossier):
        result = made.to_json()
        seed, draws = result.pop("seed"), result.pop("draws")
        text = enveloped("mediate", result, seed=seed, draws=draws)
        assert "NaN" not in text
        assert "Infinity" not in text
