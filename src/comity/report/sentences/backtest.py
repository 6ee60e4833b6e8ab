"""What a backtest comes to, in sentences for a stranger."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from comity.backtest.resampling import Interval
from comity.backtest.results import Backtest, Compared, Difference, Scored
from comity.report.words import capital, listed, plural

MEANS = {
    "model": "what is scored",
    "issues": "issues on which it has an answer",
    "mean error": "mean absolute error in points of the scale from 0 to 100",
    "median": "median absolute error",
    "within 10": "share of issues on which it is at most ten points off",
    "CRPS": "continuous ranked probability score in points: how good the distribution is, an "
    "absolute error for distributions; less is better",
    "coverage": "share of outcomes in the central 80 % of the distribution; 0.80 is right",
    "minus compromise": "mean error minus the compromise's, on the issues that both answer",
}
"""Columns of the page's table, and what they are."""

POINTS = {
    "mean error": "mean absolute error of a model's point, in points of the scale from 0 to 100",
    "median": MEANS["median"],
    "within 10": MEANS["within 10"],
    "less compromise's": "mean error less the compromise's, on the issues that both answer",
}
"""Columns of a terminal's table of points."""

DISTRIBUTIONS = {
    "issues": MEANS["issues"],
    "CRPS": MEANS["CRPS"],
    "coverage": MEANS["coverage"],
    "less compromise's": "CRPS less the compromise's, on the issues that both answer",
}
"""Columns of a terminal's table of distributions."""


def conclusion(found: Backtest) -> tuple[str, ...]:
    """What the scores say, ties and losers included; a sentence or two for each score."""
    return (_sample(found), *_errors(found), *_distributions(found))


def _sample(found: Backtest) -> str:
    compromise = found.models["compromise"]
    sample = f"{plural(len(found.cases), 'decided issue')} of {plural(found.proposals, 'proposal')}"
    if not compromise.n:
        return f"Scored on {sample}."
    interval = compromise.interval["mae"]
    sure = "" if interval is None else f" (95 % interval {interval[0]:.1f} to {interval[1]:.1f})"
    return (
        f"On {sample} the compromise is off by {compromise.values['mae']:.1f} points on average"
        f"{sure}."
    )


def _errors(found: Backtest) -> list[str]:
    return _verdicts(found, "compromise", "mean absolute error", lambda held: held.mae)


def _distributions(found: Backtest) -> list[str]:
    said = _verdicts(found, "compromise", "CRPS", lambda held: held.crps)
    return said + _verdicts(found, "climatology", "CRPS", lambda held: held.crps, only_better=True)


def _verdicts(
    found: Backtest,
    reference: str,
    score: str,
    of: Callable[[Compared], Difference],
    *,
    only_better: bool = False,
) -> list[str]:
    """Who does better than a reference, who worse, and who cannot be told from it."""
    held = [(m, of(m.against[reference])) for m in found.models.values() if reference in m.against]
    if not held or any(difference.interval is None for _, difference in held):
        return []
    better, worse, level = (
        _named([model for model, difference in held if difference.verdict == sign])
        for sign in (-1, 1, 0)
    )
    whose = f"the {reference}'s"
    first = (
        f"The {score} of {better} is lower than {whose} by a difference whose 95 % interval "
        "excludes zero"
        if better
        else f"No model's {score} is lower than {whose} with a 95 % interval that excludes zero"
    )
    if only_better:
        return [f"{first}."]
    rest = [
        f"{worse} {_do(worse)} worse" if worse else "",
        level and f"{level} cannot be told apart from it",
    ]
    told = "; ".join(part for part in rest if part)
    return [f"{first}{'; ' if told else ''}{told}."]


def _named(models: Sequence[Scored]) -> str:
    return listed(model.name for model in models)


def _do(names: str) -> str:
    return "do" if " and " in names else "does"


def left_out(found: Backtest) -> tuple[str, ...]:
    """Why models have no answer on some issues."""
    said = []
    for model in found.models.values():
        for why, count in model.unanswered.items():
            said.append(f"{capital(model.name)} has no answer on {plural(count, 'issue')}: {why}.")
    return tuple(said)


def kinds(found: Backtest) -> str:
    """Of which distributions CRPS and coverage are."""
    own = _named([m for m in found.models.values() if m.distribution == "own"])
    lent = any(m.distribution == "shipped" for m in found.models.values())
    residuals = (
        "the errors of past decisions that come with Comity"
        if lent
        else "its errors on the issues of all other proposals"
    )
    said = f"CRPS and coverage are of a model's point with {residuals}, kept on the scale"
    return (
        f"{said}; of {own} they are of the distribution that it states itself."
        if own
        else f"{said}."
    )


def cells(scored: Scored) -> list[str]:
    """A model's scores in the order of the table's columns."""
    if not scored.n:
        return ["0", *["–"] * (len(MEANS) - 2)]
    values, interval = scored.values, scored.interval
    against = scored.against.get("compromise")
    less = "–" if against is None else _with(against.mae.difference, against.mae.interval, "+.2f")
    return [
        str(scored.n),
        _with(values["mae"], interval["mae"], ".2f"),
        f"{values['median']:.1f}",
        f"{values['within_10']:.2f}",
        _with(values["crps"], interval["crps"], ".2f"),
        f"{values['coverage_80']:.2f}",
        less,
    ]


def of_points(scored: Scored) -> list[str]:
    """Scores of a model's point, for a terminal: ends of intervals to a tenth."""
    if not scored.n:
        return ["–"] * len(POINTS)
    values, against = scored.values, scored.against.get("compromise")
    return [
        _short(values["mae"], scored.interval["mae"]),
        f"{values['median']:.1f}",
        f"{values['within_10']:.2f}",
        "–" if against is None else _short(against.mae.difference, against.mae.interval, "+"),
    ]


def of_distributions(scored: Scored) -> list[str]:
    """Scores of a model's distribution, for a terminal: ends of intervals to a tenth."""
    if not scored.n:
        return ["0", *["–"] * (len(DISTRIBUTIONS) - 1)]
    values, against = scored.values, scored.against.get("compromise")
    return [
        str(scored.n),
        _short(values["crps"], scored.interval["crps"]),
        f"{values['coverage_80']:.2f}",
        "–" if against is None else _short(against.crps.difference, against.crps.interval, "+"),
    ]


def _short(value: float, interval: Interval | None, sign: str = "") -> str:
    """As ``_with``, but ends of intervals to a tenth; near 0, where the side counts, as there."""
    said = f"{value:{sign}.2f}"
    if interval is not None:
        form = f"{sign}.2f" if any(abs(end) < 0.5 for end in interval) else f"{sign}.1f"
        said += f" ({interval[0]:{form}} to {interval[1]:{form}})"
    return said.replace("-", "−")


def _with(value: float, interval: Interval | None, form: str) -> str:
    """A number with its interval in brackets; minus signs as such."""
    said = f"{value:{form}}"
    if interval is not None:
        said += f" ({interval[0]:{form}} to {interval[1]:{form}})"
    return said.replace("-", "−")
