"""Every uncertain input that the draws read is named by party, issue and field (§50)."""

from __future__ import annotations

import numpy as np
import pytest

from comity.bargaining.drawn import drawn
from comity.bargaining.question import Answer
from comity.dossier import Keyed
from comity.ensemble.mediation import asking
from ensemble.mediation.bazaar import bazaar

ROOT = "talks.road."
TALKS = bazaar().talks["road"]


def named(path: str) -> tuple[str | None, ...]:
    """What an input is called: party, issue, field, option, limit, basis."""
    asked = asking._asked(TALKS, "road", Answer(ROOT + path, 0.1, True, (0, 1, 0, 1, 0)))
    assert asked.path == ROOT + path
    assert asked.first_in_fifths == (1, 2, 1, 2, 1)
    return (asked.party, asked.issue, asked.field, asked.option, asked.limit, str(asked.basis))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("preferences.A.reservation", ("A", None, "reservation", None, None, "assumed")),
        ("preferences.A.issues.road.weight", ("A", "road", "weight", None, None, "assumed")),
        ("preferences.B.issues.road.rank", ("B", "road", "rank", None, None, "assumed")),
        (
            "preferences.A.issues.road.values.joint",
            ("A", "road", "values", "joint", None, "assumed"),
        ),
        ("preferences.A.issues.fee.values.2.5", ("A", "fee", "values", "2.5", None, "assumed")),
        ("preferences.B.issues.road.lights.none", ("B", "road", "lights", "none", None, "assumed")),
        (
            "preferences.A.red_lines.dear.likelihood",
            ("A", None, "likelihood", None, "A: dear", "stated"),
        ),
        ("preferences.A.interactions.x.worth", ("A", None, "worth", None, None, "assumed")),
        ("links.cost.at_most", (None, None, "at_most", None, "cost", "assumed")),
    ],
)
def test_an_input_is_named_by_its_parts(path, expected):
    """Whoever words the question need not take paths apart."""
    assert named(path) == expected


def test_the_inputs_are_those_that_the_draws_read():
    """Uncertain ones alone; a certain weight is no question."""
    noted = asking.Noted(Keyed(1, 0, 20))
    drawn(TALKS, "road", noted)
    assert set(noted.columns) == {
        ROOT + path
        for path in (
            "preferences.A.reservation",
            "preferences.A.issues.road.weight",
            "preferences.A.issues.road.values.joint",
            "preferences.A.issues.land.weight",
            "preferences.A.red_lines.dear.likelihood",
            "preferences.B.issues.road.rank",
            "preferences.B.issues.fee.rank",
            "preferences.B.issues.land.rank",
            "preferences.B.issues.road.lights.none",
            "links.cost.at_most",
        )
    }


def test_of_a_rank_the_input_is_what_the_issue_carries():
    """The share of the party's range, draw by draw; the shares of all issues sum to 1."""
    noted = asking.Noted(Keyed(1, 0, 50))
    draws = drawn(TALKS, "road", noted)
    shares = [
        asking._by_weight(
            TALKS, "road", draws, f"{ROOT}preferences.B.issues.{issue}.rank", np.zeros(50)
        )
        for issue in TALKS.issues
    ]
    assert np.sum(shares, axis=0) == pytest.approx(np.ones(50))
    span = np.ptp(draws.worth[1][:, :, 1], axis=1)
    total = sum(np.ptp(worth[:, :, 1], axis=1) for worth in draws.worth)
    assert shares[1] == pytest.approx(span / total)
