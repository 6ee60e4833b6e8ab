"""Checks on talks: what is left out, what decides nothing, and what rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.dossier.finding import Doubt, joined, named
from comity.dossier.fit_preferences import indifferent
from comity.dossier.model import Dossier
from comity.dossier.picked import Bools, Floats, amounts
from comity.dossier.position import Basis
from comity.dossier.quantity import WORTH
from comity.dossier.ruled_out import rules_out_nothing
from comity.dossier.talks import (
    COULD_LIVE_WITH,
    NO,
    YES,
    Cap,
    Issue,
    Light,
    Preference,
    Preferences,
    Talks,
)

_LIGHTS = {Light.YES: YES, Light.COULD_LIVE_WITH: sum(COULD_LIVE_WITH) / 2, Light.NO: NO}
_SAME = 1e-9


@named
def reservation_unstated(dossier: Dossier) -> Iterator[Doubt]:
    """Is it left open what no agreement is worth to a party?"""
    for name, talks in dossier.talks.items():
        open_issues = [k for k, issue in talks.issues.items() if issue.reversion is None]
        for party, wants in talks.preferences.items():
            if wants.reservation is None and open_issues:
                yield (
                    f"talks.{name}.preferences.{party}.reservation",
                    f"Nothing says what no agreement is worth to '{party}', so it is taken to be "
                    f"0 points. State `reservation`, or the `reversion` of {joined(open_issues)}.",
                )


@named
def issue_without_choice(dossier: Dossier) -> Iterator[Doubt]:
    """Has an issue of the talks a single option?"""
    for name, talks in dossier.talks.items():
        for issue, entry in talks.issues.items():
            labels = entry.labels(len(talks.parties))
            if len(labels) == 1:
                yield (
                    f"talks.{name}.issues.{issue}",
                    f"The issue '{issue}' has one option, '{labels[0]}', so there is nothing to "
                    "choose. Add what else could be agreed, or remove the issue.",
                )


@named
def grid_misses_its_end(dossier: Dossier) -> Iterator[Doubt]:
    """Do the steps of a grid pass over its highest point?"""
    for name, talks in dossier.talks.items():
        for issue, entry in talks.issues.items():
            if entry.grid is None:
                continue
            last, step = entry.grid.points[-1], entry.grid.step
            if entry.grid.high - last > _SAME * step:
                yield (
                    f"talks.{name}.issues.{issue}.grid",
                    f"Steps of {step:.12g} from {entry.grid.low:.12g} end at {last:.12g} and miss "
                    f"the highest point of '{issue}', {entry.grid.high:.12g}, which no package "
                    f"can hold. Choose a step that divides the range, or end it at {last:.12g}.",
                )


@named
def issue_without_dispute(dossier: Dossier) -> Iterator[Doubt]:
    """Do all parties want the same option of an issue?"""
    for name, talks in dossier.talks.items():
        for issue, entry in talks.issues.items():
            labels = entry.labels(len(talks.parties))
            best = [_best(talks, party, issue) for party in talks.parties]
            shared = np.logical_and.reduce(best)
            if len(labels) > 1 and shared.any():
                option = labels[int(np.argmax(shared))]
                yield (
                    f"talks.{name}.issues.{issue}",
                    f"No party wants anything better on '{issue}' than '{option}', so nothing is "
                    "in dispute there. Make sure that this is so; then it may be left out.",
                )


def _best(talks: Talks, party: str, name: str) -> Bools:
    """Which options of an issue are best for a party at the medians."""
    worth = _worth(talks, party, talks.issues[name], talks.preferences[party].issues[name])
    best: Bools = worth >= worth.max() - _SAME
    return best


def _worth(talks: Talks, party: str, issue: Issue, held: Preference) -> Floats:
    labels = issue.labels(len(talks.parties))
    if indifferent(held):
        return np.zeros(len(labels))
    if held.lights is not None:
        return np.array([_LIGHTS[held.lights[option]] for option in labels])
    own = amounts(issue, talks.parties, party) if issue.divisible is not None else None
    if held.values is None:
        return np.array(own)
    medians = {option: value.median(WORTH) for option, value in held.values.items()}
    if issue.options is not None:
        return np.array([medians[option] for option in labels])
    at = own if own is not None else issue.grid.points  # type: ignore[union-attr]
    known = sorted((float(point), value) for point, value in medians.items())
    worth: Floats = np.interp(at, [x for x, _ in known], [value for _, value in known])
    return worth


@named
def issue_on_no_track(dossier: Dossier) -> Iterator[Doubt]:
    """Where talks have tracks, does an issue belong to none?"""
    for name, talks in dossier.talks.items():
        for issue, entry in talks.issues.items():
            if talks.tracks and entry.track is None:
                yield (
                    f"talks.{name}.issues.{issue}.track",
                    f"The issue '{issue}' belongs to no track, and these talks have some: "
                    f"{joined(list(talks.tracks))}. Name its `track`.",
                )


@named
def track_without_issues(dossier: Dossier) -> Iterator[Doubt]:
    """Is there a track on which nothing is at issue?"""
    for name, talks in dossier.talks.items():
        used = {issue.track for issue in talks.issues.values()}
        for track in talks.tracks:
            if track not in used:
                yield (
                    f"talks.{name}.tracks.{track}",
                    f"No issue belongs to the track '{track}'. Name it as the `track` of one, or "
                    "remove it.",
                )


@named
def link_never_bites(dossier: Dossier) -> Iterator[Doubt]:
    """Is there a link that rules out nothing?"""
    for name, talks in dossier.talks.items():
        for link, entry in talks.links.items():
            if rules_out_nothing(talks, entry):
                bound = isinstance(entry, Cap)
                yield (
                    f"talks.{name}.links.{link}",
                    f"Every package keeps to the link '{link}' anyhow, so it changes nothing. "
                    f"{'Lower its bound' if bound else 'Narrow it'}, or remove it.",
                )


@named
def red_line_without_basis(dossier: Dossier) -> Iterator[Doubt]:
    """Is a red line, which shuts out whole packages, drawn without saying what it rests on?"""
    for name, talks in dossier.talks.items():
        for party, wants in talks.preferences.items():
            here = f"talks.{name}.preferences.{party}"
            for line, red in wants.red_lines.items():
                if "basis" not in red.model_fields_set:
                    yield (
                        f"{here}.red_lines.{line}",
                        f"The red line '{line}' of '{party}' shuts out packages, and nothing says "
                        "what it rests on. State its `basis`, and whose word it is in `from`.",
                    )
            for issue, held in wants.issues.items():
                if _groundless_no(held):
                    yield (
                        f"{here}.issues.{issue}.lights",
                        f"'{party}' says no to options of '{issue}', which makes them red lines, "
                        "and nothing says what that rests on. State the `basis`, or list lights "
                        "under `assumed`.",
                    )


def _groundless_no(held: Preference) -> bool:
    says_no = Light.NO in (held.lights or {}).values()
    return says_no and "basis" not in held.model_fields_set and "lights" not in held.assumed


@named
def claim_without_statement(dossier: Dossier) -> Iterator[Doubt]:
    """Is a claim put to the test that nobody is said to have made?"""
    for name, talks in dossier.talks.items():
        for claim, made in talks.claims.items():
            if not made.from_ and not made.note:
                yield (
                    f"talks.{name}.claims.{claim}",
                    f"The claim '{claim}' is to be tested, and nothing says who made it. Cite the "
                    "statement in `from`, or say in `note` that it is your own.",
                )


def certain_though_assumed(dossier: Dossier) -> Iterator[Doubt]:
    """Judgements in talks that are assumed and yet single values, for `assumed_but_certain`.

    Several of one party are one finding.
    """
    for name, talks in dossier.talks.items():
        for party, wants in talks.preferences.items():
            here = f"talks.{name}.preferences.{party}"
            found = list(_certain(here, party, wants))
            if len(found) < 2:
                yield from ((each.where, f"{each.alone} {_WIDEN}") for each in found)
            else:
                yield (
                    here,
                    f"Of what '{party}' wants, {len(found)} entries are assumed and yet certain: "
                    f"{'; '.join(_together(found))}. {_WIDEN}",
                )


_WIDEN = "Write a range as wide as you are unsure, or state the basis."


@dataclass(frozen=True)
class _Certain:
    """One judgement that is assumed and yet certain: told alone, or as part of a list."""

    where: str
    alone: str
    what: str
    of: str | None = None


def _certain(here: str, party: str, wants: Preferences) -> Iterator[_Certain]:
    given = wants.reservation is not None and wants.reservation.certain
    if given and wants.basis is Basis.ASSUMED:
        yield _Certain(
            f"{here}.reservation",
            f"What no agreement is worth to '{party}' is assumed and yet certain.",
            "what no agreement is worth to it",
        )
    for issue, held in wants.issues.items():
        if fields := list(_certain_fields(held)):
            yield _Certain(
                f"{here}.issues.{issue}",
                f"What '{party}' wants on '{issue}' is assumed and yet certain: {joined(fields)}.",
                f"{joined(fields)} on",
                issue,
            )
    for both, interaction in wants.interactions.items():
        if interaction.basis is Basis.ASSUMED and interaction.worth.certain:
            yield _Certain(
                f"{here}.interactions.{both}.worth",
                f"What '{both}' is worth to '{party}' is assumed and yet certain.",
                "the worth of",
                both,
            )


def _together(found: list[_Certain]) -> Iterator[str]:
    """Judgements of the same kind in one breath: 'weight' and 'values' on 'a', 'b' and 'c'."""
    grouped: dict[str, list[str]] = {}
    for each in found:
        grouped.setdefault(each.what, []).extend([each.of] if each.of else [])
    for what, named_ in grouped.items():
        yield f"{what} {joined(named_)}" if named_ else what


def _certain_fields(held: Preference) -> Iterator[str]:
    """Weight and values that are assumed and certain; ranks and lights are drawn by themselves."""

    def assumed(field: str) -> bool:
        return held.basis is Basis.ASSUMED or field in held.assumed

    if held.weight is not None and held.weight.certain and assumed("weight"):
        yield "weight"
    values = (held.values or {}).values()
    if values and all(value.certain for value in values) and assumed("values"):
        yield "values"
