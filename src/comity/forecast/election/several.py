"""An election over several items at once: positions are points in as many dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch
from comity.dossier.quantity import Floats
from comity.errors import Place, UnsupportedError
from comity.forecast.election.chances import TAKEN, spatial_chances
from comity.forecast.election.model import most_probable
from comity.forecast.election.rules import ElectionRules
from comity.forecast.profile import positive, profile


@dataclass(frozen=True)
class SpatialElection:
    """Positions (n, M, D) of the members on the items, and the chance of each, (n, M).

    Of members at the same position the first has the chance of all of them.
    """

    items: tuple[str, ...]
    members: tuple[str, ...]
    positions: Floats
    chances: Floats

    @property
    def mean(self) -> Floats:
        """The expected outcome on each item over all draws, (D,)."""
        found: Floats = np.einsum("nm,nmd->d", self.chances, self.positions) / len(self.chances)
        return found

    @property
    def most_probable(self) -> Floats:
        """The position with the best chance, (D,): the mean over draws, and over equals in one."""
        each = [
            most_probable(self.positions[:, :, d], self.chances).mean()
            for d in range(len(self.items))
        ]
        return np.array(each)


def elect_over(
    batch: Batch, items: tuple[str, ...], rules: ElectionRules = TAKEN
) -> SpatialElection:
    """Hold one election over several items on scales (conventions §61).

    Every member of all the items stands with what it wants on each, and sees distances weighted by
    its saliences. A vote weighs the mean over items of capability × salience, or of capability.

    Raises UnsupportedError if there is no item, one has options, or no member belongs to all.
    """
    members = _members(batch, items)
    held = [profile(batch, item) for item in items]
    seats = [[each.members.index(member) for member in members] for each in held]
    pairs = list(zip(held, seats, strict=True))
    ideals = np.stack([each.ideals[:, seat] for each, seat in pairs], axis=2)
    saliences = np.stack([each.saliences[:, seat] for each, seat in pairs], axis=2)
    weights = np.stack([each.capabilities[:, seat] for each, seat in pairs], axis=2)
    if rules.weighing == "capability_salience":
        weights = weights * saliences / 100.0
    chances = spatial_chances(ideals, saliences, positive(weights.mean(axis=2)), rules)
    return SpatialElection(items, members, ideals, chances)


def _members(batch: Batch, items: tuple[str, ...]) -> tuple[str, ...]:
    """Who belongs to all the items, in the order of the first."""
    if not items:
        raise UnsupportedError("an election over items needs one", mend="name one or more items")
    for item in items:
        if not batch.dossier.agenda[item].is_scale:
            raise UnsupportedError(
                "an election over several items needs scales, and this item has options",
                place=Place(field=f"agenda.{item}"),
                mend="leave the item out, or hold an election on it alone",
            )
    seated = [batch.dossier.members(item) for item in items]
    shared = tuple(who for who in seated[0] if all(who in each for each in seated))
    if not shared:
        raise UnsupportedError(
            "no member belongs to all the items of this election",
            found=", ".join(items),
            mend="name items of the same body",
        )
    return shared
