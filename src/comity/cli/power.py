"""``comity power``: how often each member decides, and what would change that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from comity.cli import given, power_said, streams
from comity.cli.options import Json, a_path
from comity.errors import ComityError, RuleError

if TYPE_CHECKING:
    from comity.cli.asked import Asked
    from comity.dossier.charter import Charter, Procedure
    from comity.rules import Seating
    from comity.rules.power import Chance, Power, Shares


@dataclass(frozen=True)
class Measured:
    """The power of the members of one table under one procedure."""

    what: str
    procedure: Procedure
    table: Seating
    power: Power
    chance: Chance | None
    """Of adopting, where chances or blocs are given."""


@dataclass(frozen=True)
class Answer:
    """What was asked, and what was found."""

    asked: Asked
    now: Measured
    then: Measured | None
    sharing: Mapping[str, Shares]
    three: bool
    exact: bool
    notes: tuple[str, ...]


def power(
    file: Annotated[
        str | None,
        Argument(
            metavar="[GAME]",
            help='A game, as {"quota": 5, "weights": [3, 2, 2]} or a rule with its members; or a '
            "dossier.",
        ),
    ] = None,
    item: Annotated[
        str | None, Option("--item", metavar="ID", help="Agenda item of the dossier.")
    ] = None,
    charter: Annotated[
        str | None, Option("--charter", metavar="NAME", help="A charter that comes with Comity.")
    ] = None,
    charter_file: Annotated[
        str | None, Option("--file", metavar="FILE", help="A charter of your own, in YAML.")
    ] = None,
    procedure: Annotated[
        str | None, Option("--procedure", metavar="ID", help="Procedure; none: 'substantive'.")
    ] = None,
    rule: Annotated[
        str | None,
        Option("--rule", metavar="YAML", help="Another rule: how it would change power."),
    ] = None,
    without: Annotated[
        str | None, Option("--without", metavar="A,B", help="What it changes if these leave.")
    ] = None,
    joining: Annotated[
        list[str] | None,
        Option(
            "--with",
            metavar="NAME[=WEIGHT]",
            help="What it changes if this one joins; under several measures write "
            "NAME=votes:5,population:10.",
        ),
    ] = None,
    abstention: Annotated[
        bool, Option("--abstention", help="Count standing aside as a third answer.")
    ] = False,
    yes: Annotated[
        list[str] | None,
        Option(
            "--yes",
            metavar="CHANCE|NAME=CHANCE",
            help="Chance that members say yes, all or one: how often would the body act?",
        ),
    ] = None,
    bloc: Annotated[
        list[str] | None,
        Option(
            "--bloc", metavar="A,B[:RHO]", help="Members that answer together; RHO from 0 to 1."
        ),
    ] = None,
    every_index: Annotated[
        bool, Option("--all", help="Deegan–Packel and Johnston too, where they can be counted.")
    ] = False,
    exact: Annotated[bool, Option("--exact", help="Shapley–Shubik values as fractions.")] = False,
    members: given.Members = None,
    on: given.OnDay = None,
    fact: given.Facts = None,
    group: given.Groups = None,
    as_json: Json = False,
) -> None:
    """Tell how often each member decides.

    Shapley–Shubik, Banzhaf and Coleman's indices, exact or with their error; and what a
    withdrawal, an accession or another rule would change. All members are taken to be present
    and to answer as they like: power of the rule, not of persuasion.

    \b
    Examples:
      comity power game.json
      comity power --charter unsc --abstention
      comity power --charter eu-council-lisbon --without HUN
      comity power --charter csto --procedure procedural --rule consensus
      comity power --charter csto --without ARM --yes 0.8
    """
    from comity.cli import power_tables

    said = given.said(members, on, fact, group)
    asked, other = _asked(file, item, charter, charter_file, procedure, rule, said)
    answer = _answer(
        asked,
        other,
        [] if without is None else given.seats(without, "--without "),
        joining or [],
        abstention,
        yes or [],
        bloc or [],
        every_index,
        exact,
    )
    if as_json:
        _put_json(answer)
    else:
        power_tables.show(answer)


def _asked(
    file: str | None,
    item: str | None,
    charter: str | None,
    charter_file: str | None,
    procedure: str | None,
    rule: str | None,
    said: given.Said,
) -> tuple[Asked, Procedure | None]:
    """Whose power is asked for, and the other rule to compare with, if any."""
    from comity.cli import asked
    from comity.dossier.charters import load_charter
    from comity.rules.sentence import NAMELESS

    named = {"a file": file, "--charter": charter, "--file": charter_file}
    if sum(held is not None for held in named.values()) > 1:
        raise ComityError(
            "say whose power in one way alone",
            found=", ".join(f"{name} {held}" for name, held in named.items() if held is not None),
            mend="Keep one of the file, --charter and --file.",
        )
    if charter is not None:
        found = asked.in_charter(load_charter(charter), procedure, None, said)
    elif charter_file is not None:
        found = asked.in_charter(given.own_charter(charter_file), procedure, None, said)
    elif file is not None:
        found = _in_file(a_path(file), item, procedure, said)
    elif rule is not None:
        return asked.in_charter(NAMELESS, None, rule, said), None
    else:
        raise ComityError(
            "nothing says whose power",
            mend="Name a game or a dossier, a charter with --charter NAME, or say a rule with "
            "--rule YAML and --members A,B,C.",
        )
    return found, None if rule is None else given.own_rule(rule, found.charter)


def _in_file(path: Path, item: str | None, procedure: str | None, said: given.Said) -> Asked:
    from comity.cli import asked
    from comity.dossier.load import file_document
    from comity.rules.power.reading import PROCEDURE, game_of, is_game

    if path.is_dir():
        return asked.in_dossier(path, item, procedure, None, said)
    document = file_document(path)
    if not is_game(document.value):
        return asked.in_dossier(path, item, procedure, None, said)
    if item is not None:
        raise ComityError("--item goes with a dossier", found=item, mend="Leave it out.")
    if procedure not in (None, PROCEDURE):
        raise ComityError(
            "--procedure goes with a charter or a dossier; a game has one rule",
            found=procedure,
            mend="Leave it out.",
        )
    return asked.in_charter(game_of(document), PROCEDURE, None, said)


def _answer(
    asked: Asked,
    other: Procedure | None,
    leaving: Sequence[str],
    joining: Sequence[str],
    three: bool,
    yes: Sequence[str],
    blocs: Sequence[str],
    every_index: bool,
    exact: bool,
) -> Answer:
    from comity.rules.power import THREE, TWO, power_at

    if asked.members is None:
        raise ComityError(
            "nothing says who the members are", mend="Name them with --members A,B,C."
        )
    answers = THREE if three else TWO
    table = asked.table(())
    changed = power_said.changed(table, leaving, joining)
    names = tuple(dict.fromkeys([*table.members, *changed.members]))
    leaning = power_said.leaning(names, yes, blocs, three)

    def measured(what: str, rule: Procedure, at: Seating) -> Measured:
        try:
            indices = power_at(rule, at, answers=answers, exact=exact)
        except RuleError as error:
            raise _placed(error, what) from None
        return Measured(what, rule, at, indices, power_said.chance(rule, at, leaning))

    now = measured("", asked.procedure, table)
    then = None
    if changed is not table or other is not None:
        then = measured(power_said.what(leaving, joining, other), other or asked.procedure, changed)
    return Answer(
        asked=asked,
        now=now,
        then=then,
        sharing=_sharing(now) if every_index else {},
        three=three,
        exact=exact,
        notes=tuple(_notes(asked, now)),
    )


def _placed(error: RuleError, what: str) -> RuleError:
    """The same error, saying under which change it arose."""
    found = error.found
    return RuleError(
        f"{what[:1].upper()}{what[1:]}: {error.problem}" if what else error.problem,
        place=error.place,
        found=str(found) if isinstance(found, Fraction) else found,
        mend=error.mend,
    )


def _sharing(now: Measured) -> dict[str, Shares]:
    from comity.rules.power import WeightedGame, deegan_packel, johnston

    game = now.power.game
    if not isinstance(game, WeightedGame):
        raise ComityError(
            "Deegan–Packel and Johnston are counted for rules of one weighted count",
            found="a rule of several counts, or a third answer",
            mend="Leave --all out.",
        )
    return {"deegan_packel": deegan_packel(game), "johnston": johnston(game)}


def _notes(asked: Asked, now: Measured) -> list[str]:
    from comity.dossier.paths import listed
    from comity.rules import rule_findings, seat

    odd = rule_findings(seat(asked.procedure, now.table), charter=asked.charter)
    told = [*asked.notes(now.table), *(finding.says for finding in odd)]
    swings = now.power.swings or ()
    never = [name for name, many in zip(now.table.members, swings, strict=False) if not many]
    if never and not any(finding.name == "member_without_say" for finding in odd):
        told.append(f"Whatever the others answer, {listed(never)} cannot turn the outcome.")
    return told


def _put_json(answer: Answer) -> None:
    from comity.cli.envelope import enveloped

    result = {
        "charter": answer.asked.charter.name or None,
        "procedure": answer.asked.procedure_id,
        "on": answer.asked.day,
        "answers": 3 if answer.three else 2,
        **_measured(answer.now, answer.asked.charter),
        **{
            name: {"values": shares.values, "coalitions": shares.coalitions}
            for name, shares in answer.sharing.items()
        },
        "change": None
        if answer.then is None
        else {"what": answer.then.what, **_measured(answer.then, answer.asked.charter)},
        "notes": answer.notes,
    }
    streams.put_json(enveloped("power", result))


def _measured(measured: Measured, charter: Charter) -> dict[str, object]:
    from comity.rules import procedure_sentence

    found = measured.power
    return {
        "rule": procedure_sentence(measured.procedure, charter),
        "members": measured.table.members,
        "banzhaf": found.banzhaf,
        "banzhaf_absolute": found.banzhaf_absolute,
        "shapley_shubik": found.shapley_shubik,
        "shapley_shubik_fractions": found.shapley_shubik_fractions,
        "coleman_act": found.coleman_act,
        "coleman_prevent": found.coleman_prevent,
        "coleman_initiate": found.coleman_initiate,
        "swings": found.swings,
        "winning": found.winning,
        "method": found.method,
        "shapley_shubik_method": found.shapley_shubik_method,
        "exact": found.exact,
        "error": found.error,
        "proven": found.proven,
        "chance_to_act": measured.chance,
    }
