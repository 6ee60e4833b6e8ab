"""Any valid dossier can be told and shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from comity.dossier import Dossier, refuse_hindsight
from comity.dossier.strategies import dossiers
from comity.ensemble import Forecast, forecast
from comity.errors import DossierError
from comity.report import report
from report.everything import everything
from report.reading import loads_from_elsewhere, read


def _seen(dossier: Dossier) -> Forecast:
    """The forecast on few draws, made late enough for all that the dossier knows."""
    try:
        refuse_hindsight(dossier)
    except DossierError:
        later = max([dossier.as_of, *(s.published for s in dossier.sources.values()),
                     *(s.on for s in dossier.statements.values())])  # fmt: skip
        dossier = dossier.model_copy(update={"as_of": later})
    return forecast(dossier, draws=40, workers=1)


@settings(max_examples=25)
@given(dossiers(max_members=5, max_items=3))
def test_any_dossier_can_be_told(dossier: Dossier) -> None:
    """Every sentence can be said about every dossier, and none begins or ends in the air."""
    found = _seen(dossier)
    said = everything(found)
    assert all(says and says == says.strip() for says in said)


def _shown(dossier: Dossier) -> None:
    found = _seen(dossier)
    made = report(found)
    page = read(made.html)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert loads_from_elsewhere(made.html) == []


@settings(max_examples=8)
@given(dossiers(max_members=4, max_items=2))
def test_any_dossier_can_be_shown(dossier: Dossier) -> None:
    """Every dossier gives a sound page."""
    _shown(dossier)


@pytest.mark.trust
@settings(max_examples=60)
@given(dossiers())
def test_any_dossier_can_be_shown_at_length(dossier: Dossier) -> None:
    """Every dossier, large ones too, gives a sound page."""
    _shown(dossier)
