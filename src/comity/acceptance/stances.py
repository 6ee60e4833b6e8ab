"""What the members of a body let pass on one item, in every draw of a batch.

Shapes: *n* draws, *M* actors in seat order, *C* drafts. A draft is a point on the item's scale,
or the place of an option in the item's list. Definitions: conventions §9 to §12.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.dossier.charter import Response
from comity.dossier.quantity import Floats

T = TypeVar("T", bound=np.generic)

Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

TIE = 1e-9
"""Differences below this count as none; acceptance is read generously (conventions §5)."""

TOP = 100.0
"""The far end of every scale."""


@dataclass(frozen=True)
class Drafts:
    """Texts to be tried in each draw: ``texts`` and which of them exist, both (n, C)."""

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
        ends = np.concatenate([self.low, self.high], axis=1)
        return _both(
            _on_side(self.above, self.above[0], ends), _on_side(self.below, self.below[1], ends)
        )


@dataclass(frozen=True)
class OptionStances(Stances):
    """Stances on K options: ``worth``, ``accepted`` and ``shortfall`` have shape (n, M, K).

    ``shortfall`` is the worth by which an option falls short of being accepted, 0 if it is.
    """

    options: tuple[str, ...]
    worth: Floats
    accepted: Bools
    shortfall: Floats

    def gains(self, drafts: Floats) -> Floats:
        return self._at(self.worth, drafts) - self._at(self.worth, self.reversion[:, None])

    def accepts(self, drafts: Floats) -> Bools:
        return self._at(self.accepted, drafts)

    def distances(self, drafts: Floats) -> Floats:
        return self._at(self.shortfall, drafts)

    def says_something(self, drafts: Floats) -> Bools:
        return np.atleast_2d(drafts) != self.reversion[:, None]

    def contenders(self) -> Drafts:
        size, _, options = self.worth.shape
        texts = np.broadcast_to(np.arange(options, dtype=float), (size, options))
        return Drafts(texts, self.says_something(texts))

    def turning_points(self) -> Drafts:
        return self.contenders()

    def _at(self, table: NDArray[T], drafts: Floats) -> NDArray[T]:
        size = table.shape[0]
        places = np.broadcast_to(np.atleast_2d(drafts), (size, np.shape(drafts)[-1])).astype(int)
        return np.take_along_axis(table, places[:, None, :], axis=2).swapaxes(1, 2)


def _by_draft(drafts: Floats) -> Floats:
    return np.atleast_2d(drafts)[:, :, None]


def _on_side(side: tuple[Floats, Floats], near: Floats, points: Floats) -> Drafts:
    low, high = side[0][:, None], side[1][:, None]
    texts = np.concatenate([near[:, None], points], axis=1)
    return Drafts(texts, (texts >= low) & (texts <= high))


def _both(above: Drafts, below: Drafts) -> Drafts:
    return Drafts(
        np.concatenate([above.texts, below.texts], axis=1),
        np.concatenate([above.exist, below.exist], axis=1),
    )
