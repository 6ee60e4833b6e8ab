"""Who sits at the table, what each seat weighs, and which facts the rule may turn on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache

from frozendict import frozendict

from comity.dossier.charter import Charter
from comity.dossier.model import Dossier
from comity.dossier.paths import listed, nearest
from comity.dossier.rule import Group, Measure
from comity.errors import Place, RuleError


@dataclass(frozen=True)
class Seating:
    """The members in seat order, with what a charter says of them for one decision.

    ``groups`` holds ids of members, ``measures`` each member's exact weight, ``facts`` what is
    known to hold or not. Names that a rule uses are looked up here; what a group or measure says
    of actors without a seat is left aside.
    """

    members: tuple[str, ...]
    groups: frozendict[str, frozenset[str]] = field(default_factory=frozendict)
    measures: frozendict[str, frozendict[str, Fraction]] = field(default_factory=frozendict)
    facts: frozendict[str, bool] = field(default_factory=frozendict)

    def group(self, named: Group) -> frozenset[str]:
        """Members that belong to a group. Raises ``RuleError`` if there is none of that name."""
        if not isinstance(named, str):
            for member in named:
                if member not in self.members:
                    raise _unknown("member", member, self.members, "seats")
            return frozenset(named)
        if named not in self.groups:
            raise _unknown("group", named, self.groups, "groups")
        return self.groups[named] & frozenset(self.members)

    def weights(self, measure: Measure | None) -> tuple[Fraction, ...]:
        """Each seat's weight; one each without a measure.

        Raises ``RuleError`` for an unknown measure and for a seat that it does not weigh.
        """
        if measure is None:
            return (Fraction(1),) * len(self.members)
        if isinstance(measure, str):
            if measure not in self.measures:
                raise _unknown("measure", measure, self.measures, "measures")
            held: Mapping[str, Fraction] = self.measures[measure]
        else:
            held = measure
        missing = [member for member in self.members if member not in held]
        if missing:
            name = f"'{measure}'" if isinstance(measure, str) else "the rule"
            raise RuleError(
                f"Members without a weight: {listed(missing)}.",
                place=Place(field="weights"),
                found=f"{name} weighs {listed(held) or 'nobody'}",
                mend="Give each member with a seat its weight, 0 if it has no vote.",
            )
        return tuple(held[member] for member in self.members)

    def holds(self, fact: str) -> bool:
        """Whether a fact holds. Raises ``RuleError`` if nobody said."""
        if fact not in self.facts:
            raise RuleError(
                f"The rule turns on '{fact}', and nothing says whether it holds.",
                place=Place(field=f"facts.{fact}"),
                mend=f"Say {fact}=yes or {fact}=no.",
            )
        return self.facts[fact]

    def joined(self, name: str, weights: Mapping[str, Fraction] = frozendict()) -> Seating:
        """The same table with one more member, weighed by the measures that are given.

        Raises ``RuleError`` for somebody who has a seat, and for a measure there is not.
        """
        if name in self.members or not name:
            raise RuleError(
                f"'{name}' has a seat already." if name else "One that joins needs a name.",
                found=f"seats {listed(self.members)}",
                mend="Name somebody else.",
            )
        for measure in weights:
            if measure not in self.measures:
                raise _unknown("measure", measure, self.measures, "measures")
        measures = frozendict(
            (of, held | ({name: weights[of]} if of in weights else {}))
            for of, held in self.measures.items()
        )
        return Seating((*self.members, name), self.groups, measures, self.facts)

    def without(self, gone: Collection[str]) -> Seating:
        """The same table when some members have left. Raises ``RuleError`` for an unknown one."""
        for member in gone:
            if member not in self.members:
                raise _unknown("member", member, self.members, "seats")
        return Seating(
            tuple(member for member in self.members if member not in gone),
            self.groups,
            self.measures,
            self.facts,
        )


@cache
def equals(count: int) -> Seating:
    """A table of so many members without names."""
    return Seating(tuple(f"member {seat}" for seat in range(1, count + 1)))


def seating(
    charter: Charter,
    members: Iterable[str] | None = None,
    day: date | None = None,
    *,
    groups: Mapping[str, Collection[str]] = frozendict(),
    facts: Mapping[str, bool] = frozendict(),
) -> Seating:
    """The table under a charter: its members on a day, or those given.

    ``groups`` names members of groups that are named afresh for each decision, ``facts`` says
    what holds. Raises ``RuleError`` for names the charter does not know and for a group member
    without a seat.
    """
    when = day or charter.as_of
    seats = tuple(members) if members is not None else charter.members_on(when)
    for name, named in groups.items():
        if name not in charter.groups:
            raise _unknown("group", name, charter.groups, f"the charter of {charter.name}")
        for member in named:
            if member not in seats:
                raise _unknown("member", member, seats, "seats")
    for name in facts:
        if name not in charter.facts:
            raise _unknown("fact", name, charter.facts, f"the charter of {charter.name}")
    return Seating(
        seats,
        frozendict(
            {name: frozenset(group.members or ()) for name, group in charter.groups.items()}
            | {name: frozenset(named) for name, named in groups.items()}
        ),
        frozendict(
            {name: frozendict(measure.on(when)) for name, measure in charter.measures.items()}
        ),
        charter.presumed | dict(facts),
    )


def at_table(dossier: Dossier, item: str) -> Seating:
    """The table at which an item of a dossier is decided, as of the dossier's day."""
    entry = dossier.agenda[item]
    return seating(
        dossier.charter(entry.body),
        dossier.members(item),
        dossier.as_of,
        groups=entry.groups,
        facts=entry.facts,
    )


def _unknown(kind: str, name: object, known: Iterable[str], where: str) -> RuleError:
    like = nearest(str(name), known)
    names = listed(known)
    return RuleError(
        f"There is no {kind} '{name}'.",
        found=f"{where} {names}" if names else f"{where}: none",
        mend=f"Did you mean '{like}'?" if like else f"Name one of these, or add '{name}'.",
    )
