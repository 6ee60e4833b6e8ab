"""The design of Sobol's indices: matrices A and B, and for each group A with B's columns (§67)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier, Given, Keyed
from comity.dossier.quantity import Floats
from comity.ensemble.doubt_groups import Answer, Group
from comity.errors import UnsupportedError


@dataclass(frozen=True)
class Evaluated:
    """The answer on some rows of A and of B, shape (n,), and of every A with B's columns, (d, n).

    ``drawn`` holds the columns of A and B, shape (2, n, columns).
    """

    on_a: Floats
    on_b: Floats
    mixed: Floats
    drawn: Floats


@dataclass(frozen=True)
class Design:
    """Which answer is worked out on which uniforms."""

    dossier: Dossier
    answer: Answer
    groups: tuple[Group, ...]
    seed: int
    rho: float

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(sorted(column for group in self.groups for column in group.columns))

    def __call__(self, rows: tuple[int, int]) -> Evaluated:
        start, stop = rows
        a, b = self._matrices(start, stop)
        place = {column: k for k, column in enumerate(self.columns)}
        mixed = np.empty((len(self.groups), stop - start))
        for k, group in enumerate(self.groups):
            own = [place[column] for column in group.columns]
            both = a.copy()
            both[:, own] = b[:, own]
            mixed[k] = self._answered(both, start, stop)
        return Evaluated(
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


def joined(parts: Sequence[Evaluated]) -> Evaluated:
    return Evaluated(
        np.concatenate([part.on_a for part in parts]),
        np.concatenate([part.on_b for part in parts]),
        np.concatenate([part.mixed for part in parts], axis=1),
        np.concatenate([part.drawn for part in parts], axis=1),
    )
