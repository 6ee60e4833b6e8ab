"""Any valid dossier can be told and shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from comity.dossier import Dossier, refuse_hindsight
from comity.dossier.strategies import dossiers
from comity.ensemble import Forecast, forecast
from comity.ensemble.mediation import Mediation, mediate
from comity.errors import DossierError
from comity.report import report
from comity.report.brief import brief
from comity.report.brief.sheet import FOOT, HIGH, TOP
from comity.report.sentences import talks as of_talks
from report.everything import everything
from report.reading import loads_from_elsewhere, read


def _late(dossier: Dossier) -> Dossier:
    """The dossier, late enough for all that it knows."""
    try:
        refuse_hindsight(dossier)
    except DossierError:
        later = max([dossier.as_of, *(s.published for s in dossier.sources.values()),
                     *(s.on for s in dossier.statements.values())])  # fmt: skip
        dossier = dossier.model_copy(update={"as_of": later})
    return dossier


def _seen(dossier: Dossier) -> Forecast:
    """The forecast on few draws."""
    return forecast(_late(dossier), draws=40, workers=1)


def _mediated(dossier: Dossier) -> list[Mediation]:
    """What is found of each of the dossier's talks, on few draws."""
    late = _late(dossier)
    return [mediate(late, talks, draws=15, workers=1) for talks in late.talks]


@settings(max_examples=25)
@given(dossiers(max_members=5, max_items=3))
def test_any_dossier_can_be_told(dossier: Dossier) -> None:
    """Every sentence can be said about every dossier, and none begins or ends in the air."""
    found = _seen(dossier)
    said = everything(found)
    assert all(says and says == says.strip() for says in said)


TELLING = [getattr(of_talks, name) for name in (
    "who", "answer", "why", "caution", "possible", "claims", "claims_note", "menu", "tabled",
    "fairness", "frontier", "solutions", "rules", "conflicts", "relaxations", "trades", "text",
    "question", "sure", "solution_basis", "caveats",
)]  # fmt: skip


@settings(max_examples=12)
@given(dossiers(max_members=4, max_items=1))
def test_any_talks_can_be_told(dossier: Dossier) -> None:
    """Every sentence on talks can be said about any talks, and no number is missing."""
    for found in _mediated(dossier):
        said = [says for tell in TELLING for says in tell(found)]
        assert all(says and says == says.strip() for says in said)
        told = " ".join(said)
        assert " nan" not in told
        assert "None" not in told


def _shown(dossier: Dossier) -> None:
    found = (_seen(dossier), *_mediated(dossier))
    made = report(*found)
    page = read(made.html)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert loads_from_elsewhere(made.html) == []
    if dossier.talks:
        assert read(report(*found[1:]).html).faults == []
    assert brief(*found).sheet.height <= HIGH - TOP - FOOT


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
