"""``comity similarity``: how alike two actors vote, with each other and with others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from comity.cli import streams
from comity.cli.options import DRAWS, SEED, Json, Seed, a_path
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.rollcalls import Listed, RollCalls, Similarity

MOST_PERIODS = 200
RELIABLE = 1996
"""First year whose days can be trusted in data that are known to have had them wrong."""
MANY_DAYS = 30


@dataclass(frozen=True)
class Answer:
    """What was asked of some roll calls, and what was found."""

    asked: dict[str, str]
    """Each actor as it was asked for, to its id in the files, in order."""
    names: dict[str, str]
    whole: Similarity
    periods: tuple[Similarity, ...]
    terms: tuple[str, ...]
    about: tuple[Listed, ...]
    files: tuple[str, ...]
    notes: tuple[str, ...]


def similarity(
    arguments: Annotated[
        list[str],
        Argument(metavar="FILE... A B", help="Files of recorded votes, then the two actors."),
    ],
    others: Annotated[
        str | None,
        Option("--with", metavar="C,D,...", help="Third actors with whom each of the two agrees."),
    ] = None,
    since: Annotated[int | None, Option("--since", metavar="YEAR", help="First year.")] = None,
    until: Annotated[int | None, Option("--until", metavar="YEAR", help="Last year.")] = None,
    every: Annotated[
        int | None,
        Option("--every", metavar="YEARS", min=1, help="Also by periods of so many years."),
    ] = None,
    about: Annotated[
        list[str] | None,
        Option(
            "--about",
            metavar="TEXT",
            help="List the votes whose files mention it. May be given several times.",
        ),
    ] = None,
    seed: Seed = SEED,
    draws: Annotated[
        int, Option("--draws", min=1, max=100_000, help="Bootstrap draws for the intervals.")
    ] = DRAWS,
    as_json: Json = False,
) -> None:
    """Tell how alike two actors vote.

    Agreement, S, π and κ, with intervals that count a repeated resolution once; each actor's
    agreement with the majority; and the votes in which the two were opposed, one by one.
    Similarity of recorded votes is not friendship.

    \b
    Examples:
      comity similarity votes.csv A B
      comity similarity votes.csv A B --with C,D --since 2015 --about budget
    """
    if len(arguments) < 3:
        raise ComityError(
            "files and two actors are needed",
            found=" ".join(arguments),
            mend="Name the files of votes first, then two actors: comity similarity votes.csv A B.",
        )
    *files, one, other = arguments
    thirds = [name.strip() for name in (others or "").split(",") if name.strip()]
    answer = _answer(
        [a_path(file) for file in files],
        [one, other, *thirds],
        since,
        until,
        every,
        about or [],
        seed,
        draws,
    )
    if as_json:
        _put_json(answer)
    else:
        from comity.cli.similarity_tables import show

        show(answer)


def _answer(
    files: Sequence[Path],
    asked: Sequence[str],
    since: int | None,
    until: int | None,
    every: int | None,
    terms: Sequence[str],
    seed: int,
    draws: int,
) -> Answer:
    from comity.rollcalls import actor, listed, read_roll_calls
    from comity.rollcalls import similarity as similar

    calls = read_roll_calls(files)
    actors = {name: actor(calls, name) for name in asked}
    _refuse_twice(actors, asked)
    chosen = _in_years(calls, since, until)
    one, other, *thirds = actors.values()
    empty = [term for term in terms if not term.strip()]
    if empty:
        raise ComityError("--about is empty", mend="Say what the votes are to be about.")

    def alike(some: RollCalls) -> Similarity:
        return similar(some, one, other, thirds, seed=seed, draws=draws)

    return Answer(
        asked=actors,
        names={member: calls.names.get(member, member) for member in actors.values()},
        whole=alike(chosen),
        periods=tuple(map(alike, _periods(chosen, every))),
        terms=tuple(terms),
        about=listed(chosen.about(terms), list(actors.values())) if terms else (),
        files=tuple(map(str, files)),
        notes=(*calls.notes, *_doubtful_days(chosen)),
    )


def _doubtful_days(calls: RollCalls) -> Iterator[str]:
    """Days before 1996 that all stand in the first week of their month were never the days."""
    early = [call.on for call in calls.calls if call.on is not None and call.on.year < RELIABLE]
    if len(early) >= MANY_DAYS and all(day.day <= 7 for day in early):
        yield (
            f"The {len(early):,} days before {RELIABLE} all lie between the 1st and the 7th of a "
            "month, so they are not to be trusted; the years are."
        )


def _refuse_twice(actors: dict[str, str], asked: Sequence[str]) -> None:
    if len(set(actors.values())) < len(asked):
        raise ComityError(
            "an actor is named twice", found=", ".join(asked), mend="Name each actor once."
        )


def _in_years(calls: RollCalls, since: int | None, until: int | None) -> RollCalls:
    chosen = calls.between(since, until)
    if not chosen.calls:
        years = [call.year for call in calls.calls if call.year is not None]
        raise ComityError(
            "there is no roll call in these years",
            found=f"{since or '…'} to {until or '…'}",
            mend=f"The files have roll calls from {min(years)} to {max(years)}."
            if years
            else "The files say of no roll call when it was; leave --since and --until out.",
        )
    return chosen


def _periods(calls: RollCalls, every: int | None) -> Iterator[RollCalls]:
    """The roll calls in periods of some years, from the first year there is; empty ones left out.

    Those without a year belong to none.
    """
    years = [call.year for call in calls.calls if call.year is not None]
    if every is None or not years:
        return
    starts = range(min(years), max(years) + 1, every)
    if len(starts) > MOST_PERIODS:
        raise ComityError(
            f"there would be {len(starts)} periods",
            found=f"--every {every}",
            mend=f"At most {MOST_PERIODS} are told apart; give longer ones.",
        )
    for start in starts:
        some = calls.between(start, start + every - 1)
        if some.calls:
            yield some


def _put_json(answer: Answer) -> None:
    from comity.cli.envelope import enveloped, written

    head = written(answer.whole)
    seed, draws = head.pop("seed"), head.pop("draws")
    periods = [written(period) for period in answer.periods]
    for each in (head, *periods):
        each["opposed"] = [_flat(entry) for entry in each["opposed"]]
    for period in periods:
        del period["seed"], period["draws"]
    result = {
        "files": answer.files,
        "actors": {
            member: {"name": answer.names[member], "asked_as": name}
            for name, member in answer.asked.items()
        },
        **head,
        "periods": periods,
        "about": {
            "terms": answer.terms,
            "roll_calls": [_flat(written(entry)) for entry in answer.about],
        }
        if answer.terms
        else None,
        "notes": answer.notes,
    }
    streams.put_json(enveloped("similarity", result, seed=seed, draws=draws))


def _flat(entry: dict[str, dict[str, object]]) -> dict[str, object]:
    """A listed roll call in one object, without the text it was looked up in."""
    call = {key: held for key, held in entry["call"].items() if key not in ("text", "titled")}
    return call | {"votes": entry["votes"]}
