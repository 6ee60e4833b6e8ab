"""The charters of real bodies that come with Comity, each clause with its source."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from comity.dossier.charter import Charter, Procedure
from comity.dossier.paths import MisfitError, listed, nearest
from comity.errors import DossierError

if TYPE_CHECKING:
    from comity.dossier.yamltext import Document

_SUFFIX = ".yaml"
_GIVEN = " given"
"""Where a procedure of the user's own stands in a charter: no id has a space."""


@cache
def charter_names() -> tuple[str, ...]:
    """Names of the packaged charters, in alphabetical order."""
    return tuple(sorted(entry.name.removesuffix(_SUFFIX) for entry in _entries()))


@cache
def load_charter(name: str) -> Charter:
    """A packaged charter by name. Raises ``DossierError`` if there is none of that name."""
    if name not in charter_names():
        like = nearest(name, charter_names())
        guess = f"Did you mean '{like}'? " if like else ""
        raise DossierError(
            "no charter of this name comes with Comity",
            found=name,
            mend=f"{guess}Use one of: {listed(charter_names())}.",
        )
    return read_charter((_folder() / f"{name}{_SUFFIX}").read_text("utf-8"), f"{name}{_SUFFIX}")


def read_charter(text: str, file: str) -> Charter:
    """A charter from YAML text. Raises ``DossierError`` with file, line and field."""
    from comity.dossier.yamltext import read

    return _charter(read(text.encode("utf-8", "surrogatepass"), file))


def open_charter(path: Path) -> Charter:
    """A charter from a YAML file. Raises ``DossierError`` as ``read_charter`` does."""
    from comity.dossier.load import file_document

    return _charter(file_document(path))


def read_procedure(text: str, file: str, charter: Charter) -> Procedure:
    """A rule, or a whole procedure, from YAML text; its names are those of the charter.

    ``consensus`` and ``{kind: quota, votes: 9}`` are rules; ``{rule: consensus, quorum: 2/3}`` is
    a procedure. Raises ``DossierError`` with file, line and field.
    """
    from comity.dossier.references import dangling_in_charter
    from comity.dossier.wording import misfits_of
    from comity.dossier.yamltext import read

    document = read(text.encode("utf-8", "surrogatepass"), file)
    held = document.value
    if not (isinstance(held, dict) and "rule" in held and "kind" not in held):
        held = document.value = {"rule": held}
        document.marks[id(held)] = {"rule": (file, 1)}
    try:
        procedure = Procedure.model_validate(held)
    except ValidationError as error:
        raise document.located(misfits_of(error, Procedure, held)) from None
    under = charter.model_copy(update={"procedures": charter.procedures.set(_GIVEN, procedure)})
    where = ("procedures", _GIVEN)
    problems = [
        MisfitError(each.path[2:], each.problem, found=each.found, mend=each.mend)
        for each in dangling_in_charter(under, ())
        if each.path[:2] == where
    ]
    if problems:
        raise document.located(problems)
    return procedure


def _charter(document: Document) -> Charter:
    from comity.dossier.references import dangling_in_charter
    from comity.dossier.wording import misfits_of

    try:
        charter = Charter.model_validate(document.value)
    except ValidationError as error:
        raise document.located(misfits_of(error, Charter, document.value)) from None
    if problems := list(dangling_in_charter(charter, ())):
        raise document.located(problems)
    return charter


def _folder() -> Traversable:
    return files("comity") / "charters"


def _entries() -> list[Traversable]:
    folder = _folder()
    if not folder.is_dir():
        return []
    return [entry for entry in folder.iterdir() if entry.name.endswith(_SUFFIX)]
