"""What is at issue: the domain file's issues, by their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from comity.dossier.genius.elements import Element
from comity.dossier.talks import MOST_OPTIONS
from comity.errors import DossierError, UnsupportedError


@dataclass(frozen=True)
class Domain:
    """Issues in the order of their numbers, and the profiles that the file names, if any."""

    root: Element
    issues: tuple[DomainIssue, ...]
    agents: tuple[str, ...]

    @property
    def left_out(self) -> tuple[int, ...]:
        """Numbers below the highest that no issue bears: a break of GENIUS's own format."""
        numbers = {issue.number for issue in self.issues}
        return tuple(k for k in range(1, max(numbers)) if k not in numbers)


@dataclass(frozen=True)
class DomainIssue:
    """An issue with named options, or with whole numbers from ``low`` to ``high``."""

    name: str
    number: int
    options: tuple[str, ...]
    whole: tuple[int, int] | None
    element: Element


def domain_of(root: Element) -> Domain:
    """The issues of a domain file. Raises DossierError or UnsupportedError."""
    issues = tuple(sorted(map(_issue, issues_in(root)), key=lambda issue: issue.number))
    for earlier, later in pairwise(issues):
        if earlier.number == later.number:
            raise later.element.trouble(
                "two issues bear one number",
                found=f"{later.number}: {earlier.name}, {later.name}",
                mend="Number the issues 1, 2, 3 and so on.",
            )
    names = [issue.name for issue in issues]
    for issue in issues:
        if names.count(issue.name) > 1:
            raise issue.element.trouble(
                "two issues bear one name", found=issue.name, mend="Rename one of them."
            )
        if issue.number < 1:
            raise issue.element.trouble(
                "issues are numbered from 1", found=issue.number, mend="Mend its index."
            )
    agents = (agent.attributes.get("utility_space", "") for agent in root.all("agent"))
    return Domain(root, issues, tuple(name for name in agents if name))


def issues_in(root: Element) -> list[Element]:
    """The issues below the objective. Raises if there is none, or a tree of objectives."""
    objective = objective_in(root)
    if (nested := objective.first("objective")) is not None:
        raise UnsupportedError(
            "this domain has objectives within objectives",
            place=nested.place,
            found=nested.attributes.get("name", ""),
            mend="Put all issues directly under one objective, with weights multiplied out.",
        )
    issues = list(objective.all("issue"))
    if not issues:
        raise objective.trouble("there is no issue here", mend="List at least one <issue>.")
    return issues


def objective_in(root: Element) -> Element:
    """The objective that holds issues and weights, or what stands for it."""
    space = root.first("utility_space") or root
    return space.first("objective") or space


def type_of(issue: Element) -> str:
    """Discrete unless said otherwise, as GENIUS has it."""
    return issue.attributes.get("type") or issue.attributes.get("vtype") or "discrete"


def named(element: Element) -> str:
    """Its name, which may not be empty."""
    if not element.wanted("name").strip():
        raise element.trouble("this issue has an empty name", mend="Give it a name.")
    return element.attributes["name"]


def _issue(element: Element) -> DomainIssue:
    name, number, kind = named(element), element.whole("index"), type_of(element)
    if kind == "discrete":
        return DomainIssue(name, number, _options(element), None, element)
    if kind == "integer":
        return DomainIssue(name, number, (), _range(element), element)
    raise _not_a_list(element, kind)


def _not_a_list(element: Element, kind: str) -> UnsupportedError:
    return UnsupportedError(
        f"issues of type '{kind}' are not read: they have no list of options",
        place=element.place,
        found=element.attributes.get("name", ""),
        mend="Make it an integer issue in smaller units, or list the options.",
    )


def _options(element: Element) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(item.wanted("value") for item in element.all("item")))
    if not found:
        raise element.trouble(
            "this issue has no options",
            found=element.attributes["name"],
            mend='List them: <item index="1" value="…"/>.',
        )
    if len(found) > MOST_OPTIONS:
        raise _too_many(element, len(found))
    return found


def _range(element: Element) -> tuple[int, int]:
    where = element.first("range") or element
    low, high = where.whole("lowerbound"), where.whole("upperbound")
    if high < low:
        raise where.trouble(
            "the range runs backwards", found=f"{low} to {high}", mend="Exchange its two bounds."
        )
    if high - low >= MOST_OPTIONS:
        raise _too_many(where, high - low + 1)
    return low, high


def _too_many(element: Element, options: int) -> DossierError:
    return element.trouble(
        f"an issue has at most {MOST_OPTIONS:,} options",
        found=f"{options:,}",
        mend="List those that somebody would propose.",
    )


def twice(elements: Iterator[Element], attribute: str) -> Element | None:
    """The first element whose attribute an earlier one has already."""
    seen: set[str] = set()
    for element in elements:
        value = element.wanted(attribute)
        if value in seen:
            return element
        seen.add(value)
    return None
