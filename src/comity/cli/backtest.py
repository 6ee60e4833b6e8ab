"""``comity backtest``: models scored on what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from comity.cli import made, page, streams
from comity.cli.options import SEED, Force, Json, Seed, Timings, a_path

if TYPE_CHECKING:
    from comity.backtest.results import Backtest

COUNCIL_VOTES = "council_votes"


def backtest(
    path: Annotated[
        Path,
        Argument(
            metavar="PATH",
            help="A table of decided issues in the DEU layout, or a folder of consensus decisions.",
            show_default=False,
            parser=a_path,
        ),
    ],
    model: Annotated[
        list[str] | None,
        Option(
            "--model",
            metavar="NAME|all",
            help="A model to score; compromise and climatology always are. May be given "
            "several times; none: all.",
        ),
    ] = None,
    capabilities: Annotated[
        str,
        Option(
            "--capabilities",
            metavar="council_votes|shapley_shubik|equal",
            help="By what rule each actor has its means.",
        ),
    ] = COUNCIL_VOTES,
    report: Annotated[
        Path | None,
        Option("--report", metavar="FILE", help="Write the HTML report as well."),
    ] = None,
    per_issue: Annotated[
        Path | None,
        Option("--per-issue", metavar="FILE", help="Write every prediction as a CSV file."),
    ] = None,
    resamples: Annotated[
        int | None,
        Option(
            "--resamples",
            min=100,
            help="Resamples for the intervals; none: 5,000 of proposals, 10,000 of bodies.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    seed: Seed = SEED,
    as_json: Json = False,
    timings: Timings = False,
) -> None:
    """Score models on decided issues, or the consensus model on blocks and adoptions.

    The table has a line for each issue, with tabs or commas between cells: `isnr` (issue), `prnr`
    (proposal), `proc` (COD, CNS), `counvte` (QMV, Unan), `p…` and `s…` (positions and saliences
    from 0 to 100: com, ep, at, be …), `rp` (reference point) and `out` (outcome). The same file,
    seed and resamples give the same answer. With --report or --per-issue the paths written come
    last; under --json they go to stderr.

    A folder of consensus decisions holds index.yaml, dossiers/ as of the day before and, apart,
    outcomes/: whether the tabled draft was adopted, and who objected from which side, are scored
    against the base rate and a naive rule.

    \b
    Examples:
      comity backtest decisions.tsv
      comity backtest examples/cases/consensus-set
      comity backtest decisions.tsv --model compromise --model nash --json
      comity backtest decisions.tsv --capabilities equal --report scores.html
    """
    from comity.cli import passages

    if passages.holds(path):
        passages.refuse_options(model, capabilities, report, per_issue)
        passages.put_passages(path, seed, resamples, as_json=as_json, timings=timings)
        return
    from comity.cli import backtest_rows

    if report is not None:
        backtest_rows.refuse_the_table(report, path)
        page.refuse_in_vain(report, force=force)
    if per_issue is not None:
        backtest_rows.refuse_in_vain(per_issue, force=force, table=path)
    found = _scored(path, model, capabilities, seed, resamples, timings=timings)
    if as_json:
        _put_json(found)
    else:
        from comity.cli.backtest_tables import show

        show(found)
    _write(found, report, per_issue, aside=as_json, timings=timings)


def _scored(
    path: Path,
    model: list[str] | None,
    capabilities: str,
    seed: int,
    resamples: int | None,
    *,
    timings: bool,
) -> Backtest:
    """The backtest of a table, its progress shown to whoever waits for it."""
    from comity.cli.progress import progress

    with made.timed("scoring", timings), progress("scoring models") as told:
        from comity.backtest.resampling import RESAMPLES
        from comity.backtest.scoring import backtest as score

        return score(
            path,
            model or ("all",),
            capabilities=capabilities,
            seed=seed,
            resamples=resamples or RESAMPLES,
            tell=told,
        )


def _put_json(found: Backtest) -> None:
    from comity.cli.envelope import enveloped

    streams.put_json(enveloped("backtest", found.to_json(), seed=found.seed, draws=found.draws))


def _write(
    found: Backtest, report: Path | None, per_issue: Path | None, *, aside: bool, timings: bool
) -> None:
    """Write what was asked for besides and tell where; ``aside``: on stderr."""
    if per_issue is not None:
        from comity.cli import backtest_rows

        backtest_rows.write(found, per_issue)
        page.tell(per_issue, "Every prediction:", aside=aside)
    if report is not None:
        with made.timed("reporting", timings):
            from comity.report.backtest import backtest_report

            written = backtest_report(found).save(report)
        page.tell(written, "The report, with its method:", aside=aside)
