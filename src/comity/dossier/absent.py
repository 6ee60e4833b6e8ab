"""The two complaints about names: that there is no such thing, and that it stands here twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from comity.dossier.paths import MisfitError, Path, listed, nearest


def absent(
    kind: str, name: str | None, known: Collection[str], path: Path, section: str
) -> Iterator[MisfitError]:
    """No such thing in a section; the nearest that there is."""
    if name is None or name in known:
        return
    yield MisfitError(
        path,
        f"there is no {kind} of this name",
        found=name,
        mend=lambda: _add_or_use(name, known, section),
    )


def _add_or_use(name: str, known: Collection[str], section: str) -> str:
    like = nearest(name, known)
    mend = f"Did you mean '{like}'? Otherwise add" if like else "Add"
    mend += f" '{name}' to {section}"
    return mend + ("." if like or not known else f", or use one of: {listed(known)}.")


def twice(names: Iterable[str], path: Path, why: str) -> Iterator[MisfitError]:
    """A name that stands more than once, and ``why`` once is enough."""
    for name, count in Counter(names).items():
        if count > 1:
            yield MisfitError(
                path, "the same name stands here twice", found=name, mend=f"Remove one: {why}."
            )
