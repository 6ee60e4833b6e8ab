"""``comity decide``: what given responses decide, with the witness."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from comity.cli import streams
from comity.cli.options import Json, a_path
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.cli.asked import Asked
    from comity.rules import Decision

_CHECKED = {
    "text": "checked against the text",
    "memory": "written from memory, not checked",
    "assumed": "assumed",
}
"""How sure the reading of a clause is, in words."""


def decide(
    arguments: Annotated[
        list[str] | None,
        Argument(
            metavar="[DOSSIER] NAME=RESPONSE",
            help="A dossier, then a response for each member: support, stand-aside, object, "
            "absent or no-instructions.",
        ),
    ] = None,
    item: Annotated[
        str | None, Option("--item", metavar="ID", help="Agenda item of the dossier.")
    ] = None,
    charter: Annotated[
        str | None,
        Option("--charter", metavar="NAME", help="A charter that comes with Comity, no dossier."),
    ] = None,
    procedure: Annotated[
        str | None,
        Option("--procedure", metavar="ID", help="Procedure; none: the item's, or 'substantive'."),
    ] = None,
    members: Annotated[
        str | None,
        Option("--members", metavar="A,B,...", help="Members, if not those of the charter."),
    ] = None,
    rest: Annotated[
        str | None,
        Option("--rest", metavar="RESPONSE", help="Response of all members not named."),
    ] = None,
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
    """
    from comity.rules import decide as decided

    dossier, words = _split(arguments or [])
    asked = _asked(dossier, item, charter, procedure, members)
    decision = decided(asked.procedure, _all_responses(words, rest, asked.members), asked.members)
    if as_json:
        _put_json(asked, decision)
    else:
        _show(asked, decision)


def _split(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """The dossier, if the first argument is one, and the responses."""
    if arguments and ("=" not in arguments[0] or Path(arguments[0]).exists()):
        return a_path(arguments[0]), arguments[1:]
    return None, arguments


def _asked(
    dossier: Path | None,
    item: str | None,
    charter: str | None,
    procedure: str | None,
    members: str | None,
) -> Asked:
    from comity.cli import asked

    if dossier is not None:
        _refuse_with("a dossier", {"--charter": charter, "--members": members})
        return asked.in_dossier(dossier, item, procedure)
    if charter is None:
        raise ComityError(
            "nothing says who decides, and how",
            mend="Name a dossier first, or a charter with --charter NAME.",
        )
    _refuse_with("a charter", {"--item": item})
    return asked.in_charter(charter, procedure, None if members is None else _seats(members))


def _seats(members: str) -> list[str]:
    seats = [name.strip() for name in members.split(",")]
    for name in seats:
        if not name or seats.count(name) > 1:
            raise ComityError(
                "a member is named twice" if name else "a member has no name",
                found=f"--members {members}",
                mend="Name each member once, with commas between: --members A,B,C.",
            )
    return seats


def _refuse_with(what: str, options: dict[str, str | None]) -> None:
    for option, given in options.items():
        if given is not None:
            raise ComityError(
                f"{option} does not go with {what}", found=given, mend="Leave it out."
            )


def _all_responses(
    words: list[str], rest: str | None, members: tuple[str, ...] | None
) -> dict[str, str]:
    """Each member's response in words, those not named answering as ``rest`` says."""
    given: dict[str, str] = {}
    for word in words:
        name, sign, response = word.partition("=")
        if not sign:
            raise ComityError("this is not a response", found=word, mend="Write NAME=RESPONSE.")
        if name in given:
            raise ComityError(f"'{name}' responds twice", found=word, mend="Keep one of the two.")
        given[name] = response
    silent = [member for member in members or () if member not in given]
    if rest is None and silent:
        raise ComityError(
            f"no response is given for {', '.join(silent)}",
            mend="Give each a response as NAME=RESPONSE, or one to all of them with --rest.",
        )
    if rest is not None and members is None:
        raise ComityError(
            "nothing says who the rest are", found=f"--rest {rest}", mend="Name all with --members."
        )
    return given | {member: str(rest) for member in silent}


def _put_json(asked: Asked, decision: Decision) -> None:
    from comity.cli.envelope import enveloped

    result = {
        "item": asked.item,
        "body": asked.body,
        "charter": asked.charter,
        "procedure": asked.procedure_id,
        "clause": asked.clause,
        **decision.to_dict(),
        "notes": _notes(asked, decision),
    }
    streams.put_json(enveloped("decide", result))


def _notes(asked: Asked, decision: Decision) -> list[str]:
    """What the answer leaves aside, and what is odd about the procedure."""
    from comity.rules import rule_findings

    odd = rule_findings(asked.procedure, len(decision.responses))
    return [*asked.notes, *(finding.says for finding in odd)]


def _show(asked: Asked, decision: Decision) -> None:
    from comity.cli.tables import put_table
    from comity.rules import binding_sentence

    streams.put_prose(f"{'Adopted' if decision.adopted else 'Not adopted'}. {decision.reason}")
    if asked.question:
        streams.put_prose(f"Question ({asked.item}): {asked.question}")
    streams.put_prose(
        f"Rule ({asked.procedure_id}): {decision.rule} {binding_sentence(asked.procedure)}"
    )
    if asked.clause is not None:
        streams.put_prose(
            f"Laid down by: {asked.clause.source} ({_CHECKED[asked.clause.verified]})"
        )
    streams.put()
    put_table(["response", "count", "members"], _rows(decision), numbers=["count"])
    streams.put()
    for line in _witness(decision):
        streams.put_prose(line)
    for note in _notes(asked, decision):
        streams.put_prose(f"Mind: {note}")


def _rows(decision: Decision) -> Iterator[list[str]]:
    for response, count in decision.counts.items():
        members = [member for member, held in decision.responses.items() if held is response]
        yield [response.label.replace("_", " "), str(count), ", ".join(members)]


def _witness(decision: Decision) -> Iterator[str]:
    """Who explains the outcome."""
    if decision.adopted:
        undoing = ", ".join(decision.undoing) or "there is none"
        yield f"A smallest set that could undo it by objecting: {undoing}."
    else:
        doing = "supporting"
        if decision.unblocking_needs and decision.unblocking_needs.label == "stand_aside":
            doing = "standing aside"
        yield f"A smallest set that blocks, whatever others answer: {', '.join(decision.blocking)}."
        yield f"A smallest set that would unblock it by {doing}: {', '.join(decision.unblocking)}."
    yield f"Bound: {', '.join(decision.bound) or 'nobody'}."
