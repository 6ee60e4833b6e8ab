"""Game files: what a file says becomes a charter of one rule, or is refused with its place."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.dossier.charter import Charter
from comity.errors import ComityError
from comity.rules import rule_findings, seat, seating
from comity.rules.power import power, power_at, weighted_game
from comity.rules.power.reading import MOST, PROCEDURE, is_game, open_game, procedure_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "game.json"


def read(file: Path, held: Any) -> Charter:
    file.write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
    return open_game(file)


def swings(game: Charter) -> tuple[int, ...] | None:
    return power_at(procedure_of(game), seating(game)).swings


def test_a_quota_and_weights(file: Path) -> None:
    """Members are numbered from 1, in the order of the weights."""
    game = read(file, {"quota": 5, "weights": [3, 2.5, 2]})
    assert game.members == ("1", "2", "3")
    assert list(game.procedures) == [PROCEDURE]
    assert seating(game).weights("weight") == (3, Fraction(5, 2), 2)
    assert power_at(procedure_of(game), seating(game)) == power(weighted_game(5, [3, 2.5, 2]))


@pytest.mark.parametrize(
    ("held", "members"),
    [
        ({"quota": 2, "weights": {"A": 1, "B": 2}}, ("A", "B")),
        ({"quota": 2, "weights": [1, 2], "members": ["B", "A"]}, ("B", "A")),
        ({"quota": 2, "weights": [1, 2], "members": 2}, ("1", "2")),
        ({"rule": "consensus", "members": ["A", "B"]}, ("A", "B")),
        ({"rule": {"kind": "veto", "holders": ["B", "A"]}}, ("B", "A")),
        ({"rule": {"kind": "quota", "votes": 1, "weights": {"C": 1, "A": 2}}}, ("C", "A")),
        (
            {"rule": {"kind": "quota", "votes": 1, "weights": "m"}, "measures": {"m": {"Z": 1}}},
            ("Z",),
        ),
        ({"any_of": [{"quota": 1, "weights": [1, 0]}, "consensus"]}, ("1", "2")),
        ({"kind": "consensus", "among": ["A"]}, ("A",)),
    ],
)
def test_who_the_members_are(file: Path, held: Any, members: tuple[str, ...]) -> None:
    """They are listed or counted, or follow from weights and from whom a rule names."""
    assert read(file, held).members == members


def test_lists_of_weights_go_by_the_members_named(file: Path) -> None:
    """Within a rule, the first weight is that of the first member."""
    second = {"quota": 2, "weights": [2, 1, 0]}
    game = read(file, {"members": ["C", "B", "A"], "all_of": [second]})
    assert swings(game) == (4, 0, 0)


@pytest.mark.parametrize(
    "held",
    [
        {"rule": "consensus", "members": 2, "all_of": ["consensus"]},
        {"quota": 1, "weights": [1, 1], "any_of": ["consensus"]},
        {"members": 2, "all_of": ["consensus"], "any_of": ["consensus"]},
    ],
)
def test_two_rules_at_once_are_refused(file: Path, held: Any) -> None:
    """Nothing that a file says is left aside in silence."""
    with pytest.raises(ComityError):
        read(file, held)


def test_facts_groups_quorum(file: Path) -> None:
    """A rule may turn on facts that the file settles, and has its groups and quorum."""
    turning = {"kind": "depends", "on": "urgent", "then": "consensus", "otherwise": "most"}
    turning["otherwise"] = {"kind": "simple_majority", "of": "members"}
    for holds, winning in ((True, 1), (False, 4)):
        game = read(file, {"rule": turning, "members": 3, "facts": {"urgent": holds}})
        found = power_at(procedure_of(game), seating(game))
        assert found.winning == winning
    held = {"rule": {"kind": "quota", "votes": 1, "among": "few"}, "members": 3}
    assert swings(read(file, {**held, "groups": {"few": ["2"]}})) == (0, 4, 0)


def test_weight_nought_is_a_finding(file: Path) -> None:
    """A member without weight is allowed, and named as one without a say."""
    game = read(file, {"quota": 2, "weights": [1, 1, 0]})
    found = rule_findings(seat(procedure_of(game), seating(game)), charter=game)
    assert [finding.name for finding in found] == ["member_without_say"]


def test_problems_are_placed_in_the_file(file: Path) -> None:
    """Line and field are those of the file, not of the charter made from it."""
    text = """\
members: [A, B]
rule:
  all_of:
    - {quota: 1, weights: [1, 1]}
    - quota: 1
      weights: [1,
        nothing]
"""
    with pytest.raises(ComityError) as refused:
        read(file, text)
    assert (refused.value.place.line, refused.value.place.field) == (7, "rule.all_of[1].weights[1]")
    assert refused.value.found == "nothing"


def test_too_many_members_are_refused(file: Path) -> None:
    """Up to the bound they are read; beyond, the message names it."""
    assert len(read(file, {"rule": "consensus", "members": MOST}).members) == MOST
    for members in (MOST + 1, 10_000, [f"m{number}" for number in range(10_000)]):
        with pytest.raises(ComityError, match="more than 1,000 members"):
            read(file, {"rule": "consensus", "members": members})


def test_a_dossier_is_no_game() -> None:
    """What tells a dossier apart is the field `comity`."""
    assert not is_game({"comity": 1, "title": "Talks"})
    assert is_game({"quota": 1, "weights": [1]})


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([0.5, 1e300, -0.0, float("nan"), float("inf"), 10**40]),
    st.sampled_from(["", "A", "B", "consensus", "votes", "members", "weight", "1/2", "no such"]),
)
FIELDS = ["quota", "weights", "members", "rule", "all_of", "any_of", "kind", "votes", "among"]
FIELDS += ["holders", "groups", "measures", "facts", "quorum", "title", "A", "B", "at_least", "of"]
KINDS = ["quota", "veto", "consensus", "qualified_majority", "simple_majority", "depends", "limit"]
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=8,
)
LIKELY = st.fixed_dictionaries(
    {"members": st.one_of(st.just(["A", "B"]), ANYTHING)},
    optional={
        "rule": st.one_of(
            ANYTHING,
            st.fixed_dictionaries(
                {"kind": st.sampled_from(KINDS)},
                optional=dict.fromkeys(("votes", "weights", "among", "of"), ANYTHING),
            ),
        ),
        "quota": ANYTHING,
        "weights": ANYTHING,
        "groups": ANYTHING,
        "measures": ANYTHING,
        "facts": ANYTHING,
        "quorum": ANYTHING,
    },
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(ANYTHING, LIKELY))
def test_whatever_a_file_holds(file: Path, held: Any) -> None:
    """Any JSON is read as a game with power that sums to one, or refused as the user's to mend."""
    try:
        game = read(file, held)
        found = power_at(procedure_of(game), seating(game))
    except ComityError:
        return
    assert sum(found.banzhaf) == pytest.approx(1.0)
    assert sum(found.shapley_shubik) == pytest.approx(1.0)
