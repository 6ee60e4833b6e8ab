"""Every name in talks stands for something: parties, issues, tracks, statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.dossier.absent import absent, twice
from comity.dossier.model import Dossier
from comity.dossier.paths import MisfitError, Path
from comity.dossier.talks import Cap, IfThen, Link, Preferences, Talks


def dangling_in_talks(dossier: Dossier, name: str) -> Iterator[MisfitError]:
    """Names that talks refer to and that neither they nor the dossier hold."""
    talks = dossier.talks[name]
    path: Path = ("talks", name)
    parties = f"`parties` of talks.{name}"

    def actor(who: str | None, *steps: str | int) -> Iterator[MisfitError]:
        return absent("actor", who, dossier.actors, (*path, *steps), "`actors`")

    def party(who: str, *steps: str | int) -> Iterator[MisfitError]:
        return absent("party", who, talks.parties, (*path, *steps), parties)

    def cited(names: Iterable[str], *steps: str | int) -> Iterator[MisfitError]:
        for index, said in enumerate(names):
            place = (*path, *steps, "from", index)
            yield from absent("statement", said, dossier.statements, place, "`statements`")

    for index, who in enumerate(talks.parties):
        yield from actor(who, "parties", index)
    yield from twice(talks.parties, (*path, "parties"), "a party has one voice")
    yield from actor(talks.mediator, "mediator")
    for issue, entry in talks.issues.items():
        place = (*path, "issues", issue, "track")
        yield from absent("track", entry.track, talks.tracks, place, f"`tracks` of talks.{name}")
    for who, wants in talks.preferences.items():
        yield from party(who, "preferences", who)
        for steps, names in _cited_by(wants):
            yield from cited(names, "preferences", who, *steps)
    for link, says in talks.links.items():
        yield from cited(says.from_, "links", link)
    for proposal, made in talks.proposals.items():
        yield from actor(made.by, "proposals", proposal, "by")
        yield from cited(made.from_, "proposals", proposal)
    for claim, made_of in talks.claims.items():
        for index, who in enumerate(made_of.parties):
            yield from party(who, "claims", claim, "parties", index)
        yield from twice(made_of.parties, (*path, "claims", claim, "parties"), "once is enough")
        yield from cited(made_of.from_, "claims", claim)
    for who in talks.proportions:
        yield from party(who, "proportions", who)
    for steps, issue in _issues_named(talks):
        place = (*path, *steps)
        yield from absent("issue", issue, talks.issues, place, f"`issues` of talks.{name}")


def _cited_by(wants: Preferences) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Where a party's preferences cite statements, and which."""
    yield (), wants.from_
    for section in ("issues", "interactions", "red_lines"):
        for name, entry in getattr(wants, section).items():
            yield (section, name), entry.from_


def _issues_named(talks: Talks) -> Iterator[tuple[Path, str]]:
    """Where talks name an issue outside the list of issues."""
    for party, wants in talks.preferences.items():
        here: Path = ("preferences", party)
        for issue in wants.issues:
            yield (*here, "issues", issue), issue
        for name, both in wants.interactions.items():
            for issue in both.when:
                yield (*here, "interactions", name, "when", issue), issue
        for name, line in wants.red_lines.items():
            for issue in line.never:
                yield (*here, "red_lines", name, "never", issue), issue
    for name, link in talks.links.items():
        for steps, issue in _issues_of(link):
            yield ("links", name, *steps), issue
    for name, proposal in talks.proposals.items():
        for issue in proposal.package:
            yield ("proposals", name, "package", issue), issue
    for issue in talks.text.draft if talks.text is not None else ():
        yield ("text", "draft", issue), issue


def _issues_of(link: Link) -> Iterator[tuple[Path, str]]:
    if isinstance(link, Cap):
        yield from ((("sum", issue), issue) for issue in link.sum)
    elif isinstance(link, IfThen):
        yield from ((("if", issue), issue) for issue in link.if_)
        yield from ((("then", issue), issue) for issue in link.then)
    else:
        for index, these in enumerate(link.these):
            yield from ((("these", index, issue), issue) for issue in these)
