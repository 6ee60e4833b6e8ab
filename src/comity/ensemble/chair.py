"""The chair as agenda setter, against a neutral text.

From what it knows a chair tables x* = argmax P(x ∈ W) · (u(x) − u(r)): its own stance in the
draw, and how often the others let each text pass. A chair that knows every draw tables the best
text that passes; the gap is its informational advantage (conventions §19). Texts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from comity.acceptance import adopted, passes, stances
from comity.acceptance.stances import TIE, Bools, Codes, Stances
from comity.acceptance.window import best_supported
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.quantity import Floats
from comity.dossier.response import Response
from comity.ensemble.chunks import Draws
from comity.ensemble.results import Chairing, ChairView, Text
from comity.ensemble.survey import grid, places
from comity.rules import Seated, put_to_table

STEP = 5.0
"""Distance of the texts a chair considers, in points, beside landmarks and what is tabled."""

MOST_CHAIRS = 12
"""Members up to which each is tried as chair; in a larger body the holder and the next."""


def chairing(dossier: Dossier, item: str, draws: Draws) -> Chairing:
    """What each chair would table and what would come of it, beside the neutral text."""
    study = _Study(dossier, item)
    counted = draws.each(study.passing)
    chances, shares = (np.sum([part[k] for part in counted], axis=0) / draws.count for k in (0, 1))
    seen = draws.each(partial(study.tabling, chances=chances))
    columns = [np.concatenate(parts, axis=1) for parts in zip(*seen, strict=True)]
    return study.summary(shares, columns)


@dataclass(frozen=True)
class _Study:
    """One item under the chairs to be tried."""

    dossier: Dossier
    item: str

    @property
    def procedure(self) -> Seated:
        return put_to_table(self.dossier, self.item)

    @property
    def texts(self) -> Floats:
        return places(self.dossier, self.item, STEP)

    @property
    def chairs(self) -> tuple[int, ...]:
        """Places of the members tried as chair."""
        members = self.dossier.members(self.item)
        able = [k for k, m in enumerate(members) if self._present(m)]
        if len(able) <= MOST_CHAIRS:
            return tuple(able)
        body = self.dossier.bodies[self.dossier.agenda[self.item].body]
        order = body.presidency.order if body.presidency else ()
        holder = self.holder
        near = [holder, order[(order.index(holder) + 1) % len(order)]] if holder in order else []
        return tuple(k for k in able if members[k] in near)

    @property
    def holder(self) -> str | None:
        return self.dossier.sitting_chair(self.dossier.agenda[self.item].body)

    def _present(self, member: str) -> bool:
        return self.dossier.position(self.item, member).presence == "present"

    def _responses(self, chunk: Keyed) -> tuple[Stances, Bools, Codes]:
        held = stances(Batch(self.dossier, chunk), self.item)
        return held, held.says_something(self.texts), held.responses(self.texts)

    def passing(self, chunk: Keyed) -> tuple[Floats, Floats]:
        """Draws in which the others let each text pass, (chairs, G), and in which all do, (G,)."""
        held, meaningful, codes = self._responses(chunk)
        others = [
            (meaningful & adopted(self.procedure, _supporting(codes, chair))).sum(axis=0)
            for chair in self.chairs
        ]
        everybody = passes(held, self.procedure, self.texts).sum(axis=0)
        shape = (len(self.chairs), len(self.texts))
        return np.array(others, dtype=float).reshape(shape), everybody.astype(float)

    def tabling(self, chunk: Keyed, chances: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """For each chair and draw: text tabled (NaN if none), gain, informed text and gain."""
        held, meaningful, codes = self._responses(chunk)
        window = meaningful & adopted(self.procedure, codes)
        gains = held.gains(self.texts)
        rows = np.arange(len(window))
        found = []
        for chance, chair in zip(chances, self.chairs, strict=True):
            gain = gains[:, :, chair]
            liked = (codes[:, :, chair] != Response.OBJECT) & meaningful & (gain > TIE)
            hoped = np.where(liked, chance * gain, 0.0)
            known = np.where(liked & window, gain, 0.0)
            choice, best = hoped.argmax(axis=1), known.argmax(axis=1)
            tabled = hoped[rows, choice] > TIE
            through = tabled & window[rows, choice]
            found.append(
                (
                    np.where(tabled, self.texts[choice], np.nan),
                    np.where(through, gain[rows, choice], 0.0),
                    np.where(known[rows, best] > TIE, self.texts[best], np.nan),
                    known[rows, best],
                )
            )
        columns = np.array(found).reshape(len(self.chairs), 4, len(rows))
        return tuple(columns.swapaxes(0, 1))  # type: ignore[return-value]

    def summary(self, shares: Floats, seen: list[Floats]) -> Chairing:
        members = self.dossier.members(self.item)
        views = {
            members[chair]: self._view(*(column[k] for column in seen))
            for k, chair in enumerate(self.chairs)
        }
        drafts = grid(self.dossier, self.item, STEP)
        entry = self.dossier.agenda[self.item]
        if entry.is_scale:
            back = Batch(self.dossier, Keyed(0, 0, 1)).inputs[f"agenda.{self.item}.reversion"]
            neutral = best_supported(shares, self.texts, back.quantity.median(back.domain))  # type: ignore[union-attr]
        else:
            neutral = best_supported(shares, self.texts, float(drafts.index(str(entry.reversion))))
        share = float(shares[neutral])
        return Chairing(self.holder, drafts[neutral] if share > 0 else None, share, views)

    def _view(self, text: Floats, gain: Floats, informed: Floats, known: Floats) -> ChairView:
        return ChairView(
            text=self._typical(text),
            tables=float(np.isfinite(text).mean()),
            adoption=float((gain > 0.0).mean()),
            gain=float(gain.mean()),
            informed_adoption=float(np.isfinite(informed).mean()),
            informed_gain=float(known.mean()),
        )

    def _typical(self, texts: Floats) -> Text | None:
        """The median text tabled on a scale, the most frequent option otherwise."""
        tabled = texts[np.isfinite(texts)]
        if not len(tabled):
            return None
        options = self.dossier.agenda[self.item].option_ids
        if options:
            return options[int(np.bincount(tabled.astype(int)).argmax())]
        return float(np.median(tabled))


def _supporting(codes: Codes, member: int) -> Codes:
    """The responses if one member supported everything."""
    changed = codes.copy()
    changed[:, :, member] = Response.SUPPORT
    return changed
