"""What an approximate frontier leaves exact, and what it says of the rest (§44, §45)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import comity
from comity.bargaining.frontier import frontier
from comity.bargaining.solutions import solutions
from comity.dossier import Dossier
from comity.ensemble.mediation import Mediation
from comity.ensemble.mediation import middle_reading as reading
from comity.errors import TooLargeError, UnsupportedError
from comity.report.sentences import talks_possible, talks_solutions

EPSILON = 6.0


def three() -> Dossier:
    """Three parties who value eight issues of four options each by chance, all of it certain."""
    rng, parties = np.random.default_rng(7), ("A", "B", "C")
    issues = {f"i{k}": {"options": {f"o{o}": f"option {o}" for o in range(4)}} for k in range(8)}

    def wants() -> dict[str, Any]:
        weights, values = rng.integers(1, 10, 8).tolist(), rng.integers(0, 101, (8, 4)).tolist()
        held = {
            issue: {
                "weight": weight,
                "values": dict(zip(issues[issue]["options"], row, strict=True)),
            }
            for issue, weight, row in zip(issues, weights, values, strict=True)
        }
        return {"reservation": 40, "issues": held}

    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "Three",
            "as_of": "2022-12-02",
            "actors": {party: {"name": party} for party in parties},
            "talks": {
                "three": {
                    "parties": list(parties),
                    "issues": issues,
                    "preferences": {party: wants() for party in parties},
                }
            },
        }
    )


@pytest.fixture(scope="module")
def exact() -> Mediation:
    return comity.mediate(three(), draws=2)


@pytest.fixture
def coarse(monkeypatch) -> None:
    """Let approximations be drawn upon early."""
    monkeypatch.setattr("comity.bargaining.frontier.work.ROOMY", 1)


def said(told) -> str:
    return " ".join(told).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.usefixtures("coarse")
def test_solutions_are_exact_whatever_epsilon_is(exact):
    """The part of the frontier above the reservation values is built exactly for them."""
    found = comity.mediate(three(), draws=2, epsilon=EPSILON)
    assert not found.frontier.exact
    assert found.solutions == exact.solutions
    assert found.joint_ceiling == exact.joint_ceiling
    assert all(each.exact for each in found.solutions.values())
    assert "The solutions and the joint ceiling are exact all the same." in said(
        talks_solutions.frontier(found)
    )


@pytest.fixture
def only_approximate(coarse, monkeypatch) -> None:
    """Let the exact part of the frontier be out of reach, and the approximation be coarse."""
    build = reading._reached

    def reached(problem, bounds, *, epsilon=0.0, **how):
        return build(problem, bounds, epsilon=epsilon, **how) if epsilon else None

    monkeypatch.setattr(reading, "_reached", reached)


@pytest.mark.usefixtures("only_approximate")
def test_solutions_of_an_approximate_frontier_carry_their_bounds(exact):
    """Where nothing else is within reach: what is attained, and what nothing can pass (§45)."""
    found = comity.mediate(three(), draws=2, epsilon=EPSILON)
    for name, each in found.solutions.items():
        true = exact.solutions[name].value
        assert each.value is not None
        assert each.at_most is not None
        assert each.at_most >= true - 1e-9
        assert each.value <= true + 1e-9
    ceiling, true = found.joint_ceiling, exact.joint_ceiling.value
    assert ceiling.value <= true <= ceiling.at_most
    assert ceiling.exact is False
    assert "is at least" in said(talks_possible.possible(found))
    assert "not proven the best there is" in said(talks_solutions.solutions(found))
    assert "exact" not in said(talks_solutions.frontier(found))


def test_an_exact_ceiling_is_told_without_bounds(exact):
    """And solutions without doubts."""
    assert exact.joint_ceiling.at_most == pytest.approx(exact.joint_ceiling.value)
    assert "at least" not in said(talks_possible.possible(exact))
    assert "not proven" not in said(talks_solutions.solutions(exact))


def test_one_package_found_without_a_frontier_is_not_said_to_be_tied(exact):
    """Ties are not looked for there, which is not to say that there are any."""
    alone = {name: replace(s, unique=False) for name, s in exact.solutions.items()}
    assert {s.packages for s in alone.values()} == {1}
    assert "not unique" not in said(talks_solutions.solutions(replace(exact, solutions=alone)))


def test_only_size_sends_the_solutions_to_integer_programmes(exact, monkeypatch):
    """What is wrong with the talks is said, not worked around."""

    def refuse(*_, **__):
        raise UnsupportedError("What an option is worth to a party is not a finite number.")

    monkeypatch.setattr("comity.bargaining.frontier.frontier", refuse)
    with pytest.raises(UnsupportedError, match="finite number"):
        reading.middle_of(exact.problem, {}, 0.0)


def test_too_large_a_frontier_has_an_error_of_its_own(exact):
    """So that it can be told from talks that cannot be read at all."""
    with pytest.raises(TooLargeError):
        frontier(exact.problem, most=1)
    assert solutions(frontier(exact.problem)).complete
