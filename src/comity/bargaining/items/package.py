"""The trade that turns items blocked alone into one package that all members let pass (§52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.acceptance import Stances, passes, stances, tabled_text, window_open
from comity.bargaining.frontier import frontier
from comity.bargaining.items.drafts import ItemDrafts, drafts_of
from comity.bargaining.items.laid import Laid, lay
from comity.bargaining.items.results import BLOCKED, Alone, ItemsPackage, ItemsPackages, Side
from comity.bargaining.items.settled import (
    Settle,
    Settled,
    presumed_outside,
    required_outside,
    views_on_competence,
)
from comity.bargaining.problem import Floats, Limit, Never, Package, Problem, as_rows
from comity.bargaining.solutions import NAMES, solutions
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.draws import Middle
from comity.dossier.paths import listed, nearest
from comity.dossier.response import Response
from comity.errors import DossierError, Place, UnsupportedError
from comity.rules import Seated, adopts, put_to_table

MOST_DRAFTS = (21, 9, 5, 3)
"""Drafts of an item on a scale that packages may hold; fewer where there is too much to compare."""

MOST_PACKAGES = 500
"""Packages of the frontier that are put to every draw, those with the largest smallest gain."""

VIEWS = "holds the views on competence, which is settled before all else and never traded"

_PARTIAL = 60_000  # partial packages that the frontier may keep before fewer drafts are tried
_AT_ONCE = 50


def package_of(
    dossier: Dossier,
    body: str | None = None,
    items: Sequence[str] | None = None,
    *,
    seed: int = 1,
    draws: int = 1000,
    settle: Settle | None = None,
) -> ItemsPackages:
    """Which items of a body are blocked alone, and which package of them all would let pass.

    ``body`` may be left out where there is one; ``items``: all of its agenda on which every member
    can block by objecting, and in no other way (consensus, silence); those that hold the views on
    competence are left out, since they are settled before the others (§16). ``settle`` works out
    in which draws the body is competent and what is required outside is adopted
    (`comity.ensemble.packages` gives it); without it all is on the texts alone. Raises DossierError
    for a name that is not there, UnsupportedError for an item under another rule.
    """
    body = _body(dossier, body)
    chosen, left_out = _items(dossier, body, items)
    procedures = [put_to_table(dossier, item) for item in chosen]
    middle, batch = Batch(dossier, Middle()), Batch(dossier, Keyed(seed, 0, draws))
    settled = None if settle is None else settle(batch, chosen)
    found = _found(middle, chosen, procedures, settled)
    everywhere = lay(batch, found.drafts, procedures)
    alone = tuple(
        _alone(batch, one, procedure, settled)
        for one, procedure in zip(found.drafts, procedures, strict=True)
    )
    blocked = tuple(one.item for one in alone if one.blocked)
    ranked = _ranked(found, _Everywhere(dossier, everywhere, blocked, settled))
    carrying = [one for one in ranked if one.carries and one.share_of_draws > one.one_by_one]
    free = [one for one in carrying if not one.stopped and one.share > 0.0]
    stopped = [one for one in carrying if one.stopped]
    best = max(free, key=lambda one: one.share * len(one.carries), default=None)
    waiting = max(stopped, key=lambda one: one.share_of_draws * len(one.carries), default=None)
    return ItemsPackages(
        body=body,
        members=found.laid.drawn.parties,
        seed=seed,
        draws=draws,
        items=alone,
        blocked=blocked,
        best=best,
        waiting=waiting,
        why="" if best else _why(blocked, ranked, waiting),
        packages=tuple(ranked),
        left_out=left_out,
        notes=tuple(_notes(dossier, chosen, found, settled=settle is not None)),
    )


# --- what is asked


def _body(dossier: Dossier, body: str | None) -> str:
    if body is None and len(dossier.bodies) == 1:
        return next(iter(dossier.bodies))
    if body is None or body not in dossier.bodies:
        like = nearest(body or "", dossier.bodies)
        guess = f"Did you mean '{like}'? " if like else ""
        raise DossierError(
            "the dossier has no body of this name" if body else "which body is meant?",
            place=Place(field="bodies"),
            found=body,
            mend=f"{guess}Name one of: {listed(dossier.bodies)}.",
        )
    return body


def _items(
    dossier: Dossier, body: str, items: Sequence[str] | None
) -> tuple[list[str], dict[str, str]]:
    """The items that packages may hold, and those left out, with the reason."""
    own = [item for item, entry in dossier.agenda.items() if entry.body == body]
    for item in items or ():
        if item not in own:
            like = nearest(item, own)
            guess = f"Did you mean '{like}'? " if like else ""
            raise DossierError(
                f"'{body}' has no item of this name on its agenda",
                place=Place(field="agenda"),
                found=item,
                mend=f"{guess}Its items are: {listed(own)}.",
            )
    views = views_on_competence(dossier)
    asked = list(items or own)
    if items and (named := [item for item in asked if item in views]):
        raise UnsupportedError(
            f"'{named[0]}' {VIEWS}",
            place=Place(field=f"agenda.{named[0]}"),
            found=named[0],
            mend="Leave the item out.",
        )
    why = {item: VIEWS if item in views else _other_rule(dossier, item) for item in asked}
    left_out = {item: reason for item, reason in why.items() if reason}
    if items and left_out:
        item, reason = next(iter(left_out.items()))
        raise UnsupportedError(
            f"'{item}' {reason}, and packages are worked out where every member "
            "can block and objections alone do",
            place=Place(field=f"agenda.{item}.procedure"),
            found=dossier.agenda[item].procedure,
            mend="Leave the item out, or give it a procedure by consensus or silence.",
        )
    chosen = [item for item in why if item not in left_out]
    if not chosen:
        raise UnsupportedError(
            f"'{body}' decides nothing on this agenda that every member can block",
            place=Place(field="agenda"),
            found=listed(f"{item}: {reason}" for item, reason in left_out.items()) or "no item",
            mend="Packages are worked out where every member can block.",
        )
    return chosen, left_out


def _other_rule(dossier: Dossier, item: str) -> str:
    """Why it is not so that objections alone block, and that anybody's does; empty if it is.

    Rules are monotone (§7): it is enough to try one objection among supporters, and one supporter
    among members that stand aside.
    """
    procedure = put_to_table(dossier, item)
    members = len(dossier.members(item))
    one = np.eye(members, dtype=bool)
    objecting = np.where(one, Response.OBJECT, Response.SUPPORT).astype(np.int8)
    wanted = np.where(one, Response.SUPPORT, Response.STAND_ASIDE).astype(np.int8)
    if adopts(procedure, objecting).any():
        return "is decided under a rule that can do without some member"
    if not adopts(procedure, wanted).all():
        return "is decided under a rule that asks for more than that nobody objects"
    return ""


# --- the middle reading


@dataclass(frozen=True, eq=False)
class _Found:
    """Packages of the middle reading worth putting to the draws."""

    drafts: list[ItemDrafts]
    laid: Laid
    packages: list[Package]
    attains: dict[Package, tuple[str, ...]]


def _found(
    middle: Batch, items: Sequence[str], procedures: Sequence[Seated], settled: Settled | None
) -> _Found:
    """The frontier of the middle reading, with fewer drafts where it would be too large.

    Where competence or a requirement stops some items, the frontier without them is added.
    """
    stopped = [] if settled is None else settled.stopped(items)
    for most in MOST_DRAFTS:
        drafts = [drafts_of(middle, item, most) for item in items]
        laid = lay(middle, drafts, procedures)
        try:
            packages, attains = _candidates(laid)
            if stopped and len(stopped) < len(items):
                packages = list(dict.fromkeys([*packages, *_candidates(laid, stopped)[0]]))
        except UnsupportedError:
            if most == MOST_DRAFTS[-1]:
                raise
            continue
        return _Found(drafts, laid, packages, attains)
    raise AssertionError("no number of drafts was tried")  # pragma: no cover


def _candidates(
    laid: Laid, stopped: Sequence[int] = ()
) -> tuple[list[Package], dict[Package, tuple[str, ...]]]:
    problem = laid.drawn.problem(0)
    if stopped:
        problem = replace(problem, limits=(*problem.limits, *_left_as_they_are(problem, stopped)))
    found = frontier(problem, above=problem.reservation, most=_PARTIAL)
    if not len(found.points):
        return [], {}
    solved = solutions(found).named
    attains: dict[Package, list[str]] = {}
    for name in NAMES:
        if name in solved and solved[name].exists:
            for package in solved[name].packages:
                attains.setdefault(package, []).append(name)
    smallest = (found.points - problem.reservation).min(axis=1)
    points = np.argsort(-smallest, kind="stable")[:MOST_PACKAGES]
    listed_ = dict.fromkeys([*attains, *(found.first(int(point)) for point in points)])
    own = {package: tuple(names) for package, names in attains.items()}
    return [package for package in listed_ if any(package)], own


def _left_as_they_are(problem: Problem, items: Sequence[int]) -> list[Limit]:
    masks = [(item, np.arange(problem.sizes[item]) > 0) for item in items]
    return [
        Limit(f"{problem.issues[item]} is left", "link", None, (Never(((item, adopted),)),))
        for item, adopted in masks
    ]


# --- over the draws


@dataclass(frozen=True, eq=False)
class _Everywhere:
    """What packages are judged by in every draw."""

    dossier: Dossier
    laid: Laid
    blocked: tuple[str, ...]
    settled: Settled | None


def _alone(batch: Batch, one: ItemDrafts, procedure: Seated, settled: Settled | None) -> Alone:
    """How an item fares by itself (§13), and who stands in its way."""
    held, tabled = stances(batch, one.item), tabled_text(batch, one.item)
    share = None if tabled is None else float(passes(held, procedure, tabled)[:, 0].mean())
    any_ = float(window_open(held, procedure).mean())
    competence = batch.dossier.agenda[one.item].competence
    return Alone(
        item=one.item,
        blocked=any_ < BLOCKED,
        objecting=() if any_ >= BLOCKED else _objecting(held, tabled, one),
        share_any=any_,
        share_tabled=share,
        reversion=one.reversion,
        drafts=one.labels,
        presumption=None if competence is None else competence.presumption,
        competent=None if settled is None else float(settled.competent[one.item].mean()),
    )


def _objecting(held: Stances, tabled: Floats | None, one: ItemDrafts) -> tuple[str, ...]:
    """Who objects in half of the draws or more, else who objects most often."""
    texts = one.texts if tabled is None else tabled
    if not len(one.texts):
        return ()
    shares = (~held.accepts(texts) & held.free).mean(axis=0)
    fewest = shares[int(np.argmin(shares.sum(axis=1)))]
    often = fewest >= min(BLOCKED, fewest.max()) if fewest.max() > 0 else fewest > 1
    return tuple(actor for actor, yes in zip(held.actors, often, strict=True) if yes)


def _ranked(found: _Found, everywhere: _Everywhere) -> list[ItemsPackage]:
    """For each set of items adopted the package that passes most often, most often first."""
    shares = _shares(everywhere.laid, found.packages)
    best: dict[tuple[bool, ...], int] = {}
    for place, package in enumerate(found.packages):
        adopts = tuple(option > 0 for option in package)
        if adopts not in best or shares[place] > shares[best[adopts]]:
            best[adopts] = place
    told = [_package(found, everywhere, place) for place in best.values()]
    return sorted(told, key=lambda one: (-one.share, -one.share_of_draws))


def _shares(everywhere: Laid, packages: list[Package]) -> Floats:
    rows = as_rows(packages, len(everywhere.gains))
    parts = [rows[k : k + _AT_ONCE] for k in range(0, len(rows), _AT_ONCE)]
    shares = [everywhere.passes(part).mean(axis=0) for part in parts]
    return np.concatenate(shares) if shares else np.zeros(0)


def _package(found: _Found, everywhere: _Everywhere, place: int) -> ItemsPackage:
    package, laid = found.packages[place], everywhere.laid
    problem, agenda = found.laid.drawn, everywhere.dossier.agenda
    adopted = {
        item: options[option]
        for item, options, option in zip(problem.issues, problem.options, package, strict=True)
        if option > 0
    }
    passes_ = laid.passes([package])[:, 0]
    settled = everywhere.settled
    free = None if settled is None else settled.free(tuple(adopted))
    in_question = tuple(item for item in adopted if agenda[item].competence is not None)
    outside = any(presumed_outside(everywhere.dossier, item) for item in adopted)
    return ItemsPackage(
        package=adopted,
        carries=tuple(item for item in adopted if item in everywhere.blocked),
        passes=bool(found.laid.passes([package])[0, 0]),
        share_of_draws=float(passes_.mean()),
        one_by_one=_one_by_one(laid, package),
        share_at_omega_0=float(laid.at_omega_0().passes([package]).mean()),
        solutions=found.attains.get(package, ()),
        sides=tuple(_sides(found.laid, laid, package)),
        in_question=in_question,
        requires=required_outside(everywhere.dossier, adopted),
        share_as_presumed=0.0 if outside else float(passes_.mean()),
        share_free=None if free is None else float(free.mean()),
        share_as_settled=None if free is None else float((passes_ & free).mean()),
    )


def _one_by_one(everywhere: Laid, package: Package) -> float:
    """In what share of draws all drafts of a package would pass, were each put by itself."""
    single = [
        tuple(option if k == place else 0 for k in range(len(package)))
        for place, option in enumerate(package)
        if option > 0
    ]
    return float(everywhere.passes(single).all(axis=1).mean())


def _sides(laid: Laid, everywhere: Laid, package: Package) -> list[Side]:
    lets = 1.0 - everywhere.objects([package])[:, 0, :].mean(axis=0)
    worth = np.stack([w[0, option] for w, option in zip(laid.drawn.worth, package, strict=True)])
    items = laid.drawn.issues
    return [
        Side(
            member=member,
            utility=float(worth[:, m].sum()),
            reservation=float(laid.drawn.reservation[0, m]),
            gives={k: float(-v) for k, v in zip(items, worth[:, m], strict=True) if v < 0},
            gets={k: float(v) for k, v in zip(items, worth[:, m], strict=True) if v > 0},
            lets_pass=float(lets[m]),
        )
        for m, member in enumerate(laid.drawn.parties)
    ]


# --- what is said of it


def _why(blocked: tuple[str, ...], ranked: list[ItemsPackage], waiting: ItemsPackage | None) -> str:
    if not blocked:
        return "Alone, the text of every item passes in at least half of the draws."
    if waiting is not None:
        return (
            "Competence, or what must be adopted first, stops every package that would carry a "
            "blocked item."
        )
    if not any(one.carries for one in ranked):
        return (
            "In the middle reading no package that adopts a blocked item is worth as much to every "
            "member as none."
        )
    return "No package that adopts a blocked item passes more often than its texts one by one."


def _notes(dossier: Dossier, items: Sequence[str], found: _Found, *, settled: bool) -> list[str]:
    notes = []
    if not settled and any(dossier.agenda[k].competence for k in items):
        notes.append("Texts alone: competence is set aside.")
    outside = sorted({o for k in items for o in dossier.agenda[k].requires if o not in items})
    if outside and settled:
        notes.append(f"What items require outside the package is put by itself: {listed(outside)}.")
    elif outside:
        notes.append(f"What items require outside the package is set aside: {listed(outside)}.")
    notes += [
        f"On {one.item} {len(one.labels)} points of the scale were tried."
        for one in found.drafts
        if dossier.agenda[one.item].is_scale
    ]
    members = dossier.members(items[0])
    several = [m for m in members if len({dossier.position(k, m).omega for k in items}) > 1]
    if several:
        notes.append(
            f"{listed(several)} states another worth of agreement on some items; a package is "
            "judged by the least."
        )
    return notes
