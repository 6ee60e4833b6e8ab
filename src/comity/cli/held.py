"""What a member wants and would let pass, in the few words that a cell of a table holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.ensemble.results import Limits, ResponseShares, Spread, Text

_LOWEST, _HIGHEST = 0.0, 100.0


def wants(limits: Limits) -> str:
    """The ideal text, or how often each option is the preferred one."""
    from comity.report.words import percent

    if limits.ideal is not None:
        return spread(limits.ideal)
    ranked = sorted((limits.prefers or {}).items(), key=lambda entry: -entry[1])
    return ", ".join(f"{option} {percent(share)}" for option, share in ranked if share > 0.0)


def lets_pass(limits: Limits, answers: ResponseShares, reversion: Text) -> str:
    """Which texts a member does not object to; what it cannot say if it is not there to say it."""
    if answers.absent >= 1.0:
        return "absent"
    if answers.no_instructions >= 1.0:
        return "no instructions"
    if limits.accepts is not None:
        return _options(limits, reversion)
    return _texts(limits)


def spread(found: Spread) -> str:
    """``45 (25–65)``: the median and the 10th and 90th percentile; one number if all agree."""
    low, median, high = (round(end) for end in (found.low, found.median, found.high))
    return f"{median}" if low == high else f"{median} ({low}–{high})"


def _options(limits: Limits, reversion: Text) -> str:
    from comity.report.words import percent

    accepted = (limits.accepts or {}).items()
    return ", ".join(
        f"{option} {percent(share)}" for option, share in accepted if option != reversion
    )


def _texts(limits: Limits) -> str:
    from comity.report.words import percent

    assert limits.low is not None
    assert limits.high is not None
    refuses = limits.refuses_all or 0.0
    if refuses >= 1.0:
        return "no text"
    open_below, open_above = limits.low.high <= _LOWEST, limits.high.low >= _HIGHEST
    if open_below and open_above:
        said = "any text"
    elif open_below:
        said = f"up to {spread(limits.high)}"
    elif open_above:
        said = f"from {spread(limits.low)}"
    else:
        said = f"{spread(limits.low)} to {spread(limits.high)}"
    return said if refuses <= 0.0 else f"{said}; no text in {percent(refuses)}"
