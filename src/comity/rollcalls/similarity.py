"""Similarity of two actors' votes, with each other and with others: similarity, not friendship."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.rollcalls.clusters import clusters
from comity.rollcalls.measures import ANSWERS, MEASURES, Floats, agreement
from comity.rollcalls.resampled import Estimate, Sample, estimates, per_cluster
from comity.rollcalls.votes import CAST, RollCall, RollCalls, Vote

_ORDER = np.array([vote.value for vote in CAST])


@dataclass(frozen=True)
class Pair:
    """Two actors on the roll calls in which both cast a vote."""

    one: str
    other: str
    counted: int
    since: int | None
    """First year in which both cast a vote; None where no year is known."""
    until: int | None
    clusters: int
    differ: int
    """Roll calls in which their answers differ."""
    opposed: int
    """Of these, one said yes and the other no."""
    answers: Mapping[str, Mapping[str, int]]
    """The one's answer, to the other's answer, to the number of roll calls."""
    agreement: Estimate
    s: Estimate
    pi: Estimate
    kappa: Estimate


@dataclass(frozen=True)
class WithMajority:
    """An actor and the answer that most of the others gave."""

    actor: str
    counted: int
    no_majority: int
    """Roll calls in which two answers were equally frequent among the others; not counted."""
    agreement: Estimate


@dataclass(frozen=True)
class Comparison:
    """A third actor, on the roll calls in which it and both of the two cast a vote."""

    third: str
    one: str
    other: str
    counted: int
    clusters: int
    difference: Estimate
    """Its agreement with the one less that with the other."""
    differ: int
    """Roll calls in which the two differ: the difference rests on these alone."""
    with_one: int
    with_other: int
    with_neither: int
    opposed: int
    """Of these, the two were opposed, yes against no."""
    opposed_with_one: int
    opposed_with_other: int
    opposed_with_neither: int


@dataclass(frozen=True)
class Listed:
    """One roll call, and how each actor answered."""

    call: RollCall
    votes: Mapping[str, Vote]


@dataclass(frozen=True)
class Similarity:
    """How alike actors vote in some roll calls."""

    since: int | None
    until: int | None
    roll_calls: int
    clusters: int
    """Repeated resolutions count as one cluster."""
    seed: int
    draws: int
    recorded: Mapping[str, int]
    """Actor to the number of roll calls in which it cast a vote."""
    majority: Mapping[str, WithMajority]
    pairs: tuple[Pair, ...]
    comparisons: tuple[Comparison, ...]
    opposed: tuple[Listed, ...]
    """Roll calls in which the two were opposed, yes against no."""


def similarity(
    calls: RollCalls,
    one: str,
    other: str,
    others: Sequence[str] = (),
    *,
    seed: int = 1,
    draws: int = 10_000,
) -> Similarity:
    """How alike two actors vote, and how alike each of them and each of ``others``.

    An answer is yes, abstain or no; a roll call counts for actors that all gave one. Actors are
    members of ``calls``. The same draws serve every statistic, so differences are of like with
    like; equal seeds give equal intervals.
    """
    actors = tuple(dict.fromkeys((one, other, *others)))
    thirds = tuple(actor for actor in actors if actor not in (one, other))
    votes = {actor: calls.of(actor) for actor in actors}
    cluster = clusters(calls.calls)
    couples = [(one, other), *((pair, third) for third in thirds for pair in (one, other))]
    tables = [_tables(votes[a], votes[b]) for a, b in couples]
    majority = [_with_majority(calls, votes[actor]) for actor in actors]
    triples = [_tables_of_three(votes[one], votes[other], votes[third]) for third in thirds]
    samples = [
        Sample(per_cluster(counts, cluster), measures)
        for counted, measures in (
            (tables, tuple(MEASURES.values())),
            (majority, (_share_of_majority,)),
            (triples, (_difference,)),
        )
        for counts in counted
    ]
    found = iter(zip(samples, estimates(samples, seed, draws), strict=True))
    years_both = [_years(calls, votes[a], votes[b]) for a, b in couples]
    pairs = tuple(
        _pair(a, b, both, *next(found)) for (a, b), both in zip(couples, years_both, strict=True)
    )
    with_majority = {actor: _majority(actor, *next(found)) for actor in actors}
    comparisons = tuple(_comparison(third, one, other, *next(found)) for third in thirds)
    years = [call.year for call in calls.calls if call.year is not None]
    return Similarity(
        since=min(years, default=None),
        until=max(years, default=None),
        roll_calls=len(calls.calls),
        clusters=int(cluster.max(initial=-1)) + 1,
        seed=seed,
        draws=draws,
        recorded={actor: int((votes[actor] >= 0).sum()) for actor in actors},
        majority=with_majority,
        pairs=pairs,
        comparisons=comparisons,
        opposed=listed(calls, actors, opposing(votes[one], votes[other])),
    )


def listed(
    calls: RollCalls, actors: Sequence[str], chosen: NDArray[np.bool_] | None = None
) -> tuple[Listed, ...]:
    """Roll calls one by one in order of time, with the votes of some actors."""
    seats = {actor: calls.members.index(actor) for actor in actors}
    some = range(len(calls.calls)) if chosen is None else np.flatnonzero(chosen).tolist()
    rows = sorted(some, key=lambda row: _when(calls.calls[row]))
    return tuple(
        Listed(
            calls.calls[row],
            {actor: Vote(int(calls.votes[row, seat])) for actor, seat in seats.items()},
        )
        for row in rows
    )


def _when(call: RollCall) -> date:
    """Its day; the first of its year where that is all there is, and at the end without one."""
    return call.on or (date.max if call.year is None else date(call.year, 1, 1))


def opposing(one: NDArray[np.int8], other: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Where one said yes and the other no."""
    cast = (one >= 0) & (other >= 0)
    return np.asarray(cast & (np.abs(one - other) == Vote.YES - Vote.NO))


def majority_answer(calls: RollCalls, member: NDArray[np.int8]) -> NDArray[np.int8]:
    """The answer that most of the other members gave in each roll call; absent if there is none.

    ``member`` are the votes of the one that is left out. Two answers equally frequent leave no
    majority.
    """
    counts = np.stack([(calls.votes == vote).sum(axis=1) - (member == vote) for vote in CAST])
    most = counts.max(axis=0)
    alone = ((counts == most).sum(axis=0) == 1) & (most > 0)
    return np.where(alone, _ORDER[counts.argmax(axis=0)], Vote.ABSENT).astype(np.int8)


# --- counts for each roll call ------------------------------------------------


def _answer(votes: NDArray[np.int8]) -> Floats:
    """``[roll call, 3]``: 1 at the answer given, all 0 where there was none."""
    return np.asarray(votes[:, None] == _ORDER, dtype=np.float64)


def _tables(one: NDArray[np.int8], other: NDArray[np.int8]) -> Floats:
    return np.asarray(_answer(one)[:, :, None] * _answer(other)[:, None, :])


def _tables_of_three(
    one: NDArray[np.int8], other: NDArray[np.int8], third: NDArray[np.int8]
) -> Floats:
    return np.asarray(_tables(one, other)[..., None] * _answer(third)[:, None, None, :])


def _with_majority(calls: RollCalls, votes: NDArray[np.int8]) -> Floats:
    """The table with the majority, its last row where there is none."""
    most = majority_answer(calls, votes)
    none = _answer(votes).sum(axis=1) * (most < 0)
    return np.concatenate([_tables(votes, most), none[:, None, None].repeat(ANSWERS, 2)], axis=1)


# --- results ------------------------------------------------------------------


def _years(
    calls: RollCalls, one: NDArray[np.int8], other: NDArray[np.int8]
) -> tuple[int | None, int | None]:
    """First and last year in which both cast a vote."""
    both = np.flatnonzero((one >= 0) & (other >= 0)).tolist()
    years = [year for row in both if (year := calls.calls[row].year) is not None]
    return min(years, default=None), max(years, default=None)


def _pair(
    one: str,
    other: str,
    years: tuple[int | None, int | None],
    sample: Sample,
    found: tuple[Estimate, ...],
) -> Pair:
    table = sample.total
    return Pair(
        one=one,
        other=other,
        counted=int(table.sum()),
        since=years[0],
        until=years[1],
        clusters=sample.clusters,
        differ=int(table.sum() - np.trace(table)),
        opposed=int(table[0, -1] + table[-1, 0]),
        answers={
            row.label: {column.label: int(table[i, j]) for j, column in enumerate(CAST)}
            for i, row in enumerate(CAST)
        },
        **dict(zip(MEASURES, found, strict=True)),
    )


def _majority(actor: str, sample: Sample, found: tuple[Estimate, ...]) -> WithMajority:
    return WithMajority(
        actor=actor,
        counted=int(sample.total[:ANSWERS].sum()),
        no_majority=int(sample.total[ANSWERS, 0]),
        agreement=found[0],
    )


def _share_of_majority(table: Floats) -> Floats:
    """Agreement with the majority, where there is one: ``[…, 4, 3]``."""
    return agreement(table[..., :ANSWERS, :])


def _comparison(
    third: str, one: str, other: str, sample: Sample, found: tuple[Estimate, ...]
) -> Comparison:
    cube = sample.total
    differing = cube * (1.0 - np.eye(ANSWERS))[:, :, None]
    against = np.zeros_like(cube)
    against[[0, -1], [-1, 0]] = cube[[0, -1], [-1, 0]]
    sides, opposed = _sides(differing), _sides(against)
    return Comparison(
        third=third,
        one=one,
        other=other,
        counted=int(cube.sum()),
        clusters=sample.clusters,
        difference=found[0],
        differ=sum(sides),
        with_one=sides[0],
        with_other=sides[1],
        with_neither=sides[2],
        opposed=sum(opposed),
        opposed_with_one=opposed[0],
        opposed_with_other=opposed[1],
        opposed_with_neither=opposed[2],
    )


def _difference(cube: Floats) -> Floats:
    """Agreement of the third with the one, less that with the other: ``[…, one, other, third]``."""
    return agreement(cube.sum(axis=-2)) - agreement(cube.sum(axis=-3))


def _sides(cube: Floats) -> tuple[int, int, int]:
    """Among roll calls in which the two differ: the third with the one, the other, neither."""
    with_one = int(np.einsum("iji->", cube))
    with_other = int(np.einsum("ijj->", cube))
    return with_one, with_other, int(cube.sum()) - with_one - with_other
