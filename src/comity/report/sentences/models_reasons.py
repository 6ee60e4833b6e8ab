"""Why models of what a body decides differ on an item: a reason for each, from the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.ensemble.comparison import Comparison, Grounds, ItemComparison, MemberGround
from comity.report.sentences.models_words import Unit, text_told, unit_of, unknown
from comity.report.words import actor_name, capital, in_draws, listed, percent, plural

MOSTLY = 0.5
"""Share of draws from which on a member counts as wanting more, or less."""

FAR = 5.0
"""Points from the median from which on a member is named as lying off it."""

NEVER = 1e-9
"""Shares of draws up to this are none."""

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
    def on_scale(self) -> bool:
        return self.entry.grounds is not None

    @cached_property
    def unit(self) -> Unit:
        return unit_of(self.comparison.dossier, self.id)

    @cached_property
    def unknown(self) -> bool:
        """Whether nothing is known of the reversion."""
        return unknown(self.comparison.dossier, self.id)

    @cached_property
    def back(self) -> str:
        """The reversion."""
        if self.unknown:
            return "which is not known"
        return text_told(self.comparison.dossier, self.id, "reversion")

    @cached_property
    def careless(self) -> list[str]:
        """Members to whom the item does not matter at all, in any draw."""
        held = {who: self.comparison.dossier.position(self.id, who) for who in self.grounds.members}
        return [
            who
            for who, position in held.items()
            if position.salience is not None and position.salience.bounds == (0.0, 0.0)
        ]

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

    def told(self, model: str) -> str:
        """The point of a model that answers on a scale, as the table has it."""
        view = self.entry.models[model]
        assert isinstance(view.point, float)
        return self.unit.over(view.low, view.high).number(view.point)

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
    if plain is None or weighted is None or abs(weighted - plain) < about.unit.least:
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
    far = about.unit.points(abs(weighted - plain))
    why = f"only {much}" if 0.0 < held.weight <= alike else much
    yield (
        f"Capability and salience carry the mean {way} by {far}, most of all because "
        f"{about.name(first)}, which wants {about.unit.number(held.wish)}, has {why}."
    )


def _median(about: About) -> Iterator[str]:
    """Why the compromise lies off the weighted median."""
    mean, median = about.at("compromise"), about.at("weighted_median")
    if mean is None or median is None or abs(mean - median) < about.unit.least:
        return
    pull, points = about.grounds.pull, about.unit.points
    far = FAR * about.unit.least
    above = mean > median
    sides = [
        (pull.above, pull.above_by, "more"),
        (pull.below, pull.below_by, "less"),
    ]
    (weight, by, way), (other, other_by, back) = sides if above else sides[::-1]
    off = about.members(
        lambda held: held.wish >= median + far if above else held.wish <= median - far
    )
    who = f" ({about.names(off)})" if off else ""
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
    apart, nearest = about.grounds.apart, about.grounds.nearest
    if len(about.careless) == len(about.grounds.members):
        yield (
            "The item matters to nobody, so the bargaining models stay at the reversion, "
            f"{about.back}."
        )
    elif about.unknown:
        yield _without_reversion()
    elif apart >= 1.0 - NEVER:
        yield (
            f"The bargaining models stay at the reversion, {about.back}: {_two_sides(about)}, so "
            f"any other text makes somebody lose.{_left_out(about)}"
        )
    else:
        assert nearest is not None
        yield (
            f"{_one_way(about)} leads away from it, but not far beyond the wish nearest to it, "
            f"mostly {about.name(nearest)}'s: nobody may lose.{_left_out(about)}"
        )


def _without_reversion() -> str:
    return (
        "What holds if nothing is decided is not known and was drawn from 0 to 100, so models that "
        "answer against it (Nash, Kalai–Smorodinsky, egalitarian, winset, agenda setter) say "
        "little here until it is set."
    )


def _left_out(about: About) -> str:
    """Who has no say in bargaining, for the item does not matter to it."""
    if not about.careless:
        return ""
    one = len(about.careless) == 1
    return (
        f" {about.names(about.careless)}, to {'which' if one else 'whom'} the item does not matter "
        f"at all, {'is' if one else 'are'} left out."
    )


def _one_way(about: About) -> str:
    """In which direction those to whom it matters want to leave the reversion."""
    apart = about.grounds.apart
    if apart > NEVER:
        return (
            f"Members want to go both ways from the reversion, {about.back}, "
            f"{about.within(apart)}, and there bargaining stays at it; elsewhere it"
        )
    caring = [h for who, h in about.grounds.members.items() if who not in about.careless]
    way = "the same way"
    if all(held.more >= 1.0 - NEVER for held in caring):
        way = "more"
    elif all(held.less >= 1.0 - NEVER for held in caring):
        way = "less"
    if way == "the same way":
        return (
            f"In each draw all want to go one way from the reversion, {about.back}, so bargaining"
        )
    who = "All to whom it matters" if about.careless else "All"
    return f"{who} want {way} than the reversion, {about.back}, so bargaining"


def _two_sides(about: About) -> str:
    """Who wants more than the reversion, who less, and who wants it as it is."""
    more = about.members(lambda held: held.more > MOSTLY)
    less = about.members(lambda held: held.less > MOSTLY)
    content = about.members(lambda held: max(held.more, held.less) <= MOSTLY)
    heard = (
        ([one for one in who if one not in about.careless], what)
        for who, what in ((more, "more"), (less, "less"), (content, "it as it is"))
    )
    return listed(
        f"{about.names(who)} {'wants' if len(who) == 1 else 'want'} {what}"
        for who, what in heard
        if who
    )


def _rule(about: About) -> Iterator[str]:
    """What would pass against the reversion, and who stands in the way of more."""
    rule = about.grounds.rule
    if rule.winset_empty >= 1.0 - NEVER:
        yield f"Nothing at all would pass against the reversion, {about.back}, on members' wishes."
        return
    if about.unknown:
        yield _without_reversion()
        return
    low, high = rule.winset
    back, least = about.entry.reversion, about.unit.least
    assert isinstance(back, float)
    shown = f"on average between {about.unit.number(low)} and {about.unit.number(high)}"
    held = [
        f"{about.name(who)} {what}"
        for who, what, there in (
            (rule.upper_pivot, "keeps it from going higher", high - back >= least),
            (rule.lower_pivot, "keeps it from going lower", back - low >= least),
        )
        if who is not None and there
    ]
    yield (
        f"What the rule would pass against the reversion lies {shown} (winset)"
        + (f": mostly {listed(held)}" if held else "")
        + (
            f"; {about.within(rule.winset_empty)} nothing would pass."
            if rule.winset_empty > NEVER
            else "."
        )
    )


def _core(about: About) -> Iterator[str]:
    """Between which texts nothing moves, and that the reversion has no part in it."""
    rule = about.grounds.rule
    assert rule.core is not None  # else the model has no answer
    (low, high), told = rule.core, about.unit.number
    where = (
        f"is {told(low)}"
        if high - low < about.unit.least
        else f"runs from {told(low)} to {told(high)}"
    )
    ends = [who for who in (rule.upper_pivot, rule.lower_pivot) if who is not None]
    between = f", mostly {listed(map(about.name, dict.fromkeys(ends)))}," if ends else ""
    yield (
        f"The core {where}: between the rule's pivots{between} no text can be moved. The reversion "
        f"has no part in it.{_coreless(about)}"
    )


def _coreless(about: About) -> str:
    """In how many draws every text is beaten, and what stands in for the core there."""
    lacking = about.entry.models["core"].lacking
    if not lacking:
        return ""
    where = capital(about.within(lacking))
    return (
        f" {where} every text is beaten by another; there what lies between the pivots stands in."
    )


def _setter(about: About) -> Iterator[str]:
    """What the setter would like and what it can get."""
    rule = about.grounds.rule
    got = about.at("agenda_setter")
    if rule.setter is None or rule.setter_wish is None or got is None:
        return
    name, wish = about.name(rule.setter), about.unit.number(rule.setter_wish)
    if rule.winset_empty >= 1.0 - NEVER:
        yield (
            f"{name} sets the agenda and wants {wish}, but nothing other than the reversion, "
            f"{about.back}, would pass, so that holds."
        )
    elif not rule.setter_held:
        yield f"{name} sets the agenda and gets what it wants, {wish}."
    elif about.unknown:
        yield _without_reversion()
    else:
        nothing = ""
        if rule.winset_empty > NEVER:
            nothing = f" ({about.within(rule.winset_empty)} nothing but the reversion would pass)"
        yield (
            f"{name} sets the agenda, wants {wish} and gets {about.told('agenda_setter')}: "
            f"{about.within(rule.setter_held)} the rule would not pass what it wants{nothing}."
        )


def consensus_told(about: About) -> Iterator[str]:
    """That this model alone says whether, and what holds if not."""
    view = about.entry.models["consensus"]
    tabled = text_told(about.comparison.dossier, about.id, "tabled")
    at = f"at {tabled}" if about.on_scale else tabled
    if view.adoption is None:
        yield f"No draft is tabled, so the consensus model leaves the reversion, {about.back}."
        return
    other = "" if view.adoption >= 1.0 else f"; the reversion, {about.back}, holds in the others"
    if view.adoption <= 0.0:
        other = f", so the reversion, {about.back}, holds"
    yield (
        f"Only the consensus model says whether: the draft {at} is adopted "
        f"{about.within(view.adoption)}{other}."
    )


def _moves(
    model: str, words: str, start: str = "compromise", titled: str = "the compromise"
) -> Callable[[About], Iterator[str]]:
    """How far a model ends from the one that it starts from."""

    def said(about: About) -> Iterator[str]:
        here, there = about.at(model), about.at(start)
        if here is None or there is None or abs(here - there) < about.unit.least:
            return
        way = "above" if here > there else "below"
        view = about.entry.models[model]
        far = about.unit.over(view.low, view.high).points(abs(here - there))
        yield f"{words}; that leads to {about.told(model)}, {far} {way} {titled}."

    return said


_TOLD: tuple[tuple[tuple[str, ...], Callable[[About], Iterator[str]]], ...] = (
    (("unweighted_mean", "compromise"), _weighing),
    (("weighted_median",), _median),
    (BARGAINING, _bargained),
    (
        ("challenge",),
        _moves(
            "challenge",
            "In the challenge model members give way to threats, and the median of where they end "
            "counts",
            "weighted_median",
            "the weighted median",
        ),
    ),
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
    (("consensus",), consensus_told),
)
