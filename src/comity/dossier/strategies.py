"""Hypothesis strategies for whole valid dossiers, for the tests of anything that reads one.

Needs Hypothesis, which Comity itself does not; nothing else imports this module.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from comity.dossier.model import Dossier
from comity.dossier.position import JUDGED
from comity.dossier.strategies_talks import talks
from comity.dossier.strategies_written import (
    AMOUNT,
    DAYS,
    NAMES,
    PERCENT,
    TEXT,
    Draw,
    Written,
    quantities,
)

__all__ = ["charters", "dossiers", "positions", "quantities", "rules", "talks"]


@st.composite
def rules(draw: Draw) -> Any:
    """A rule of any kind, as written."""
    base = {"of": draw(st.sampled_from(["members", "present", "present_and_voting"]))}
    return draw(
        st.sampled_from(
            [
                "consensus",
                {"kind": "consensus", "minus": draw(st.integers(0, 3))},
                "silence",
                {"kind": "silence", "hours": draw(st.integers(1, 200)) / 2},
                {"kind": "simple_majority", **base},
                {"kind": "qualified_majority", "at_least": draw(_SHARES), **base},
            ]
        )
    )


_SHARES = st.sampled_from(["2/3", "55 %", 0.75, 1, "1/7"])


@st.composite
def charters(draw: Draw) -> Any:
    """A packaged charter, or one spelled out with the procedures `substantive` and `other`."""
    if draw(st.booleans()):
        return "plain"
    clause = {"says": draw(TEXT), "source": draw(TEXT), "verified": "text"}
    procedures = {}
    for name in ("substantive", "other", "silence"):
        procedure: Written = {"rule": draw(rules()), "clause": draw(st.sampled_from([None, "c1"]))}
        if draw(st.booleans()):
            procedure |= {"quorum": draw(_SHARES), "binds": draw(_BINDING), "title": draw(TEXT)}
        procedures[name] = procedure
    return {"name": draw(TEXT), "procedures": procedures, "clauses": {"c1": clause}, "chair": "c1"}


_BINDING = st.sampled_from(["all_members", "members_not_objecting", "members_in_support", "nobody"])


@st.composite
def dossiers(
    draw: Draw, *, max_members: int = 7, max_items: int = 4, talks_too: bool = True
) -> Dossier:
    """A whole valid dossier: one body, items of both kinds, positions that may leave gaps.

    Requirements run from later items to earlier ones, so there is no cycle; competence may be in
    question on any item but the one that holds the views on it.
    """
    actors = draw(st.lists(NAMES, min_size=1, max_size=max_members + 1, unique=True))
    members = actors[: max(1, min(len(actors), draw(st.integers(1, max_members))))]
    statements = ["s1", "no"][: draw(st.integers(0, 2))]
    written: Written = {
        "comity": 1,
        "title": draw(TEXT),
        "as_of": draw(DAYS),
        "actors": {name: draw(_actor()) for name in actors},
        "sources": {"src": {"title": draw(TEXT), "outlet": "o", "published": draw(DAYS)}},
        "statements": {name: draw(_statement(actors)) for name in statements},
        "bodies": {"b": draw(_body(members))},
        "agenda": {},
        "positions": {},
    }
    for number in range(draw(st.integers(0, max_items))):
        _add_item(draw, written, f"i{number}", members, statements)
    if written["agenda"] and draw(st.booleans()):
        written["codings"] = {"rival": draw(_coding(written, members, statements))}
    if talks_too and len(actors) > 1 and draw(st.booleans()):
        written["talks"] = {draw(NAMES): draw(talks(actors, statements))}
    return Dossier.model_validate(written)


@st.composite
def _actor(draw: Draw) -> Written:
    kind = draw(st.sampled_from(["state", "faction"]))
    return {"name": draw(TEXT), "kind": kind, "capability": draw(AMOUNT)}


@st.composite
def _statement(draw: Draw, actors: list[str]) -> Written:
    return {
        "speaker": draw(TEXT),
        "for": draw(st.sampled_from([None, *actors])),
        "standing": draw(st.sampled_from(["binding", "official", "faction", "personal"])),
        "on": draw(DAYS),
        "source": "src",
        "locator": "p. 1",
        "gist": draw(TEXT),
    }


@st.composite
def _body(draw: Draw, members: list[str]) -> Written:
    body: Written = {"members": members, "charter": draw(charters())}
    if draw(st.booleans()):
        until = draw(st.none() | DAYS)
        holder = draw(st.sampled_from(members))
        body["presidency"] = {"order": members, "holder": holder, "until": until}
    if draw(st.booleans()):
        cut = draw(st.integers(0, len(members)))
        body["blocs"] = {"east": members[:cut], "west": members[cut:]}
        body["omega"] = draw(AMOUNT)
    if draw(st.booleans()):
        body["sessions"] = [{"on": draw(DAYS), "title": draw(TEXT)}]
    return body


def _add_item(
    draw: Draw, written: Written, name: str, members: list[str], statements: list[str]
) -> None:
    """Adds an item that rests on earlier ones alone, with positions of some members."""
    earlier = list(written["agenda"])
    views = [item for item in earlier if written["agenda"][item].get("options") == _VIEWS]
    item = draw(_item(members))
    if draw(st.booleans()):
        item["assumed"] = draw(st.lists(st.sampled_from(ITEM_NUMBERS), max_size=2, unique=True))
    if len(earlier) > 0 and draw(st.booleans()):
        item["requires"] = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True))
    if item.get("options") != _VIEWS and draw(st.booleans()):
        item["competence"] = {
            "presumption": draw(st.sampled_from(["within", "outside"])),
            "decided_by": draw(st.sampled_from(["body", "chair", members[0]])),
            "rule": draw(st.sampled_from([None, "substantive"])),
            "item": draw(st.sampled_from([*views, *views, None])),
        }
    held = {who: draw(positions(item, statements)) for who in members if draw(st.booleans())}
    if draw(st.booleans()):
        item["rounds"] = [draw(_round(item, members, held, statements))]
    written["agenda"][name] = item
    if held:
        written["positions"][name] = held


ITEM_NUMBERS = ["reversion", "smallest_step", "tabled"]
_VIEWS = ["outside", "within"]
_SPACES: list[list[str]] = [[], [], _VIEWS, ["no", "half", "12"]]
"""Options an item may have; none: a scale."""


@st.composite
def _item(draw: Draw, members: list[str]) -> Written:
    item: Written = {"body": "b", "question": draw(TEXT), "core": draw(st.booleans())}
    item["procedure"] = draw(st.sampled_from(["substantive", "silence"]))
    options = draw(st.sampled_from(_SPACES))
    if options:
        item |= {"options": options, "reversion": options[0]}
    else:
        item |= {"reversion": draw(PERCENT), "smallest_step": draw(st.integers(1, 30))}
        item["scale"] = draw(st.sampled_from([None, {"0": "none", "37.5": draw(TEXT)}]))
    if draw(st.booleans()):
        item["tabled"] = draw(st.sampled_from(options) if options else PERCENT)
        item["by"] = draw(st.sampled_from([None, *members]))
    return item


@st.composite
def positions(draw: Draw, item: Written, statements: list[str]) -> Written:
    """A position on an item, both as written; any field may be left out."""
    position = draw(_wishes(item, statements))
    options = item.get("options")
    if options and "ideal" not in position and draw(st.booleans()):
        position["values"] = {option: draw(PERCENT) for option in options if draw(st.booleans())}
    if draw(st.booleans()):
        position["capability"] = draw(AMOUNT)
        position["presence"] = draw(st.sampled_from(["present", "absent", "no_instructions"]))
    position["assumed"] = draw(st.lists(st.sampled_from(JUDGED), max_size=2, unique=True))
    return position | {"note": draw(TEXT)}


@st.composite
def _wishes(draw: Draw, item: Written, statements: list[str]) -> Written:
    """What positions and concessions share."""
    wishes: Written = {}
    options = item.get("options")
    if draw(st.booleans()):
        wishes["ideal"] = draw(_preference(options) if options else PERCENT)
    if draw(st.booleans()):
        wishes["accepts"] = draw(
            st.lists(st.sampled_from(options), unique=True)
            if options
            else st.tuples(PERCENT, PERCENT).map(list)
        )
    if not options and draw(st.booleans()):
        wishes["floor"] = draw(PERCENT)
    for field, quantity in (("salience", PERCENT), ("omega", AMOUNT)):
        if draw(st.booleans()):
            wishes[field] = draw(quantity)
    if draw(st.booleans()):
        wishes["basis"] = draw(st.sampled_from(["stated", "inferred", "assumed"]))
        wishes["from"] = statements
    return wishes


@st.composite
def _preference(draw: Draw, options: list[str]) -> Any:
    """One option, or weights in eighths that sum to 1."""
    first = draw(st.integers(0, 8)) / 8
    if first in (0.0, 1.0):
        return draw(st.sampled_from(options))
    return {options[0]: first, options[-1]: 1.0 - first}


@st.composite
def _round(
    draw: Draw, item: Written, members: list[str], held: Written, statements: list[str]
) -> Written:
    conceding = draw(st.sampled_from(members))
    concession = draw(_wishes(item, statements))
    if "values" in held.get(conceding, {}):
        concession.pop("ideal", None)
    later: Written = {"label": draw(TEXT), "concessions": {conceding: concession}}
    if draw(st.booleans()):
        later["tabled"] = draw(st.sampled_from(item["options"]) if "options" in item else PERCENT)
    return later


@st.composite
def _coding(draw: Draw, written: Written, members: list[str], statements: list[str]) -> Written:
    """A rival reading of one item; it gives no values, so that every concession still counts."""
    name = draw(st.sampled_from(sorted(written["agenda"])))
    item = written["agenda"][name]
    position = draw(_wishes(item, statements))
    coding: Written = {
        "title": draw(TEXT),
        "positions": {name: {draw(st.sampled_from(members)): position}},
    }
    if "competence" in item:
        coding["presumptions"] = {name: draw(st.sampled_from(["within", "outside"]))}
    return coding
