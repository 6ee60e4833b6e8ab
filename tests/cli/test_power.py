"""`comity power`: the question, the answer and the misuse."""

import json
import os
import random
from fractions import Fraction
from pathlib import Path

import pytest

import comity as library
from comity.cli.power_tables import percent
from comity.rules.power import weighted_game
from rules.power.enumeration import enumerated
from rules.power.games import random_small_game

BESIDE = Path(__file__).parents[3] / "shared" / "data"
REFERENCE = Path(os.environ.get("COMITY_DATA") or BESIDE) / "rules" / "power_reference.json"

THREE = {"quota": 5, "weights": {"Anna": 3, "Bo": 2.5, "Cy": 2}}


@pytest.fixture
def game(tmp_path):
    """Writes a game to a file, and gives its path."""

    def write(held):
        path = tmp_path / "game.json"
        path.write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
        return path

    return write


@pytest.fixture
def answer(comity, game):
    """The JSON of a game."""

    def ask(held, *options):
        ran = comity("power", game(held), *options, "--json")
        assert ran.code == 0, ran.stderr
        return ran.json()

    return ask


# ---------------------------------------------------------------- weighted games


@pytest.mark.parametrize("name", ["unsc15", "eu27_nice", "random50", "imf190_k"])
def test_the_reference_games(answer, name):
    """Every index of the reference games is right to 1e-12, in the order of the weights."""
    if not REFERENCE.exists():
        pytest.skip(f"there is no {REFERENCE.name} in the reference data (COMITY_DATA)")
    held = json.loads(REFERENCE.read_text("utf-8"))[name]
    found = answer({part: held["game"][part] for part in ("quota", "weights")})
    assert found["banzhaf"] == pytest.approx(held["exact"]["banzhaf_normalized"], abs=1e-12)
    assert found["proven"]
    assert found["error"] < 1e-12
    for index in ("banzhaf_absolute", "shapley_shubik"):
        assert found[index] == pytest.approx(held["exact"][index], abs=1e-12)
    for index in ("coleman_prevent", "coleman_initiate"):
        assert len(found[index]) == len(held["game"]["weights"])


def test_games_not_seen_before_are_those_of_their_definitions(answer):
    """Small random games: all indices as counted over every coalition, in the order of weights."""
    rng = random.Random(4)
    for _ in range(40):
        drawn = random_small_game(rng, 7)
        expected, players = enumerated(drawn), drawn.players
        found = answer({"quota": drawn.quota, "weights": list(drawn.weights)})
        wins = sum(expected.winning)
        swings = [sum(one) for one in expected.swings]
        assert found["swings"] == swings
        assert found["winning"] == wins
        for index in ("banzhaf", "banzhaf_absolute", "shapley_shubik"):
            assert found[index] == pytest.approx(
                [float(one) for one in getattr(expected, index)], abs=1e-15
            )
        assert found["coleman_act"] == pytest.approx(wins / 2**players, abs=1e-15)
        assert found["coleman_prevent"] == pytest.approx([one / wins for one in swings], abs=1e-15)
        losing = 2**players - wins
        assert found["coleman_initiate"] == pytest.approx(
            [one / losing for one in swings], abs=1e-15
        )


def test_many_members_of_seven_digits(answer):
    """190 members of up to seven digits, one holding a share of them that only it can be."""
    weights = [9_999_999, *(10 * one for one in range(1, 190))]
    found = answer({"quota": 10_000_000, "weights": weights})
    assert sum(found["shapley_shubik"]) == pytest.approx(1.0, abs=1e-12)
    assert found["shapley_shubik"][0] == pytest.approx(189 / 190, abs=1e-12)
    assert found["shapley_shubik"][1:] == pytest.approx([1 / 190 / 189] * 189, abs=1e-12)


def test_library_and_command_give_the_same_numbers(answer):
    """What the command prints is what `comity.power` returns."""
    weights = [31, 31, 28, 21, 2, 2]
    found = answer({"quota": 58, "weights": weights})
    same = library.power(library.weighted_game(58, weights))
    for index in (
        "banzhaf",
        "banzhaf_absolute",
        "shapley_shubik",
        "coleman_prevent",
        "coleman_initiate",
        "swings",
    ):
        assert found[index] == list(getattr(same, index))
    assert found["coleman_act"] == same.coleman_act


def test_names_titles_and_yaml(answer, game, comity):
    """Weights by member name them; YAML is read as well as JSON."""
    assert answer(THREE)["members"] == ["Anna", "Bo", "Cy"]
    listed = {"quota": 5, "weights": [3, 2, 2], "members": ["C", "A", "B"], "title": "A board"}
    assert answer(listed)["members"] == ["C", "A", "B"]
    assert answer(listed)["charter"] == "A board"
    path = game("quota: 0.3\nweights: [0.1, 0.1, 0.1]  # all are needed\n")
    assert comity("power", path, "--json").json()["winning"] == 1


def test_fractions(answer, comity, game):
    """Exact values are given as fractions, and `--exact` shows them."""
    assert answer(THREE)["shapley_shubik_fractions"] == ["2/3", "1/6", "1/6"]
    ran = comity("power", game(THREE), "--exact")
    assert "Shapley–Shubik in full" in ran.stdout
    assert "2/3" in ran.stdout
    assert "2/3" not in comity("power", game(THREE)).stdout


def test_a_member_without_weight_or_without_use_is_named(answer):
    """Weight 0 is allowed, with a note; so is a weight that never turns anything."""
    found = answer({"quota": 5, "weights": {"A": 3, "B": 2, "C": 2, "D": 0}})
    assert found["banzhaf"] == [0.6, 0.2, 0.2, 0.0]
    assert found["notes"] == ["Under this rule the answers of D count for nothing."]
    found = answer({"quota": 4, "weights": {"A": 2, "B": 2, "C": 1}})
    assert found["shapley_shubik"] == [0.5, 0.5, 0.0]
    assert found["notes"] == ["Whatever the others answer, C cannot turn the outcome."]
    assert answer(THREE)["notes"] == []


# ---------------------------------------------------------------- rules of several counts


def test_joint_games(answer):
    """Several counts at once: the second takes from the first member what the first gives it."""
    both = {"all_of": [{"quota": 5, "weights": [3, 2, 2]}, {"quota": 2, "weights": [1, 1, 1]}]}
    assert answer(both)["swings"] == [6 // 2, 1, 1]
    either = {"any_of": [{"quota": 3, "weights": [3, 2, 1]}, {"quota": 3, "weights": [1, 1, 1]}]}
    # A; A+B; A+C; A+B+C; B+C weighs 3 too
    assert answer(either)["winning"] == 5
    nested = {"all_of": [either, {"quota": 1, "weights": [0, 0, 1]}]}
    # with C: A+C, B+C, A+B+C
    assert answer(nested)["winning"] == 3
    assert answer(nested)["members"] == ["1", "2", "3"]
    assert answer({"rule": nested, "members": ["A", "B", "C"]})["members"] == ["A", "B", "C"]


def test_rules_of_the_language(answer):
    """Any rule may stand in a file, with members, groups, measures, facts and a quorum."""
    veto = {"all_of": [{"kind": "quota", "votes": 2}, {"kind": "veto", "holders": ["A"]}]}
    found = answer({"members": ["A", "B", "C"], "rule": veto})
    assert found["swings"] == [3, 1, 1]
    assert found["shapley_shubik_fractions"] == ["2/3", "1/6", "1/6"]
    grouped = {**veto, "all_of": [veto["all_of"][0], {"kind": "veto", "holders": "big"}]}
    found = answer({"members": 3, "rule": grouped, "groups": {"big": ["1"]}})
    assert found["swings"] == [3, 1, 1]
    weighed = {"kind": "quota", "votes": 5, "weights": "seats"}
    found = answer({"rule": weighed, "measures": {"seats": {"A": 3, "B": 2, "C": 2}}})
    assert (found["members"], found["swings"]) == (["A", "B", "C"], [3, 1, 1])
    assert answer({"members": 6, "rule": "consensus"})["banzhaf"] == [1 / 6] * 6


def test_with_three_answers(answer):
    """With abstention a refusal of support is no veto."""
    rule = {"members": ["A", "B"], "rule": {"all_of": [{"kind": "quota", "votes": 1}, "consensus"]}}
    two, three = answer(rule), answer(rule, "--abstention")
    assert (two["answers"], three["answers"]) == (2, 3)
    assert (two["winning"], three["winning"]) == (1, 3)
    # the other abstains or supports: its own answer decides; if it objects, nothing helps
    assert three["banzhaf_absolute"] == pytest.approx([2 / 3, 2 / 3])


# ---------------------------------------------------------------- what would change it


def test_leaving(comity, answer):
    """Without one member: the others' power under the same rule, beside what it was."""
    found = comity("power", "--charter", "csto", "--without", "ARM", "--json").json()
    assert found["banzhaf"] == [1 / 6] * 6
    change = found["change"]
    assert change["what"] == "without ARM"
    assert "ARM" not in change["members"]
    assert change["banzhaf"] == [1 / 5] * 5
    assert (found["coleman_act"], change["coleman_act"]) == (1 / 64, 1 / 32)
    change = answer(THREE, "--without", "Bo")["change"]
    assert change["shapley_shubik"] == [0.5, 0.5]
    assert answer(THREE)["change"] is None


def test_joining(answer):
    """With one more member, of the one measure or of the one named; several may join."""
    change = answer(THREE, "--with", "Di=1")["change"]
    expected = library.power(weighted_game(5, [3, 2.5, 2, 1]))
    assert change["shapley_shubik"] == list(expected.shapley_shubik)
    assert change["members"] == ["Anna", "Bo", "Cy", "Di"]
    assert answer(THREE, "--with", "Di=weight:1")["change"]["swings"] == change["swings"]
    both = answer(THREE, "--with", "Di=1", "--with", "Ed=0.5", "--without", "Cy")["change"]
    assert both["members"] == ["Anna", "Bo", "Di", "Ed"]
    assert both["what"] == "without Cy, with Di, Ed"
    plain = answer({"members": 3, "rule": "consensus"}, "--with", "4")["change"]
    assert plain["banzhaf"] == [0.25] * 4


def test_another_rule(answer, comity):
    """Another rule for the same members; or a rule and members alone."""
    change = answer(THREE, "--rule", "consensus")["change"]
    assert change["what"] == "under the other rule"
    assert change["banzhaf"] == [1 / 3] * 3
    same = answer(THREE, "--rule", "{kind: quota, votes: 5, weights: weight}")["change"]
    assert same["swings"] == [3, 1, 1]
    alone = comity("power", "--rule", "{kind: quota, votes: 2}", "--members", "A,B,C", "--json")
    assert alone.json()["swings"] == [2, 2, 2]


def test_the_chance_to_act(answer):
    """With chances of their own, alone or in blocs, before and after a change."""
    found = answer(THREE, "--yes", "0.8", "--yes", "Bo=0.5", "--without", "Cy")
    # Anna, and Bo or Cy; then Anna and Bo
    assert found["chance_to_act"]["value"] == pytest.approx(0.8 * (1 - 0.5 * 0.2))
    assert found["chance_to_act"]["error"] < 1e-12
    assert found["change"]["chance_to_act"]["value"] == pytest.approx(0.4)
    as_one = answer(THREE, "--yes", "0.8", "--bloc", "Anna,Bo,Cy", "--without", "Cy")
    assert as_one["chance_to_act"]["value"] == pytest.approx(0.8)
    assert as_one["change"]["chance_to_act"]["value"] == pytest.approx(0.8)
    apart = answer(THREE, "--yes", "0.8", "--bloc", "Anna,Bo:0")
    assert apart["chance_to_act"]["value"] == pytest.approx(0.8 * 0.96)
    even = answer(THREE, "--bloc", "Bo,Cy")
    assert even["chance_to_act"]["value"] == pytest.approx(0.25)
    joint = {"all_of": [{"quota": 5, "weights": [3, 2, 2]}, {"quota": 3, "weights": [1, 1, 1]}]}
    assert answer(joint, "--yes", "0.5")["chance_to_act"]["value"] == pytest.approx(1 / 8)
    assert answer(THREE)["chance_to_act"] is None


def test_every_index(answer, comity, game):
    """Deegan–Packel and Johnston on request, where they can be counted."""
    found = answer({"quota": 4, "weights": [3, 2, 1, 1]}, "--all")
    # documented check values
    assert found["deegan_packel"]["values"] == pytest.approx([9 / 24, *[5 / 24] * 3])
    assert found["johnston"]["values"] == pytest.approx([9 / 14, *[5 / 42] * 3])
    refused = comity("power", game({"members": 3, "rule": "consensus"}), "--all", "--abstention")
    assert refused.code == 2
    assert "Leave --all out" in refused.stderr


# ---------------------------------------------------------------- for people


def test_equals_in_one_line(comity):
    """Where all are equal no table is shown."""
    ran = comity("power", "--charter", "csto")
    assert ran.code == 0
    assert "All 6 members are equal under this rule: each has 1/6 of the power" in _flat(ran.stdout)
    assert "can initiate" not in ran.stdout
    assert "can prevent 100 % of what would be adopted" in _flat(ran.stdout)


def test_equal_swings_are_not_taken_for_equality(comity, game):
    """Members with as many swings may differ in Shapley–Shubik values; then a table is shown."""
    few, many = list("ABC"), list("DEFG")
    rule = {
        "any_of": [
            {"kind": "quota", "votes": 4, "among": many},
            {
                "all_of": [
                    {"kind": "quota", "votes": 3, "among": few},
                    {"kind": "quota", "votes": 2, "among": many},
                ]
            },
        ]
    }
    path = game({"members": [*few, *many], "rule": rule})
    found = comity("power", path, "--json").json()
    assert found["swings"] == [10] * 7
    # 768/5040 and 684/5040, by counting orders
    assert found["shapley_shubik_fractions"] == ["16/105"] * 3 + ["19/140"] * 4
    shown = comity("power", path).stdout
    assert "are equal" not in shown
    assert "can initiate" in shown


def test_a_table_says_what_its_numbers_are(comity, game):
    """Rule, members with weights, indices, what they mean, and how sure they are."""
    lines = comity("power", game(THREE)).stdout
    assert lines.startswith("Rule: Adopted when those in favour have at least 5 votes.\n\nmember")
    assert "Anna         3          66.7 %   60.0 %           75.0 %        100 %" in lines
    assert "are shares of all power" in lines
    assert "All numbers are counted exactly" in lines
    lines = comity("power", game(THREE), "--without", "Bo", "--yes", "0.5").stdout
    assert "Without Bo, the rule as it is:" in lines
    assert "adopt in 37.5 % of cases now, then in 25.0 %." in _flat(lines)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.99951, "> 99.9 %"),
        (0.9994, "99.9 %"),
        (2 / 3, "66.7 %"),
        (0.0166, "1.66 %"),
        (0.00186, "0.186 %"),
        (0.00002, "0.0020 %"),
        (1e-9, "1.0e-07 %"),
    ],
)
def test_shares_have_three_digits(share, shown):
    """Three digits that count; nothing that is not all or nothing looks like it."""
    assert percent(share) == shown


def _flat(text):
    return " ".join(text.split())


# ---------------------------------------------------------------- misuse

JOINT = {"all_of": [{"quota": 2, "weights": [1, 1, 1]}, {"quota": 2, "weights": [1, 1, 1]}]}


def _joint(**second):
    return {"all_of": [JOINT["all_of"][0], second]}


BAD_GAMES = [
    ({"quota": 6, "weights": [3, 2]}, "quota: The quota is above the total weight of 5"),
    ({"quota": 0, "weights": [3, 2]}, "quota: The quota is not above 0"),
    ({"quota": 2, "weights": [3, -2]}, "weights[1]: A weight is negative"),
    ({"quota": 2, "weights": [0, 0]}, "above the total weight of 0"),
    ('{"quota": 2, "weights": [NaN, 2]}', "weights[0]: Not a number"),
    ('{"quota": NaN, "weights": [1, 2]}', "quota: Not a number"),
    ('{"quota": 2, "weights": [Infinity, 2]}', "weights[0]: Not a number"),
    ({"quota": 2, "weights": []}, "There are no weights"),
    ({"quota": 2, "weights": "12"}, "The weights are not a list"),
    ({"quota": 2}, "The weights are not a list"),
    ({"quota": 2, "weights": [1, True]}, "weights[1]: Not a number"),
    ({"quota": "2", "weights": [1, 2]}, "quota: Not a number"),
    ({"quota": 2, "weights": [[1], 2]}, "weights[0]: Not a number"),
    ({"quota": 2, "weights": [1, 10**40]}, "beyond reckoning"),
    ({"quota": 2, "weights": [1, 1e-300]}, "beyond reckoning"),
    ({"quota": 2, "weights": [1, 2], "members": ["A", "A"]}, "a member is named twice"),
    ({"quota": 2, "weights": [1, 2], "members": ["A"]}, "there are 2 weights"),
    ('{"quota": 2, "weights": {"A": 1, "A": 2}}', "weights.A: the key stands here a second time"),
    ({"quota": 2, "weights": [1, 2], "wieghts": 1}, "Did you mean 'weights'?"),
    ({"quota": 5_000, "weights": [1] * 10_000}, "more than 1,000 members"),
    ({"weights": [1, 2]}, "this is not a game"),
    ({}, "this is not a game"),
    ([], "this is not a game"),
    (3, "this is not a game"),
    ("", "the file is empty"),
    ("{", "this is not YAML"),
    ("consensus", "the members are not known"),
    ({"members": 2, "rule": {"kind": "quota", "votes": 9}}, "above the total weight of 2"),
    ({"members": 2, "rule": {"kind": "quota", "votes": 0}}, "The quota is not above 0"),
    ({"members": 2, "rule": {"kind": "quotta", "votes": 1}}, "Did you mean 'quota'?"),
    ({"members": ["A"], "rule": {"kind": "veto", "holders": ["Z"]}}, "not among the members"),
    ({"members": [["A"]], "rule": "consensus"}, "a member is not named by text"),
    ({"members": 0, "rule": "consensus"}, "the members are not known"),
    ({"members": 2, "rule": "consensus", "groups": 3}, "groups: a mapping was expected"),
    (_joint(quota=9, weights=[1, 1, 1]), "This rule never adopts"),
    (_joint(quota=2, weights=[1, -1, 1]), "all_of[1].weights[1]: a number of 0 or more"),
    (_joint(quota="x", weights=[1, 1, 1]), "all_of[1].quota: a number of 0 or more"),
    (_joint(quota=2, weights=[1, 1]), "lengths 2, 3"),
    ({"all_of": {"quota": 2, "weights": [1, 1]}}, "all_of: a list was expected"),
    ({"members": 2, "all_of": []}, "all_of: the list needs an entry"),
    ({"members": 2, "all_of": ["consensus"], "any_of": ["veto"]}, "a kind of rule was expected"),
    ({"quota": 2, "weights": {"Anna Lee": 1, "B": 2}}, "weights.Anna Lee: an id consists of"),
]


@pytest.mark.parametrize(("held", "says"), BAD_GAMES)
def test_what_is_no_game_is_refused(comity, game, held, says):
    """One message that names the trouble and helps, exit code 2, nothing on stdout."""
    ran = comity("power", game(held), "--json")
    assert (ran.code, ran.stdout) == (2, "")
    assert says in ran.stderr
    assert "mend:" in ran.stderr
    assert "Fraction(" not in ran.stderr


BAD_OPTIONS = [
    (["--without", "Zed"], "no member 'Zed'"),
    (["--without", "Anna,Bo"], "Without Anna, Bo: The quota is above the total weight of 2"),
    (["--without", "Anna,Bo,Cy"], "Without Anna, Bo, Cy: A body without members cannot decide"),
    (["--without", "Bo,Bo"], "named twice"),
    (["--with", "Bo=1"], "'Bo' has a seat already"),
    (["--with", "Di=x"], "a number of 0 or more was expected"),
    (["--with", "Di=-1"], "a number of 0 or more was expected"),
    (["--with", "Di"], "Members without a weight: Di"),
    (["--with", "Di=seats:1"], "no measure 'seats'"),
    (["--rule", "{kind: quota, votes: 9}"], "Under the other rule: The quota is above"),
    (["--rule", "{kind: nonsense}"], "a kind of rule was expected"),
    (["--rule", " "], "--rule is empty"),
    (["--yes", "1.5"], "a number from 0 to 1 was expected"),
    (["--yes", "nan"], "a number from 0 to 1 was expected"),
    (["--yes", "Zed=0.5"], "'Zed' has no seat"),
    (["--bloc", "Anna,Zed"], "'Zed' has no seat"),
    (["--bloc", "Anna,Bo:2"], "a number from 0 to 1 was expected"),
    (["--bloc", "Anna,Bo", "--bloc", "Bo,Cy"], "'Bo' is in two blocs"),
    (["--abstention", "--yes", "0.5"], "yes and no alone"),
    (["--item", "text"], "--item goes with a dossier"),
    (["--procedure", "other"], "a game has one rule"),
    (["--charter", "unsc"], "say whose power in one way alone"),
    (["--fact", "x=yes"], "no fact 'x'"),
]


@pytest.mark.parametrize(("options", "says"), BAD_OPTIONS)
def test_what_makes_no_sense_is_refused(comity, game, options, says):
    """Unknown members, rules that never pass, chances that are none: one clear message each."""
    ran = comity("power", game(THREE), *options, "--json")
    assert (ran.code, ran.stdout) == (2, "")
    assert says in ran.stderr
    assert "Fraction(" not in ran.stderr


def test_nothing_named(comity, contested):
    """Without game, charter or rule, or without the item of a dossier, it says what to name."""
    assert "Name a game or a dossier" in comity("power").stderr
    ran = comity("power", contested)
    assert (ran.code, ran.stdout) == (2, "")
    assert "--item" in ran.stderr
    assert "Use one of" in comity("power", "--charter", "nope").stderr
    assert "nothing says who" in comity("power", "--rule", "consensus").stderr


def test_more_members_than_several_counts_allow(comity, game):
    """A joint rule of a thousand members is refused with the bound."""
    rule = {"all_of": ["consensus", {"kind": "quota", "votes": 500}]}
    ran = comity("power", game({"members": 1_000, "rule": rule}))
    assert (ran.code, ran.stdout) == (2, "")
    assert "400 members" in ran.stderr


def test_fractions_of_the_whole_add_up(answer):
    """Exact Shapley–Shubik values sum to one, as fractions."""
    found = answer({"quota": 62, "weights": [10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2]})
    assert sum(map(Fraction, found["shapley_shubik_fractions"])) == 1
