"""Checks on statements and sources: what is cited, and when it could be known."""

from __future__ import annotations

from collections.abc import Iterator

from comity.dossier.checks_grounds import cited_statements
from comity.dossier.finding import Doubt, named
from comity.dossier.model import Dossier


@named
def uncited_statement(dossier: Dossier) -> Iterator[Doubt]:
    """Is there a statement that nothing in the dossier rests on?"""
    cited = cited_statements(dossier)
    for name in dossier.statements:
        if name not in cited:
            yield (
                f"statements.{name}",
                f"Nobody cites the statement '{name}'. Cite it in the `from` of what "
                "rests on it, or remove it.",
            )


@named
def uncited_source(dossier: Dossier) -> Iterator[Doubt]:
    """Is there a source from which no statement is taken?"""
    cited = {statement.source for statement in dossier.statements.values()}
    for name in dossier.sources:
        if name not in cited:
            yield (
                f"sources.{name}",
                f"No statement is taken from the source '{name}'. Take one from it, or remove it.",
            )


@named
def anachronism(dossier: Dossier) -> Iterator[Doubt]:
    """Does the dossier know anything that was said or published after its day?"""
    for name, statement in dossier.statements.items():
        if statement.on > dossier.as_of:
            yield (
                f"statements.{name}.on",
                f"The statement '{name}' was made on {statement.on}, after the day of the "
                f"dossier, {dossier.as_of}. Remove it, or move `as_of`.",
            )
    for name, source in dossier.sources.items():
        if source.published > dossier.as_of:
            yield (
                f"sources.{name}.published",
                f"The source '{name}' was published on {source.published}, after the day of the "
                f"dossier, {dossier.as_of}. Remove it and what is taken from it, or move `as_of`.",
            )


@named
def statement_after_source(dossier: Dossier) -> Iterator[Doubt]:
    """Was a statement made after the source that reports it was published?"""
    for name, statement in dossier.statements.items():
        published = dossier.sources[statement.source].published
        if statement.on > published:
            yield (
                f"statements.{name}.on",
                f"The statement '{name}' is dated {statement.on}, but its source "
                f"'{statement.source}' was published on {published}. Correct one of the dates.",
            )
