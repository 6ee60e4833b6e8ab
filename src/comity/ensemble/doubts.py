"""Which doubt moves an item's answer: the answer chosen, and its variance divided (§67)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from comity.dossier import Batch, Dossier, Keyed
from comity.ensemble.answers import Adoption, Content, Verdict
from comity.ensemble.progress import Tell
from comity.ensemble.results import as_json
from comity.ensemble.sobol import ROWS, Sobol, sobol
from comity.ensemble.tornado import OPEN
from comity.forecast import Forecaster, outcomes
from comity.forecast.protocol import refuse

_LOOKED_AT = 4_000
"""Draws by which the answer worth explaining is chosen."""


@dataclass(frozen=True)
class Doubts:
    """The doubts behind one answer about one item.

    ``target``: ``content``, what ``model`` says the outcome is, in points or as the weight on
    ``option``; or an answer of the consensus model (``probability``, ``any``, ``text_tabled``,
    ``text_any``), which is yes or no, so that its variance is p(1 − p).
    """

    item: str
    model: str | None
    target: str
    option: str | None
    found: Sobol
    dossier: Dossier = field(repr=False, metadata={"json": False})

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        result: dict[str, Any] = as_json(self)
        return result


def doubts(
    dossier: Dossier,
    item: str,
    model: Forecaster | None = None,
    *,
    rows: int = ROWS,
    seed: int = 1,
    rho: float = 0.0,
    on: str | None = None,
    workers: int | None = None,
    progress: Tell | None = None,
) -> Doubts:
    """Which doubt moves the answer about an item: a model's, or without one its adoption.

    Of adoption, the first answer that is open is taken (conventions §20): the tabled draft's, any
    text's, and both on the text alone. On options, of what a model says, the option whose weight
    varies most. For the rest see ``sobol``.

    Raises UnsupportedError if the model has no answer on the item.
    """
    answer: Adoption | Content
    if model is None:
        answer, option = Adoption(item, _open_verdict(dossier, item, seed)), None
    else:
        refuse(model, dossier, item)
        option = _moving_option(dossier, item, model, seed)
        answer = Content(model, item, option)
    asked: Callable[[Batch], Any] = answer
    found = sobol(
        dossier,
        asked,
        rows=rows,
        seed=seed,
        rho=rho,
        on=on,
        workers=workers,
        progress=progress,
    )
    return Doubts(
        item, None if model is None else model.name, answer.target, option, found, dossier
    )


def _open_verdict(dossier: Dossier, item: str, seed: int) -> Verdict:
    """The first answer that is open; else the first that varies; else the first."""
    outcome = outcomes(Batch(dossier, Keyed(seed, 0, _LOOKED_AT)))[item]
    seen = {
        "probability": outcome.adopted,
        "any": outcome.adoptable,
        "text_tabled": outcome.text_tabled,
        "text_any": outcome.text_any,
    }
    shares = {name: float(yes.mean()) for name, yes in seen.items() if yes is not None}
    names: tuple[Verdict, ...] = tuple(name for name in get_args(Verdict) if name in shares)
    opened = [name for name in names if OPEN <= shares[name] <= 1.0 - OPEN]
    varied = [name for name in names if 0.0 < shares[name] < 1.0]
    return (opened or varied or list(names))[0]


def _moving_option(dossier: Dossier, item: str, model: Forecaster, seed: int) -> str | None:
    options = dossier.agenda[item].option_ids
    if not options:
        return None
    weights = model.predict(Batch(dossier, Keyed(seed, 0, _LOOKED_AT)), item).samples
    return options[int(weights.var(axis=0).argmax())]
