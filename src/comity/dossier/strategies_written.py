"""Hypothesis strategies for what dossiers are written with: ids, words, days, quantities.

Needs Hypothesis, which Comity itself does not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

Draw = st.DrawFn
Written = dict[str, Any]

AWKWARD = ("no", "null", "12", "1e5", "0x1F", "true", "Ödland", "a-b", "_", "日本")
"""Ids that a careless reader would take for something else than text."""

NAMES = st.sampled_from([f"m{number}" for number in range(9)] + list(AWKWARD))
TEXT = st.one_of(st.sampled_from(["", "no", "~", "a: b", "# x", "2022-11-22", "'", '"'])) | st.text(
    max_size=12
)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(date.isoformat)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    whole = st.integers(int(low), int(high))
    return st.one_of(whole, whole, st.floats(low, high, allow_nan=False, allow_infinity=False))


@st.composite
def quantities(draw: Draw, low: float = 0.0, high: float = 100.0) -> Any:
    """A quantity as written, in any of the four forms, within [low, high]."""
    form = draw(st.sampled_from(["certain", "range", "triangle", "normal"]))
    if form == "normal":
        sd = draw(st.floats(0.1, high, allow_nan=False))
        return {"mean": draw(numbers(low, high)), "sd": sd}
    values = sorted(draw(numbers(low, high)) for _ in range(3))
    if form == "certain":
        return values[0]
    if form == "range":
        return f"{values[0]!r}..{values[2]!r}"
    return dict(zip(("low", "mode", "high"), values, strict=True))


PERCENT = quantities()
AMOUNT = quantities(0.0, 50.0)
