"""How a backtest was done, on one page, for whoever has to judge it."""

from __future__ import annotations

from collections.abc import Mapping

from comity.backtest.results import Backtest
from comity.report.words import listed, plural

_CAPABILITIES: Mapping[str, str] = {
    "council_votes": "Council votes of the period: those of the fifteen where Poland has no "
    "position on the issue, else those of the Treaty of Nice. The Commission and the Parliament "
    "have as many as the largest member; under consultation the Parliament has none.",
    "shapley_shubik": "Shapley–Shubik values of the rule in force on the day of the decision (or "
    "of the proposal), among all members of the Council then, the Commission and the Parliament. "
    "The game is that of adopting or amending a proposal: the Parliament must agree under "
    "codecision; in the Council a qualified majority is enough if the Commission agrees, and "
    "unanimity if it does not. Where the Council acts by unanimity that alone is asked of it.",
    "equal": "All actors have the same.",
}


def method(found: Backtest) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings, each with its paragraphs."""
    return (
        ("Sample", (_sample(found), _selection())),
        ("Inputs", _inputs(found)),
        ("Models", _models(found)),
        ("Distributions", _distributions(found)),
        ("Scores", _scores()),
        ("Intervals", _intervals(found)),
        ("Limits", _limits()),
    )


def _sample(found: Backtest) -> str:
    return (
        f"The file holds {plural(found.read, 'issue')}; scored are the {len(found.cases):,} with "
        f"a position and an outcome, of {plural(found.proposals, 'proposal')}. SHA-256 of the "
        f"file: {found.sha256}."
    )


def _selection() -> str:
    return (
        "Tables of this kind hold controversial proposals that were, almost all of them, adopted. "
        "What is scored is therefore what was adopted, given that something was; nothing here says "
        "how often proposals fail. Positions, saliences and outcomes are experts' judgements, "
        "often recalled after the decision, on scales whose ends are the most extreme positions, "
        "which is one reason why so many outcomes lie at 0 and 100."
    )


def _inputs(found: Backtest) -> tuple[str, ...]:
    return (
        _CAPABILITIES[found.capabilities],
        "A missing salience is 50. Members without a position are not at the table; where a rule "
        "is voted on, its thresholds are shares of those that have one. The Commission's position "
        "is the text tabled. A reference point that is not told, as on "
        f"{found.reversion_unknown:,} of the issues scored, is anything from 0 to 100: models that "
        f"ask for it answer over {found.draws} even draws of it.",
    )


def _models(found: Backtest) -> tuple[str, ...]:
    fitted = [model for model in found.models.values() if model.held_out]
    said = [
        "The published models have no settings that were chosen on these scores. The constant is "
        "50; the climatology is the outcomes of all other proposals, with their mean as its point. "
        "An issue on which a model has no answer is left out of its scores, and differences "
        "between two models are of the issues that both answer.",
    ]
    said += [
        f"The model “{model.name}” has fitted coefficients; on {plural(model.held_out, 'issue')} "
        "of proposals that took part in its fit it is scored by a fit from which the proposal was "
        "held out. What is fitted, and how strongly, was chosen with those proposals at hand; its "
        "page in the documentation has the nested scores, which are free of that."
        for model in fitted
    ]
    return tuple(said)


def _distributions(found: Backtest) -> tuple[str, ...]:
    own = [model for model in found.models.values() if model.with_residuals]
    lent = any(model.distribution == "shipped" for model in found.models.values())
    whose = (
        "the compromise's on 250 issues that Comity was measured on, since the file holds but one "
        "proposal"
        if lent
        else "its residuals on the issues of all other proposals"
    )
    said = [
        "A model that gives a point has as its distribution that point plus "
        f"{whose}, each equally likely, and moved to the nearer end where it leaves the scale. "
        "A model that gives chances is scored by them."
    ]
    if own:
        told = listed(
            f"{model.name} {model.with_residuals['crps']:.2f} "
            f"({model.with_residuals['coverage_80']:.2f})"
            for model in own
        )
        said.append(f"With residuals about its point instead, CRPS (coverage) would be: {told}.")
    return tuple(said)


def _scores() -> tuple[str, ...]:
    return (
        "Absolute error in points: its mean, its median, and the share of at most ten. CRPS: the "
        "integral of the squared distance between the distribution function and the step at the "
        "outcome (Gneiting & Raftery 2007), of the distribution itself and not as a sample from "
        "another. Coverage: the share of randomised PIT values, P(X < y) + u P(X = y), from 0.1 "
        "to 0.9, with u drawn for each issue by its id.",
    )


def _intervals(found: Backtest) -> tuple[str, ...]:
    return (
        f"Percentile intervals of 95 % from {found.resamples:,} resamples of whole proposals (seed "
        f"{found.seed}), since issues of one proposal are not independent. All models are scored "
        "on the same resamples, so that differences are paired. Residuals and fits are not made "
        "anew in each resample. No correction is made for comparing many models: of twenty that "
        "are no better than the compromise, one may be expected to seem different.",
    )


def _limits() -> tuple[str, ...]:
    return (
        "One table, one union, two treaty procedures. A model that does well here has been shown "
        "to do well on adopted EU legislation and nothing else.",
    )
