"""How similarity is shown to people: sentences and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.tables import put_table
from comity.report.words import listed, plural

if TYPE_CHECKING:
    from comity.cli.similarity import Answer
    from comity.rollcalls import Comparison, Listed, Similarity
    from comity.rollcalls.resampled import Estimate

MOST_LISTED = 40

_LEGEND = (
    "Same: share of identical answers (yes, abstain, no) where both cast a vote; absences and "
    "votes that are not recorded do not count. S: Signorino and Ritter's, each roll call weighing "
    "one, yes and no two steps apart. π, κ: Scott's and Cohen's, 0 where chance would do as well. "
    "In brackets 95 % intervals, whole clusters of repeated resolutions drawn again; none below "
    "ten clusters."
)
_NO_FRIENDSHIP = (
    "This is similarity of recorded votes, not friendship: most drafts are adopted without a "
    "vote, most votes are not about the actors named, and who votes with the majority resembles "
    "everyone who does."
)


def show(answer: Answer) -> None:
    """Print the answer as prose and tables."""
    whole, names = answer.whole, answer.names
    one, other = (names[member] for member in list(answer.asked.values())[:2])
    streams.put_prose(f"Similarity of votes: {one} and {other}")
    streams.put_prose(f"{_span(whole)}, {plural(whole.clusters, 'cluster')}.")
    streams.put()
    _put_pairs([whole], answer)
    streams.put()
    _put_majority(whole, answer)
    if whole.comparisons:
        streams.put()
        _put_comparisons(whole, answer)
    if answer.periods:
        streams.put()
        streams.put_prose("By period:")
        _put_pairs(answer.periods, answer)
    streams.put()
    _put_listed(f"{one} and {other} were opposed, yes against no, in", whole.opposed, answer)
    if answer.terms:
        streams.put()
        about = listed((f"“{term}”" for term in answer.terms), "or")
        _put_listed(f"The files mention {about} in", answer.about, answer)
    streams.put()
    streams.put_prose(_LEGEND)
    streams.put_prose(_NO_FRIENDSHIP)
    if said := _of_majority(whole, answer):
        streams.put_prose(said)
    for note in answer.notes:
        streams.put_prose(f"Mind: {note}")


def _span(some: Similarity) -> str:
    calls = plural(some.roll_calls, "roll call")
    if some.since is None:
        return calls
    return f"{calls}, {some.since}" + ("" if some.until == some.since else f" to {some.until}")


def _labels(answer: Answer) -> dict[str, str]:
    """Each actor as it was asked for, which is mostly its code of three letters."""
    return {member: name for name, member in answer.asked.items()}


def _put_pairs(some: Iterable[Similarity], answer: Answer) -> None:
    labels = _labels(answer)
    rows = [
        [
            f"{pair.since}–{pair.until}" if pair.since is not None else "–",
            f"{labels[pair.one]}, {labels[pair.other]}",
            str(pair.counted),
            *(_shown(found) for found in (pair.agreement, pair.s, pair.pi, pair.kappa)),
            str(pair.differ),
            str(pair.opposed),
        ]
        for period in some
        for pair in period.pairs
    ]
    headings = ["years", "actors", "both voted", "same", "S", "π", "κ", "differ", "opposed"]
    put_table(headings, rows, numbers=["both voted", "differ", "opposed"])


def _put_majority(some: Similarity, answer: Answer) -> None:
    streams.put_prose("Baseline: how often each answers as most of the others do.")
    rows = [
        [_with_id(actor, answer), str(some.recorded[actor]), _shown(found.agreement)]
        for actor, found in some.majority.items()
    ]
    put_table(["actor", "votes cast", "with the majority"], rows, numbers=["votes cast"])


FAR_APART = 0.1
"""A gap between two actors' agreement with the majority from which it is spoken of."""


def _of_majority(some: Similarity, answer: Answer) -> str:
    """Where the two differ mostly because one of them leaves the majority, that they do so."""
    one, other = (some.majority[member] for member in list(answer.asked.values())[:2])
    shares = one.agreement.value, other.agreement.value
    if shares[0] is None or shares[1] is None or abs(shares[0] - shares[1]) < FAR_APART:
        return ""
    ordered = sorted(((shares[0], one), (shares[1], other)), key=lambda each: each[0])
    (low, strays), (high, stays) = ordered
    apart = some.pairs[0].differ / some.pairs[0].counted if some.pairs[0].counted else 0.0
    if high - low < apart / 2:
        return ""
    return (
        f"{answer.names[strays.actor]} votes with the majority in {100 * low:.0f} %, "
        f"{answer.names[stays.actor]} in {100 * high:.0f} %: most of the difference "
        "between them is that. π and κ correct for it in part, by taking off what each one's "
        "usual answers would give by chance."
    )


def _with_id(actor: str, answer: Answer) -> str:
    name = answer.names[actor]
    asked = _labels(answer)[actor]
    return asked if name == asked else f"{asked} {name}"


def _put_comparisons(some: Similarity, answer: Answer) -> None:
    first = some.comparisons[0]
    labels = _labels(answer)
    one, other = labels[first.one], labels[first.other]
    streams.put_prose(
        f"Where all three voted: agreement with {one} less agreement with {other}. It rests on the "
        "roll calls in which those two differ."
    )
    headings = ["third actor", "all voted", "difference", "two differ"]
    headings += [f"with {one}", f"with {other}", "neither", "opposed", f"{one}/{other}/neither"]
    rows = [[labels[each.third], *_compared(each)] for each in some.comparisons]
    numbers = [headings[1], *headings[3:8]]
    put_table(headings, rows, numbers=numbers)


def _compared(each: Comparison) -> Iterator[str]:
    yield str(each.counted)
    yield _shown(each.difference, signed=True)
    for count in (each.differ, each.with_one, each.with_other, each.with_neither, each.opposed):
        yield str(count)
    yield f"{each.opposed_with_one}/{each.opposed_with_other}/{each.opposed_with_neither}"


def _put_listed(what: str, entries: tuple[Listed, ...], answer: Answer) -> None:
    streams.put_prose(f"{what} {plural(len(entries), 'roll call')}.")
    if not entries:
        return
    actors = list(answer.asked.values())
    rows = [
        [
            entry.call.on.isoformat() if entry.call.on else str(entry.call.year or ""),
            entry.call.resolution or entry.call.id,
            *(_answered(entry, actor) for actor in actors),
            entry.call.title,
        ]
        for entry in entries[:MOST_LISTED]
    ]
    put_table(["date", "resolution", *answer.asked, "on"], rows)
    if len(entries) > MOST_LISTED:
        streams.put_prose(f"And {len(entries) - MOST_LISTED} more; --json lists them all.")


def _answered(entry: Listed, actor: str) -> str:
    label = entry.votes[actor].label
    return "–" if label == "unrecorded" else label


def _shown(found: Estimate, *, signed: bool = False) -> str:
    """``0.66 (0.57 to 0.75)``; a dash where there is none."""
    if found.value is None:
        return "–"
    rounded = round(found.value, 2) + 0.0  # no minus before a zero
    value = f"{rounded:+.2f}" if signed else f"{rounded:.2f}"
    if found.low is None or found.high is None:
        return value
    ends = (f"{end:+.2f}" if signed else f"{end:.2f}" for end in (found.low, found.high))
    return f"{value} ({' to '.join(ends)})"
