"""The order in which an agenda can be settled: what an item rests on comes before it."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from comity.dossier.model import Dossier
from comity.errors import DossierError, Place


def rests_on(dossier: Dossier, item: str) -> tuple[str, ...]:
    """Items that must be settled before this one: those it requires, and its competence."""
    entry = dossier.agenda[item]
    views = () if entry.competence is None else (entry.competence.item,)
    named = (*entry.requires, *views)
    return tuple(dict.fromkeys(name for name in named if name is not None))


def cycle(dossier: Dossier) -> tuple[str, ...]:
    """Items that wait for each other, the first repeated at the end; empty if none do."""
    graph = {item: rests_on(dossier, item) for item in dossier.agenda}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def refuse_cycles(dossier: Dossier) -> None:
    """Raise ``DossierError`` naming a cycle of requirements, if there is one."""
    waiting = cycle(dossier)
    if waiting:
        raise DossierError(
            "these items wait for each other, so none can ever be adopted",
            place=Place(field=f"agenda.{waiting[0]}.requires"),
            found=" requires ".join(waiting),
            mend="Remove one of the requirements.",
        )


def agenda_order(dossier: Dossier) -> tuple[str, ...]:
    """Items so that each comes after what it rests on, otherwise as written.

    Raises ``DossierError`` naming a cycle, if there is one.
    """
    refuse_cycles(dossier)
    placed: dict[str, None] = {}

    def place(item: str) -> None:
        stack = [item]
        while stack:
            waiting = [name for name in rests_on(dossier, stack[-1]) if name not in placed]
            if waiting:
                stack.append(waiting[0])
            else:
                placed[stack.pop()] = None

    for item in dossier.agenda:
        place(item)
    return tuple(placed)
