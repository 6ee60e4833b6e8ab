"""One decision: what given responses decide, whom it binds, and what explains it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from frozendict import frozendict
from numpy.typing import NDArray

from comity.dossier.charter import Binding, Charter, Procedure
from comity.dossier.paths import nearest
from comity.dossier.response import Response
from comity.dossier.rule import Attendance, Rule, Silence, replaced
from comity.errors import Place, RuleError
from comity.rules.compiled import OBJECTING, Seated, seat
from comity.rules.evaluate import adopts
from comity.rules.seating import Seating
from comity.rules.sentence import NAMELESS, procedure_sentence
from comity.rules.verdict import reason
from comity.rules.witness import NONE, Seats, Smallest, blocking, unblocking, undoing
from comity.rules.words import read_responses


@dataclass(frozen=True)
class Decision:
    """What responses decide under a procedure, at the table of the body.

    Each witness is *a* smallest set of members, not the only one, and empty where its
    question does not arise. Where it arises, an empty set says that members cannot help it:
    ``blocking``, that the draft fails even if all support it; ``unblocking``, that nobody can
    make it adopted by standing aside or supporting; ``undoing``, that no answers undo it.
    """

    adopted: bool
    pending: bool
    """Neither adopted nor refused: a silence period still runs, and nobody has broken it."""
    reason: str
    """Why, in words: every condition that failed, or the one that was met."""
    rule: str
    """The procedure as a sentence."""
    responses: frozendict[str, Response]
    """Member to response, in seat order."""
    counts: frozendict[Response, int]
    """Response to the number of members that gave it; all seven are listed."""
    bound: tuple[str, ...]
    """Members that the decision binds; nobody if it was not adopted."""
    blocking: tuple[str, ...]
    """Not adopted: members whose responses alone suffice for that, even if all others support."""
    blocking_number: int | None
    """How many such sets of that size there are, 0 where the question does not arise; None where
    counting them takes more work than is allowed for it."""
    unblocking: tuple[str, ...]
    """Not adopted: members that would make it adopted if they stood aside or supported."""
    unblocking_number: int | None
    """How many such sets of that size there are, as for ``blocking_number``."""
    unblocking_moves: frozendict[str, Response]
    """Which of these stand aside, and which must support because that is not enough."""
    unblocking_needs: Response | None
    """Not adopted: stand aside if that much from ``unblocking`` is enough, else support."""
    undoing: tuple[str, ...]
    """Adopted: members that would undo it if they answered otherwise."""
    undoing_number: int | None
    """How many such sets of that size there are, as for ``blocking_number``."""
    undoing_moves: frozendict[str, Response]
    """What they answer then: as many as can object, the others leave the room or stand aside."""
    unproved: tuple[str, ...]
    """Witnesses for which a smaller set could not be ruled out within the work allowed."""

    def to_dict(self) -> dict[str, Any]:
        """The decision in plain types, ready for JSON; responses by their labels."""
        needs = self.unblocking_needs
        return {
            "adopted": self.adopted,
            "pending": self.pending,
            "reason": self.reason,
            "rule": self.rule,
            "responses": {member: r.label for member, r in self.responses.items()},
            "counts": {r.label: count for r, count in self.counts.items()},
            "bound": list(self.bound),
            "blocking": list(self.blocking),
            "blocking_number": self.blocking_number,
            "unblocking": list(self.unblocking),
            "unblocking_number": self.unblocking_number,
            "unblocking_moves": {m: r.label for m, r in self.unblocking_moves.items()},
            "unblocking_needs": needs.label if needs is not None else None,
            "undoing": list(self.undoing),
            "undoing_number": self.undoing_number,
            "undoing_moves": {m: r.label for m, r in self.undoing_moves.items()},
            "unproved": list(self.unproved),
        }


def decide(
    procedure: Procedure,
    responses: Mapping[str, Response] | Mapping[str, str],
    members: Collection[str] | None = None,
    *,
    table: Seating | None = None,
    charter: Charter = NAMELESS,
    consent: Decision | None = None,
    elapsed: float | None = None,
) -> Decision:
    """What the responses decide (conventions §6 and §7), with the witnesses.

    ``responses`` holds each member's response, as ``Response`` or in words. If ``members`` are
    given, each must have a response and nobody else may; their order is the seat order. A rule
    that names groups, measures or facts needs the ``table`` instead; ``charter`` gives their
    words. ``consent`` is the decision by which the body agreed to use a procedure that needs
    that, ``elapsed`` the hours for which a silence period has run; none: it is over.
    Raises ``RuleError`` for an empty body, an unknown member, a missing response, an unknown
    word, a name that the table lacks, and a procedure used without asking for the consent it
    needs.
    """
    seats = members if table is None else table.members
    held = read_responses(_seated(responses, seats))
    _ask_consent(procedure, consent)
    at = seat(procedure, Seating(tuple(held)) if table is None else table)
    row = np.array(list(held.values()), dtype=np.int8)
    agreed = consent is None or consent.adopted
    met = bool(adopts(at, row))
    carried = agreed and met
    pending = carried and elapsed is not None and not _settled(procedure, elapsed, at, row)
    adopted = carried and not pending
    open_to_all = not adopted and not pending and agreed
    counts = frozendict({r: int(np.count_nonzero(row == r)) for r in reversed(Response)})
    blocks = blocking(at, row) if open_to_all else NONE
    unblocks = unblocking(at, row) if open_to_all else NONE
    undoes = undoing(at, row) if adopted or pending else NONE
    witnesses = {"blocking": blocks, "unblocking": unblocks, "undoing": undoes}

    def named(seats: Seats) -> tuple[str, ...]:
        names = tuple(held)
        return tuple(names[seat] for seat in sorted(seats))

    def moves(found: Smallest) -> frozendict[str, Response]:
        names = tuple(held)
        return frozendict({names[seat]: found.moves[seat] for seat in sorted(found.moves)})

    return Decision(
        adopted=adopted,
        pending=pending,
        reason=_reason(at, held, charter, consent, carried=met, pending=pending),
        rule=procedure_sentence(procedure, charter),
        responses=frozendict(held),
        counts=counts,
        bound=_bound(procedure.binds, held) if adopted else (),
        blocking=named(blocks.one),
        blocking_number=blocks.number,
        unblocking=named(unblocks.one),
        unblocking_number=unblocks.number,
        unblocking_moves=moves(unblocks),
        unblocking_needs=max(unblocks.moves.values(), default=None),
        undoing=named(undoes.one),
        undoing_number=undoes.number,
        undoing_moves=moves(undoes),
        unproved=tuple(name for name, found in witnesses.items() if not found.proved),
    )


def _ask_consent(procedure: Procedure, consent: Decision | None) -> None:
    if procedure.consent is not None and consent is None:
        raise RuleError(
            "This procedure may be used only if the body has agreed to it.",
            place=Place(field="consent"),
            found="no decision on its use",
            mend=f"Put its use to the body first, under the procedure '{procedure.consent}'.",
        )


NEVER = Attendance(more_than=Fraction(1))


def _settled(procedure: Procedure, elapsed: float, at: Seated, row: NDArray[np.int8]) -> bool:
    """Whether the draft is adopted whatever becomes of silences that still run."""
    return bool(adopts(seat(_without_running(procedure, elapsed), at.seating), row))


def _without_running(procedure: Procedure, elapsed: float) -> Procedure:
    """The procedure as it stands before silences that still run have said anything."""

    def turned(part: Rule) -> Rule:
        running = isinstance(part, Silence) and part.hours is not None and elapsed < part.hours
        return NEVER if running else part

    return procedure.model_copy(update={"rule": replaced(procedure.rule, turned)})


def _reason(
    at: Seated,
    held: Mapping[str, Response],
    charter: Charter,
    consent: Decision | None,
    *,
    carried: bool,
    pending: bool,
) -> str:
    if consent is not None and not consent.adopted:
        return f"The body did not agree to use this procedure: {consent.reason}"
    said = reason(at.procedure, at.seating, held, charter, carried=carried)
    return f"{said} The silence period still runs." if pending else said


def _bound(binds: Binding, held: Mapping[str, Response]) -> tuple[str, ...]:
    if binds is Binding.ALL:
        return tuple(held)
    if binds is Binding.NOT_OBJECTING:
        return tuple(member for member, r in held.items() if r not in OBJECTING)
    if binds is Binding.NOT_OPTING_OUT:
        return tuple(member for member, r in held.items() if r is not Response.OPT_OUT)
    if binds is Binding.SUPPORTING:
        return tuple(member for member, r in held.items() if r is Response.SUPPORT)
    return ()


def _seated(
    responses: Mapping[str, Response] | Mapping[str, str], members: Collection[str] | None
) -> dict[str, Response | str]:
    """Responses in seat order, checked against the members."""
    seats = tuple(responses) if members is None else tuple(members)
    if not seats:
        raise RuleError(
            "A body without members cannot decide.", mend="Give a response for each member."
        )
    for actor in responses:
        if actor not in seats:
            near = nearest(str(actor), seats)
            raise RuleError(
                f"'{actor}' has no seat in the body.",
                place=Place(field=f"responses.{actor}"),
                found=f"members {', '.join(seats)}",
                mend=f"Did you mean '{near}'?" if near else "Seat it, or remove its response.",
            )
    missing = [member for member in seats if member not in responses]
    if missing:
        raise RuleError(
            f"Responses are missing: {', '.join(missing)}.",
            place=Place(field="responses"),
            found=f"responses of {', '.join(responses)}" if responses else "no response",
            mend="Give each member a response; one that was not there is 'absent'.",
        )
    return {member: responses[member] for member in seats}
