"""``comity diff``: what changed between two dossiers, and what that did to the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from comity.cli import made, named, streams
from comity.cli.options import DRAWS, SEED, Draws, Items, Json, Seed, Timings, Workers, a_path
from comity.errors import DossierError, Place

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble.difference import Difference

ORDERS = 40
_SHOWN = 12
"""Changes without effect that are named one by one."""


def _a_dossier(which: str, metavar: str) -> object:
    return Argument(
        metavar=metavar,
        help=f"The {which} dossier: a YAML file, a folder of them, or a workbook.",
        show_default=False,
        parser=a_path,
    )


def diff(
    old: Annotated[Path, _a_dossier("old", "OLD")],
    new: Annotated[Path, _a_dossier("new", "NEW")],
    item: Items = None,
    orders: Annotated[
        int,
        Option(
            "--orders",
            min=2,
            help="Orders of making the changes to sample, where they are too many to try all.",
        ),
    ] = ORDERS,
    seed: Seed = SEED,
    draws: Draws = DRAWS,
    workers: Workers = None,
    as_json: Json = False,
    timings: Timings = False,
) -> None:
    """Tell what changed between two dossiers and what that did to the answers.

    Both are answered on the same draws, and the change of each headline is put down to the changes
    in the dossier one by one: each made alone, each made last, and its mean share over all orders.
    What chance could have made of it is told. Of talks: the joint ceiling and the first proposal.

    \b
    Examples:
      comity diff monday.yaml friday.yaml
      comity diff monday.yaml friday.yaml --item limit --json
    """
    before, after = (made.read(path, timings=timings) for path in (old, new))
    items = _items(before, after, (old, new), item)
    found = _difference(
        (before, after),
        (old, new),
        items,
        orders=orders,
        seed=seed,
        draws=draws,
        workers=workers,
        timings=timings,
    )
    if as_json:
        _put_json(found)
    else:
        _show(found)


def _items(
    before: Dossier, after: Dossier, paths: tuple[Path, Path], wanted: Sequence[str] | None
) -> tuple[str, ...]:
    """The items that are wanted, of those on both agendas."""
    for dossier, other, path in ((before, after, paths[0]), (after, before, paths[1])):
        for name in wanted or ():
            if name not in dossier.agenda and name in other.agenda:
                raise DossierError(
                    "the item is on one of the two agendas alone, so there is nothing to compare",
                    place=Place(file=str(path), field="agenda"),
                    found=f"no '{name}'",
                    mend=named.choose(
                        "--item", name, [n for n in dossier.agenda if n in other.agenda]
                    ),
                )
    known = named.items(before, paths[0], wanted)
    return tuple(name for name in known if name in after.agenda)


def _difference(
    dossiers: tuple[Dossier, Dossier],
    paths: tuple[Path, Path],
    items: tuple[str, ...],
    *,
    orders: int,
    seed: int,
    draws: int,
    workers: int | None,
    timings: bool,
) -> Difference:
    from comity.cli.progress import progress

    for dossier, path in zip(dossiers, paths, strict=True):
        with made.placed(path):
            from comity.dossier import refuse_hindsight
            from comity.dossier.agenda import refuse_cycles

            refuse_hindsight(dossier)
            refuse_cycles(dossier)
    with made.timed("comparing", timings), progress("comparing") as told:
        from comity.ensemble.difference import difference

        return difference(
            *dossiers,
            items=items,
            orders=orders,
            seed=seed,
            draws=draws,
            workers=workers,
            progress=told,
        )


def _put_json(found: Difference) -> None:
    from comity.cli.envelope import enveloped

    result = found.to_json()
    seed, draws = result.pop("seed"), result.pop("draws")  # they stand in the envelope
    streams.put_json(enveloped("diff", result, seed=seed, draws=draws))


def _show(found: Difference) -> None:
    _put_heading(found)
    if found.same:
        streams.put()
        streams.put_prose("The two dossiers are identical: every field says the same in both.")
        return
    _put_changes(found)
    for item in found.items:
        _put_item(found, item)
    _put_talks(found)
    if found.items:
        streams.put()
        streams.put_prose(_LEGEND)


_COLUMNS = ("alone", "last", "share")

_LEGEND = (
    "Alone: what the change does to the old dossier if it is the only one made; last: what it does "
    "if all others have been made; share: its mean over the orders in which they could be made, "
    "which together is the whole. All in points of a hundred draws, both dossiers on the same "
    "draws; (~) is within what chance alone could make of it, two standard errors."
)


def _put_heading(found: Difference) -> None:
    from comity.cli.heading import day

    if found.handling.strip():
        streams.put_prose(found.handling.strip().upper())
    titles = [title.strip() or "untitled" for title in found.titles]
    then, now = found.as_of
    same_title, same_day = titles[0] == titles[1], then == now
    told = titles[0] if same_title else f"{titles[0]} → {titles[1]}"
    streams.put_prose(f"Difference: {told}")
    days = day(then) if same_day else f"{day(then)} → {day(now)}"
    streams.put_prose(
        f"As of {days}. {found.draws:,} draw{'s' * (found.draws != 1)}, seed {found.seed}, "
        "the same for both."
    )


def _put_changes(found: Difference) -> None:
    from comity.cli.heading import put_section
    from comity.report.sentences import difference as words

    read, unread = words.what_changed(found), words.unread(found)
    if not (found.items or read or unread):
        return  # all of it is told with the talks
    put_section("what changed")
    for line in read:
        streams.put_prose(line)
    if not read and found.items:
        streams.put_prose("Nothing that any answer on an agenda item reads.")
    for line in (*words.together(found), *words.agendas(found)):
        streams.put_prose(line)
    if unread:
        streams.put()
        count = len(unread)
        streams.put_prose(f"Bears on no headline ({count} change{'s' * (count != 1)}):")
        for line in unread[:_SHOWN]:
            streams.put_prose(line)
        if count > _SHOWN:
            streams.put_prose(f"… and {count - _SHOWN} more; --json lists them all.")


def _put_item(found: Difference, item: str) -> None:
    from comity.cli.heading import put_section
    from comity.cli.tables import put_table
    from comity.report.sentences import difference as words
    from comity.report.words import title_of

    put_section(title_of(item))
    told = (*words.headline(found, item), *words.by_what(found, item))
    streams.put_prose(" ".join(told))
    streams.put()
    put_table(
        ["share of draws in which", "before", "after", "change"],
        list(_answers(found, item)),
        numbers=["before", "after", "change"],
    )
    for answer in words.attributed(found, item):
        parts = list(_parts(found, item, answer))
        if parts:
            streams.put()
            streams.put_prose(f"What made the change in how often {words.ANSWERS[answer]}:")
            put_table(["change", *_COLUMNS], parts, numbers=_COLUMNS)
    said = (*words.objections(found, item), *words.content(found, item))
    if said:
        streams.put()
        streams.put_prose(" ".join(said))


def _answers(found: Difference, item: str) -> Iterator[list[str]]:
    from comity.report.sentences.difference import ANSWERS, signed
    from comity.report.words import percents

    for name, shift in found.items[item].answers.items():
        if shift.before is None and shift.after is None:
            continue
        change = "–" if shift.change is None else signed(shift.change)
        chance = "" if shift.change is None or shift.told or not shift.moved else " (~)"
        yield [ANSWERS[name], percents(shift.before), percents(shift.after), f"{change}{chance}"]


def _parts(found: Difference, item: str, answer: str) -> Iterator[list[str]]:
    """The changes that bear on an answer, those without any effect left out."""
    from comity.ensemble.difference import beyond
    from comity.report.sentences.difference import group_words, signed

    entry = found.items[item]
    groups = {group.name: group for group in found.groups}
    for part in entry.parts.get(answer, ()):
        pairs = (
            (part.alone, part.alone_error),
            (part.last, part.last_error),
            (part.share, part.share_error),
        )
        if not any(abs(value) > 1e-9 for value, _ in pairs):
            continue
        cells = [
            signed(value) + (" (~)" if abs(value) > 1e-9 and not beyond(value, error) else "")
            for value, error in pairs
        ]
        yield [group_words(found, groups[part.group]), *cells]


def _put_talks(found: Difference) -> None:
    from comity.cli.heading import put_section
    from comity.report.sentences import difference as words
    from comity.report.words import title_of

    for name in found.talks:
        put_section(title_of(name))
        for change in found.changes:
            if change.at[:2] == ("talks", name):
                streams.put_prose(words.change_words(found, change))
        streams.put()
        streams.put_prose(" ".join(words.talks(found, name)))
