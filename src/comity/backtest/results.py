"""What a backtest found: each model's scores, how sure they are, and how they compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from comity.backtest.resampling import Interval
from comity.backtest.scores import SAME
from comity.dossier.formats.deu_cells import OffScale

MEASURES = ("mae", "median", "within_10", "crps", "coverage_80")
"""Mean and median absolute error, share within ten points, CRPS, share of PIT in [.1, .9]."""


SHOWN = 20
"""Cells off the scale that the JSON lists."""


@dataclass(frozen=True)
class Difference:
    """A model's score less that of another on the issues that both answer; below 0 is better."""

    difference: float
    interval: Interval | None

    @property
    def verdict(self) -> int:
        """−1 or +1 where the interval lies wholly below or above zero, else 0."""
        if self.interval is None:
            return 0
        return (self.interval[0] > SAME) - (self.interval[1] < -SAME)


@dataclass(frozen=True)
class Compared:
    """Differences in mean absolute error and in CRPS on ``n`` issues."""

    n: int
    mae: Difference
    crps: Difference


@dataclass(frozen=True)
class OnIssue:
    """One model on one issue."""

    point: float
    error: float
    crps: float
    pit: float


@dataclass(frozen=True)
class Scored:
    """One model's scores over the ``n`` issues that it answers.

    ``values`` and ``interval`` by the names of ``MEASURES``; empty for a model without answers,
    and intervals None for fewer than two proposals. ``distribution`` says what its CRPS and
    coverage are of: ``own`` chances, the point with its ``residuals`` on other proposals, or with
    the ``shipped`` ones. ``with_residuals`` has both scores of the latter kind for a model with
    chances of its own. ``held_out`` counts issues that a fitted model was asked of with a fit
    without their proposals, since it comes with one on them. ``issues`` holds None where the model
    has no answer.
    """

    name: str
    n: int
    values: Mapping[str, float]
    interval: Mapping[str, Interval | None]
    distribution: str
    with_residuals: Mapping[str, float]
    against: Mapping[str, Compared]
    unanswered: Mapping[str, int]
    failed: Mapping[str, int]
    held_out: int
    issues: tuple[OnIssue | None, ...]

    def to_json(self) -> dict[str, Any]:
        """As ``--json`` has it, without the issues."""
        none = dict.fromkeys(MEASURES)
        return {
            "name": self.name,
            "n": self.n,
            **(dict(self.values) or none),
            "interval": dict(self.interval) or none,
            "against_compromise": _compared(self.against.get("compromise")),
            "against_climatology": _compared(self.against.get("climatology")),
            "distribution": self.distribution,
            "with_residuals": dict(self.with_residuals) or None,
            "unanswered": dict(self.unanswered),
            "failed": dict(self.failed),
            "held_out": self.held_out,
        }


@dataclass(frozen=True)
class Case:
    """An issue that was scored, in the order of proposals and ids."""

    group: str
    item: str
    outcome: float


@dataclass(frozen=True)
class Backtest:
    """Models scored on decided issues.

    ``read`` counts the issues of the file, ``cases`` are those with an outcome, and of these
    ``reversion_unknown`` have no reference point; ``notes`` are sentences on what was left out or
    taken for granted, and ``off_scale`` the cells that were taken as missing since no such number
    is on the scale.
    """

    file: str
    sha256: str
    read: int
    cases: tuple[Case, ...]
    reversion_unknown: int
    capabilities: str
    seed: int
    resamples: int
    draws: int
    models: Mapping[str, Scored]
    notes: tuple[str, ...]
    off_scale: tuple[OffScale, ...] = ()

    def __repr__(self) -> str:
        """One line; what is in it is in its fields."""
        return (
            f"<Backtest of {self.file!r}: models {len(self.models)}, issues {len(self.cases)}, "
            f"proposals {self.proposals}, seed {self.seed}>"
        )

    @property
    def proposals(self) -> int:
        return len({case.group for case in self.cases})

    def to_json(self) -> dict[str, Any]:
        """The result as ``comity backtest --json`` prints it, without its envelope."""
        return {
            "kind": "table",
            "data": {
                "file": self.file,
                "sha256": self.sha256,
                "issues": self.read,
                "off_scale": {
                    "n": len(self.off_scale),
                    "first": [asdict(cell) for cell in self.off_scale[:SHOWN]],
                },
            },
            "issues": len(self.cases),
            "proposals": self.proposals,
            "reversion_unknown": self.reversion_unknown,
            "capabilities": self.capabilities,
            "resamples": self.resamples,
            "models": {name: scored.to_json() for name, scored in self.models.items()},
            "notes": list(self.notes),
        }

    def rows(self) -> list[dict[str, Any]]:
        """A row for each model and issue: prediction, error, CRPS and PIT; for referees."""
        return [
            {"proposal": case.group, "issue": case.item, "outcome": case.outcome, "model": name}
            | {"point": on.point, "error": on.error, "crps": on.crps, "pit": on.pit}
            for name, scored in self.models.items()
            for case, on in zip(self.cases, scored.issues, strict=True)
            if on is not None
        ]


def _compared(found: Compared | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"n": found.n} | {
        name: {"difference": held.difference, "interval": held.interval}
        for name, held in (("mae", found.mae), ("crps", found.crps))
    }
