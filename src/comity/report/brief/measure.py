"""How wide texts run and into how many lines they break, for a sheet that nobody has laid out yet.

Widths are those of Arial and of the many fonts made to the same measures, in ems, by groups of
letters; a little is added, since a line too many costs less than a second page.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_GROUPS = {
    "'ijl‘’": 0.225, "|": 0.26, " !,./:;I[\\]ft\u00a0": 0.28, "()-r“”": 0.335, '*°"': 0.40,
    "Jcksvxyz": 0.50, "abdeghnopqu0123456789$#–_?L+<>=~": 0.56, "FTZ": 0.61, "&ABEKPSVXY": 0.67,
    "CDHNRUw": 0.725, "GOQ": 0.78, "Mm": 0.835, "%": 0.89, "W…—→ÆŒæœ": 1.0,
}  # fmt: skip
_WIDTHS = {letter: width for letters, width in _GROUPS.items() for letter in letters}

SLACK = 1.03
BOLD = 1.08


@cache
def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", letter)[0]  # without its accents
    return _WIDTHS.get(base, 0.8)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text runs on one line, in points."""
    return sum(map(_letter, text)) * size * SLACK * (BOLD if bold else 1.0)


def broken(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines into which a text breaks in a column of ``room`` points."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        lines += [line] if line else []
        *whole, line = _pieces(word, size, room, bold)
        lines += whole
    return [*lines, line]


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word, cut wherever it is wider than a line."""
    pieces, piece, used = [], "", 0.0
    for letter in word:
        wide = width(letter, size, bold=bold)
        if piece and used + wide > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    return [*pieces, piece]


def shortened(text: str, size: float, room: float, most: int, *, bold: bool = False) -> str:
    """A text of at most so many lines, cut at a word and ended by ``…`` if it is longer."""
    most_letters = int(most * room / (size * 0.2)) + 1  # no line holds more, of whatever letters
    lines = broken(text[:most_letters], size, room, bold=bold)
    if len(lines) <= most and len(text) <= most_letters:
        return text
    last = lines[most - 1] if len(lines) >= most else lines[-1]
    while last and width(f"{last} …", size, bold=bold) > room:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return " ".join([*lines[: most - 1], f"{last} …".lstrip()])
