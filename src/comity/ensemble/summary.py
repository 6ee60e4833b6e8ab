"""From surveyed draws to shares: each function makes one part of an item's forecast."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import numpy as np

from comity.acceptance import Conflict, Opening
from comity.acceptance.conflict import members_in
from comity.acceptance.stances import Bools
from comity.dossier import Basis, Batch, Dossier, Keyed
from comity.dossier.inputs import inputs
from comity.dossier.quantity import Floats, Quantity
from comity.dossier.response import Response
from comity.ensemble.results import (
    Adoption,
    Asked,
    BasisCount,
    ConflictShare,
    Content,
    Errors,
    OpeningShares,
    Passage,
    Ranges,
    ResponseShares,
    Strongest,
    Text,
    Tornado,
    Verdict,
)
from comity.ensemble.survey import Counts
from comity.forecast import Mean, Outcome

MOST_CONFLICTS = 20
"""Conflicts listed for one item, the most frequent first."""

LEVELS = (0.5, 0.8)
"""Shares of draws for which the strongest passing text is given: half and four fifths."""


def verdict(outcome: Outcome) -> Verdict:
    """The four shares of adoption."""
    return Verdict(
        probability=_share(outcome.adopted),
        any=_mean(outcome.adoptable),
        text_tabled=_share(outcome.text_tabled),
        text_any=_mean(outcome.text_any),
    )


def adoption(outcome: Outcome, ranges: Ranges) -> Adoption:
    """The headline with its Monte Carlo error and its range over the assumed inputs."""
    shares = verdict(outcome)
    draws = len(outcome.adoptable)
    error = None if shares.probability is None else standard_error(shares.probability, draws)
    return Adoption(
        **vars(shares),
        competent=_mean(outcome.competent),
        required=_mean(outcome.required),
        sponsorless=_mean(outcome.sponsorless),
        error=Errors(error, standard_error(shares.any, draws)),
        range=ranges,
    )


def standard_error(share: float, draws: int) -> float:
    """√(p̃ (1 − p̃) / n) with p̃ = (k + ½) / (n + 1), so that it is never 0 (conventions §22)."""
    smoothed = (share * draws + 0.5) / (draws + 1)
    return float(np.sqrt(smoothed * (1.0 - smoothed) / draws))


def responses(counts: Counts, members: tuple[str, ...]) -> dict[str, ResponseShares]:
    """Each member's shares of responses; ``counts`` has shape (M, number of responses) by code.

    Members of a forecast neither opt out nor object without a reason.
    """
    shares = counts / counts.sum(axis=1, keepdims=True)
    kinds = [Response[field.name.upper()] for field in fields(ResponseShares)]
    return {
        member: ResponseShares(*(float(row[kind]) for kind in kinds))
        for member, row in zip(members, shares, strict=True)
    }


def weakest_text(dossier: Dossier, item: str) -> Text:
    """The weakest text that says something, at the median of what is uncertain."""
    entry = dossier.agenda[item]
    if not entry.is_scale:
        return next(option for option in entry.option_ids if option != entry.reversion)
    back, step = (
        median(dossier, f"agenda.{item}.reversion"),
        median(dossier, f"agenda.{item}.smallest_step"),
    )
    return back + step if back + step <= 100.0 else max(back - step, 0.0)


def median(dossier: Dossier, path: str) -> float:
    """The median of one input."""
    entry = inputs(dossier)[path]
    assert isinstance(entry.quantity, Quantity)
    return entry.quantity.median(entry.domain)


def wordless(dossier: Dossier, item: str, seed: int, draws: int) -> float:
    """The share of draws in which no text on a scale says anything; 0 on options."""
    if not dossier.agenda[item].is_scale:
        return 0.0
    batch = Batch(dossier, Keyed(seed, 0, draws))
    back, step = (batch.values(f"agenda.{item}.{of}") for of in ("reversion", "smallest_step"))
    return _mean((back + step > 100.0) & (back - step < 0.0))


def draft_text(dossier: Dossier, item: str, field: str) -> Text | None:
    """An item's reversion or tabled draft as one text, at its median."""
    draft = getattr(dossier.agenda[item], field)
    if draft is None or isinstance(draft, str):
        return draft
    return median(dossier, f"agenda.{item}.{field}")


def passage(counts: Counts, drafts: tuple[Text, ...], draws: int) -> Passage:
    """The passage curve."""
    return Passage(drafts, tuple((counts / draws).tolist()))


def strongest(curve: Passage, reversion: Text) -> dict[str, Strongest]:
    """On each side of the reversion, the furthest text that passes often enough."""
    if isinstance(reversion, str):
        return {}
    found = {}
    for side, sign in (("above", 1.0), ("below", -1.0)):
        points = zip(curve.drafts, curve.shares, strict=True)
        there = [(sign * (float(text) - reversion), float(text), share) for text, share in points]
        further = [(text, share) for away, text, share in sorted(there) if away > 0.0]
        if further:
            found[side] = Strongest(*(_furthest(further, level) for level in LEVELS))
    return found


def _furthest(outward: list[tuple[float, float]], level: float) -> float | None:
    passing = [text for text, share in outward if share >= level]
    return passing[-1] if passing else None


def conflicts(counts: Counter[Conflict], draws: int) -> tuple[ConflictShare, ...]:
    """The most frequent smallest conflicts; equal ones by size and name."""
    ranked = sorted(counts.items(), key=lambda e: (-e[1], members_in(e[0]), e[0]))
    return tuple(
        ConflictShare(
            members=tuple(dict.fromkeys(objection.actor for objection in conflict)),
            objections=conflict,
            share=count / draws,
        )
        for conflict, count in ranked[:MOST_CONFLICTS]
    )


def opening(
    found: Opening | None, members: tuple[str, ...], options: tuple[str, ...]
) -> OpeningShares | None:
    """The least opening over draws; None under rules that count votes."""
    if found is None:
        return None
    finite = np.isfinite(found.cost)
    needy = finite & (found.cost > 0.0)
    return OpeningShares(
        needed=_mean(found.cost > 0.0),
        impossible=_mean(~finite),
        cost=float(np.median(found.cost[needy])) if needy.any() else None,
        text=_typical(found.text[needy], options) if needy.any() else None,
        by={member: _asked(found.asked[:, k], needy) for k, member in enumerate(members)},
    )


def _asked(asked: Floats, needy: Bools) -> Asked:
    moved = needy & (asked > 0.0)
    return Asked(_mean(moved), float(np.median(asked[moved])) if moved.any() else 0.0)


def _typical(texts: Floats, options: tuple[str, ...]) -> Text:
    if options:
        return options[int(np.bincount(texts.astype(int)).argmax())]
    return float(np.median(texts))


def content(dossier: Dossier, item: str, seed: int, draws: int) -> dict[str, Content]:
    """The mean weighted by capability, and the unweighted mean beside it."""
    batch = Batch(dossier, Keyed(seed, 0, draws))
    return {model.name: _content(dossier, item, batch, model) for model in (Mean(), Mean("none"))}


def _content(dossier: Dossier, item: str, batch: Batch, model: Mean) -> Content:
    prediction = model.predict(batch, item)
    options = dossier.agenda[item].option_ids
    if options:
        return Content(options=dict(zip(options, prediction.point.tolist(), strict=True)))
    low, high = np.percentile(prediction.samples, (10.0, 90.0))
    return Content(mean=float(prediction.point), low=float(low), high=float(high))


def basis(dossier: Dossier, item: str, tornados: tuple[Tornado, ...]) -> BasisCount:
    """What the positions on an item rest on, and how much of the movement is assumption."""
    judged = [
        entry.basis
        for entry in inputs(dossier).values()
        if entry.item == item and entry.actor is not None
    ]
    swings = tornados[0].swings if tornados else ()
    moved = sum(swing.explained for swing in swings)
    assumed = sum(swing.explained for swing in swings if swing.basis is Basis.ASSUMED)
    return BasisCount(
        stated=judged.count(Basis.STATED),
        inferred=judged.count(Basis.INFERRED),
        assumed=judged.count(Basis.ASSUMED),
        assumed_swing=assumed / moved if moved > 0.0 else None,
    )


def round_shares(before: Bools | None, now: Outcome) -> tuple[Bools | None, float | None]:
    """Whether the item is adopted by this round, and the share of draws in which it is."""
    if now.adopted is None:
        return before, _share(before)
    by_then = now.adopted if before is None else before | now.adopted
    return by_then, _share(by_then)


def _mean(values: Bools) -> float:
    return float(values.mean())


def _share(values: Bools | None) -> float | None:
    return None if values is None else float(values.mean())
