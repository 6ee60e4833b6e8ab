"""What would change the answer: openings, stronger texts, chairs, procedures, rounds."""

from __future__ import annotations

from collections.abc import Mapping

from comity.acceptance.conflicts import TOO_STRONG, TOO_WEAK
from comity.ensemble.results import (
    Asked,
    ChairView,
    Content,
    Forecast,
    ProcedureView,
    RoundView,
    Verdict,
)
from comity.report.words import (
    Subject,
    capital,
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
    if found is None:
        return ("By this procedure votes are counted, so no least opening is given.",)
    if found.needed == 0.0:
        return ("Nobody has to give way: in every draw some text lies within the limits of all.",)
    said = []
    if found.text is not None:
        said.append(_meeting(about, found.needed - found.impossible, found.text))
    said += _asked(about, found.by)
    if found.impossible > 0.0:
        said.append(
            f"{capital(about.within(found.impossible))} no opening of any size would do, since "
            "some member accepts no text at all."
        )
    return tuple(said)


def _meeting(about: Subject, share: float, text: float | str) -> str:
    where = f"at {about.text(text)}, in the median such draw"
    if isinstance(text, str):
        where = f"at {about.text(text)}, in most such draws"
    return (
        f"{capital(about.within(share))} somebody has to give way before a text passes; the least "
        f"that would do, counting each point by how much the item matters to the member, is to "
        f"meet {where}."
    )


def _asked(about: Subject, by: Mapping[str, Asked]) -> list[str]:
    ranked = sorted(by.items(), key=lambda entry: -entry[1].share)
    asked = [(who, what) for who, what in ranked if what.share > 0.0]
    if not asked:
        return []
    spared = [who for who, what in ranked if what.share == 0.0]
    told = listed(_ask(about, who, what, not place) for place, (who, what) in enumerate(asked))
    rest = f"; nothing is asked of {listed(map(about.name, spared), 'or')}" if spared else ""
    return [f"It asks {told}{rest}."]


def _ask(about: Subject, who: str, what: Asked, first: bool) -> str:
    share = about.of(what.share) if first or what.share >= 1.0 else percent(what.share)
    if not about.item.is_scale:
        worth = (
            f"{points(what.distance)} of worth short" if first else f"{points(what.distance)} short"
        )
        return f"{about.name(who)} in {share} ({worth})"
    by = f"by {points(what.distance)} in the median such draw" if first else points(what.distance)
    return f"{about.name(who)} {_way(about, who)}in {share} ({by})"


def _way(about: Subject, who: str) -> str:
    """Which way a member would have to give, as far as its objections all point the same way."""
    objections = {
        part.to
        for conflict in about.entry.conflicts
        for part in conflict.objections
        if part.actor == who
    }
    if objections == {TOO_WEAK}:
        return "to let weaker texts pass "
    return "to let stronger texts pass " if objections == {TOO_STRONG} else "to give way "


def strongest(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The strongest texts that pass in half and in four fifths of draws, and the likeliest text."""
    about = Subject(forecast, item)
    if not about.item.is_scale:
        return _options(about)
    said = [says for side in about.entry.strongest for says in _strongest(about, side)]
    return (*said, *_likeliest(about))


def _strongest(about: Subject, side: str) -> tuple[str, ...]:
    found = about.entry.strongest[side]
    where = ""
    if about.two_sided and isinstance(about.entry.reversion, float):
        where = f" {side} {number(about.entry.reversion)}"
    if found.half is None:
        return (f"No single text{where} passes in half of the draws, competence set aside."
                if about.item.competence is not None
                else f"No single text{where} passes in half of the draws.",)  # fmt: skip
    passing = f"The strongest text{where} that passes in half of the draws"
    half = f"{passing} stands at {about.text(found.half)}"
    if found.four_fifths is None:
        return (f"{half}; none passes in four fifths of them.",)
    if found.four_fifths == found.half:
        return (f"{half}; it passes in four fifths of them as well.",)
    return (f"{half}; in four fifths of them, at {about.text(found.four_fifths)}.",)


def _likeliest(about: Subject) -> tuple[str, ...]:
    chairing = about.entry.chairing
    if chairing.neutral_text is None:
        return ("No single text passes in any draw.",)
    share = about.within(chairing.neutral_adoption)
    return (
        f"The text that passes most often stands at {about.text(chairing.neutral_text)}: {share}.",
    )


def _options(about: Subject) -> tuple[str, ...]:
    curve = about.entry.passage
    pairs = zip(curve.drafts, curve.shares, strict=True)
    told = [
        f"{quoted(str(option))} {about.within(share) if not place else f'in {percent(share)}'}"
        for place, (option, share) in enumerate(
            sorted((p for p in pairs if p[0] != about.entry.reversion), key=lambda p: -p[1])
        )
    ]
    return (f"On its text alone there passes {listed(told)}.",) if told else ()


def chair(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the chair would table and how often that passes, beside a neutral text."""
    about = Subject(forecast, item)
    found = about.entry.chairing
    neutral = _neutral(about)
    if found.holder is None:
        return (f"No presidency is given. {neutral}",)
    held = found.chairs.get(found.holder)
    if held is None:
        return (f"{about.name(found.holder)} holds the chair but does not respond. {neutral}",)
    return (_chair(about, found.holder, held), neutral, *_others(about), *_informed(about, held))


def _neutral(about: Subject) -> str:
    found = about.entry.chairing
    if found.neutral_text is None:
        return "No neutral text passes in any draw."
    return (
        f"The neutral text, the one that passes most often, is {about.text(found.neutral_text)}; "
        f"it passes {about.within(found.neutral_adoption)}."
    )


def _chair(about: Subject, who: str, view: ChairView) -> str:
    if view.text is None:
        return f"In the chair, {about.name(who)} would table nothing."
    usual = "in the median draw" if about.item.is_scale else "most often"
    tables = "" if view.tables >= 1.0 else f" (it tables a text {about.within(view.tables)})"
    return (
        f"In the chair, {about.name(who)} would table {about.text(view.text)} {usual}{tables}; "
        f"its texts pass {about.within(view.adoption)}."
    )


def _others(about: Subject) -> tuple[str, ...]:
    found = about.entry.chairing
    others = [(who, view) for who, view in found.chairs.items() if who != found.holder]
    if not others:
        return ()
    grouped: dict[str, list[str]] = {}
    for who, view in sorted(others, key=lambda entry: -entry[1].adoption):
        grouped.setdefault(percent(view.adoption), []).append(who)
    told = [
        f"those of {about.names(who)} in {share if place else _whole(share)}"
        for place, (share, who) in enumerate(grouped.items())
    ]
    return (f"With another in the chair, its texts would pass otherwise: {listed(told)}.",)


def _whole(share: str) -> str:
    return "all draws" if share == "all" else f"{share} of draws"


def _informed(about: Subject, view: ChairView) -> tuple[str, ...]:
    if percent(view.informed_adoption) == percent(view.adoption):
        return ()
    return (
        "If the chair knew every member's limits, its texts would pass "
        f"{about.within(view.informed_adoption)}.",
    )


def procedures(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What another procedure would change; said plainly where it changes nothing."""
    about = Subject(forecast, item)
    own = about.entry.adoption
    told, same = [], []
    for name, view in alternatives(forecast, item).items():
        if _shown(view) == _shown(own):
            same.append(name)
        else:
            told.append(f"{capital(name)}: {_verdict(about, view)}.")
    if same:
        told.append(f"Nothing that shows would change under {listed(same, 'or')}.")
    return tuple(told)


def alternatives(forecast: Forecast, item: str) -> dict[str, ProcedureView]:
    """The other procedures by a name in words, each rule once."""
    about = Subject(forecast, item)
    charter = forecast.dossier.charter(about.entry.body).procedures
    found: dict[str, tuple[str, ProcedureView]] = {}
    for name, view in about.entry.procedures.items():
        title = charter[name].title if name in charter else ""
        if view.rule != about.entry.rule:
            found.setdefault(view.rule, (title or name, view))
    return dict(found.values())


def _shown(verdict: Verdict) -> tuple[str, ...]:
    shares = (verdict.probability, verdict.any, verdict.text_tabled, verdict.text_any)
    return tuple("" if share is None else percent(share) for share in shares)


def _verdict(about: Subject, verdict: Verdict) -> str:
    some = f"some text could be {about.within(verdict.any)}"
    if verdict.probability is None:
        said = f"some text could be adopted {about.within(verdict.any)}"
    else:
        said = f"the tabled draft would be adopted {about.within(verdict.probability)}, {some}"
    if about.item.competence is None and not about.entry.requires:
        return said
    alone = f"some text would pass {about.within(verdict.text_any)}"
    if verdict.text_tabled is not None:
        alone = (
            f"the tabled draft would pass {about.within(verdict.text_tabled)}, "
            f"some text {about.within(verdict.text_any)}"
        )
    return f"{said}; on the text alone, {alone}"


def rounds(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What becomes of the item round by round; nothing if there is only one."""
    about = Subject(forecast, item)
    return tuple(_round(about, view) for view in about.entry.rounds)


def _round(about: Subject, view: RoundView) -> str:
    label = view.label.strip() or "further round"
    some = f"some text could be {about.within(view.any)}"
    if view.probability is None:
        said = f"some text could be adopted {about.within(view.any)}"
    else:
        assert view.tabled is not None
        said = (
            f"with {about.text(view.tabled)} tabled, the draft is adopted "
            f"{about.within(view.probability)} and {some}"
        )
    by_then = (
        ""
        if view.by_then is None
        else f"; by then the item is adopted {about.within(view.by_then)}"
    )
    return f"{capital(label)}: {said}{by_then}."


def content(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the content would be if something is adopted: means, weighted and not."""
    about = Subject(forecast, item)
    weighted, alike = (about.entry.content[name] for name in ("compromise", "unweighted mean"))
    start = (
        "If something is adopted, the mean of what members want, weighted by capability and by "
        "how much it matters to them,"
    )
    if weighted.options is not None:
        assert alike.options is not None
        return (
            f"{start} puts {_weights(weighted)}; with all members alike, {_weights(alike)}. "
            "This is about content and says nothing on whether anything is adopted.",
        )
    assert weighted.mean is not None
    assert alike.mean is not None
    return (
        f"{start} is {about.text(weighted.mean)}{_spread(weighted)}; "
        f"with all members alike, {number(alike.mean)}. "
        "This is about content and says nothing on whether anything is adopted.",
    )


def _spread(content: Content) -> str:
    assert content.low is not None
    assert content.high is not None
    if round(content.low) == round(content.high):
        return ""
    return f", and in four fifths of draws from {number(content.low)} to {number(content.high)}"


def _weights(content: Content) -> str:
    ranked = sorted((content.options or {}).items(), key=lambda entry: -entry[1])
    return listed(
        f"{percent(weight)} of the weight on {quoted(option)}" for option, weight in ranked
    )
