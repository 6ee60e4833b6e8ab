"""How far a utility may reach with weights as given (conventions §40, §41)."""

from __future__ import annotations

import pytest

from comity.dossier.fit_worth import too_much
from comity.dossier.talks import Talks


def talks(weight: object, value: object, *, weights: str = "as_given", worth: float = 0.0) -> Talks:
    """Two parties alike, over two issues; the first may weigh too much."""
    wants = {
        "issues": {
            "x": {"weight": weight, "values": {"o0": 0, "o1": value}},
            "y": {"weight": 1, "lights": {"o0": "yes", "o1": "no"}},
        },
        "interactions": {"i": {"when": {"x": "o0", "y": "o0"}, "worth": worth}},
    }
    return Talks.model_validate({
        "parties": ["A", "B"],
        "issues": {name: {"options": ["o0", "o1"]} for name in ("x", "y")},
        "preferences": {"A": wants, "B": wants},
        "weights": weights,
    })  # fmt: skip


def refused(one: Talks) -> list[str]:
    found = too_much(one, "A", one.preferences["A"], ("talks", "t", "preferences", "A"))
    return [str(misfit) for misfit in found]


@pytest.mark.parametrize(
    ("weight", "value"),
    [
        (1e30, 89),
        (1000, 1e6),
        (1000, -1e6),
        ("1..1e8", "0..50"),
        ({"mean": 1, "sd": 1e8}, 100),
        (1001, {"mean": 0, "sd": 1e6}),
    ],
)
def test_beyond_a_billion_is_refused(weight: object, value: object) -> None:
    """Weight times worth, at the farthest that either may lie, and the rest on top."""
    (told,) = refused(talks(weight, value))
    assert told.startswith("talks.t.preferences.A.issues.x.weight: with weights as given")
    assert not refused(talks(weight, value, weights="shares"))


@pytest.mark.parametrize(("weight", "value"), [(999, 1e6), (1e7 - 1, 100), ("0..1", "-5..1e6")])
def test_up_to_a_billion_is_read(weight: object, value: object) -> None:
    """What stays within the bound is nobody's fault."""
    assert not refused(talks(weight, value))


def test_what_options_are_worth_together_counts() -> None:
    """An interaction may carry a utility over the bound."""
    assert not refused(talks(999.5, 1e6))
    assert refused(talks(999.5, 1e6, worth=-1e6))
