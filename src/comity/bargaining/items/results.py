"""What is found of packages across items: plain values, each share a share of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Alone:
    """An item by itself, its text alone (competence and requirements set aside).

    ``blocked``: no draft passes in the middle reading; then ``objecting`` are those that object
    to the tabled draft, or to the draft with the fewest objections where none is tabled.
    ``share_any`` and ``share_tabled``: in what share of draws some draft, the tabled one (None
    without one) passes. ``drafts`` are those that packages may hold, the reversion left out.
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
    so in the middle reading. ``one_by_one``: in what share some draft of each of its items would
    pass alone. ``solutions`` names the formulas it attains (§45).
    """

    package: Mapping[str, str]
    carries: tuple[str, ...]
    passes: bool
    share_of_draws: float
    one_by_one: float
    solutions: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class ItemsPackages:
    """Packages across the items of a body.

    ``best``: of the packages that carry items blocked alone the one with the largest share of
    draws times the number of blocked items carried; None, for the reason ``why``, if none passes.
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
