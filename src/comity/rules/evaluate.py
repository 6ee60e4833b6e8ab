"""Whether responses adopt a draft, for one meeting or for a batch of draws alike.

Responses are integer arrays ``[..., member]`` of ``Response`` codes; answers are
``bool[...]``. Every threshold is a whole number of members worked out with fractions, so
nothing is ever rounded (conventions §7).
"""

from __future__ import annotations

from math import ceil
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.dossier.charter import (
    Base,
    Consensus,
    Procedure,
    QualifiedMajority,
    Response,
    Rule,
    Silence,
    SimpleMajority,
)
from comity.errors import RuleError

Responses: TypeAlias = NDArray[np.integer[Any]]
"""Codes of ``Response``; the last axis runs over the members of the body, in seat order."""

Outcomes: TypeAlias = NDArray[np.bool_]
"""True where adopted; the shape of the responses without their last axis."""

Majority: TypeAlias = SimpleMajority | QualifiedMajority


def passes(rule: Rule, responses: Responses) -> Outcomes:
    """Whether the responses satisfy the rule, leaving attendance aside (conventions §7).

    Raises ``RuleError`` for an empty body and for anything that is not a code of ``Response``.
    """
    given = _checked(responses)
    if isinstance(rule, Consensus | Silence):
        return np.asarray(_count(given, Response.OBJECT) <= allowed_objections(rule))
    by_base = np.array([needed_in_favour(rule, base) for base in range(given.shape[-1] + 1)])
    return np.asarray(_count(given, Response.SUPPORT) >= by_base[base_size(rule.of, given)])


def adopts(procedure: Procedure, responses: Responses) -> Outcomes:
    """Whether the responses adopt the draft: the rule is satisfied and there is a quorum.

    Raises ``RuleError`` as ``passes`` does.
    """
    return passes(procedure.rule, responses) & quorate(procedure, responses)


def quorate(procedure: Procedure, responses: Responses) -> Outcomes:
    """Whether enough members are present to decide (conventions §7)."""
    given = _checked(responses)
    present = base_size(Base.PRESENT, given)
    return np.asarray(present >= needed_present(procedure, given.shape[-1]))


def allowed_objections(rule: Consensus | Silence) -> int:
    """Objections that do not block: n under consensus minus n, none under silence."""
    return rule.minus if isinstance(rule, Consensus) else 0


def needed_in_favour(rule: Majority, base: int) -> int:
    """Members that must be in favour when ``base`` members are counted; always at least one."""
    if isinstance(rule, SimpleMajority):
        return base // 2 + 1
    return max(1, ceil(rule.at_least * base))


def needed_present(procedure: Procedure, members: int) -> int:
    """Members that must be present: the quorum, and at least one; none under silence."""
    if isinstance(procedure.rule, Silence):
        return 0
    return max(1, ceil((procedure.quorum or 0) * members))


def base_size(base: Base, responses: Responses) -> NDArray[np.intp]:
    """Members of whom the majority is counted, for each row of responses."""
    if base is Base.VOTING:
        return _count(responses, Response.SUPPORT) + _count(responses, Response.OBJECT)
    members = np.full(responses.shape[:-1], responses.shape[-1], dtype=np.intp)
    if base is Base.MEMBERS or not (responses == Response.ABSENT).any():
        return members
    return members - _count(responses, Response.ABSENT)


def _count(responses: Responses, response: Response) -> NDArray[np.intp]:
    # Adding bytes along the member axis is fast where draws lie last in memory.
    is_it = np.asarray(responses == response).view(np.int8)
    return np.asarray(np.add.reduce(is_it, axis=-1, dtype=np.int32)).astype(np.intp)


def _checked(responses: Responses) -> Responses:
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
