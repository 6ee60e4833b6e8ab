"""One model after the other on the same issues and the same resamples (conventions §63)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.backtest.baselines import CLIMATOLOGY, CONSTANT, Constant
from comity.backtest.decided import Decided
from comity.backtest.distributions import Distribution, around, climatology
from comity.backtest.predicting import Predictions, Predictor, Said
from comity.backtest.resampling import Bools, Interval, Resamples
from comity.backtest.results import Compared, Difference, OnIssue, Scored
from comity.backtest.scores import crps, is_central, is_near, pit, uniform_of
from comity.dossier.quantity import Floats
from comity.forecast.models import models as published
from comity.forecast.protocol import Forecaster

REFERENCES = ("compromise", CLIMATOLOGY)
"""What every model is compared with, asked for or not."""

Tell = Callable[[float], None]


@dataclass(frozen=True)
class _Held:
    """A model on every issue, None where it has no answer, and whose distributions these are."""

    issues: tuple[OnIssue | None, ...]
    kind: str


class Scorer:
    """Scores one model after the other on the same issues and the same resamples."""

    def __init__(self, issues: tuple[Decided, ...], resamples: Resamples | None, seed: int) -> None:
        self.issues = issues
        self.groups = [issue.group for issue in issues]
        self.outcomes = np.array([float(issue.outcome or 0.0) for issue in issues])
        self.uniforms = [uniform_of(seed, issue.item) for issue in issues]
        self.resamples = resamples
        self.predictor = Predictor(issues, seed)

    def all(self, names: Sequence[str], tell: Tell | None) -> Mapping[str, Scored]:
        """Every model by its name, with its differences from the references."""
        done, parts = 0, len(names) * len(self.issues)

        def step() -> None:
            nonlocal done
            done += 1
            if tell is not None:
                tell(done / parts)

        found = {name: self._one(name, step) for name in names}
        references = {name: found[name] for name in REFERENCES}
        return {
            name: replace(scored, against=self._against(name, scored, references))
            for name, scored in found.items()
        }

    def _one(self, name: str, step: Callable[[], None]) -> Scored:
        if name == CLIMATOLOGY:
            for _ in self.issues:
                step()
            return self._scored(name, self._climatology(), _NOTHING, {})
        model: Forecaster = Constant() if name == CONSTANT else published()[name]
        said = self.predictor.ask(model, step)
        held, other = self._held(said)
        return self._scored(model.name, held, said, other)

    def _climatology(self) -> _Held:
        kind, issues = "own", []
        for k, (each, lent) in enumerate(climatology(self.outcomes, self.groups)):
            issues.append(self._on(k, each.mean, each))
            kind = "shipped" if lent else kind
        return _Held(tuple(issues), kind)

    def _held(self, said: Predictions) -> tuple[_Held, Mapping[str, float]]:
        """A model with its distributions; of one with its own also the scores of the other kind."""
        plain = self._around(said.said)
        given = [each.own for each in said.said if each is not None]
        if not given or any(each is None for each in given):
            return plain, {}
        own = tuple(
            None if each is None or each.own is None else self._on(k, each.point, each.own)
            for k, each in enumerate(said.said)
        )
        rows = [row for row in plain.issues if row is not None]
        other = {
            "crps": float(np.mean([row.crps for row in rows])),
            "coverage_80": float(np.mean([is_central(row.pit) for row in rows])),
        }
        return _Held(own, "own"), other

    def _around(self, said: Sequence[Said | None]) -> _Held:
        """Each point with the model's residuals on other proposals."""
        held = [(k, each.point) for k, each in enumerate(said) if each is not None]
        where = [k for k, _ in held]
        points = np.array([point for _, point in held])
        groups = [self.groups[k] for k in where]
        issues: list[OnIssue | None] = [None] * len(said)
        kind = "residuals"
        for (k, point), (each, lent) in zip(
            held, around(points, self.outcomes[where], groups), strict=True
        ):
            issues[k] = self._on(k, point, each)
            kind = "shipped" if lent else kind
        return _Held(tuple(issues), kind)

    def _on(self, k: int, point: float, held: Distribution) -> OnIssue:
        outcome = float(self.outcomes[k])
        return OnIssue(
            point=point,
            error=abs(point - outcome),
            crps=crps(held.points, held.chances, outcome),
            pit=pit(held.points, held.chances, outcome, self.uniforms[k]),
        )

    def _scored(
        self, name: str, held: _Held, said: Predictions, other: Mapping[str, float]
    ) -> Scored:
        columns = _columns(held.issues)
        among = ~np.isnan(columns["error"])
        return Scored(
            name=name,
            n=int(among.sum()),
            values=_values(columns, among) if among.any() else {},
            interval=self._intervals(columns, among) if among.any() else {},
            distribution=held.kind,
            with_residuals=other,
            against={},
            unanswered=said.unanswered,
            failed=said.failed,
            held_out=said.held_out,
            issues=held.issues,
        )

    def _intervals(self, columns: Mapping[str, Floats], among: Bools) -> dict[str, Interval | None]:
        drawn = self.resamples
        if drawn is None:
            return dict.fromkeys(("mae", "median", "within_10", "crps", "coverage_80"))
        return {
            "mae": drawn.mean(columns["error"], among),
            "median": drawn.median(columns["error"], among),
            "within_10": drawn.mean(columns["near"], among),
            "crps": drawn.mean(columns["crps"], among),
            "coverage_80": drawn.mean(columns["central"], among),
        }

    def _against(
        self, name: str, scored: Scored, references: Mapping[str, Scored]
    ) -> dict[str, Compared]:
        return {
            other: self._compared(scored, reference)
            for other, reference in references.items()
            if other != name
            and scored.n
            and reference.n
            and any(a and b for a, b in zip(scored.issues, reference.issues, strict=True))
        }

    def _compared(self, one: Scored, other: Scored) -> Compared:
        """Differences on the issues that both answer, on the same resamples."""
        mine, theirs = _columns(one.issues), _columns(other.issues)
        common = ~np.isnan(mine["error"]) & ~np.isnan(theirs["error"])
        return Compared(
            int(common.sum()),
            self._difference(mine["error"] - theirs["error"], common),
            self._difference(mine["crps"] - theirs["crps"], common),
        )

    def _difference(self, less: Floats, common: Bools) -> Difference:
        drawn = None if self.resamples is None else self.resamples.mean(less, common)
        return Difference(float(less[common].mean()), drawn)


_NOTHING = Predictions((), {}, {})


def _columns(issues: Sequence[OnIssue | None]) -> dict[str, Floats]:
    """What is averaged over issues, NaN where there is no answer; arrays of shape (n,)."""
    error = np.array([np.nan if on is None else on.error for on in issues])
    return {
        "error": error,
        "near": is_near(error),
        "crps": np.array([np.nan if on is None else on.crps for on in issues]),
        "central": np.array([0.0 if on is None else float(is_central(on.pit)) for on in issues]),
    }


def _values(columns: Mapping[str, Floats], among: Bools) -> dict[str, float]:
    held = {name: values[among] for name, values in columns.items()}
    return {
        "mae": float(held["error"].mean()),
        "median": float(np.median(held["error"])),
        "within_10": float(held["near"].mean()),
        "crps": float(held["crps"].mean()),
        "coverage_80": float(held["central"].mean()),
    }
