"""Score the consensus model on a set of consensus decisions, beside its rivals (§65)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.backtest.passages.cases import PassageCase, read_passages
from comity.backtest.passages.forecasting import objecting, passing, with_omega
from comity.backtest.passages.objectors import Seat, score_objectors, seats_of
from comity.backtest.passages.omega import OmegaEstimate, estimate, passing_by_mean
from comity.backtest.passages.results import MEASURES, Passages, PassageScore, ScoredCase
from comity.backtest.passages.scores import base_rate, brier, kept, log_score, naive_rule
from comity.backtest.resampling import Interval, Resamples, resample
from comity.dossier.quantity import Floats

DRAWS = 10_000
RESAMPLES = 10_000
RHO = 0.5


@dataclass(frozen=True)
class _Given:
    """A forecast of every case: its shares, and the same never 0 or 1, for the log score."""

    shares: Floats
    inner: Floats

    def scores(self, happened: Floats) -> dict[str, Floats]:
        return dict(
            zip(
                MEASURES,
                (
                    brier(self.shares, happened),
                    log_score(self.inner, happened),
                    log_score(kept(self.inner), happened),
                ),
                strict=True,
            )
        )


def score_passages(
    folder: str | os.PathLike[str],
    *,
    seed: int = 1,
    draws: int = DRAWS,
    resamples: int = RESAMPLES,
) -> Passages:
    """Score a folder of consensus decisions: dossiers, and outcomes apart.

    Raises ``DossierError`` for a folder that cannot be read or knows too much.
    """
    cases = read_passages(folder)
    omega = estimate(cases, passing_by_mean(cases, seed, draws))
    given = _forecasts(cases, omega, seed, draws)
    happened = np.array([float(case.adopted) for case in cases])
    drawn = resample([case.body for case in cases], resamples, seed)
    scores = {name: held.scores(happened) for name, held in given.items()}
    seats = [seats_of(case, objecting(case, seed, draws)) for case in cases]
    pairs = list(zip(cases, seats, strict=True))
    return Passages(
        folder=str(folder),
        seed=seed,
        draws=draws,
        resamples=resamples,
        cases=tuple(_scored(*pair, given, place) for place, pair in enumerate(pairs)),
        scores={name: _compared(held, scores, drawn) for name, held in scores.items()},
        blocked=score_objectors([held for case, held in pairs if not case.adopted]),
        passed=score_objectors([held for case, held in pairs if case.adopted]),
        omega=omega,
    )


def _forecasts(
    cases: Sequence[PassageCase], omega: OmegaEstimate, seed: int, draws: int
) -> dict[str, _Given]:
    """Every forecast by the names of ``FORECASTS``."""

    def drawn(held: Sequence[PassageCase], rho: float = 0.0) -> _Given:
        counts = np.array([passing(case, seed, draws, rho) for case in held], dtype=float)
        return _Given(counts / draws, (counts + 0.5) / (draws + 1))

    elsewhere = {held.body: iter(held.chances) for held in omega.left_out}
    fitted = np.array([next(elsewhere[case.body]) for case in cases])
    rivals = base_rate(cases), naive_rule(cases)
    return {
        "consensus": drawn(cases),
        "omega_zero": drawn([with_omega(case, 0.0) for case in cases]),
        "rho_half": drawn(cases, RHO),
        "omega_estimated": _Given(fitted, fitted),
        "base_rate": _Given(rivals[0], rivals[0]),
        "naive_rule": _Given(rivals[1], rivals[1]),
    }


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


def _scored(
    case: PassageCase, seats: tuple[Seat, ...], given: Mapping[str, _Given], place: int
) -> ScoredCase:
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
        seats=seats,
    )
