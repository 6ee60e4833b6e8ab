"""What a rule would pass if every member answered by its own wish: sincere votes on a scale.

A member supports what lies nearer to its ideal than what it is put against, objects to what lies
further away and stands aside if it does not care which. Agreement as such is worth nothing here;
floors and stated acceptances play no part (conventions §57). A member declared absent or without
instructions answers so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.acceptance.window import adopted
from comity.dossier import Batch
from comity.dossier.quantity import Floats
from comity.dossier.response import Response
from comity.forecast.profile import profile
from comity.rules import Seated, put_to_table

Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

_BOUND = {"absent": Response.ABSENT, "no_instructions": Response.NO_INSTRUCTIONS}


@dataclass(frozen=True)
class Voting:
    """How a table answers when some of its members prefer what is put to it.

    ``fixed`` (n, M) holds the code of members that answer the same to everything, else −1.
    """

    seated: Seated
    fixed: Codes

    def responses(self, preferring: Bools, indifferent: Bools | None = None) -> Codes:
        """Support of those that prefer it, objections of all others; (…, M)."""
        codes = np.where(preferring, np.int8(Response.SUPPORT), np.int8(Response.OBJECT))
        if indifferent is not None:
            codes = np.where(indifferent, np.int8(Response.STAND_ASIDE), codes)
        answered: Codes = np.where(self.fixed >= 0, self.fixed, codes).astype(np.int8)
        return answered

    def carries(self, preferring: Bools, indifferent: Bools | None = None) -> Bools:
        """Whether it passes: the procedure adopts it and somebody supports it; (n, M) to (n,)."""
        return adopted(self.seated, self.responses(preferring, indifferent))


def voting(batch: Batch, item: str, saliences: Floats | None = None) -> Voting:
    """Sincere voting on an item under its own procedure.

    ``saliences`` (n, M) of members that care about nothing at all are 0; they stand aside.
    """
    dossier = batch.dossier
    members = dossier.members(item)
    if saliences is None:
        saliences = profile(batch, item).saliences
    fixed = np.where(saliences > 0.0, np.int8(-1), np.int8(Response.STAND_ASIDE))
    for column, member in enumerate(members):
        bound = _BOUND.get(dossier.position(item, member).presence)
        if bound is not None:
            fixed[:, column] = bound
    return Voting(put_to_table(dossier, item), fixed)
