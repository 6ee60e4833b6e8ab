"""The shares of a forecast, counted again by plain loops over the same draws."""

from __future__ import annotations

from collections import Counter
from math import inf
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from comity.dossier import Batch, Dossier, Keyed, load
from comity.ensemble import Forecast, forecast
from comity.ensemble.results import ItemForecast, Spread
from comity.ensemble.summary import MOST_CONFLICTS, standard_error
from ensemble.rich import ITEMS, rich
from forecast.plain import TIE, Draw, Draws, Member, Settled, Text
from forecast.small import body, dossier

CASE = Path(__file__).parents[2] / "examples" / "cases" / "yerevan-2022"
DRAWS = 250


class Counted:
    """A dossier's forecast beside its draws."""

    def __init__(self, of: Dossier) -> None:
        self.of = of
        self.found: Forecast = forecast(of, draws=DRAWS, workers=1)
        draws = Draws(Batch(of, Keyed(1, 0, DRAWS)))
        self.draws = [Draw(draws, of, number) for number in range(DRAWS)]
        self.settled = [draw.settle() for draw in self.draws]

    def item(self, item: str) -> tuple[ItemForecast, list[Settled], list[Draw]]:
        return self.found.items[item], [each[item] for each in self.settled], self.draws


@pytest.fixture(scope="module")
def yerevan() -> Counted:
    return Counted(load(CASE))


@pytest.fixture(scope="module")
def everything() -> Counted:
    return Counted(rich())


def share(answers: list[bool | None]) -> float | None:
    return None if answers[0] is None else sum(answers) / len(answers)


@pytest.mark.parametrize("case", ["yerevan", "everything"])
def test_the_headlines(case: str, request: pytest.FixtureRequest):
    """P(text ∧ competent ∧ required), and each of these by itself (§18)."""
    counted: Counted = request.getfixturevalue(case)
    for item in counted.of.agenda:
        entry, settled, _ = counted.item(item)
        seen = entry.adoption
        assert seen.probability == share([each.adopted for each in settled])
        assert seen.any == share([each.adoptable for each in settled])
        assert seen.text_tabled == share([each.text_tabled for each in settled])
        assert seen.text_any == share([each.text_any for each in settled])
        assert seen.competent == share([each.competent for each in settled])
        assert seen.required == share([each.required for each in settled])
        assert seen.sponsorless == share([each.sponsorless for each in settled])


@pytest.mark.parametrize("case", ["yerevan", "everything"])
def test_responses_to_the_tabled_draft(case: str, request: pytest.FixtureRequest):
    """How often each member supports, stands aside, objects, is away or silent (§6)."""
    counted: Counted = request.getfixturevalue(case)
    for item in counted.of.agenda:
        entry, _, draws = counted.item(item)
        for seat, who in enumerate(counted.of.members(item)):
            given = Counter(
                draw.members(item)[seat].answer(draft(counted.of, item, draw)) for draw in draws
            )
            for word, times in given.items():
                assert getattr(entry.responses[who], word) == pytest.approx(times / DRAWS)
            assert sum(vars(entry.responses[who]).values()) == pytest.approx(1.0)


def draft(of: Dossier, item: str, draw: Draw) -> Text:
    """What is tabled, else the weakest text that says something."""
    entry = of.agenda[item]
    if entry.tabled is not None:
        return draw.tabled(item)
    back = draw.text_at(item, "reversion")
    if not entry.is_scale:
        return next(option for option in entry.option_ids if option != back)
    step = draw.number_at(f"agenda.{item}.smallest_step")
    return back + step if back + step <= 100 else back - step


@pytest.mark.parametrize("item", ITEMS)
def test_the_passage_curve(everything: Counted, item: str):
    """For each draft the share of draws in which its text passes (§13)."""
    entry, _, draws = everything.item(item)
    procedure = everything.of.procedure(item)
    options = everything.of.agenda[item].option_ids
    if not options:
        assert set(np.arange(0.0, 101.0, 2.0)) <= set(entry.passage.drafts)
        assert set(everything.of.agenda[item].scale or ()) <= set(entry.passage.drafts)
    for text, seen in zip(entry.passage.drafts, entry.passage.shares, strict=True):
        assert seen == share([draw.passes(item, procedure, text) for draw in draws]), text


def test_the_strongest_texts_are_read_off_the_curve(yerevan: Counted):
    """The furthest from the reversion that passes in half, and in four fifths, of the draws."""
    told = False
    for entry in yerevan.found.items.values():
        curve = list(zip(entry.passage.drafts, entry.passage.shares, strict=True))
        for side, seen in entry.strongest.items():
            sign = 1 if side == "above" else -1
            for level, text in ((0.5, seen.half), (0.8, seen.four_fifths)):
                passing = [t for t, s in curve if s >= level and sign * (t - entry.reversion) > 0]
                expected = max(passing, key=lambda t: sign * t, default=None)
                assert text == expected
                told |= text is not None
    assert told


def unopposed(draw: Draw, item: str) -> bool:
    texts = draw.texts(item, draw.members(item))
    return any(
        draw.says_something(item, text)
        and not any(member.answer(text) == "object" for member in draw.members(item))
        for text in texts
    )


def lone_or_paired(draw: Draw, item: str) -> set[frozenset[str]]:
    """Under plain consensus: the members that refuse every text, else the pairs that do."""
    members, seats = draw.members(item), draw.dossier.members(item)
    texts = [text for text in draw.texts(item, members) if draw.says_something(item, text)]
    refused = [{text for text in texts if member.answer(text) == "object"} for member in members]
    alone = {frozenset([seats[k]]) for k, each in enumerate(refused) if each == set(texts)}
    return alone or {
        frozenset([seats[k], seats[j]])
        for k in range(len(seats))
        for j in range(k)
        if refused[k] | refused[j] == set(texts)
    }


@pytest.mark.parametrize("item", ["assessment", "roadmap", "assistance", "capability"])
def test_the_conflicts_of_the_real_case(yerevan: Counted, item: str):
    """How often each set is among the smallest that leave nothing, summed over its sides (§14)."""
    entry, _, draws = yerevan.item(item)
    counts: Counter[frozenset[str]] = Counter()
    for draw in draws:
        if not unopposed(draw, item):
            counts.update(lone_or_paired(draw, item))
    seen: Counter[frozenset[str]] = Counter()
    for conflict in entry.conflicts:
        assert {objection.actor for objection in conflict.objections} == set(conflict.members)
        seen[frozenset(conflict.members)] += round(conflict.share * DRAWS)
    assert len(entry.conflicts) < MOST_CONFLICTS  # so that none is left out
    assert seen == counts
    assert entry.conflicts_unsearched == 0.0


def distance(member: Member, text: float, texts: list[float]) -> float:
    # silence itself is always acceptable, and no text to reach for
    said = [other for other in texts if other != member.back]
    near = [abs(text - other) for other in said if member.accepts(other)]
    return 0.0 if member.salience == 0 else min(near, default=inf)


def test_the_least_opening_in_summary(yerevan: Counted):
    """How often one is needed, its median cost, and of whom how much is asked (§15)."""
    entry, _, draws = yerevan.item("assessment")
    seats, costs, asked = yerevan.of.members("assessment"), [], []
    for draw in draws:
        members = draw.members("assessment")
        texts = draw.texts("assessment", members)
        priced = []
        for text in texts:
            if draw.says_something("assessment", text):
                apart = [distance(member, text, texts) for member in members]
                apart = [each if each > TIE else 0.0 for each in apart]
                cost = sum(m.salience * d for m, d in zip(members, apart, strict=True) if d)
                priced.append((cost, abs(text), text, apart))
        cost, _, text, apart = min(priced)
        cheapest = [each for each in priced if each[0] <= cost + TIE]
        cost, _, text, apart = min(cheapest, key=lambda each: each[1])
        costs.append(cost)
        asked.append((text, apart))
    needy = [k for k, cost in enumerate(costs) if 0 < cost < inf]
    seen = entry.opening
    assert seen.needed == pytest.approx(sum(cost > 0 for cost in costs) / DRAWS)
    assert seen.impossible == pytest.approx(sum(cost == inf for cost in costs) / DRAWS)
    assert seen.cost == pytest.approx(median(costs[k] for k in needy))
    assert seen.text == pytest.approx(median(asked[k][0] for k in needy))
    for place, who in enumerate(seats):
        moves = [asked[k][1][place] for k in needy if asked[k][1][place] > 0]
        assert seen.by[who].share == pytest.approx(len(moves) / DRAWS)
        assert seen.by[who].distance == pytest.approx(median(moves) if moves else 0.0)
    assert 0 < seen.needed < 1


def test_an_opening_without_any_way_out_is_impossible():
    """A member whose floor lies beyond all it accepts would have to change its mind, not move."""
    shut = {"ideal": 20, "salience": 100, "floor": 60, "basis": "inferred"}
    of = dossier({"x": {"reversion": 0}}, {"x": {"A": shut}}, {"b": body("A")})
    seen = forecast(of, draws=10, workers=1).items["x"].opening
    assert (seen.needed, seen.impossible, seen.cost, seen.text) == (1.0, 1.0, None, None)


def test_rules_that_count_votes_have_no_opening(everything: Counted):
    """There the objections are not what stands in the way (§15)."""
    for item in ITEMS:
        votes = everything.of.procedure(item).rule.kind.endswith("majority")
        assert (everything.found.items[item].opening is None) == votes


@pytest.mark.parametrize(("share_", "draws"), [(0.0, 100), (1.0, 100), (0.3, 10_000), (0.5, 1)])
def test_the_standard_error_is_never_nothing(share_: float, draws: int):
    """√(p̃(1 − p̃)/n), p̃ = (k + ½)/(n + 1) (§22)."""
    smoothed = (share_ * draws + 0.5) / (draws + 1)
    expected = (smoothed * (1 - smoothed) / draws) ** 0.5
    assert standard_error(share_, draws) == pytest.approx(expected)
    assert standard_error(share_, draws) > 0.0


def test_the_standard_error_is_how_far_shares_scatter():
    """Over many seeds the share of a draw scatters by about its standard error."""
    of = dossier(
        {"x": {"reversion": 0, "tabled": 50}},
        {"x": {"A": {"ideal": "0..60", "salience": 100}}},
        {"b": body("A")},
    )
    runs = [forecast(of, seed=seed, draws=100, workers=1) for seed in range(60)]
    found = [run.items["x"].adoption for run in runs]
    scatter = np.std([each.probability for each in found])
    assert scatter == pytest.approx(np.mean([each.error.probability for each in found]), rel=0.25)


@pytest.mark.parametrize("item", ITEMS)
def test_the_mean_positions(everything: Counted, item: str):
    """Σ cᵢ sᵢ xᵢ / Σ cᵢ sᵢ in every draw, then its mean over draws (§17)."""
    entry, _, draws = everything.item(item)
    options, seats = everything.of.agenda[item].option_ids, everything.of.members(item)
    for name, weighted in (("compromise", True), ("unweighted mean", False)):
        means = [_mean(draw, item, seats, weighted) for draw in draws]
        seen = entry.content[name]
        if options:
            for place, option in enumerate(options):
                assert seen.options[option] == pytest.approx(np.mean([m[place] for m in means]))
        else:
            ends = np.percentile(np.ravel(means), (10, 90))
            assert seen.mean == pytest.approx(np.mean(means))
            assert (seen.low, seen.high) == pytest.approx(tuple(ends))


def _mean(draw: Draw, item: str, seats: tuple[str, ...], weighted: bool) -> list[float]:
    of, members = draw.dossier, draw.members(item)
    weights, wishes = [], []
    for who, member in zip(seats, members, strict=True):
        own = of.position(item, who).capability is not None
        path = f"positions.{item}.{who}.capability" if own else f"actors.{who}.capability"
        weights.append(draw.number_at(path) * member.salience if weighted else 1.0)
        if member.worth is None:
            wishes.append([member.ideal])
        else:
            best = max(member.worth, key=lambda option: member.worth[option])
            wishes.append([1.0 if option == best else 0.0 for option in member.worth])
    weights = weights if sum(weights) > 0 else [1.0] * len(weights)
    return [
        sum(w * wish[k] for w, wish in zip(weights, wishes, strict=True)) / sum(weights)
        for k in range(len(wishes[0]))
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_what_each_member_wants_and_lets_pass(everything: Counted, item: str):
    """Percentiles of ideal, salience and both ends of acceptance; on options, shares of each."""
    entry, _, draws = everything.item(item)
    options = everything.of.agenda[item].option_ids
    for seat, who in enumerate(everything.of.members(item)):
        members, seen = [draw.members(item)[seat] for draw in draws], entry.limits[who]
        assert _three(seen.salience) == _percentiles([m.salience for m in members])
        if options:
            for option in options:
                accepted = [m.accepts(option) or m.presence != "present" for m in members]
                assert seen.accepts[option] == pytest.approx(sum(accepted) / DRAWS)
            assert sum(seen.prefers.values()) == pytest.approx(1.0)
            continue
        assert _three(seen.ideal) == _percentiles([m.ideal for m in members])
        ends = [_ends(member) for member in members]
        assert _three(seen.low) == _percentiles([low for low, _ in ends])
        assert _three(seen.high) == _percentiles([high for _, high in ends])
        assert seen.refuses_all == sum(low > high for low, high in ends) / DRAWS


def _three(spread: Spread) -> object:
    return pytest.approx((spread.low, spread.median, spread.high))


def _percentiles(values: list[float]) -> tuple[float, ...]:
    return tuple(np.percentile(values, (10, 50, 90)))


def _ends(member: Member) -> tuple[float, float]:
    """Where its acceptance begins and ends on the scale; crossed if the floor leaves nothing."""
    if member.presence != "present" or member.salience == 0:
        return 0.0, 100.0
    if member.stated is not None:
        low, high = member.stated
    else:
        reach = abs(member.back - member.ideal) + member.tolerance
        low, high = max(member.ideal - reach, 0.0), min(member.ideal + reach, 100.0)
    if member.floor is None:
        return low, high
    upward = member.ideal >= member.back
    return (max(low, member.floor), high) if upward else (low, min(high, member.floor))
