"""The trade that turns items blocked alone into one package that all members let pass (§52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.acceptance import Stances, passes, stances, tabled_text, window_open
from comity.bargaining.drawn import Middle
from comity.bargaining.frontier import frontier
from comity.bargaining.items.drafts import ItemDrafts, drafts_of
from comity.bargaining.items.laid import Laid, lay
from comity.bargaining.items.results import Alone, ItemsPackage, ItemsPackages, Side
from comity.bargaining.problem import Floats, Package, as_rows
from comity.bargaining.solutions import NAMES, solutions
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.paths import listed, nearest
from comity.dossier.response import Response
from comity.errors import DossierError, Place, UnsupportedError
from comity.rules import Seated, adopts, put_to_table

MOST_DRAFTS = (21, 9, 5, 3)
"""Drafts of an item on a scale that packages may hold; fewer where there is too much to compare."""

MOST_PACKAGES = 500
"""Packages of the frontier that are put to every draw, those with the largest smallest gain."""

BLOCKED = 0.5
"""An item is blocked alone if in a smaller share of draws than this some draft passes."""

_PARTIAL = 60_000  # partial packages that the frontier may keep before fewer drafts are tried
_AT_ONCE = 50


def package_of(
    dossier: Dossier,
    body: str | None = None,
    items: Sequence[str] | None = None,
    *,
    seed: int = 1,
    draws: int = 1000,
) -> ItemsPackages:
    """Which items of a body are blocked alone, and which package of them all would let pass.

    ``body`` may be left out where there is one; ``items``: all of its agenda on which every member
    can block by objecting, and in no other way (consensus, silence). Texts alone: competence, and
    requirements outside the package, are set aside. Raises DossierError for a name that is not
    there, UnsupportedError for an item under another rule.
    """
    body = _body(dossier, body)
    chosen, left_out = _items(dossier, body, items)
    procedures = [put_to_table(dossier, item) for item in chosen]
    middle, batch = Batch(dossier, Middle()), Batch(dossier, Keyed(seed, 0, draws))
    found = _found(middle, chosen, procedures)
    everywhere = lay(batch, found.drafts, procedures)
    alone = tuple(
        _alone(batch, one, procedure)
        for one, procedure in zip(found.drafts, procedures, strict=True)
    )
    blocked = tuple(one.item for one in alone if one.blocked)
    ranked = _ranked(found, everywhere, blocked)
    carrying = [one for one in ranked if one.carries and one.share_of_draws > one.one_by_one]
    best = max(carrying, key=lambda one: one.share_of_draws * len(one.carries), default=None)
    return ItemsPackages(
        body=body,
        members=found.laid.drawn.parties,
        seed=seed,
        draws=draws,
        items=alone,
        blocked=blocked,
        best=best,
        why="" if best else _why(blocked, ranked),
        packages=tuple(ranked),
        left_out=left_out,
        notes=tuple(_notes(dossier, chosen, found)),
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
    why = {item: _other_rule(dossier, item) for item in items or own}
    left_out = {item: reason for item, reason in why.items() if reason}
    if items and left_out:
        item, reason = next(iter(left_out.items()))
        raise UnsupportedError(
            f"'{item}' is decided under {reason}, and packages are worked out where every member "
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
        return "a rule that can do without some member"
    if not adopts(procedure, wanted).all():
        return "a rule that asks for more than that nobody objects"
    return ""


# --- the middle reading


@dataclass(frozen=True, eq=False)
class _Found:
    """Packages of the middle reading worth putting to the draws."""

    drafts: list[ItemDrafts]
    laid: Laid
    packages: list[Package]
    attains: dict[Package, tuple[str, ...]]


def _found(middle: Batch, items: Sequence[str], procedures: Sequence[Seated]) -> _Found:
    """The frontier of the middle reading, with fewer drafts where it would be too large."""
    for most in MOST_DRAFTS:
        drafts = [drafts_of(middle, item, most) for item in items]
        laid = lay(middle, drafts, procedures)
        try:
            packages, attains = _candidates(laid)
        except UnsupportedError:
            if most == MOST_DRAFTS[-1]:
                raise
            continue
        return _Found(drafts, laid, packages, attains)
    raise AssertionError("no number of drafts was tried")  # pragma: no cover


def _candidates(laid: Laid) -> tuple[list[Package], dict[Package, tuple[str, ...]]]:
    problem = laid.drawn.problem(0)
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


# --- over the draws


def _alone(batch: Batch, one: ItemDrafts, procedure: Seated) -> Alone:
    """How an item fares by itself (§13), and who stands in its way."""
    held, tabled = stances(batch, one.item), tabled_text(batch, one.item)
    share = None if tabled is None else float(passes(held, procedure, tabled)[:, 0].mean())
    any_ = float(window_open(held, procedure).mean())
    return Alone(
        item=one.item,
        blocked=any_ < BLOCKED,
        objecting=() if any_ >= BLOCKED else _objecting(held, tabled, one),
        share_any=any_,
        share_tabled=share,
        reversion=one.reversion,
        drafts=one.labels,
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


def _ranked(found: _Found, everywhere: Laid, blocked: tuple[str, ...]) -> list[ItemsPackage]:
    """For each set of items adopted the package that passes most often, most often first."""
    shares = _shares(everywhere, found.packages)
    best: dict[tuple[bool, ...], int] = {}
    for place, package in enumerate(found.packages):
        adopts = tuple(option > 0 for option in package)
        if adopts not in best or shares[place] > shares[best[adopts]]:
            best[adopts] = place
    order = sorted(best.values(), key=lambda place: -shares[place])
    return [_package(found, everywhere, blocked, k, float(shares[k])) for k in order]


def _shares(everywhere: Laid, packages: list[Package]) -> Floats:
    rows = as_rows(packages, len(everywhere.gains))
    parts = [rows[k : k + _AT_ONCE] for k in range(0, len(rows), _AT_ONCE)]
    shares = [everywhere.passes(part).mean(axis=0) for part in parts]
    return np.concatenate(shares) if shares else np.zeros(0)


def _package(
    found: _Found,
    everywhere: Laid,
    blocked: tuple[str, ...],
    place: int,
    share: float,
) -> ItemsPackage:
    package = found.packages[place]
    problem = found.laid.drawn
    adopted = {
        item: options[option]
        for item, options, option in zip(problem.issues, problem.options, package, strict=True)
        if option > 0
    }
    return ItemsPackage(
        package=adopted,
        carries=tuple(item for item in adopted if item in blocked),
        passes=bool(found.laid.passes([package])[0, 0]),
        share_of_draws=share,
        one_by_one=_one_by_one(everywhere, package),
        share_at_omega_0=float(everywhere.at_omega_0().passes([package]).mean()),
        solutions=found.attains.get(package, ()),
        sides=tuple(_sides(found.laid, everywhere, package)),
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


def _why(blocked: tuple[str, ...], ranked: list[ItemsPackage]) -> str:
    if not blocked:
        return "Alone, every item passes in at least half of the draws."
    if not any(one.carries for one in ranked):
        return (
            "In the middle reading no package that adopts a blocked item is worth as much to every "
            "member as none."
        )
    return "No package that adopts a blocked item passes more often than its texts one by one."


def _notes(dossier: Dossier, items: Sequence[str], found: _Found) -> list[str]:
    notes = ["Texts alone: competence is set aside."]
    outside = sorted({o for k in items for o in dossier.agenda[k].requires if o not in items})
    if outside:
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
