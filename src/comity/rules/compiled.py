"""A rule and the table it is put to, as one formula over counts of whole numbers.

Every count of the language is one inequality: each member's answer gives points, and the points
of all must reach a need. A majority of those voting is one too: in favour at least the share p/q
of the base ⟺ Σ (q·[in favour] − p·[in the base])·weight ≥ 0. Weights are scaled to whole numbers,
so nothing is rounded. All-of and any-of combine counts; conditions, exclusions and reasons are
settled here, so the formula holds none of them. It is monotone: with attendance fixed, a more
favourable answer never turns adopted into not adopted.

Draws, live decisions, witnesses and power indices all use this one form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from math import ceil, gcd, lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.dossier.charter import Procedure
from comity.dossier.model import Dossier
from comity.dossier.response import Base, Response
from comity.dossier.rule import (
    AllOf,
    AnyOf,
    Attendance,
    Consensus,
    Depends,
    Excluding,
    Fact,
    Group,
    InTurn,
    Limit,
    Measure,
    QualifiedMajority,
    Quota,
    Reasoned,
    Rule,
    Silence,
    SimpleMajority,
    Veto,
    needs_nobody,
)
from comity.errors import RuleError, UnsupportedError
from comity.rules.seating import Seating, at_table

MOST_POINTS = 2**62
"""Points of all members together stay below this, so that 64-bit sums are exact."""

MOST_DEEP = 50
"""Rules within rules, one inside the other."""

Answers: TypeAlias = frozenset[Response]

FAVOUR: Answers = frozenset({Response.SUPPORT})
OBJECTING: Answers = frozenset({Response.OBJECT, Response.OBJECT_WITHOUT_REASON})
OPTING_OUT: Answers = OBJECTING | {Response.OPT_OUT}
PRESENT: Answers = frozenset(Response) - {Response.ABSENT}
EVERYBODY: Answers = frozenset(Response)
AGAINST = {"object": OBJECTING, "opt_out": OPTING_OUT, "not_in_favour": EVERYBODY - FAVOUR}
IN_BASE = {Base.MEMBERS: EVERYBODY, Base.PRESENT: PRESENT, Base.VOTING: FAVOUR | OBJECTING}


@dataclass(frozen=True, eq=False)
class Count:
    """Satisfied when the points of all members' answers reach the need.

    ``points`` has one row for a seat and one column for a response; ``rule`` is the part of the
    rule it stands for, None for the quorum.
    """

    points: NDArray[np.int64]
    need: int
    rule: Rule | None = None

    @cached_property
    def alike(self) -> bool:
        """Whether all seats count the same."""
        return bool((self.points == self.points[:1]).all())

    @property
    def best(self) -> int:
        """The most points that any answers give."""
        return int(self.points.max(axis=1).sum())

    @property
    def worst(self) -> int:
        """The fewest points that any answers give."""
        return int(self.points.min(axis=1).sum())

    def total(self, responses: NDArray[np.integer]) -> NDArray[np.int64]:
        """Points that responses ``[..., member]`` give together."""
        summed = np.zeros(responses.shape[:-1], dtype=np.int64)
        if self.alike:
            for code in np.flatnonzero(self.points[0]):
                summed += self.points[0, code] * count(responses, code)
            return summed
        for seat in np.flatnonzero(self.points.any(axis=1)):
            summed += self.points[seat][responses[..., seat]]
        return summed

    def holds(self, responses: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Whether the need is reached, ``[..., member]`` to ``[...]``."""
        return np.asarray(self.total(responses) >= self.need)


@dataclass(frozen=True, eq=False)
class All:
    """Satisfied when every part is; without parts, always."""

    parts: tuple[Formula, ...]

    def holds(self, responses: NDArray[np.integer]) -> NDArray[np.bool_]:
        held = np.ones(responses.shape[:-1], dtype=bool)
        for part in self.parts:
            held = held & part.holds(responses)
        return held


@dataclass(frozen=True, eq=False)
class Any:
    """Satisfied when some part is; without parts, never."""

    parts: tuple[Formula, ...]

    def holds(self, responses: NDArray[np.integer]) -> NDArray[np.bool_]:
        held = np.zeros(responses.shape[:-1], dtype=bool)
        for part in self.parts:
            held = held | part.holds(responses)
        return held


Formula: TypeAlias = Count | All | Any

ALWAYS, NEVER = All(()), Any(())


@dataclass(frozen=True, eq=False)
class Seated:
    """A procedure put to a table: its rule as a formula, its quorum as a count."""

    procedure: Procedure
    seating: Seating
    rule: Formula
    quorum: Formula

    @property
    def members(self) -> tuple[str, ...]:
        return self.seating.members

    @cached_property
    def whole(self) -> Formula:
        """Rule and quorum together; what silence or facts alone can decide needs no quorum."""
        everybody = frozenset(range(len(self.members)))
        return _in_meeting(self.procedure.rule, _Counting(self.seating, everybody), self.quorum)

    @cached_property
    def ways_to_pass(self) -> tuple[tuple[Count, ...], ...]:
        """Sets of counts; the draft is adopted when every count of some set is satisfied."""
        return _alternatives(self.whole, All)

    @cached_property
    def ways_to_fail(self) -> tuple[tuple[Count, ...], ...]:
        """Sets of counts; the draft is not adopted when every count of some set is missed."""
        return _alternatives(self.whole, Any)


@lru_cache(maxsize=4096)
def seat(procedure: Procedure, table: Seating) -> Seated:
    """Put a procedure to a table.

    Raises ``RuleError`` for an empty table, for a group, measure, weight or fact that the rule
    names and the table lacks, and for rules nested too deep; ``UnsupportedError`` for weights of
    too many digits.
    """
    if not table.members:
        raise RuleError("A body without members cannot decide.", found="no members")
    everybody = frozenset(range(len(table.members)))
    formula = _formula(procedure.rule, _Counting(table, everybody))
    return Seated(procedure, table, formula, _quorum(procedure, len(table.members)))


def put_to_table(dossier: Dossier, item: str, procedure: Procedure | None = None) -> Seated:
    """The procedure by which an item is decided, or another one, at the table of its body.

    Raises as ``seat`` does.
    """
    return seat(procedure or dossier.procedure(item), at_table(dossier, item))


def both(*parts: Formula) -> Formula:
    """All of these, without needless nesting."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    if any(isinstance(part, Any) and not part.parts for part in flat):
        return NEVER
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def either(*parts: Formula) -> Formula:
    """Any of these, without needless nesting."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Any) else (part,))]
    if any(isinstance(part, All) and not part.parts for part in flat):
        return ALWAYS
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def count(responses: NDArray[np.integer], code: int | np.integer) -> NDArray[np.intp]:
    """How many members gave a response; ``[..., member]`` to ``[...]``."""
    # Adding bytes along the member axis is fast where draws lie last in memory.
    is_it = np.asarray(responses == code).view(np.int8)
    return np.asarray(np.add.reduce(is_it, axis=-1, dtype=np.int32)).astype(np.intp)


def needed_present(procedure: Procedure, members: int) -> int:
    """Members that must be present: the quorum, and at least one; none under silence."""
    if needs_nobody(procedure.rule):
        return 0
    return max(1, ceil((procedure.quorum or 0) * members))


# --- from rules to formulas ---------------------------------------------------


@dataclass(frozen=True)
class _Counting:
    """How answers are read at this place in a rule."""

    table: Seating
    counted: frozenset[int]
    abstaining: frozenset[int] = frozenset()
    reasons: bool = False
    depth: int = 0

    def seats(self, group: Group | None) -> frozenset[int]:
        if group is None:
            return self.counted
        chosen = self.table.group(group)
        return frozenset(s for s in self.counted if self.table.members[s] in chosen)

    def read(self, seat: int, response: Response) -> Response:
        """What an answer counts as."""
        if response is Response.ABSENT:
            return response
        unreasoned = self.reasons and response is Response.OBJECT_WITHOUT_REASON
        return Response.STAND_ASIDE if unreasoned or seat in self.abstaining else response

    def deeper(self) -> _Counting:
        if self.depth >= MOST_DEEP:
            raise RuleError(
                f"Rules are nested more than {MOST_DEEP} deep.",
                mend="Join all-of within all-of, and any-of within any-of.",
            )
        return replace(self, depth=self.depth + 1)


def _formula(rule: Rule, here: _Counting) -> Formula:
    below = here.deeper()
    if isinstance(rule, AllOf):
        return both(*(_formula(part, below) for part in rule.rules))
    if isinstance(rule, AnyOf | InTurn):
        return either(*(_formula(part, below) for part in rule.rules))
    if isinstance(rule, Depends):
        return _formula(rule.then if here.table.holds(rule.on) else rule.otherwise, below)
    if isinstance(rule, Fact):
        return ALWAYS if here.table.holds(rule.fact) is rule.holds else NEVER
    if isinstance(rule, Reasoned):
        return _formula(rule.rule, replace(below, reasons=True))
    if isinstance(rule, Excluding):
        out = here.seats(rule.members)
        if rule.how == "abstaining":
            return _formula(rule.rule, replace(below, abstaining=here.abstaining | out))
        return _formula(rule.rule, replace(below, counted=here.counted - out))
    return _count(rule, here)


def _in_meeting(rule: Rule, here: _Counting, quorum: Formula) -> Formula:
    """The formula of a rule whose parts need a quorum, unless they need nobody present."""
    below = here.deeper()
    if needs_nobody(rule):
        return _formula(rule, here)
    if isinstance(rule, AnyOf | InTurn):
        return either(*(_in_meeting(part, below, quorum) for part in rule.rules))
    if isinstance(rule, Depends):
        chosen = rule.then if here.table.holds(rule.on) else rule.otherwise
        return _in_meeting(chosen, below, quorum)
    return both(_formula(rule, here), quorum)


def _count(rule: Rule, here: _Counting) -> Formula:
    """A leaf of the language; always satisfied or never where nobody is counted."""
    if isinstance(rule, Consensus | Silence):
        minus = rule.minus if isinstance(rule, Consensus) else 0
        return _at_most(rule, here, OBJECTING, Fraction(minus), rule.among, None)
    if isinstance(rule, Veto):
        return _veto(rule, here)
    if isinstance(rule, SimpleMajority):
        return _share(rule, here, FAVOUR, IN_BASE[rule.of], Fraction(1, 2), strictly=True)
    if isinstance(rule, QualifiedMajority):
        share = _share(rule, here, FAVOUR, IN_BASE[rule.of], rule.at_least)
        some = _some(rule, here)
        if rule.of is Base.MEMBERS and rule.at_least > 0 and some.points.any():
            return share
        return both(share, some)  # a share of nobody needs somebody in favour
    if isinstance(rule, Quota):
        return _quota(rule, here)
    if isinstance(rule, Attendance):
        if rule.at_least is not None:
            return _share(rule, here, PRESENT, EVERYBODY, rule.at_least)
        assert rule.more_than is not None
        return _share(rule, here, PRESENT, EVERYBODY, rule.more_than, strictly=True)
    assert isinstance(rule, Limit)
    return _limit(rule, here)


_Shared: TypeAlias = SimpleMajority | QualifiedMajority | Limit | Attendance


def _limit(rule: Limit, here: _Counting) -> Formula:
    against = AGAINST[rule.on]
    if rule.votes is not None:
        return _at_most(rule, here, against, rule.votes, rule.among, rule.weights)
    if rule.at_most is not None:
        return _share(rule, here, against, IN_BASE[rule.of], rule.at_most, over=True)
    assert rule.below is not None
    below = _share(rule, here, against, IN_BASE[rule.of], rule.below, strictly=True, over=True)
    none = _at_most(rule, here, against, Fraction(0), rule.among, rule.weights)
    return either(below, none)


def _veto(rule: Veto, here: _Counting) -> Formula:
    if rule.abstention == "passes":
        return _at_most(rule, here, OBJECTING, Fraction(0), rule.holders, None)
    # Who must stand aside cannot be asked to support.
    holders = here.seats(rule.holders) - here.abstaining
    bound = replace(here, counted=holders)
    return _points(rule, bound, (1,) * len(here.table.members), {FAVOUR: 1}, len(holders))


def _share(
    rule: _Shared,
    here: _Counting,
    answering: Answers,
    base: Answers,
    share: Fraction,
    *,
    strictly: bool = False,
    over: bool = False,
) -> Formula:
    """At least the share of the base answers so (``over``: at most); strictly: more, or less."""
    sign, margin = -1 if over else 1, 1 if strictly else 0
    bound = replace(here, counted=here.seats(rule.among))
    weights = _whole(bound, bound.table.weights(rule.weights))
    if base == EVERYBODY:
        of_all = sign * share * sum(weights)
        need = of_all.__floor__() + 1 if strictly else ceil(of_all)
        return _points(rule, bound, weights, {answering: sign}, need)
    share = _within(share, sum(weights), up=over is strictly)
    scores = {answering: sign * share.denominator, base: -sign * share.numerator}
    return _points(rule, bound, weights, scores, margin)


def _within(share: Fraction, most: int, *, up: bool) -> Fraction:
    """The next share up or down whose denominator is at most so many votes.

    Shares of whole votes cannot tell the two apart, and the points stay small.
    """
    if share.denominator <= most or most < 1:
        return share
    near = share.limit_denominator(most)
    if (near > share) is up:
        return near
    # The neighbour on the other side, in the order of fractions with such denominators.
    apart = pow(near.numerator, -1, near.denominator) if near.denominator > 1 else 0
    below = (-apart if up else apart) % near.denominator
    denominator = below + (most - below) // near.denominator * near.denominator
    numerator = (near.numerator * denominator + (1 if up else -1)) // near.denominator
    return Fraction(numerator, denominator)


def _some(rule: QualifiedMajority, here: _Counting) -> Count:
    bound = replace(here, counted=here.seats(rule.among))
    return _points(rule, bound, _whole(bound, bound.table.weights(rule.weights)), {FAVOUR: 1}, 1)


def _quota(rule: Quota, here: _Counting) -> Formula:
    bound = replace(here, counted=here.seats(rule.among))
    weights = bound.table.weights(rule.weights)
    need = ceil(rule.votes / _unit(bound, weights))
    return _points(rule, bound, _whole(bound, weights), {FAVOUR: 1}, need)


def _at_most(
    rule: Rule,
    here: _Counting,
    answering: Answers,
    votes: Fraction,
    among: Group | None,
    measure: Measure | None,
) -> Formula:
    bound = replace(here, counted=here.seats(among))
    weights = bound.table.weights(measure)
    most = votes // _unit(bound, weights)
    return _points(rule, bound, _whole(bound, weights), {answering: -1}, -most)


def _unit(here: _Counting, weights: tuple[Fraction, ...]) -> Fraction:
    """The largest unit of which every counted weight is a whole multiple."""
    held = [weights[seat] for seat in here.counted if weights[seat]]
    if not held:
        return Fraction(1)
    below = lcm(*(weight.denominator for weight in held))
    return Fraction(gcd(*(int(weight * below) for weight in held)), below)


def _whole(here: _Counting, weights: tuple[Fraction, ...]) -> tuple[int, ...]:
    unit = _unit(here, weights)
    return tuple(
        int(weight / unit) if seat in here.counted else 0 for seat, weight in enumerate(weights)
    )


def _points(
    rule: Rule, here: _Counting, weights: tuple[int, ...], scores: dict[Answers, int], need: int
) -> Count:
    """Points for each seat and answer: its weight times the scores of what the answer is among."""
    table = [
        [
            weights[seat] * sum(s for among, s in scores.items() if here.read(seat, r) in among)
            if seat in here.counted
            else 0
            for r in Response
        ]
        for seat in range(len(here.table.members))
    ]
    if max(abs(need), sum(max(map(abs, row)) for row in table)) >= MOST_POINTS:
        raise UnsupportedError(
            "The weights have too many digits to be counted exactly.",
            found=f"points up to {max(max(map(abs, row)) for row in table)}",
            mend="Give weights of at most 15 digits, in a larger unit.",
        )
    return _settled(table, need, rule)


def _settled(table: list[list[int]], need: int, rule: Rule) -> Count:
    """The count with what most answers give moved into the need, so that few answers count."""
    usual = [max(set(row), key=row.count) for row in table]
    moved = [[held - own for held in row] for row, own in zip(table, usual, strict=True)]
    return Count(np.array(moved, dtype=np.int64), need - sum(usual), rule)


def _quorum(procedure: Procedure, members: int) -> Formula:
    needed = needed_present(procedure, members)
    if needed == 0:
        return ALWAYS
    row = [-int(r not in PRESENT) for r in Response]
    return Count(np.array([row] * members, dtype=np.int64), needed - members)


# --- the formula as a list of alternatives -------------------------------------

MOST_WAYS = 10_000
"""Alternatives into which a formula may be multiplied out."""


def _alternatives(formula: Formula, joint: type[All] | type[Any]) -> tuple[tuple[Count, ...], ...]:
    """Multiplied out: sets of counts of which ``joint`` asks every one."""
    if isinstance(formula, Count):
        return ((formula,),)
    inner = [_alternatives(part, joint) for part in formula.parts]
    if not isinstance(formula, joint):
        return tuple(way for ways in inner for way in ways)
    size = 1
    for ways in inner:
        size *= len(ways)
    if size > MOST_WAYS:
        raise UnsupportedError(
            f"The rule multiplies out to more than {MOST_WAYS} alternatives.",
            found=size,
            mend="Use fewer rules inside one another.",
        )
    return tuple(
        tuple(dict.fromkeys(one for way in chosen for one in way)) for chosen in product(*inner)
    )
