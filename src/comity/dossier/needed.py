"""What asks for a dossier is given one, and not the path of one."""

from __future__ import annotations

from pathlib import PurePath

from comity.dossier.model import Dossier
from comity.errors import DossierError


def refuse_other_things(given: object) -> None:
    """Raise ``DossierError``, with how to read one, if something is no dossier."""
    if not isinstance(given, Dossier):
        raise DossierError(
            "a dossier is needed here",
            found=str(given) if isinstance(given, str | PurePath) else type(given).__name__,
            mend="Read it first: comity.load(path), or comity.loads(text).",
        )
