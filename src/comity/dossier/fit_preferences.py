"""A party speaks of every issue: a weight or a rank, and what the options are worth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comity.dossier.paths import MisfitError, Path, listed, nearest
from comity.dossier.quantity import Exactly
from comity.dossier.talks import Issue, Preference, Preferences, Talks

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NEAR = 1e-9


def misfits_of_preferences(
    talks: Talks, party: str, wants: Preferences, path: Path
) -> Iterator[MisfitError]:
    """What one party's preferences leave out, or say of options that there are not."""
    yield from _weights(party, wants, path)
    for name, held in wants.issues.items():
        issue = talks.issues.get(name)
        if issue is not None:
            yield from _worth(name, issue, held, (*path, "issues", name))


def indifferent(held: Preference) -> bool:
    """Whether a party says that an issue is nothing to it."""
    return isinstance(held.weight, Exactly) and held.weight.value == 0.0


def _weights(party: str, wants: Preferences, path: Path) -> Iterator[MisfitError]:
    weighed = [k for k, held in wants.issues.items() if held.weight and not indifferent(held)]
    ranked = [k for k, held in wants.issues.items() if held.rank is not None]
    for name, held in wants.issues.items():
        if held.weight is None and held.rank is None:
            yield MisfitError(
                (*path, "issues", name),
                f"nothing says how much '{name}' matters to '{party}'",
                found="neither a weight nor a rank",
                mend="Add `rank: 1`." if ranked else "Add `weight`, as wide as you are unsure.",
            )
    if weighed and ranked:
        yield MisfitError(
            (*path, "issues", ranked[0], "rank"),
            f"'{party}' weighs some issues and ranks others, so they cannot be compared",
            found=f"weights for {listed(weighed)}; ranks for {listed(ranked)}",
            mend="Give a weight for each issue, or a rank for each.",
        )
    if not ranked and wants.issues and all(indifferent(held) for held in wants.issues.values()):
        yield MisfitError(
            (*path, "issues"),
            f"the weights of '{party}' sum to nothing",
            found="0 for every issue",
            mend="Give at least one issue a weight above 0; who wants nothing is no party.",
        )


def _worth(name: str, issue: Issue, held: Preference, path: Path) -> Iterator[MisfitError]:
    if held.lights is not None:
        if issue.options is None:
            yield _lights_on_numbers(name, issue, (*path, "lights"))
        else:
            yield from _each_option(name, issue.options, held.lights, (*path, "lights"))
    elif held.values is None:
        if not indifferent(held) and issue.divisible is None:
            yield _silent(name, issue, path)
    elif issue.options is not None:
        yield from _each_option(name, issue.options, held.values, (*path, "values"))
    else:
        yield from _at_numbers(name, issue, held.values, (*path, "values"))


def _silent(name: str, issue: Issue, path: Path) -> MisfitError:
    named = issue.options is not None
    return MisfitError(
        path,
        f"nothing says what the options of '{name}' are worth",
        found="neither values nor lights" if named else "no values",
        mend=(
            "Add `lights` (yes, could live with, no) or `values` for each option"
            if named
            else "Add `values` at two points or more"
        )
        + "; `weight: 0` says that the party does not care.",
    )


def _lights_on_numbers(name: str, issue: Issue, path: Path) -> MisfitError:
    kind = "a grid" if issue.grid is not None else "a quantity to divide"
    return MisfitError(
        path,
        f"lights stand for named options, and '{name}' is {kind}",
        mend="Give `values` at some points, and what the party never takes under `red_lines`.",
    )


def _each_option(
    name: str, options: Iterable[str], given: Mapping[str, Any], path: Path
) -> Iterator[MisfitError]:
    """Every option of the issue, and nothing else."""
    known = dict.fromkeys(options)
    unknown = [option for option in given if option not in known]
    for option in unknown:
        yield _no_option(name, known, option, (*path, option))
    missing = [option for option in known if option not in given]
    if missing and not unknown:
        yield MisfitError(
            path,
            f"not every option of '{name}' is named",
            found=f"nothing for {listed(missing)}",
            mend=f"Add {listed(missing)}, as wide as you are unsure.",
        )


def _no_option(name: str, known: Iterable[str], option: str, path: Path) -> MisfitError:
    def mend() -> str:
        like = nearest(option, known)
        guess = f"Did you mean '{like}'? " if like else ""
        return f"{guess}Its options are: {listed(known)}."

    return MisfitError(path, f"'{name}' has no option of this name", found=option, mend=mend)


def _at_numbers(
    name: str, issue: Issue, given: Mapping[str, Any], path: Path
) -> Iterator[MisfitError]:
    """Points of a grid, or amounts of a divisible quantity, each once, and at least one."""
    low, high, what = _reach(issue)
    seen: dict[float, str] = {}
    for point in given:
        value = float(point) if _NUMBER.fullmatch(point.strip()) else math.nan
        near = _NEAR * max(1.0, abs(low), abs(high))
        if not low - near <= value <= high + near:
            yield MisfitError(
                (*path, point),
                f"{what} from {low:.12g} to {high:.12g} was expected",
                found=point,
                mend=_stated_at(name, low, high, what),
            )
        elif value in seen:
            yield MisfitError(
                (*path, point),
                f"the same {what.split()[-1]} stands here twice",
                found=f"{seen[value]} and {point}",
                mend="Remove one of the two.",
            )
        seen.setdefault(value, point)
    if not given:
        yield MisfitError(
            path,
            "the list of values is empty",
            found="{}",
            mend=_stated_at(name, low, high, what),
        )


def _stated_at(name: str, low: float, high: float, what: str) -> str:
    some = f"some {what.split()[-1]}s of '{name}'"
    return f"State the worth at {some}, e.g. {{{low:.12g}: 0, {high:.12g}: 100}}."


def _reach(issue: Issue) -> tuple[float, float, str]:
    if issue.grid is not None:
        return issue.grid.low, issue.grid.high, "a point"
    assert issue.divisible is not None
    return 0.0, issue.divisible.total, "an amount"
