"""The charters of real bodies that come with Comity, each clause with its source."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from comity.dossier.charter import Charter
from comity.dossier.paths import listed, nearest
from comity.errors import DossierError

_SUFFIX = ".yaml"


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
    from comity.dossier.references import dangling_in_charter
    from comity.dossier.wording import misfits_of
    from comity.dossier.yamltext import read

    document = read(text.encode(), file)
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
