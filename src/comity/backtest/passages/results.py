"""What scoring a set of consensus decisions found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from comity.backtest.passages.objectors import ObjectorScore, Seat
from comity.backtest.passages.omega import OmegaEstimate
from comity.backtest.resampling import Interval

FORECASTS = (
    "consensus",
    "omega_zero",
    "rho_half",
    "no_floors",
    "omega_estimated",
    "base_rate",
    "naive_rule",
)
"""The consensus model as coded; with ω = 0; with ρ = ½; with floors set aside; with ω estimated
on the other bodies; and its rivals."""
MEASURES = ("brier", "log", "log_kept")


@dataclass(frozen=True)
class PassageScore:
    """Mean scores over all cases, lower is better, with intervals from a bootstrap over bodies.

    ``interval`` and those of the differences are None for fewer than two bodies. ``less_base``
    and ``less_naive`` are differences from the rivals, below 0 is better.
    """

    values: Mapping[str, float]
    interval: Mapping[str, Interval | None]
    less_base: Mapping[str, tuple[float, Interval | None]]
    less_naive: Mapping[str, tuple[float, Interval | None]]

    def to_json(self) -> dict[str, Any]:
        def differing(held: Mapping[str, tuple[float, Interval | None]]) -> dict[str, Any]:
            return {k: {"difference": d, "interval": i} for k, (d, i) in held.items()}

        return {
            **self.values,
            "interval": dict(self.interval),
            "against_base_rate": differing(self.less_base),
            "against_naive_rule": differing(self.less_naive),
        }


@dataclass(frozen=True)
class ScoredCase:
    """One case: what each forecast gave it, and what happened.

    ``chances`` by the names of the forecasts; those of the model are shares of draws.
    """

    name: str
    title: str
    body: str
    pair: str
    as_of: str
    adopted: bool
    refused: tuple[str, ...]
    sure: Mapping[str, str]
    chances: Mapping[str, float]
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Passages:
    """A set of consensus decisions, scored.

    ``blocked`` and ``passed`` score who objected in blocked and in adopted cases. ``omega`` is
    estimated with shares as drawn, ``omega_cautious`` with shares kept within 1 % and 99 %, so
    that a case which the model all but excludes cannot decide it; both are None for fewer than
    two bodies, and the forecast with ω estimated is then missing.
    """

    folder: str
    seed: int
    draws: int
    resamples: int
    cases: tuple[ScoredCase, ...]
    scores: Mapping[str, PassageScore]
    blocked: ObjectorScore
    passed: ObjectorScore
    omega: OmegaEstimate | None
    omega_cautious: OmegaEstimate | None

    @property
    def bodies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(case.body for case in self.cases))

    def to_json(self) -> dict[str, Any]:
        """The result as ``comity backtest --json`` prints it, without its envelope."""
        return {
            "kind": "passages",
            "folder": self.folder,
            "resamples": self.resamples,
            "bodies": list(self.bodies),
            "forecasts": {name: _of_score(self.scores.get(name)) for name in FORECASTS},
            "objectors": {"blocked": asdict(self.blocked), "adopted": asdict(self.passed)},
            "omega": _of_omega(self.omega),
            "omega_cautious": _of_omega(self.omega_cautious),
            "cases": {case.name: _of_case(case) for case in self.cases},
        }


def _of_score(score: PassageScore | None) -> dict[str, Any] | None:
    return None if score is None else score.to_json()


def _of_omega(held: OmegaEstimate | None) -> dict[str, Any] | None:
    return None if held is None else asdict(held)


def _of_case(case: ScoredCase) -> dict[str, Any]:
    return {
        "title": case.title,
        "body": case.body,
        "pair": case.pair,
        "as_of": case.as_of,
        "adopted": case.adopted,
        "refused": list(case.refused),
        "sure": dict(case.sure),
        "chances": {name: case.chances.get(name) for name in FORECASTS},
        "seats": {seat.seat: _of_seat(seat) for seat in case.seats},
    }


def _of_seat(seat: Seat) -> dict[str, Any]:
    held = asdict(seat)
    del held["seat"]
    return held
