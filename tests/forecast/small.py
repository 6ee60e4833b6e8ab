"""Small dossiers in few words."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.dossier import Batch, Dossier, Keyed
from comity.forecast import Outcome, outcomes

SOURCES = {"paper": {"title": "Report", "outlet": "Paper", "published": "2022-11-01"}}
SAID = {
    "speaker": "minister",
    "standing": "official",
    "on": "2022-11-01",
    "source": "paper",
    "locator": "p. 1",
    "gist": "says so",
}
STATED = {"basis": "stated", "from": ["said"]}
"""Fields that make a position rest on a statement instead of an assumption."""

PROCEDURES: dict[str, Any] = {
    "substantive": {"rule": "consensus"},
    "minus_one": {"rule": {"kind": "consensus", "minus": 1}},
    "silence": {"rule": "silence"},
    "majority": {"rule": {"kind": "simple_majority", "of": "present_and_voting"}},
    "of_present": {"rule": {"kind": "simple_majority", "of": "present"}},
    "of_members": {"rule": {"kind": "simple_majority", "of": "members"}},
    "two_thirds": {
        "rule": {"kind": "qualified_majority", "at_least": "2/3", "of": "present_and_voting"}
    },
    "two_thirds_of_members": {
        "rule": {"kind": "qualified_majority", "at_least": "2/3", "of": "members"},
        "quorum": "1/2",
    },
}
"""One procedure of every kind."""


def body(*members: str, **more: Any) -> dict[str, Any]:
    """A body with every kind of procedure, whose members gain nothing by agreement as such."""
    charter = {"name": "Charter", "procedures": PROCEDURES}
    return {"members": list(members), "charter": charter, "omega": 0} | more


def dossier(
    agenda: dict[str, Any],
    positions: dict[str, Any],
    bodies: dict[str, Any] | None = None,
    actors: tuple[str, ...] = (),
    **more: Any,
) -> Dossier:
    """A dossier with one body `b` of whoever holds a position, unless bodies are given."""
    held = dict.fromkeys(who for item in positions.values() for who in item)
    bodies = {"b": body(*held)} if bodies is None else bodies
    seated = dict.fromkeys(who for entry in bodies.values() for who in entry["members"])
    everybody = {**seated, **held, **dict.fromkeys(actors)}
    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "A small case",
            "as_of": "2022-11-22",
            "actors": {who: {"name": who} for who in everybody},
            "sources": SOURCES,
            "statements": {"said": SAID},
            "bodies": bodies,
            "agenda": {name: {"body": "b"} | item for name, item in agenda.items()},
            "positions": positions,
        }
        | more
    )


def settle(case: Dossier, draws: int = 1, seed: int = 1) -> dict[str, Outcome]:
    """What becomes of every item in some draws."""
    return outcomes(Batch(case, Keyed(seed, 0, draws)))


def certainly(array: Any) -> bool | None:
    """The one answer of all draws, None if there is none to give."""
    if array is None:
        return None
    answers = set(np.asarray(array).tolist())
    assert len(answers) == 1
    return bool(answers.pop())
