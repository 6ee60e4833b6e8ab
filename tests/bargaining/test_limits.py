"""What red lines, red lights and links rule out, against the words of §43 read off each package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.bargaining.drawn import middle
from comity.dossier.ruled_out import allowed_by, rules_out_nothing
from comity.dossier.talks import Talks

Terms = Mapping[str, str]
"""A package as its labels, issue to option."""


@dataclass(frozen=True)
class Said:
    """Something a dossier says of packages: how it is written, and what it means of one."""

    written: Any
    holds: Callable[[Terms], bool]


def number(label: str) -> float:
    return float(label)


def part(label: str, party: str, parties: tuple[str, ...]) -> float:
    return float(label.split("/")[parties.index(party)])


ISSUES = {
    "road": {"options": ["none", "joint", "own"]},
    "seat": {"options": ["here", "there"]},
    "fee": {"grid": {"low": 0, "high": 6, "step": 2}},
    "land": {"divisible": {"total": 12, "parts": 3}},
}
GRID = [0, 2, 4, 6]
PARTS = [0, 4, 8, 12]


@st.composite
def words(draw: st.DrawFn, issue: str, parties: tuple[str, ...]) -> Said:
    """One word that picks at least one option of an issue."""
    if issue in ("road", "seat"):
        name = draw(st.sampled_from(ISSUES[issue]["options"]))
        return Said(name, lambda terms: terms[issue] == name)
    low, high = sorted(draw(st.tuples(*[st.sampled_from(GRID if issue == "fee" else PARTS)] * 2)))
    if issue == "fee":
        written = low if low == high else f"{low}..{high}"
        return Said(written, lambda terms: low <= number(terms[issue]) <= high)
    party = draw(st.sampled_from(parties))
    if draw(st.booleans()):
        return Said(
            f"{party} {low}..{high}",
            lambda terms: low <= part(terms[issue], party, parties) <= high,
        )
    ways = [way for way in product(PARTS, repeat=len(parties)) if sum(way) == 12]
    label = "/".join(map(str, draw(st.sampled_from(ways))))
    return Said(label, lambda terms: terms[issue] == label)


@st.composite
def combinations(draw: st.DrawFn, parties: tuple[str, ...], most: int = 3) -> Said:
    """Options of one to three issues together: on every issue named, one of those picked."""
    names = draw(st.lists(st.sampled_from(list(ISSUES)), min_size=1, max_size=most, unique=True))
    held = {
        name: draw(st.lists(words(name, parties), min_size=1, max_size=2, unique_by=repr))
        for name in names
    }
    written = {
        name: said[0].written if len(said) == 1 else [one.written for one in said]
        for name, said in held.items()
    }
    return Said(
        written,
        lambda terms: all(any(one.holds(terms) for one in said) for said in held.values()),
    )


@st.composite
def if_then(draw: st.DrawFn, parties: tuple[str, ...]) -> Said:
    """If the one stands, so does the other."""
    given_, then = draw(combinations(parties)), draw(combinations(parties))
    return Said(
        {"kind": "if_then", "if": given_.written, "then": then.written},
        lambda terms: then.holds(terms) or not given_.holds(terms),
    )


@st.composite
def together(draw: st.DrawFn, parties: tuple[str, ...]) -> Said:
    """All of them stand, or none does."""
    these = draw(st.lists(combinations(parties), min_size=2, max_size=4))
    return Said(
        {"kind": "together", "these": [one.written for one in these]},
        lambda terms: len({one.holds(terms) for one in these}) == 1,
    )


@st.composite
def caps(draw: st.DrawFn, parties: tuple[str, ...]) -> Said:
    """Amounts added up over issues stay within the bound."""
    names = draw(st.lists(st.sampled_from(list(ISSUES)), min_size=1, unique=True))
    amount = st.integers(-3, 3)
    summed: dict[str, Any] = {}
    for name in names:
        if name == "fee" and draw(st.booleans()):
            summed[name] = draw(amount)  # a factor
        else:
            labels = {"fee": list(map(str, GRID)), "land": list(parties)}.get(name)
            keys = st.sampled_from(labels or ISSUES[name]["options"])
            summed[name] = draw(st.dictionaries(keys, amount, min_size=1))
    bound = draw(st.integers(-12, 24))

    def used(terms: Terms, name: str) -> float:
        said = summed[name]
        if isinstance(said, int):
            return said * number(terms[name])
        if name == "land":
            return sum(factor * part(terms[name], p, parties) for p, factor in said.items())
        return said.get(terms[name], 0)

    return Said(
        {"kind": "cap", "sum": summed, "at_most": bound},
        lambda terms: sum(used(terms, name) for name in names) <= bound,
    )


KINDS = {"if_then": if_then, "together": together, "cap": caps}


def talks_of(
    parties: tuple[str, ...],
    links: Mapping[str, Any] | None = None,
    red_lines: Mapping[str, Any] | None = None,
    lights: Mapping[str, str] | None = None,
) -> Talks:
    """Talks about a road, a seat, a fee and land; red lines and lights are the first party's."""
    first: dict[str, Any] = {"issues": {"road": {"weight": 1}}, "red_lines": dict(red_lines or {})}
    if lights:
        first["issues"]["road"]["lights"] = dict(lights)
    other = {"issues": {"road": {"weight": 1}}}
    return Talks.model_validate(
        {
            "parties": list(parties),
            "issues": ISSUES,
            # every issue stands in every party's preferences: §40 has a weight for each
            "preferences": {
                party: {**wants, "issues": {k: {"weight": 1} for k in ISSUES} | wants["issues"]}
                for party, wants in [(p, first if p == parties[0] else other) for p in parties]
            },
            "links": dict(links or {}),
        }
    )


def every_package(talks: Talks) -> tuple[Any, list[tuple[int, ...]], list[Terms]]:
    """The problem of the middle reading, all packages, and each in words."""
    problem = middle(talks, "t")
    packages = list(product(*map(range, problem.sizes)))
    return problem, packages, [problem.labelled(package) for package in packages]


PARTIES = st.sampled_from([("A", "B"), ("A", "B", "C")])


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_link_rules_out_what_its_words_rule_out(kind: str, data: st.DataObject):
    """§43: a package keeps to a link if and only if what the link says is true of it."""
    parties = data.draw(PARTIES)
    said = data.draw(KINDS[kind](parties))
    talks = talks_of(parties, {"l": said.written})
    problem, packages, terms = every_package(talks)
    assert problem.allowed(packages).tolist() == [said.holds(each) for each in terms]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_checks_and_bargaining_rule_out_the_same(kind: str, data: st.DataObject):
    """What `comity check` says a link leaves is what the bargaining allows (§43)."""
    parties = data.draw(PARTIES)
    talks = talks_of(parties, {"l": data.draw(KINDS[kind](parties)).written})
    problem, packages, _ = every_package(talks)
    link = talks.links["l"]
    left = allowed_by(talks, link)
    assert left is not None
    cells = np.broadcast_to(left.over(talks.issues), problem.sizes)
    allowed = problem.allowed(packages)
    assert allowed.tolist() == cells.ravel().tolist()
    if rules_out_nothing(talks, link):
        assert allowed.all()


@given(data=st.data())
def test_a_red_line_rules_out_the_whole_combination_only(data: st.DataObject):
    """§43: a package breaks a red line if it holds one of the options on every issue named."""
    parties = data.draw(PARTIES)
    lines = data.draw(st.lists(combinations(parties), min_size=1, max_size=3))
    talks = talks_of(
        parties, red_lines={f"r{k}": {"never": x.written} for k, x in enumerate(lines)}
    )
    problem, packages, terms = every_package(talks)
    assert [(limit.name, limit.party) for limit in problem.limits] == [
        (f"A: r{k}", "A") for k in range(len(lines))
    ]
    expected = [[line.holds(each) for line in lines] for each in terms]
    assert problem.crossed(packages).tolist() == expected
    assert problem.allowed(packages).tolist() == [not any(broken) for broken in expected]


@given(st.lists(st.sampled_from(["yes", "could live with", "no"]), min_size=3, max_size=3))
def test_a_red_light_is_a_red_line(colours: list[str]):
    """§40: a *no* is a red line; the other lights rule out nothing."""
    lights = dict(zip(ISSUES["road"]["options"], colours, strict=True))
    problem, packages, terms = every_package(talks_of(("A", "B"), lights=lights))
    assert problem.allowed(packages).tolist() == [lights[x["road"]] != "no" for x in terms]
    assert [limit.name for limit in problem.limits] == ["A: no on road"] * ("no" in colours)


@given(data=st.data())
def test_a_package_is_allowed_if_it_breaks_no_limit(data: st.DataObject):
    """§43: links, red lines and red lights all bind at once."""
    parties = data.draw(PARTIES)
    links = {kind: data.draw(make(parties)) for kind, make in KINDS.items()}
    line = data.draw(combinations(parties))
    talks = talks_of(
        parties,
        {name: said.written for name, said in links.items()},
        {"r": {"never": line.written}},
        {"none": "no", "joint": "yes", "own": "could live with"},
    )
    problem, packages, terms = every_package(talks)
    assert problem.allowed(packages).tolist() == [
        x["road"] != "none" and not line.holds(x) and all(s.holds(x) for s in links.values())
        for x in terms
    ]


def test_both_or_neither_binds_either_way():
    """§43: of three things agreed all together or not at all, none stands without the others."""
    these = [{"road": "own"}, {"seat": "here"}, {"fee": 6, "land": "12/0"}]
    talks = talks_of(("A", "B"), {"l": {"kind": "together", "these": these}})
    problem, packages, terms = every_package(talks)
    allowed = {
        (x["road"] == "own", x["seat"] == "here", x["fee"] == "6" and x["land"] == "12/0")
        for x, free in zip(terms, problem.allowed(packages), strict=True)
        if free
    }
    assert allowed == {(True, True, True), (False, False, False)}
