"""A figure as it goes onto a page: drawn for a wide and for a narrow column, with its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What is said beside a figure.

    ``caption`` says in one or two sentences how to read it; ``alt`` says what it shows, with its
    main numbers, for whoever cannot see it.
    """

    title: str
    caption: str
    alt: str


@dataclass(frozen=True)
class FigureSVG(Words):
    """A figure as inline SVG.

    ``wide`` is drawn for columns of about 720 px, ``narrow`` for about 350 px. Each has its
    own ids, a viewBox and a width of 100 % up to its natural width, no script and no font of its
    own, so that many stand in one page.
    """

    name: str
    wide: str
    narrow: str
