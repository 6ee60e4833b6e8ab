"""``comity rules``: charters listed and explained, and the language they are written in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from comity.cli import given, streams
from comity.cli.rules_named import Named, for_each, own, packaged
from comity.errors import ComityError, RuleError

if TYPE_CHECKING:
    from comity.cli.asked import Asked
    from comity.dossier.charter import Charter, Procedure
    from comity.rules import RuleFinding, Seating

MOST_UNSAID = 6
"""Facts not said of which both answers are tried when a rule is looked at."""


@dataclass(frozen=True)
class Looked:
    """What a look at a procedure at its table found, or why it could not be looked at."""

    findings: tuple[RuleFinding, ...] = ()
    unseen: str = ""


@dataclass(frozen=True)
class Told:
    """A charter, and those of its procedures that are told of, for a day and its members."""

    named: Named
    said: given.Said
    members: tuple[str, ...]
    looked: dict[str, Looked]


def explain(
    names: Sequence[str],
    files: Sequence[str],
    rules: Sequence[str],
    said: given.Said,
    as_json: bool,
) -> None:
    """Print what the charters named lay down; without a name, the list of all."""
    named = [*map(packaged, names), *map(own, files)]
    if not named and not rules:
        _refuse_table(said)
        _list(as_json)
        return
    told = [
        _told(each, its)
        for each, its in zip(named, for_each(said, [n.charter for n in named]), strict=True)
    ]
    if as_json:
        from comity.cli.envelope import enveloped

        result = {
            "charters": [_as_json(each) for each in told],
            "rules": [_rule_json(rule) for rule in rules],
        }
        streams.put_json(enveloped("rules", result))
        return
    for place, each in enumerate(told):
        if place:
            streams.put()
        _show(each)
    for rule in rules:
        streams.put_prose(_rule_json(rule)["sentence"])


def _refuse_table(said: given.Said) -> None:
    if said != given.Said():
        raise ComityError(
            "a table is described, and no charter named to explain at it",
            mend="Name one: `comity rules unsc --on 2015-06-01`.",
        )


# --- the list ---------------------------------------------------------------------


def _list(as_json: bool) -> None:
    from comity.cli.envelope import enveloped
    from comity.cli.tables import put_table
    from comity.dossier.charters import charter_names, load_charter
    from comity.rules import procedure_sentence

    charters = {name: load_charter(name) for name in charter_names()}
    if as_json:
        listed = [
            {
                "id": name,
                "name": charter.name,
                "as_of": charter.as_of,
                "procedures": [
                    _procedure_json(key, procedure, charter)
                    for key, procedure in charter.procedures.items()
                ],
            }
            for name, charter in charters.items()
        ]
        streams.put_json(enveloped("rules", {"charters": listed}))
        return
    put_table(["charter", "body"], [[name, held.name] for name, held in charters.items()])
    streams.put()
    rows = [
        [f"{name}:{key}", procedure_sentence(procedure, charter)]
        for name, charter in charters.items()
        for key, procedure in charter.procedures.items()
    ]
    put_table(["procedure", "rule"], rows)


# --- one charter ------------------------------------------------------------------


def _told(named: Named, said: given.Said) -> Told:
    charter = named.charter
    members = said.members or charter.members_on(said.day)
    chosen = [named.procedure] if named.procedure else list(charter.procedures)
    looked = {name: _looked(named, name, said, members) for name in chosen}
    return Told(named, said, members, looked)


def _looked(named: Named, procedure: str, said: given.Said, members: tuple[str, ...]) -> Looked:
    """What is odd about a procedure at its table, whatever facts are not said."""
    from comity.cli.asked import in_charter, time_words
    from comity.cli.heading import day
    from comity.rules import seating

    time = named.charter.procedures[procedure].time
    when = said.day or named.charter.as_of
    if when is not None and not time.covers(when):
        return Looked(unseen=f"it holds {time_words(time)}, not on {day(when)}")
    asked = in_charter(named.charter, procedure, None, said)
    if not members:
        return Looked(unseen="its members are not listed; say them with --members A,B,C")
    table = seating(named.charter, members, said.day, groups=said.groups, facts=said.facts)
    for name in asked.groups_used():
        group = named.charter.groups[name]
        if group.members is None and name not in said.groups:
            return Looked(
                unseen=f"who belongs to the group '{name}' is said for each decision; say "
                f"--group {name}=A,B"
            )
    try:
        return Looked(findings=_findings(asked, table, MOST_UNSAID))
    except RuleError as error:
        return Looked(unseen=f"{error.problem[:1].lower()}{error.problem[1:].rstrip('.')}")


def _findings(asked: Asked, table: Seating, most: int) -> tuple[RuleFinding, ...]:
    """Findings that hold whether or not the facts do of which nothing is said."""
    from comity.dossier.rule import facts_needed
    from comity.rules import rule_findings, seat

    unsaid = facts_needed(asked.procedure.rule, table.facts)
    if not unsaid:
        return rule_findings(seat(asked.procedure, table), charter=asked.charter)
    if most == 0:
        return ()
    yes, no = (
        _findings(asked, replace(table, facts=table.facts.set(unsaid[0], held)), most - 1)
        for held in (True, False)
    )
    return tuple(finding for finding in yes if finding in no)


def _show(told: Told) -> None:
    from comity.cli.heading import put_section

    named, charter = told.named, told.named.charter
    streams.put_prose(f"{named.name}: {charter.name}")
    for line in _limits(told):
        streams.put_prose(f"Mind: {line}")
    for line in _seats(told):
        streams.put_prose(line)
    for name, looked in told.looked.items():
        put_section(name)
        _show_procedure(charter, name, looked)
    for title, headings, rows in _tables(told):
        if rows:
            from comity.cli.tables import put_table

            put_section(title)
            put_table(headings, rows)


def _limits(told: Told) -> list[str]:
    """What of the body is not described, above all not for the day."""
    from comity.cli.asked import another_time

    charter = told.named.charter
    if elsewhen := list(another_time(charter, told.said.day)):
        return elsewhen
    return [] if charter.limits is None else [charter.clauses[charter.limits].says.strip()]


def _seats(told: Told) -> Iterator[str]:
    from comity.cli.asked import seat_held
    from comity.cli.heading import day

    charter, said = told.named.charter, told.said
    when = said.day or charter.as_of
    if told.members:
        on = "" if when is None else f" on {day(when)}"
        yield f"{len(told.members)} members{on}: {', '.join(told.members)}."
    else:
        yield "Its members are not listed; say who has a seat with --members."
    if charter.terms:
        held = (f"{member} {seat_held(terms)}" for member, terms in charter.terms.items())
        yield f"Seats not held throughout: {'; '.join(held)}."


def _show_procedure(charter: Charter, name: str, looked: Looked) -> None:
    from comity.cli.asked import CHECKED, source_words, time_words
    from comity.rules import binding_sentence, procedure_sentence

    procedure = charter.procedures[name]
    if procedure.title:
        streams.put_prose(f"{procedure.title}.")
    streams.put_prose(procedure_sentence(procedure, charter))
    streams.put_prose(binding_sentence(procedure))
    if procedure.since is not None or procedure.until is not None:
        streams.put_prose(f"It holds {time_words(procedure.time)}.")
    if procedure.clause is not None:
        streams.put_prose(f"Laid down by: {source_words(charter.clauses[procedure.clause])}")
    weakest = charter.weakest(procedure)
    if weakest is not None and weakest != procedure.clause:
        clause = charter.clauses[weakest]
        streams.put_prose(
            f"Mind: It also rests on this, {CHECKED[clause.verified]}: {clause.says.strip()}"
        )
    for finding in looked.findings:
        streams.put_prose(f"Mind: {finding.says}")
    if looked.unseen:
        streams.put_prose(f"Not examined for oddities: {looked.unseen}.")


_Table = tuple[str, list[str], list[list[str]]]


def _tables(told: Told) -> Iterator[_Table]:
    charter = told.named.charter
    yield (
        "Facts that rules turn on",
        ["fact", "judged by", "unless said", "holds if"],
        [
            [name, fact.judged_by, _presumed(fact.presumed), fact.says]
            for name, fact in charter.facts.items()
        ],
    )
    yield (
        "Groups",
        ["group", "who", "members"],
        [[name, group.says, _belonging(told, name)] for name, group in charter.groups.items()],
    )
    yield (
        "What members count by",
        ["measure", "year", "weights"],
        [
            [f"{name} ({measure.says})", str(_year(told, name) or ""), _weights(told, name)]
            for name, measure in charter.measures.items()
        ],
    )
    yield (
        "Clauses",
        ["clause", "checked", "force", "what it lays down, and its source"],
        [
            [name, clause.verified.value, clause.force, f"{clause.says} [{clause.source}]"]
            for name, clause in charter.clauses.items()
        ],
    )


def _presumed(presumed: bool | None) -> str:
    return {None: "must be said", True: "presumed yes", False: "presumed no"}[presumed]


def _belonging(told: Told, name: str) -> str:
    """Members of a group; those of them alone that have a seat, where the seats are listed."""
    held = _group(told, name)
    return "named for each decision" if held is None else ", ".join(held) or "nobody"


def _group(told: Told, name: str) -> list[str] | None:
    held = told.said.groups.get(name, told.named.charter.groups[name].members)
    if held is None:
        return None
    return [member for member in held if not told.members or member in told.members]


def _year(told: Told, name: str) -> int | None:
    from comity.cli.asked import year_of

    charter = told.named.charter
    years = charter.measures[name].years
    return year_of(years, told.said.day or charter.as_of) if years else None


def _weighed(told: Told, name: str) -> dict[str, Any]:
    """Each seat's weight on the day, or all that are known where the seats are not listed."""
    charter = told.named.charter
    held = charter.measures[name].on(told.said.day or charter.as_of)
    return {m: w for m, w in held.items() if not told.members or m in told.members}


def _weights(told: Told, name: str) -> str:
    weighed = {member: float(weight) for member, weight in _weighed(told, name).items()}
    return ", ".join(f"{member} {weight:.12g}" for member, weight in weighed.items()) or "nobody"


# --- JSON -------------------------------------------------------------------------


def _as_json(told: Told) -> dict[str, Any]:
    charter = told.named.charter
    return {
        "id": told.named.name,
        "name": charter.name,
        "as_of": charter.as_of,
        "since": charter.since,
        "until": charter.until,
        "notes": _limits(told),
        "on": told.said.day or charter.as_of,
        "members": told.members,
        "terms": charter.terms,
        "procedures": [
            {
                **_procedure_json(name, charter.procedures[name], charter),
                "findings": None if looked.unseen else looked.findings,
                "not_examined": looked.unseen or None,
            }
            for name, looked in told.looked.items()
        ],
        "facts": [{"id": name, **fact.model_dump()} for name, fact in charter.facts.items()],
        "groups": [
            {"id": name, "says": group.says, "members": _group(told, name), "clause": group.clause}
            for name, group in charter.groups.items()
        ],
        "measures": [
            {
                "id": name,
                "says": measure.says,
                "year": _year(told, name),
                "weights": _weighed(told, name),
                "clause": measure.clause,
            }
            for name, measure in charter.measures.items()
        ],
        "clauses": [{"id": name, **held.model_dump()} for name, held in charter.clauses.items()],
    }


def _procedure_json(name: str, procedure: Procedure, charter: Charter) -> dict[str, Any]:
    from comity.rules import binding_sentence, procedure_sentence

    return {
        "id": name,
        "title": procedure.title,
        "sentence": procedure_sentence(procedure, charter),
        "binding": binding_sentence(procedure),
        "rule": procedure.rule.model_dump(mode="json", exclude_defaults=False),
        "quorum": procedure.quorum,
        "binds": procedure.binds,
        "effect": procedure.effect,
        "consent": procedure.consent,
        "clause": procedure.clause,
        "rests_on": procedure.rests_on,
        "weakest": charter.weakest(procedure),
        "since": procedure.since,
        "until": procedure.until,
        "replaces": procedure.replaces,
    }


def _rule_json(text: str) -> dict[str, Any]:
    """A rule from the command line, told in the same way."""
    from comity.rules.sentence import NAMELESS

    held = _procedure_json("rule", given.own_rule(text, NAMELESS), NAMELESS)
    return {key: held[key] for key in ("sentence", "binding", "rule", "quorum", "binds")}


# --- the language -----------------------------------------------------------------


def put_grammar(as_json: bool) -> None:
    """Print the language of rules: its grammar, each kind, and a charter that uses it."""
    from comity.cli.envelope import enveloped
    from comity.cli.heading import put_section
    from comity.rules import grammar

    if as_json:
        kinds = [
            {
                "kind": entry.kind,
                "says": entry.says,
                "settings": entry.settings,
                "example": entry.example,
                "sentence": entry.sentence,
            }
            for entry in grammar.entries()
        ]
        result = {"grammar": grammar.productions(), "kinds": kinds, "charter": grammar.CHARTER}
        streams.put_json(enveloped("rules", result))
        return
    streams.put_prose(grammar.introduction())
    streams.put("\n" + textwrap.indent(grammar.productions(), "  "))
    for entry in grammar.entries():
        put_section(entry.kind)
        streams.put_prose(entry.says)
        for setting in entry.settings:
            needed = "required" if setting.required else f"default {setting.default or 'none'}"
            streams.put_prose(f"  {setting.name}: {setting.says} ({setting.type}; {needed})")
        streams.put(f"  e.g. {entry.example}")
        streams.put_prose(f"  reads: {entry.sentence}")
    put_section("A charter, as a file of your own")
    streams.put(grammar.CHARTER)
