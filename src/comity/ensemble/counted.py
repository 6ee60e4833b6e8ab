"""How many draws may be asked for."""

from __future__ import annotations

import numpy as np

from comity.errors import UnsupportedError


def refuse_draws(draws: object, most: int, beyond: str = "") -> None:
    """Raise UnsupportedError unless ``draws`` is a whole number from 1 to ``most``.

    ``beyond``: what else might be asked for, said after the range.
    """
    if isinstance(draws, bool) or not isinstance(draws, (int, np.integer)):
        raise UnsupportedError(
            "the number of draws is no whole number",
            found=repr(draws),
            mend=f"ask for 1 to {most:,} draws, as a whole number such as draws=10_000",
        )
    if not 1 <= draws <= most:
        raise UnsupportedError(
            "the number of draws is out of range",
            found=draws,
            mend=f"ask for 1 to {most:,} draws{beyond}",
        )
