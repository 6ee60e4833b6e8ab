"""A folder of consensus decisions: dossiers as of the day before, and apart what came of them.

``index.yaml`` names the cases with their body and pair, ``dossiers/CASE.yaml`` is what a forecast
may read, ``outcomes/CASE.yaml`` what it may not. They are joined here and nowhere earlier.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from comity.dossier import Dossier, load
from comity.dossier.checks import refuse_hindsight
from comity.dossier.frozen import Day, FrozenMap, Id, Model
from comity.dossier.load import file_document
from comity.dossier.wording import misfits_of
from comity.errors import DossierError, Place

REFUSAL = "refusal-"
"""How the id of a statement begins by which a member publicly refuses the tabled draft."""

NEEDS = {
    "index.yaml": "`cases:` and below it each case with its body, pair and inputs",
    "dossiers": "the case's dossier, as of the day before",
    "outcomes": "what came of the case: decided, adopted, objectors, sure, what, sources",
}
"""What the files of a set hold: its index, and those of a case by their folder."""

Grade = Literal["A", "B", "C"]
"""How sure a coding is: A texts or own words, B accounts agree in the main, C few accounts."""
Side = Literal["too_weak", "too_strong", "unknown"]


class _Entry(Model):
    body: Id
    pair: Id
    inputs: Grade


class _Index(Model):
    cases: FrozenMap[Id, _Entry]


class _Sure(Model):
    adopted: Grade
    objectors: Grade


class _Source(Model):
    outlet: str
    title: str
    published: Day
    note: str = ""


class Came(Model):
    """What came of a case; ``objectors`` is None where they are not known."""

    decided: Day
    adopted: bool
    objectors: FrozenMap[Id, Side] | None
    sure: _Sure
    what: str
    sources: tuple[_Source, ...]


@dataclass(frozen=True)
class PassageCase:
    """A text put to a body that decides by consensus, and whether it was adopted.

    ``body`` groups cases that are left out and drawn together, ``pair`` a block with the nearest
    adoption. ``refused`` are the members that had publicly refused the draft the day before.
    """

    name: str
    body: str
    pair: str
    inputs: Grade
    dossier: Dossier
    item: str
    refused: tuple[str, ...]
    came: Came

    @property
    def adopted(self) -> bool:
        return self.came.adopted


M = TypeVar("M", bound=Model)


def read_passages(path: str | os.PathLike[str]) -> tuple[PassageCase, ...]:
    """The cases of a folder in the order of their names.

    Raises ``DossierError`` for what cannot be read, for knowledge later than the day of a
    dossier, and where dossier and outcome do not belong together.
    """
    folder = Path(path)
    _refuse_no_set(folder)
    _refuse_missing(folder / "index.yaml")
    index = _read(folder / "index.yaml", _Index)
    if not index.cases:
        raise DossierError(
            "the set holds no case", place=Place(str(folder / "index.yaml")), mend="Add a case."
        )
    _refuse_unlisted(folder, index.cases)
    return tuple(_case(folder, name, index.cases[name]) for name in sorted(index.cases))


def _refuse_no_set(folder: Path) -> None:
    needed = ("index.yaml", "dossiers", "outcomes")
    missing = [name for name in needed if not (folder / name).exists()]
    if missing:
        raise DossierError(
            "this folder is no set of consensus decisions",
            place=Place(str(folder)),
            found=f"no {', no '.join(missing)}",
            mend="A set has index.yaml, which names each case with its body, pair and sureness; "
            "dossiers/CASE.yaml, as of the day before; and outcomes/CASE.yaml. A table of decided "
            "issues is a file, not a folder.",
        )


def _refuse_missing(file: Path) -> None:
    """A file that is not there or has nothing in it, which reading it would take for a dossier."""
    if not file.is_file() or not file.stat().st_size:
        raise DossierError(
            "a file of the set is missing or empty",
            place=Place(str(file)),
            mend=f"Write into it {_need(file)}.",
        )


def _need(file: Path) -> str:
    if file.name in NEEDS:
        return NEEDS[file.name]
    return f"{NEEDS[file.parent.name]}; or take the case out of index.yaml"


def _refuse_unlisted(folder: Path, listed: Iterable[str]) -> None:
    """A dossier that the index leaves out would silently not be scored."""
    known = set(listed)
    for file in sorted((folder / "dossiers").glob("*.yaml")):
        if file.stem not in known:
            raise DossierError(
                "this dossier stands in the set but not in its index",
                place=Place(str(file)),
                mend="Name it in index.yaml, or take it out of the folder.",
            )


def _case(folder: Path, name: str, entry: _Entry) -> PassageCase:
    file = folder / "dossiers" / f"{name}.yaml"
    came_file = folder / "outcomes" / f"{name}.yaml"
    for each in (file, came_file):
        _refuse_missing(each)
    dossier = load(file)
    refuse_hindsight(dossier)
    came = _read(came_file, Came)
    item = _tabled(dossier, file)
    _refuse_unfit(dossier, item, came, came_file)
    refused = _refused(dossier, item, file)
    return PassageCase(name, entry.body, entry.pair, entry.inputs, dossier, item, refused, came)


def _tabled(dossier: Dossier, file: Path) -> str:
    """The one item on a scale with a tabled draft."""
    found = [name for name, entry in dossier.agenda.items() if entry.tabled is not None]
    if len(found) == 1 and dossier.agenda[found[0]].is_scale:
        return found[0]
    raise DossierError(
        "a case needs exactly one tabled draft, on a scale",
        place=Place(str(file), field="agenda"),
        found=", ".join(found) or "none",
        mend="Give one item a scale and a `tabled` text.",
    )


def _refuse_unfit(dossier: Dossier, item: str, came: Came, file: Path) -> None:
    if came.decided <= dossier.as_of:
        raise DossierError(
            "the dossier is not from before the decision",
            place=Place(str(file), field="decided"),
            found=f"{came.decided}, with a dossier as of {dossier.as_of}",
            mend="Set `as_of` to the day before, and leave out what was not known then.",
        )
    strangers = [seat for seat in came.objectors or () if seat not in dossier.members(item)]
    if strangers:
        raise DossierError(
            "an objector has no seat in the body",
            place=Place(str(file), field="objectors"),
            found=", ".join(strangers),
            mend="Name seats of the dossier's body.",
        )


def _refused(dossier: Dossier, item: str, file: Path) -> tuple[str, ...]:
    """Members with a statement of refusal, in seat order."""
    said = {k: held for k, held in dossier.statements.items() if k.startswith(REFUSAL)}
    members = dossier.members(item)
    for name, held in said.items():
        if held.for_ not in members or held.standing.value not in ("official", "binding"):
            raise DossierError(
                "a public refusal is an official statement for a member",
                place=Place(str(file), field=f"statements.{name}"),
                found=f"{held.standing.value}, for {held.for_}",
                mend=f"Say for which member, or let the id not begin with '{REFUSAL}'.",
            )
    return tuple(m for m in members if any(held.for_ == m for held in said.values()))


def _read(file: Path, model: type[M]) -> M:
    document = file_document(file)
    raw: Any = document.value
    if not isinstance(raw, dict):
        raise DossierError("fields were expected", place=Place(str(file)), found=type(raw).__name__)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise document.located(misfits_of(error, model, raw)) from None
