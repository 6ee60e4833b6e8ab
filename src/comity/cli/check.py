"""``comity check``: what a dossier ought to be asked before anyone relies on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from comity.cli import streams
from comity.cli.exits import Code
from comity.cli.options import Json, a_path
from comity.errors import ComityError, DossierError

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.dossier.finding import Finding

ALL = "all"


def check(
    path: Annotated[
        Path | None,
        Argument(
            metavar="DOSSIER",
            help="A YAML file, a folder of them, a workbook, or a table (docs/how-to/formats.md).",
            show_default=False,
            parser=a_path,
        ),
    ] = None,
    strict: Annotated[
        list[str] | None,
        Option(
            "--strict",
            metavar="NAME",
            help="Fail, with exit code 1, if this check finds anything; 'all' for every check. "
            "May be given several times.",
        ),
    ] = None,
    listing: Annotated[
        bool, Option("--list", help="List the checks and the question each asks.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Read a dossier and put the named checks to it.

    A dossier that cannot be read is refused with exit code 2, and up to ten further problems are
    listed below the first. What the checks find is worth a
    look; --strict makes it a failure. A forecast goes ahead all the same, unless the dossier
    knows of later things (anachronism) or its items require each other in a circle.

    \b
    Examples:
      comity check summit.yaml
      comity check summit.yaml --strict anachronism --strict uncited_statement
      comity check --list
    """
    from comity.cli import checked

    questions = checked.questions()
    if listing:
        _list(questions, as_json)
        return
    names = _strict(strict or [], questions)
    if path is None:
        raise ComityError(
            "no dossier is named", mend="Name a YAML file, a folder of them, or a workbook."
        )
    found = checked.findings(_read(path, as_json))
    failing = sorted({finding.check for finding in found} & names)
    if as_json:
        _put_json(path, found, failing)
    else:
        _show(found)
    if failing:
        streams.say(f"found, where you asked to be strict: {', '.join(failing)}")
        raise typer.Exit(Code.FINDING)


def _read(path: Path, as_json: bool) -> Dossier:
    """The dossier; one that cannot be read ends the command, with all there is to mend."""
    from comity.dossier.load import load

    try:
        return load(path)
    except DossierError as error:
        if not error.others and not as_json:
            raise
        streams.say("\n".join([str(error), *(_in_one_line(other) for other in error.others)]))
        if as_json:
            _put_problems(path, error)
        raise typer.Exit(Code.MISUSE) from None


def _in_one_line(other: ComityError) -> str:
    return f"  also:  {other.place}: {other.problem}"


def _put_problems(path: Path, error: ComityError) -> None:
    from comity.cli.envelope import enveloped

    told = [_problem(each) for each in (error, *error.others)]
    streams.put_json(enveloped("check", {"dossier": path, "problems": told}))


def _problem(each: ComityError) -> dict[str, object]:
    mend = each.mend.partition("\n  more:")[0]  # the others stand beside it
    return {
        "where": str(each.place),
        "problem": each.problem,
        "found": None if each.found is None else str(each.found),
        "mend": mend,
    }


def _strict(given: Sequence[str], known: Collection[str]) -> set[str]:
    """The checks whose findings are a failure."""
    from comity.dossier.paths import nearest

    for name in given:
        if name != ALL and name not in known:
            like = nearest(name, [*known, ALL])
            guess = f"Did you mean '{like}'? " if like else ""
            raise ComityError(
                "there is no check of this name",
                found=f"--strict {name}",
                mend=f"{guess}`comity check --list` lists them.",
            )
    return set(known) if ALL in given else set(given)


def _list(questions: dict[str, str], as_json: bool) -> None:
    from comity.cli.envelope import enveloped
    from comity.cli.tables import put_table

    if as_json:
        checks = [{"name": name, "question": asks} for name, asks in questions.items()]
        streams.put_json(enveloped("check", {"checks": checks}))
    else:
        put_table(["check", "question"], list(questions.items()))


def _put_json(path: Path, found: Sequence[Finding], failing: list[str]) -> None:
    from comity.cli.envelope import enveloped

    result = {"dossier": path, "findings": found, "failing": failing}
    streams.put_json(enveloped("check", result))


def _show(found: Sequence[Finding]) -> None:
    from comity.cli.tables import put_table

    if found:
        put_table(
            ["check", "where", "what"], [[each.check, each.where, each.message] for each in found]
        )
    else:
        streams.put("The checks find nothing.")
