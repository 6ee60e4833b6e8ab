"""Red lines and links of the talks, as what packages they rule out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from comity.bargaining.problem import AtMost, Bools, Floats, Limit, Never
from comity.dossier.draws import Uniforms
from comity.dossier.picked import added, mask
from comity.dossier.quantity import WORTH
from comity.dossier.talks import Cap, IfThen, Light, Talks, Together

Combination = Mapping[str, tuple[str, ...]]


def limits(talks: Talks) -> tuple[Limit, ...]:
    """All limits of the talks: red lines party by party, red lights among them, then links.

    A red line is called ``PARTY: name``, a red light ``PARTY: no on ISSUE``, a link by its id.
    """
    return (*_red_lines(talks), *_links(talks))


def holding(talks: Talks, root: str, found: tuple[Limit, ...], uniforms: Uniforms) -> Bools:
    """In which draws each limit is one: shape (draws, limits)."""
    holds = np.ones((uniforms.size, len(found)), dtype=bool)
    where = {limit.name: index for index, limit in enumerate(found)}
    for party in talks.parties:
        for name, line in talks.preferences[party].red_lines.items():
            if line.likelihood < 1.0:
                path = f"{root}.preferences.{party}.red_lines.{name}.likelihood"
                column = uniforms.column(path)
                holds[:, where[f"{party}: {name}"]] = column < line.likelihood
    return holds


def bounds_drawn(talks: Talks, root: str, uniforms: Uniforms) -> dict[str, Floats]:
    """The bound of every cap in every draw, by the cap's name."""
    drawn = {}
    for name, link in talks.links.items():
        if isinstance(link, Cap):
            path = f"{root}.links.{name}.at_most"
            column = np.zeros(uniforms.size) if link.at_most.certain else uniforms.column(path)
            drawn[name] = link.at_most.ppf(column, WORTH)
    return drawn


def standing(limit: Limit, bounds: Mapping[str, Floats], draw: int) -> Limit:
    """A limit as it stands in one draw."""
    if not limit.at_most:
        return limit
    bound = float(bounds[limit.name][draw])
    return replace(limit, at_most=tuple(replace(cap, bound=bound) for cap in limit.at_most))


def _red_lines(talks: Talks) -> Iterator[Limit]:
    for party in talks.parties:
        preferences = talks.preferences[party]
        for name, line in preferences.red_lines.items():
            yield Limit(f"{party}: {name}", "red line", party, (_never(talks, line.never),))
        for issue, held in preferences.issues.items():
            red = tuple(o for o, light in (held.lights or {}).items() if light is Light.NO)
            if red:
                never = (_never(talks, {issue: red}),)
                yield Limit(f"{party}: no on {issue}", "red line", party, never)


def _links(talks: Talks) -> Iterator[Limit]:
    for name, link in talks.links.items():
        if isinstance(link, Cap):
            yield Limit(name, "link", None, (), (_cap(talks, link),))
        else:
            ruled_out = _if_then(talks, link) if isinstance(link, IfThen) else _all(talks, link)
            yield Limit(name, "link", None, tuple(ruled_out))


def _never(talks: Talks, never: Combination) -> Never:
    return Never(tuple(_masks(talks, never).items()))


def _if_then(talks: Talks, link: IfThen) -> Iterator[Never]:
    return _implied(_masks(talks, link.if_), _masks(talks, link.then))


def _all(talks: Talks, link: Together) -> Iterator[Never]:
    """All together or none: each implies the next, and the last the first."""
    masks = [_masks(talks, these) for these in link.these]
    for first, second in zip(masks, [*masks[1:], masks[0]], strict=True):
        yield from _implied(first, second)


def _implied(given: Mapping[int, Bools], then: Mapping[int, Bools]) -> Iterator[Never]:
    """If ``given``, then on every issue of ``then`` one of its options."""
    for issue, kept in then.items():
        marked = {**given, issue: given.get(issue, np.ones(len(kept), dtype=bool)) & ~kept}
        if marked[issue].any():
            yield Never(tuple(sorted(marked.items())))


def _masks(talks: Talks, picked: Combination) -> dict[int, Bools]:
    order, found = list(talks.issues), {}
    for name, words in picked.items():
        found[order.index(name)] = mask(talks.issues[name], talks.parties, words)
    return dict(sorted(found.items()))


def _cap(talks: Talks, link: Cap) -> AtMost:
    order = list(talks.issues)
    summed = (
        (order.index(name), added(talks.issues[name], talks.parties, amount))
        for name, amount in link.sum.items()
    )
    return AtMost(tuple(sorted(summed, key=lambda pair: pair[0])), 0.0)
