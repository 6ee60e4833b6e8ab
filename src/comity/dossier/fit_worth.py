"""Utilities stay where floats tell ties of 10⁻⁹ apart, also with weights as given (§41)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.dossier.paths import MisfitError, Path
from comity.dossier.quantity import AMOUNT, WORTH, Domain, Normal, Quantity, on_one_line
from comity.dossier.talks import MOST_UTILITY, Preference, Preferences, Talks

_FARTHEST = 9.0
"""Standard deviations from the mean beyond which no draw of a normal lies."""


def too_much(talks: Talks, party: str, wants: Preferences, path: Path) -> Iterator[MisfitError]:
    """Weights as given that could carry a party's utility beyond 10⁹ points.

    Weights that are shared out need no such rule: utilities then stay within the values.
    """
    if talks.weights != "as_given":
        return
    most = {name: _weight(held) * _worth(held) for name, held in wants.issues.items()}
    together = sum(_largest(both.worth, WORTH) for both in wants.interactions.values())
    reached = sum(most.values()) + together
    if reached <= MOST_UTILITY:
        return
    heaviest = max(most, key=lambda name: most[name])
    yield MisfitError(
        (*path, "issues", heaviest, "weight"),
        f"with weights as given, the utility of '{party}' could pass {MOST_UTILITY:,.0f} points, "
        "where ties can no longer be told",
        found=_product(wants.issues[heaviest]),
        mend="Count in larger units: divide its weights, its reservation value and what options "
        "are worth together by one number.",
    )


def _product(held: Preference) -> str:
    weight = "1" if held.weight is None else on_one_line(held.weight.written())
    return f"a weight of {weight}, and worth of up to {_worth(held):g}"


def _weight(held: Preference) -> float:
    """The largest weight of an issue; ranks are shares."""
    return 1.0 if held.weight is None else _largest(held.weight, AMOUNT)


def _worth(held: Preference) -> float:
    """The largest worth of an option, either way; lights and shares of a whole reach 100."""
    if held.values is None:
        return 100.0
    return max((_largest(value, WORTH) for value in held.values.values()), default=0.0)


def _largest(quantity: Quantity, domain: Domain) -> float:
    """How far from 0 a quantity may lie."""
    if isinstance(quantity, Normal):
        farthest = abs(quantity.mean) + _FARTHEST * quantity.sd
        return min(farthest, max(abs(domain.low), abs(domain.high)))
    return max(map(abs, quantity.bounds))
