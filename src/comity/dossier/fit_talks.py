"""Talks fit together: everybody heard on every issue, packages complete, options that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import comb

from comity.dossier.fit_preferences import misfits_of_preferences
from comity.dossier.fit_worth import too_much
from comity.dossier.paths import MisfitError, Path, listed, nearest
from comity.dossier.picked import UnknownOptionError, place, places
from comity.dossier.ruled_out import ruled_out_too_much
from comity.dossier.talks import MOST_OPTIONS, Cap, IfThen, Issue, Talks

_SHOWN = 4
"""Options of a grid or of a division that a message shows."""


def misfits_in_talks(talks: Talks, path: Path) -> Iterator[MisfitError]:
    """Every value of the talks that does not fit the rest, in the order of the talks."""
    yield from _mediator(talks, path)
    too_large = list(_sizes(talks, path))
    yield from too_large
    if too_large:
        return  # nothing can be looked up among so many options
    for name, issue in talks.issues.items():
        if issue.reversion is not None:
            yield from _one(talks, name, issue.reversion, (*path, "issues", name, "reversion"))
    yield from _parties_heard(talks, path)
    for party, wants in talks.preferences.items():
        if party in talks.parties:
            here = (*path, "preferences", party)
            yield from misfits_of_preferences(talks, party, wants, here)
            yield from too_much(talks, party, wants, here)
    picks = list(_combinations(talks, path))
    yield from picks
    yield from _proportions(talks, (*path, "proportions"))
    for name, proposal in talks.proposals.items():
        yield from _package(talks, proposal.package, (*path, "proposals", name, "package"))
    if talks.text is not None:
        yield from _package(talks, talks.text.draft, (*path, "text", "draft"))
    if not picks and _resolved(talks):
        yield from ruled_out_too_much(talks, path)


def _mediator(talks: Talks, path: Path) -> Iterator[MisfitError]:
    if talks.mediator in talks.parties:
        yield MisfitError(
            (*path, "mediator"),
            "a mediator has no say, and so cannot be a party as well",
            found=talks.mediator,
            mend="Take it off `parties`, or name another mediator, or none.",
        )


def _sizes(talks: Talks, path: Path) -> Iterator[MisfitError]:
    """Issues with more options than can be meant, or with points that cannot be told apart."""
    for name, issue in talks.issues.items():
        here = (*path, "issues", name)
        if issue.divisible is not None:
            parts, parties = issue.divisible.parts, len(talks.parties)
            ways = comb(parts + parties - 1, parties - 1)
            if ways > MOST_OPTIONS:
                yield MisfitError(
                    (*here, "divisible", "parts"),
                    f"so many parts can be divided among {parties} parties in {ways:,} ways, and "
                    f"an issue has at most {MOST_OPTIONS:,} options",
                    found=parts,
                    mend=f"Cut it into at most {_most_parts(parties)} parts.",
                )
        elif issue.grid is not None and len(set(issue.labels(0))) < len(issue.grid.points):
            yield MisfitError(
                (*here, "grid", "step"),
                "the step is so small next to the points that they cannot be told apart",
                found=issue.grid.step,
                mend="Count in a larger unit, or from a nearer zero.",
            )


def _most_parts(parties: int) -> int:
    parts = 1
    while comb(parts + parties, parties - 1) <= MOST_OPTIONS:
        parts += 1
    return parts


def _parties_heard(talks: Talks, path: Path) -> Iterator[MisfitError]:
    """Every party says what it wants, on every issue."""
    strangers = [party for party in talks.preferences if party not in talks.parties]
    for party in dict.fromkeys(talks.parties):
        wants = talks.preferences.get(party)
        if wants is None and strangers:
            continue  # told as a name that stands for no party
        if wants is None:
            yield MisfitError(
                (*path, "preferences"),
                "a party is without preferences",
                found=f"none of '{party}'",
                mend=f"Add '{party}' with what each issue means to it, as wide as you are unsure.",
            )
            continue
        missing = [issue for issue in talks.issues if issue not in wants.issues]
        if missing and all(issue in talks.issues for issue in wants.issues):
            yield MisfitError(
                (*path, "preferences", party, "issues"),
                f"'{party}' does not say what every issue means to it",
                found=f"nothing on {listed(missing)}",
                mend=f"Add {listed(missing)}; `weight: 0` says that it does not care.",
            )


def _proportions(talks: Talks, path: Path) -> Iterator[MisfitError]:
    shares = talks.proportions
    missing = [party for party in talks.parties if party not in shares]
    if shares and missing:
        yield MisfitError(
            path,
            "proportions are given for some parties and not for others",
            found=f"nothing for {listed(missing)}",
            mend="Give one for every party, or none at all.",
        )


def _package(talks: Talks, package: Mapping[str, str], path: Path) -> Iterator[MisfitError]:
    """A package takes one option of every issue."""
    missing = [issue for issue in talks.issues if issue not in package]
    if missing and all(issue in talks.issues for issue in package):
        yield MisfitError(
            path,
            "a package settles every issue, and this one does not",
            found=f"nothing on {listed(missing)}",
            mend=f"Add an option for {listed(missing)}.",
        )
    for issue, option in package.items():
        if issue in talks.issues:
            yield from _one(talks, issue, option, (*path, issue))


def _combinations(talks: Talks, path: Path) -> Iterator[MisfitError]:
    """Options picked by interactions, red lines and links."""
    for party, wants in talks.preferences.items():
        here = (*path, "preferences", party)
        for name, both in wants.interactions.items():
            yield from _picked(talks, both.when, (*here, "interactions", name, "when"))
        for name, line in wants.red_lines.items():
            yield from _picked(talks, line.never, (*here, "red_lines", name, "never"))
    for name, link in talks.links.items():
        place = (*path, "links", name)
        if isinstance(link, Cap):
            yield from _summed(talks, link, (*place, "sum"))
        elif isinstance(link, IfThen):
            yield from _picked(talks, link.if_, (*place, "if"))
            yield from _picked(talks, link.then, (*place, "then"))
        else:
            for index, these in enumerate(link.these):
                yield from _picked(talks, these, (*place, "these", index))


def _picked(
    talks: Talks, combination: Mapping[str, tuple[str, ...]], path: Path
) -> Iterator[MisfitError]:
    if not combination:
        yield MisfitError(
            path,
            "the combination names no issue",
            found="{}",
            mend="Name at least one issue and its option.",
        )
    for name, words in combination.items():
        if name in talks.issues and not words:
            yield MisfitError(
                (*path, name), "no option is picked", found="[]", mend="Name at least one."
            )
        for word in words:
            yield from _some(talks, name, word, (*path, name))


def _some(talks: Talks, name: str, word: str, path: Path) -> Iterator[MisfitError]:
    """A word that picks one or several options."""
    if name not in talks.issues:
        return
    try:
        places(talks.issues[name], talks.parties, (word,))
    except UnknownOptionError:
        yield no_option(talks, name, word, path)


def _one(talks: Talks, name: str, word: str, path: Path) -> Iterator[MisfitError]:
    """A word that picks a single option."""
    try:
        place(talks.issues[name], talks.parties, word)
    except UnknownOptionError:
        yield no_option(talks, name, word, path)


def no_option(talks: Talks, name: str, word: str, path: Path) -> MisfitError:
    """The complaint that an issue has no option of this name; it shows those that there are."""

    def mend() -> str:
        issue = talks.issues[name]
        like = nearest(word, issue.labels(len(talks.parties)))
        guess = f"Did you mean '{like}'? " if like and issue.grid is None else ""
        return f"{guess}{options_in_words(issue, talks.parties)}"

    return MisfitError(path, f"'{name}' has no option of this name", found=word, mend=mend)


def options_in_words(issue: Issue, parties: Iterable[str]) -> str:
    """The options of an issue, for a message."""
    names = tuple(parties)
    labels = issue.labels(len(names))
    if issue.grid is not None:
        return (
            f"Its points run from {labels[0]} to {labels[-1]} in steps of {issue.grid.step:.12g}."
        )
    if issue.divisible is not None:
        order = "/".join(names)
        return f"Its options are divisions {order} such as {listed(labels, _SHOWN)}."
    return f"Its options are: {listed(labels)}."


def _summed(talks: Talks, link: Cap, path: Path) -> Iterator[MisfitError]:
    """Amounts of a capped sum stand for options; a factor for a grid, or for a party's part."""
    for name, amount in link.sum.items():
        issue = talks.issues.get(name)
        if issue is None:
            continue
        here = (*path, name)
        if not isinstance(amount, Mapping):
            if issue.grid is None:
                yield _factor_alone(issue, amount, here)
            continue
        known = talks.parties if issue.divisible is not None else issue.labels(0)
        for word in amount:
            if word not in known:
                yield from _no_amount(talks, name, word, (*here, word))


def _factor_alone(issue: Issue, amount: float, path: Path) -> MisfitError:
    divided = issue.divisible is not None
    return MisfitError(
        path,
        "a single factor belongs to a grid, and this issue "
        + ("is a quantity to divide" if divided else "has named options"),
        found=amount,
        mend="Give a factor for each party." if divided else "Give an amount for each option.",
    )


def _no_amount(talks: Talks, name: str, word: str, path: Path) -> Iterator[MisfitError]:
    if talks.issues[name].divisible is None:
        yield no_option(talks, name, word, path)
        return
    like = nearest(word, talks.parties)
    guess = f"Did you mean '{like}'? " if like else ""
    yield MisfitError(
        path,
        "the sum takes a factor for each party of the talks",
        found=word,
        mend=f"{guess}The parties are: {listed(talks.parties)}.",
    )


def _resolved(talks: Talks) -> bool:
    """Whether links and red lines name issues that there are."""
    named = [issue for link in talks.links.values() for issue in _named_by(link)]
    lines = (line for wants in talks.preferences.values() for line in wants.red_lines.values())
    named += [issue for line in lines for issue in line.never]
    return all(issue in talks.issues for issue in named)


def _named_by(link: Cap | IfThen | object) -> list[str]:
    if isinstance(link, Cap):
        return list(link.sum)
    if isinstance(link, IfThen):
        return [*link.if_, *link.then]
    return [issue for these in getattr(link, "these", ()) for issue in these]
