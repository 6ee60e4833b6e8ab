"""Members that are absent block a body that lacks its quorum, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from comity.acceptance import Objection, count_conflicts, stances, tolerance, window_open
from comity.dossier import Batch, Dossier, Keyed
from forecast.small import body, dossier


def case(quorum: str, absent: str) -> Dossier:
    """Four members that all want the same text, some of them away."""
    held = {
        who: {"ideal": 50, "salience": 100, "presence": "absent" if who in absent else "present"}
        for who in "ABCD"
    }
    rules = {"substantive": {"rule": "consensus", "quorum": quorum}}
    charter = {"name": "Charter", "procedures": rules}
    return dossier({"x": {"reversion": 0}}, {"x": held}, {"b": body(*"ABCD", charter=charter)})


@pytest.mark.parametrize(
    ("quorum", "absent", "named"), [("3/4", "CD", {"CD"}), ("1/2", "BCD", {"BCD"})]
)
def test_the_absent_are_the_conflict_where_the_quorum_fails(
    quorum: str, absent: str, named: set[str]
) -> None:
    """Nothing passes without a quorum, and those named are the ones whose absence does it (§14)."""
    held = stances(Batch(case(quorum, absent), Keyed(1, 0, 3)), "x")
    procedure = case(quorum, absent).procedure("x")
    assert not window_open(held, procedure).any()
    counts = count_conflicts(held, procedure).counts
    assert {"".join(o.actor for o in conflict) for conflict in counts} == named
    for conflict in counts:
        assert conflict == tuple(Objection(who, "above", "withheld") for who in absent)


def test_the_absent_are_no_conflict_where_the_quorum_holds() -> None:
    """Who is away does not object (§6)."""
    held = stances(Batch(case("1/2", "CD"), Keyed(1, 0, 3)), "x")
    assert window_open(held, case("1/2", "CD").procedure("x")).all()
    assert not count_conflicts(held, case("1/2", "CD").procedure("x")).counts


def test_a_tolerance_beyond_all_numbers_is_endless() -> None:
    """A salience next to nothing tolerates everything, without a warning (§10)."""
    assert tolerance(np.array([20.0]), np.array([5e-324])).tolist() == [np.inf]
