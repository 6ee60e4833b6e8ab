"""Talks for tests: everything a dossier may say of talks, small enough to list all packages."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from comity.dossier import Dossier

BAZAAR: dict[str, Any] = {
    "comity": 1,
    "title": "Road, fee and land",
    "as_of": "2022-12-02",
    "actors": {"A": {"name": "Aland"}, "B": {"name": "Bland"}, "M": {"name": "Mediator"}},
    "talks": {
        "road": {
            "title": "Road, fee and land",
            "parties": ["A", "B"],
            "mediator": "M",
            "tracks": {"way": {"title": "The way"}},
            "issues": {
                "road": {
                    "track": "way",
                    "options": {"none": "nothing", "joint": "run by both", "own": "run by A"},
                },
                "fee": {"track": "way", "grid": {"low": 0, "high": 10, "step": 2.5}},
                "land": {"divisible": {"total": 100, "unit": "km²", "parts": 4}},
            },
            "preferences": {
                "A": {
                    "reservation": "20..40",
                    "issues": {
                        "road": {
                            "weight": "3..6",
                            "values": {"none": 0, "joint": "40..70", "own": 100},
                        },
                        "fee": {"weight": 2, "values": {"0": 100, "10": 0}},
                        "land": {"weight": "1..4"},
                    },
                    "interactions": {"x": {"when": {"road": "joint", "fee": "5..10"}, "worth": -3}},
                    "red_lines": {
                        "dear": {
                            "never": {"fee": 10},
                            "likelihood": 0.7,
                            "basis": "stated",
                            "note": "said twice",
                        }
                    },
                },
                "B": {
                    "reservation": 30,
                    "issues": {
                        "road": {
                            "rank": 1,
                            "lights": {"none": "could live with", "joint": "yes", "own": "no"},
                        },
                        "fee": {"rank": 2, "values": {"0": 0, "10": 100}},
                        "land": {"rank": 2},
                    },
                },
            },
            "links": {
                "toll": {"kind": "if_then", "if": {"road": "joint"}, "then": {"fee": ["2.5..10"]}},
                "cost": {"kind": "cap", "sum": {"fee": 1, "land": {"A": 0.1}}, "at_most": "11..14"},
            },
            "proposals": {
                "m1": {"package": {"road": "joint", "fee": 5, "land": "50/50"}, "by": "M"},
                "a1": {"package": {"road": "own", "fee": 0, "land": "100/0"}, "by": "A"},
            },
            "claims": {"nearly": {"at_least": 0.9, "note": "almost fully"}},
        }
    },
}


def bazaar(change: dict[str, Any] | None = None, /, **fields: Any) -> Dossier:
    """The talks with some fields replaced: ``change`` by dotted path below the talks."""
    raw = deepcopy(BAZAAR)
    raw["talks"]["road"].update(fields)
    for path, value in (change or {}).items():
        *above, last = path.split(".")
        at = raw["talks"]["road"]
        for name in above:
            at = at[name]
        at[last] = value
    return Dossier.model_validate(raw)


def certain() -> Dossier:
    """The same with every quantity certain, and every red line one."""
    return bazaar(
        {
            "preferences.A.reservation": 30,
            "preferences.A.issues.road": {
                "weight": 4,
                "values": {"none": 0, "joint": 60, "own": 100},
            },
            "preferences.A.issues.land.weight": 2,
            "preferences.A.red_lines.dear.likelihood": 1.0,
            "preferences.B.issues": {
                "road": {"weight": 2, "values": {"none": 30, "joint": 100, "own": 0}},
                "fee": {"weight": 1, "values": {"0": 0, "10": 100}},
                "land": {"weight": 1},
            },
            "links.cost.at_most": 12,
        }
    )


def swap(**fields: Any) -> Dossier:
    """Two areas: A cares for the north, B for the south; how much more is uncertain."""

    def wanting(north: str, south: str, best: str, worst: str) -> dict[str, Any]:
        values = {best: 100, "half": "40..60", worst: 0}
        return {
            "issues": {
                "north": {"weight": north, "values": values},
                "south": {"weight": south, "values": values},
            }
        }

    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "North and south",
            "as_of": "2022-12-02",
            "actors": {"A": {"name": "Aland"}, "B": {"name": "Bland"}},
            "talks": {
                "areas": {
                    "parties": ["A", "B"],
                    "issues": {
                        "north": {"options": ["ours", "half", "theirs"]},
                        "south": {"options": ["ours", "half", "theirs"]},
                    },
                    "preferences": {
                        "A": wanting("2..10", "2..3", "ours", "theirs"),
                        "B": wanting("1..3", "1..9", "theirs", "ours"),
                    },
                    **fields,
                }
            },
        }
    )
