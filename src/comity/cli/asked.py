"""What is to be decided, by whom and how: an item of a dossier, or a charter's procedure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli.named import choose
from comity.errors import ComityError, DossierError, Place

if TYPE_CHECKING:
    from comity.dossier import Dossier, Item
    from comity.dossier.charter import Charter, Clause, Procedure

USUAL = "substantive"
"""The procedure that is meant where none is named, as for an agenda item."""


@dataclass(frozen=True)
class Asked:
    """A question put to members under a procedure."""

    item: str | None
    question: str
    body: str | None
    charter: str
    procedure_id: str
    procedure: Procedure
    clause: Clause | None
    members: tuple[str, ...] | None
    """Those with a seat; None: whoever responds."""
    notes: tuple[str, ...]
    """What the answer leaves aside, in words."""


def in_dossier(path: Path, item: str | None, procedure: str | None) -> Asked:
    """An agenda item's question; ``procedure`` stands in for the item's own."""
    from comity.dossier.load import load

    dossier = load(path)
    item = _item(dossier, str(path), item)
    entry, charter = dossier.agenda[item], dossier.charter(dossier.agenda[item].body)
    chosen = procedure or entry.procedure
    return Asked(
        item=item,
        question=entry.question,
        body=entry.body,
        charter=charter.name,
        procedure_id=chosen,
        procedure=_procedure(charter, chosen),
        clause=_clause(charter, chosen),
        members=dossier.members(item),
        notes=tuple(_left_aside(item, entry)),
    )


def in_charter(name: str, procedure: str | None, members: Sequence[str] | None) -> Asked:
    """A question under a packaged charter, put to its members or to those given."""
    from comity.dossier.charters import load_charter

    charter = load_charter(name)
    chosen = procedure or _only(charter)
    return Asked(
        item=None,
        question="",
        body=None,
        charter=charter.name,
        procedure_id=chosen,
        procedure=_procedure(charter, chosen),
        clause=_clause(charter, chosen),
        members=tuple(members or charter.members) or None,
        notes=(),
    )


def _item(dossier: Dossier, file: str, item: str | None) -> str:
    if item is None and len(dossier.agenda) == 1:
        return next(iter(dossier.agenda))
    if item is None or item not in dossier.agenda:
        raise DossierError(
            "say which item is decided" if item is None else "the agenda has no such item",
            place=Place(file=file, field="agenda"),
            found=item,
            mend=choose("--item", item, dossier.agenda),
        )
    return item


def _only(charter: Charter) -> str:
    if USUAL not in charter.procedures and len(charter.procedures) == 1:
        return next(iter(charter.procedures))
    return USUAL


def _procedure(charter: Charter, chosen: str) -> Procedure:
    if chosen not in charter.procedures:
        raise ComityError(
            f"the charter '{charter.name}' has no such procedure",
            found=chosen,
            mend=choose("--procedure", chosen, charter.procedures),
        )
    return charter.procedures[chosen]


def _clause(charter: Charter, procedure: str) -> Clause | None:
    clause = charter.procedures[procedure].clause
    return None if clause is None else charter.clauses[clause]


def _left_aside(item: str, entry: Item) -> Iterable[str]:
    if entry.competence is not None:
        yield (
            f"Whether {item} lies within the competence of the body is settled first; while "
            f"undecided it counts as {entry.competence.presumption}. This answer takes it as "
            "settled that the body may decide."
        )
    if entry.requires:
        yield f"{item} can be adopted only after {', '.join(entry.requires)}."
