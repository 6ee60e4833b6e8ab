"""How a replay is shown to people: sentences and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.replay import REGRESSION
from comity.cli.tables import put_table
from comity.report.words import plural

if TYPE_CHECKING:
    from comity.rollcalls import Replay, Replayed

MOST_LISTED = 40

_APART = {
    "unanimous": "said to be unanimous",
    "without_vote": "adopted without a vote",
    "nothing": "of which nothing is told",
}


def show(found: Replay) -> None:
    """Print the score, then what it rests on, then the votes that call for a look."""
    streams.put_prose(f"Replay under {found.charter}, procedure {found.procedure}: {_score(found)}")
    if found.encodes_outcome:
        streams.put_prose(REGRESSION)
    for which, sentence in found.rules.items():
        charter, _, procedure = which.partition(" ")
        streams.put_prose(f"Rule ({charter}, {procedure}): {sentence}")
    says = found.says
    streams.put_prose(
        f"The rule says: {says['adopted']} adopted, {says['not_adopted']} not adopted, "
        f"{says['undetermined']} undetermined, because that turns on what the files do not tell"
        f"{_settle(found)}."
        if says["undetermined"]
        else f"The rule says: {says['adopted']} adopted, {says['not_adopted']} not adopted."
    )
    for why, count in found.why_in_short.items():
        streams.put_prose(f"Not adopted, {count}: {why}.")
    _put_apart(found)
    _put_rows("Mismatches", found.mismatches)
    if found.kind == "members":
        _put_rows("Nothing but a veto stood in the way", found.vetoed)
    _put_check(found)
    _put_join(found)
    for note in found.notes:
        streams.put_prose(f"Mind: {note}")


def _settle(found: Replay) -> str:
    """How to say the facts that nobody stated."""
    said = " or ".join(f"--fact {fact}=yes|no" for fact in found.unsaid)
    return f"; {said} settles it" if said else ""


def _score(found: Replay) -> str:
    compared = len(found.compared)
    if found.agreement is None:
        return f"{plural(len(found.rows), 'vote')}, no outcome recorded to compare with."
    return (
        f"{compared - len(found.mismatches):,} of {plural(compared, 'recorded outcome')} agree "
        f"({found.agreement:.4f})."
    )


def _put_apart(found: Replay) -> None:
    for how, places in found.without_tally.items():
        if places:
            streams.put_prose(
                f"Apart, without a tally: {plural(len(places), 'row')} {_APART[how]}."
            )


def _put_rows(what: str, rows: tuple[Replayed, ...]) -> None:
    if not rows:
        return
    streams.put()
    streams.put_prose(f"{what}: {len(rows)}.")
    headings = ["line", "date", "vote", "yes-no-abstain", "against with a veto"]
    headings += ["rule says", "recorded", "on"]
    cells = [
        [
            str(row.place.line),
            str(row.on or row.year or ""),
            row.id,
            f"{row.yes}-{row.no}-{row.abstain}",
            ", ".join(row.vetoers) or "–",
            _word(row.adopted),
            _word(row.outcome),
            f"{row.title}{f' ({row.hint})' if row.hint else ''}",
        ]
        for row in rows[:MOST_LISTED]
    ]
    put_table(headings, cells, numbers=["line"])
    if len(rows) > MOST_LISTED:
        streams.put_prose(f"And {len(rows) - MOST_LISTED} more; --json lists them all.")


def _put_check(found: Replay) -> None:
    if (check := found.check) is None:
        return
    streams.put()
    streams.put_prose(
        f"Vetoes derived from the votes: {len(found.vetoed)}. The table of vetoes lists "
        f"{len(check.confirmed)} of them with the same vetoers, {len(check.other_vetoers)} with "
        f"others, and does not list {len(check.unlisted)}{_named(r.title for r in check.unlisted)}."
        f" It lists {len(check.underived)} more of these drafts"
        f"{_named(each.draft for each in check.underived)}."
    )


def _put_join(found: Replay) -> None:
    if (join := found.join) is None:
        return
    streams.put()
    streams.put_prose(
        f"Of {plural(join.entries, 'entry', 'entries')} in the table of vetoes {join.joined} found "
        f"their row; {plural(len(join.added), 'row')} had no vetoers before"
        f"{_named(t.id or t.meeting for t in join.added)}. {plural(len(join.rows_alone), 'row')} "
        f"with vetoers are not in the table{_named(t.id or t.meeting for t in join.rows_alone)}, "
        f"and {plural(len(join.entries_alone), 'entry', 'entries')} found no row"
        f"{_named(each.draft for each in join.entries_alone)}."
    )


def _named(names: Iterable[str]) -> str:
    times = Counter(name.strip() for name in names)
    shown = ", ".join(f"{name}{f' ({n} times)' * (n > 1)}" for name, n in times.items())
    return f" ({shown})" if shown else ""


def _word(adopted: bool | None) -> str:
    return "–" if adopted is None else "adopted" if adopted else "not adopted"
