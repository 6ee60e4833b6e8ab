"""``comity decide``: what given responses decide, with the witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from comity.cli import given, streams
from comity.cli.options import Json, a_path
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.cli.asked import Asked
    from comity.dossier.charter import Procedure
    from comity.dossier.response import Response
    from comity.rules import Decision, Seating


def decide(
    arguments: Annotated[
        list[str] | None,
        Argument(
            metavar="[DOSSIER] NAME=RESPONSE",
            help="A dossier, then a response for each member: support, stand-aside, object, "
            "absent or no-instructions; where the rule knows them also opt-out and "
            "object-without-reason.",
        ),
    ] = None,
    item: Annotated[
        str | None, Option("--item", metavar="ID", help="Agenda item of the dossier.")
    ] = None,
    charter: Annotated[
        str | None,
        Option("--charter", metavar="NAME", help="A charter that comes with Comity, no dossier."),
    ] = None,
    file: Annotated[
        str | None,
        Option("--file", metavar="FILE", help="A charter of your own, in YAML, no dossier."),
    ] = None,
    procedure: Annotated[
        str | None,
        Option("--procedure", metavar="ID", help="Procedure; none: the item's, or 'substantive'."),
    ] = None,
    rule: Annotated[
        str | None,
        Option("--rule", metavar="YAML", help="A rule of your own instead of a procedure."),
    ] = None,
    members: given.Members = None,
    rest: given.Rest = None,
    on: given.OnDay = None,
    fact: given.Facts = None,
    group: given.Groups = None,
    consent: given.Consent = None,
    elapsed: given.Elapsed = None,
    hours: given.Hours = None,
    as_json: Json = False,
) -> None:
    """Tell what given responses decide.

    Adopted or not and why; a smallest set of members that blocks, that would unblock or that
    could undo it; and who is bound.

    \b
    Examples:
      comity decide summit.yaml --item limit BREN=object --rest support
      comity decide --charter csto ARM=support RUS=absent --rest stand-aside
      comity decide --charter plain --members A,B,C A=yes B=yes C=object
      comity decide --charter unsc RUS=object --rest support
      comity decide --charter eu-council-lisbon --on 2018-05-01 --rest yes GBR=no
      comity decide --rule '{kind: qualified_majority, at_least: 2/3}' A=yes B=no
    """
    from comity.rules import decide as decided

    dossier, words = _split(arguments or [])
    said = given.said(members, on, fact, group)
    if dossier is not None:
        _refuse_with("a dossier", {"--charter": charter, "--file": file, "--members": members})
        _refuse_with("a dossier, which says its day", {"--on": on})
        asked = _in_dossier(dossier, item, procedure, rule, said)
    else:
        _refuse_with("a charter", {"--item": item})
        asked = _in_charter(charter, file, procedure, rule, said)
    asked = _lasting(asked, hours)
    _refuse_elapsed(asked.procedure, elapsed)
    named = given.answers(words)
    asked.refuse_unseated(named)
    answers = given.filled(named, rest, asked.members)
    table = asked.table(answers)
    given.refuse_unnamed(asked, table)
    agreed = asked.agreed(given.consenting(consent, asked, table.members), table)
    decision = decided(
        asked.procedure,
        answers,
        table=table,
        charter=asked.charter,
        consent=agreed,
        elapsed=elapsed,
    )
    if as_json:
        _put_json(asked, table, decision, agreed)
    else:
        _show(asked, table, decision, agreed)


def _split(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """The dossier, if the first argument is one, and the responses."""
    if arguments and ("=" not in arguments[0] or given.existing(arguments[0])):
        return a_path(arguments[0]), arguments[1:]
    return None, arguments


def _in_dossier(
    dossier: Path, item: str | None, procedure: str | None, rule: str | None, said: given.Said
) -> Asked:
    from comity.cli import asked

    _refuse_both("--procedure", procedure, "--rule", rule)
    return asked.in_dossier(dossier, item, procedure, rule, said)


def _in_charter(
    charter: str | None,
    file: str | None,
    procedure: str | None,
    rule: str | None,
    said: given.Said,
) -> Asked:
    from comity.cli import asked
    from comity.dossier.charters import load_charter
    from comity.rules.sentence import NAMELESS

    _refuse_both("--charter", charter, "--file", file)
    _refuse_both("--procedure", procedure, "--rule", rule)
    if charter is not None:
        found = load_charter(charter)
    elif file is not None:
        found = given.own_charter(file)
    elif rule is not None:
        found = NAMELESS
    else:
        raise ComityError(
            "nothing says who decides, and how",
            mend="Name a dossier first, or a charter with --charter NAME, or say a rule with "
            "--rule YAML.",
        )
    return asked.in_charter(found, procedure, rule, said)


def _refuse_both(one: str, first: str | None, other: str, second: str | None) -> None:
    if first is not None and second is not None:
        raise ComityError(
            f"{one} does not go with {other}",
            found=f"{one} {first} {other} {second}",
            mend="Keep one of the two.",
        )


def _refuse_with(what: str, options: Mapping[str, object]) -> None:
    for option, held in options.items():
        if held is not None:
            raise ComityError(
                f"{option} does not go with {what}", found=str(held), mend="Leave it out."
            )


def _refuse_elapsed(procedure: Procedure, elapsed: float | None) -> None:
    """Hours mean something where a silence period has a length."""
    from comity.dossier.rule import Silence, every_part

    silences = [part for part in every_part(procedure.rule) if isinstance(part, Silence)]
    if elapsed is None or any(part.hours is not None for part in silences):
        return
    if silences:
        raise ComityError(
            "the charter does not say how long this silence period is",
            found=f"--elapsed {elapsed:g}",
            mend="Say it, in hours, with --hours 48.",
        )
    raise ComityError(
        "--elapsed goes with a silence procedure alone",
        found=f"--elapsed {elapsed:g}",
        mend="Leave it out.",
    )


def _lasting(asked: Asked, hours: float | None) -> Asked:
    """The same question, with the length of a silence period that the charter leaves open."""
    from dataclasses import replace

    from comity.dossier.rule import Rule, Silence, every_part, replaced

    if hours is None:
        return asked
    silences = [part for part in every_part(asked.procedure.rule) if isinstance(part, Silence)]
    if not silences or any(part.hours is not None for part in silences):
        raise ComityError(
            "the rule says itself how long its silence period is"
            if silences
            else "--hours goes with a silence procedure alone",
            found=f"--hours {hours:g}",
            mend="Leave it out.",
        )

    def timed(part: Rule) -> Rule:
        silent = isinstance(part, Silence)
        return part.model_copy(update={"hours": hours}) if silent else part

    rule = replaced(asked.procedure.rule, timed)
    return replace(asked, procedure=asked.procedure.model_copy(update={"rule": rule}))


def _put_json(asked: Asked, table: Seating, decision: Decision, agreed: Decision | None) -> None:
    from comity.cli.envelope import enveloped

    result = {
        "item": asked.item,
        "body": asked.body,
        "charter": asked.charter.name or None,
        "procedure": asked.procedure_id,
        "clause": asked.clause,
        "on": asked.day,
        "facts": table.facts,
        "groups": asked.groups,
        "consent": None if agreed is None else agreed.to_dict(),
        **decision.to_dict(),
        "notes": _notes(asked, table, decision),
    }
    streams.put_json(enveloped("decide", result))


def _notes(asked: Asked, table: Seating, decision: Decision) -> list[str]:
    """What the answer leaves aside, and what is odd about the procedure."""
    from comity.rules import rule_findings, seat

    odd = rule_findings(seat(asked.procedure, table), charter=asked.charter)
    found = (finding.says for finding in odd)
    idle = _made_nothing_of(asked.procedure, decision)
    return [*asked.notes(table), *idle, *found, *_unproved(decision)]


_INSTEAD = {
    "opt_out": "Opting out counts as standing aside: neither the rule nor whom it binds makes "
    "anything of it",
    "object_without_reason": "An objection without a reason counts like any other: the rule does "
    "not ask for reasons",
}


def _made_nothing_of(procedure: Procedure, decision: Decision) -> Iterator[str]:
    """Answers that were given, and that mean nothing of their own under the procedure."""
    from comity.dossier.paths import listed

    rare = _rare(procedure)
    for label, says in _INSTEAD.items():
        who = [member for member, r in decision.responses.items() if r.label == label]
        if who and rare[label]:
            yield f"{says} ({listed(who)})."


def _unproved(decision: Decision) -> Iterator[str]:
    for name in decision.unproved:
        yield (
            f"Whether a smaller set does could not be told within the work allowed; the {name} "
            "set shown does, and may not be the smallest."
        )


def _show(asked: Asked, table: Seating, decision: Decision, agreed: Decision | None) -> None:
    from comity.cli.asked import source_words
    from comity.cli.tables import put_table
    from comity.rules import binding_sentence

    outcome = "Adopted" if decision.adopted else "Pending" if decision.pending else "Not adopted"
    streams.put_prose(f"{outcome}. {decision.reason}")
    if asked.question:
        streams.put_prose(f"Question ({asked.item}): {asked.question}")
    streams.put_prose(
        f"Rule ({asked.procedure_id or 'your own'}): {decision.rule} "
        f"{binding_sentence(asked.procedure)}"
    )
    if asked.clause is not None:
        streams.put_prose(f"Laid down by: {source_words(asked.clause)}")
    streams.put()
    put_table(["response", "count", "members"], _rows(asked, decision), numbers=["count"])
    streams.put()
    refused = agreed is not None and not agreed.adopted
    for line in _witness(decision, refused, _answers_count(asked, table)):
        streams.put_prose(line)
    for note in _notes(asked, table, decision):
        streams.put_prose(f"Mind: {note}")


def _rows(asked: Asked, decision: Decision) -> Iterator[list[str]]:
    rare = _rare(asked.procedure)
    for response, count in decision.counts.items():
        if count or not rare.get(response.label):
            members = [member for member, held in decision.responses.items() if held is response]
            yield [response.label.replace("_", " "), str(count), ", ".join(members)]


def _rare(procedure: Procedure) -> dict[str, bool]:
    """Answers that are shown only if somebody gave them, since the rule makes nothing of them."""
    from comity.dossier.charter import Binding
    from comity.dossier.rule import Limit, Reasoned, every_part

    parts = every_part(procedure.rule)
    opting = procedure.binds is Binding.NOT_OPTING_OUT or any(
        isinstance(part, Limit) and part.on == "opt_out" for part in parts
    )
    reasoned = any(isinstance(part, Reasoned) for part in parts)
    return {"opt_out": not opting, "object_without_reason": not reasoned}


_BY = {
    "object": "objecting",
    "absent": "staying away",
    "stand_aside": "standing aside",
    "support": "supporting",
}


def _answers_count(asked: Asked, table: Seating) -> bool:
    from comity.rules import seat
    from comity.rules.findings import answers_count

    return answers_count(seat(asked.procedure, table))


def _witness(decision: Decision, refused: bool, counting: bool) -> Iterator[str]:
    """Who explains the outcome."""
    if not counting:
        yield "The answers do not count here: facts alone decide."
    elif decision.adopted or decision.pending:
        undo = "still break" if decision.pending else "undo"
        moves, many = decision.undoing_moves, decision.undoing_number
        yield _told(f"A smallest set that could {undo} it", moves, many)
    elif decision.blocking:
        yield (
            f"A smallest set that blocks, whatever others answer: "
            f"{', '.join(decision.blocking)}{_one_of(decision.blocking_number)}."
        )
        moves, many = decision.unblocking_moves, decision.unblocking_number
        yield _told("A smallest set that would unblock it", moves, many)
    elif not refused:
        yield "No answers of the members would adopt it."
    yield f"Bound: {', '.join(decision.bound) or 'nobody'}."


def _one_of(many: int | None) -> str:
    return f" (one of {many:,} such sets)" if many is not None and many > 1 else ""


def _told(what: str, moves: Mapping[str, Response], many: int | None) -> str:
    """A set of members, and what they would have to do."""
    if not moves:
        return f"{what}: there is none."
    doing = {member: _BY[response.label] for member, response in moves.items()}
    if len(set(doing.values())) == 1:
        return f"{what} by {next(iter(doing.values()))}: {', '.join(doing)}{_one_of(many)}."
    told = ", ".join(f"{member} by {how}" for member, how in doing.items())
    return f"{what}: {told}{_one_of(many)}."
