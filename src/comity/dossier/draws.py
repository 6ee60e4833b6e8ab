"""Draws of an uncertain dossier, as arrays with a leading draw axis.

Each uncertain input has its own column of uniforms, keyed by seed and field path, and is mapped
through its inverse distribution. Adding a field, asking a counterfactual or adding a model
therefore leaves every other draw alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from comity.dossier.inputs import Input, bloc_of, factor_path, inputs
from comity.dossier.model import Dossier
from comity.dossier.position import Choice
from comity.dossier.quantity import Floats

Ints = NDArray[np.int64]

_PER_STEP = 4  # doubles that one step of Philox's counter yields


class Uniforms(Protocol):
    """A source of one column of uniforms in [0, 1) for each field path."""

    @property
    def size(self) -> int: ...

    def column(self, path: str) -> Floats: ...


@dataclass(frozen=True)
class Keyed:
    """Uniforms of draws ``start`` to ``stop``, keyed by seed and path.

    Draw ``k`` of a path is the same number whatever chunk it is asked in.
    """

    seed: int
    start: int
    stop: int
    _made: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        return self.stop - self.start

    def column(self, path: str) -> Floats:
        """The column of a path, shape (size,); made once, shared by whoever asks again."""
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def _make(self, path: str) -> Floats:
        digest = hashlib.blake2b(f"{self.seed}\x1f{path}".encode(), digest_size=16).digest()
        bits = np.random.Philox(key=int.from_bytes(digest, "little"))
        step, skipped = divmod(self.start, _PER_STEP)
        bits.advance(step)
        return np.random.Generator(bits).random(skipped + self.size)[skipped:]


@dataclass(frozen=True)
class Given:
    """Uniforms from a matrix, one column a path; other paths come from ``rest``.

    For sensitivity designs and quasi-random points. ``matrix`` has shape (draws, len(paths)).
    """

    matrix: Floats
    paths: tuple[str, ...]
    rest: Uniforms

    def __post_init__(self) -> None:
        if self.matrix.shape != (self.rest.size, len(self.paths)):
            raise ValueError(
                f"matrix has shape {self.matrix.shape}, not {(self.rest.size, len(self.paths))}"
            )

    @property
    def size(self) -> int:
        return self.rest.size

    @cached_property
    def _where(self) -> Mapping[str, int]:
        return {path: index for index, path in enumerate(self.paths)}

    def column(self, path: str) -> Floats:
        index = self._where.get(path)
        return self.rest.column(path) if index is None else self.matrix[:, index]


@dataclass(frozen=True)
class Middle:
    """Not a draw but the middle reading: every uncertain quantity at its median."""

    size: int = 1

    def column(self, path: str) -> Floats:
        return np.full(self.size, 0.5)


@dataclass(frozen=True)
class Batch:
    """Draws of a dossier: arrays with a leading draw axis, made when first asked for.

    ``rho`` is the share of variance that members of a bloc have in common in what they want
    (a Gaussian copula, conventions §11); 0 leaves every column as drawn.
    """

    dossier: Dossier
    uniforms: Uniforms
    rho: float = 0.0
    _made: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        return self.uniforms.size

    @cached_property
    def inputs(self) -> dict[str, Input]:
        return inputs(self.dossier)

    def values(self, path: str) -> Floats:
        """Draws of one quantity, shape (draws,)."""
        if path not in self._made:
            self._made[path] = self._draw(path)
        return self._made[path]

    def choices(self, path: str, options: tuple[str, ...]) -> Ints:
        """Draws of one preferred option as its place in ``options``, shape (draws,)."""
        choice = self.inputs[path].quantity
        assert isinstance(choice, Choice)
        steps = np.cumsum([choice.weights.get(option, 0.0) for option in options])
        drawn: Ints = np.searchsorted(steps, self._uniform(path) * steps[-1], side="right")
        last: Ints = np.minimum(drawn, len(options) - 1)
        return last

    def _draw(self, path: str) -> Floats:
        entry = self.inputs[path]
        assert not isinstance(entry.quantity, Choice)
        if entry.certain:
            return entry.quantity.ppf(np.zeros(self.size), entry.domain)
        return entry.quantity.ppf(self._uniform(path), entry.domain)

    def _uniform(self, path: str) -> Floats:
        entry = self.inputs[path]
        own = self.uniforms.column(entry.column)
        factor = self._factor(entry)
        if self.rho == 0.0 or not entry.leaning or factor is None:
            return own
        return blend(own, factor if entry.leaning > 0 else 1.0 - factor, self.rho)

    def _factor(self, entry: Input) -> Floats | None:
        if entry.item is None or entry.actor is None:
            return None
        name = self.dossier.agenda[entry.item].body
        bloc = bloc_of(self.dossier.bodies[name], entry.actor)
        return None if bloc is None else self.uniforms.column(factor_path(name, bloc))


def middle(dossier: Dossier) -> Batch:
    """The middle reading of a dossier, as a batch of one draw."""
    return Batch(dossier, Middle())


def blend(own: Floats, factor: Floats, rho: float) -> Floats:
    """Uniforms correlated with a common factor: Gaussian copula with correlation √ρ to it."""
    from scipy.special import ndtr, ndtri

    tiny = np.finfo(float).tiny
    common, alone = (ndtri(np.maximum(column, tiny)) for column in (factor, own))
    mixed: Floats = ndtr(np.sqrt(rho) * common + np.sqrt(1.0 - rho) * alone)
    below_one: Floats = np.minimum(mixed, np.nextafter(1.0, 0.0))
    return below_one
