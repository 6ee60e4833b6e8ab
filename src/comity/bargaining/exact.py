"""Numbers as exact fractions, taken as they are written: 0.1 is a tenth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from comity.errors import DossierError, Place

Number = int | float | str | Decimal | Fraction
"""A number that can be read exactly; a text may be ``2/3`` or ``0.25``."""


def fraction(number: Number, field: str) -> Fraction:
    """The exact value of a number as written.

    Raises DossierError, naming the field, for NaN, infinity, and what is no number of 0 or more.
    """
    exact = _as_written(number)
    if exact is None or exact < 0:
        raise DossierError(
            "a number of 0 or more was expected",
            place=Place(field=field),
            found=number,
            mend="write it as 12, 0.5 or 2/3",
        )
    return exact


def _as_written(number: Number) -> Fraction | None:
    """None for what is no number. NumPy's numbers become plain ones first."""
    if isinstance(number, bool):
        return None
    plain = repr(float(number)) if isinstance(number, float) else number
    try:
        exact = Fraction(plain)
    except (ValueError, TypeError, ZeroDivisionError, OverflowError):
        return None
    return Fraction(int(exact.numerator), int(exact.denominator))
