"""Silence within other rules: what is pending, and what needs a meeting (conventions §7, §34)."""

import numpy as np
import pytest
from frozendict import frozendict

from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.dossier.rule import AnyOf, Consensus, Depends, InTurn, Quota, Reasoned, Rule, Silence
from comity.rules import Seating, adopts, decide, seat

RUNNING = Silence(hours=48)


def decided(rule: Rule, answer: str, elapsed: float | None, **facts: bool):
    table = Seating(("A", "B", "C"), facts=frozendict(facts))
    return decide(
        Procedure(rule=rule), dict.fromkeys(table.members, answer), table=table, elapsed=elapsed
    )


def test_a_running_silence_is_pending_and_over_it_is_not():
    """§34: before the deadline unbroken silence is neither adopted nor refused."""
    assert decided(RUNNING, "absent", 24).pending
    assert not decided(RUNNING, "absent", 24).adopted
    assert decided(RUNNING, "absent", 48).adopted
    assert decided(RUNNING, "absent", None).adopted
    broken = decided(RUNNING, "object", 24)
    assert not broken.pending
    assert not broken.adopted


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (InTurn(rules=(Consensus(), RUNNING)), {}),
        (AnyOf(rules=(Quota(votes=2), RUNNING)), {}),
        (Depends(on="written", then=RUNNING, otherwise=Consensus()), {"written": False}),
    ],
)
def test_what_is_adopted_without_the_silence_is_not_pending(rule: Rule, facts: dict[str, bool]):
    """A silence that the outcome does not wait for leaves it adopted."""
    found = decided(rule, "support", 2, **facts)
    assert found.adopted
    assert not found.pending


def test_consent_refused_is_a_refusal_even_while_silence_runs():
    """§34: a procedure whose use was refused decides nothing, and waits for nothing."""
    refused = decide(Procedure(rule=Consensus()), {"A": "support", "B": "object"})
    procedure = Procedure(rule=RUNNING, consent="substantive")
    found = decide(procedure, {"A": "absent", "B": "absent"}, consent=refused, elapsed=2)
    assert not found.adopted
    assert not found.pending
    assert found.undoing == ()
    assert found.reason.startswith("The body did not agree to use this procedure")


@pytest.mark.parametrize(
    "rule",
    [
        Reasoned(rule=Silence()),
        InTurn(rules=(Consensus(), Silence())),
        Depends(on="written", then=Silence(), otherwise=Consensus()),
    ],
)
def test_silence_needs_no_meeting_wherever_it_stands(rule: Rule):
    """§7: what silence can decide, it decides with nobody present, and the reason says so."""
    table = Seating(("A", "B", "C"), facts=frozendict({"written": True}))
    nobody = np.full(3, Response.ABSENT)
    assert adopts(seat(Procedure(rule=rule, quorum="2/3"), table), nobody)
    found = decided(rule, "absent", None, written=True)
    assert found.adopted
    assert "quorum" not in found.reason.casefold()
