"""Items of a body as a bargaining problem in every draw, and who lets a package pass (§52).

uᵢ(x) = Σₖ sᵢₖ gᵢₖ(xₖ)/100 and dᵢ = −ωᵢ. A stated acceptance set or a floor is a red line; what a
member says it accepts costs it nothing. One item alone is answered exactly as in §10.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.acceptance import Stances, stances
from comity.acceptance.stances import TIE, Codes, ScaleStances
from comity.acceptance.window import adopted
from comity.bargaining.drawn import Drawn
from comity.bargaining.items.drafts import ItemDrafts
from comity.bargaining.problem import Bools, Floats, Ints, Limit, Never, Package, as_rows
from comity.dossier import Batch
from comity.dossier.inputs import omega_path
from comity.dossier.response import Response
from comity.rules import Seated


@dataclass(frozen=True, eq=False)
class Laid:
    """Items before the members in every draw.

    ``gains[k]`` (draws, options, members): gᵢₖ, 0 for the reversion; ``presence[k]`` as in Stances;
    ``procedures[k]`` the procedure of the item at its table.
    """

    drawn: Drawn
    gains: tuple[Floats, ...]
    presence: tuple[tuple[int, ...], ...]
    procedures: tuple[Seated, ...]

    def at_omega_0(self) -> Laid:
        """The same, were agreement as such worth nothing (§8)."""
        nothing = replace(self.drawn, reservation=np.zeros_like(self.drawn.reservation))
        return replace(self, drawn=nothing)

    def responses(self, packages: Ints | Sequence[Package]) -> Codes:
        """Responses of the members that respond freely: (draws, packages, members).

        Object: the package is worth less than −ω, or breaks a red line of the member. Support: it
        is worth more than nothing, or brings a gain on some item and a loss on none.
        """
        rows = as_rows(packages, len(self.gains))
        worth = self.drawn.utilities(rows)
        too_little: Bools = np.less(worth, self.drawn.reservation[:, None, :] - TIE)
        refuses = too_little | self._crossed(rows)
        each = np.stack([gain[:, rows[:, k], :] for k, gain in enumerate(self.gains)])
        better: Bools = np.any(each > TIE, axis=0) & np.all(each >= -TIE, axis=0)
        codes = np.where(better | (worth > TIE), Response.SUPPORT, Response.STAND_ASIDE)
        free: Codes = np.where(refuses, Response.OBJECT, codes).astype(np.int8)
        return free

    def passes(self, packages: Ints | Sequence[Package]) -> Bools:
        """Whether the procedure of every item adopted adopts it: (draws, packages)."""
        rows = as_rows(packages, len(self.gains))
        free = self.responses(rows)
        changed = rows > 0
        passing: Bools = np.tile(changed.any(axis=1), (self.drawn.size, 1)) & ~self._void(rows)
        for k, (presence, procedure) in enumerate(zip(self.presence, self.procedures, strict=True)):
            passing &= ~changed[None, :, k] | adopted(procedure, bound(free, presence))
        return passing

    def objects(self, packages: Ints | Sequence[Package]) -> Bools:
        """Who objects to a package, those that cannot respond to any of its items apart."""
        rows = as_rows(packages, len(self.gains))
        free = self.responses(rows) == Response.OBJECT
        able = np.array(self.presence) < 0
        asked = np.array([[able[row > 0, m].any() for m in range(able.shape[1])] for row in rows])
        heard: Bools = free & asked[None, :, :]
        return heard

    def _crossed(self, rows: Ints) -> Bools:
        """Which members' red lines packages break: (draws, packages, members)."""
        broken = self.drawn.crossed(rows)
        owner = [limit.party for limit in self.drawn.limits]
        found = np.zeros((*broken.shape[:2], len(self.drawn.parties)), dtype=bool)
        for place, party in enumerate(self.drawn.parties):
            own = [k for k, name in enumerate(owner) if name == party]
            found[:, :, place] = broken[:, :, own].any(axis=2)
        return found

    def _void(self, rows: Ints) -> Bools:
        """Packages with a text that says nothing, or without what an item requires."""
        links = [k for k, limit in enumerate(self.drawn.limits) if limit.party is None]
        void: Bools = np.any(self.drawn.crossed(rows)[:, :, links], axis=2)
        return void


def bound(codes: Codes, presence: tuple[int, ...]) -> Codes:
    """Responses with those of members that are absent or without instructions."""
    given = codes.copy()
    for member, code in enumerate(presence):
        if code >= 0:
            given[..., member] = code
    return given


def lay(batch: Batch, drafts: Sequence[ItemDrafts], procedures: Sequence[Seated]) -> Laid:
    """The items in every draw of a batch, with the drafts that packages may hold."""
    members = batch.dossier.members(drafts[0].item)
    held = [stances(batch, one.item, members) for one in drafts]
    gains = [_with_reversion(s.gains(d.texts)) for s, d in zip(held, drafts, strict=True)]
    refused = [_refused(batch, s, d) for s, d in zip(held, drafts, strict=True)]
    limits = list(_red_lines(members, drafts, refused)) + list(_links(batch, drafts, held))
    items = tuple(one.item for one in drafts)
    drawn = Drawn(
        members,
        items,
        tuple(one.options for one in drafts),
        tuple(_worth(batch, s, g, k) for s, g, k in zip(held, gains, items, strict=True)),
        -np.min([_omegas(batch, k, members) for k in items], axis=0),
        np.ones((batch.size, len(members))),
        (),
        tuple(limit for limit, _ in limits),
        np.stack([holds for _, holds in limits], axis=1)
        if limits
        else np.zeros((batch.size, 0), dtype=bool),
        {},
    )
    return Laid(drawn, tuple(gains), tuple(s.presence for s in held), tuple(procedures))


def _with_reversion(values: Floats) -> Floats:
    """Drafts (n, C, M) preceded by the reversion, on which all is 0."""
    none = np.zeros((values.shape[0], 1, values.shape[2]))
    return np.concatenate([none, values], axis=1)


def _worth(batch: Batch, held: Stances, gains: Floats, item: str) -> Floats:
    """sᵢ gᵢ / 100; what is stated to be acceptable costs nothing; the absent have no stake."""
    worth = held.salience[:, None, :] * gains / 100.0
    for place, member in enumerate(held.actors):
        if batch.dossier.position(item, member).accepts is not None:
            worth[:, :, place] = np.maximum(worth[:, :, place], 0.0)
        if held.presence[place] >= 0:
            worth[:, :, place] = 0.0
    return worth


def _omegas(batch: Batch, item: str, members: tuple[str, ...]) -> Floats:
    columns = [batch.values(omega_path(batch.dossier, item, member)) for member in members]
    return np.stack(columns, axis=1)


def _refused(batch: Batch, held: Stances, drafts: ItemDrafts) -> Bools:
    """Drafts outside a stated set or weaker than a floor: (n, C, M)."""
    shape = (batch.size, len(drafts.texts), len(held.actors))
    refused = np.zeros(shape, dtype=bool)
    for place, member in enumerate(held.actors):
        if held.presence[place] < 0:
            one = _refused_by(batch, held, drafts, place, member)
            refused[:, :, place] = one & (held.salience[:, place] != 0.0)[:, None]
    return refused


def _refused_by(batch: Batch, held: Stances, drafts: ItemDrafts, place: int, member: str) -> Bools:
    position = batch.dossier.position(drafts.item, member)
    root, texts = f"positions.{drafts.item}.{member}", drafts.texts[None, :]
    if not isinstance(held, ScaleStances):
        stated = position.accepts
        outside = [stated is not None and label not in stated for label in drafts.labels]
        return np.tile(np.array(outside, dtype=bool), (batch.size, 1))
    out = np.zeros((batch.size, len(drafts.texts)), dtype=bool)
    if position.accepts is not None:
        out |= texts < batch.values(f"{root}.accepts.low")[:, None] - TIE
        out |= texts > batch.values(f"{root}.accepts.high")[:, None] + TIE
    if position.floor is not None:
        floor = batch.values(f"{root}.floor")[:, None]
        up = (held.ideal[:, place] >= held.reversion)[:, None]
        out |= np.where(up, texts < floor - TIE, texts > floor + TIE)
    return out


Held = tuple[Limit, Bools]
"""A limit, and in which draws it holds."""


def _red_lines(
    members: tuple[str, ...], drafts: Sequence[ItemDrafts], refused: Sequence[Bools]
) -> Iterator[Held]:
    for k, (one, out) in enumerate(zip(drafts, refused, strict=True)):
        for place, member in enumerate(members):
            for option in np.flatnonzero(out[:, :, place].any(axis=0)):
                label = one.labels[int(option)]
                name = f"{member}: not {label} on {one.item}"
                never = Never(((k, _only(int(option) + 1, len(one.options))),))
                yield Limit(name, "red line", member, (never,)), out[:, option, place]


def _links(batch: Batch, drafts: Sequence[ItemDrafts], held: Sequence[Stances]) -> Iterator[Held]:
    """Texts that say nothing in a draw, and items that require others."""
    places = {one.item: k for k, one in enumerate(drafts)}
    for k, (one, stance) in enumerate(zip(drafts, held, strict=True)):
        void = ~stance.says_something(one.texts)
        for option in np.flatnonzero(void.any(axis=0)):
            never = Never(((k, _only(int(option) + 1, len(one.options))),))
            name = f"{one.labels[int(option)]} says nothing on {one.item}"
            yield Limit(name, "link", None, (never,)), void[:, option]
        for other in batch.dossier.agenda[one.item].requires:
            if other in places:
                there = _only(0, len(drafts[places[other]].options))
                adopted_here = ~_only(0, len(one.options))
                marked = sorted([(k, adopted_here), (places[other], there)], key=lambda m: m[0])
                limit = Limit(f"{one.item} requires {other}", "link", None, (Never(tuple(marked)),))
                yield limit, np.ones(batch.size, dtype=bool)


def _only(place: int, size: int) -> Bools:
    mask = np.zeros(size, dtype=bool)
    mask[place] = True
    return mask
