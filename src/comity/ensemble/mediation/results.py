"""What a mediation says: immutable values in words and plain numbers.

Lists of numbers have one entry a party, in the order of ``Mediation.parties``; packages are
mappings from issue to option. Shares are shares of draws between 0 and 1. Symbols and sections
are those of the conventions (§40–§53) and of the theory page on mediation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from comity.dossier import Basis, Dossier, Finding
from comity.dossier.talks import Talks
from comity.ensemble.results import as_json

if TYPE_CHECKING:
    from comity.bargaining.drawn import Drawn
    from comity.bargaining.fairness import Envy, Moved
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.problem import Problem
    from comity.bargaining.text import TextPath

Numbers = tuple[float, ...]
"""One number for each party."""

Terms = Mapping[str, str]
"""A package in words: issue to option."""


@dataclass(frozen=True)
class Percentiles:
    """The 5th, 50th and 95th percentile over draws."""

    p5: float
    median: float
    p95: float


@dataclass(frozen=True)
class FrontierView:
    """The frontier of the middle reading (§44).

    ``exact`` is true if every frontier point is listed. Otherwise ``how`` says in words what is:
    with ``epsilon`` > 0 an approximation, such that every allowed package has a listed point no
    more than ``epsilon`` worse for any party; with ``epsilon`` 0 all frontier points that give
    every party at least its reservation value; with ``epsilon`` None the packages of the solutions
    alone, the frontier being beyond reach. ``terms`` holds a package for each point, in the order
    of ``utilities``, for the first 500 points; ``packages`` counts all on all points. ``points``
    and ``packages`` are None where the frontier is beyond reach: then nobody knows.
    """

    points: int | None
    packages: int | None
    utilities: tuple[Numbers, ...]
    epsilon: float | None
    exact: bool
    how: str
    terms: tuple[Terms, ...]


@dataclass(frozen=True)
class SolutionView:
    """One solution of the middle reading (§45).

    ``utilities`` is the first of the points that attain it, ``tied`` all of them; ``package`` the
    first of the ``packages`` packages on them, ``listed`` the first few. All are None or empty if
    it does not exist, and ``why`` says why. ``gains`` are uᵢ − dᵢ; ``normalised`` are nᵢ, None for
    a party that is left out. ``share_within`` is the share of draws in which the first package
    lies within all stated limits, ``mean_regret`` its mean regret (§49), None where it was not
    tried. ``unique`` and ``packages`` are None where ties were
    not searched, the frontier being beyond reach or approximate; ``why`` says so, and ``tied`` and
    ``listed`` hold what was found.

    ``value`` is what the formula reaches (the product of gains, their sum, the smallest normalised
    or proportioned gain), None if there is nothing to reach; no package reaches more than
    ``at_most``. ``exact``: the two are one. If not, ``epsilon`` was above 0 and the exact part of
    the frontier out of reach; ``normalised`` are then lower bounds, too.
    """

    exists: bool
    why: str
    unique: bool | None
    utilities: Numbers | None
    tied: tuple[Numbers, ...]
    package: Terms | None
    packages: int | None
    listed: tuple[Terms, ...]
    gains: Numbers | None
    normalised: tuple[float | None, ...] | None
    value: float | None
    at_most: float | None
    exact: bool
    share_within: float | None
    mean_regret: float | None = None


@dataclass(frozen=True)
class JointCeiling:
    """The most that all parties can have at once, as a share of what each could gain (§46).

    ``value``, ``utilities``, ``package`` and ``normalised`` are those of the middle reading, None
    if nothing lies within all stated limits there or nobody can gain; then ``why`` says so in a
    sentence. ``share_of_draws`` is the share of draws in which some package lies within all stated
    limits, ``over_draws`` the value in those draws in which it exists, a share ``exists_in`` of
    all. ``exact``: no package of the middle reading has more than ``value``; else it has no more
    than ``at_most``, the frontier being approximate.
    """

    value: float | None
    at_most: float | None
    exact: bool
    utilities: Numbers | None
    package: Terms | None
    normalised: tuple[float | None, ...] | None
    left_out: tuple[str, ...]
    why: str
    share_of_draws: float
    exists_in: float
    over_draws: Percentiles | None


@dataclass(frozen=True)
class NamedInput:
    """An uncertain input by its field path in the dossier, and what the path says.

    ``party``, ``issue``, ``field`` and ``option`` say the same apart, None where they do not apply;
    ``limit`` names the red line or link it belongs to, ``basis`` what it rests on.
    """

    path: str
    party: str | None
    issue: str | None
    field: str
    option: str | None
    limit: str | None
    basis: Basis


@dataclass(frozen=True)
class Hanging(NamedInput):
    """An input on which the test of a claim hangs, and how much.

    ``lowest`` and ``highest``: the mean bound in the fifth of the draws in which the input is
    lowest, and in that in which it is highest.
    """

    lowest: float
    highest: float


@dataclass(frozen=True)
class HangingKinds:
    """What share of the variance of a claim's bound each kind of input explains by itself.

    ``worth``: what options are worth; ``weights``: how much issues matter; ``reservation``: what
    no agreement is worth; ``limits``: which demands are red lines, and where caps lie.
    """

    worth: float
    weights: float
    reservation: float
    limits: float


@dataclass(frozen=True)
class ClaimTest:
    """A claim that every party named gets at least a share of its own best (§46).

    ``possible`` and ``package`` (the witness) or ``bound`` (the largest smallest share there is)
    concern the middle reading; ``shares`` are what the package, which attains the bound, gives to
    each party, None for one that is not named or left out. ``share_of_draws`` says in what share
    of draws the claim is possible, ``bound_over_draws`` what the largest smallest share is there,
    over the draws in which anything lies within all stated limits. Possible is never "true".
    ``bound_most`` is the largest bound in any draw, ``hangs_on`` the inputs on which it hangs most,
    ``hangs_on_kinds`` how much of its variance each kind of input explains.
    """

    name: str
    at_least: float
    parties: tuple[str, ...]
    note: str
    from_: tuple[str, ...]
    possible: bool
    package: Terms | None
    shares: tuple[float | None, ...] | None
    bound: float | None
    left_out: tuple[str, ...]
    contested: tuple[str, ...]
    why: str
    share_of_draws: float
    bound_over_draws: Percentiles | None
    bound_most: float | None
    hangs_on: tuple[Hanging, ...]
    hangs_on_kinds: HangingKinds


@dataclass(frozen=True)
class Stated:
    """A limit with whose word it is: a red line, a link, or a party's reservation value.

    ``party`` is None for a link, which binds all. ``holds`` is the share of draws in which it is a
    limit. ``from_`` are ids of statements.
    """

    name: str
    kind: Literal["red line", "link", "reservation value"]
    party: str | None
    basis: Basis
    from_: tuple[str, ...]
    note: str
    holds: float


@dataclass(frozen=True)
class ConflictShare:
    """A set of limits, by name, and in what share of the draws looked at it is a smallest one."""

    members: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Conflicts:
    """Smallest sets of limits that together leave nothing (§43).

    ``agreeable``: some package lies within all stated limits of the middle reading; then there is
    no conflict. Else every set in ``sets`` has ``size`` members and no smaller set leaves nothing;
    ``complete`` is false if there are more such sets than are listed. ``allowed``: some package
    breaks no red line and no link. ``often`` are the most frequent smallest conflicts of the first
    ``looked_at`` draws in which nothing is possible, a share ``closed`` of all draws.
    """

    agreeable: bool
    allowed: bool
    size: int | None
    sets: tuple[tuple[str, ...], ...]
    complete: bool
    closed: float = 0.0
    looked_at: int = 0
    often: tuple[ConflictShare, ...] = ()


@dataclass(frozen=True)
class Relaxation:
    """What one limit costs: the talks with it alone lifted, everything else as it was.

    ``opens``: something lies within the remaining limits of the middle reading, where nothing did
    before; ``opens_in`` the share of draws in which that happens. ``ceiling`` is the joint ceiling
    of the middle reading without it; ``on_scale`` the same with every party's gain measured by what
    it could have before (where nothing was possible before: without any red line or link), so that
    limits can be compared; ``more`` how much that is more than with the limit, None if there was
    nothing before. ``raises_in`` and ``mean_more`` say the same of the first ``tried`` draws: in
    what share of them the ceiling rises, and by how much on average over all of them (a draw in
    which nothing was possible counts as a ceiling of 0). ``gainers`` are the parties to whom
    ``package``, the best then, is worth more than the best before (than no agreement, if there was
    none), ``gain`` how much more to each. ``shortfall``, for a reservation value: how far below it
    the party would have to go for something to be possible, None if not even that helps.
    """

    limit: Stated
    opens: bool
    opens_in: float
    ceiling: float | None
    on_scale: float | None
    more: float | None
    raises_in: float
    mean_more: float
    tried: int
    gainers: tuple[str, ...]
    gain: Numbers | None
    package: Terms | None
    shortfall: float | None


@dataclass(frozen=True)
class Move:
    """One half of a trade: on an issue ``giver`` gives way to ``taker``.

    ``loss`` and ``gain`` are shares of the whole range of utility of the giver and of the taker;
    ``times`` = gain/loss, None if the giver loses nothing.
    """

    issue: str
    giver: str
    taker: str
    before: str
    after: str
    loss: float
    gain: float
    times: float | None


@dataclass(frozen=True)
class Trade:
    """Two moves that leave both parties better off (§48).

    ``effects`` is what both moves together bring each party, as a share of its range of utility;
    ``smaller`` and ``sum`` are taken over the two who trade. ``others_lose`` names the parties
    outside the trade that it leaves worse off. ``share_of_draws``: in what share of draws both are
    better off by it; ``allowed_in``: in what share the package after it breaks no limit. That and
    ``package``, the package after it, are None if the base is no package.
    """

    parties: tuple[str, str]
    moves: tuple[Move, Move]
    effects: Numbers
    smaller: float
    sum: float
    others_lose: tuple[str, ...]
    share_of_draws: float
    allowed_in: float | None
    package: Terms | None


@dataclass(frozen=True)
class Trades:
    """Trades by joint gain, and the package they start from.

    ``base``: *text*, *reversions*, or *each its own best* (then ``package`` is None: on each issue
    the giver starts from its own best option). ``none_from`` names the base that came first in
    turn and from which no trade leaves both parties better off, None if that is ``base``. ``found``
    counts all trades, ``listed`` holds the best.
    """

    base: Literal["text", "reversions", "each its own best"]
    package: Terms | None
    found: int
    listed: tuple[Trade, ...]
    none_from: Literal["text", "reversions"] | None = None


@dataclass(frozen=True)
class PartyView:
    """What a package means to one party.

    ``utility``, ``gain`` = u − d and ``normalised`` (None if the party is left out) are those of
    the middle reading, the others are over draws. ``keeps``: share of draws in which the package
    gives the party at least its reservation value. ``red_lines``: names of the party's own limits
    that the package breaks in the middle reading.
    """

    party: str
    utility: float
    gain: float
    normalised: float | None
    utility_over_draws: Percentiles
    gain_over_draws: Percentiles
    keeps: float
    red_lines: tuple[str, ...]


@dataclass(frozen=True)
class WorstTrack:
    """The track in which some party gets the least of what the track could bring it.

    ``share``: the party's worth of the track's issues under the package, between its worst (0) and
    its best (1) options there. Issues without a track count as a track each.
    """

    track: str
    party: str
    share: float


@dataclass(frozen=True)
class TiltView:
    """Towards (above 0) or against (below 0) whom a package leans (§47).

    ``against`` maps each solution to the signed tilt next to it; ``claimed`` is the smallest of
    the three if all have the same sign, else 0. ``finds`` says how the party finds the terms,
    ``keeps`` in what share of draws it would keep them: they give it at least its reservation
    value.
    """

    party: str
    against: Mapping[str, float]
    claimed: float
    finds: Literal["unfair", "favourable", "no tilt"]
    keeps: float


@dataclass(frozen=True)
class FairnessView:
    """How fair a package is in the middle reading, with what shows it (§47).

    ``gives`` and ``gets`` list, party by party, the issues that carry what it gives up next to its
    own best options and what it has beyond the others' best. ``interactions``: what pairs of
    options add. ``gain_shares`` and ``equitability`` are None where the package gives a party
    less than its reservation value. ``why`` says why no tilt can be claimed, if none can.
    """

    give: Numbers
    get: Numbers
    interactions: Numbers
    gives: tuple[tuple[Moved, ...], ...]
    gets: tuple[tuple[Moved, ...], ...]
    gain_shares: tuple[float | None, ...] | None
    equitability: float | None
    envy: tuple[Envy, ...]
    tilt: tuple[TiltView, ...]
    why: str


@dataclass(frozen=True)
class ProposalView:
    """One package (§49), tested in every draw.

    ``number`` is its place on the menu from 1, or 0 if it is not on it. ``origins`` says where it
    comes from: names of solutions, *frontier*, *draws* (best in some draw), *proposal NAME*, and
    of the single text *draft* and *text* (where it ends). ``allowed``, ``within`` (all stated
    limits) and ``efficient`` (on the frontier; None if that is not known) concern the middle
    reading. ``share_within``: share of draws in which it lies within all stated limits; ``breaks``
    maps each limit it breaks, reservation values among them, to the share of draws in which it
    does. ``mean_regret``, ``worst_regret`` and ``regret_over_draws`` are over the draws that have a
    joint ceiling, a share ``joint_ceiling.exists_in`` of all; 0 if none has. ``differs`` maps each
    issue on which it differs from the first proposal to its option. ``fairness`` is None where the
    solutions are not known. ``better``: where it is allowed and not on the frontier, the options on
    which a package differs that is better for somebody there and worse for nobody; else empty.
    """

    number: int
    package: Terms
    origins: tuple[str, ...]
    parties: tuple[PartyView, ...]
    smallest_normalised: float | None
    allowed: bool
    within: bool
    efficient: bool | None
    share_within: float
    breaks: Mapping[str, float]
    mean_regret: float
    worst_regret: float
    regret_over_draws: Percentiles
    worst_track: WorstTrack | None
    fairness: FairnessView | None
    differs: Mapping[str, str]
    better: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tabled:
    """A package that somebody has put forward, with how it does in every draw."""

    by: str | None
    note: str
    from_: tuple[str, ...]
    view: ProposalView


@dataclass(frozen=True)
class FirstReason:
    """Why the first proposal comes first, in numbers.

    ``candidates`` packages were compared. ``next_mean_regret`` and ``next_share_within`` are those
    of the second on the menu, None if there is none. ``as_good`` counts other packages that do as
    well on both, so that nothing but the order in which they were tried decides. ``decided_by``:
    *regret*, or *limits* if others with as little mean regret lie within all limits in fewer draws;
    ``level_share_within`` is the largest of their shares, else None.

    Of the packages of the menu that lie within all stated limits of a draw that has a ceiling, the
    first has the least regret alone in a share ``best_in`` of all draws, together with another in
    ``level_in``, and another has less, or alone lies within, in ``worse_in``. In ``none_in`` no
    package of the menu lies within.
    """

    candidates: int
    mean_regret: float
    share_within: float
    next_mean_regret: float | None
    next_share_within: float | None
    as_good: int
    decided_by: Literal["regret", "limits", "only one"]
    level_share_within: float | None
    best_in: float
    level_in: float
    worse_in: float
    none_in: float


@dataclass(frozen=True)
class Asked(NamedInput):
    """An input whose true value would help, and by how much (§50).

    ``value`` is how much the mean regret (over the draws that have a ceiling) falls if the
    proposal may be chosen separately in each fifth of it, less what chance would give;
    ``first_in_fifths`` are the numbers of the proposals that one would then put forward first, from
    its lowest fifth to its highest.
    """

    value: float
    first_in_fifths: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """The one question whose answer would help most, if any helps beyond chance.

    ``inputs`` counts the uncertain inputs tried. ``mean_regret`` is that of the first proposal,
    over the draws that have a ceiling: no answer can save more. ``asked`` is None if no answer is
    shown to change what to put forward. ``others`` are the next best inputs beyond chance.
    """

    mean_regret: float
    inputs: int
    asked: Asked | None
    others: tuple[Asked, ...]


@dataclass(frozen=True)
class Division:
    """Adjusted Winner for talks over divisible quantities alone, between two parties.

    Fractions are exact and written ``3/5``: ``shares`` of each issue and ``result`` in points of
    100 for each party. ``passed_on`` maps an issue to the share that went from the party that had
    more points to the other. ``exact`` is false if medians stand for uncertain weights. ``keeps``:
    whether the division gives the party its reservation value in the middle reading.
    """

    shares: Mapping[str, tuple[str, ...]]
    result: tuple[str, ...]
    points: Numbers
    split: str | None
    passed_on: Mapping[str, str]
    equal_ratios: tuple[str, ...]
    exact: bool
    keeps: tuple[bool, ...]


@dataclass(frozen=True)
class Mediation:
    """What a mediator asks of talks, answered.

    ``reservation`` are the disagreement points dᵢ of the middle reading (§42), ``best`` the aᵢ,
    None where nothing lies within all stated limits; ``left_out`` the parties that can gain
    nothing. ``limits`` lists all red lines and links. ``text`` is the result of the single
    negotiating text, None without one. ``drawn`` holds all draws, a single one if nothing is
    uncertain; ``whole_frontier`` is None where the frontier is beyond reach.
    """

    title: str
    as_of: date
    handling: str
    note: str
    seed: int
    draws: int
    talks: str
    talks_title: str
    parties: tuple[str, ...]
    mediator: str | None
    issues: tuple[str, ...]
    outcomes: int
    reservation: Numbers
    reservation_stated: tuple[bool, ...]
    best: Numbers | None
    left_out: tuple[str, ...]
    frontier: FrontierView
    solutions: Mapping[str, SolutionView]
    joint_ceiling: JointCeiling
    claims: tuple[ClaimTest, ...]
    limits: tuple[Stated, ...]
    conflicts: Conflicts
    relaxations: tuple[Relaxation, ...]
    trades: Trades
    proposals: tuple[ProposalView, ...]
    first: FirstReason | None
    tabled: Mapping[str, Tabled]
    fairness: Mapping[str, FairnessView]
    question: Question
    text: TextPath | None
    division: Division | None
    findings: tuple[Finding, ...]
    dossier: Dossier = field(repr=False, metadata={"json": False})
    problem: Problem = field(repr=False, metadata={"json": False})
    drawn: Drawn = field(repr=False, metadata={"json": False})
    whole_frontier: Frontier | None = field(repr=False, metadata={"json": False})

    @cached_property
    def version(self) -> str:
        """The version of Comity that made it."""
        return version("comity")

    @property
    def negotiated(self) -> Talks:
        """The talks as the dossier has them."""
        return self.dossier.talks[self.talks]

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values, in field order, without the dossier and the draws."""
        result: dict[str, Any] = as_json(self)
        return result
