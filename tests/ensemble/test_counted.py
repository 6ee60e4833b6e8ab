"""How many draws may be asked for, from Python; results and questions in a line."""

from __future__ import annotations

import numpy as np
import pytest

import comity
from forecast.small import body, dossier

OF = dossier({"x": {"reversion": 0}}, {"x": {"A": {"ideal": 10}}}, {"b": body("A", "B")})


@pytest.mark.parametrize("draws", ["10", 10.0, None, True])
def test_no_whole_number_is_refused_in_words(draws):
    """One message for forecasts, comparisons and any function; no TypeError."""
    asked = (
        lambda: comity.forecast(OF, draws=draws),
        lambda: comity.compare_models(OF, draws=draws),
        lambda: comity.predictions(OF, "nash", draws=draws),
    )
    for ask in asked:
        with pytest.raises(comity.UnsupportedError, match="no whole number") as refused:
            ask()
        assert refused.value.found == repr(draws)


def test_whole_numbers_of_other_kinds_are_taken():
    """NumPy's integers, too; out of range is said as before."""
    assert comity.forecast(OF, draws=np.int64(10)).draws == 10
    with pytest.raises(comity.UnsupportedError, match="out of range"):
        comity.forecast(OF, draws=0)


def test_a_result_shows_itself_in_a_line():
    """What it is of and how it was made; not every number in it."""
    shown = repr(comity.forecast(OF, draws=10))
    assert shown == "<Forecast of 'A small case': items 1, draws 10, seed 1>"
    shown = repr(comity.compare_models(OF, ["nash", "core"], draws=10))
    assert shown == "<Comparison of 'A small case': models 2, items 1, draws 10, seed 1>"


def test_sobol_without_an_answer_says_what_it_needs():
    """An error of ours that names the other way."""
    with pytest.raises(comity.UnsupportedError, match=r"comity\.doubts\(dossier, item\)"):
        comity.sobol(OF)
