"""The reasons in sentences: who responds how, and between whom nothing passes."""

from __future__ import annotations

import re

from comity.acceptance import Objection
from comity.ensemble.results import ConflictShare, ResponseShares
from comity.report import sentences
from comity.report.sentences.reasons import MOST_NAMED
from report.everything import everything
from report.samples import AGREED, HEAD, OPTIONS, PLAIN, SIDES, VOTE, seen, set_to


def _conflict(share: float, *parts: tuple[str, str, str]) -> ConflictShare:
    objections = tuple(Objection(*part) for part in parts)
    return ConflictShare(tuple(dict.fromkeys(part.actor for part in objections)), objections, share)


def _pair(weak: str, strong: str, share: float) -> ConflictShare:
    return _conflict(share, (weak, "above", "too_weak"), (strong, "above", "too_strong"))


def test_who_objects_to_the_tabled_draft() -> None:
    """Objectors are named with how often; those who never object are named as well."""
    assert sentences.responses(seen(PLAIN), "text") == (
        "To the tabled draft, objections come from Borland and Corland in all draws; never from "
        "Arland.",
    )


def test_nobody_objects() -> None:
    """Where nobody ever objects the sentence says so."""
    assert sentences.responses(seen(AGREED), "text") == (
        "Nobody objects to the tabled draft in any draw.",
    )


def test_without_a_draft_the_weakest_text_is_asked_about() -> None:
    """Responses to the weakest text are told as responses to just that."""
    said = sentences.responses(seen(SIDES), "quota")[0]
    assert said.startswith("To the weakest text that says something, 60, objections come from")


def test_absent_members_and_those_without_instructions() -> None:
    """One absent member is absent, two have no instructions."""
    assert "Dorland is absent." in sentences.responses(seen(VOTE), "seat")
    silent = ResponseShares(0.0, 0.0, 0.0, 0.0, 1.0)
    given = dict(seen(PLAIN).items["text"].responses) | {"A": silent, "B": silent}
    said = sentences.responses(set_to(seen(PLAIN), "text", responses=given), "text")
    assert said[-1] == "Arland and Borland have no instructions."


def test_a_pair_is_shown_from_both_sides() -> None:
    """A conflict says what each of the two finds of the other's texts, never who is to blame."""
    found = set_to(seen(PLAIN), "text", conflicts=(_pair("A", "B", 0.71),))
    assert (
        "No text satisfies both Arland and Borland in 71 % of draws: what Borland would let pass "
        "is too weak for Arland, and what Arland would let pass is too strong for Borland."
        in sentences.why_not(found, "text")
    )


def test_pairs_around_one_member_are_told_together() -> None:
    """Several pairs around the same member are one sentence, whichever side it is on."""
    weak = set_to(seen(PLAIN), "text", conflicts=(_pair("A", "B", 0.3), _pair("A", "C", 0.005)))
    assert (
        "No text satisfies both Arland and one other, Borland in 30 % of draws and Corland in "
        "under 1 %: what the other would let pass is too weak for Arland, and what Arland would "
        "let pass is too strong for the other." in sentences.why_not(weak, "text")
    )
    strong = set_to(seen(PLAIN), "text", conflicts=(_pair("A", "C", 0.3), _pair("B", "C", 0.3)))
    assert (
        "No text satisfies both Corland and one other, Arland and Borland in 30 % of draws each: "
        "what the other would let pass is too strong for Corland, and what Corland would let pass "
        "is too weak for the other." in sentences.why_not(strong, "text")
    )


def test_members_that_are_enough_alone() -> None:
    """A member that closes the way alone is told so; several of them in one sentence."""
    one = set_to(seen(PLAIN), "text", conflicts=(_conflict(0.1, ("B", "above", "too_strong")),))
    assert (
        "In 10 % of draws Borland alone is enough: it finds every text too strong."
        in sentences.why_not(one, "text")
    )
    empty = set_to(seen(PLAIN), "text", conflicts=(_conflict(0.1, ("A", "above", "too_weak")),))
    assert (
        "In 10 % of draws Arland alone is enough: it accepts no text at all."
        in sentences.why_not(empty, "text")
    )
    two = set_to(
        seen(PLAIN),
        "text",
        conflicts=(
            _conflict(0.1, ("B", "above", "too_strong")),
            _conflict(0.1, ("C", "above", "too_strong")),
        ),
    )
    assert (
        "A single member is enough where it finds every text too strong: Borland and Corland in "
        "10 % of draws each." in sentences.why_not(two, "text")
    )


def test_both_sides_of_what_holds_now() -> None:
    """Where texts lie on both sides, a conflict says what each member objects to on which."""
    assert sentences.why_not(seen(SIDES), "quota") == (
        "In all 200 draws no text satisfies all members.",
        "In all 200 draws Arland and Borland leave no text between them: Arland finds texts below "
        "50 too strong; Borland finds texts above 50 too strong.",
    )


def test_options_are_refused() -> None:
    """On options a member refuses them by name."""
    said = sentences.why_not(seen(OPTIONS), "seat")
    assert said[0] == "In all 200 draws no text satisfies all members."
    assert said[1].startswith("A single member is enough where it refuses “north”: Borland in all")


def test_votes_that_are_not_reached() -> None:
    """Under a vote members withhold support as well as refuse, and all of them are named."""
    said = " ".join(sentences.why_not(seen(VOTE), "seat"))
    assert "refuses “north”" in said
    assert "Borland and Corland leave no text between them" in said


def test_no_conflicts() -> None:
    """Where some text lies between all members in every draw, the sentence says so."""
    assert sentences.why_not(seen(AGREED), "text") == (
        "Members leave some text between them in every draw.",
    )


def test_bodies_too_large_to_search() -> None:
    """Draws that were not searched are told, and what could not be told is counted."""
    found = set_to(seen(PLAIN), "text", conflicts=(), conflicts_unsearched=0.25)
    assert sentences.why_not(found, "text")[-1] == (
        "In 25 % of draws nothing passes, but the body is too large to search for who stands "
        "between."
    )
    many = tuple(
        _conflict(
            0.1, (who, "above", to), (other, "above", "too_strong"), ("C", "above", "withheld")
        )
        for who, other in (("A", "B"), ("B", "A"))
        for to in ("too_weak", "too_strong", "withheld", "refused")
    )
    said = sentences.why_not(set_to(seen(PLAIN), "text", conflicts=many), "text")
    assert said[-1] == ("Two more patterns are left out here, none of them more frequent.")


def test_large_bodies_are_counted_rather_than_named() -> None:
    """In a large body the most frequent objectors are named and the others counted."""
    names = [f"m{number}" for number in range(40)]
    actors = ", ".join(f"{name}: {{name: Land {name}}}" for name in names)
    large = seen(
        f"""{HEAD.split("actors")[0]}
actors: {{{actors}}}
bodies: {{council: {{members: [{", ".join(names)}]}}}}
agenda: {{text: {{body: council, reversion: 0, tabled: 50}}}}
""",
        draws=40,
    )
    said = sentences.responses(large, "text")[0]
    assert said.count("Land ") == MOST_NAMED
    assert re.search(r" and 3\d more in up to \d+ %", said)
    for says in everything(large):
        assert says.count("Land ") <= 40
    asked = sentences.opening(large, "text")
    assert any("more less often" in says for says in asked)
    share = ResponseShares(1.0, 0.0, 0.0, 0.0, 0.0)
    given = large.items["text"].responses | dict.fromkeys(names[2:], share)
    calm = set_to(large, "text", responses=given)
    assert sentences.responses(calm, "text")[0].endswith("; never from 38 others.")


def test_consensus_minus_one_leaves_one_member_unsatisfied() -> None:
    """Where one objection does not block, no text has to satisfy all."""
    minus = PLAIN.replace("members: [A, B, C]", "members: [A, B, C], charter: plain").replace(
        "body: council", "body: council\n    procedure: minus_one"
    )
    said = sentences.opening(seen(minus), "text")
    assert said == (
        "Nobody has to give way: in every draw some text satisfies all members but one.",
    )
