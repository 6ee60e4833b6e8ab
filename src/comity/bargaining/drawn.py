"""Talks in numbers, draw by draw: every uncertain quantity through its own column of uniforms.

``drawn(talks, name, uniforms)`` gives all draws at once, ``middle(talks, name)`` the one reading in
which every quantity stands at its median (conventions §40).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.bargaining.limits import bounds_drawn, holding, limits, standing
from comity.bargaining.problem import (
    Bools,
    Floats,
    Interaction,
    Ints,
    Limit,
    Package,
    Problem,
    as_rows,
)
from comity.bargaining.ranks import centroid, in_order
from comity.bargaining.straight import between
from comity.dossier.draws import Middle, Uniforms
from comity.dossier.picked import amounts, mask, places
from comity.dossier.quantity import AMOUNT, WORTH, Domain, Quantity
from comity.dossier.talks import (
    COULD_LIVE_WITH,
    NO,
    YES,
    Issue,
    Light,
    Preference,
    Preferences,
    Talks,
)


@dataclass(frozen=True, eq=False)
class Together:
    """An uncertain interaction: places of two issues' options that meet, worth (draws,)."""

    party: int
    first: int
    second: int
    marked: Bools
    worth: Floats


@dataclass(frozen=True, eq=False)
class Drawn:
    """Talks in many draws. Leading axis: draws.

    Shapes: ``worth[k]`` (draws, options, parties), ``reservation`` and ``divisors`` (draws,
    parties), ``holds`` (draws, limits): whether a limit is one in that draw; ``bounds`` by the
    limit's name (draws,).
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    worth: tuple[Floats, ...]
    reservation: Floats
    divisors: Floats
    together: tuple[Together, ...]
    limits: tuple[Limit, ...]
    holds: Bools
    bounds: Mapping[str, Floats]

    @property
    def size(self) -> int:
        """How many draws there are."""
        return len(self.reservation)

    def problem(self, draw: int) -> Problem:
        """One draw as a bargaining problem."""
        return Problem(
            self.parties,
            self.issues,
            self.options,
            tuple(worth[draw] for worth in self.worth),
            self.reservation[draw],
            self.divisors[draw],
            self._interactions(draw),
            tuple(
                standing(limit, self.bounds, draw)
                for limit, holds in zip(self.limits, self.holds[draw], strict=True)
                if holds
            ),
        )

    def utilities(self, packages: Ints | list[Package]) -> Floats:
        """What packages are worth in every draw: shape (draws, packages, parties)."""
        rows = as_rows(packages, len(self.issues))
        total = np.zeros((self.size, len(rows), len(self.parties)))
        for issue, worth in enumerate(self.worth):
            total += worth[:, rows[:, issue], :]
        for both in self.together:
            meets = both.marked[rows[:, both.first], rows[:, both.second]]
            total[:, :, both.party] += both.worth[:, None] * meets
        return total

    def crossed(self, packages: Ints | list[Package]) -> Bools:
        """Which limits packages break in every draw: shape (draws, packages, limits)."""
        rows = as_rows(packages, len(self.issues))
        broken = np.zeros((self.size, len(rows), len(self.limits)), dtype=bool)
        for index, limit in enumerate(self.limits):
            if limit.at_most:
                for draw in range(self.size):
                    one = Problem.crossed(self._bare(standing(limit, self.bounds, draw)), rows)
                    broken[draw, :, index] = one[:, 0]
            else:
                broken[:, :, index] = Problem.crossed(self._bare(limit), rows)[:, 0]
        held: Bools = broken & self.holds[:, None, :]
        return held

    def _bare(self, limit: Limit) -> Problem:
        """A problem of no worth with one limit, to ask what breaks it."""
        none = tuple(np.zeros((len(names), 0)) for names in self.options)
        nobody = np.zeros(0)
        return Problem((), self.issues, self.options, none, nobody, nobody, (), (limit,))

    def _interactions(self, draw: int) -> tuple[Interaction, ...]:
        tables: dict[tuple[int, int], Floats] = {}
        for both in self.together:
            shape = (*both.marked.shape, len(self.parties))
            table = tables.setdefault((both.first, both.second), np.zeros(shape))
            table[:, :, both.party] += both.marked * both.worth[draw]
        return tuple(Interaction(a, b, table) for (a, b), table in tables.items())


def middle(talks: Talks, name: str) -> Problem:
    """The talks with every quantity at its median; red lines more likely than not hold."""
    return drawn(talks, name, Middle()).problem(0)


def drawn(talks: Talks, name: str, uniforms: Uniforms) -> Drawn:
    """Talks in as many draws as ``uniforms`` has, keyed by field path below ``talks.NAME``."""
    return _Drawing(talks, f"talks.{name}", uniforms).drawn()


@dataclass(frozen=True)
class _Drawing:
    """Talks with where their uniforms come from."""

    talks: Talks
    root: str
    uniforms: Uniforms

    def drawn(self) -> Drawn:
        talks = self.talks
        found = limits(talks)
        worth = [
            np.stack([self._worth(p, k) for p in talks.parties], axis=-1) for k in talks.issues
        ]
        divisors = np.stack([self._divisor(party) for party in talks.parties], axis=-1)
        scaled = tuple(each / divisors[:, None, :] for each in worth)
        half_done = Drawn(
            talks.parties,
            tuple(talks.issues),
            tuple(issue.labels(len(talks.parties)) for issue in talks.issues.values()),
            scaled,
            np.zeros_like(divisors),
            divisors,
            tuple(self._together()),
            found,
            holding(talks, self.root, found, self.uniforms),
            bounds_drawn(talks, self.root, self.uniforms),
        )
        reservation = np.stack([self._reservation(p, half_done) for p in talks.parties], axis=-1)
        return Drawn(**{**vars(half_done), "reservation": reservation})

    def _values(self, quantity: Quantity, domain: Domain, path: str) -> Floats:
        if quantity.certain:
            return quantity.ppf(np.zeros(self.uniforms.size), domain)
        return quantity.ppf(self.uniforms.column(path), domain)

    # --- what options are worth

    def _worth(self, party: str, issue: str) -> Floats:
        """Weight times value before dividing by the weights: shape (draws, options)."""
        held = self.talks.preferences[party].issues[issue]
        path = f"{self.root}.preferences.{party}.issues.{issue}"
        if issue not in self._weights[party]:
            raise AssertionError(f"{party} has no weight for {issue}")  # pragma: no cover
        value = self._value(party, self.talks.issues[issue], held, path)
        return self._weights[party][issue][:, None] * value

    @cached_property
    def _weights(self) -> dict[str, dict[str, Floats]]:
        return {party: self._weights_of(party) for party in self.talks.parties}

    def _weights_of(self, party: str) -> dict[str, Floats]:
        preferences = self.talks.preferences[party]
        root = f"{self.root}.preferences.{party}.issues"
        ranks = {k: held.rank for k, held in preferences.issues.items() if held.rank is not None}
        weights = {
            issue: self._values(held.weight, AMOUNT, f"{root}.{issue}.weight")
            for issue, held in preferences.issues.items()
            if held.weight is not None
        }
        if not ranks:
            return weights
        if isinstance(self.uniforms, Middle):
            return weights | centroid(ranks)
        columns = {issue: self.uniforms.column(f"{root}.{issue}.rank") for issue in ranks}
        return weights | in_order(ranks, columns)

    def _divisor(self, party: str) -> Floats:
        if self.talks.weights == "as_given":
            return np.ones(self.uniforms.size)
        total: Floats = np.sum(list(self._weights[party].values()), axis=0)
        return total

    def _value(self, party: str, issue: Issue, held: Preference, path: str) -> Floats:
        """What each option is worth to a party: shape (draws, options)."""
        labels = issue.labels(len(self.talks.parties))
        if held.lights is not None:
            if issue.options is None:
                raise AssertionError("lights stand for named options")  # pragma: no cover
            return np.stack([self._light(held.lights[o], f"{path}.lights.{o}") for o in labels], 1)
        if held.values is None:
            if issue.divisible is not None:  # the more of it, the better, in proportion
                own = np.array(amounts(issue, self.talks.parties, party))
                return np.tile(100.0 * own / issue.divisible.total, (self.uniforms.size, 1))
            return np.zeros((self.uniforms.size, len(labels)))
        given = {
            point: self._values(quantity, WORTH, f"{path}.values.{point}")
            for point, quantity in held.values.items()
        }
        if issue.options is not None:
            return np.stack([given[option] for option in labels], axis=1)
        at = amounts(issue, self.talks.parties, party) if issue.grid is None else issue.grid.points
        return between({float(point): value for point, value in given.items()}, np.array(at))

    def _light(self, light: Light, path: str) -> Floats:
        if light is Light.COULD_LIVE_WITH:
            low, high = COULD_LIVE_WITH
            return low + (high - low) * self.uniforms.column(path)
        return np.full(self.uniforms.size, YES if light is Light.YES else NO)

    # --- interactions and reservation values

    def _together(self) -> list[Together]:
        talks, found = self.talks, []
        order = list(talks.issues)
        for index, party in enumerate(talks.parties):
            for name, both in talks.preferences[party].interactions.items():
                first, second = sorted(both.when, key=order.index)
                path = f"{self.root}.preferences.{party}.interactions.{name}.worth"
                worth = self._values(both.worth, WORTH, path)
                marked = [
                    mask(talks.issues[k], talks.parties, both.when[k]) for k in (first, second)
                ]
                places = order.index(first), order.index(second)
                found.append(Together(index, *places, np.outer(*marked), worth))
        return found

    def _reservation(self, party: str, known: Drawn) -> Floats:
        preferences: Preferences = self.talks.preferences[party]
        if preferences.reservation is not None:
            path = f"{self.root}.preferences.{party}.reservation"
            return self._values(preferences.reservation, WORTH, path)
        reversion = reversion_of(self.talks)
        if reversion is None:
            return np.zeros(known.size)
        worth: Floats = known.utilities([reversion])[:, 0, self.talks.parties.index(party)]
        return worth


def reversion_of(talks: Talks) -> Package | None:
    """What holds on every issue if nothing is agreed; None unless every issue says so."""
    found = []
    for issue in talks.issues.values():
        if issue.reversion is None:
            return None
        found.append(places(issue, talks.parties, (issue.reversion,))[0])
    return tuple(found)
