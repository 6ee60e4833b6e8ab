"""Why models of what a body decides differ on an item: a reason for each, from the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from comity.ensemble.comparison import Comparison, Grounds, ItemComparison, MemberGround
from comity.report.words import actor_name, in_draws, listed, number, percent, plural, points

MOSTLY = 0.5
"""Share of draws from which on a member counts as wanting more, or less."""

APART = 1.0
"""Points from which on two answers are told apart."""

FAR = 5.0
"""Points from the median from which on a member is named as lying off it."""

NAMED = 4
"""Members named before the rest are only counted."""

BARGAINING = ("nash", "kalai_smorodinsky", "egalitarian")


@dataclass(frozen=True)
class About:
    """One item of a comparison with what it takes to speak of it."""

    comparison: Comparison
    id: str

    @property
    def entry(self) -> ItemComparison:
        return self.comparison.items[self.id]

    @property
    def grounds(self) -> Grounds:
        assert self.entry.grounds is not None
        return self.entry.grounds

    @property
    def back(self) -> str:
        assert isinstance(self.entry.reversion, float)
        return number(self.entry.reversion)

    def name(self, actor: str) -> str:
        return actor_name(self.comparison.dossier, actor)

    def names(self, actors: Iterable[str]) -> str:
        """The first few by name, the rest by their number."""
        found = [self.name(actor) for actor in actors]
        if len(found) > NAMED + 1:
            found[NAMED:] = [plural(len(found) - NAMED, "other")]
        return listed(found)

    def within(self, share: float) -> str:
        """``in 12 % of draws``."""
        return in_draws(share, self.comparison.draws)

    def at(self, model: str) -> float | None:
        """The point of a model on a scale; None if it was not asked or has no answer."""
        view = self.entry.models.get(model)
        return view.point if view is not None and isinstance(view.point, float) else None

    def members(self, holds: Callable[[MemberGround], bool]) -> list[str]:
        """Members of whom it holds, those that weigh most first."""
        some = [(who, held) for who, held in self.grounds.members.items() if holds(held)]
        return [who for who, _ in sorted(some, key=lambda entry: -entry[1].weight)]


def reasons_of(about: About) -> dict[str, str]:
    """For each model that answers on a scale a reason, if the dossier gives one."""
    given: dict[str, str] = {}
    for models, reason in _TOLD:
        here = [name for name in models if about.at(name) is not None]
        if here:
            given |= dict.fromkeys(here, " ".join(reason(about)))
    return given


def _weighing(about: About) -> Iterator[str]:
    """What weights do to the mean."""
    plain, weighted = about.at("unweighted_mean"), about.at("compromise")
    if plain is None or weighted is None or abs(weighted - plain) < APART:
        return
    way = "up" if weighted > plain else "down"
    alike = 1.0 / len(about.grounds.members)
    pull = {
        who: (held.weight - alike) * (held.wish - plain)
        for who, held in about.grounds.members.items()
    }
    first = max(pull, key=lambda who: pull[who] if way == "up" else -pull[who])
    held = about.grounds.members[first]
    much = f"{percent(held.weight)} of the weight"
    why = much if held.weight > alike else f"only {much}"
    yield (
        f"Capability and salience carry the mean {way} by {points(abs(weighted - plain))}, most of "
        f"all because {about.name(first)}, which wants {number(held.wish)}, has {why}."
    )


def _median(about: About) -> Iterator[str]:
    """Why the compromise lies off the weighted median."""
    mean, median = about.at("compromise"), about.at("weighted_median")
    if mean is None or median is None or abs(mean - median) < APART:
        return
    pull, above = about.grounds.pull, mean > median
    sides = [
        (pull.above, pull.above_by, "more"),
        (pull.below, pull.below_by, "less"),
    ]
    (weight, by, way), (other, other_by, back) = sides if above else sides[::-1]
    far = about.members(
        lambda held: held.wish >= median + FAR if above else held.wish <= median - FAR
    )
    who = f" ({about.names(far)})" if far else ""
    others = f"and none wants {back}"
    if other > 0.0:
        others = f"those that want {back} hold {percent(other)} and lie {points(other_by)} from it"
    yield (
        f"The compromise lies {points(abs(mean - median))} {'above' if above else 'below'} the "
        f"weighted median, for a mean is moved by how far members lie off: those that want {way} "
        f"than the median{who} hold {percent(weight)} of the weight and lie {points(by)} from it, "
        f"{others}."
    )


def _bargained(about: About) -> Iterator[str]:
    """Why bargaining stays at the reversion, or how far it goes."""
    apart = about.grounds.apart
    more = about.members(lambda held: held.more > MOSTLY)
    less = about.members(lambda held: held.less > MOSTLY)
    if apart >= 1.0 - 1e-9:
        yield (
            f"The bargaining models stay at the reversion, {about.back}: {_two_sides(about)}, so "
            "any other text makes somebody lose."
        )
        return
    nearest = about.grounds.nearest
    if apart <= 1e-9:
        way = "more" if len(more) >= len(less) else "less"
        start = f"All want {way} than the reversion, {about.back}, so bargaining"
    else:
        start = (
            f"Members want to go both ways from the reversion, {about.back}, "
            f"{about.within(apart)}, and there bargaining stays at it; elsewhere it"
        )
    assert nearest is not None
    yield (
        f"{start} leads away from it, but not far beyond the wish nearest to it, mostly "
        f"{about.name(nearest)}'s: nobody may lose."
    )


def _two_sides(about: About) -> str:
    """Who wants more than the reversion, who less, and who wants it as it is."""
    more = about.members(lambda held: held.more > MOSTLY)
    less = about.members(lambda held: held.less > MOSTLY)
    content = about.members(lambda held: max(held.more, held.less) <= MOSTLY)
    sides = [
        f"{about.names(who)} {'wants' if len(who) == 1 else 'want'} {what}"
        for who, what in ((more, "more"), (less, "less"), (content, "it as it is"))
        if who
    ]
    return listed(sides)


def _rule(about: About) -> Iterator[str]:
    """What would pass against the reversion, and who stands in the way of more."""
    rule = about.grounds.rule
    if rule.winset_empty >= 1.0 - 1e-9:
        yield f"Nothing at all would pass against the reversion, {about.back}, on members' wishes."
        return
    low, high = rule.winset
    back = about.entry.reversion
    assert isinstance(back, float)
    shown = f"on average between {number(low)} and {number(high)}"
    held = [
        f"{about.name(who)} {what}"
        for who, what, there in (
            (rule.upper_pivot, "keeps it from going higher", high - back >= APART),
            (rule.lower_pivot, "keeps it from going lower", back - low >= APART),
        )
        if who is not None and there
    ]
    yield (
        f"What the rule would pass against the reversion lies {shown} (winset)"
        + (f": mostly {listed(held)}" if held else "")
        + (
            f"; {about.within(rule.winset_empty)} nothing would pass."
            if rule.winset_empty > 1e-9
            else "."
        )
    )


def _core(about: About) -> Iterator[str]:
    """Between which texts nothing moves, and that the reversion has no part in it."""
    rule = about.grounds.rule
    if rule.core is None:
        yield "No text is safe from every other under the rule, so the core is empty."
        return
    low, high = rule.core
    where = (
        f"is {number(low)}" if high - low < APART else f"runs from {number(low)} to {number(high)}"
    )
    ends = [who for who in (rule.upper_pivot, rule.lower_pivot) if who is not None]
    between = f", mostly {listed(map(about.name, dict.fromkeys(ends)))}," if ends else ""
    yield (
        f"The core {where}: between the rule's pivots{between} no text can be moved. The reversion "
        "has no part in it."
    )


def _setter(about: About) -> Iterator[str]:
    """What the setter would like and what it can get."""
    rule = about.grounds.rule
    got = about.at("agenda_setter")
    if rule.setter is None or rule.setter_wish is None or got is None:
        return
    name, wish = about.name(rule.setter), number(rule.setter_wish)
    if not rule.setter_held:
        yield f"{name} sets the agenda and gets what it wants, {wish}."
        return
    yield (
        f"{name} sets the agenda, wants {wish} and gets {number(got)}: "
        f"{about.within(rule.setter_held)} the rule would not pass what it wants."
    )


def _consensus(about: About) -> Iterator[str]:
    """That this model alone says whether, and what holds if not."""
    view = about.entry.models["consensus"]
    if view.adoption is None:
        yield f"No draft is tabled, so the consensus model leaves the reversion, {about.back}."
        return
    assert isinstance(about.entry.tabled, float)
    other = "" if view.adoption >= 1.0 else f"; the reversion, {about.back}, holds in the others"
    if view.adoption <= 0.0:
        other = f", so the reversion, {about.back}, holds"
    yield (
        f"Only the consensus model says whether: the draft at {number(about.entry.tabled)} is "
        f"adopted {about.within(view.adoption)}{other}."
    )


def _moves(model: str, words: str) -> Callable[[About], Iterator[str]]:
    """How far a model that starts from the same wishes ends from the compromise."""

    def said(about: About) -> Iterator[str]:
        here, mean = about.at(model), about.at("compromise")
        if here is None or mean is None or abs(here - mean) < APART:
            return
        way = "above" if here > mean else "below"
        far = points(abs(here - mean))
        yield f"{words}; that leads to {number(here)}, {far} {way} the compromise."

    return said


_TOLD: tuple[tuple[tuple[str, ...], Callable[[About], Iterator[str]]], ...] = (
    (("unweighted_mean", "compromise"), _weighing),
    (("weighted_median",), _median),
    (BARGAINING, _bargained),
    (("challenge",), _moves("challenge", "In the challenge model members give way to threats")),
    (
        ("exchange",),
        _moves("exchange", "In the exchange model members trade positions across items"),
    ),
    (
        ("condorcet_election",),
        _moves("condorcet_election", "The election puts members' wishes to each other in pairs"),
    ),
    (
        ("prevails",),
        _moves(
            "prevails",
            "The model of which position prevails puts its weight on members' own wishes",
        ),
    ),
    (("winset",), _rule),
    (("core",), _core),
    (("agenda_setter",), _setter),
    (("consensus",), _consensus),
)
