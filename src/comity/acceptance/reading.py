"""From a batch of draws to stances: responses begin here.

gᵢ(x) = |r − xᵢ| − |x − xᵢ|; Aᵢ = {x : gᵢ(x) ≥ −τᵢ} with τᵢ = 100 ωᵢ / sᵢ, or the stated set, minus
texts weaker than the floor φᵢ; an actor with sᵢ = 0 never objects (conventions §9 to §12).
"""

from __future__ import annotations

import numpy as np

from comity.acceptance.stances import TIE, TOP, OptionStances, ScaleStances, Stances, by_draw
from comity.dossier import Batch
from comity.dossier.inputs import omega_path
from comity.dossier.quantity import Floats
from comity.dossier.response import Response

_BOUND_TO = {
    "present": -1,
    "absent": int(Response.ABSENT),
    "no_instructions": int(Response.NO_INSTRUCTIONS),
}


def stances(
    batch: Batch,
    item: str,
    actors: tuple[str, ...] | None = None,
    reversion: str | None = None,
) -> Stances:
    """Stances on an item of its members, or of the actors given, in that order.

    ``reversion`` replaces an item's reversion by another of its options.
    """
    entry = batch.dossier.agenda[item]
    who = batch.dossier.members(item) if actors is None else actors
    if entry.is_scale:
        return _on_scale(batch, item, who)
    return _on_options(batch, item, who, str(reversion or entry.reversion))


def tolerance(omega: Floats, salience: Floats) -> Floats:
    """τ = 100 ω / s in points of the scale; ∞ where the salience is 0 (same shape)."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(salience > 0.0, 100.0 * omega / salience, np.inf)


def tabled_text(batch: Batch, item: str) -> Floats | None:
    """The tabled draft as a point of the scale, (n, 1), or an option's place, (1, 1); or none."""
    entry = batch.dossier.agenda[item]
    if isinstance(entry.tabled, str):
        return np.full((1, 1), float(entry.option_ids.index(entry.tabled)))
    return None if entry.tabled is None else batch.values(f"agenda.{item}.tabled")[:, None]


def _on_scale(batch: Batch, item: str, actors: tuple[str, ...]) -> ScaleStances:
    reversion = batch.values(f"agenda.{item}.reversion")
    ideal = _columns(batch, item, actors, "ideal")
    salience = _columns(batch, item, actors, "salience")
    reach = np.abs(reversion[:, None] - ideal) + tolerance(_omegas(batch, item, actors), salience)
    low, high = np.maximum(ideal - reach, 0.0), np.minimum(ideal + reach, TOP)
    upward = ideal >= reversion[:, None]
    for column, actor in enumerate(actors):
        position = batch.dossier.position(item, actor)
        root = f"positions.{item}.{actor}"
        if position.accepts is not None:
            low[:, column] = batch.values(f"{root}.accepts.low")
            high[:, column] = batch.values(f"{root}.accepts.high")
        if position.floor is not None:
            floor, up = batch.values(f"{root}.floor"), upward[:, column]
            low[up, column] = np.maximum(low[up, column], floor[up])
            high[~up, column] = np.minimum(high[~up, column], floor[~up])
    presence = _presence(batch, item, actors)
    never = (salience == 0.0) | (np.array(presence) >= 0)
    low[never], high[never] = 0.0, TOP
    step = batch.values(f"agenda.{item}.smallest_step")
    return ScaleStances(actors, reversion, salience, presence, step, ideal, low, high)


def _on_options(batch: Batch, item: str, actors: tuple[str, ...], reversion: str) -> OptionStances:
    options = batch.dossier.agenda[item].option_ids
    back = options.index(reversion)
    worth = by_draw([_worth(batch, item, actor, options) for actor in actors])
    salience = _columns(batch, item, actors, "salience")
    allowed = tolerance(_omegas(batch, item, actors), salience)[:, :, None]
    shortfall = np.maximum(worth[:, :, [back]] - worth - allowed, 0.0)
    presence = _presence(batch, item, actors)
    for column, actor in enumerate(actors):
        stated = batch.dossier.position(item, actor).accepts
        if stated is not None:
            refused = np.array([option not in stated for option in options])
            shortfall[:, column, :] = np.where(refused, TOP, 0.0)
    never = (salience == 0.0) | (np.array(presence) >= 0)
    shortfall[never] = 0.0
    shortfall[:, :, back] = 0.0
    shortfall[shortfall <= TIE] = 0.0
    places = np.full(batch.size, float(back))
    accepted = shortfall == 0.0
    return OptionStances(actors, places, salience, presence, options, worth, accepted, shortfall)


def _worth(batch: Batch, item: str, actor: str, options: tuple[str, ...]) -> Floats:
    """What each option is worth to an actor, 0–100, shape (K, n)."""
    root = f"positions.{item}.{actor}"
    if batch.dossier.position(item, actor).values is not None:
        return np.stack([batch.values(f"{root}.values.{o}") for o in options])
    preferred = batch.choices(f"{root}.ideal", options)
    worth: Floats = TOP * (preferred == np.arange(len(options))[:, None])
    return worth


def _columns(batch: Batch, item: str, actors: tuple[str, ...], field: str) -> Floats:
    return by_draw([batch.values(f"positions.{item}.{a}.{field}") for a in actors])


def _omegas(batch: Batch, item: str, actors: tuple[str, ...]) -> Floats:
    paths = (omega_path(batch.dossier, item, actor) for actor in actors)
    return by_draw([batch.values(path) for path in paths])


def _presence(batch: Batch, item: str, actors: tuple[str, ...]) -> tuple[int, ...]:
    held = (batch.dossier.position(item, actor).presence for actor in actors)
    return tuple(_BOUND_TO[presence] for presence in held)
