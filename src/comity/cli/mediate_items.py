"""``comity mediate --body``: packages across the items of a body, its members as parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import made, streams
from comity.cli.named import choose
from comity.errors import ComityError, DossierError, Place

if TYPE_CHECKING:
    from comity.bargaining.items import ItemsPackages
    from comity.dossier import Dossier


def across_items(
    path: Path,
    body: str,
    *,
    not_for_it: dict[str, bool],
    seed: int,
    draws: int,
    as_json: bool,
    timings: bool,
) -> None:
    """Find the package across a body's items and print it; options not for it are refused."""
    if misplaced := [option for option, given in not_for_it.items() if given]:
        raise ComityError(
            f"{' and '.join(misplaced)} cannot be used with --body", mend="Leave it out."
        )
    dossier = made.read(path, timings=timings)
    _refuse_unknown(dossier, path, body)
    found = _found(dossier, path, body, seed=seed, draws=draws, timings=timings)
    made.tell_findings(path, dossier)
    if as_json:
        _put_json(dossier, found)
    else:
        _show(dossier, found)


def _refuse_unknown(dossier: Dossier, path: Path, body: str) -> None:
    if body not in dossier.bodies:
        raise DossierError(
            "the dossier has no such body",
            place=Place(file=str(path), field="bodies"),
            found=body,
            mend=choose("--body", body, dossier.bodies)
            if dossier.bodies
            else "Leave --body out: it has none.",
        )


def _found(
    dossier: Dossier, path: Path, body: str, *, seed: int, draws: int, timings: bool
) -> ItemsPackages:
    from comity.cli.progress import progress

    with made.timed("mediating", timings), made.placed(path), progress("mediating"):
        from comity.ensemble.packages import packages

        return packages(dossier, body, seed=seed, draws=draws)


def _put_json(dossier: Dossier, found: ItemsPackages) -> None:
    from comity.cli.envelope import enveloped, written

    result = written(found)
    seed, draws = result.pop("seed"), result.pop("draws")  # they stand in the envelope
    about = {"title": dossier.title, "as_of": dossier.as_of, "handling": dossier.handling}
    streams.put_json(enveloped("mediate", about | result, seed=seed, draws=draws))


@dataclass(frozen=True)
class _Shown:
    """What stands in the heading."""

    dossier: Dossier
    seed: int
    draws: int

    @property
    def title(self) -> str:
        return self.dossier.title

    @property
    def handling(self) -> str:
        return self.dossier.handling

    @property
    def as_of(self) -> date:
        return self.dossier.as_of

    @property
    def note(self) -> str:
        return self.dossier.note


def _show(dossier: Dossier, found: ItemsPackages) -> None:
    from comity.cli.heading import put_heading, put_section
    from comity.cli.tables import put_table
    from comity.report.sentences import talks_items as says

    about = says.AboutItems(dossier, found)
    put_heading(_Shown(dossier, found.seed, found.draws), "Packages across items")
    streams.put_prose(says.table(about))
    put_section("the answer")
    streams.put_prose(" ".join(says.answer(about)))
    for said in (says.why(about), says.points_note(about)):
        for line in said:
            streams.put_prose(line)
    put_section("each item alone")
    headings = says.headings(about)
    rows = [says.alone(about, item) for item in found.items]
    put_table(headings, rows, numbers=headings[1:-1])
    if other := says.others(about):
        put_section("other packages")
        for line in other:
            streams.put_prose(line)
    put_section("before you use this")
    for line in says.caveats(about):
        streams.put_prose(line)
