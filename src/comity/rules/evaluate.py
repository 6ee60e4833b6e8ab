"""Whether responses adopt a draft, for one meeting or for a batch of draws alike.

Responses are integer arrays ``[..., member]`` of ``Response`` codes; answers are
``bool[...]``. A procedure alone is put to a table of equal members; one that counts by weights,
groups or facts is put to its table first (``seat``).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.dossier.rule import Consensus, Rule, Silence
from comity.errors import RuleError
from comity.rules.compiled import Seated, seat
from comity.rules.seating import equals

Responses: TypeAlias = NDArray[np.integer[Any]]
"""Codes of ``Response``; the last axis runs over the members of the body, in seat order."""

Outcomes: TypeAlias = NDArray[np.bool_]
"""True where adopted; the shape of the responses without their last axis."""


def passes(rule: Rule | Seated, responses: Responses) -> Outcomes:
    """Whether the responses satisfy the rule, leaving attendance aside (conventions §7).

    Raises ``RuleError`` for an empty body and for anything that is not a code of ``Response``.
    """
    given = checked(responses)
    procedure = rule if isinstance(rule, Seated) else Procedure(rule=rule)
    return seated(procedure, given.shape[-1]).rule.holds(given)


def adopts(procedure: Procedure | Seated, responses: Responses) -> Outcomes:
    """Whether the responses adopt the draft: the rule is satisfied and there is a quorum.

    Raises ``RuleError`` as ``passes`` does.
    """
    given = checked(responses)
    return seated(procedure, given.shape[-1]).whole.holds(given)


def quorate(procedure: Procedure | Seated, responses: Responses) -> Outcomes:
    """Whether enough members are present to decide (conventions §7)."""
    given = checked(responses)
    return seated(procedure, given.shape[-1]).quorum.holds(given)


def seated(procedure: Procedure | Seated, members: int) -> Seated:
    """The procedure at its table; if it has none, at a table of so many equals.

    Raises ``RuleError`` if it has one with another number of seats.
    """
    if isinstance(procedure, Procedure):
        return seat(procedure, equals(members))
    if len(procedure.members) != members:
        raise RuleError(
            f"The table has {len(procedure.members)} seats.",
            found=f"responses of {members} members",
            mend="Give one response for each seat along the last axis.",
        )
    return procedure


def excused_objections(procedure: Procedure | Seated) -> int | None:
    """How many objections of any members pass, where objections alone count; else None.

    Then nothing but objections can block, other than for want of a quorum.
    """
    rule = procedure.procedure.rule if isinstance(procedure, Seated) else procedure.rule
    if isinstance(rule, Consensus | Silence) and rule.among is None:
        return rule.minus if isinstance(rule, Consensus) else 0
    return None


def checked(responses: Responses) -> Responses:
    """The responses, if they are codes of at least one member. Raises ``RuleError`` if not."""
    given = np.asarray(responses)
    if given.ndim == 0 or given.shape[-1] == 0:
        raise RuleError(
            "A body without members cannot decide.",
            found=f"responses of shape {given.shape}",
            mend="Give one response for each member along the last axis.",
        )
    if not np.issubdtype(given.dtype, np.integer):
        raise RuleError(
            "Responses are codes of Response, which are integers.",
            found=f"an array of {given.dtype}",
            mend="Use Response.SUPPORT and its like, or read words with read_responses.",
        )
    if given.size and (given.min() < min(Response) or given.max() > max(Response)):
        raise RuleError(
            "A response is not one of the known codes.",
            found=f"codes from {given.min()} to {given.max()}",
            mend=f"Codes run from {min(Response)} to {max(Response)}: "
            + ", ".join(f"{r.value} {r.label}" for r in Response)
            + ".",
        )
    return given
