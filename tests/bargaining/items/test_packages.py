"""Packages across items against every package there is, and a trade by hand (conventions §52)."""

import itertools
import json

import numpy as np
import pytest

from bargaining.items.some_body import read, some_body
from comity.bargaining.items import package_of
from comity.bargaining.items.drafts import drafts_of
from comity.bargaining.items.laid import lay
from comity.dossier import Batch
from comity.dossier.draws import Middle
from comity.ensemble.results import as_json
from comity.errors import DossierError, UnsupportedError
from comity.rules import put_to_table

TRADE = """
comity: 1
title: A trade
as_of: 2024-01-01
actors: {A: {name: A}, B: {name: B}}
bodies:
  b:
    members: [A, B]
    omega: 0
    charter: {name: charter, procedures: {substantive: {rule: RULE}}}
agenda:
  fish: {body: b, options: [none, quota], reversion: none, tabled: quota}
  wine: {body: b, options: [none, label], reversion: none, tabled: label}
positions:
  fish:
    A: {values: {none: 0, quota: 80}, salience: 100}
    B: {values: {none: 30, quota: 0}, salience: 100}
  wine:
    A: {values: {none: 20, label: 0}, salience: 50}
    B: {values: {none: 0, label: 60}, salience: 100}
"""


def trade(rule: str = "consensus") -> str:
    return TRADE.replace("RULE", rule)


def test_a_trade_by_hand() -> None:
    """Each item is blocked alone; together both members gain, and it is told who gives on what."""
    found = package_of(read(trade()), "b")
    assert found.blocked == ("fish", "wine")
    assert [one.objecting for one in found.items] == [("B",), ("A",)]
    assert found.best is not None
    assert dict(found.best.package) == {"fish": "quota", "wine": "label"}
    assert found.best.carries == ("fish", "wine")
    assert (found.best.share_of_draws, found.best.one_by_one) == (1.0, 0.0)
    assert found.best.share_at_omega_0 == 1.0
    a, b = found.best.sides
    assert (dict(a.gives), dict(a.gets)) == ({"wine": 10.0}, {"fish": 80.0})
    assert (dict(b.gives), dict(b.gets)) == ({"fish": 30.0}, {"wine": 60.0})
    assert (a.utility, b.utility) == pytest.approx((70.0, 30.0))
    assert a.lets_pass == b.lets_pass == 1.0
    json.dumps(as_json(found))


def test_the_worth_of_agreement_as_such() -> None:
    """What passes only because agreement as such is worth something is told apart."""
    dear = trade().replace("omega: 0", "omega: 20").replace("quota: 80", "quota: 5")
    found = package_of(read(dear), "b")
    assert found.best is not None
    assert found.best.share_of_draws == 1.0
    assert found.best.share_at_omega_0 == 0.0


def test_a_red_line_stops_the_trade() -> None:
    """What a member states that it never accepts, no gain elsewhere buys."""
    stated = trade().replace(
        "{values: {none: 30, quota: 0}, salience: 100}",
        "{values: {none: 30, quota: 0}, salience: 100, accepts: [none]}",
    )
    found = package_of(read(stated), "b")
    assert found.best is None
    assert found.why.startswith("In the middle reading no package that adopts a blocked item")


def test_what_is_required_stays_required() -> None:
    """An item that requires another is not adopted without it."""
    needy = trade().replace("fish: {body: b,", "fish: {body: b, requires: [wine],")
    for one in package_of(read(needy), "b").packages:
        assert "fish" not in one.package or "wine" in one.package


@pytest.mark.parametrize("seed", range(60))
def test_against_every_package(seed: int) -> None:
    """A blocked item that any package at all could carry is carried by one that is found."""
    dossier = some_body(seed, items=2)
    found = package_of(dossier, "b", seed=seed, draws=20)
    middle, items = Batch(dossier, Middle()), ("k0", "k1")
    drafts = [drafts_of(middle, item, 21) for item in items]
    laid = lay(middle, drafts, [put_to_table(dossier, item) for item in items])
    rows = np.array(list(itertools.product(*(range(len(one.options)) for one in drafts))))
    passing = laid.passes(rows)[0]
    carry = [any(row[items.index(k)] for k in found.blocked) for row in rows]
    possible = bool((passing & np.array(carry)).any())
    assert possible or found.best is None
    for one in found.packages:
        row = [d.options.index(one.package.get(d.item, d.reversion)) for d in drafts]
        assert one.passes == passing[(rows == row).all(axis=1)][0]
        for place, side in enumerate(one.sides):
            worth = laid.drawn.utilities([tuple(row)])[0, 0, place]
            assert side.utility == pytest.approx(worth)


@pytest.mark.parametrize(
    "rule",
    [
        "{kind: consensus, minus: 1}",
        "{kind: simple_majority, of: members}",
        "{kind: qualified_majority, at_least: 1, of: members}",
    ],
)
def test_other_rules_are_refused(rule: str) -> None:
    """Where an objection can be passed over, or more is asked than none, packages are refused."""
    dossier = read(trade(rule))
    with pytest.raises(UnsupportedError, match="every member can block"):
        package_of(dossier, "b")
    with pytest.raises(UnsupportedError, match="'fish' is decided under a rule"):
        package_of(dossier, "b", ["fish"])


def test_a_rule_that_comes_to_the_same() -> None:
    """Unanimity of those that vote lets abstention pass, and any member can block: it is taken."""
    found = package_of(read(trade("{kind: qualified_majority, at_least: 1}")), "b")
    assert found.best is not None


def test_names_that_are_not_there() -> None:
    """A body or an item that the dossier does not have is refused by name."""
    dossier = read(trade())
    with pytest.raises(DossierError, match="no body of this name"):
        package_of(dossier, "c")
    with pytest.raises(DossierError, match="Did you mean 'fish'"):
        package_of(dossier, None, ["fisch"])
