"""``comity replay``: recorded votes put to the rule of a charter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from comity.cli import streams
from comity.cli.asked import USUAL
from comity.cli.given import Facts, facts
from comity.cli.options import Json, a_path
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.rollcalls import Replay, Replayed

REGRESSION = (
    "Who vetoed is known here because the outcome was a veto, so agreement on tallies tests that "
    "nothing broke; it is no evidence that the rule is right."
)
"""What agreement on tallies is worth where the file names the vetoers."""

_AFTERWARDS = {"adopted": True, "not-adopted": False}


def replay(
    files: Annotated[
        list[str],
        Argument(metavar="FILE...", help="Recorded votes or tallies; also a table of vetoes."),
    ],
    charter: Annotated[
        str | None, Option("--charter", metavar="NAME", help="A charter that comes with Comity.")
    ] = None,
    file: Annotated[
        str | None, Option("--file", metavar="FILE", help="A charter of your own, in YAML.")
    ] = None,
    procedure: Annotated[
        str,
        Option("--procedure", metavar="ID", help="Procedure of votes that name none themselves."),
    ] = USUAL,
    fact: Facts = None,
    outcome: Annotated[
        str | None,
        Option(
            "--outcome",
            metavar="adopted|not-adopted",
            help="Outcome of the votes for which the files give none.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Put recorded votes to a rule and score it.

    The charter in force in the year of a vote decides, on the seats of that day. Outcomes are
    compared where the files give them, every mismatch listed; vetoes are derived from votes by
    member and compared with a table of vetoes, if there is one.

    \b
    Examples:
      comity replay votes.csv --charter plain
      comity replay votes.csv --charter unga --procedure other --json
    """
    from comity.rollcalls import replay as replayed
    from comity.rollcalls import with_outcome

    if outcome is not None and outcome not in _AFTERWARDS:
        raise ComityError(
            "this is no outcome", found=f"--outcome {outcome}", mend="Use adopted or not-adopted."
        )
    by = _charter(charter, file)
    found = replayed([a_path(votes) for votes in files], by, procedure, facts(fact))
    if outcome is not None:
        found = with_outcome(found, _AFTERWARDS[outcome])
    if as_json:
        _put_json(found, files)
    else:
        from comity.cli.replay_tables import show

        show(found)


def _charter(name: str | None, file: str | None) -> str | Path:
    """The charter asked for, by its name or by its file."""
    if name is not None and file is not None:
        raise ComityError(
            "--charter does not go with --file",
            found=f"--charter {name} --file {file}",
            mend="Keep one of the two.",
        )
    if file is not None:
        return a_path(file)
    if name is None:
        raise ComityError(
            "nothing says by which rule", mend="Name a charter with --charter or --file."
        )
    return name


def _put_json(found: Replay, files: list[str]) -> None:
    from comity.cli.envelope import enveloped

    result = {
        "files": files,
        "charter": found.charter,
        "procedure": found.procedure,
        "rules": found.rules,
        "kind": found.kind,
        "rows": len(found.rows) + sum(map(len, found.without_tally.values())),
        "n": len(found.compared),
        "agreeing": len(found.compared) - len(found.mismatches),
        "agreement": found.agreement,
        "evidence": REGRESSION if found.encodes_outcome else None,
        "mismatches": list(map(entry, found.mismatches)),
        "says": found.says,
        "why_not": found.why_not,
        "why_in_short": found.why_in_short,
        "unsaid_facts": found.unsaid,
        "vetoed": list(map(entry, found.vetoed)),
        "by_charter": found.by_charter,
        "without_tally": {
            how: {"n": len(places), "lines": [place.line for place in places]}
            for how, places in found.without_tally.items()
        },
        "join": _join(found),
        "vetoes": _check(found),
        "notes": found.notes,
    }
    streams.put_json(enveloped("replay", result))


def entry(row: Replayed) -> dict[str, Any]:
    """One vote as JSON has it."""
    return {
        "file": row.place.file,
        "line": row.place.line,
        "id": row.id,
        "title": row.title,
        "meeting": row.meeting,
        "date": row.on,
        "year": row.year,
        "charter": row.charter,
        "procedure": row.procedure,
        "yes": row.yes,
        "no": row.no,
        "abstain": row.abstain,
        "vetoers": row.vetoers,
        "rule_says": None if row.adopted is None else _word(row.adopted),
        "outcome": None if row.outcome is None else _word(row.outcome),
        "missed": row.missed,
        "hint": row.hint or None,
    }


def _word(adopted: bool) -> str:
    return "adopted" if adopted else "not_adopted"


def _join(found: Replay) -> dict[str, Any] | None:
    """What came of joining the table of vetoes."""
    if (join := found.join) is None:
        return None
    return {
        "entries": join.entries,
        "joined": join.joined,
        "added": [_tally(tally) for tally in join.added],
        "rows_alone": [_tally(tally) for tally in join.rows_alone],
        "entries_alone": [
            {"line": each.place.line, "draft": each.draft, "meeting": each.meeting}
            | {"vetoers": each.vetoers}
            for each in join.entries_alone
        ],
    }


def _tally(tally: Any) -> dict[str, Any]:
    return {"line": tally.place.line, "id": tally.id, "meeting": tally.meeting} | {
        "vetoers": tally.vetoers
    }


def _check(found: Replay) -> dict[str, Any] | None:
    """Derived vetoes beside those of the table."""
    if (check := found.check) is None:
        return None
    return {
        "derived": len(found.vetoed),
        "confirmed": len(check.confirmed),
        "other_vetoers": list(map(entry, check.other_vetoers)),
        "unlisted": list(map(entry, check.unlisted)),
        "underived": [
            {"line": each.place.line, "draft": each.draft, "vetoers": each.vetoers}
            for each in check.underived
        ],
    }
