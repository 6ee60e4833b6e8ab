"""What one party wants: weights, evaluations and a reservation value, under either reading.

*genius*: an issue's evaluations are divided by the largest of them; a linear evaluator is cut off
at 0 and 1; the reservation value is on that scale already. *raw*: numbers as written (§53).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from comity.dossier.genius.domain import (
    Domain,
    DomainIssue,
    issues_in,
    named,
    objective_in,
    twice,
    type_of,
)
from comity.dossier.genius.elements import Element
from comity.dossier.paths import listed, nearest
from comity.dossier.quantity import LARGEST, WORTH
from comity.dossier.talks import MOST_UTILITY
from comity.errors import UnsupportedError

Utilities = Literal["genius", "raw"]
"""How the evaluations of a profile are read."""

_NOTHING = 1e-5
"""GENIUS takes evaluations whose largest is below this for worth nothing."""


@dataclass(frozen=True)
class Profile:
    """A party's file, checked against the domain: numbers as they stand, by the issue's number."""

    file: Path
    weights: dict[int, float]
    elements: dict[int, Element]
    reservation: float
    discount: float
    reserving: Element | None

    @property
    def name(self) -> str:
        """What the party is called: like its file."""
        return clean(self.file.stem)

    @property
    def repeated(self) -> tuple[Element, ...]:
        """An item that stands twice in an issue, for each such issue: a break of the format."""
        found = (twice(issue.all("item"), "value") for issue in self.elements.values())
        return tuple(item for item in found if item is not None)

    def worth(self, issue: DomainIssue, utilities: Utilities) -> list[float]:
        """What the issue's options are worth before weighting, in their order."""
        element = self.elements[issue.number]
        if issue.whole is not None:
            return _of_numbers(element, issue.whole, utilities)
        written = _evaluations(element, issue)
        if utilities == "raw":
            return written
        largest = max(written)
        if largest < _NOTHING:
            return [0.0 for _ in written]
        return [value / largest for value in written]

    def worthless(self, issue: DomainIssue) -> bool:
        """Whether all of an issue's evaluations are nothing, which GENIUS reads as worth 0."""
        return issue.whole is None and max(_evaluations(self.elements[issue.number], issue)) <= 0


_BREAKS = ("Cc", "Cn", "Cs", "Zl", "Zp")
"""Kinds of characters that break a line or stand for none: one name would pass for two."""
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that nobody sees, and that turn the order of those around them."""


def clean(label: str) -> str:
    """A label on one line, without characters that nobody sees."""
    seen = (" " if unicodedata.category(c) in _BREAKS else c for c in _TURNS.sub("", label))
    return " ".join("".join(seen).split())


def profile_of(root: Element, file: Path, domain: Domain) -> Profile:
    """A profile of a domain. Raises DossierError with line if it does not fit the domain."""
    objective = objective_in(root)
    _refuse_nonlinear(root, objective)
    elements = _by_number(issues_in(root), domain)
    weights = _weights(objective, elements, domain)
    return Profile(
        file,
        weights,
        elements,
        _value(root.first("reservation"), 0.0),
        _value(root.first("discount_factor"), 1.0),
        root.first("reservation"),
    )


def _value(element: Element | None, otherwise: float) -> float:
    value = otherwise if element is None else element.number("value")
    if element is not None and value not in WORTH:
        raise element.trouble(
            "this lies between -1,000,000 and 1,000,000", found=value, mend="Mend its value."
        )
    return value


def _refuse_nonlinear(root: Element, objective: Element) -> None:
    for tag in ("utility_function", "utility"):
        for found in (*root.all(tag), *objective.all(tag)):
            raise UnsupportedError(
                "this profile is not additive: it rates regions of packages, not options",
                place=found.place,
                found=f"<{tag}>",
                mend="Only profiles with weights and evaluations are read.",
            )


def _by_number(elements: list[Element], domain: Domain) -> dict[int, Element]:
    known = {issue.name: issue for issue in domain.issues}
    found: dict[int, Element] = {}
    for element in elements:
        name = named(element)
        if name not in known:
            like = nearest(name, known)
            guess = f"Did you mean '{like}'? " if like else "Is the profile of another domain? "
            raise element.trouble(
                "the domain has no issue of this name",
                found=name,
                mend=f"{guess}Its issues are: {listed(known)}.",
            )
        _refuse_unlike(element, known[name])
        if known[name].number in found:
            raise element.trouble(
                "this issue stands twice in the profile", found=name, mend="Keep one of the two."
            )
        found[known[name].number] = element
    lacking = [issue.name for issue in domain.issues if issue.number not in found]
    if lacking:
        raise elements[0].trouble(
            "the profile says nothing of some issues of the domain",
            found=listed(lacking),
            mend="Add them, or take the profile of another domain out of the folder.",
        )
    return found


def _refuse_unlike(element: Element, issue: DomainIssue) -> None:
    if element.whole("index") != issue.number:
        raise element.trouble(
            "the issue bears another number in the domain, so its weight is in doubt",
            found=f"{element.whole('index')} here, {issue.number} there",
            mend="Give it the same index in both files.",
        )
    kind = "integer" if issue.whole is not None else "discrete"
    if type_of(element) != kind:
        raise element.trouble(
            "the issue is of another type in the domain",
            found=f"{type_of(element)} here, {kind} there",
            mend="Give it the same type in both files.",
        )


def _weights(objective: Element, elements: dict[int, Element], domain: Domain) -> dict[int, float]:
    found: dict[int, float] = {}
    for element in objective.all("weight"):
        number, value = element.whole("index"), element.number("value")
        if number in found:
            raise element.trouble(
                "this issue has two weights", found=number, mend="Keep one of the two."
            )
        if number not in elements and number not in domain.left_out:
            raise element.trouble(
                "a weight for an issue that is not there",
                found=f'index="{number}"',
                mend=f"The issues are numbered {listed(str(k) for k in elements)}.",
            )
        if not 0.0 <= value <= LARGEST:
            raise element.trouble(
                f"a weight lies between 0 and {LARGEST:g}", found=value, mend="Mend its value."
            )
        found[number] = value
    for number, element in elements.items():
        if number not in found:
            raise element.trouble(
                "this issue has no weight in the profile",
                found=element.attributes["name"],
                mend=f'Add <weight index="{number}" value="…"/> beside the issues.',
            )
    if not any(found[number] for number in elements):
        raise objective.trouble(
            "all weights are 0, so nothing matters to this party",
            found=f"{len(elements)} weights of 0",
            mend="Give at least one issue a weight.",
        )
    return found


def _evaluations(element: Element, issue: DomainIssue) -> list[float]:
    """Evaluations in the order of the domain's options; of an item that stands twice, the last."""
    found: dict[str, float] = {}
    for item in element.all("item"):
        name, value = item.wanted("value"), item.number("evaluation")
        if name not in issue.options:
            like = nearest(name, issue.options)
            guess = f"Did you mean '{like}'? " if like else ""
            raise item.trouble(
                f"the domain's issue '{issue.name}' has no such option",
                found=name,
                mend=f"{guess}Its options are: {listed(issue.options)}.",
            )
        if value not in WORTH:
            raise item.trouble(
                "an evaluation lies between -1,000,000 and 1,000,000", found=value, mend="Mend it."
            )
        found[name] = value
    for name in issue.options:
        if name not in found:
            raise element.trouble(
                "an option of the domain has no evaluation in this profile",
                found=f"{issue.name}: {name}",
                mend=f'Add <item index="…" value="{name}" evaluation="…"/>.',
            )
    return [found[name] for name in issue.options]


def refuse_too_much(profile: Profile, domain: Domain, utilities: Utilities) -> None:
    """Utilities beyond what conventions §40 allows, at the issue that adds most to them."""
    most = {
        issue.number: profile.weights[issue.number] * max(map(abs, profile.worth(issue, utilities)))
        for issue in domain.issues
    }
    if sum(most.values()) > MOST_UTILITY:
        heaviest = max(most, key=lambda number: most[number])
        raise profile.elements[heaviest].trouble(
            f"utilities could pass {MOST_UTILITY:,.0f}, where ties can no longer be told",
            found=f"a weight of {profile.weights[heaviest]:g}",
            mend="Let the weights sum to 1, with the reservation value on the same scale.",
        )


def refuse_off_scale(profile: Profile, domain: Domain) -> None:
    """What GENIUS's own scale has no room for: reservation values outside 0 to 1, and evaluations
    below 0, which would mean nothing if divided by the largest."""
    if profile.reserving is not None and not 0.0 <= profile.reservation <= 1.0:
        raise profile.reserving.trouble(
            "GENIUS's reservation values lie between 0 and 1",
            found=f"{profile.reservation:.12g}",
            mend="Divide it by the best utility there is, or read the folder with utilities raw.",
        )
    for issue in domain.issues:
        for item in profile.elements[issue.number].all("item"):
            if item.number("evaluation") < 0.0:
                raise item.trouble(
                    "GENIUS knows no evaluation below 0",
                    found=item.attributes["evaluation"],
                    mend="Shift the issue's evaluations, or read the folder with utilities raw.",
                )


def _of_numbers(element: Element, whole: tuple[int, int], utilities: Utilities) -> list[float]:
    """A linear evaluator at every whole number of the range."""
    at, slope = _linear(element, whole[0])
    worths = [at + slope * (x - whole[0]) for x in range(whole[0], whole[1] + 1)]
    if utilities == "genius":
        worths = [min(max(worth, 0.0), 1.0) for worth in worths]
    for worth in worths:
        if worth not in WORTH:
            raise element.trouble(
                "an evaluation lies between -1,000,000 and 1,000,000", found=worth, mend="Mend it."
            )
    return worths


def _linear(element: Element, low: int) -> tuple[float, float]:
    """Worth at the lowest number, and what each further one adds.

    GENIUS has had two forms: offset + slope · (x − lowest), and parameter0 + parameter1 · x.
    """
    evaluator = element.first("evaluator")
    if evaluator is None:
        raise element.trouble(
            "this issue has no evaluator",
            found=element.attributes["name"],
            mend='Add <evaluator ftype="linear" offset="0" slope="…"/>.',
        )
    kind = evaluator.attributes.get("ftype", "linear")
    if kind not in ("linear", "constant"):
        raise UnsupportedError(
            "only linear and constant evaluators are read",
            place=evaluator.place,
            found=kind,
            mend="List the numbers as options with evaluations.",
        )
    if kind == "constant":
        return evaluator.number("parameter0"), 0.0
    if "slope" in evaluator.attributes:
        return evaluator.number("offset"), evaluator.number("slope")
    slope = evaluator.number("parameter1")
    return evaluator.number("parameter0") + slope * low, slope
