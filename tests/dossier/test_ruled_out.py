"""Links that leave nothing together are seen when a dossier is read, in small knots and large."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier import loads
from comity.dossier.dump import plain
from comity.dossier.ruled_out import _some_left, _some_supported, allowed_by
from comity.dossier.talks import Talks
from comity.errors import DossierError
from dossier.samples import WITH_TALKS, dossier

OPTIONS = ["a", "b", "c"]


def talks(links: list[dict[str, Any]], issues: int) -> Talks:
    """Talks of two parties with some links over issues of three options; not yet put to a test."""
    wants = {"issues": {"i0": {"weight": 1}}}
    return Talks.model_validate(
        {
            "parties": ["A", "B"],
            "issues": {f"i{k}": {"options": OPTIONS} for k in range(issues)},
            "preferences": {"A": wants, "B": wants},
            "links": {f"l{k}": link for k, link in enumerate(links)},
        }
    )


def kept(link: dict[str, Any], package: dict[str, str]) -> bool:
    """Whether a package keeps to a link, from the words of §43."""

    def meets(combination: dict[str, list[str]]) -> bool:
        return all(package[issue] in words for issue, words in combination.items())

    if link["kind"] == "if_then":
        return not meets(link["if"]) or meets(link["then"])
    if link["kind"] == "together":
        return len({meets(these) for these in link["these"]}) == 1
    total = sum(amounts.get(package[issue], 0.0) for issue, amounts in link["sum"].items())
    return total <= link["at_most"] + 1e-9


_PICKED = st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True)
_COMBINATION = st.dictionaries(st.sampled_from(["i0", "i1", "i2"]), _PICKED, min_size=1, max_size=2)
_SUMMED = st.dictionaries(
    st.sampled_from(["i0", "i1", "i2"]),
    st.dictionaries(st.sampled_from(OPTIONS), st.integers(-2, 2)),
    min_size=1,
)
_LINK = st.one_of(
    st.fixed_dictionaries({"kind": st.just("if_then"), "if": _COMBINATION, "then": _COMBINATION}),
    st.fixed_dictionaries(
        {"kind": st.just("together"), "these": st.lists(_COMBINATION, min_size=2, max_size=3)}
    ),
    st.fixed_dictionaries({"kind": st.just("cap"), "sum": _SUMMED, "at_most": st.integers(-2, 2)}),
)


@given(st.lists(_LINK, min_size=1, max_size=5))
def test_links_leave_what_their_words_leave(links: list[dict[str, Any]]):
    """What links leave together is what §43 says, package by package; propagation never errs."""
    held = talks(links, 3)
    tables = [allowed_by(held, link) for link in held.links.values()]
    known = [table for table in tables if table is not None]
    packages = [
        dict(zip(held.issues, chosen, strict=True)) for chosen in product(OPTIONS, repeat=3)
    ]
    some = any(all(kept(link, package) for link in links) for package in packages)
    assert len(known) == len(links)
    assert _some_left(known) == some
    assert _some_supported(known) or not some


def chained(length: int, last: str) -> str:
    """Talks in which the first option of each issue brings about that of the next, to the end."""
    written: dict[str, Any] = plain(dossier(WITH_TALKS))
    names = [f"i{k}" for k in range(length)]
    preference = {"weight": "1..2", "values": {"a": 0, "b": "5..10", "c": 1}}
    links: dict[str, Any] = {
        f"l{k}": {"kind": "if_then", "if": {names[k]: "a"}, "then": {names[k + 1]: "a"}}
        for k in range(length - 1)
    }
    links["first"] = {"kind": "cap", "sum": {"i0": {"b": 1, "c": 1}}, "at_most": 0}
    links["last"] = {"kind": "cap", "sum": {names[-1]: {last: 1}}, "at_most": 0}
    written["talks"] = {
        "road": {
            "parties": ["ARM", "BLR"],
            "issues": {name: {"options": OPTIONS} for name in names},
            "preferences": {
                party: {"issues": dict.fromkeys(names, preference)} for party in ("ARM", "BLR")
            },
            "links": links,
        }
    }
    import yaml

    return yaml.safe_dump(written, sort_keys=False)


@pytest.mark.parametrize("length", [3, 40])
def test_contradictory_links_are_named(length: int):
    """A chain of links that ends in its own denial is refused as a whole, however long it is."""
    with pytest.raises(DossierError, match="these links contradict each other") as caught:
        loads(chained(length, "a"))
    assert str(caught.value.found).startswith("l0, l1")
    loads(chained(length, "b"))


def test_a_link_too_many_is_not_named():
    """Only links that cannot be spared are named."""
    with pytest.raises(DossierError) as caught:
        dossier(
            WITH_TALKS,
            (
                "    links:\n",
                "    links:\n"
                "      a: {kind: if_then, if: {fee: 0..10}, then: {fee: 0}}\n"
                "      b: {kind: if_then, if: {land: ARM 0..100}, then: {fee: 5..10}}\n",
            ),
        )
    assert caught.value.found == "a, b"
