"""Which drafts would pass: the window, the passage curve, the tabled draft.

A draft passes when it says something, the procedure adopts it on the members' responses, and at
least one member supports it, for somebody must put it forward (conventions §13).
"""

from __future__ import annotations

import numpy as np

from comity.acceptance.stances import Bools, Codes, Stances
from comity.dossier.charter import Procedure
from comity.dossier.quantity import Floats
from comity.dossier.response import Response
from comity.rules import Seated, adopts


def adopted(procedure: Procedure | Seated, responses: Codes) -> Bools:
    """Whether the procedure adopts and a sponsor exists; (…, M) to (…)."""
    return sponsored(responses) & adopts(procedure, responses)


def sponsored(responses: Codes) -> Bools:
    """Whether at least one member supports the draft; (…, M) to (…)."""
    return np.asarray((responses == Response.SUPPORT).any(axis=-1))


def passes(stances: Stances, procedure: Procedure | Seated, drafts: Floats) -> Bools:
    """Whether each draft lies in the window; drafts (C,) or (n, C), result (n, C)."""
    return stances.says_something(drafts) & adopted(procedure, stances.responses(drafts))


def window_open(stances: Stances, procedure: Procedure | Seated) -> Bools:
    """Whether any draft passes, exactly, under any monotone procedure; shape (n,)."""
    drafts = stances.contenders()
    passing = drafts.exist & adopted(procedure, stances.responses(drafts.texts))
    return np.asarray(passing.any(axis=1))


def best_supported(shares: Floats, texts: Floats, reversion: float) -> int:
    """The place of the draft with the largest share; the furthest from the reversion if tied."""
    tied = shares >= shares.max() - 1e-12
    return int(np.argmax(np.where(tied, np.abs(texts - reversion), -1.0)))
