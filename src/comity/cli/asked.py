"""What is to be decided, by whom and how: an item of a dossier, or a charter's procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli.named import choose
from comity.errors import ComityError, DossierError, Place

if TYPE_CHECKING:
    from comity.cli.given import Said
    from comity.dossier import Dossier, Item
    from comity.dossier.charter import Charter, Clause, Procedure, Term
    from comity.rules import Decision, Seating

USUAL = "substantive"
"""The procedure that is meant where none is named, as for an agenda item."""

CHECKED = {
    "text": "checked against the text",
    "translation": "read in a translation alone",
    "quoted": "read as quoted or retold, not in the text itself",
    "memory": "written from memory, not checked",
    "assumed": "assumed",
}
"""How sure the reading of a clause is, in words."""


@dataclass(frozen=True)
class Asked:
    """A question put to members under a procedure."""

    charter: Charter
    procedure_id: str | None
    """None: a rule of the user's own."""
    procedure: Procedure
    members: tuple[str, ...] | None
    """Those with a seat; None: whoever responds."""
    item: str | None = None
    question: str = ""
    body: str | None = None
    day: date | None = None
    facts: Mapping[str, bool] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    left_aside: tuple[str, ...] = ()
    """What the answer leaves aside, in words."""

    @property
    def clause(self) -> Clause | None:
        clause = self.procedure.clause
        return None if clause is None else self.charter.clauses[clause]

    def table(self, responding: Iterable[str]) -> Seating:
        """The table of the members, or of whoever responds.

        Raises ``ComityError`` where the rule turns on a fact of which nothing is said, and as
        ``seating`` does.
        """
        from comity.rules import seating

        members = tuple(responding) if self.members is None else self.members
        self.refuse_out_of_time()
        table = seating(self.charter, members, self.day, groups=self.groups, facts=self.facts)
        self._refuse_unsaid(table)
        return table

    def _refuse_unsaid(self, table: Seating) -> None:
        from comity.dossier.rule import facts_needed

        for name in facts_needed(self.procedure.rule, table.facts):
            fact = self.charter.facts[name]
            judge = f" ({fact.judged_by} judges it)" if fact.judged_by else ""
            raise ComityError(
                f"the rule turns on whether {fact.says} ('{name}'), and nothing says so",
                mend=f"Say --fact {name}=yes or --fact {name}=no{judge}.",
            )

    def refuse_out_of_time(self) -> None:
        """Refuse a procedure that did not hold on the day; the one that did is named."""
        day, time = self.day or self.charter.as_of, self.procedure.time
        if day is None or time.covers(day):
            return
        from comity.cli.heading import day as written

        name = self.procedure_id or ""
        instead = self.charter.held_instead(name, day) if name else None
        raise ComityError(
            f"the procedure '{name}' of {self.charter.name} did not hold on {written(day)}",
            found=f"it holds {time_words(time)}",
            mend=f"Use '{instead}', which held then, or say another day with --on."
            if instead
            else "Use another procedure, or say another day with --on.",
        )

    def refuse_unseated(self, responding: Iterable[str]) -> None:
        """Refuse the answer of one that has a seat in the body, but not on the day."""
        for name in responding:
            if self.members is not None and name not in self.members:
                _refuse_without_seat(self.charter, name, self.day or self.charter.as_of)

    def agreed(self, answers: Mapping[str, str] | None, table: Seating) -> Decision | None:
        """What the body decided when asked to use a procedure that needs its consent."""
        from comity.rules import decide

        name = self.procedure.consent
        if answers is None or name is None:
            return None
        first = self.charter.procedures[name]
        if first.consent is not None:
            raise ComityError(
                f"the procedure '{name}' needs consent in its turn",
                found=f"the procedure '{first.consent}'",
                mend=f"Decide with --procedure {name} whether the body agrees, and go on from it.",
            )
        replace(self, procedure=first)._refuse_unsaid(table)
        return decide(first, answers, table=table, charter=self.charter)

    def notes(self, table: Seating, *, elsewhere: bool = True) -> list[str]:
        """What the answer leaves aside, takes for given, or rests on."""
        told = [*self._presumed(), *self._unnamed(), *self._weighed(), *self._doubted()]
        told += (
            [*another_time(self.charter, self.day), *self._elsewhere(table)] if elsewhere else ()
        )
        return [*self.left_aside, *told]

    def _presumed(self) -> Iterator[str]:
        from comity.dossier.rule import every_part, fact_named

        named = dict.fromkeys(fact_named(part) for part in every_part(self.procedure.rule))
        for name in filter(None, named):
            fact = self.charter.facts[name]
            if name not in self.facts and fact.presumed is not None:
                how, other = ("", "no") if fact.presumed else ("not to be so ", "yes")
                yield f"It is presumed {how}that {fact.says}; if not, say --fact {name}={other}."

    def _unnamed(self) -> Iterator[str]:
        """Groups that nobody belongs to because nobody was named."""
        for name in self.groups_used():
            group = self.charter.groups[name]
            if group.members is None and name not in self.groups:
                yield (
                    f"Nobody is said to belong to the group '{name}' ({group.says}); "
                    f"--group {name}=A,B says who they are."
                )

    def groups_used(self) -> list[str]:
        """Groups of the charter that the rule names."""
        from comity.dossier.rule import every_part, groups_named

        parts = every_part(self.procedure.rule)
        return sorted({name for part in parts for name in groups_named(part)})

    def _weighed(self) -> Iterator[str]:
        """Of what year the weights are, and how sure they are."""
        from comity.dossier.rule import every_part, measure_named

        named = dict.fromkeys(measure_named(part) for part in every_part(self.procedure.rule))
        for name in filter(None, named):
            measure = self.charter.measures[name]
            sure = ""
            if measure.clause is not None:
                sure = f" ({CHECKED[self.charter.clauses[measure.clause].verified]})"
            if measure.years or sure:
                day = self.day or self.charter.as_of
                year = f", as of {year_of(measure.years, day)}" if measure.years else ""
                yield f"Members count by {measure.says}{year}{sure}."

    def _doubted(self) -> Iterator[str]:
        """A clause that the rule rests on besides, where it is less sure than the one named."""
        weakest = self.charter.weakest(self.procedure)
        weighing = {measure.clause for measure in self.charter.measures.values()}
        if weakest is not None and weakest not in {self.procedure.clause, *weighing}:
            clause = self.charter.clauses[weakest]
            yield f"It also rests on this, {CHECKED[clause.verified]}: {clause.says.strip()}"

    def _elsewhere(self, table: Seating) -> Iterator[str]:
        """Where the seats are not those of the charter."""
        from comity.dossier.paths import listed

        own = self.charter.members_on(self.day) if self.body is None else table.members
        missing = [member for member in own if member not in table.members]
        extra = [member for member in table.members if own and member not in own]
        told = [f"{listed(missing)} without a seat here"] if missing else []
        told += [f"{listed(extra)} without one there"] if extra else []
        if told:
            yield f"This is not the table of {self.charter.name}: {'; '.join(told)}."


def another_time(charter: Charter, day: date | None) -> Iterator[str]:
    """That the charter is not described for the day asked about."""
    from comity.cli.heading import day as written

    if day is None or (charter.time.covers(day) and not _after(charter, day)):
        return
    if charter.time.covers(day):
        yield (
            f"{charter.name} is described as of {written(charter.as_of or day)}; what may have "
            f"changed until {written(day)} is not in it."
        )
        return
    limits = "" if charter.limits is None else f" {charter.clauses[charter.limits].says.strip()}"
    yield (
        f"{charter.name} is described {time_words(charter.time)} alone; on {written(day)} its "
        f"seats and rules may have been others.{limits}"
    )


def _after(charter: Charter, day: date) -> bool:
    return charter.as_of is not None and charter.until is None and day > charter.as_of


def time_words(time: Term) -> str:
    """``from 1 July 2013 to 31 January 2020``; one end alone with ``from`` or ``until``."""
    from comity.cli.heading import day as written

    if time.since is not None and time.until is not None:
        return f"from {written(time.since)} to {written(time.until)}"
    if time.since is not None:
        return f"from {written(time.since)}"
    return "throughout" if time.until is None else f"until {written(time.until)}"


def source_words(clause: Clause) -> str:
    """Where a clause stands, how sure its reading is, and whether it is mere practice."""
    force = ", practice rather than law" if clause.force == "practice" else ""
    return f"{clause.source} ({CHECKED[clause.verified]}{force})"


def year_of(years: Iterable[int], day: date | None) -> int:
    """The year whose weights hold on a day: the latest begun, or the first of all."""
    known = list(years)
    return max((y for y in known if day is None or y <= day.year), default=min(known))


def in_dossier(
    path: Path,
    item: str | None,
    procedure: str | None,
    rule: str | None,
    said: Said,
) -> Asked:
    """An agenda item's question; ``procedure`` or ``rule`` stands in for the item's own."""
    from comity.dossier.load import load

    dossier = load(path)
    item = _item(dossier, str(path), item)
    entry, charter = dossier.agenda[item], dossier.charter(dossier.agenda[item].body)
    name, chosen = _chosen(charter, procedure or entry.procedure, rule)
    asked = Asked(
        charter=charter,
        procedure_id=name,
        procedure=chosen,
        members=dossier.members(item),
        item=item,
        question=entry.question,
        body=entry.body,
        day=dossier.as_of,
        facts={**entry.facts, **said.facts},
        groups={**entry.groups, **said.groups},
        left_aside=tuple(_left_aside(item, entry)),
    )
    asked.refuse_out_of_time()
    return asked


def in_charter(
    charter: Charter,
    procedure: str | None,
    rule: str | None,
    said: Said,
) -> Asked:
    """A question under a charter, put to its members on a day or to those given."""
    name, chosen = _chosen(charter, procedure or usual(charter), rule)
    for member in said.members or ():
        _refuse_without_seat(charter, member, said.day)
    asked = Asked(
        charter=charter,
        procedure_id=name,
        procedure=chosen,
        members=tuple(said.members or charter.members_on(said.day)) or None,
        day=said.day,
        facts=said.facts,
        groups=said.groups,
    )
    asked.refuse_out_of_time()
    return asked


def _chosen(charter: Charter, procedure: str, rule: str | None) -> tuple[str | None, Procedure]:
    from comity.cli.given import own_rule

    if rule is not None:
        return None, own_rule(rule, charter)
    return procedure, _procedure(charter, procedure)


def _item(dossier: Dossier, file: str, item: str | None) -> str:
    if item is None and len(dossier.agenda) == 1:
        return next(iter(dossier.agenda))
    if item is None or item not in dossier.agenda:
        raise DossierError(
            "say which item is decided" if item is None else "the agenda has no such item",
            place=Place(file=file, field="agenda"),
            found=item,
            mend=choose("--item", item, dossier.agenda),
        )
    return item


def usual(charter: Charter) -> str:
    """The procedure that is meant where none is named."""
    if USUAL not in charter.procedures and len(charter.procedures) == 1:
        return next(iter(charter.procedures))
    return USUAL


def _procedure(charter: Charter, chosen: str) -> Procedure:
    if chosen not in charter.procedures:
        raise ComityError(
            f"the charter '{charter.name}' has no such procedure",
            found=chosen,
            mend=choose("--procedure", chosen, charter.procedures),
        )
    return charter.procedures[chosen]


def _refuse_without_seat(charter: Charter, member: str, day: date | None) -> None:
    from comity.cli.heading import day as written

    terms = charter.terms.get(member, ())
    if day is not None and terms and not any(term.covers(day) for term in terms):
        raise ComityError(
            f"'{member}' has no seat on {written(day)}",
            found=f"its seat is held {seat_held(terms)}",
            mend="Leave it out, or say another day with --on.",
        )


def seat_held(terms: Iterable[Term]) -> str:
    """``from 2013-07-01``, ``until 2020-01-31``; several times with ``and``."""
    return " and ".join(map(str, terms))


def _left_aside(item: str, entry: Item) -> Iterable[str]:
    if entry.competence is not None:
        yield (
            f"Whether {item} lies within the competence of the body is settled first; while "
            f"undecided it counts as {entry.competence.presumption}. This answer takes it as "
            "settled that the body may decide."
        )
    if entry.requires:
        yield f"{item} can be adopted only after {', '.join(entry.requires)}."
