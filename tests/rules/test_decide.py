"""Decisions and their witnesses (conventions §7)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from frozendict import frozendict
from hypothesis import given

from comity.dossier.charter import Binding, Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, Quota, Silence, SimpleMajority
from comity.errors import RuleError
from comity.rules import Decision, Seating, adopts, decide
from rules.definitions import PROCEDURES, all_rows, procedures, rows

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response

CONSENSUS = Procedure(rule=Consensus())
PRESENT, MEMBERS = SimpleMajority(of=Base.PRESENT), SimpleMajority(of=Base.MEMBERS)


def named(row: tuple[Response, ...]) -> dict[str, Response]:
    return {f"M{seat}": response for seat, response in enumerate(row)}


def seats_of(members: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(int(member.removeprefix("M")) for member in members)


def sets_by_size(members: int) -> Iterator[tuple[int, ...]]:
    for size in range(members + 1):
        yield from combinations(range(members), size)


@cache
def outcomes(procedure: Procedure, members: int) -> np.ndarray:
    """What the procedure makes of every way in which this many members can respond."""
    return adopts(procedure, all_rows(members))


def suffices_for_no(procedure: Procedure, row: np.ndarray, seats: tuple[int, ...]) -> bool:
    """Whether no answers of the others adopt, by trying all of them."""
    every = all_rows(len(row))
    as_given = (every[:, list(seats)] == row[list(seats)]).all(axis=1)
    return not outcomes(procedure, len(row))[as_given].any()


def turned(row: np.ndarray, seats: tuple[int, ...], response: Response) -> np.ndarray:
    changed = row.copy()
    changed[list(seats)] = response
    return changed


def can_undo(procedure: Procedure, row: np.ndarray, seats: tuple[int, ...]) -> bool:
    """Whether some answers of these members undo it, by trying all of them."""
    members = len(row)
    free = [tuple(Response) if seat in seats else (int(row[seat]),) for seat in range(members)]
    every = outcomes(procedure, members).reshape((len(Response),) * members)
    return not every[np.ix_(*free)].all()


def after(row: np.ndarray, moves: Mapping[str, Response]) -> np.ndarray:
    changed = row.copy()
    for member, response in moves.items():
        changed[seats_of((member,))] = response
    return changed


def check_witnesses(procedure: Procedure, row: tuple[Response, ...]) -> None:
    """Every witness does what it claims, and no smaller set does."""
    decision, codes = decide(procedure, named(row)), np.array(row, dtype=np.int8)
    claims = {
        "blocking": lambda seats: suffices_for_no(procedure, codes, seats),
        "unblocking": lambda seats: adopts(procedure, turned(codes, seats, SUPPORT)),
        "undoing": lambda seats: can_undo(procedure, codes, seats),
    }
    asked = ("undoing",) if decision.adopted else ("blocking", "unblocking")
    for question, holds in claims.items():
        witness = seats_of(getattr(decision, question))
        if question not in asked:
            assert witness == ()
            continue
        smallest = next((s for s in sets_by_size(len(row)) if holds(s)), None)
        if smallest is None:
            assert (question, witness) == ("undoing", ())
        else:
            assert holds(witness), (question, decision)
            assert 0 < len(witness) == len(smallest), (question, decision, smallest)
    moves = decision.undoing_moves if decision.adopted else decision.unblocking_moves
    assert bool(adopts(procedure, after(codes, moves))) is not decision.adopted or not moves
    assert decision.unproved == ()


@pytest.mark.parametrize("members", [1, 2, pytest.param(3, marks=pytest.mark.trust)])
def test_witnesses_are_smallest_in_every_small_body(members: int):
    """On every set of responses of a small body, each witness is right and smallest."""
    for procedure in PROCEDURES:
        for row in all_rows(members):
            check_witnesses(procedure, tuple(Response(code) for code in row))


@given(procedures(), rows(most=5))
def test_witnesses_are_smallest(procedure: Procedure, row: tuple[Response, ...]):
    """Each witness does what it claims and no smaller set does, by trying all sets."""
    check_witnesses(procedure, row)


@pytest.mark.trust
@given(procedures(), rows(most=6))
def test_witnesses_are_smallest_in_bodies_of_six(procedure: Procedure, row):
    """The same for bodies as large as the CSTO, on many more cases."""
    check_witnesses(procedure, row)


@given(procedures(), rows(most=200))
def test_no_member_of_a_witness_is_idle(procedure: Procedure, row: tuple[Response, ...]):
    """In large bodies, a witness does what it claims, and not without any one of its members."""
    decision, codes = decide(procedure, named(row)), np.array(row, dtype=np.int8)
    support = np.full_like(codes, SUPPORT)

    leaving, objecting = dict.fromkeys(range(200), ABSENT), dict.fromkeys(range(200), OBJECT)

    def blocks(seats: tuple[int, ...]) -> bool:
        others_support = support.copy()
        others_support[list(seats)] = codes[list(seats)]
        return not adopts(procedure, others_support)

    for question, holds in {
        "blocking": blocks,
        "unblocking": lambda seats: adopts(procedure, turned(codes, seats, SUPPORT)),
        "undoing": lambda seats: (
            not all(
                adopts(procedure, after(codes, {f"M{seat}": to[seat] for seat in seats}))
                for to in (
                    leaving,
                    objecting,
                    dict(enumerate(after(codes, decision.undoing_moves))),
                )
            )
        ),
    }.items():
        witness = seats_of(getattr(decision, question))
        if witness:
            assert holds(witness)
            for left_out in witness:
                assert not holds(tuple(seat for seat in witness if seat != left_out))


@given(procedures(), rows(most=8))
def test_standing_aside_is_named_where_it_is_enough(procedure: Procedure, row):
    """What unblocking needs is the least that works: standing aside, or else support."""
    decision, codes = decide(procedure, named(row)), np.array(row, dtype=np.int8)
    if decision.adopted:
        assert decision.unblocking_needs is None
        return
    aside = turned(codes, seats_of(decision.unblocking), STAND_ASIDE)
    enough = bool(adopts(procedure, aside))
    assert decision.unblocking_needs is (STAND_ASIDE if enough else SUPPORT)


def test_lone_objector_blocks_consensus():
    """Under consensus one objection blocks, and standing aside would lift it."""
    decision = decide(CONSENSUS, {"ARM": SUPPORT, "BLR": OBJECT, "KAZ": STAND_ASIDE})
    assert decision == Decision(
        adopted=False,
        pending=False,
        reason="1 objection where none is allowed.",
        rule="Adopted when no member objects; absence is not an objection.",
        responses={"ARM": SUPPORT, "BLR": OBJECT, "KAZ": STAND_ASIDE},
        counts=dict.fromkeys(Response, 0) | {SUPPORT: 1, STAND_ASIDE: 1, OBJECT: 1},
        bound=(),
        blocking=("BLR",),
        blocking_number=1,
        unblocking=("BLR",),
        unblocking_number=1,
        unblocking_moves={"BLR": STAND_ASIDE},
        unblocking_needs=STAND_ASIDE,
        undoing=(),
        undoing_number=0,
        undoing_moves={},
        unproved=(),
    )


def test_one_of_two_objectors_suffices_but_both_must_move():
    """The smallest blocking set may be smaller than the set that must move."""
    decision = decide(CONSENSUS, {"ARM": SUPPORT, "BLR": OBJECT, "KAZ": OBJECT})
    assert decision.blocking == ("BLR",)
    assert decision.unblocking == ("BLR", "KAZ")


def test_objector_blocks_by_itself_even_without_a_quorum():
    """An objection suffices whether or not the others come; the reason names both failures."""
    procedure = Procedure(rule=Consensus(), quorum=Fraction(1, 2))
    decision = decide(procedure, {"A": OBJECT, "B": SUPPORT} | dict.fromkeys("CDEF", ABSENT))
    assert decision.blocking == ("A",)
    assert decision.unblocking == ("A", "C")
    assert decision.reason == (
        "No quorum: 2 of 6 members present, 3 needed; also, 1 objection where none is allowed."
    )


def test_empty_benches_block_where_nobody_objects():
    """Without a quorum, so many absences block that the others cannot make one."""
    procedure = Procedure(rule=Consensus(), quorum=Fraction(2, 3))
    decision = decide(procedure, {"A": SUPPORT, "B": ABSENT, "C": ABSENT, "D": SUPPORT})
    assert decision.reason == "No quorum: 2 of 4 members present, 3 needed."
    assert decision.blocking == ("B", "C")
    assert (decision.unblocking, decision.unblocking_needs) == (("B",), STAND_ASIDE)


@pytest.mark.parametrize(
    ("rule", "responses", "reason"),
    [
        (Consensus(), "AAA", "No quorum: 0 of 3 members present, 1 needed."),
        (Consensus(), "XAA", "No member objects, though none is in favour."),
        (Consensus(), "+XA", "No member objects."),
        (Consensus(minus=1), "+-X", "1 objection where 1 is allowed."),
        (Consensus(minus=1), "+--", "2 objections where 1 is allowed."),
        (Silence(), "+--", "2 members object, which breaks the silence."),
        (SimpleMajority(), "XA?", "Nobody is in favour."),
        (SimpleMajority(), "+-X", "1 of 2 members present and voting is in favour; 2 are needed."),
        (PRESENT, "++-A", "2 of 3 members present are in favour; 2 are needed."),
        (MEMBERS, "++-A", "2 of 4 members are in favour; 3 are needed."),
        (MEMBERS, "+", "1 of 1 members is in favour; 1 is needed."),
    ],
)
def test_reason_in_words(rule, responses: str, reason: str):
    """The reason counts what the rule counts, and says what was needed."""
    codes = {"+": SUPPORT, "-": OBJECT, "X": STAND_ASIDE, "A": ABSENT, "?": NO_INSTRUCTIONS}
    row = tuple(codes[mark] for mark in responses)
    assert decide(Procedure(rule=rule), named(row)).reason == reason


@given(procedures(), rows(most=8))
def test_reason_tells_of_every_failure(procedure: Procedure, row: tuple[Response, ...]):
    """The reason speaks of a missing quorum exactly when one is missing."""
    decision = decide(procedure, named(row))
    present = len(row) - row.count(ABSENT)
    lacking = present < max(1, (procedure.quorum or 0) * len(row))
    silent = isinstance(procedure.rule, Silence)
    assert decision.reason.startswith("No quorum") is (lacking and not silent)
    assert decision.reason.endswith(".")


@pytest.mark.parametrize(
    ("binds", "bound"),
    [
        (Binding.ALL, ("A", "B", "C", "D")),
        (Binding.NOT_OBJECTING, ("A", "B", "D")),
        (Binding.NOT_OPTING_OUT, ("A", "B", "C", "D")),
        (Binding.SUPPORTING, ("A",)),
        (Binding.NOBODY, ()),
    ],
)
def test_who_is_bound(binds: Binding, bound: tuple[str, ...]):
    """An adopted decision binds whom the procedure says; one not adopted binds nobody."""
    responses = {"A": SUPPORT, "B": STAND_ASIDE, "C": OBJECT, "D": ABSENT}
    minus_one = Procedure(rule=Consensus(minus=1), binds=binds)
    assert decide(minus_one, responses).bound == bound
    assert decide(Procedure(rule=Consensus(), binds=binds), responses).bound == ()


def test_adoption_that_only_an_empty_room_undoes():
    """Where all may object, the adoption is undone only if nobody stays in the room."""
    decision = decide(Procedure(rule=Consensus(minus=3)), {"A": SUPPORT, "B": OBJECT})
    assert decision.adopted
    assert decision.undoing_moves == {"A": ABSENT, "B": ABSENT}


def test_adoption_that_nobody_can_undo():
    """Where neither objections nor absences matter, nothing undoes the adoption."""
    table = Seating(("A", "B"), frozendict({"others": frozenset()}))
    silent = decide(
        Procedure(rule=Silence(among="others")), {"A": OBJECT, "B": ABSENT}, table=table
    )
    assert silent.adopted
    assert (silent.undoing, silent.undoing_moves) == ((), {})


def test_rule_that_cannot_pass():
    """Where not even the support of all adopts, the empty set blocks and nobody unblocks."""
    decision = decide(Procedure(rule=Quota(votes=Fraction(3))), {"A": SUPPORT, "B": OBJECT})
    assert not decision.adopted
    assert (decision.blocking, decision.blocking_number) == ((), 1)
    assert (decision.unblocking, decision.unblocking_needs) == ((), None)


def test_leaving_the_room_where_that_undoes_more():
    """With a quorum of all, one member that leaves undoes what no one objection would."""
    procedure = Procedure(rule=Consensus(minus=1), quorum=Fraction(1))
    decision = decide(procedure, {"A": SUPPORT, "B": STAND_ASIDE, "C": SUPPORT})
    assert decision.undoing_moves == {"B": ABSENT}


def test_seat_order_is_the_members():
    """Responses are shown in the order of the members, however they were given."""
    decision = decide(CONSENSUS, {"B": SUPPORT, "A": OBJECT}, members=("A", "B"))
    assert tuple(decision.responses) == ("A", "B")


def test_words_are_read():
    """Responses may be given in words."""
    assert decide(CONSENSUS, {"A": "in favour", "B": "stands aside"}).adopted


def test_decision_in_plain_types():
    """A decision can be written as JSON, with responses by their labels."""
    written = decide(CONSENSUS, {"A": SUPPORT, "B": OBJECT}).to_dict()
    assert written == {
        "adopted": False,
        "pending": False,
        "reason": "1 objection where none is allowed.",
        "rule": "Adopted when no member objects; absence is not an objection.",
        "responses": {"A": "support", "B": "object"},
        "counts": {
            "support": 1,
            "stand_aside": 0,
            "no_instructions": 0,
            "opt_out": 0,
            "absent": 0,
            "object_without_reason": 0,
            "object": 1,
        },
        "bound": [],
        "blocking": ["B"],
        "blocking_number": 1,
        "unblocking": ["B"],
        "unblocking_number": 1,
        "unblocking_moves": {"B": "stand_aside"},
        "unblocking_needs": "stand_aside",
        "undoing": [],
        "undoing_number": 0,
        "undoing_moves": {},
        "unproved": [],
    }


# ---------------------------------------------------------------- what is refused


def message(responses: dict, members: tuple[str, ...] | None = None) -> str:
    with pytest.raises(RuleError) as caught:
        decide(CONSENSUS, responses, members)
    return str(caught.value)


def test_unknown_member_is_named_with_the_nearest():
    """A response of nobody in the body names it, shows the members and suggests one."""
    assert message({"ARN": SUPPORT, "BLR": SUPPORT}, ("ARM", "BLR")) == (
        "responses.ARN: 'ARN' has no seat in the body.\n"
        "  found: members ARM, BLR\n"
        "  mend:  Did you mean 'ARM'?"
    )


def test_missing_responses_are_listed():
    """Members without a response are listed; nobody is taken to be absent unasked."""
    assert message({"ARM": SUPPORT}, ("ARM", "BLR", "KAZ")) == (
        "responses: Responses are missing: BLR, KAZ.\n"
        "  found: responses of ARM\n"
        "  mend:  Give each member a response; one that was not there is 'absent'."
    )


def test_unknown_word_is_named_with_the_nearest():
    """A word that is no response names the member and suggests a word."""
    assert message({"ARM": "suport"}) == (
        "responses.ARM: The response of 'ARM' is not a known one.\n"
        "  found: suport\n"
        "  mend:  Did you mean 'support'? Write one of: support, stand aside, no instructions, "
        "opt out, absent, object without reason, object."
    )


@pytest.mark.parametrize("members", [None, ()])
def test_empty_body_is_refused(members: tuple[str, ...] | None):
    """A body without members cannot decide."""
    assert message({}, members).startswith("A body without members cannot decide.")
