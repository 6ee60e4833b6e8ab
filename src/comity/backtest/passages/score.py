"""Score the consensus model on a set of consensus decisions, beside its rivals (§65)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.backtest.passages.cases import PassageCase, read_passages
from comity.backtest.passages.forecasting import (
    draw,
    no_floors,
    objecting,
    passing,
    with_omega,
)
from comity.backtest.passages.objectors import Seat, score_objectors, seats_of
from comity.backtest.passages.omega import OmegaEstimate, estimate, passing_by_mean
from comity.backtest.passages.results import (
    FORECASTS,
    MEASURES,
    Passages,
    PassageScore,
    ScoredCase,
)
from comity.backtest.passages.scores import base_rate, brier, kept, log_score, naive_rule
from comity.backtest.resampling import Interval, Resamples, resample
from comity.dossier.quantity import Floats
from comity.ensemble.progress import Meter, Tell

DRAWS = 10_000
RESAMPLES = 10_000
RHO = 0.5


@dataclass(frozen=True)
class _Run:
    """A case's draws: how many pass under each reading of it, and for each mean of ω."""

    counts: tuple[int, ...]
    by_mean: tuple[float, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class _Given:
    """A forecast of every case: its shares, and the same never 0 or 1, for the log score."""

    shares: Floats
    inner: Floats

    def scores(self, happened: Floats) -> dict[str, Floats]:
        logs = (log_score(held, happened) for held in (self.inner, kept(self.inner)))
        return dict(zip(MEASURES, (brier(self.shares, happened), *logs), strict=True))


def score_passages(
    folder: str | os.PathLike[str],
    *,
    seed: int = 1,
    draws: int = DRAWS,
    resamples: int = RESAMPLES,
    tell: Tell | None = None,
) -> Passages:
    """Score a folder of consensus decisions: dossiers, and outcomes apart.

    ``tell`` is called with the share of the work done. Raises ``DossierError`` for a folder that
    cannot be read or knows too much.
    """
    cases = read_passages(folder)
    runs = _runs(cases, seed, draws, tell)
    chances = np.array([run.by_mean for run in runs]).T
    drawn = resample([case.body for case in cases], resamples, seed)
    omega, cautious = (estimate(cases, held, drawn) for held in (chances, kept(chances)))
    given = _forecasts(cases, runs, omega, draws)
    happened = np.array([float(case.adopted) for case in cases])
    scores = {name: held.scores(happened) for name, held in given.items()}
    told = list(zip(cases, runs, strict=True))
    return Passages(
        folder=str(folder),
        seed=seed,
        draws=draws,
        resamples=resamples,
        cases=tuple(_scored(*pair, given, place) for place, pair in enumerate(told)),
        scores={name: _compared(scores[name], scores, drawn) for name in given},
        blocked=score_objectors([run.seats for case, run in told if not case.adopted]),
        passed=score_objectors([run.seats for case, run in told if case.adopted]),
        omega=omega,
        omega_cautious=cautious,
    )


def _runs(cases: Sequence[PassageCase], seed: int, draws: int, tell: Tell | None) -> list[_Run]:
    done = Meter(tell).stage(1.0, len(cases))
    runs = []
    for case in cases:
        runs.append(_run(case, seed, draws))
        done()
    return runs


def _run(case: PassageCase, seed: int, draws: int) -> _Run:
    drawn = draw(case, seed, draws)
    return _Run(
        counts=(
            passing(case, drawn),
            passing(with_omega(case, 0.0), drawn),
            passing(case, drawn, RHO),
            passing(no_floors(case), drawn),
        ),
        by_mean=passing_by_mean(case, drawn),
        seats=seats_of(case, objecting(case, drawn)),
    )


def _forecasts(
    cases: Sequence[PassageCase], runs: Sequence[_Run], omega: OmegaEstimate | None, draws: int
) -> dict[str, _Given]:
    """The forecasts by the names of ``FORECASTS``; without an estimate of ω there is none by it."""
    counts = np.array([run.counts for run in runs]).T.astype(float)
    given = {
        name: _Given(k / draws, (k + 0.5) / (draws + 1))
        for name, k in zip(FORECASTS, counts, strict=False)  # the others are no counts of draws
    }
    if omega is not None:
        elsewhere = {held.body: iter(held.chances) for held in omega.left_out}
        fitted = np.array([next(elsewhere[case.body]) for case in cases])
        given["omega_estimated"] = _Given(fitted, fitted)
    for name, rival in (("base_rate", base_rate(cases)), ("naive_rule", naive_rule(cases))):
        given[name] = _Given(rival, rival)
    return given


def _compared(
    own: Mapping[str, Floats], scores: Mapping[str, Mapping[str, Floats]], drawn: Resamples | None
) -> PassageScore:
    def less(rival: str) -> dict[str, tuple[float, Interval | None]]:
        gaps = {name: own[name] - scores[rival][name] for name in MEASURES}
        return {name: (float(gap.mean()), _interval(gap, drawn)) for name, gap in gaps.items()}

    return PassageScore(
        values={name: float(own[name].mean()) for name in MEASURES},
        interval={name: _interval(own[name], drawn) for name in MEASURES},
        less_base=less("base_rate"),
        less_naive=less("naive_rule"),
    )


def _interval(values: Floats, drawn: Resamples | None) -> Interval | None:
    return None if drawn is None else drawn.mean(values, np.ones(len(values), dtype=bool))


def _scored(case: PassageCase, run: _Run, given: Mapping[str, _Given], place: int) -> ScoredCase:
    return ScoredCase(
        name=case.name,
        title=case.dossier.title,
        body=case.body,
        pair=case.pair,
        as_of=case.dossier.as_of.isoformat(),
        adopted=case.adopted,
        refused=case.refused,
        sure={
            "inputs": case.inputs,
            "adopted": case.came.sure.adopted,
            "objectors": case.came.sure.objectors,
        },
        chances={name: float(held.shares[place]) for name, held in given.items()},
        seats=run.seats,
    )
