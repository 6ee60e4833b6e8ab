"""Every name in a dossier stands for something in it: nothing dangles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from comity.dossier.absent import absent, twice
from comity.dossier.body import Body
from comity.dossier.charter import Charter, Procedure, Term
from comity.dossier.fit import misfits
from comity.dossier.item import Item
from comity.dossier.model import Coding, Dossier
from comity.dossier.paths import MisfitError, Path, listed, nearest
from comity.dossier.position import Position
from comity.dossier.references_talks import dangling_in_talks
from comity.dossier.rule import (
    Rule,
    every_part,
    fact_named,
    facts_needed,
    groups_named,
    measure_named,
    written_parts,
)
from comity.errors import DossierError


def refuse_dangling(dossier: Dossier) -> None:
    """Refuse a dossier that refers to anything missing, or to a thing of the wrong kind.

    Raises ``MisfitError``, a ``DossierError``, for the first such place; ``others`` holds the rest.
    An actor without a seat and a requirement cycle are not refused here: checks find those.
    """
    problems = [*dangling(dossier), *misfits(dossier)]
    if problems:
        problems[0].others = tuple(problems[1:])
        raise problems[0]


def dangling(dossier: Dossier) -> Iterator[MisfitError]:
    """Every reference that leads nowhere, section by section."""
    yield from _statements(dossier)
    for name, body in dossier.bodies.items():
        yield from _body(dossier, body, ("bodies", name))
    for name, item in dossier.agenda.items():
        yield from _item(dossier, item, ("agenda", name))
    for item_id, held in dossier.positions.items():
        yield from _positions(dossier, item_id, held, ("positions",))
    for name, coding in dossier.codings.items():
        yield from _coding(dossier, coding, ("codings", name))
    for name in dossier.talks:
        yield from dangling_in_talks(dossier, name)


def dangling_in_charter(charter: Charter, path: Path) -> Iterator[MisfitError]:
    """Clauses, groups, measures, facts and members that a charter refers to and does not hold."""
    named: list[tuple[Path, str | None]] = [
        ((*path, section, name, "clause"), entry.clause)
        for section in ("groups", "measures", "facts", "procedures")
        for name, entry in getattr(charter, section).items()
    ]
    pointers = ("rotation", "chair", "competence", "limits")
    named += [((*path, field), getattr(charter, field)) for field in pointers]
    named += [
        ((*path, "procedures", name, "rests_on", index), clause)
        for name, procedure in charter.procedures.items()
        for index, clause in enumerate(procedure.rests_on)
    ]
    for place, clause in named:
        yield from absent("clause", clause, charter.clauses, place, "the charter's `clauses`")
    for name, procedure in charter.procedures.items():
        held = (*path, "procedures", name)
        yield from _rule(charter, procedure.rule, (*held, "rule"))
        yield from _consent(charter, name, procedure, (*held, "consent"))
        known, section = charter.procedures, "the charter's `procedures`"
        yield from absent("procedure", procedure.replaces, known, (*held, "replaces"), section)
    yield from twice(charter.members, (*path, "members"), "a member has one seat")
    for member in charter.terms:
        yield from _seated(charter, member, (*path, "terms", member))
        yield from _terms(charter.terms[member], (*path, "terms", member))
    for name, group in charter.groups.items():
        held = (*path, "groups", name, "members")
        for index, member in enumerate(group.members or ()):
            yield from _seated(charter, member, (*held, index))
        yield from twice(group.members or (), held, "a member belongs to a group once")


def _terms(terms: Iterable[Term], path: Path) -> Iterator[MisfitError]:
    """Terms that end before they begin, and terms of one seat that overlap."""
    ends = None
    for term in sorted(terms, key=lambda term: term.since or date.min):
        since, until = term.since or date.min, term.until or date.max
        if until < since:
            yield MisfitError(
                path,
                "this term ends before it begins",
                found=f"since {since}, until {until}",
                mend="Exchange the two days, or mend the one that is wrong.",
            )
        elif ends is not None and since <= ends:
            yield MisfitError(
                path,
                "two terms of one seat overlap",
                found=f"one until {ends if ends < date.max else 'this day'}, one since "
                f"{since if since > date.min else 'the beginning'}",
                mend="End the first before the second begins, or make them one.",
            )
        ends = until if ends is None else max(ends, until)


def _rule(charter: Charter, rule: Rule, path: Path) -> Iterator[MisfitError]:
    """Names in a rule, part by part."""
    for name in sorted(groups_named(rule)):
        yield from absent("group", name, charter.groups, path, "the charter's `groups`")
    measures, facts = measure_named(rule), fact_named(rule)
    yield from absent("measure", measures, charter.measures, path, "the charter's `measures`")
    yield from absent("fact", facts, charter.facts, path, "the charter's `facts`")
    yield from _listed(rule, path)
    for step, part in written_parts(rule):
        yield from _rule(charter, part, (*path, *step))


def _listed(rule: Rule, path: Path) -> Iterator[MisfitError]:
    """Members that a rule lists itself: at least one, and each once."""
    for field in ("among", "holders", "members"):
        named = getattr(rule, field, None)
        if not isinstance(named, tuple):
            continue
        if not named:
            yield MisfitError(
                (*path, field),
                "the list names nobody",
                found="[]",
                mend="Name at least one member, or leave this part of the rule out.",
            )
        yield from twice(named, (*path, field), "a member counts once")


def _consent(
    charter: Charter, name: str, procedure: Procedure, path: Path
) -> Iterator[MisfitError]:
    """A procedure is agreed to by another, and not in a circle."""
    section = "the charter's `procedures`"
    yield from absent("procedure", procedure.consent, charter.procedures, path, section)
    seen, asked = {name: None}, procedure.consent
    while asked in charter.procedures:
        if asked in seen and asked != name:
            return  # the circle is told where it closes
        if asked == name:
            yield MisfitError(
                path,
                "a procedure cannot wait for its own consent",
                found=" → ".join([*seen, str(asked)]),
                mend="Name a procedure that may be used without asking first.",
            )
            return
        seen[str(asked)] = None
        asked = charter.procedures[str(asked)].consent


def _seated(charter: Charter, member: str, path: Path) -> Iterator[MisfitError]:
    if charter.members:
        yield from absent("member", member, charter.members, path, "the charter's `members`")


def _actor(dossier: Dossier, name: str | None, path: Path) -> Iterator[MisfitError]:
    return absent("actor", name, dossier.actors, path, "`actors`")


def _each_actor(dossier: Dossier, names: Iterable[str], path: Path) -> Iterator[MisfitError]:
    for index, name in enumerate(names):
        yield from _actor(dossier, name, (*path, index))


def _each_statement(dossier: Dossier, names: Iterable[str], path: Path) -> Iterator[MisfitError]:
    for index, name in enumerate(names):
        place = (*path, "from", index)
        yield from absent("statement", name, dossier.statements, place, "`statements`")


def _item_named(dossier: Dossier, name: str | None, path: Path) -> Iterator[MisfitError]:
    return absent("item", name, dossier.agenda, path, "`agenda`")


def _statements(dossier: Dossier) -> Iterator[MisfitError]:
    for name, said in dossier.statements.items():
        path = ("statements", name)
        yield from _actor(dossier, said.for_, (*path, "for"))
        yield from absent("source", said.source, dossier.sources, (*path, "source"), "`sources`")


def _body(dossier: Dossier, body: Body, path: Path) -> Iterator[MisfitError]:
    yield from _each_actor(dossier, body.members, (*path, "members"))
    yield from twice(body.members, (*path, "members"), "a member has one seat")
    yield from _charter(body, (*path, "charter"))
    if body.presidency is not None:
        held = (*path, "presidency")
        order, holder = body.presidency.order, body.presidency.holder
        yield from _each_actor(dossier, order, (*held, "order"))
        yield from twice(order, (*held, "order"), "an actor has one place in the rotation")
        if holder not in order:
            yield MisfitError(
                (*held, "holder"),
                "the holder has no place in the rotation",
                found=holder,
                mend=f"Add '{holder}' to `order`, or name one of: {listed(order)}.",
            )
    seen: list[str] = []
    for name, members in body.blocs.items():
        yield from _each_actor(dossier, members, (*path, "blocs", name))
        seen += members
    yield from twice(seen, (*path, "blocs"), "an actor belongs to one bloc")


def _charter(body: Body, path: Path) -> Iterator[MisfitError]:
    from comity.dossier.charters import charter_names

    if isinstance(body.charter, Charter):
        yield from dangling_in_charter(body.charter, path)
        return
    known = charter_names()
    if body.charter in known:
        return
    like = nearest(body.charter, known)
    guess = f"Did you mean '{like}'? " if like else ""
    yield MisfitError(
        path,
        "no charter of this name comes with Comity",
        found=body.charter,
        mend=f"{guess}Use one of: {listed(known)}; or spell the charter out here.",
    )


def charter_or_none(dossier: Dossier, body: str) -> Charter | None:
    """The charter of a body, or None where that is among the things missing."""
    if body not in dossier.bodies:
        return None
    try:
        return dossier.charter(body)
    except DossierError:
        return None


def _procedure(dossier: Dossier, body: str, name: str | None, path: Path) -> Iterator[MisfitError]:
    charter = charter_or_none(dossier, body)
    if charter is not None:
        section = f"the charter of '{body}'"
        yield from absent("procedure", name, charter.procedures, path, section)


def _item(dossier: Dossier, item: Item, path: Path) -> Iterator[MisfitError]:
    yield from absent("body", item.body, dossier.bodies, (*path, "body"), "`bodies`")
    yield from _procedure(dossier, item.body, item.procedure, (*path, "procedure"))
    yield from _actor(dossier, item.by, (*path, "by"))
    yield from _turned_on(dossier, item, path)
    if item.competence is not None:
        held = (*path, "competence")
        if item.competence.decided_by not in ("body", "chair"):
            yield from _actor(dossier, item.competence.decided_by, (*held, "decided_by"))
        yield from _procedure(dossier, item.body, item.competence.rule, (*held, "rule"))
        yield from _item_named(dossier, item.competence.item, (*held, "item"))
    for index, required in enumerate(item.requires):
        yield from _item_named(dossier, required, (*path, "requires", index))
    for index, later in enumerate(item.rounds):
        for actor, concession in later.concessions.items():
            place = (*path, "rounds", index, "concessions", actor)
            yield from _actor(dossier, actor, place)
            yield from _each_statement(dossier, concession.from_, place)


def _turned_on(dossier: Dossier, item: Item, path: Path) -> Iterator[MisfitError]:
    """Facts, groups and weights on which the procedures of an item turn."""
    charter = charter_or_none(dossier, item.body)
    if charter is None:
        return
    section = f"the charter of '{item.body}'"
    for fact in item.facts:
        yield from absent("fact", fact, charter.facts, (*path, "facts", fact), section)
    for group, members in item.groups.items():
        place = (*path, "groups", group)
        yield from absent("group", group, charter.groups, place, section)
        seats = dossier.bodies[item.body].members
        for index, member in enumerate(members):
            where = f"the members of '{item.body}'"
            yield from absent("member", member, seats, (*place, index), where)
    settled = item.competence.rule if item.competence is not None else None
    for field, name in (("procedure", item.procedure), ("competence", settled)):
        if name in charter.procedures:
            rule = charter.procedures[str(name)].rule
            yield from _unsaid(charter, item, rule, (*path, field))
            yield from _unweighed(dossier, charter, item, rule, (*path, field))


def _unsaid(charter: Charter, item: Item, rule: Rule, path: Path) -> Iterator[MisfitError]:
    if not all(fact_named(part) in {None, *charter.facts} for part in every_part(rule)):
        return  # an unknown fact is told where the charter names it
    for fact in facts_needed(rule, charter.presumed | item.facts):
        says = charter.facts[fact].says
        yield MisfitError(
            path,
            f"its rule turns on whether {says}, and nothing says so",
            found=f"no '{fact}' among the item's facts",
            mend=f"Add `facts: {{{fact}: true}}` to the item, or false.",
        )


def _unweighed(
    dossier: Dossier, charter: Charter, item: Item, rule: Rule, path: Path
) -> Iterator[MisfitError]:
    for part in every_part(rule):
        name = measure_named(part)
        if name is None or name not in charter.measures:
            continue
        held = charter.measures[name].on(dossier.as_of)
        missing = [m for m in dossier.bodies[item.body].members if m not in held]
        if missing:
            yield MisfitError(
                path,
                f"its rule counts by '{name}', which the charter does not give for every member",
                found=f"nothing for {listed(missing)}",
                mend=f"Spell the charter out with these in `measures.{name}`, or seat others.",
            )


def _positions(
    dossier: Dossier, item: str, held: Mapping[str, Position], path: Path
) -> Iterator[MisfitError]:
    yield from _item_named(dossier, item, (*path, item))
    for actor, position in held.items():
        yield from _actor(dossier, actor, (*path, item, actor))
        yield from _each_statement(dossier, position.from_, (*path, item, actor))


def _coding(dossier: Dossier, coding: Coding, path: Path) -> Iterator[MisfitError]:
    for item, held in coding.positions.items():
        yield from _positions(dossier, item, held, (*path, "positions"))
    for item in coding.presumptions:
        yield from _item_named(dossier, item, (*path, "presumptions", item))
