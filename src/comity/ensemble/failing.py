"""Draws for which a function gives no answer: which, with what inputs, and how to see it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.position import Choice
from comity.errors import ComityError, Place, UnsupportedError

if TYPE_CHECKING:
    from comity.ensemble.over_draws import Ensemble

MOST_FAILED = 20
"""Failing draws after which the rest is not worth having."""

_MOST_SHOWN = 12
"""Inputs told of in a message; all of them are in ``inputs``."""

Value = float | str
"""A number, or an option by its id."""


@dataclass(frozen=True)
class FailedDraw:
    """One draw without an answer. ``inputs``: every input's value in it, by field path."""

    draw: int
    seed: int
    error: str
    inputs: Mapping[str, Value]

    @property
    def rerun(self) -> str:
        """The Python expression of a batch that holds this draw alone."""
        return f"Batch(dossier, Keyed({self.seed}, {self.draw}, {self.draw + 1}))"

    def to_json(self) -> dict[str, Any]:
        return {
            "draw": self.draw,
            "error": self.error,
            "inputs": dict(self.inputs),
            "rerun": self.rerun,
        }


class NotAnAnswerError(UnsupportedError):
    """What a function returns is nothing that could be summed up, in whatever draw."""


class EnsembleError(ComityError):
    """Some draws failed. The rest is not lost: ``ensemble`` holds it, ``failed`` what failed."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble = ensemble
        self.failed = ensemble.failed
        first = self.failed[0]
        super().__init__(
            f"{_counted(self.failed)} gave no answer; the first is draw {first.draw:,} of seed "
            f"{first.seed}: {first.error}",
            place=Place(field=f"ensemble, draw {first.draw}"),
            found=_shown(first.inputs),
            mend=f"to see it again: from comity.dossier import Batch, Keyed; {first.rerun}. "
            f"{_rest(ensemble)}",
        )


def failed_draw(
    dossier: Dossier, seed: int, rho: float, draw: int, failure: BaseException
) -> FailedDraw:
    """One failing draw with every input's value in it."""
    said = " ".join(str(failure).split()) or "no message"
    notes = "".join(f" ({note})" for note in getattr(failure, "__notes__", ()))
    batch = Batch(dossier, Keyed(seed, draw, draw + 1), rho)
    return FailedDraw(draw, seed, f"{type(failure).__name__}: {said}{notes}", _inputs(batch))


def _inputs(batch: Batch) -> dict[str, Value]:
    """Every input of a batch of one."""
    found: dict[str, Value] = {}
    for path, entry in batch.inputs.items():
        if isinstance(entry.quantity, Choice):
            assert entry.item is not None
            options = batch.dossier.agenda[entry.item].option_ids
            found[path] = options[int(batch.choices(path, options)[0])]
        else:
            found[path] = float(batch.values(path)[0])
    return found


def _counted(failed: Sequence[FailedDraw]) -> str:
    if len(failed) >= MOST_FAILED:
        return f"{MOST_FAILED} draws or more"
    return "one draw" if len(failed) == 1 else f"{len(failed)} draws"


def _shown(inputs: Mapping[str, Value]) -> str:
    told = [f"{path} = {value}" for path, value in inputs.items()]
    more = len(told) - _MOST_SHOWN
    return ", ".join(told[:_MOST_SHOWN]) + (f", and {more} more" if more > 0 else "")


def _rest(ensemble: Ensemble) -> str:
    if ensemble.summary is None or not ensemble.answered:
        return "Nothing was answered."
    return f"The other {ensemble.answered:,} draws are answered: see the error's .ensemble"
