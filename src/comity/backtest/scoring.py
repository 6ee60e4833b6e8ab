"""Models scored on decided issues (conventions §63)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from comity.backtest.baselines import CLIMATOLOGY, CONSTANT
from comity.backtest.capabilities import capability_rule
from comity.backtest.decided import Decided, cases_of
from comity.backtest.predicting import DRAWS
from comity.backtest.resampling import RESAMPLES, resample
from comity.backtest.results import Backtest, Case, Scored
from comity.backtest.scorer import REFERENCES, Scorer, Tell
from comity.dossier.formats.deu_table import DeuTable, read_table
from comity.errors import DossierError, Place, UnsupportedError
from comity.forecast.models import models as published

SEED = 1
LEAST_RESAMPLES = 100


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
    scorer = Scorer(issues, resample([issue.group for issue in issues], resamples, seed), seed)
    found = Backtest(
        file=table.file,
        sha256=table.sha256,
        read=len(table.rows),
        cases=tuple(Case(i.group, i.item, float(i.outcome or 0.0)) for i in issues),
        reversion_unknown=_without_reversion(table, issues),
        capabilities=capabilities,
        seed=seed,
        resamples=resamples,
        draws=DRAWS,
        models=scorer.all(asked, tell),
        notes=(),
        off_scale=table.off_scale,
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
            found=_off_scale(table),
            mend="Give outcomes, 0 to 100, in the column 'out'.",
        )
    return tuple(sorted(held, key=lambda issue: (issue.group, issue.item)))


def _off_scale(table: DeuTable) -> str | None:
    off = len(table.off_scale)
    return f"{off:,} number{'s' * (off > 1)} outside 0 to 100, taken as missing" if off else None


def _without_reversion(table: DeuTable, issues: Sequence[Decided]) -> int:
    untold = {row.id for row in table.rows if row.reversion is None}
    return sum(issue.item in untold for issue in issues)


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
                f"Issues of proposals on which the model “{model.name}” was fitted: "
                f"{model.held_out}. On each it is scored by a fit without its proposal."
            )
        for message, count in model.failed.items():
            notes.append(
                f"Issues on which the model “{model.name}” failed, which is a defect of Comity: "
                f"{count} ({message}). They do not count in its scores."
            )
    return tuple(notes)
