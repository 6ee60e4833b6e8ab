"""How figures look: colours, sizes of text, and the two widths they are drawn for.

Colours are Okabe and Ito's (2008, Color Universal Design), which colour-blind readers tell apart;
no figure tells two things apart by colour alone. Text is near black on white.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1a1a1a"
SOFT = "#555555"
"""Secondary text; 7 : 1 on white."""

LINE = "#8a8a8a"
FAINT = "#dddddd"
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip

TEXT = 12
SMALL = 11
"""The smallest text, in px at the natural width."""

LEADING = 14
"""From one line of text to the next."""

MARGIN = 18
"""Left free around a picture, in px; slack for fonts wider than expected."""

LETTER = 0.62
"""Mean width of a letter in ems, on the generous side: fonts differ from browser to browser."""


@dataclass(frozen=True)
class Frame:
    """A column of a page: its width in px, and whether labels stand above their rows."""

    width: int
    narrow: bool = False
    titled: bool = False


WIDE = Frame(720)
NARROW = Frame(350, narrow=True)
NOTEBOOK = Frame(720, titled=True)
"""As wide, with the title in the picture, since no page gives it."""


def width_of(text: str, size: int = SMALL) -> float:
    """About how wide a text is, in px, whatever the font."""
    return len(text) * size * LETTER


def letters_in(width: float, size: int = SMALL) -> int:
    """How many letters surely fit into a width."""
    return max(int(width / (size * LETTER)), 4)
