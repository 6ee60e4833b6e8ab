"""Models scored on decided issues (conventions §63)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from comity.backtest.baselines import CLIMATOLOGY, CONSTANT, Constant
from comity.backtest.capabilities import capability_rule
from comity.backtest.decided import Decided, cases_of
from comity.backtest.distributions import Distribution, around, climatology
from comity.backtest.predicting import DRAWS, Predictions, Predictor
from comity.backtest.resampling import RESAMPLES, Bools, Resamples, resample
from comity.backtest.results import Backtest, Case, Compared, Difference, OnIssue, Scored
from comity.backtest.scores import crps, is_central, is_near, pit, uniform_of
from comity.dossier.formats.deu_table import DeuTable, read_table
from comity.dossier.quantity import Floats
from comity.errors import DossierError, Place, UnsupportedError
from comity.forecast.models import models as published
from comity.forecast.protocol import Forecaster

REFERENCES = ("compromise", CLIMATOLOGY)
"""What every model is compared with, asked for or not."""

SEED = 1
LEAST_RESAMPLES = 100

Tell = Callable[[float], None]


def backtest(
    path: Path | str,
    models: Sequence[str] = ("all",),
    *,
    capabilities: str = "council_votes",
    seed: int = SEED,
    resamples: int = RESAMPLES,
    tell: Tell | None = None,
) -> Backtest:
    """Score models on a file of decided issues in the DEU layout.

    ``models``: names as in ``names()``, or ``all``; the compromise and the climatology are always
    there. ``capabilities``: ``council_votes``, ``shapley_shubik`` or ``equal``. ``tell`` is told
    the share of the work that is done. Raises DossierError for a file that is not of the layout
    or that has no outcome, UnsupportedError for a name that does not exist.
    """
    if resamples < LEAST_RESAMPLES:
        raise UnsupportedError(
            "so few resamples give no interval",
            found=resamples,
            mend=f"ask for {LEAST_RESAMPLES} or more",
        )
    rule, asked = capability_rule(capabilities), _asked(models)
    table = read_table(path)
    issues = _with_outcome(table, cases_of(table, rule))
    scorer = _Scorer(issues, resample([issue.group for issue in issues], resamples, seed), seed)
    found = Backtest(
        file=table.file,
        sha256=table.sha256,
        read=len(table.rows),
        cases=tuple(Case(i.group, i.item, float(i.outcome or 0.0)) for i in issues),
        capabilities=capabilities,
        seed=seed,
        resamples=resamples,
        draws=DRAWS,
        models=scorer.all(asked, tell),
        notes=(),
    )
    return replace(found, notes=_notes(table, issues, found.models))


def names() -> tuple[str, ...]:
    """Every model that can be scored, in the order in which they are shown."""
    return (CONSTANT, CLIMATOLOGY, *published())


def _asked(models: Sequence[str]) -> tuple[str, ...]:
    """Models to be scored, in their order. Raises UnsupportedError for an unknown name."""
    known = names()
    plain = {name.strip().lower().replace("–", "_").replace("-", "_") for name in models}
    plain = {name.replace(" ", "_") for name in plain} or {"all"}
    for name in sorted(plain - {*known, "all"}):
        raise UnsupportedError(
            "there is no such model", found=name, mend=f"take one of {', '.join(known)}, or all"
        )
    return tuple(n for n in known if n in plain or n in REFERENCES or "all" in plain)


def _with_outcome(table: DeuTable, issues: Sequence[Decided]) -> tuple[Decided, ...]:
    """Issues whose outcome is known, in the order of proposals and ids.

    In that order nothing depends on how the lines of the file are sorted, not even rounding.
    """
    held = [issue for issue in issues if issue.outcome is not None]
    if not held:
        raise DossierError(
            "no issue with a position has an outcome, so there is nothing to score",
            place=Place(file=table.file),
            mend="Give outcomes, 0 to 100, in the column 'out'.",
        )
    return tuple(sorted(held, key=lambda issue: (issue.group, issue.item)))


@dataclass(frozen=True)
class _Held:
    """A model's points and distributions, and where it has them; arrays of shape (n,)."""

    points: Floats
    answered: Bools
    distributions: tuple[Distribution | None, ...]
    kind: str


class _Scorer:
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
        pairs = climatology(self.outcomes, self.groups)
        made = tuple(each for each, _ in pairs)
        kind = "shipped" if pairs[0][1] else "own"
        points = np.array([each.mean for each in made])
        return _Held(points, np.ones(len(made), dtype=bool), made, kind)

    def _held(self, said: Predictions) -> tuple[_Held, Mapping[str, float]]:
        """A model with its distributions; of one with its own also the scores of the other kind."""
        answered = np.array([each is not None for each in said.said], dtype=bool)
        points = np.array([np.nan if each is None else each.point for each in said.said])
        plain = self._around(points, answered)
        given = [each.own for each in said.said if each is not None]
        if not given or any(each is None for each in given):
            return plain, {}
        own = tuple(None if each is None else each.own for each in said.said)
        rows = [row for row in self._issues(plain) if row is not None]
        other = {
            "crps": float(np.mean([row.crps for row in rows])),
            "coverage_80": float(np.mean([is_central(row.pit) for row in rows])),
        }
        return _Held(points, answered, own, "own"), other

    def _around(self, points: Floats, answered: Bools) -> _Held:
        where = np.flatnonzero(answered)
        groups = [self.groups[k] for k in where]
        pairs = around(points[where], self.outcomes[where], groups)
        made: list[Distribution | None] = [None] * len(points)
        for place, (each, _) in zip(where, pairs, strict=True):
            made[place] = each
        kind = "shipped" if any(lent for _, lent in pairs) else "residuals"
        return _Held(points, answered, tuple(made), kind)

    def _issues(self, held: _Held) -> tuple[OnIssue | None, ...]:
        return tuple(
            None if each is None else self._on(k, float(held.points[k]), each)
            for k, each in enumerate(held.distributions)
        )

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
        issues, among = self._issues(held), held.answered
        columns = _columns(issues)
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
            issues=issues,
        )

    def _intervals(self, columns: Mapping[str, Floats], among: Bools) -> dict[str, Interval_]:
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


Interval_ = tuple[float, float] | None
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


def _notes(
    table: DeuTable, issues: Sequence[Decided], scored: Mapping[str, Scored]
) -> tuple[str, ...]:
    """What a reader must know of the file and of models that did not answer everything."""
    notes = list(table.notes)
    bare = sum(not row.positions for row in table.rows)
    open_ = sum(row.outcome is None and bool(row.positions) for row in table.rows)
    if bare:
        notes.append(f"Issues on which nobody has a position, left out: {bare}.")
    if open_:
        notes.append(f"Issues without an outcome, not scored: {open_}.")
    if len({issue.group for issue in issues}) < 2:
        notes.append(
            "All issues are of one proposal: there are no intervals, and the errors and outcomes "
            "of other decisions come from the 250 issues that Comity was measured on."
        )
    for model in scored.values():
        if model.held_out:
            notes.append(
                f"{model.held_out} of these issues are of proposals on which the model "
                f"“{model.name}” was fitted; on each it is scored by a fit without its proposal."
            )
        for message, count in model.failed.items():
            notes.append(
                f"The model “{model.name}” failed on {count} issues, which is a defect of Comity "
                f"({message}); they do not count in its scores."
            )
    return tuple(notes)
