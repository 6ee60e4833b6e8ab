"""Which vectors a direction can have on its side: the largest sets, and a direction for each.

For vectors h₁ … h_M the sets {i : hᵢ·v > 0} over all directions v are the cells into which the
planes hᵢ·v = 0 cut the space. Only the largest of them matter to a rule that likes more support
better; every one of these has on its edge a line in which rank − 1 of the planes meet:

1. Keep to the space that the vectors span; in one dimension the two sets are the two signs.
2. For each choice of rank − 1 vectors, take the line on which they vanish, both ways along it.
3. What lies to one side of the line's end stays there under a small turn; how those that vanish on
   it can be turned is the same question again, among them alone, in fewer dimensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from comity.dossier.quantity import Floats
from comity.errors import UnsupportedError

Bools = NDArray[np.bool_]

NOTHING = 1e-12
"""Below this, of vectors of length 1, a product is 0."""

MOST_LINES = 200_000
"""Lines that are tried at the most."""

Side = tuple[Bools, Floats]
"""Which vectors are on the side of a direction (M,), and that direction (D,)."""


def sides(vectors: Floats) -> list[Side]:
    """The cells with the largest sets among them, each once; vectors (M, D).

    Vectors of length 0 are on no side. Raises UnsupportedError where too many lines would have to
    be tried.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    some = lengths > NOTHING
    found: dict[bytes, Side] = {}
    if not some.any():
        return []
    for on, way in _cells(vectors[some] / lengths[some, None]):
        whole = np.zeros(len(vectors), dtype=bool)
        whole[some] = on
        found.setdefault(whole.tobytes(), (whole, way))
    return list(found.values())


def _cells(units: Floats) -> Iterator[Side]:
    """Cells of vectors of length 1, some of them more than once."""
    axes = _span(units)
    inside = units @ axes.T
    rank = len(axes)
    if rank == 1:
        yield inside[:, 0] > NOTHING, axes[0]
        yield inside[:, 0] < -NOTHING, -axes[0]
        return
    if comb(len(units), rank - 1) > MOST_LINES:
        raise UnsupportedError(
            "there are too many members and items to try every direction",
            found=f"{len(units)} members, {rank} items",
            mend="ask about fewer items together",
        )
    for chosen in combinations(range(len(units)), rank - 1):
        line = _vanishing(inside[list(chosen)])
        if line is not None:
            for way in (line, -line):
                yield from ((on, turned @ axes) for on, turned in _around(inside, way))


def _around(inside: Floats, way: Floats) -> Iterator[Side]:
    """The cells next to one end of a line, turned off it by little enough."""
    along = inside @ way
    level = np.abs(along) <= NOTHING
    for on, turn in _cells(inside[level]):
        whole = along > NOTHING
        whole[level] = on
        across = np.abs(inside[~level] @ turn)
        room = np.abs(along[~level]) / np.maximum(across, NOTHING)
        yield whole, way + min(1.0, float(room.min(initial=np.inf)) / 2.0) * turn


def _span(units: Floats) -> Floats:
    """Axes at right angles of the space that vectors span, shape (rank, D)."""
    _, sizes, axes = np.linalg.svd(units, full_matrices=False)
    held: Floats = axes[sizes > NOTHING * max(units.shape)]
    return held


def _vanishing(rows: Floats) -> Floats | None:
    """The direction on which all of rank − 1 rows vanish; None if they leave more than one."""
    _, sizes, axes = np.linalg.svd(rows, full_matrices=True)
    if (sizes <= NOTHING * max(rows.shape)).any():
        return None
    line: Floats = axes[-1]
    return line
