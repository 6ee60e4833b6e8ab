"""Models side by side on an item with options: what each puts most weight on, and why."""

from __future__ import annotations

from collections.abc import Mapping

from comity.dossier.quantity import Quantity
from comity.report.sentences.models_reasons import About, consensus_told
from comity.report.words import listed, quoted

SURE = 2.0
"""Standard errors from which on one option is told to be ahead of another."""

ROUNDING = 1e-9

_WHY = {
    "unweighted_mean": "The unweighted mean counts for each option the members that like it best",
    "salience_mean": "the salience mean counts them by how much the item matters to them",
    "compromise": "the compromise by capability × salience",
    "condorcet_election": (
        "the election puts each option to each other, so that what members like second best "
        "counts too"
    ),
}


def favourites(about: About) -> str:
    """What each model puts most weight on; several where the draws cannot tell them apart."""
    best: dict[tuple[str, ...], list[str]] = {}
    for view in about.entry.models.values():
        if view.answered and isinstance(view.point, Mapping) and view.point:
            best.setdefault(_ahead(about, view.point), []).append(view.title)
    doubt = _doubtful(about)
    if len(best) == 1:
        return f"All models that answer put most weight on {_options(next(iter(best)), doubt)}."
    said = (f"{listed(names)} on {_options(options, doubt)}" for options, names in best.items())
    return f"Most weight is put by {'; by '.join(said)}." if best else ""


def _options(options: tuple[str, ...], doubt: bool) -> str:
    if len(options) == 1:
        return quoted(options[0])
    alike = "which the draws do not tell apart" if doubt else "with the same on each"
    return f"{listed(map(quoted, options))}, {alike}"


def _ahead(about: About, shares: Mapping[str, float]) -> tuple[str, ...]:
    """The options that no other is surely ahead of.

    The difference of two shares p and q that were drawn has a variance of at most (p + q)/n.
    """
    most = max(shares.values())
    draws = about.comparison.draws if _doubtful(about) else None

    def level(share: float) -> bool:
        error = 0.0 if draws is None else ((most + share) / draws) ** 0.5
        return most - share <= SURE * error + ROUNDING

    return tuple(option for option, share in shares.items() if level(share))


def _doubtful(about: About) -> bool:
    """Whether anything that members want, or by what they count, is drawn."""
    dossier = about.comparison.dossier
    for who in dossier.members(about.id):
        held = dossier.position(about.id, who)
        means = held.capability or dossier.actors[who].capability
        wants = (held.ideal,) if held.values is None else tuple(held.values.values())
        if not all(_certain(each) for each in (held.salience, means, *wants)):
            return True
    return False


def _certain(held: object) -> bool:
    if isinstance(held, Quantity):
        return held.certain
    return len(getattr(held, "weights", ())) == 1


def reasons_on_options(about: About) -> dict[str, str]:
    """For models that answer on options why they lie where they lie."""
    views = about.entry.models
    here = [name for name, view in views.items() if view.answered]
    told = [_WHY[name] for name in here if name in _WHY]
    given = {}
    if len(told) > 1:
        said = "; ".join(told)
        given = dict.fromkeys((n for n in here if n in _WHY), f"{said[0].upper()}{said[1:]}.")
    if "consensus" in here:
        given["consensus"] = " ".join(consensus_told(about))
    return given
