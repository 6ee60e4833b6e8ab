"""What is found of packages across items: plain values, each share a share of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Alone:
    """An item by itself, its text alone (competence and requirements set aside).

    ``share_any`` and ``share_tabled``: in what share of draws some draft, the tabled one (None
    without one) passes. ``blocked``: in fewer than half of the draws some draft does; then
    ``objecting`` are those that object most often, in half of the draws or more if anybody does,
    to the tabled draft, or where none is tabled to the one that meets the fewest objections.
    ``drafts`` are those that packages may hold, the reversion left out.
    """

    item: str
    blocked: bool
    objecting: tuple[str, ...]
    share_any: float
    share_tabled: float | None
    reversion: str
    drafts: tuple[str, ...]


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
    """

    package: Mapping[str, str]
    carries: tuple[str, ...]
    passes: bool
    share_of_draws: float
    one_by_one: float
    share_at_omega_0: float
    solutions: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class ItemsPackages:
    """Packages across the items of a body.

    ``best``: of the packages that carry items blocked alone, and pass more often than their drafts
    would one by one, the one with the largest share of draws times the number of blocked items
    carried; None, for the reason ``why``, if there is none.
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
    why: str
    packages: tuple[ItemsPackage, ...]
    left_out: Mapping[str, str]
    notes: tuple[str, ...]
