"""A weighted game: a yes/no vote that carries if the weight in favour reaches the quota."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import NoReturn

from comity.errors import Place, RuleError

LARGEST = 10**30
"""A weight or quota above this, or with a denominator above it, is taken for a mistake."""


@dataclass(frozen=True)
class WeightedGame:
    """[quota; weights] in whole numbers: a coalition wins iff its weight reaches the quota.

    Make one with ``weighted_game``, which checks and scales what a user wrote.
    """

    quota: int
    weights: tuple[int, ...]

    @property
    def players(self) -> int:
        return len(self.weights)

    @property
    def total(self) -> int:
        return sum(self.weights)

    @property
    def dual_quota(self) -> int:
        """What is needed to block: the least weight whose absence leaves less than the quota."""
        return self.total - self.quota + 1

    @property
    def dual(self) -> WeightedGame:
        """The game of blocking: a coalition wins it iff the others together lose this one."""
        return WeightedGame(self.dual_quota, self.weights)


def weighted_game(
    quota: object, weights: Iterable[object], *, place: Place | None = None
) -> WeightedGame:
    """The game of the quota and the weights as written, scaled to whole numbers exactly.

    A decimal number means what is written (0.1 is a tenth); nothing is rounded.
    Raises ``RuleError`` for weights below nought or missing, for a quota that can never or
    need not be reached, and for anything that is not a number.
    """
    if isinstance(weights, str | bytes | dict) or not isinstance(weights, Iterable):
        _refuse(place, "weights", "The weights are not a list.", weights, "List one per member.")
    listed = list(weights)
    if not listed:
        _refuse(place, "weights", "There are no weights.", [], "List one weight per member.")
    shares = [_number(one, place, f"weights[{index}]") for index, one in enumerate(listed)]
    for index, share in enumerate(shares):
        if share < 0:
            _refuse(
                place,
                f"weights[{index}]",
                "A weight is negative.",
                listed[index],
                "Give 0 or more; a member of weight 0 never matters.",
            )
    needed = _number(quota, place, "quota")
    _check_quota(needed, sum(shares, Fraction(0)), quota, place)
    return _whole(needed, shares)


def simplified(game: WeightedGame) -> WeightedGame:
    """The same winning coalitions from smaller numbers.

    Divides out what all weights have in common, and cuts each weight down to the quota and to
    the blocking quota: whoever can win or block alone need not weigh more than that.
    """
    while True:
        smaller = _cut(_cut(_divided(game)).dual).dual
        if smaller == game:
            return game
        game = smaller


def _cut(game: WeightedGame) -> WeightedGame:
    return WeightedGame(game.quota, tuple(min(one, game.quota) for one in game.weights))


def _divided(game: WeightedGame) -> WeightedGame:
    common = math.gcd(*game.weights)
    return WeightedGame(-(-game.quota // common), tuple(one // common for one in game.weights))


def _whole(needed: Fraction, shares: list[Fraction]) -> WeightedGame:
    scale = math.lcm(needed.denominator, *(share.denominator for share in shares))
    return WeightedGame(int(needed * scale), tuple(int(share * scale) for share in shares))


def _check_quota(needed: Fraction, total: Fraction, found: object, place: Place | None) -> None:
    if needed <= 0:
        _refuse(
            place,
            "quota",
            "The quota is not above 0, so every coalition would win, even the empty one.",
            found,
            f"Give a quota above 0 and at most {_plain(total)}, the total weight.",
        )
    if needed > total:
        _refuse(
            place,
            "quota",
            f"The quota is above the total weight of {_plain(total)}, so nothing could ever pass.",
            found,
            f"Give a quota of at most {_plain(total)}.",
        )


def _number(value: object, place: Place | None, field: str) -> Fraction:
    """The exact number written; floats are read as the decimal they are written as."""
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        _refuse(place, field, "Not a number.", value, "Give a whole or decimal number.")
    if isinstance(value, Integral | Rational):
        number = Fraction(int(value.numerator), int(value.denominator))
    elif not math.isfinite(value):
        _refuse(place, field, "Not a finite number.", value, "Give a whole or decimal number.")
    else:
        number = Fraction(str(value) if isinstance(value, Decimal) else repr(float(value)))
    if abs(number) > LARGEST or number.denominator > LARGEST:
        _refuse(
            place,
            field,
            "A number beyond reckoning.",
            value,
            "Give numbers of at most thirty digits, before and after the decimal point.",
        )
    return number


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):.12g}"


def _refuse(place: Place | None, field: str, problem: str, found: object, mend: str) -> NoReturn:
    base = place or Place()
    at = f"{base.field}.{field}" if base.field else field
    raise RuleError(problem, place=Place(base.file, base.line, at), found=found, mend=mend)
