"""The JSON of every command: one envelope, fixed order, nothing that is not JSON."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import __version__
from comity.cli.envelope import enveloped, written
from comity.dossier.charter import Clause
from comity.dossier.response import Response

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@dataclass(frozen=True)
class Result:
    beta: float
    alpha: tuple[str, ...]


def test_the_envelope_comes_first_and_in_order():
    """Keys stand in the order schema, command, version, seed, draws, then the result's own."""
    document = json.loads(enveloped("decide", Result(0.1, ("x",)), seed=1, draws=10))
    assert list(document.items()) == [
        ("schema", "comity/decide/1"),
        ("command", "decide"),
        ("version", __version__),
        ("seed", 1),
        ("draws", 10),
        ("beta", 0.1),
        ("alpha", ["x"]),
    ]


def test_no_draws_no_seed():
    """A command that draws nothing has null for seed and draws."""
    document = json.loads(enveloped("check", {}))
    assert document["seed"] is None
    assert document["draws"] is None


@pytest.mark.parametrize("result", [{"seed": 3}, [1], "x", None])
def test_a_result_cannot_pass_for_the_envelope(result):
    """A result that is no object, or that would overwrite the envelope, is a defect."""
    with pytest.raises(TypeError, match="envelope"):
        enveloped("check", result)


@given(value=values)
def test_any_value_is_strict_json_and_stays_itself(value):
    """Every value comes back equal, but for NaN and infinities, which come back as null."""

    def finite(inner):
        if isinstance(inner, float):
            return inner if abs(inner) < float("inf") else None
        if isinstance(inner, list):
            return [finite(held) for held in inner]
        if isinstance(inner, dict):
            return {key: finite(held) for key, held in inner.items()}
        return inner

    text = enveloped("test", {"value": value})
    assert "NaN" not in text.replace(json.dumps("NaN"), "") or "NaN" in str(value)
    assert json.loads(text, parse_constant=pytest.fail)["value"] == finite(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, 0.30000000000000004),
        (np.float64(0.1), 0.1),
        (np.float64("nan"), None),
        (np.array([[1.5, np.inf], [0.0, -1.0]]), [[1.5, None], [0.0, -1.0]]),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (Response.STAND_ASIDE, "stand_aside"),
        ({Response.OBJECT: 1}, {"object": 1}),
        (Fraction(2, 3), "2/3"),
        (date(2022, 11, 22), "2022-11-22"),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Path("a/b"), "a/b"),
        (
            Clause(says="s", source="x"),
            {"says": "s", "source": "x", "verified": "memory", "force": "law"},
        ),
    ],
)
def test_each_kind_of_value(value, expected):
    """Numbers keep their shortest exact form; enumerations their word; records their fields."""
    assert written(value) == expected
    assert type(written(value)) is type(expected)


def test_what_has_no_json_is_a_defect():
    """A value of an unforeseen kind is refused, never printed as its memory address."""
    with pytest.raises(TypeError, match="no JSON for a object"):
        written(object())
