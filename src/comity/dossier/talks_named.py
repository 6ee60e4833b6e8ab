"""Which talks of a dossier are meant."""

from __future__ import annotations

from comity.dossier.model import Dossier
from comity.dossier.needed import refuse_other_things
from comity.errors import DossierError


def talks_named(dossier: Dossier, name: str | None) -> str:
    """The id of the talks that are meant; the only ones need not be named.

    Raises DossierError if the dossier has no talks, none of that name, or several and no name, or
    if it is no dossier at all.
    """
    refuse_other_things(dossier)
    known = ", ".join(dossier.talks)
    if not dossier.talks:
        raise DossierError(
            "the dossier has no talks",
            mend="add `talks` with parties, issues and preferences, or name a folder of profiles",
        )
    if name is None and len(dossier.talks) > 1:
        raise DossierError(
            "the dossier has several talks", found=known, mend="say which of them is meant"
        )
    if name is not None and name not in dossier.talks:
        raise DossierError("there are no such talks", found=name, mend=f"name one of: {known}")
    return name or next(iter(dossier.talks))
