"""Which doubt moves an answer: Sobol's indices of groups of inputs, with what chance leaves open.

The variance of an answer is divided among what is uncertain. *First order*: the share that goes
if the inputs of a group become known, all others staying as uncertain as they are. *Total*: the
share that stays if all other inputs become known, so the group's doings together with others
count. Estimators of Saltelli et al. (2010, Computer Physics Communications 181: 259–270) for the
first order and of Jansen (1999) for the total, on a design of two scrambled Sobol matrices A and B
and, for each group, A with the group's columns from B; intervals from a bootstrap over rows
(conventions §67).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Dossier, refuse_hindsight
from comity.dossier.inputs import inputs
from comity.dossier.quantity import Floats
from comity.ensemble.chunks import chunk_length
from comity.ensemble.doubt_groups import Alike, Answer, Group, aspect_of, groups_read
from comity.ensemble.executors import opened
from comity.ensemble.progress import Meter, Tell
from comity.ensemble.results import Swing
from comity.ensemble.sobol_design import Design, Evaluated, joined
from comity.ensemble.sobol_indices import Index, indices
from comity.ensemble.tornado import beyond_chance, swing
from comity.errors import UnsupportedError

ROWS = 4_096
FEWEST_ROWS, MOST_ROWS = 64, 131_072
"""Rows of the design, a power of two."""


@dataclass(frozen=True)
class Doubt:
    """How much of an answer's variance one group makes: alone, and with its interactions."""

    group: Group
    first: Index
    total: Index


@dataclass(frozen=True)
class Sobol:
    """The doubts behind an answer, the largest total first.

    ``together``: what no group explains alone, 1 − Σ first order. ``swings``: the tornado of the
    same design, inputs one by one. ``mean`` and ``sd`` of the answer; ``rows`` of the design and
    ``runs``, how often the answer was worked out. Without variance there are no doubts.
    """

    mean: float
    sd: float
    rows: int
    runs: int
    doubts: tuple[Doubt, ...]
    together: float
    swings: tuple[Swing, ...]


def sobol(
    dossier: Dossier,
    answer: Answer | None = None,
    *,
    rows: int = ROWS,
    seed: int = 1,
    rho: float = 0.0,
    alike: Alike | None = None,
    on: str | None = None,
    workers: int | None = None,
    progress: Tell | None = None,
) -> Sobol:
    """Sobol's indices of the inputs that an answer reads, those alike taken as one group.

    ``rows`` is a power of two from 64 to 131,072; the answer is worked out rows × (groups + 2)
    times. ``alike`` gives the item, the actor and the aspect of an input; inputs of which it says
    the same are one group (default: :func:`aspect_of`). The result depends on the dossier, the
    answer, ``rows`` and ``seed``, not on where the work is done.

    Raises UnsupportedError if there is no ``answer``, if ``rows`` is out of range, or if the answer
    is not one finite number a draw.
    """
    if answer is None:
        raise UnsupportedError(
            "Sobol's indices need an answer to explain",
            mend="give a function of a batch that answers one number a draw, or ask "
            "comity.doubts(dossier, item) of an agenda item",
        )
    if not FEWEST_ROWS <= rows <= MOST_ROWS or rows & (rows - 1):
        raise UnsupportedError(
            "the number of rows of a Sobol design is out of range",
            found=rows,
            mend=f"ask for a power of two from {FEWEST_ROWS} to {MOST_ROWS:,}, such as {ROWS}",
        )
    refuse_hindsight(dossier)
    groups = groups_read(dossier, answer, rho, alike or aspect_of)
    design = Design(dossier, answer, groups, seed, rho)
    length = min(rows, 1 << (chunk_length(dossier).bit_length() - 1))  # whole powers of two
    parts = [(start, start + length) for start in range(0, rows, length)]
    meter, found = Meter(progress), list[Evaluated]()
    done = meter.stage(1.0, len(parts))

    def take(evaluated: Evaluated) -> None:
        found.append(evaluated)
        done()

    with opened(on, workers) as executor:
        executor.each(design, parts, take)
    meter.finish()
    return _summed_up(design, joined(found))


def rows_of(draws: int) -> int:
    """Rows of a design for so many draws: the largest power of two not above half of them.

    Never more than MOST_ROWS, which leave next to nothing to chance. Raises UnsupportedError for
    too few draws.
    """
    if draws < 2 * FEWEST_ROWS:
        raise UnsupportedError(
            "Sobol's indices need more draws",
            found=draws,
            mend=f"ask for {2 * FEWEST_ROWS} draws or more, such as {2 * ROWS:,}",
        )
    return min(1 << (draws // 2).bit_length() - 1, MOST_ROWS)


def _summed_up(design: Design, found: Evaluated) -> Sobol:
    answers = np.concatenate([found.on_a, found.on_b])
    rows, runs = len(found.on_a), len(found.on_a) * (len(design.groups) + 2)
    mean, sd = float(answers.mean()), float(answers.std())
    if sd <= 1e-12 * max(1.0, abs(mean)):
        return Sobol(mean, sd, rows, runs, (), 0.0, ())
    first, total = indices(found.on_a, found.on_b, found.mixed, design.seed)
    doubts = tuple(Doubt(*each) for each in zip(design.groups, first, total, strict=True))
    return Sobol(
        mean,
        sd,
        rows,
        runs,
        tuple(sorted(doubts, key=lambda d: (-d.total.value, -d.first.value, d.group.columns))),
        1.0 - sum(index.value for index in first),
        _tornado(design, found, answers),
    )


def _tornado(design: Design, found: Evaluated, answers: Floats) -> tuple[Swing, ...]:
    """The answer given each fifth of each input, read off the rows of A and B (conventions §20)."""
    entries = {e.column: e for e in reversed(list(inputs(design.dossier).values()))}
    drawn = found.drawn.reshape(-1, len(design.columns))
    swings = [
        swing(entries[column], drawn[:, k], answers)
        for k, column in enumerate(design.columns)
        if column in entries
    ]
    return beyond_chance(swings, answers)
