"""What the members of a body let pass on one item, in every draw of a batch.

Shapes: *n* draws, *M* actors in seat order, *C* drafts. A draft is a point on the item's scale,
or the place of an option in the item's list. Definitions: conventions §9 to §12.

Arrays are indexed draw first but lie in memory draw last (:func:`by_draw`): bodies are small and
draws many, and NumPy is twenty times faster along a long axis than along a short one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.dossier.quantity import Floats
from comity.dossier.response import Response

T = TypeVar("T", bound=np.generic)

Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

TIE = 1e-9
"""Differences below this count as none; acceptance is read generously (conventions §5)."""

TOP = 100.0
"""The far end of every scale."""


def by_draw(columns: Sequence[NDArray[T]]) -> NDArray[T]:
    """Stack arrays (…, n) of single actors or drafts into (n, K, …), draws last in memory."""
    stacked = np.stack(columns)
    return stacked.transpose(stacked.ndim - 1, *range(stacked.ndim - 1))


@dataclass(frozen=True)
class Drafts:
    """Texts to be tried in each draw: ``texts`` (n, C), or (1, C) if always the same, and which
    of them exist, (n, C).
    """

    texts: Floats
    exist: Bools


@dataclass(frozen=True)
class Stances(ABC):
    """Ideal, salience and acceptance of each actor on one item.

    ``reversion`` has shape (n,), ``salience`` (n, M); ``presence`` holds for each actor the code
    of the response it is bound to give, or −1 if it responds freely.
    """

    actors: tuple[str, ...]
    reversion: Floats
    salience: Floats
    presence: tuple[int, ...]

    @abstractmethod
    def gains(self, drafts: Floats) -> Floats:
        """gᵢ(x) for drafts (C,) or (n, C); shape (n, C, M)."""

    @abstractmethod
    def accepts(self, drafts: Floats) -> Bools:
        """Whether x ∈ Aᵢ for drafts (C,) or (n, C); shape (n, C, M)."""

    @abstractmethod
    def distances(self, drafts: Floats) -> Floats:
        """dist(x, Aᵢ) in points of the scale; ∞ where Aᵢ is empty; shape (n, C, M)."""

    @abstractmethod
    def says_something(self, drafts: Floats) -> Bools:
        """Whether x ∈ D, for drafts (C,) or (n, C); shape (n, C)."""

    @abstractmethod
    def contenders(self) -> Drafts:
        """Drafts of D among which, under every monotone rule, one passes if any of D does."""

    @abstractmethod
    def turning_points(self) -> Drafts:
        """Drafts of D among which the least opening lies."""

    def responses(self, drafts: Floats) -> Codes:
        """Each actor's response: object outside Aᵢ, else support if it gains, else stand aside.

        ``drafts`` (C,) or (n, C); returns codes of :class:`Response`, shape (n, C, M).
        """
        accepted = self.accepts(drafts)
        codes = accepted.view(np.int8) * np.int8(Response.STAND_ASIDE)
        codes += (accepted & (self.gains(drafts) > TIE)).view(np.int8)
        for column, bound in enumerate(self.presence):
            if bound >= 0:
                codes[..., column] = bound
        return codes

    @property
    def free(self) -> Bools:
        """Which actors respond freely, shape (M,)."""
        return np.array([bound < 0 for bound in self.presence])


@dataclass(frozen=True)
class ScaleStances(Stances):
    """Stances on a scale: Aᵢ is the interval from ``low`` to ``high``, empty when they cross.

    ``ideal``, ``low`` and ``high`` have shape (n, M), ``step`` (δ) shape (n,).
    """

    step: Floats
    ideal: Floats
    low: Floats
    high: Floats

    def gains(self, drafts: Floats) -> Floats:
        ideal = self.ideal[:, None, :]
        before = np.abs(self.reversion[:, None, None] - ideal)
        return before - np.abs(_by_draft(drafts) - ideal)

    def accepts(self, drafts: Floats) -> Bools:
        texts = _by_draft(drafts)
        return (texts >= self.low[:, None, :] - TIE) & (texts <= self.high[:, None, :] + TIE)

    def distances(self, drafts: Floats) -> Floats:
        texts = _by_draft(drafts)
        outside = np.maximum(self.low[:, None, :] - texts, texts - self.high[:, None, :])
        near = np.where(outside > TIE, outside, 0.0)
        return np.where((self.empty & self.free)[:, None, :], np.inf, near)

    def says_something(self, drafts: Floats) -> Bools:
        texts = np.atleast_2d(drafts)
        return np.abs(texts - self.reversion[:, None]) >= self.step[:, None] - TIE

    def rows(self, some: slice) -> ScaleStances:
        """The same stances in some of the draws."""
        per_draw = ("reversion", "salience", "step", "ideal", "low", "high")
        return replace(self, **{name: getattr(self, name)[some] for name in per_draw})

    @property
    def empty(self) -> Bools:
        """Which actors accept no text at all, shape (n, M)."""
        return self.low > self.high + TIE

    def wants_more(self, upward: bool) -> Bools:
        """Which actors that accept no text at all have their ideal on this side, shape (n, M).

        They find all texts of their own side too weak, and all of the other side too strong.
        """
        upwards: Bools = self.ideal >= self.reversion[:, None]
        return self.empty & (upwards if upward else ~upwards)

    @property
    def above(self) -> tuple[Floats, Floats]:
        """The part of D above the reversion, as ends (n,); crossed where there is none."""
        return self.reversion + self.step, np.full(self.reversion.shape, TOP)

    @property
    def below(self) -> tuple[Floats, Floats]:
        """The part of D below the reversion, as ends (n,); crossed where there is none."""
        return np.zeros(self.reversion.shape), self.reversion - self.step

    def contenders(self) -> Drafts:
        """The near end of each side of D and, further out, where each acceptance begins.

        From a text that passes, move towards the reversion until the first of the members that
        accept it would be left behind, or to the end of D. Nobody has come to like it less: all
        who accepted still do, and gains shrink to nothing only at the reversion itself.
        """
        return _both(
            _on_side(self.above, self.above[0], self.low),
            _on_side(self.below, self.below[1], self.high),
        )

    def turning_points(self) -> Drafts:
        """The near end of each side of D and every end of an acceptance on it.

        The cost is piecewise linear in x and grows beyond the outermost acceptance.
        """
        ends = _beside(self.low, self.high)
        return _both(
            _on_side(self.above, self.above[0], ends), _on_side(self.below, self.below[1], ends)
        )


@dataclass(frozen=True)
class OptionStances(Stances):
    """Stances on K options: ``worth``, ``accepted`` and ``shortfall`` have shape (n, M, K).

    ``shortfall`` is the worth by which an option falls short of being accepted, 0 if it is.
    Drafts are the same in every draw: (C,) or (1, C).
    """

    options: tuple[str, ...]
    worth: Floats
    accepted: Bools
    shortfall: Floats

    def gains(self, drafts: Floats) -> Floats:
        return self._at(self.worth, drafts) - self._at(self.worth, self.reversion[:1])

    def accepts(self, drafts: Floats) -> Bools:
        return self._at(self.accepted, drafts)

    def distances(self, drafts: Floats) -> Floats:
        return self._at(self.shortfall, drafts)

    def says_something(self, drafts: Floats) -> Bools:
        return np.asarray(np.atleast_2d(drafts) != self.reversion[:, None])

    def contenders(self) -> Drafts:
        texts = np.arange(len(self.options), dtype=float)[None, :]
        return Drafts(texts, self.says_something(texts))

    def turning_points(self) -> Drafts:
        return self.contenders()

    def _at(self, table: NDArray[T], drafts: Floats) -> NDArray[T]:
        places = np.atleast_2d(drafts)[0].astype(int)
        chosen: NDArray[T] = table.transpose(2, 1, 0)[places].transpose(2, 0, 1)
        return chosen


def _by_draft(drafts: Floats) -> Floats:
    return np.atleast_2d(drafts)[:, :, None]


def _on_side(side: tuple[Floats, Floats], near: Floats, points: Floats) -> Drafts:
    low, high = side[0][:, None], side[1][:, None]
    texts = _beside(near[:, None], points)
    return Drafts(texts, (texts >= low) & (texts <= high))


def _both(above: Drafts, below: Drafts) -> Drafts:
    return Drafts(_beside(above.texts, below.texts), _beside(above.exist, below.exist))


def _beside(first: NDArray[T], second: NDArray[T]) -> NDArray[T]:
    """Columns (n, K) of both, draws last in memory."""
    return np.concatenate([first.T, second.T]).T
