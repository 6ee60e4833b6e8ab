"""Checks on positions: whether they hang together, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from comity.dossier.checks_talks import certain_though_assumed
from comity.dossier.finding import Doubt, held, joined, named, reach
from comity.dossier.inputs import basis_of
from comity.dossier.item import Item
from comity.dossier.model import Dossier
from comity.dossier.position import JUDGED, UNKNOWN, Basis, Choice, Position
from comity.dossier.quantity import PERCENT, Quantity

Span = tuple[float, float]


@named
def ideal_outside_acceptance(dossier: Dossier) -> Iterator[Doubt]:
    """Would an actor object to its own ideal?"""
    for where, item, actor, position in held(dossier):
        entry = dossier.agenda[item]
        found = _on_scale(entry, position) if entry.is_scale else _on_options(entry, position)
        for what in found:
            yield (
                f"{where}.ideal",
                f"'{actor}' would object to its own ideal on '{item}': {what}. Widen what it "
                "accepts, or correct the ideal.",
            )


def _on_scale(item: Item, position: Position) -> Iterator[str]:
    ideal = UNKNOWN if position.ideal is None else position.ideal
    assert isinstance(ideal, Quantity)
    low, high = reach(ideal, PERCENT)
    ends = [end for end in position.accepts or () if isinstance(end, Quantity)]
    if ends:
        lowest, highest = (reach(end, PERCENT) for end in ends)
        if low < lowest[1] or high > highest[0]:
            always = high < lowest[0] or low > highest[1]
            yield f"the ideal lies outside `accepts` {_in_draws(always)}"
    if position.floor is not None and isinstance(item.reversion, Quantity):
        floor, back = reach(position.floor, PERCENT), reach(item.reversion, PERCENT)
        yield from _beyond_floor((low, high), floor, back)


def _beyond_floor(ideal: Span, floor: Span, back: Span) -> Iterator[str]:
    """The floor bounds texts from below where the ideal is at or above the reversion."""
    upward, downward = ideal[1] >= back[0], ideal[0] < back[1]
    below = upward and max(ideal[0], back[0]) < floor[1]
    above = downward and min(ideal[1], back[1]) > floor[0]
    if below or above:
        always = ideal[1] < floor[0] if not downward else not upward and ideal[0] > floor[1]
        yield f"the ideal lies beyond its own `floor` {_in_draws(always)}"


def _in_draws(always: bool) -> str:
    return "in every draw" if always else "in some draws"


def _on_options(item: Item, position: Position) -> Iterator[str]:
    if position.accepts is None:
        return
    wanted = [name for name in _wanted(item, position) if name != item.reversion]
    refused = [name for name in wanted if name not in position.accepts]
    if refused:
        yield f"`accepts` leaves out {joined(refused)}"


def _wanted(item: Item, position: Position) -> list[str]:
    if position.values is not None:
        worth = {name: value.median(PERCENT) for name, value in position.values.items()}
        best = max(worth.values(), default=0.0)
        return [name for name, value in worth.items() if value == best > 0.0]
    if isinstance(position.ideal, Choice):
        return [name for name, weight in position.ideal.weights.items() if weight > 0.0]
    return list(item.option_ids)


@named
def accepts_backwards(dossier: Dossier) -> Iterator[Doubt]:
    """Does a stated acceptance run from higher to lower, so that nothing is acceptable?"""
    for where, item, actor, position in held(dossier):
        ends = [end for end in position.accepts or () if isinstance(end, Quantity)]
        if len(ends) == 2:
            lowest, highest = (reach(end, PERCENT) for end in ends)
            if lowest[1] > highest[0]:
                always = lowest[0] > highest[1]
                yield (
                    f"{where}.accepts",
                    f"What '{actor}' accepts on '{item}' runs backwards {_in_draws(always)}: the "
                    "lowest acceptable text lies above the highest. Write the lower bound first, "
                    "and ranges that do not overlap.",
                )


@named
def floor_without_basis(dossier: Dossier) -> Iterator[Doubt]:
    """Is a floor, which can block everything weak, stated without saying what it rests on?"""
    for where, item, actor, position in held(dossier):
        given = "basis" in position.model_fields_set or "floor" in position.assumed
        if position.floor is not None and not given:
            yield (
                f"{where}.floor",
                f"'{actor}' finds weak texts on '{item}' worse than none, and nothing says what "
                "that rests on. State the position's `basis`, or list floor under `assumed`.",
            )


@named
def assumed_but_certain(dossier: Dossier) -> Iterator[Doubt]:
    """Is a judgement assumed and yet given as a single value?"""
    for where, item, actor, position in held(dossier):
        certain = [field for field in JUDGED if _certain(position, field)]
        assumed = [field for field in certain if basis_of(position, field) is Basis.ASSUMED]
        if assumed:
            yield (
                where,
                f"What '{actor}' holds on '{item}' is assumed and yet certain: {joined(assumed)}. "
                "Write a range as wide as you are unsure, or state the basis.",
            )
    for name, body in dossier.bodies.items():
        if body.omega.certain:
            yield (
                f"bodies.{name}.omega",
                f"What agreement as such is worth in '{name}' is assumed and yet certain. Write a "
                "range as wide as you are unsure.",
            )
    yield from certain_though_assumed(dossier)


def _certain(position: Position, field: str) -> bool:
    """Whether a field is given, and as a single value; who is present is not a quantity."""
    value = getattr(position, field)
    if value is None or field == "presence":
        return False
    if isinstance(value, Choice):
        return max(value.weights.values()) >= 1.0
    if isinstance(value, Quantity):
        return value.certain
    parts = value.values() if field == "values" else value
    return all(part.certain for part in parts if isinstance(part, Quantity))


@named
def coding_leaves_out(dossier: Dossier) -> Iterator[Doubt]:
    """Does a rival reading leave out a field that the position it replaces states?"""
    for name, coding in dossier.codings.items():
        for item, reading in coding.positions.items():
            for actor, position in reading.items():
                lost = _lost(dossier.position(item, actor), position)
                if lost and not position.note:
                    yield (
                        f"codings.{name}.positions.{item}.{actor}",
                        f"The reading '{name}' replaces what '{actor}' holds on '{item}' and "
                        f"leaves out {joined(lost)}, which is then unknown. Repeat it there, or "
                        "say in `note` that it is meant to be unknown.",
                    )


def _lost(before: Position, after: Position) -> list[str]:
    """What a rival reading leaves unknown; without a floor or acceptance it is still known."""
    wants = before.ideal is not None or before.values is not None
    aimless = wants and after.ideal is None and after.values is None
    heedless = before.salience is not None and after.salience is None
    return ["ideal"] * aimless + ["salience"] * heedless
