"""What would change the answer: who would have to give way, and which texts go furthest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.acceptance.conflict import TOO_STRONG, TOO_WEAK
from comity.ensemble.results import Asked, Content, Forecast, OpeningShares, RoundView, Text
from comity.report.sentences.reasons import MOST_NAMED, shares
from comity.report.words import (
    Subject,
    capital,
    counted,
    listed,
    number,
    percent,
    points,
    quoted,
)


def opening(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The least that would open the way: at which text, by whom, by how much."""
    about = Subject(forecast, item)
    found = about.entry.opening
    if about.hopeless:
        return ("Giving way is no help: not even the support of all members adopts a text.",)
    if about.missing:
        return (f"Giving way is no help: without {about.names(about.missing)} there is no quorum.",)
    if about.entry.wordless >= 1.0:
        return ("Giving way is no help: no text says anything.",)
    if found is None:
        return ("This procedure counts votes, so no least opening is given.",)
    if found.needed == 0.0:
        return (f"Nobody has to give way: in every draw some text satisfies {about.everybody}.",)
    return (*_meeting(about, found), *_asked(about, found.by), *_impossible(about, found))


def _meeting(about: Subject, found: OpeningShares) -> tuple[str, ...]:
    if found.text is None:
        return ()
    start = f"{about.on_the_text}{about.within(found.needed)} somebody has to give way"
    least = f"to meet at {about.text(found.text)} in the median such draw"
    if not about.item.is_scale:
        least = f"most often to accept {about.text(found.text)}"
    return (f"{capital(start)} before any text passes; the least that would do is {least}.",)


def _impossible(about: Subject, found: OpeningShares) -> tuple[str, ...]:
    if found.impossible == 0.0:
        return ()
    return (
        f"{capital(about.within(found.impossible))} giving way is no help, however far: "
        f"{' or '.join(_reasons(about))}.",
    )


def _reasons(about: Subject) -> Iterable[str]:
    """Why giving way is no help; limits are taken from fewer draws, and may miss a rare one."""
    mute = about.entry.wordless > 0.0
    if not mute or any(limits.refuses_all for limits in about.entry.limits.values()):
        yield "some member accepts no text at all"
    if mute:
        yield "no text says anything"


def _asked(about: Subject, by: Mapping[str, Asked]) -> tuple[str, ...]:
    """What is asked of whom, one sentence for each way in which members would have to give."""
    ranked = sorted(by.items(), key=lambda entry: -entry[1].share)
    ways: dict[str, list[tuple[str, Asked]]] = {}
    for who, what in ranked:
        if what.share > 0.0:
            ways.setdefault(_way(about, who), []).append((who, what))
    return tuple(_way_asked(about, way, asked) for way, asked in ways.items())


def _way(about: Subject, who: str) -> str:
    """Which way a member would have to give, as far as its objections all point the same way."""
    if not about.item.is_scale:
        return "to accept what it refuses"
    objections = {
        (part.side, part.to)
        for conflict in about.entry.conflicts
        for part in conflict.objections
        if part.actor == who
    }
    if len(objections) != 1:
        return "to give way"
    ((side, to),) = objections
    words = {TOO_WEAK: "weaker texts", TOO_STRONG: "stronger texts"}
    return f"to let {words[to]}{about.side(side)} pass" if to in words else "to give way"


def _way_asked(about: Subject, way: str, asked: list[tuple[str, Asked]]) -> str:
    if len(asked) == 1 and about.item.is_scale:
        who, what = asked[0]
        return (
            f"This asks {about.name(who)} {way} {about.within(what.share)}, "
            f"by {points(what.distance)} in the median such draw."
        )
    if not about.item.is_scale:
        return f"This asks a member {way}: {shares(about, [(who, w.share) for who, w in asked])}."
    return f"This asks members {way}: {listed(_distances(about, asked))}."


def _distances(about: Subject, asked: list[tuple[str, Asked]]) -> Iterable[str]:
    """``Belarus in 15 % of draws by 14 points in the median such draw``, equal ones together."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for who, what in asked[:MOST_NAMED]:
        grouped.setdefault((percent(what.share), points(what.distance)), []).append(who)
    for place, ((share, distance), members) in enumerate(grouped.items()):
        whole = f"{share} draws" if share == "all" else f"{share} of draws"
        each = " each" if len(members) > 1 and share != "all" else ""
        median = "" if place else " in the median such draw"
        yield f"{about.names(members)} in {share if place else whole}{each} by {distance}{median}"
    if len(asked) > MOST_NAMED:
        yield f"{counted(len(asked) - MOST_NAMED)} more less often"


def strongest(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The strongest texts that pass in half and in four fifths of draws, and the likeliest."""
    about = Subject(forecast, item)
    if not about.item.is_scale:
        return _options(about)
    if about.entry.chairing.neutral_text is None:
        return (capital(f"{about.on_the_text}no single text passes in any draw."),)
    sides = (_strongest(about, side) for side in about.entry.strongest)
    return (*sides, _likeliest(about, about.entry.chairing.neutral_text))


def _strongest(about: Subject, side: str) -> str:
    found = about.entry.strongest[side]
    where = about.side(side)
    if found.half is None:
        return capital(f"{about.on_the_text}no single text{where} passes in half of the draws.")
    half = (
        f"{about.on_the_text}the strongest text{where} that passes in half of the draws is "
        f"{about.text(found.half)}"
    )
    if found.four_fifths is None:
        return f"{capital(half)}; none passes in four fifths."
    if found.four_fifths == found.half:
        return f"{capital(half)}; it passes in four fifths as well."
    return f"{capital(half)}; in four fifths, {about.text(found.four_fifths)}."


def _likeliest(about: Subject, text: Text) -> str:
    share = about.within(about.entry.chairing.neutral_adoption)
    return f"The text that passes most often, {share}, is {about.text(text)}."


def _options(about: Subject) -> tuple[str, ...]:
    curve = about.entry.passage
    found = [
        (str(option), share)
        for option, share in zip(curve.drafts, curve.shares, strict=True)
        if option != about.entry.reversion
    ]
    ranked = sorted(found, key=lambda entry: -entry[1])
    told = [
        f"{quoted(option)} passes {about.also(share) if place else about.within(share)}"
        for place, (option, share) in enumerate(ranked)
    ]
    return (f"{capital(f'{about.on_the_text}{listed(told)}')}.",) if told else ()


def rounds(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What becomes of the item round by round; nothing if there is only one."""
    about = Subject(forecast, item)
    return tuple(_round(about, view, not n) for n, view in enumerate(about.entry.rounds))


def _round(about: Subject, view: RoundView, first: bool) -> str:
    label = capital(view.label.strip()) or "A further round"
    if view.probability is None or view.tabled is None:
        said = f"some text could be adopted {about.within(view.any)}"
    else:
        said = (
            f"with {about.text(view.tabled)} on the table, the draft is adopted "
            f"{about.within(view.probability)}, and some text could be {about.also(view.any)}"
        )
    by_then = ""
    if view.by_then is not None and not first:
        by_then = f"; by then the item has been adopted {about.within(view.by_then)}"
    return f"{label}: {said}{by_then}."


def content(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the content would be if something is adopted: means, weighted and not."""
    about = Subject(forecast, item)
    weighted, alike = (about.entry.content[name] for name in ("compromise", "unweighted mean"))
    start = (
        "For comparison, what the content would be if something is adopted as a compromise of "
        "all: the mean of what members want, weighted by capability and by how much it matters "
        "to them,"
    )
    if weighted.mean is None or alike.mean is None:
        return (f"{start} puts {_weights(weighted)}; with all alike, {_weights(alike)}.",)
    return (
        f"{start} is {about.text(weighted.mean)}{_spread(weighted)}; with all alike, "
        f"{number(alike.mean)}.",
    )


def _spread(content: Content) -> str:
    assert content.low is not None
    assert content.high is not None
    low, high = number(content.low), number(content.high)
    return "" if low == high else f", from {low} to {high} in four fifths of draws"


def _weights(content: Content) -> str:
    ranked = sorted((content.options or {}).items(), key=lambda entry: -entry[1])
    weights = listed(f"{percent(weight)} on {quoted(option)}" for option, weight in ranked)
    return f"the weight {weights}" if len(ranked) == 1 else f"weights of {weights}"
