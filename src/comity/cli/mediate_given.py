"""The talks that are meant: read from a dossier, a workbook or GENIUS files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from comity.cli import made
from comity.cli.named import choose
from comity.errors import ComityError, DossierError, Place, UnsupportedError

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble.mediation import Mediation


def given(
    path: Path, talks: str | None, utilities: str | None, *, timings: bool = False
) -> tuple[Dossier, str]:
    """The dossier at a path, and the id of the talks in it that are meant."""
    dossier = _read(path, utilities, timings=timings)
    return dossier, _named(dossier, path, talks)


def _read(path: Path, utilities: str | None, *, timings: bool) -> Dossier:
    if utilities is None:
        return made.read(path, timings=timings)
    from comity.dossier.genius import Utilities, holds_genius, load_genius

    known: tuple[Utilities, ...] = get_args(Utilities)
    reading = next((each for each in known if each == utilities), None)
    if reading is None:
        raise ComityError(
            "there is no such reading of GENIUS files",
            found=utilities,
            mend=choose("--utilities", utilities, known),
        )
    if not holds_genius(path):
        raise ComityError(
            "--utilities is for a folder of GENIUS files alone",
            place=Place(file=str(path)),
            mend="Leave it out.",
        )
    with made.timed("reading", timings):
        return load_genius(path, reading)


def _named(dossier: Dossier, path: Path, talks: str | None) -> str:
    """The id of the talks that are meant; the only ones need not be named."""
    known = dossier.talks
    if not known:
        raise DossierError(
            "the dossier has no talks",
            place=Place(file=str(path), field="talks"),
            mend=_instead(dossier),
        )
    if talks is None and len(known) == 1:
        return next(iter(known))
    if talks is None or talks not in known:
        raise DossierError(
            "say which talks are meant" if talks is None else "the dossier has no such talks",
            place=Place(file=str(path), field="talks"),
            found=talks,
            mend=choose("--talks", talks, known),
        )
    return talks


def _instead(dossier: Dossier) -> str:
    """What a dossier without talks could be used for."""
    add = "Add `talks` with parties, issues and preferences; `comity new` shows them."
    if not dossier.agenda:
        return add
    bodies = dict.fromkeys(item.body for item in dossier.agenda.values())
    return f"{add} For packages across the items of a body use --body {' or '.join(bodies)}."


def mediation_of(
    dossier: Dossier,
    path: Path,
    talks: str,
    *,
    claim: float | None,
    epsilon: float,
    seed: int,
    draws: int,
    workers: int | None,
    timings: bool = False,
) -> Mediation:
    """The mediation of the talks at a path, its progress shown to whoever waits for it."""
    from comity.cli.progress import progress

    with made.timed("mediating", timings), made.placed(path), progress("mediating") as told:
        from comity.ensemble.mediation import mediate

        try:
            return mediate(
                dossier,
                talks,
                claim=claim,
                seed=seed,
                draws=draws,
                epsilon=epsilon,
                workers=workers,
                progress=told,
            )
        except MemoryError:
            raise UnsupportedError(
                "there is not enough memory for these talks",
                found=f"--draws {draws}, --epsilon {epsilon:g}",
                mend="Ask for fewer draws with --draws, or for a frontier that may be off by some "
                "points with --epsilon.",
            ) from None
