"""``comity mediate``: what all parties could accept, what to put forward first, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, BadParameter, Option

from comity.cli import made, mediate_given, mediate_items, mediate_page, streams
from comity.cli.options import SEED, Force, Json, Seed, Timings, Workers, a_path

if TYPE_CHECKING:
    from comity.ensemble.mediation import Mediation

DRAWS = 1_000


def a_share(given: str) -> float:
    """A share of a whole as it is claimed: ``95%``, ``0.95``, ``19/20``."""
    from fractions import Fraction

    from pydantic import TypeAdapter, ValidationError

    from comity.dossier.frozen import Share

    try:
        share: Fraction = TypeAdapter(Share).validate_python(given.strip())
    except ValidationError:
        raise BadParameter(f"{given!r} is no share; write 95% or 0.95.") from None
    return float(share)


def an_epsilon(given: str) -> float:
    """How far off the frontier may be, in points of utility."""
    import math

    try:
        points = float(given)
    except ValueError:
        points = math.nan
    if not (math.isfinite(points) and points >= 0.0):
        raise BadParameter(f"{given!r} is no distance; write a number of points, 0 or more.")
    return points


def mediate(
    path: Annotated[
        Path,
        Argument(
            metavar="DOSSIER",
            help="A YAML file, a folder of them, a workbook (.xlsx), or a folder of GENIUS files.",
            show_default=False,
            parser=a_path,
        ),
    ],
    talks: Annotated[
        str | None,
        Option("--talks", metavar="ID", help="These talks; needed only if there are several."),
    ] = None,
    claim: Annotated[
        float | None,
        Option(
            "--claim",
            metavar="SHARE",
            help="Test the claim that every party can have so much of its own best, e.g. 95%.",
            parser=a_share,
        ),
    ] = None,
    epsilon: Annotated[
        float,
        Option(
            "--epsilon",
            metavar="POINTS",
            help="Let the frontier be off by so many points, where exactly would take too long.",
            parser=an_epsilon,
        ),
    ] = 0.0,
    utilities: Annotated[
        str | None,
        Option(
            "--utilities",
            metavar="genius|raw",
            help="Of a GENIUS folder: divide evaluations as GENIUS does, or take them as written.",
        ),
    ] = None,
    body: Annotated[
        str | None,
        Option(
            "--body",
            metavar="ID",
            help="Packages across the items of this body, its members as parties; printed or as "
            "JSON, without --report, --brief and --claim.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        Option("--report", metavar="FILE", help="Write the HTML report as well."),
    ] = None,
    brief: Annotated[
        Path | None,
        Option("--brief", metavar="FILE", help="Write a brief of one page as well, as .docx."),
    ] = None,
    force: Force = False,
    seed: Seed = SEED,
    draws: Annotated[
        int, Option("--draws", min=1, help="Number of draws from the dossier.")
    ] = DRAWS,
    workers: Workers = None,
    as_json: Json = False,
    timings: Timings = False,
) -> None:
    """Tell what all parties to talks could accept.

    Which package to put forward first and why, a menu of others, whether an agreement is possible
    at all and what stands in the way, trades, fairness, the next draft of a single text, and the
    one question to ask. The frontier is exact: no efficient package is overlooked; where it is
    beyond reach, the answer says so. Proposals are the best of several hundred candidates. The
    same dossier, seed and number of draws give the same answer, byte for byte. With --report and
    --brief the last lines are the paths of the files; under --json they go to stderr.

    \b
    Examples:
      comity mediate summit.yaml
      comity mediate summit.yaml --talks dam --claim 90% --brief brief.docx
      comity mediate summit.yaml --body commission --json
    """
    if body is not None:
        not_for_it = {
            "--talks": talks is not None,
            "--claim": claim is not None,
            "--epsilon": epsilon > 0.0,
            "--utilities": utilities is not None,
            "--report": report is not None,
            "--brief": brief is not None,
        }
        mediate_items.across_items(
            path,
            body,
            not_for_it=not_for_it,
            seed=seed,
            draws=draws,
            as_json=as_json,
            timings=timings,
        )
        return
    mediate_page.refuse_in_vain(report, brief, force=force, dossier=path)
    dossier, name = mediate_given.given(path, talks, utilities, timings=timings)
    found = mediate_given.mediation_of(
        dossier,
        path,
        name,
        claim=claim,
        epsilon=epsilon,
        seed=seed,
        draws=draws,
        workers=workers,
        timings=timings,
    )
    made.tell_findings(path, dossier)
    if as_json:
        _put_json(found)
    else:
        from comity.cli.mediate_said import put_mediation

        put_mediation(found)
    mediate_page.write(found, report, brief, aside=as_json, timings=timings)


def _put_json(found: Mediation) -> None:
    from comity.cli.envelope import enveloped

    result = found.to_json()
    seed, draws = result.pop("seed"), result.pop("draws")  # they stand in the envelope
    streams.put_json(enveloped("mediate", result, seed=seed, draws=draws))
