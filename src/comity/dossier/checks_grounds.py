"""Everything in a dossier that has a basis, and the checks on what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from comity.dossier.finding import Doubt, held, named
from comity.dossier.model import Dossier
from comity.dossier.position import Basis
from comity.dossier.statement import Standing, Statement


class Grounded(Protocol):
    """A record that says what it rests on."""

    @property
    def basis(self) -> Basis: ...

    @property
    def from_(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Judgement:
    """Something judged of an actor, or of the talks: where it stands, and what it rests on.

    ``says`` names it in words, with ``{actor}`` where the actor is named.
    """

    where: str
    says: str
    actor: str | None
    basis: Basis
    cites: tuple[str, ...]
    note: str

    @property
    def words(self) -> str:
        return self.says.format(actor=f"'{self.actor}'")


def judgements(dossier: Dossier) -> Iterator[Judgement]:
    """Positions, declared concessions, and what talks say of preferences, red lines and links."""
    for where, item, actor, position in held(dossier):
        yield _judged(where, f"What {{actor}} holds on '{item}'", actor, position)
    for item, entry in dossier.agenda.items():
        for index, later in enumerate(entry.rounds):
            for actor, concession in later.concessions.items():
                where = f"agenda.{item}.rounds[{index}].concessions.{actor}"
                yield _judged(where, f"What {{actor}} holds on '{item}'", actor, concession)
    for name in dossier.talks:
        yield from judgements_in_talks(dossier, name)


def judgements_in_talks(dossier: Dossier, name: str) -> Iterator[Judgement]:
    """What talks judge of each party, then their links."""
    talks, root = dossier.talks[name], f"talks.{name}"
    for party, wants in talks.preferences.items():
        here = f"{root}.preferences.{party}"
        yield _judged(here, "What no agreement is worth to {actor}", party, wants)
        for issue, preference in wants.issues.items():
            says = f"What {{actor}} wants on '{issue}'"
            yield _judged(f"{here}.issues.{issue}", says, party, preference)
        for both, interaction in wants.interactions.items():
            says = f"What '{both}' is worth to {{actor}}"
            yield _judged(f"{here}.interactions.{both}", says, party, interaction)
        for line, red in wants.red_lines.items():
            says = f"The red line '{line}' of {{actor}}"
            yield _judged(f"{here}.red_lines.{line}", says, party, red)
    for link, entry in talks.links.items():
        yield _judged(f"{root}.links.{link}", f"The link '{link}'", None, entry)


def _judged(where: str, says: str, actor: str | None, known: Grounded) -> Judgement:
    return Judgement(where, says, actor, known.basis, known.from_, getattr(known, "note", ""))


def cited_statements(dossier: Dossier) -> set[str]:
    """Ids of all statements that something in the dossier rests on."""
    cited = {name for each in judgements(dossier) for name in each.cites}
    for talks in dossier.talks.values():
        cited.update(name for made in talks.proposals.values() for name in made.from_)
        cited.update(name for made in talks.claims.values() for name in made.from_)
    return cited


def _grounded(dossier: Dossier) -> Iterator[tuple[Judgement, list[Statement]]]:
    """Judgements of actors that are not assumed and cite statements, with these."""
    for judgement in judgements(dossier):
        if judgement.basis is not Basis.ASSUMED and judgement.cites and judgement.actor:
            yield judgement, [dossier.statements[name] for name in judgement.cites]


@named
def stated_without_statement(dossier: Dossier) -> Iterator[Doubt]:
    """Is a judgement called stated or inferred without citing a statement?"""
    for known in judgements(dossier):
        if known.basis is not Basis.ASSUMED and not known.cites:
            yield (
                f"{known.where}.from",
                f"{known.words} is called {known.basis}, but cites no "
                "statement. Cite one in `from`, or call it assumed.",
            )


@named
def weak_standing(dossier: Dossier) -> Iterator[Doubt]:
    """Does a state's position rest only on people who do not speak for its government?"""
    weak = (Standing.FACTION, Standing.PERSONAL)
    for known, cited in _grounded(dossier):
        if known.actor is None or dossier.actors[known.actor].kind != "state":
            continue
        if all(statement.standing in weak for statement in cited):
            words = known.says.format(actor=f"the state '{known.actor}'")
            yield (
                f"{known.where}.from",
                f"{words} is called {known.basis}, but rests "
                "only on members of factions or persons speaking for themselves. Cite an official "
                "statement, or call it assumed.",
            )


@named
def statement_for_another(dossier: Dossier) -> Iterator[Doubt]:
    """Does an actor's position rest only on what others said?

    What others report of an actor may be a fair ground to infer its position from; then the
    position's note should say so, and nothing is found.
    """
    for known, cited in _grounded(dossier):
        if any(statement.for_ == known.actor for statement in cited):
            continue
        if known.basis is Basis.STATED:
            yield (
                f"{known.where}.from",
                f"{known.words} is called stated, but no cited statement is "
                "made for it. Cite its own words, or call it inferred.",
            )
        elif not known.note:
            yield (
                f"{known.where}.from",
                f"{known.words} is inferred only from what others said. Cite "
                "its own words, say in `note` why others' words will do, or call it assumed.",
            )
