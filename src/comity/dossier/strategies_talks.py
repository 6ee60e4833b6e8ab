"""Hypothesis strategies for whole valid talks, as written.

Needs Hypothesis, which Comity itself does not. The package of every issue's first option breaks no
limit, so that no red line or link leaves nothing.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from comity.dossier.strategies_written import NAMES, TEXT, Draw, Written, quantities
from comity.dossier.talks import Issue

_WEIGHT, _WORTH = quantities(1.0, 50.0), quantities(-50.0, 100.0)


@st.composite
def talks(draw: Draw, actors: list[str], statements: list[str]) -> Written:
    """Talks among two or more of the actors, with issues of all kinds."""
    parties = actors[: draw(st.integers(2, min(3, len(actors))))]
    tracks = draw(st.lists(NAMES, max_size=2, unique=True))
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    issues = {name: draw(_issue(tracks)) for name in names}
    labels = {k: list(Issue.model_validate(i).labels(len(parties))) for k, i in issues.items()}
    for name, issue in issues.items():
        if draw(st.booleans()):
            issue["reversion"] = draw(st.sampled_from(labels[name]))
    written: Written = {
        "title": draw(TEXT),
        "parties": parties,
        "mediator": draw(st.sampled_from([None, *actors[len(parties) :]])),
        "tracks": {track: {"title": draw(TEXT), "note": draw(TEXT)} for track in tracks},
        "issues": issues,
        "preferences": {
            party: draw(_preferences(issues, labels, parties, statements)) for party in parties
        },
        "weights": draw(st.sampled_from(["shares", "as_given"])),
        "links": draw(_some(_link(issues, labels, parties))),
        "proposals": draw(_some(_proposal(labels, actors))),
        "claims": draw(_some(_claim(parties, statements))),
    }
    if draw(st.booleans()):
        written["text"] = {"draft": draw(_package(labels)), "changes": draw(st.integers(1, 3))}
    if draw(st.booleans()):
        written["proportions"] = {p: draw(st.sampled_from([1, "1/3", 2.5])) for p in parties}
    return written


def _some(entries: st.SearchStrategy[Any]) -> st.SearchStrategy[Written]:
    """A few entries by id."""
    return st.dictionaries(NAMES, entries, max_size=2)


@st.composite
def _issue(draw: Draw, tracks: list[str]) -> Written:
    issue: Written = {"title": draw(TEXT), "track": draw(st.sampled_from([None, *tracks]))}
    kind = draw(st.sampled_from(["options", "options", "grid", "divisible"]))
    if kind == "options":
        options = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        said = draw(st.booleans())
        issue["options"] = {name: draw(TEXT) for name in options} if said else options
    elif kind == "grid":
        low, step = draw(st.integers(-5, 5)), draw(st.sampled_from([0.1, 0.5, 1, 2.5, 1 / 3]))
        high = low + step * draw(st.integers(0, 5))
        issue["grid"] = {"low": low, "high": high, "step": step, "unit": draw(TEXT)}
    else:
        total = draw(st.sampled_from([1, 100, 7.5]))
        issue["divisible"] = {"total": total, "parts": draw(st.integers(1, 4))}
    return issue


@st.composite
def _preferences(
    draw: Draw,
    issues: Written,
    labels: dict[str, list[str]],
    parties: list[str],
    statements: list[str],
) -> Written:
    ranked = draw(st.booleans())
    held = {name: draw(_preference(issues[name], labels[name], ranked)) for name in issues}
    wants: Written = {"issues": held, "disclosed": draw(_DISCLOSED)} | draw(_grounds(statements))
    if draw(st.booleans()):
        wants["reservation"] = draw(_WORTH)
    pairs = [k for k in labels if len(labels[k]) > 1]
    if len(pairs) > 1 and draw(st.booleans()):
        when = {name: draw(_picked(issues[name], labels[name], parties)) for name in pairs[:2]}
        wants["interactions"] = {draw(NAMES): {"when": when, "worth": draw(_WORTH)}}
    if pairs:
        wants["red_lines"] = draw(_some(_red_line(issues, labels, parties, statements)))
    return wants


_DISCLOSED = st.sampled_from(["nothing", "order", "bands", "exact"])


@st.composite
def _grounds(draw: Draw, statements: list[str]) -> Written:
    """A basis and what is cited, or nothing about either."""
    if draw(st.booleans()):
        return {}
    basis = draw(st.sampled_from(["stated", "inferred", "assumed"]))
    return {"basis": basis, "from": statements, "note": draw(TEXT)}


@st.composite
def _preference(draw: Draw, issue: Written, labels: list[str], ranked: bool) -> Written:
    counts = {"rank": draw(st.integers(1, 4))} if ranked else {"weight": draw(_WEIGHT)}
    if "divisible" in issue and draw(st.booleans()):
        return counts
    if "options" in issue and draw(st.booleans()):
        first = draw(st.sampled_from(["yes", "could live with"]))
        others = [draw(st.sampled_from(["yes", "could_live_with", "no", False])) for _ in labels]
        return counts | {"lights": dict(zip(labels, [first, *others[1:]], strict=True))}
    points = labels
    if "divisible" in issue:
        total = issue["divisible"]["total"]
        points = [f"{total * share:.12g}" for share in (0.0, 0.25, 1.0)]
    if "options" not in issue:
        points = draw(st.lists(st.sampled_from(points), min_size=1, unique=True))
    assumed = draw(st.lists(st.sampled_from(["weight", "values"]), max_size=1))
    return counts | {"values": {point: draw(_WORTH) for point in points}, "assumed": assumed}


@st.composite
def _picked(draw: Draw, issue: Written, labels: list[str], parties: list[str]) -> Any:
    """Options of an issue as links and red lines pick them, the first never among them."""
    others = labels[1:]
    if "grid" in issue:
        ranges = [f"{others[0]}..{others[-1]}", float(others[-1])]
    elif "divisible" in issue:
        total = issue["divisible"]["total"]
        ranges = [f"{parties[1]} {total / 2:.12g}..{total:.12g}", f"{parties[1]} {total:.12g}"]
    else:
        ranges = []
    several = st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True)
    return draw(st.one_of(several, st.sampled_from([*ranges, others[-1]])))


@st.composite
def _combination(
    draw: Draw, issues: Written, labels: dict[str, list[str]], parties: list[str]
) -> Written:
    wide = [name for name in labels if len(labels[name]) > 1]
    chosen = draw(st.lists(st.sampled_from(wide), min_size=1, max_size=2, unique=True))
    return {name: draw(_picked(issues[name], labels[name], parties)) for name in chosen}


@st.composite
def _red_line(
    draw: Draw,
    issues: Written,
    labels: dict[str, list[str]],
    parties: list[str],
    statements: list[str],
) -> Written:
    never = draw(_combination(issues, labels, parties))
    likelihood = draw(st.sampled_from([1, 0.5, 0]))
    return {"never": never, "likelihood": likelihood} | draw(_grounds(statements))


@st.composite
def _link(draw: Draw, issues: Written, labels: dict[str, list[str]], parties: list[str]) -> Written:
    wide = any(len(options) > 1 for options in labels.values())
    kind = draw(st.sampled_from(["if_then", "together", "cap"] if wide else ["cap"]))
    if kind == "cap":
        summed = {name: draw(_amounts(issues[name], labels[name], parties)) for name in issues}
        return {"kind": kind, "sum": summed, "at_most": draw(quantities(1e4, 2e4))}
    first, second = (draw(_combination(issues, labels, parties)) for _ in range(2))
    if kind == "together":
        return {"kind": kind, "these": [first, second], "note": draw(TEXT)}
    return {"kind": kind, "if": first, "then": second}


@st.composite
def _amounts(draw: Draw, issue: Written, labels: list[str], parties: list[str]) -> Any:
    factor = st.sampled_from([1, -2, 0.5])
    if "grid" in issue and draw(st.booleans()):
        return draw(factor)
    known = parties if "divisible" in issue else labels
    return {name: draw(factor) for name in known if draw(st.booleans())}


@st.composite
def _package(draw: Draw, labels: dict[str, list[str]]) -> Written:
    return {name: draw(st.sampled_from(options)) for name, options in labels.items()}


@st.composite
def _proposal(draw: Draw, labels: dict[str, list[str]], actors: list[str]) -> Written:
    return {"package": draw(_package(labels)), "by": draw(st.sampled_from([None, *actors]))}


@st.composite
def _claim(draw: Draw, parties: list[str], statements: list[str]) -> Written:
    of = draw(st.lists(st.sampled_from(parties), unique=True))
    at_least = draw(st.sampled_from(["95 %", "2/3", 0.5, 1]))
    return {"at_least": at_least, "parties": of, "from": statements}
