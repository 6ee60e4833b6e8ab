"""Rules of the whole language, drawn at random, and what they mean, member by member."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from frozendict import frozendict
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import (
    AllOf,
    AnyOf,
    Attendance,
    Consensus,
    Depends,
    Excluding,
    Fact,
    InTurn,
    Limit,
    QualifiedMajority,
    Quota,
    Reasoned,
    Rule,
    Silence,
    SimpleMajority,
    Veto,
    every_part,
    parts,
)
from comity.rules import Seating
from rules.definitions import shares

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response

# ---------------------------------------------------------------- what rules mean


@dataclass(frozen=True)
class Meeting:
    """Who counts here, and what each of them is taken to have answered."""

    table: Seating
    answers: frozendict[str, Response]

    def of(self, group: str | tuple[str, ...] | None) -> "Meeting":
        """The same with the members of a group alone."""
        if group is None:
            return self
        chosen = self.table.groups[group] if isinstance(group, str) else group
        return Meeting(
            self.table, frozendict({m: r for m, r in self.answers.items() if m in chosen})
        )

    def turning(self, turn: Callable[[str, Response], Response]) -> "Meeting":
        return Meeting(self.table, frozendict({m: turn(m, r) for m, r in self.answers.items()}))

    def votes(self, measure: str | None, answering: Iterable[Response]) -> Fraction:
        """What those that answer so weigh together."""
        wanted = set(answering)
        held = self.table.measures[measure] if measure is not None else None
        return sum(
            (
                Fraction(held[m] if held is not None else 1)
                for m, r in self.answers.items()
                if r in wanted
            ),
            Fraction(0),
        )


IN_BASE = {
    Base.MEMBERS: tuple(Response),
    Base.PRESENT: (OBJECT, UNREASONED, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT),
    Base.VOTING: (OBJECT, UNREASONED, SUPPORT),
}

WORSE = {
    "object": (OBJECT, UNREASONED),
    "opt_out": (OBJECT, UNREASONED, OPT_OUT),
    "not_in_favour": tuple(r for r in Response if r is not SUPPORT),
}


def satisfied(rule: Rule, here: Meeting, bound: frozenset[str] = frozenset()) -> bool:
    """Whether the rule is, from the words of each kind; ``bound`` can but stand aside."""
    match rule:
        case AllOf():
            return all(satisfied(part, here, bound) for part in rule.rules)
        case AnyOf() | InTurn():
            return any(satisfied(part, here, bound) for part in rule.rules)
        case Depends():
            chosen = rule.then if here.table.facts[rule.on] else rule.otherwise
            return satisfied(chosen, here, bound)
        case Fact():
            return here.table.facts[rule.fact] is rule.holds
        case Reasoned():
            heard = here.turning(lambda m, r: STAND_ASIDE if r is UNREASONED else r)
            return satisfied(rule.rule, heard, bound)
        case Excluding():
            out = frozenset(here.of(rule.members).answers)
            if rule.how == "not_counted":
                rest = here.of(tuple(m for m in here.answers if m not in out))
                return satisfied(rule.rule, rest, bound)
            aside = here.turning(lambda m, r: STAND_ASIDE if m in out and r is not ABSENT else r)
            return satisfied(rule.rule, aside, bound | out)
        case Veto():
            holders = here.of(rule.holders).answers.items()
            if rule.abstention == "passes":
                return all(r not in (OBJECT, UNREASONED) for _, r in holders)
            return all(r is SUPPORT for m, r in holders if m not in bound)
        case _:
            return counted(rule, here.of(rule.among))


def counted(rule: Rule, here: Meeting) -> bool:
    """Whether a count among these members is satisfied."""
    match rule:
        case Consensus() | Silence():
            most = rule.minus if isinstance(rule, Consensus) else 0
            return here.votes(None, WORSE["object"]) <= most
        case SimpleMajority():
            base = here.votes(rule.weights, IN_BASE[rule.of])
            return here.votes(rule.weights, [SUPPORT]) > base / 2
        case QualifiedMajority():
            base = here.votes(rule.weights, IN_BASE[rule.of])
            favour = here.votes(rule.weights, [SUPPORT])
            return favour > 0 and favour >= rule.at_least * base
        case Quota():
            return here.votes(rule.weights, [SUPPORT]) >= rule.votes
        case Attendance():
            present = here.votes(rule.weights, IN_BASE[Base.PRESENT])
            every = here.votes(rule.weights, Response)
            if rule.more_than is not None:
                return present > rule.more_than * every
            return present >= rule.at_least * every
        case Limit():
            against = here.votes(rule.weights, WORSE[rule.on])
            base = here.votes(rule.weights, IN_BASE[rule.of])
            if rule.votes is not None:
                return against <= rule.votes
            if rule.at_most is not None:
                return against <= rule.at_most * base
            return against == 0 or against < rule.below * base
    raise AssertionError(rule)


def adopted(procedure: Procedure, table: Seating, row: Sequence[Response]) -> bool:
    """Rule and quorum (conventions §7, §29 to §33)."""
    here = Meeting(table, frozendict(zip(table.members, map(Response, row), strict=True)))
    present = here.votes(None, IN_BASE[Base.PRESENT])
    quorate = present >= max(1, (procedure.quorum or 0) * len(table.members))
    return in_meeting(procedure.rule, here, quorate)


def in_meeting(rule: Rule, here: Meeting, quorate: bool) -> bool:
    """What silence or facts alone can decide needs no quorum; all else does."""
    if all(isinstance(leaf, Silence | Fact) for leaf in every_part(rule) if not parts(leaf)):
        return satisfied(rule, here)
    if isinstance(rule, AnyOf | InTurn):
        return any(in_meeting(part, here, quorate) for part in rule.rules)
    if isinstance(rule, Depends):
        chosen = rule.then if here.table.facts[rule.on] else rule.otherwise
        return in_meeting(chosen, here, quorate)
    return quorate and satisfied(rule, here)


# ---------------------------------------------------------------- rules at random

GROUPS, MEASURES, FACTS = ("permanent", "parties"), ("votes", "people"), ("proposal", "urgent")


def tables(most: int, heaviest: int = 9, least: int = 1) -> st.SearchStrategy[Seating]:
    """Tables of up to ``most`` members with two groups, two measures and two facts."""

    @st.composite
    def draw_table(draw: st.DrawFn) -> Seating:
        members = tuple(f"M{seat}" for seat in range(draw(st.integers(least, most))))
        weight = st.integers(0, heaviest).map(Fraction) | st.fractions(0, 4, max_denominator=4)
        return Seating(
            members,
            frozendict({name: draw(st.frozensets(st.sampled_from(members))) for name in GROUPS}),
            frozendict({n: frozendict({m: draw(weight) for m in members}) for n in MEASURES}),
            frozendict({name: draw(st.booleans()) for name in FACTS}),
        )

    return draw_table()


def counts() -> st.SearchStrategy[Rule]:
    """Every kind of leaf."""
    among = st.none() | st.sampled_from(GROUPS)
    weights = st.none() | st.sampled_from(MEASURES)
    of = st.sampled_from(Base)
    votes = st.integers(0, 12).map(Fraction) | st.fractions(0, 12, max_denominator=4)
    limited = st.one_of(
        st.tuples(st.just("object"), of),
        st.tuples(
            st.sampled_from(("opt_out", "not_in_favour")),
            st.sampled_from((Base.MEMBERS, Base.PRESENT)),
        ),
    )
    bounds = st.sampled_from(("at_most", "below", "votes")).flatmap(
        lambda bound: st.tuples(st.just(bound), votes if bound == "votes" else shares())
    )
    limits = st.builds(
        lambda on_of, bound, among, weights: Limit(
            on=on_of[0], of=on_of[1], among=among, weights=weights, **dict([bound])
        ),
        limited,
        bounds,
        among,
        weights,
    )
    return st.one_of(
        st.builds(Consensus, minus=st.integers(0, 2), among=among),
        st.builds(Silence, among=among),
        st.builds(SimpleMajority, of=of, among=among, weights=weights),
        st.builds(QualifiedMajority, at_least=shares(), of=of, among=among, weights=weights),
        st.builds(Quota, votes=votes, among=among, weights=weights),
        limits,
        st.builds(Attendance, at_least=shares(), among=among, weights=weights),
        st.builds(Attendance, more_than=shares(), among=among, weights=weights),
        st.builds(
            Veto,
            holders=st.sampled_from(GROUPS),
            abstention=st.sampled_from(("passes", "blocks")),
        ),
    )


def any_rule(leaves: int = 6) -> st.SearchStrategy[Rule]:
    """Rules of the whole language, mostly of up to so many leaves."""

    def combined(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(AllOf, rules=several),
            st.builds(AnyOf, rules=several),
            st.builds(InTurn, rules=several),
            st.builds(Depends, on=st.sampled_from(FACTS), then=inner, otherwise=inner),
            st.builds(
                Excluding,
                members=st.sampled_from(GROUPS),
                how=st.sampled_from(("not_counted", "abstaining")),
                rule=inner,
            ),
            st.builds(Reasoned, rule=inner),
        )

    facts = st.builds(Fact, fact=st.sampled_from(FACTS), holds=st.booleans())
    leaf = rules = st.one_of(*[counts()] * 5, facts)
    for _ in range((leaves + 1) // 3):
        rules = leaf | combined(rules)
    return rules


def any_procedure(leaves: int = 6) -> st.SearchStrategy[Procedure]:
    return st.builds(Procedure, rule=any_rule(leaves), quorum=st.none() | shares())


def rows_at(table: Seating) -> st.SearchStrategy[tuple[Response, ...]]:
    """A response for each member of the table."""
    members = len(table.members)
    return st.lists(st.sampled_from(Response), min_size=members, max_size=members).map(tuple)
