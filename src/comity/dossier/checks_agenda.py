"""Checks on the agenda: what is asked, what is tabled, and what must come first."""

from __future__ import annotations

from collections.abc import Iterator

from frozendict import frozendict

from comity.dossier.agenda import cycle
from comity.dossier.finding import Doubt, joined, named, reach
from comity.dossier.item import Competence, Item
from comity.dossier.model import Dossier
from comity.dossier.quantity import PERCENT, Quantity


@named
def item_without_positions(dossier: Dossier) -> Iterator[Doubt]:
    """Is there an item on which nobody holds a position?"""
    for item in dossier.agenda:
        if not dossier.positions.get(item):
            yield (
                f"agenda.{item}",
                f"Nobody holds a position on '{item}', so every member may want anything. Add "
                f"positions.{item}, or take the item off the agenda.",
            )


@named
def requirement_cycle(dossier: Dossier) -> Iterator[Doubt]:
    """Do items wait for each other, so that none can ever be adopted?"""
    waiting = cycle(dossier)
    if waiting:
        yield (
            f"agenda.{waiting[0]}.requires",
            "These items wait for each other, so none can be adopted: "
            f"{' requires '.join(waiting)}. Remove one of the requirements.",
        )


@named
def requires_untabled(dossier: Dossier) -> Iterator[Doubt]:
    """Does an item require another on which no draft is tabled?"""
    for name, item in dossier.agenda.items():
        bare = [other for other in item.requires if dossier.agenda[other].tabled is None]
        if bare:
            yield (
                f"agenda.{name}.requires",
                f"'{name}' requires {joined(bare)}, where no draft is tabled, so any text that "
                "could pass there is taken to be enough. Table a draft there, or remove the "
                "requirement.",
            )


@named
def tabled_says_nothing(dossier: Dossier) -> Iterator[Doubt]:
    """Is a tabled draft the reversion itself, or less than the smallest step from it?"""
    for name, item in dossier.agenda.items():
        drafts = {f"agenda.{name}.tabled": item.tabled}
        for index, later in enumerate(item.rounds):
            drafts[f"agenda.{name}.rounds[{index}].tabled"] = later.tabled
        for where, draft in drafts.items():
            if (how := _says_nothing(item, draft)) is not None:
                yield (
                    where,
                    f"The draft tabled on '{name}' {how}. Table a text that says something"
                    f"{', or lower smallest_step' if item.is_scale else ''}.",
                )


def _says_nothing(item: Item, draft: Quantity | str | None) -> str | None:
    if isinstance(draft, str):
        return (
            "is the reversion, so adopting it changes nothing" if draft == item.reversion else None
        )
    if draft is None or isinstance(item.reversion, str):
        return None
    (low, high), (back_low, back_high) = reach(draft, PERCENT), reach(item.reversion, PERCENT)
    step_low, step_high = reach(item.smallest_step, PERCENT)
    farthest = max(abs(high - back_low), abs(back_high - low))
    nearest = max(low - back_high, back_low - high, 0.0)
    if farthest < step_low:
        return "lies within the smallest step of the reversion, so it says nothing"
    if nearest < step_high:
        return (
            "lies within the smallest step of the reversion in some draws, and says nothing there"
        )
    return None


@named
def step_beyond_scale(dossier: Dossier) -> Iterator[Doubt]:
    """Is the smallest step so large that no text on the scale says anything?"""
    for name, item in dossier.agenda.items():
        if isinstance(item.reversion, Quantity):
            low, high = reach(item.reversion, PERCENT)
            least, most = reach(item.smallest_step, PERCENT)
            if most > _room(min(max(low, 50.0), high)):
                always = least > max(_room(low), _room(high))
                yield (
                    f"agenda.{name}.smallest_step",
                    f"No text on '{name}' lies as far from the reversion as the smallest step "
                    f"{'in any draw' if always else 'in some draws'}, so none says anything "
                    f"{'' if always else 'there '}and none can pass. Lower smallest_step.",
                )


def _room(reversion: float) -> float:
    """How far from the reversion the scale reaches on its longer side."""
    return max(reversion, 100.0 - reversion)


@named
def nobody_tables(dossier: Dossier) -> Iterator[Doubt]:
    """Is a draft tabled by nobody?"""
    for name, item in dossier.agenda.items():
        if item.tabled is not None and item.by is None:
            yield (
                f"agenda.{name}.by",
                f"A draft is tabled on '{name}', and nobody is named who tabled it. Name the "
                "actor in `by`.",
            )


@named
def competence_without_views(dossier: Dossier) -> Iterator[Doubt]:
    """Where competence is in question, does the dossier say who holds what about it?"""
    for name, item in dossier.agenda.items():
        if item.competence is not None:
            yield from _views(dossier, name, item, item.competence)


def _views(dossier: Dossier, name: str, item: Item, settled: Competence) -> Iterator[Doubt]:
    where = f"agenda.{name}.competence"
    presumed = f"so the presumption '{settled.presumption}' always holds"
    if settled.item is None:
        yield (
            f"{where}.item",
            f"Competence on '{name}' is in question, but no item holds the views on it, {presumed}."
            " Add an item with the options outside and within, and name it here.",
        )
        return
    known = dossier.positions.get(settled.item, frozendict())
    chair = dossier.sitting_chair(item.body)
    judge = {"body": None, "chair": chair}.get(settled.decided_by, settled.decided_by)
    if settled.decided_by == "chair" and chair is None:
        yield (
            f"{where}.decided_by",
            f"The chair is to settle competence on '{name}', and nobody chairs '{item.body}', "
            f"{presumed}. Add bodies.{item.body}.presidency, or name who settles it.",
        )
    elif judge is not None and judge not in known:
        yield (
            f"positions.{settled.item}.{judge}",
            f"'{judge}' settles competence on '{name}', but holds no position on "
            f"'{settled.item}', so it may go either way. Add the position.",
        )
    elif not known:
        yield (
            f"positions.{settled.item}",
            f"Competence on '{name}' is settled by the members' views on '{settled.item}', and "
            "there are none, so each may go either way. Add their positions.",
        )
