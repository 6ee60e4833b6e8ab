"""Capability by Shapley–Shubik in the game of a proposal (conventions §62)."""

from fractions import Fraction
from itertools import permutations

import pytest

from backtest.deu_tables import issue, table
from comity.backtest.capabilities import (
    INSTITUTIONS,
    capability_rule,
    game,
    shapley_shubik,
    values_in,
)
from comity.dossier.charter import Procedure
from comity.dossier.formats.deu_law import Council, councils
from comity.dossier.formats.deu_table import read_table
from comity.errors import UnsupportedError
from comity.rules.power import power_at
from comity.rules.seating import Seating

VOTES = {"DEU": 3, "FRA": 2, "ITA": 2, "MLT": 1}
SMALL = [
    Council("votes", tuple(VOTES), VOTES, 6),
    Council("and states", tuple(VOTES), VOTES, 5, at_least_half=True, people=Fraction(62, 100)),
    Council("shares", tuple(VOTES), states=Fraction(55, 100), people=Fraction(65, 100), four=True),
]


def adopts(law: Council, procedure: str, vote: str, yes: frozenset[str]) -> bool:
    """The game in words: Parliament, and a qualified majority with the Commission or all."""
    states = [m for m in law.members if m in yes]
    people = Fraction(sum(law.population[m] for m in states), sum(law.population.values()))
    qualified = (
        (law.quota is None or sum(law.votes[m] for m in states) >= law.quota)
        and (not law.at_least_half or 2 * len(states) > len(law.members))
        and (law.states is None or Fraction(len(states), len(law.members)) >= law.states)
        and (
            law.people is None
            or people >= law.people
            or (law.four and len(law.members) - len(states) <= 3)
        )
    )
    unanimous = len(states) == len(law.members)
    council = unanimous or (vote == "QMV" and "COM" in yes and qualified)
    return council and ("EP" in yes or procedure == "CNS")


@pytest.mark.parametrize("law", SMALL, ids=lambda law: law.name)
@pytest.mark.parametrize("procedure", ["COD", "CNS"])
@pytest.mark.parametrize("vote", ["QMV", "Unan"])
def test_values_are_those_of_all_orders(law, procedure, vote):
    """Against every order in which members may join; §62."""
    members = (*law.members, *INSTITUTIONS)
    pivots = dict.fromkeys(members, 0)
    orders = list(permutations(members))
    for order in orders:
        for place, member in enumerate(order):
            if adopts(law, procedure, vote, frozenset(order[: place + 1])):
                pivots[member] += 1
                break
    found = power_at(Procedure(rule=game(law, procedure, vote)), Seating(members))
    expected = [pivots[member] / len(orders) for member in members]
    assert found.shapley_shubik == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("law", [law.name for law in councils()])
@pytest.mark.parametrize("procedure", ["COD", "CNS"])
def test_values_add_up_to_one(law, procedure):
    """In every Council there was; the Parliament has none under consultation."""
    values = values_in(law, procedure, "QMV")
    assert sum(values.values()) == pytest.approx(1.0)
    assert (values["EP"] > 0) is (procedure == "COD")
    assert values["COM"] > values["DEU"] > values["MLT" if "MLT" in values else "LUX"] > 0


def test_under_unanimity_states_are_equal():
    """With the Parliament under codecision; the Commission's consent is not asked; §62."""
    alone, together = (values_in("fifteen", procedure, "Unan") for procedure in ("CNS", "COD"))
    assert alone["DEU"] == alone["LUX"] == pytest.approx(1 / 15)
    assert together["EP"] == pytest.approx(1 / 16)
    assert together["DEU"] == pytest.approx(1 / 16)
    assert together["COM"] == alone["COM"] == alone["EP"] == 0.0


def test_values_are_of_all_members_of_the_day(tmp_path):
    """Members without a position count in the game, and have no capability on the issue."""
    path = tmp_path / "deu.tsv"
    path.write_text(table([issue(ppl=3, intro="2007-02-01")]), "utf-8")
    (row,) = read_table(path).rows
    means = shapley_shubik(row)
    assert set(means) == set(row.positions)
    assert means["DEU"] == values_in("twenty-five", "COD", "QMV")["DEU"]


def test_rules_by_name():
    """An unknown one is told which there are."""
    assert capability_rule("shapley_shubik") is shapley_shubik
    with pytest.raises(UnsupportedError, match="council_votes, shapley_shubik, equal"):
        capability_rule("gdp")
