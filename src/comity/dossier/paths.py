"""Field paths: where in a dossier something stands, and problems that know their place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable

from comity.errors import DossierError, Place

Path = tuple[str | int, ...]
"""Keys and list indices from the top of the dossier down to a field."""


def written(path: Path) -> str:
    """The path as a person reads it: ``agenda.assessment.requires[0]``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def parsed(field: str) -> Path:
    """The path that :func:`written` wrote; ids hold neither dots nor brackets."""
    steps = re.findall(r"\[(\d+)\]|([^.\[\]]+)", field)
    return tuple(int(index) if index else name for index, name in steps)


class MisfitError(DossierError):
    """Something in a dossier that cannot stand, at a field path.

    ``others`` are the further problems found with it; the message shows the first alone.
    ``mend`` may be given as a function: to look for the nearest name ten thousand times takes
    long, and one answer is shown.
    """

    def __init__(
        self,
        path: Path,
        problem: str,
        *,
        found: object = None,
        mend: str | Callable[[], str] = "",
    ) -> None:
        self._mend = mend
        self.path = path
        self.others: tuple[MisfitError, ...] = ()
        self.problem = problem
        self.place = Place(field=written(path) or None)
        self.found = found
        Exception.__init__(self, problem)

    @property
    def mend(self) -> str:
        return self._mend if isinstance(self._mend, str) else self._mend()

    @mend.setter
    def mend(self, text: str) -> None:
        self._mend = text


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, if any is like it; letter case does not count."""
    by_folded = {other.casefold(): other for other in known}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def listed(names: Iterable[str], limit: int = 8) -> str:
    """``a, b, c``, cut short when long."""
    all_names = list(names)
    shown = ", ".join(all_names[:limit])
    return f"{shown}, … ({len(all_names)} in all)" if len(all_names) > limit else shown
