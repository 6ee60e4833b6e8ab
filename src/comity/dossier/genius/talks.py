"""GENIUS issues and profiles as talks: ids from labels, weights as given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from frozendict import frozendict

from comity.dossier.body import Actor
from comity.dossier.genius.domain import Domain, DomainIssue
from comity.dossier.genius.profile import Profile, Utilities, clean
from comity.dossier.model import Dossier
from comity.dossier.quantity import Exactly, Quantity
from comity.dossier.talks import Grid, Issue, Preference, Preferences, Talks

NO_DAY = date(1970, 1, 1)
_LONGEST = 60  # characters of an id
_STANDING_IN = "1"
"""The only option of an issue that stands in for a number left out, and its worth."""

Numbered = tuple[int, str, Issue]
"""An issue with its number in the domain and its id."""


def dossier_of(
    name: str, domain: Domain, profiles: Sequence[Profile], reading: Utilities, note: str
) -> Dossier:
    """One talks among all profiles, named by their files, over the issues in their order."""
    name = clean(name)
    parties = unique(profile.name for profile in profiles)
    issues = _issues(domain, reading)
    wants = {
        party: _preferences(domain, profile, issues, reading)
        for party, profile in zip(parties, profiles, strict=True)
    }
    talks = Talks(
        title=name,
        parties=tuple(parties),
        issues=frozendict({key: issue for _, key, issue in issues}),
        preferences=frozendict(wants),
        weights="as_given",
        note=note,
    )
    named = zip(parties, profiles, strict=True)
    return Dossier(
        comity=1,
        title=name or "GENIUS files",
        as_of=NO_DAY,
        handling="no handling mark",
        note=note,
        actors=frozendict({party: Actor(name=p.name or party) for party, p in named}),
        talks=frozendict({slug(name): talks}),
    )


def _issues(domain: Domain, reading: Utilities) -> list[Numbered]:
    """The issues in the order of their numbers, with ids that are one of a kind."""
    named = {issue.number: (issue.name, _issue(issue)) for issue in domain.issues}
    if reading == "raw":
        named |= {number: _dummy(number) for number in domain.left_out}
    numbers = sorted(named)
    ids = unique(named[number][0] for number in numbers)
    return [(number, key, named[number][1]) for number, key in zip(numbers, ids, strict=True)]


def _dummy(number: int) -> tuple[str, Issue]:
    only = frozendict({_STANDING_IN: "the only option"})
    return "DUMMY_ISSUE", Issue(title=f"number {number}, which no issue bears", options=only)


def _issue(issue: DomainIssue) -> Issue:
    if issue.whole is not None:
        low, high = issue.whole
        return Issue(title=clean(issue.name), grid=Grid(low=low, high=high, step=1))
    named = zip(unique(issue.options), map(clean, issue.options), strict=True)
    return Issue(title=clean(issue.name), options=frozendict(named))


def _preferences(
    domain: Domain, profile: Profile, issues: Sequence[Numbered], reading: Utilities
) -> Preferences:
    by_number = {issue.number: issue for issue in domain.issues}
    held = {}
    for number, key, issue in issues:
        known = by_number.get(number)
        worth = [float(_STANDING_IN)] if known is None else profile.worth(known, reading)
        held[key] = _preference(profile.weights.get(number, 1.0), issue, worth)
    return Preferences(
        issues=frozendict(held), reservation=Exactly(profile.reservation), disclosed="exact"
    )


def _preference(weight: float, issue: Issue, worth: Sequence[float]) -> Preference:
    values: dict[str, Quantity] = {
        option: Exactly(value) for option, value in zip(issue.labels(2), worth, strict=True)
    }
    return Preference(weight=Exactly(weight), values=frozendict(values))


def unique(labels: Iterable[str]) -> list[str]:
    """An id for each label, like it as far as ids go, and no two alike."""
    found: dict[str, None] = {}
    counts: dict[str, int] = {}
    for label in labels:
        name = base = slug(label)
        while name in found:
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        found[name] = None
    return list(found)


def slug(label: str) -> str:
    """A label as an id: letters, digits and _ stay, all else becomes a single hyphen."""
    return re.sub(r"\W+", "-", label).strip("-")[:_LONGEST].rstrip("-") or "unnamed"
