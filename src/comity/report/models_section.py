"""The part of a page that sets models side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from comity.ensemble.comparison import Comparison, Together
from comity.report import sentences
from comity.report.figures.figure import FigureSVG
from comity.report.talks_sections import Group, Table
from comity.report.words import plural, title_of

Sentences = tuple[str, ...]


@dataclass(frozen=True)
class ModelsItem:
    """One item: what stands against what, the models' answers, why they differ."""

    title: str
    against: str
    table: Table | None
    why: Sentences
    unanswered: Sentences
    comparison: Comparison = field(repr=False)
    item: str

    @cached_property
    def figure(self) -> FigureSVG | None:
        """The models' points and ranges, drawn when the page asks for them."""
        from comity.report.figures.models import drawn

        return drawn(self.comparison, self.item)


@dataclass(frozen=True)
class ModelsSection:
    """The models side by side on every item that was asked."""

    items: tuple[ModelsItem, ...]
    together: tuple[tuple[Sentences, Table], ...]
    caution: Sentences


def models_section(comparison: Comparison) -> ModelsSection:
    """What a page says of models side by side."""
    told = (_item(comparison, item) for item in comparison.items)
    packages = (
        (sentences.together_says(comparison, package), _package(comparison, package, number))
        for number, package in enumerate(comparison.together, 1)
    )
    return ModelsSection(tuple(told), tuple(packages), sentences.caution(comparison))


def _package(comparison: Comparison, package: Together, number: int) -> Table:
    headings, rows = sentences.together_table(comparison, package)
    return _table(
        f"models-together-{number}", "Each model's points as one package.", headings, rows
    )


def _item(comparison: Comparison, item: str) -> ModelsItem:
    headings, rows = _without_gaps(*sentences.model_table(comparison, item))
    drawn = f"{plural(comparison.draws, 'draw')}, seed {comparison.seed}"
    caption = f"What each model says of {title_of(item)}; {drawn}."
    table = _table(f"models-{item}", caption, headings, rows)
    return ModelsItem(
        title=title_of(item),
        against=sentences.set_against(comparison, item),
        table=table if rows else None,
        why=sentences.models_differ(comparison, item),
        unanswered=sentences.unanswered(comparison, item),
        comparison=comparison,
        item=item,
    )


def _without_gaps(headings: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """A table without a column that only some models fill.

    Nothing is lost: whether the draft is adopted, which the consensus model alone says, is told
    with the reasons below.
    """
    kept = [k for k in range(len(headings)) if all(row[k] for row in rows)]
    return [headings[k] for k in kept], [[row[k] for k in kept] for row in rows]


def _table(anchor: str, caption: str, headings: list[str], rows: list[list[str]]) -> Table:
    return Table(
        anchor=anchor,
        caption=caption,
        head=headings[0].capitalize(),
        columns=tuple(heading.capitalize() for heading in headings[1:]),
        groups=(Group("", tuple((label, tuple(cells)) for label, *cells in rows)),),
    )
