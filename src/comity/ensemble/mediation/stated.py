"""Every limit with whose word it is and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.bargaining.conflicts import reservation_name
from comity.bargaining.drawn import Drawn
from comity.dossier import Basis
from comity.dossier.talks import Light, Preferences, Talks
from comity.ensemble.mediation.results import Stated


def stated(talks: Talks, drawn: Drawn) -> dict[str, Stated]:
    """Red lines and links by name, in the order of the problem's limits."""
    held = dict(zip((limit.name for limit in drawn.limits), drawn.holds.mean(axis=0), strict=True))
    return {one.name: one for one in (*_red_lines(talks, held), *_links(talks, held))}


def reservations(talks: Talks) -> dict[str, Stated]:
    """The parties' reservation values as limits, by the name that conflicts give them."""
    return {
        reservation_name(party): _reservation(party, talks.preferences[party])
        for party in talks.parties
    }


def _red_lines(talks: Talks, held: Mapping[str, float]) -> Iterator[Stated]:
    for party in talks.parties:
        for red, line in talks.preferences[party].red_lines.items():
            name = f"{party}: {red}"
            share = float(held[name])
            yield Stated(name, "red line", party, line.basis, line.from_, line.note, share)
        for issue, wanted in talks.preferences[party].issues.items():
            if Light.NO in (wanted.lights or {}).values():
                name = f"{party}: no on {issue}"
                basis = Basis.ASSUMED if "lights" in wanted.assumed else wanted.basis
                yield Stated(name, "red line", party, basis, wanted.from_, wanted.note, 1.0)


def _links(talks: Talks, held: Mapping[str, float]) -> Iterator[Stated]:
    for name, link in talks.links.items():
        share = float(held[name])
        yield Stated(name, "link", None, link.basis, link.from_, link.note, share)


def _reservation(party: str, held: Preferences) -> Stated:
    """A party's reservation value; one it does not state counts as assumed (§42)."""
    basis = Basis.ASSUMED if held.reservation is None else held.basis
    name = reservation_name(party)
    return Stated(name, "reservation value", party, basis, held.from_, held.note, 1.0)
