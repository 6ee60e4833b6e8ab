"""How a scored set of consensus decisions is shown to people, and put as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import made, streams
from comity.errors import UnsupportedError

if TYPE_CHECKING:
    from comity.backtest.passages import Passages


def holds(path: Path) -> bool:
    """Whether a path is to be read as consensus decisions: tables are files, never folders."""
    return path.is_dir()


def refuse_options(
    model: object, capabilities: str, report: Path | None, per_issue: Path | None
) -> None:
    """Options that are for tables of decided issues are refused, not passed over."""
    given = {
        "--model": model,
        "--capabilities": capabilities != "council_votes",
        "--report": report,
        "--per-issue": per_issue,
    }
    if refused := [name for name, value in given.items() if value]:
        raise UnsupportedError(
            "a folder of consensus decisions is scored with the consensus model alone",
            found=", ".join(refused),
            mend="Leave the option out; --json gives every case with its shares.",
        )


def put_passages(
    folder: Path, seed: int, resamples: int | None, *, as_json: bool, timings: bool
) -> None:
    """Score a folder of consensus decisions and print what was found."""
    from comity.cli.progress import progress

    with made.timed("scoring", timings), progress("scoring decisions") as told:
        from comity.backtest.passages.score import RESAMPLES, score_passages

        found = score_passages(folder, seed=seed, resamples=resamples or RESAMPLES, tell=told)
    if as_json:
        from comity.cli.envelope import enveloped

        said = enveloped("backtest", found.to_json(), seed=found.seed, draws=found.draws)
        streams.put_json(said)
    else:
        show(found)


def show(found: Passages) -> None:
    """Print the answer, the tables it rests on, and what to mind."""
    from comity.cli.tables import put_table
    from comity.report.sentences import passages as said

    for sentence in said.conclusion(found):
        streams.put_prose(sentence)
    streams.put()
    for measure in said.MEASURES:
        heads = said.score_headings(measure)
        rows = [said.short_score_row(name, held, measure) for name, held in found.scores.items()]
        put_table(heads, rows, numbers=heads[1:])
        streams.put()
    streams.put_prose(f"Less is better. {said.on_intervals(found)} {said.LEGEND}")
    streams.put()
    put_table(said.SHORT_CASES, [said.short_case_row(case) for case in found.cases])
    streams.put()
    streams.put_prose(
        "Share: of draws in which the tabled draft is adopted. Refused: who had publicly refused "
        "the day before. Objected: who did, and its place when seats are ordered by how often they "
        "object. Sure: of the inputs, the outcome, the objectors; A texts or own words, B accounts "
        "agree in the main, C few accounts."
    )
    streams.put()
    for sentence in (*said.on_objectors(found), *said.on_omega(found)):
        streams.put_prose(sentence)
    streams.put_prose(f"Mind: {said.caution(found)}")
