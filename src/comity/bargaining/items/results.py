"""What is found of packages across items: plain values, each share a share of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BLOCKED = 0.5
"""Stopped, or blocked alone, is what comes through in a smaller share of draws than this."""


@dataclass(frozen=True)
class Alone:
    """An item by itself, its text alone (competence and requirements set aside).

    ``share_any`` and ``share_tabled``: in what share of draws some draft, the tabled one (None
    without one) passes. ``blocked``: in fewer than half of the draws some draft does; then
    ``objecting`` are those that object most often, in half of the draws or more if anybody does,
    to the tabled draft, or where none is tabled to the one that meets the fewest objections.
    ``drafts`` are those that packages may hold, the reversion left out. ``presumption``: within or
    outside, where the dossier puts the body's competence for the item in question, else None;
    ``competent``: in what share of draws the body holds itself competent (§16), None if that was
    not worked out.
    """

    item: str
    blocked: bool
    objecting: tuple[str, ...]
    share_any: float
    share_tabled: float | None
    reversion: str
    drafts: tuple[str, ...]
    presumption: str | None
    competent: float | None


@dataclass(frozen=True)
class Side:
    """What a package is to one member, in points for an actor of salience 100.

    ``gives`` and ``gets``: item to what the member loses or gains on it; ``utility`` their sum, to
    be compared with ``reservation``, −ω. ``lets_pass``: share of draws in which it does not object.
    """

    member: str
    utility: float
    reservation: float
    gives: Mapping[str, float]
    gets: Mapping[str, float]
    lets_pass: float


@dataclass(frozen=True)
class ItemsPackage:
    """One package: item to draft, those left as they are not named.

    ``carries`` are the items blocked alone that it adopts. ``share_of_draws``: in which all
    members let it pass, somebody wants it, and the procedures of its items adopt it; ``passes``:
    so in the middle reading. ``one_by_one``: in what share the same drafts would all pass if they
    were put one by one; ``share_at_omega_0``: in what share the package passes if agreement as
    such is worth nothing (§8). ``solutions`` names the formulas it attains (§45).

    All that is on the texts alone. ``in_question``: its items for which competence is in question;
    ``share_as_presumed`` is the share in which it is adopted if the presumption holds for each of
    them, 0 where one is presumed outside; if all are taken as within it is ``share_of_draws``.
    ``requires``: items outside the package that its items require; what they require of each other
    the package holds. ``share_free``: in what share of draws the body holds itself competent for
    all its items and all that ``requires`` names is adopted; ``share_as_settled``: in what share
    the package is adopted with both asked (§16, §18). Both are None if that was not worked out.
    ``stopped``: ``share_free`` is less than a half.
    """

    package: Mapping[str, str]
    carries: tuple[str, ...]
    passes: bool
    share_of_draws: float
    one_by_one: float
    share_at_omega_0: float
    solutions: tuple[str, ...]
    sides: tuple[Side, ...]
    in_question: tuple[str, ...]
    requires: tuple[str, ...]
    share_as_presumed: float
    share_free: float | None
    share_as_settled: float | None

    @property
    def stopped(self) -> bool:
        """Whether competence, or what must come first, stops it in more than half of the draws."""
        return self.share_free is not None and self.share_free < BLOCKED

    @property
    def share(self) -> float:
        """The share of draws in which it is adopted, with all asked that was worked out."""
        return self.share_of_draws if self.share_as_settled is None else self.share_as_settled


@dataclass(frozen=True)
class ItemsPackages:
    """Packages across the items of a body.

    ``best``: of the packages that carry items blocked alone, and pass more often than their drafts
    would one by one, the one with the largest share of draws (``share``) times the number of
    blocked items carried; None, for the reason ``why``, if there is none. A package that competence
    or a requirement stops is never ``best``; ``waiting`` is the best of those on the texts alone,
    what could be put forward were that settled first.
    ``packages``: for each set of items adopted the one that passes most often, most often first.
    ``left_out``: items not considered, and why. ``notes``: what a reader must know.
    """

    body: str
    members: tuple[str, ...]
    seed: int
    draws: int
    items: tuple[Alone, ...]
    blocked: tuple[str, ...]
    best: ItemsPackage | None
    waiting: ItemsPackage | None
    why: str
    packages: tuple[ItemsPackage, ...]
    left_out: Mapping[str, str]
    notes: tuple[str, ...]
