"""Vetoes derived from votes by member, beside those that a table lists."""

from __future__ import annotations

from collections.abc import Sequence

from comity.rollcalls.replayed import Replayed, VetoCheck
from comity.rollcalls.tallies import VetoEntry, draft_key


def check_vetoes(rows: Sequence[Replayed], entries: Sequence[VetoEntry]) -> VetoCheck:
    """Compare the rows that nothing but a veto kept from adoption with a table of vetoes.

    Drafts are told by their symbol; a draft put to the vote several times counts as derived if
    one of its votes is.
    """
    listed = {draft_key(entry.draft): entry for entry in entries}
    confirmed, other, unlisted = [], [], []
    for row in (row for row in rows if row.by_veto):
        entry = listed.get(draft_key(row.title))
        if entry is None:
            unlisted.append(row)
        elif set(entry.vetoers) == set(row.vetoer_names):
            confirmed.append(row)
        else:
            other.append(row)
    derived = {draft_key(row.title) for row in rows if row.by_veto}
    present = {draft_key(row.title) for row in rows} - derived
    underived = tuple(entry for draft, entry in listed.items() if draft in present)
    return VetoCheck(tuple(confirmed), tuple(other), tuple(unlisted), underived)
