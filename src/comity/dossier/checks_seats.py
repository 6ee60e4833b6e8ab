"""Checks on who sits at the table, who chairs it, and by what charter."""

from __future__ import annotations

from collections.abc import Iterator

from comity.dossier.charter import Clause, Verified
from comity.dossier.finding import Doubt, held, joined, named
from comity.dossier.inputs import participants
from comity.dossier.lacking import lacking, unnamed
from comity.dossier.model import Dossier
from comity.dossier.rule import every_part, fact_named


@named
def unseated_actor(dossier: Dossier) -> Iterator[Doubt]:
    """Does anybody hold a position, or belong to a bloc, without a seat in the body?"""
    heard = {item: participants(dossier, item) for item in dossier.agenda}
    for where, item, actor, _ in held(dossier):
        body = dossier.agenda[item].body
        if actor not in heard[item]:
            yield (
                where,
                f"Actor '{actor}' holds a position on '{item}' but has no seat in '{body}', so "
                f"nothing is read from it. Seat it in bodies.{body}.members, or remove the "
                "position.",
            )
    for item, entry in dossier.agenda.items():
        for index, later in enumerate(entry.rounds):
            for actor in later.concessions:
                if actor not in heard[item]:
                    yield (
                        f"agenda.{item}.rounds[{index}].concessions.{actor}",
                        f"Actor '{actor}' concedes something on '{item}' but has no seat in "
                        f"'{entry.body}'. Seat it in bodies.{entry.body}.members, or remove the "
                        "concession.",
                    )
    for name, seats in dossier.bodies.items():
        for bloc, members in seats.blocs.items():
            for actor in members:
                if actor not in seats.members:
                    yield (
                        f"bodies.{name}.blocs.{bloc}",
                        f"Actor '{actor}' belongs to the bloc '{bloc}' but has no seat in "
                        f"'{name}'. Seat it in bodies.{name}.members, or take it out of the bloc.",
                    )


@named
def unused_actor(dossier: Dossier) -> Iterator[Doubt]:
    """Is there an actor that nothing in the dossier refers to?"""
    used = set(_actors_named(dossier))
    for actor in dossier.actors:
        if actor not in used:
            yield (
                f"actors.{actor}",
                f"Nothing refers to actor '{actor}'. Give it a seat, a position or a statement, "
                "or remove it.",
            )


def _actors_named(dossier: Dossier) -> Iterator[str | None]:
    for body in dossier.bodies.values():
        yield from body.members
        for bloc in body.blocs.values():
            yield from bloc
        if body.presidency is not None:
            yield from (*body.presidency.order, body.presidency.holder)
    for _, _, actor, _ in held(dossier):
        yield actor
    for statement in dossier.statements.values():
        yield statement.for_
    for item in dossier.agenda.values():
        yield item.by
        yield None if item.competence is None else item.competence.decided_by
        for later in item.rounds:
            yield from later.concessions
    for talks in dossier.talks.values():
        yield from (*talks.parties, talks.mediator)
        yield from (proposal.by for proposal in talks.proposals.values())


@named
def member_without_position(dossier: Dossier) -> Iterator[Doubt]:
    """Has every member a position on every item that has positions?"""
    for item in dossier.agenda:
        known = dossier.positions.get(item)
        for member in dossier.members(item) if known else ():
            if known is not None and member not in known:
                yield (
                    f"positions.{item}.{member}",
                    f"'{member}' has a seat in '{dossier.agenda[item].body}' but no position on "
                    f"'{item}', so it may want anything and care any amount. Add the position, "
                    "as wide as you are unsure.",
                )


@named
def presidency_lapsed(dossier: Dossier) -> Iterator[Doubt]:
    """Has the holder's presidency ended before the day of the dossier?"""
    for name, body in dossier.bodies.items():
        presidency = body.presidency
        if presidency is not None and presidency.until and presidency.until < dossier.as_of:
            yield (
                f"bodies.{name}.presidency.until",
                f"The presidency of '{presidency.holder}' ended on {presidency.until}, before "
                f"the day of the dossier, {dossier.as_of}; the next in order, "
                f"'{dossier.chair(name)}', is taken to chair. Name the holder on that day, or "
                "correct the date.",
            )


@named
def chair_without_seat(dossier: Dossier) -> Iterator[Doubt]:
    """Does the presidency rotate among members only?"""
    for name, body in dossier.bodies.items():
        order = () if body.presidency is None else body.presidency.order
        outside = [actor for actor in order if actor not in body.members]
        if outside:
            yield (
                f"bodies.{name}.presidency.order",
                f"{joined(outside)} may chair '{name}' without a seat in it, and so without a "
                f"position of their own. Seat them in bodies.{name}.members, or take them out of "
                "the order.",
            )


@named
def members_unlike_charter(dossier: Dossier) -> Iterator[Doubt]:
    """Do a body's members differ from those its charter lists?"""
    for name, body in dossier.bodies.items():
        listed = dossier.charter(name).members_on(dossier.as_of)
        differing = sorted(set(body.members) ^ set(listed)) if listed else []
        if differing:
            yield (
                f"bodies.{name}.members",
                f"{joined(differing)} stand in only one of the two: the members of '{name}' and "
                "those its charter lists. Correct the members, or spell out a charter without a "
                "list.",
            )


@named
def later_charter(dossier: Dossier) -> Iterator[Doubt]:
    """Is a charter described for a later day than that of the dossier?"""
    for name in dossier.bodies:
        charter = dossier.charter(name)
        day = charter.as_of
        if day is not None and day > dossier.as_of and charter.since is None:
            yield (
                f"bodies.{name}.charter",
                f"The charter of '{name}' is described as of {day}, after the day of the dossier, "
                f"{dossier.as_of}. Make sure that the procedures were the same then.",
            )


@named
def charter_of_another_time(dossier: Dossier) -> Iterator[Doubt]:
    """Does a charter, or a procedure in use, belong to another time than that of the dossier?"""
    day = dossier.as_of
    for name in dossier.bodies:
        charter = dossier.charter(name)
        if not charter.time.covers(day):
            yield (
                f"bodies.{name}.charter",
                f"The charter of '{name}' describes its seats and rules {charter.time}, which the "
                f"day of the dossier, {day}, is not within. Make sure that they were the same "
                "then, or spell out the charter of that day.",
            )
    for (body, name), items in _in_use(dossier).items():
        charter = dossier.charter(body)
        procedure = charter.procedures[name]
        if not procedure.time.covers(day):
            instead = charter.held_instead(name, day)
            mend = f"Use '{instead}'" if instead else "Use one that held then"
            yield (
                f"bodies.{body}.charter",
                f"The procedure '{name}' of '{body}', used for {joined(items)}, holds "
                f"{procedure.time}, not on the day of the dossier, {day}. {mend}.",
            )


@named
def unverified_clause(dossier: Dossier) -> Iterator[Doubt]:
    """Does a procedure in use rest on a clause that was not checked against the text?"""
    for (body, procedure), items in _in_use(dossier).items():
        charter = dossier.charter(body)
        clause = charter.weakest(charter.procedures[procedure])
        known = None if clause is None else charter.clauses[clause]
        if known is not None and known.verified is Verified.TEXT:
            continue
        ground = "names no clause it rests on" if known is None else _ground(known)
        if clause != charter.procedures[procedure].clause:
            ground = f"{ground.replace('rests on', 'rests also on', 1)}, '{clause}'"
        yield (
            f"bodies.{body}.charter",
            f"The procedure '{procedure}' of '{body}', used for {joined(items)}, {ground}. Check "
            "it against the text, and look at what another procedure would change.",
        )


_GROUNDS = {
    Verified.TRANSLATION: "rests on a clause read in a translation alone",
    Verified.QUOTED: "rests on a clause read only as quoted or retold",
    Verified.MEMORY: "rests on a clause written from memory",
    Verified.ASSUMED: "rests on a clause that is merely assumed",
}


def _ground(clause: Clause) -> str:
    """How sure the least sure clause is, and where it should stand if that is known."""
    assumed = clause.verified is Verified.ASSUMED
    return _GROUNDS[clause.verified] + ("" if assumed else f" ({clause.source})")


def _in_use(dossier: Dossier) -> dict[tuple[str, str], list[str]]:
    used: dict[tuple[str, str], list[str]] = {}
    for name, item in dossier.agenda.items():
        settles = item.competence is not None and item.competence.decided_by == "body"
        rule = item.competence.rule if item.competence is not None and settles else None
        for procedure in dict.fromkeys((item.procedure, rule or item.procedure)):
            used.setdefault((item.body, procedure), []).append(name)
    return used


@named
def presumed_fact(dossier: Dossier) -> Iterator[Doubt]:
    """Does a rule in use turn on a fact that is merely presumed?"""
    for (body, name), items in _in_use(dossier).items():
        charter = dossier.charter(body)
        parts = every_part(charter.procedures[name].rule)
        for fact in dict.fromkeys(fact_named(part) for part in parts):
            if fact is None or charter.facts[fact].presumed is None:
                continue
            for item in items:
                if fact not in dossier.agenda[item].facts:
                    how = "" if charter.facts[fact].presumed else "not "
                    yield (
                        f"agenda.{item}.procedure",
                        f"The procedure '{name}' turns on a fact that is presumed {how}to hold: "
                        f"{charter.facts[fact].says}. Say so in agenda.{item}.facts: "
                        f"{{{fact}: true}} or false.",
                    )


@named
def consent_taken_for_given(dossier: Dossier) -> Iterator[Doubt]:
    """Does an item go by a procedure to which the body must first agree?"""
    for (body, name), items in _in_use(dossier).items():
        consent = dossier.charter(body).procedures[name].consent
        if consent is not None:
            yield (
                f"bodies.{body}.charter",
                f"The procedure '{name}' of '{body}', used for {joined(items)}, may be used only "
                f"if the body agrees to that under '{consent}'. A forecast takes this for given; "
                "put the question on the agenda as an item of its own if it is open.",
            )


@named
def unnamed_group(dossier: Dossier) -> Iterator[Doubt]:
    """Does a rule in use name a group to which nobody was said to belong?"""
    for (body, name), items in _in_use(dossier).items():
        rule = dossier.charter(body).procedures[name].rule
        for item in items:
            for what in unnamed(dossier, item, rule):
                yield (
                    f"agenda.{item}.procedure",
                    f"The procedure '{name}' is read as if the group were empty: {what}. Name its "
                    f"members in agenda.{item}.groups, or [] if there are none.",
                )


@named
def untried_procedure(dossier: Dossier) -> Iterator[Doubt]:
    """Is a procedure of the charter left out where others are tried, for want of something?"""
    for item, entry in dossier.agenda.items():
        used = {entry.procedure, entry.competence.rule if entry.competence else None}
        for name, procedure in dossier.charter(entry.body).procedures.items():
            wants = [] if name in used else list(lacking(dossier, item, procedure.rule))
            if wants:
                yield (
                    f"agenda.{item}.procedure",
                    f"The procedure '{name}' of '{entry.body}' is not tried beside the item's own: "
                    f"{'; '.join(wants)}.",
                )
