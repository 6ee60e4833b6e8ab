"""Which inputs move the answer: the answer given each fifth of each input.

Read off the draws already made, so it costs no further run: E[answer | input in its k-th fifth].
The share of variance explained is the correlation ratio η² = Var(E[answer | stratum]) / Var(answer)
over finer strata of the input, since within a fifth an answer may still turn; corrected for what
chance alone would give (Kelley's ε²; Saltelli et al. 2008, Global Sensitivity Analysis, ch. 1 and
4, on given-data first-order effects; conventions §20).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from comity.dossier import Dossier, Keyed
from comity.dossier.inputs import Input, inputs, omega_path
from comity.dossier.quantity import Floats
from comity.ensemble.results import Swing, Tornado
from comity.ensemble.survey import Counts, ItemSurvey

FIFTHS = 5
STRATA = 10
"""Finest strata to each fifth, fewer where they would hold less than ``FILLED`` draws."""

FILLED = 100
CHANCE = 0.01
"""How often chance alone may put anything at all into a tornado."""

MOST_SWINGS = 12
"""Inputs listed in one tornado."""

OPEN = 0.05
"""A share at least so far from 0 and from 1 is an open answer."""

_UNMOVING = {"capability"}


def tornados(
    dossier: Dossier, item: str, found: ItemSurvey, uniforms: Keyed
) -> tuple[Tornado, ...]:
    """One tornado for each answer about the item that varies over the draws.

    Answers that are open come first: a headline of nearly 0 or 1 has hardly any doubt left to
    explain, while the text alone may.
    """
    bearing = [e for e in inputs(dossier).values() if bears_on(dossier, item, e)]
    entries = {e.column: e for e in reversed(bearing)}  # an ω of two readings counts once
    columns = {column: uniforms.column(column) for column in entries}
    made = []
    for target, answer in _answers(found).items():
        base = float(answer.mean())
        if float(answer.var()) > 0.0:
            swings = [swing(entry, columns[column], answer) for column, entry in entries.items()]
            strong = beyond_chance(swings, answer)
            made.append(Tornado(target, base, strong[:MOST_SWINGS], _by_actor(strong)))
    return tuple(sorted(made, key=lambda tornado: not _is_open(tornado)))


def _is_open(tornado: Tornado) -> bool:
    return tornado.target != "opening" and OPEN <= tornado.base <= 1.0 - OPEN


def bears_on(dossier: Dossier, item: str, entry: Input) -> bool:
    """Whether an uncertain input can matter to the item's adoption."""
    if entry.certain or entry.field in _UNMOVING:
        return False
    if entry.item is not None:
        return entry.item in ancestry(dossier, item)
    return entry.actor is not None and any(
        entry.path == omega_path(dossier, name, entry.actor) for name in ancestry(dossier, item)
    )


def ancestry(dossier: Dossier, item: str) -> frozenset[str]:
    """The item, what it requires, and where their competence is settled."""
    seen: set[str] = set()
    waiting = [item]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        entry = dossier.agenda[name]
        waiting += entry.requires
        if entry.competence is not None and entry.competence.item is not None:
            waiting.append(entry.competence.item)
    return frozenset(seen)


def _answers(found: ItemSurvey) -> Mapping[str, Floats]:
    """The answers worth explaining, those that say the same as an earlier one left out."""
    outcome = found.outcome
    named = {
        "probability": outcome.adopted,
        "any": outcome.adoptable,
        "text_tabled": outcome.text_tabled,
        "text_any": outcome.text_any,
        "opening": None if found.opening is None else found.opening.cost,
    }
    kept: dict[str, Floats] = {}
    for name, values in named.items():
        if values is None or not np.isfinite(values).all():
            continue
        answer = values.astype(float)
        if not any(np.array_equal(answer, other) for other in kept.values()):
            kept[name] = answer
    return kept


def swing(entry: Input, column: Floats, answer: Floats) -> Swing:
    """How an answer of shape (n,) moves with an input whose uniforms are given, shape (n,)."""
    strata = FIFTHS * max(1, min(STRATA, len(answer) // (FIFTHS * FILLED)))
    place = np.minimum((column * strata).astype(int), strata - 1)
    counts = np.bincount(place, minlength=strata)
    sums = np.bincount(place, weights=answer, minlength=strata).astype(float)
    return Swing(
        path=entry.path,
        item=entry.item,
        actor=entry.actor,
        field=entry.field,
        basis=entry.basis,
        fifths=tuple(_means(*(part.reshape(FIFTHS, -1).sum(axis=1) for part in (counts, sums)))),
        explained=_explained(counts, sums, answer),
    )


def _means(counts: Counts, sums: Floats) -> list[float]:
    """The mean answer of each part; the mean of all where a part holds no draw."""
    means: list[float] = np.where(
        counts > 0, sums / np.maximum(counts, 1), sums.sum() / counts.sum()
    ).tolist()
    return means


def _explained(counts: Counts, sums: Floats, answer: Floats) -> float:
    """ε² = 1 − (1 − η²)(n − 1)/(n − strata): 0 on average by chance, 1 if nothing is left open."""
    drawn, filled = len(answer), int((counts > 0).sum())
    if drawn <= filled:
        return 0.0
    between = float((counts * (np.array(_means(counts, sums)) - answer.mean()) ** 2).sum())
    left = 1.0 - between / (drawn * float(answer.var()))
    return min(max(1.0 - left * (drawn - 1) / (drawn - filled), 0.0), 1.0)


def beyond_chance(swings: list[Swing], answer: Floats) -> tuple[Swing, ...]:
    """The swings beyond what chance would give to any pair of fifths of any input, by size."""
    from scipy.special import ndtri

    pairs = FIFTHS * (FIFTHS - 1) // 2 * max(len(swings), 1)
    noise = -float(ndtri(CHANCE / (2 * pairs)) * np.sqrt(2.0 * answer.var() * FIFTHS / len(answer)))
    return tuple(sorted((s for s in swings if s.size > noise), key=lambda s: (-s.size, s.path)))


def _by_actor(swings: Sequence[Swing]) -> dict[str, float]:
    """Share of the doubt that each actor's inputs account for, one by one, largest first."""
    shares: dict[str, float] = {}
    for swing in swings:
        if swing.actor is not None:
            shares[swing.actor] = shares.get(swing.actor, 0.0) + swing.explained
    return dict(sorted(shares.items(), key=lambda entry: (-entry[1], entry[0])))
