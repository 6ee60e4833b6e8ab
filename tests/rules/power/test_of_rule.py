"""Power and the chance to act of whole rules, against sums over all sets of answers."""

from itertools import product
from math import asin, pi, prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.charters import load_charter
from comity.dossier.rule import AllOf, AnyOf, Consensus, Quota
from comity.errors import RuleError, UnsupportedError
from comity.rules import Seating, adopts, seat, seating
from comity.rules.power import TWO, WeightedGame, chance_at, power, power_at
from comity.rules.power.of_rule import game_at
from comity.rules.seating import equals
from rules.any_rule import any_procedure, tables

Answers = tuple[bool, ...]


def adopting(procedure: Procedure, table: Seating) -> list[Answers]:
    """Sets of yes and no, in seat order, that adopt."""
    sets = list(product((False, True), repeat=len(table.members)))
    responses = np.array([[TWO[yes] for yes in one] for one in sets])
    adopted = adopts(seat(procedure, table), responses)
    return [one for one, passes in zip(sets, adopted, strict=True) if passes]


def likely(one: Answers, chances: list[float]) -> float:
    """How likely the answers are if all are independent."""
    return prod(chance if yes else 1 - chance for yes, chance in zip(one, chances, strict=True))


def nested(one: Answers, chances: list[float]) -> float:
    """How likely the answers are if one uniform decides: yes where it lies below the chance."""
    least_yes = min((c for yes, c in zip(one, chances, strict=True) if yes), default=1.0)
    most_no = max((c for yes, c in zip(one, chances, strict=True) if not yes), default=0.0)
    return max(0.0, least_yes - most_no)


def parted(procedure: Procedure, table: Seating) -> list[Answers]:
    """The same, of a rule that sometimes adopts and sometimes does not."""
    found = adopting(procedure, table)
    assume(0 < len(found) < 2 ** len(table.members))
    return found


CHANCES = st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.5, 0.8, 1.0]), min_size=5, max_size=5)


@settings(max_examples=100)
@given(any_procedure(), tables(most=5), CHANCES)
def test_independent_members(procedure: Procedure, table: Seating, drawn: list[float]) -> None:
    """The chance is the sum over all sets of answers that adopt of how likely each is."""
    found, chances = parted(procedure, table), drawn[: len(table.members)]
    expected = sum(likely(one, chances) for one in found)
    chance = chance_at(procedure, table, dict(zip(table.members, chances, strict=True)))
    assert chance.value == pytest.approx(expected, abs=1e-13)
    assert chance.error < 1e-13


@settings(max_examples=100)
@given(any_procedure(), tables(most=5), CHANCES, st.data())
def test_blocs(
    procedure: Procedure, table: Seating, drawn: list[float], data: st.DataObject
) -> None:
    """At ρ = 1 those in a bloc answer as nested, at 0 as if alone; several blocs, and the rest."""
    found, chances = parted(procedure, table), drawn[: len(table.members)]
    places = range(len(table.members))
    of = [data.draw(st.integers(0, 2)) for _ in places]
    rho = {1: 1.0, 2: data.draw(st.sampled_from([0.0, 1.0]))}
    together = {bloc: [place for place in places if of[place] == bloc] for bloc in rho}

    def chance_of(one: Answers) -> float:
        alone = [place for place in places if of[place] == 0]
        parts = [likely(tuple(one[i] for i in alone), [chances[i] for i in alone])]
        for bloc, members in together.items():
            said, own = tuple(one[i] for i in members), [chances[i] for i in members]
            parts.append(nested(said, own) if rho[bloc] else likely(said, own))
        return prod(parts)

    blocs = [
        ([table.members[i] for i in members], rho[bloc])
        for bloc, members in together.items()
        if members
    ]
    yes = dict(zip(table.members, chances, strict=True))
    chance = chance_at(procedure, table, yes, blocs)
    assert chance.value == pytest.approx(sum(map(chance_of, found)), abs=1e-13)


EVERY = Quota(votes=2)
JOINT = AllOf(rules=(EVERY, Quota(votes=2, among=("member 1", "member 2"))))


@pytest.mark.parametrize("rho", [0.05, 0.5, 0.9, 0.9999999])
def test_two_of_a_bloc_follow_the_bivariate_normal(rho: float) -> None:
    """Under a rule of several counts too: both above the median, ¼ + arcsin ρ / 2π."""
    table = equals(3)
    rule = AllOf(rules=(JOINT, AnyOf(rules=(Quota(votes=2), Quota(votes=3)))))
    yes = dict.fromkeys(table.members, 0.5)
    chance = chance_at(Procedure(rule=rule), table, yes, [(table.members[:2], rho)])
    assert not isinstance(game_at(Procedure(rule=rule), table), WeightedGame)
    assert chance.value == pytest.approx(0.25 + asin(rho) / (2 * pi), abs=1e-12)
    assert abs(chance.value - (0.25 + asin(rho) / (2 * pi))) <= chance.error + 1e-15


def test_even_chances_give_colemans_power_to_act() -> None:
    """With ½ each, alone, the chance is the share of coalitions that adopt."""
    for name in ("unsc", "eu-council-lisbon", "csto"):
        charter = load_charter(name)
        procedure, table = charter.procedures["substantive"], seating(charter)
        even = chance_at(procedure, table, dict.fromkeys(table.members, 0.5))
        assert even.value == pytest.approx(power_at(procedure, table).coleman_act, abs=1e-13)


def test_a_quota_is_answered_as_the_weighted_game_it_is() -> None:
    """One count of weights has the counts of `power`, to the last digit."""
    rule = Quota(votes=5, weights={"A": 3, "B": 2, "C": 2})
    found = power_at(Procedure(rule=rule), Seating(("A", "B", "C")))
    assert found == power(WeightedGame(5, (3, 2, 2)))


def test_exact_values_of_a_joint_rule_are_fractions() -> None:
    """Two of three with both of the first: those share all power."""
    table = equals(3)
    found = power_at(Procedure(rule=JOINT), table, exact=True)
    assert found.exact
    assert [str(one) for one in found.shapley_shubik_fractions or ()] == ["1/2", "1/2", "0"]


def test_blocs_of_strangers_and_of_twice_the_same_are_refused() -> None:
    """Each member in one bloc at most, chances from 0 to 1, and no more cases than the bound."""
    table = equals(4)
    procedure = Procedure(rule=AllOf(rules=(Consensus(), Quota(votes=2))))
    yes = dict.fromkeys(table.members, 0.5)
    first, second, third, fourth = table.members
    with pytest.raises(RuleError, match="each in one bloc only"):
        chance_at(procedure, table, yes, [((first, second), 0.5), ((second, third), 0.5)])
    with pytest.raises(RuleError, match="ρ lies between 0 and 1"):
        chance_at(procedure, table, yes, [((first, second), 1.5)])
    with pytest.raises(RuleError, match="A chance lies between 0 and 1"):
        chance_at(procedure, table, {**yes, first: 1.5})
    joint = Procedure(rule=AllOf(rules=(JOINT, Quota(votes=2))))
    pairs = [((first, second), 0.9), ((third, fourth), 0.9)]
    with pytest.raises(UnsupportedError, match="100,000 cases"):
        chance_at(joint, table, yes, pairs)


def test_a_rule_that_always_or_never_adopts_has_no_power() -> None:
    """It is refused, and the message says which of the two."""
    never = Procedure(rule=AllOf(rules=(Consensus(), Quota(votes=9))))
    with pytest.raises(RuleError, match="never adopts"):
        power_at(never, equals(3))
    always = Procedure(rule=AnyOf(rules=(Consensus(), Quota(votes=0))))
    with pytest.raises(RuleError, match="always adopts"):
        power_at(always, equals(3))
    with pytest.raises(RuleError, match="without members"):
        power_at(Procedure(rule=Consensus()), equals(0))
