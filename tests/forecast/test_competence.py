"""Competence is settled before substance, and undecided means that the presumption holds (§16)."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from forecast.small import body, certainly, dossier, settle

MEMBERS = ("A", "B", "C", "D")
VIEWS = ("outside", "within")
RULES = ("substantive", "minus_one", "silence", "majority", "two_thirds_of_members")


def answer(view: str, cares: bool, presence: str, presumption: str) -> str:
    """What a member says to overturning the presumption: a few lines, from §6, §10 and §16."""
    if presence != "present":
        return presence
    if view != presumption:
        return "support"
    return "object" if cares else "stand_aside"


def overturned(rule: str, said: list[str]) -> bool:
    count = Counter(said)
    support, objections, present = count["support"], count["object"], len(said) - count["absent"]
    if rule in ("substantive", "minus_one"):
        decided = present > 0 and objections <= (1 if rule == "minus_one" else 0)
    elif rule == "silence":
        decided = objections == 0
    elif rule == "majority":
        decided = support > objections
    else:
        decided = 3 * support >= 2 * len(said) and 2 * present >= len(said)
    return decided and support > 0


def position(view: str, cares: bool, presence: str) -> dict[str, object]:
    return {"ideal": view, "salience": 100 if cares else 0, "presence": presence}


def random_views(rng: random.Random) -> dict[str, tuple[str, bool, str]]:
    presences = ["present", "present", "present", "absent", "no_instructions"]
    return {who: (rng.choice(VIEWS), rng.random() < 0.7, rng.choice(presences)) for who in MEMBERS}


def case(views: dict[str, tuple[str, bool, str]], competence: dict[str, object], **bodies: object):
    return dossier(
        agenda={
            "views": {"options": list(VIEWS), "reversion": "outside"},
            "text": {"reversion": 0, "tabled": 50, "competence": {"item": "views"} | competence},
        },
        positions={
            "views": {who: position(*held) for who, held in views.items()},
            "text": {who: {"ideal": 50, "salience": 100} for who in MEMBERS},
        },
        bodies={"b": body(*MEMBERS)} | bodies,
    )


@pytest.mark.parametrize("presumption", VIEWS)
@pytest.mark.parametrize("rule", RULES)
def test_the_body_settles_competence_by_its_rule(presumption: str, rule: str):
    """The opposite of the presumption is put to the members and adopted or not."""
    rng, seen = random.Random(f"{presumption} {rule}"), set()
    for _ in range(80):
        views = random_views(rng)
        said = [answer(*held, presumption) for held in views.values()]
        within = (presumption == "within") != overturned(rule, said)
        asked = {"presumption": presumption, "decided_by": "body", "rule": rule}
        found = settle(case(views, asked))["text"]
        assert certainly(found.competent) == within, (views, asked)
        assert certainly(found.adopted) == (within and certainly(found.text_tabled))
        seen.add(within)
    assert seen == {True, False}


def test_without_a_rule_of_its_own_the_rule_of_the_item_settles_it():
    """`rule` left out means the procedure by which the item itself is decided."""
    views = {"A": ("within", True, "present"), "B": ("within", True, "present"),
             "C": ("within", True, "present"), "D": ("outside", True, "present")}  # fmt: skip
    asked = case(views, {"presumption": "outside", "decided_by": "body"})
    assert certainly(settle(asked)["text"].competent) is False
    assert certainly(settle(asked.with_item("text", procedure="majority"))["text"].competent)


@pytest.mark.parametrize("presumption", VIEWS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("judge", ["chair", "C", "court"])
def test_the_chair_or_an_organ_settles_it_alone(presumption: str, view: str, judge: str):
    """One judge overturns the presumption by supporting its opposite; a seat is not needed."""
    others = dict.fromkeys(MEMBERS, (presumption, True, "present"))
    views = others | {"C" if judge == "chair" else judge: (view, True, "present")}
    presidency = {"order": ["B", "C"], "holder": "B", "until": "2022-11-21"}  # passes on to C
    chaired = body(*MEMBERS, presidency=presidency)
    found = settle(case(views, {"presumption": presumption, "decided_by": judge}, b=chaired))
    assert certainly(found["text"].competent) == (view == "within")


@pytest.mark.parametrize("presumption", VIEWS)
def test_a_chair_without_a_seat_may_settle_it(presumption: str):
    """A presidency may be held by somebody who has no vote."""
    views = dict.fromkeys(MEMBERS, ("outside", True, "present"))
    chaired = body(*MEMBERS, presidency={"order": ["court"], "holder": "court"})
    found = settle(
        case(
            views | {"court": ("within", True, "present")},
            {"presumption": presumption, "decided_by": "chair"},
            b=chaired,
        )
    )
    assert certainly(found["text"].competent) is True


@pytest.mark.parametrize("presumption", VIEWS)
def test_undecided_means_that_the_presumption_holds(presumption: str):
    """Without a chair, an answer or an item with views, nothing is decided."""
    views = dict.fromkeys(MEMBERS, ("within", True, "absent"))
    views |= {"A": ("outside", True, "absent")}
    for competence in (
        {"decided_by": "chair"},  # there is no chair
        {"decided_by": "A"},  # who is absent
        {"decided_by": "body"},  # all of whose members are absent
        {"decided_by": "body", "item": None},
    ):
        found = settle(case(views, {"presumption": presumption} | competence))["text"]
        assert certainly(found.competent) == (presumption == "within"), competence


def test_the_body_that_decides_the_item_settles_its_competence():
    """Views may be held on another body's item; those asked are the members of the item's own."""
    views = dict.fromkeys(MEMBERS, ("within", True, "present"))
    views["D"] = ("outside", True, "present")
    asked = case(
        views,
        {"presumption": "outside", "decided_by": "body"},
        inner=body("A", "B", "C"),
    )
    elsewhere = asked.with_item("views", body="inner")
    assert certainly(settle(elsewhere)["text"].competent) is False
    assert certainly(settle(elsewhere.with_item("text", body="inner"))["text"].competent) is True


def test_items_that_put_the_same_question_share_the_answer():
    """Competence for two items rests on the same draws of the same views."""
    unsure = {"ideal": {"outside": 0.4, "within": 0.6}, "salience": 100}
    question = {"presumption": "outside", "decided_by": "body", "item": "views"}
    item = {"reversion": 0, "tabled": 50, "competence": question}
    asked = dossier(
        agenda={
            "views": {"options": list(VIEWS), "reversion": "outside"},
            "one": item,
            "two": item,
        },
        positions={"views": {"A": unsure, "B": unsure}, "one": {}, "two": {}},
        bodies={"b": body("A", "B")},
    )
    found = settle(asked, draws=400)
    assert (found["one"].competent == found["two"].competent).all()
    assert 0.2 < found["one"].competent.mean() < 0.5
