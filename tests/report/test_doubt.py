"""Which doubt moves the answer, in words (§67)."""

from __future__ import annotations

import json

from comity.dossier import Basis, loads
from comity.dossier.template import template
from comity.ensemble.doubt_groups import Group
from comity.ensemble.doubts import Doubts, doubts
from comity.ensemble.results import Swing
from comity.ensemble.sobol import Doubt, Sobol
from comity.ensemble.sobol_indices import Index
from comity.forecast.models import named
from comity.report.sentences.doubt import between, doubt, moved, told_of

DOSSIER = loads(template())


def index(value: float, spread: float = 0.01) -> Index:
    return Index(value, value - spread, value + spread)


def of(actor: str, aspect: str, first: float, total: float, basis: Basis = Basis.STATED) -> Doubt:
    group = Group("limit", actor, aspect, (f"{actor}.{aspect}",), (), (basis,))
    return Doubt(group, index(first), index(total))


def found(*several: Doubt, together: float = 0.0, target: str = "any", swings=()) -> Doubts:
    held = Sobol(0.4, 0.49, 1024, 9999, tuple(several), together, tuple(swings))
    model = "compromise" if target == "content" else None
    return Doubts("limit", model, target, None, held, DOSSIER)


def test_most_of_the_doubt_is_told_with_and_without_interactions():
    """The sentence a presidency reads first."""
    says = doubt(
        found(
            of("ALBA", "wants", 0.41, 0.55),
            of("BREN", "salience", 0.12, 0.12),
            of("CORVA", "omega", 0.03, 0.04, Basis.ASSUMED),
            together=0.3,
        )
    )
    assert says == (
        "Most of the doubt about whether some text can be adopted comes from what Alba wants "
        "(41 % alone, 55 % with its interactions); then how much it matters to Bren (12 %); then "
        "what agreement as such is worth to Corva (3 % alone, 4 % with interactions).",
        "30 % of it is due to no doubt by itself, but to how they act together.",
        "Merely assumed: what agreement as such is worth to Corva.",
    )


def test_less_than_half_is_not_called_most():
    """The largest part, if it is under one half."""
    (says, *_) = doubt(found(of("ALBA", "limits", 0.2, 0.3), target="content"))
    assert says == (
        "The largest part of the doubt about what the model “compromise” gives comes from how far "
        "Alba would go (20 % alone, 30 % with its interactions)."
    )


def test_what_may_be_chance_is_not_told():
    """An interval that holds 0 is no finding."""
    doubtful = Doubt(of("ALBA", "wants", 0.1, 0.1).group, index(0.0), Index(0.05, -0.01, 0.1))
    assert told_of(found(doubtful)) == ()
    assert doubt(found(doubtful)) == (
        "No single doubt about whether some text can be adopted stands out of chance.",
    )


def test_without_doubt_it_is_said():
    """An answer that is the same in every draw."""
    assert doubt(found()) == (
        "There is no doubt about whether some text can be adopted: it is the same in every draw.",
    )


def test_the_tornado_speaks_in_points_of_content_and_in_shares_of_draws():
    """The same swing, of a text and of a passage."""
    swing = Swing(
        "p", "limit", "ALBA", "ideal", Basis.INFERRED, (0.2, 0.3, 0.4, 0.5, 0.6), explained=0.5
    )
    assert moved(found(of("ALBA", "wants", 0.5, 0.5), swings=[swing])) == (
        "Whether some text can be adopted moves most with what Alba wants (inferred): from 20 % in "
        "its lowest fifth to 60 % in its highest.",
    )
    points = Swing("p", "limit", "ALBA", "ideal", Basis.INFERRED, (61.0, 50.0, 44.0, 40.0, 33.0), 1)
    (says,) = moved(found(of("ALBA", "wants", 0.5, 0.5), target="content", swings=[points]))
    assert says.endswith("from 61 in its lowest fifth to 33 in its highest.")


def test_estimates_beyond_the_ends_are_shown_at_them():
    """A share of the doubt is told between 0 and 1, whatever chance made of it."""
    assert between(Index(-0.01, -0.02, 0.01)) == "0–1 %"
    assert between(Index(0.99, 0.97, 1.03)) == "97–100 %"


def test_real_doubts_are_told_of_every_kind_of_item():
    """On a scale and on options, of a model and of adoption: whole sentences."""
    for item in DOSSIER.agenda:
        for model in (None, named("compromise")):
            says = [*doubt(found := doubts(DOSSIER, item, model, rows=128)), *moved(found)]
            assert says
            assert all(sentence.endswith(".") and "  " not in sentence for sentence in says)
            assert json.dumps(found.to_json(), allow_nan=False)
