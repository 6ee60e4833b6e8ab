"""Values fit the kind of item they stand for: numbers on a scale, names among options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frozendict import frozendict

from comity.dossier.fit_talks import misfits_in_talks
from comity.dossier.item import Item
from comity.dossier.model import Dossier
from comity.dossier.paths import MisfitError, Path, listed, nearest
from comity.dossier.position import JUDGED, Choice, Concession, Position
from comity.dossier.quantity import Exactly, Quantity

RESERVED = ("body", "chair")
"""Words that `decided_by` gives a meaning of their own."""

VIEWS = ("outside", "within")
"""The options of an item that holds the views on competence, the lesser first: a bloc's factor
moves all views the same way (conventions §11)."""

Held = frozendict[str, frozendict[str, Position]]


def misfits(dossier: Dossier) -> Iterator[MisfitError]:
    """Every value of the wrong kind, section by section."""
    for name in RESERVED:
        if name in dossier.actors:
            yield MisfitError(
                ("actors", name),
                f"'{name}' is a word with a meaning of its own in `decided_by`",
                mend="Give this actor another id.",
            )
    for name, item in dossier.agenda.items():
        yield from _item(dossier, name, item, ("agenda", name))
    yield from _all_positions(dossier, dossier.positions, ("positions",))
    for name, coding in dossier.codings.items():
        yield from _all_positions(dossier, coding.positions, ("codings", name, "positions"))
        for item_id in coding.presumptions:
            if item_id in dossier.agenda and dossier.agenda[item_id].competence is None:
                yield _no_competence(item_id, ("codings", name, "presumptions", item_id))
    for name, talks in dossier.talks.items():
        yield from misfits_in_talks(talks, ("talks", name))


def _no_competence(item: str, path: Path) -> MisfitError:
    return MisfitError(
        path,
        f"competence is not in question for '{item}', so nothing can be presumed about it",
        mend=f"Add `competence` to agenda.{item}, or remove this presumption.",
    )


def _item(dossier: Dossier, name: str, item: Item, path: Path) -> Iterator[MisfitError]:
    if item.options is not None and len(item.options) < 2:
        yield MisfitError(
            (*path, "options"),
            "a question with options has at least two of them",
            found=listed(item.options) or "none",
            mend="List the options from the least to the most far-reaching.",
        )
        return
    yield from _text(item, item.reversion, (*path, "reversion"))
    yield from _text(item, item.tabled, (*path, "tabled"))
    if not item.is_scale and "smallest_step" in item.model_fields_set:
        yield MisfitError(
            (*path, "smallest_step"),
            "a smallest step belongs to a scale, and this item has options",
            found=item.smallest_step.written(),
            mend="Remove it: among options, every one but the reversion says something.",
        )
    if isinstance(item.smallest_step, Exactly) and item.smallest_step.value <= 0:
        yield MisfitError(
            (*path, "smallest_step"),
            "a step of nothing would make silence a text",
            found=item.smallest_step.written(),
            mend="Give a number above 0: how far from the reversion a text says something.",
        )
    views = None if item.competence is None else dossier.agenda.get(item.competence.item or "")
    if views is not None and views.option_ids != VIEWS:
        yield MisfitError(
            (*path, "competence", "item"),
            "views on competence need an item with the options outside and within, in this order",
            found=listed(views.option_ids) or "an item on a scale",
            mend=f"Write options: [outside, within] in agenda.{item.competence.item}.",  # type: ignore[union-attr]
        )
    for index, later in enumerate(item.rounds):
        place = (*path, "rounds", index)
        yield from _text(item, later.tabled, (*place, "tabled"))
        for actor, concession in later.concessions.items():
            yield from _concession(dossier, name, actor, concession, (*place, "concessions", actor))


def _text(item: Item, text: Quantity | str | None, path: Path) -> Iterator[MisfitError]:
    """A text is a number on a scale, an option among options."""
    if isinstance(text, str) and item.is_scale:
        yield MisfitError(
            path,
            "a number from 0 to 100 was expected: this item has a scale, not options",
            found=text,
            mend="Write a number without quotes, or a range such as 40..60; "
            "or give the item `options`.",
        )
    elif isinstance(text, str):
        yield from _option(item, text, path)
    elif text is not None and not item.is_scale:
        yield _not_an_option(item, text.written(), path)


def _not_an_option(item: Item, found: object, path: Path) -> MisfitError:
    return MisfitError(
        path,
        "the name of an option was expected: this item has options, not a scale",
        found=found,
        mend=f"Use one of: {listed(item.option_ids)}.",
    )


def _option(item: Item, name: str, path: Path) -> Iterator[MisfitError]:
    if name not in item.option_ids:
        like = nearest(name, item.option_ids)
        guess = f"Did you mean '{like}'? " if like else ""
        yield MisfitError(
            path,
            "the item has no option of this name",
            found=name,
            mend=f"{guess}Its options are: {listed(item.option_ids)}.",
        )


def _all_positions(dossier: Dossier, positions: Held, path: Path) -> Iterator[MisfitError]:
    for name, held in positions.items():
        item = dossier.agenda.get(name)
        for actor, position in held.items():
            place = (*path, name, actor)
            yield from _assumed(position, place)
            if item is not None:
                yield from _wishes(item, position, place)
                yield from _values(item, position, (*place, "values"))


def _assumed(position: Position, path: Path) -> Iterator[MisfitError]:
    for index, field in enumerate(position.assumed):
        if field not in JUDGED:
            like = nearest(field, JUDGED)
            guess = f"Did you mean '{like}'? " if like else ""
            yield MisfitError(
                (*path, "assumed", index),
                "a position has no such field",
                found=field,
                mend=f"{guess}Name any of: {listed(JUDGED)}.",
            )


def _wishes(item: Item, held: Position | Concession, path: Path) -> Iterator[MisfitError]:
    if isinstance(held.ideal, Choice):
        yield from _choice(item, held.ideal, (*path, "ideal"))
    elif held.ideal is not None and not item.is_scale:
        yield _not_an_option(item, held.ideal.written(), (*path, "ideal"))
    yield from _accepts(item, held.accepts, (*path, "accepts"))
    if held.floor is not None and not item.is_scale:
        yield MisfitError(
            (*path, "floor"),
            "a floor belongs to a scale, and this item has options",
            found=held.floor.written(),
            mend="List the acceptable options under `accepts` instead.",
        )


def _choice(item: Item, choice: Choice, path: Path) -> Iterator[MisfitError]:
    if item.is_scale:
        yield from _text(item, ", ".join(choice.weights), path)
        return
    for name in choice.weights:
        yield from _option(item, name, path if len(choice.weights) == 1 else (*path, name))


def _accepts(
    item: Item, accepts: Sequence[Quantity | str] | None, path: Path
) -> Iterator[MisfitError]:
    if accepts is None:
        return
    if item.is_scale and len(accepts) != 2:
        yield MisfitError(
            path,
            "two bounds were expected: [lowest, highest] acceptable text",
            found=f"{len(accepts)} of them" if accepts else "an empty list",
            mend="Write both, e.g. [0, 40] for anything up to 40.",
        )
        return
    for index, text in enumerate(accepts):
        yield from _text(item, text, (*path, index))


def _values(item: Item, position: Position, path: Path) -> Iterator[MisfitError]:
    if position.values is None:
        return
    if item.is_scale:
        yield MisfitError(
            path,
            "values belong to options, and this item has a scale",
            found=listed(position.values),
            mend="State an `ideal` from 0 to 100 instead.",
        )
        return
    if position.ideal is not None:
        yield MisfitError(
            path,
            "a position states either an ideal or the values of options, not both",
            mend="Remove `ideal`, or remove `values`.",
        )
    for name in position.values:
        yield from _option(item, name, (*path, name))


def _concession(
    dossier: Dossier, item: str, actor: str, concession: Concession, path: Path
) -> Iterator[MisfitError]:
    yield from _wishes(dossier.agenda[item], concession, path)
    if concession.ideal is not None and _states_values(dossier, item, actor):
        yield MisfitError(
            (*path, "ideal"),
            f"'{actor}' states the values of options on this item, so a new ideal would be ignored",
            mend="Concede by `accepts`, or state an `ideal` in the position.",
        )


def _states_values(dossier: Dossier, item: str, actor: str) -> bool:
    readings = (dossier.positions, *(coding.positions for coding in dossier.codings.values()))
    held = (reading.get(item, frozendict()).get(actor) for reading in readings)
    return any(position is not None and position.values is not None for position in held)
