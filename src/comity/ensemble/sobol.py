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

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.dossier import Basis, Batch, Dossier, Given, Keyed, refuse_hindsight
from comity.dossier.draws import Uniforms
from comity.dossier.inputs import Input, inputs
from comity.dossier.quantity import Floats
from comity.ensemble.chunks import chunk_length
from comity.ensemble.executors import opened
from comity.ensemble.progress import Meter, Tell
from comity.ensemble.results import Swing
from comity.ensemble.tornado import beyond_chance, swing
from comity.errors import UnsupportedError

Answer = Callable[[Batch], Floats]
"""One number a draw, shape (n,)."""

ROWS = 4_096
FEWEST_ROWS, MOST_ROWS = 64, 131_072
"""Rows of the design, a power of two."""

RESAMPLES = 500
LEVEL = 0.95
"""Of the intervals."""

_TRIED = 64
"""Draws by which is found what an answer reads."""


@dataclass(frozen=True)
class Index:
    """An estimate with the ends of its interval. Chance may put it a little below 0 or above 1."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether it is more than chance alone would give."""
        return self.low > 0.0


@dataclass(frozen=True)
class Group:
    """Inputs whose doubt is one: what an actor wants on an item, say.

    ``aspect``: wants, limits, salience, omega, capability, or an item's own field. ``columns``
    are the keys of its uniforms, ``bases`` what its inputs rest on.
    """

    item: str | None
    actor: str | None
    aspect: str
    columns: tuple[str, ...]
    paths: tuple[str, ...]
    bases: tuple[Basis, ...]


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
    answer: Answer,
    *,
    rows: int = ROWS,
    seed: int = 1,
    rho: float = 0.0,
    alike: Callable[[Input], tuple[str | None, str | None, str]] | None = None,
    on: str | None = None,
    workers: int | None = None,
    progress: Tell | None = None,
) -> Sobol:
    """Sobol's indices of the inputs that an answer reads, those alike taken as one group.

    ``rows`` is a power of two from 64 to 131,072; the answer is worked out rows × (groups + 2)
    times. ``alike`` gives the item, the actor and the aspect of an input; inputs of which it says
    the same are one group (default: :func:`aspect_of`). The result depends on the dossier, the
    answer, ``rows`` and ``seed``, not on where the work is done.

    Raises UnsupportedError if ``rows`` is out of range or the answer is not one finite number a
    draw.
    """
    if not FEWEST_ROWS <= rows <= MOST_ROWS or rows & (rows - 1):
        raise UnsupportedError(
            "the number of rows of a Sobol design is out of range",
            found=rows,
            mend=f"ask for a power of two from {FEWEST_ROWS} to {MOST_ROWS:,}, such as {ROWS}",
        )
    refuse_hindsight(dossier)
    groups = groups_read(dossier, answer, rho, alike or aspect_of)
    design = _Design(dossier, answer, groups, seed, rho)
    length = min(rows, 1 << (chunk_length(dossier).bit_length() - 1))  # whole powers of two
    parts = [(start, start + length) for start in range(0, rows, length)]
    meter, found = Meter(progress), list[_Evaluated]()
    done = meter.stage(1.0, len(parts))

    def take(evaluated: _Evaluated) -> None:
        found.append(evaluated)
        done()

    with opened(on, workers) as executor:
        executor.each(design, parts, take)
    meter.finish()
    return _summed_up(design, _joined(found))


def aspect_of(entry: Input) -> tuple[str | None, str | None, str]:
    """Item, actor and aspect of an input: all that an actor wants on an item is one doubt."""
    start = entry.field.partition(".")[0]
    aspect = {"ideal": "wants", "values": "wants", "accepts": "limits", "floor": "limits"}
    return entry.item, entry.actor, aspect.get(start, start)


def actor_of(entry: Input) -> tuple[str | None, str | None, str]:
    """All that is uncertain about an actor is one doubt; an item's own numbers stay apart."""
    if entry.actor is None:
        return aspect_of(entry)
    return None, entry.actor, "actor"


def input_of(entry: Input) -> tuple[str | None, str | None, str]:
    """Each input is a doubt of its own."""
    return entry.item, entry.actor, entry.field


def groups_read(
    dossier: Dossier,
    answer: Answer,
    rho: float,
    alike: Callable[[Input], tuple[str | None, str | None, str]],
) -> tuple[Group, ...]:
    """The groups of uncertain inputs that an answer reads, found by letting it read."""
    reading = _Reading(Keyed(0, 0, _TRIED))
    answer(Batch(dossier, reading, rho))
    by_column: dict[str, list[Input]] = {}
    for entry in inputs(dossier).values():
        if entry.column in reading.read and not entry.certain:
            by_column.setdefault(entry.column, []).append(entry)
    gathered: dict[tuple[str | None, str | None, str], list[str]] = {}
    for column in sorted(reading.read):
        same = by_column.get(column)
        if same:
            gathered.setdefault(alike(same[0]), []).append(column)
        elif rho > 0.0:  # a bloc's factor, which is no input and matters only then
            gathered.setdefault((None, None, column), []).append(column)
    return tuple(_group(key, columns, by_column) for key, columns in gathered.items())


def _group(
    key: tuple[str | None, str | None, str],
    columns: Sequence[str],
    by_column: Mapping[str, Sequence[Input]],
) -> Group:
    held = [entry for column in columns for entry in by_column.get(column, ())]
    return Group(
        *key,
        columns=tuple(columns),
        paths=tuple(entry.path for entry in held),
        bases=tuple(dict.fromkeys(entry.basis for entry in held)),
    )


@dataclass(frozen=True)
class _Reading:
    """Uniforms that note which columns are read."""

    uniforms: Uniforms
    read: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        return self.uniforms.size

    def column(self, path: str) -> Floats:
        self.read.add(path)
        return self.uniforms.column(path)


# ------------------------------------------------------------------ the design


@dataclass(frozen=True)
class _Evaluated:
    """The answer on some rows of A and of B, shape (n,), and of every A with B's columns, (d, n).

    ``drawn`` holds the columns of A and B, shape (2, n, columns).
    """

    on_a: Floats
    on_b: Floats
    mixed: Floats
    drawn: Floats


@dataclass(frozen=True)
class _Design:
    """Which answer is worked out on which uniforms."""

    dossier: Dossier
    answer: Answer
    groups: tuple[Group, ...]
    seed: int
    rho: float

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(sorted(column for group in self.groups for column in group.columns))

    def __call__(self, rows: tuple[int, int]) -> _Evaluated:
        start, stop = rows
        a, b = self._matrices(start, stop)
        place = {column: k for k, column in enumerate(self.columns)}
        mixed = np.empty((len(self.groups), stop - start))
        for k, group in enumerate(self.groups):
            own = [place[column] for column in group.columns]
            both = a.copy()
            both[:, own] = b[:, own]
            mixed[k] = self._answered(both, start, stop)
        return _Evaluated(
            self._answered(a, start, stop),
            self._answered(b, start, stop),
            mixed,
            np.stack([a, b]),
        )

    def _matrices(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Rows of one scrambled Sobol sequence, its first half of columns and its second."""
        from scipy.stats import qmc

        width = len(self.columns)
        if not width:
            return np.zeros((stop - start, 0)), np.zeros((stop - start, 0))
        named = f"{self.seed}\x1fsobol\x1f{width}".encode()
        key = int.from_bytes(hashlib.blake2b(named, digest_size=16).digest(), "little")
        sequence = qmc.Sobol(2 * width, scramble=True, seed=np.random.default_rng(key))
        if start:
            sequence.fast_forward(start)
        points = np.minimum(sequence.random(stop - start), np.nextafter(1.0, 0.0))
        return points[:, :width], points[:, width:]

    def _answered(self, matrix: Floats, start: int, stop: int) -> Floats:
        uniforms = Given(matrix, self.columns, Keyed(self.seed, start, stop))
        found = np.asarray(self.answer(Batch(self.dossier, uniforms, self.rho)), dtype=float)
        if found.shape != (stop - start,) or not np.isfinite(found).all():
            raise UnsupportedError(
                "Sobol's indices need an answer that is one finite number a draw",
                found=f"an array of shape {found.shape}"
                if found.shape != (stop - start,)
                else "a number that is not finite",
            )
        return found


def _joined(parts: Sequence[_Evaluated]) -> _Evaluated:
    return _Evaluated(
        np.concatenate([part.on_a for part in parts]),
        np.concatenate([part.on_b for part in parts]),
        np.concatenate([part.mixed for part in parts], axis=1),
        np.concatenate([part.drawn for part in parts], axis=1),
    )


# ------------------------------------------------------------------ the indices


def _summed_up(design: _Design, found: _Evaluated) -> Sobol:
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


def indices(
    on_a: Floats, on_b: Floats, mixed: Floats, seed: int = 1
) -> tuple[list[Index], list[Index]]:
    """First-order and total indices of d groups from answers of shape (n,), (n,) and (d, n)."""
    centre = (on_a.mean() + on_b.mean()) / 2.0
    a, b, ab = on_a - centre, on_b - centre, mixed - centre
    first, total = (b * (ab - a)).T, (0.5 * (ab - a) ** 2).T
    variance, mean = ((a**2 + b**2) / 2.0)[:, None], ((a + b) / 2.0)[:, None]
    rows = np.concatenate([first, total, variance, mean], axis=1)
    values = _ratios(rows.mean(axis=0)[None, :])[0]
    low, high = _interval(rows, seed)
    made = [Index(*map(float, each)) for each in zip(values, low, high, strict=True)]
    return made[: len(mixed)], made[len(mixed) :]


def _ratios(means: Floats) -> Floats:
    """Shares of the variance, shape (r, 2d), from means over rows, shape (r, 2d + 2)."""
    variance = means[:, -2] - means[:, -1] ** 2
    shares: Floats = means[:, :-2] / np.maximum(variance, 1e-300)[:, None]
    return shares


def _interval(rows: Floats, seed: int) -> tuple[Floats, Floats]:
    """Percentiles of the shares over resamples of the rows, all groups in the same resamples."""
    count = len(rows)
    drawn = np.random.Generator(np.random.Philox(key=seed))
    even = np.full(count, 1.0 / count)
    shares = _ratios(drawn.multinomial(count, even, size=RESAMPLES) @ rows / count)
    tail = 100.0 * (1.0 - LEVEL) / 2.0
    low, high = np.percentile(shares, (tail, 100.0 - tail), axis=0)
    return low, high


def _tornado(design: _Design, found: _Evaluated, answers: Floats) -> tuple[Swing, ...]:
    """The answer given each fifth of each input, read off the rows of A and B (conventions §20)."""
    entries = {e.column: e for e in reversed(list(inputs(design.dossier).values()))}
    drawn = found.drawn.reshape(-1, len(design.columns))
    swings = [
        swing(entries[column], drawn[:, k], answers)
        for k, column in enumerate(design.columns)
        if column in entries
    ]
    return beyond_chance(swings, answers)
