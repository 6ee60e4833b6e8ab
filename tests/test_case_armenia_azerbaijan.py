"""The case Armenia and Azerbaijan, December 2022: it loads, is checked, and finds what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import comity
from comity.dossier import Basis, Dossier, check
from comity.ensemble.mediation import Mediation, mediate
from comity.ensemble.mediation.judged import judged

CASE = Path(__file__).parents[1] / "examples" / "cases" / "armenia-azerbaijan-2022"
ISSUES_WITHOUT_DISPUTE = {"recognition", "sequence"}
"""Explained in NOTES.md, judgements 6 and 7."""


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return comity.load(CASE)


@pytest.fixture(scope="module")
def found(dossier: Dossier) -> Mediation:
    return mediate(dossier, draws=200, seed=7)


def test_two_parties_three_tracks_and_a_mediator_without_a_say(dossier: Dossier) -> None:
    """Armenia and Azerbaijan decide, Russia helps, and every issue belongs to a track."""
    talks = dossier.talks["arm-aze"]
    assert talks.parties == ("ARM", "AZE")
    assert talks.mediator == "RUS"
    assert "RUS" not in talks.preferences
    assert {issue.track for issue in talks.issues.values()} == set(talks.tracks)
    assert 8 <= len(talks.issues) <= 12


def test_the_checks_find_only_what_the_notes_explain(dossier: Dossier) -> None:
    """Two issues have an option that suits both in the middle reading; nothing else is doubted."""
    doubts = check(dossier)
    assert {doubt.check for doubt in doubts} == {"issue_without_dispute"}
    assert {doubt.where.rsplit(".", 1)[1] for doubt in doubts} == ISSUES_WITHOUT_DISPUTE


def test_nothing_is_known_before_its_day_and_every_source_is_cited(dossier: Dossier) -> None:
    """Each statement was made and published by 2 December 2022, and somebody rests on it."""
    for statement in dossier.statements.values():
        assert statement.on <= dossier.as_of
        assert dossier.sources[statement.source].published <= dossier.as_of
    assert {statement.source for statement in dossier.statements.values()} == set(dossier.sources)


def test_most_judgements_are_assumed_and_say_so(dossier: Dossier) -> None:
    """The numbers are the analyst's: four judgements out of five or more are assumed."""
    count = judged(dossier.talks["arm-aze"])
    assert count.assumed / count.all >= 0.8


def test_a_red_line_rests_on_somebodys_word(dossier: Dossier) -> None:
    """None is assumed: each cites a statement made for the party whose red line it is."""
    for party, held in dossier.talks["arm-aze"].preferences.items():
        for line in held.red_lines.values():
            assert line.basis is not Basis.ASSUMED
            assert party in {dossier.statements[name].for_ for name in line.from_}


def test_almost_fully_is_impossible_in_every_draw(found: Mediation) -> None:
    """No package gives both 95 % of their own best; NOTES.md gives the ranges (§46)."""
    almost, mostly = found.claims
    assert (almost.name, almost.at_least) == ("almost-fully", 0.95)
    assert not almost.possible
    assert almost.share_of_draws == 0.0
    assert almost.bound is not None
    assert 0.60 <= almost.bound <= 0.70
    assert almost.bound_over_draws is not None
    assert 0.60 <= almost.bound_over_draws.p5 < almost.bound_over_draws.p95 <= 0.85
    assert (mostly.name, mostly.at_least) == ("mostly", 0.8)
    assert 0.005 <= mostly.share_of_draws <= 0.12


def test_an_agreement_is_possible_all_the_same(found: Mediation) -> None:
    """In nearly every draw some package lies within all that was stated, the first one too."""
    assert found.conflicts.agreeable
    assert found.joint_ceiling.share_of_draws > 0.95
    assert found.proposals[0].share_within > 0.9


def test_the_record_is_read_by_no_analysis(dossier: Dossier) -> None:
    """What followed is on file and not in the dossier."""
    assert (CASE / "record.yaml").is_file()
    assert not any(source.published > dossier.as_of for source in dossier.sources.values())
    assert "jamnews-dec-2022" not in dossier.sources
