"""A dossier with something of everything, written as a file would have it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from comity.dossier import Dossier
from forecast.small import SAID, SOURCES, body

Written = dict[str, Any]

QUESTION = {"presumption": "outside", "decided_by": "body", "rule": "majority", "item": "views"}

WRITTEN: Written = {
    "comity": 1,
    "title": "Something of everything",
    "as_of": "2022-11-22",
    "actors": {
        "A": {"name": "Alba", "capability": "5..20"},
        "B": {"name": "Bren", "capability": 30},
        "C": {"name": "Cado"},
        "D": {"name": "Dorn", "capability": {"mean": 10, "sd": 4}},
        "court": {"name": "Court"},
    },
    "sources": SOURCES,
    "statements": {"said": SAID},
    "bodies": {
        "b": body(
            *"ABCD",
            omega="0..20",
            blocs={"coast": ["A", "B"], "hills": ["C", "D"]},
            presidency={"order": ["A", "C"], "holder": "A", "until": "2022-11-21"},
        ),
        "small": body("A", "C", omega={"low": 0, "mode": 2, "high": 10}),
    },
    "agenda": {
        "views": {"body": "b", "options": ["outside", "within"], "reversion": "outside"},
        "text": {
            "body": "b",
            "scale": {"0": "nothing", "37.5": "something", "100": "everything"},
            "reversion": 0,
            "tabled": 60,
            "competence": QUESTION,
            "rounds": [
                {"label": "second", "tabled": 40, "concessions": {"B": {"ideal": "20..60"}}},
                {"label": "third", "concessions": {"D": {"omega": "10..30"}}},
            ],
        },
        "middle": {
            "body": "b",
            "procedure": "minus_one",
            "reversion": "40..50",
            "smallest_step": "5..15",
            "tabled": "60..80",
            "requires": ["text"],
        },
        "seat": {
            "body": "small",
            "procedure": "majority",
            "options": ["nowhere", "here", "there"],
            "reversion": "nowhere",
            "tabled": "there",
            "competence": QUESTION | {"decided_by": "court", "presumption": "within"},
        },
        "means": {"body": "small", "procedure": "silence", "reversion": 0, "core": True},
    },
    "positions": {
        "views": {
            "A": {"ideal": "within", "salience": "50..100", "basis": "stated", "from": ["said"]},
            "B": {"ideal": {"outside": 0.6, "within": 0.4}, "salience": "20..90"},
            "C": {"values": {"within": "0..100", "outside": 40}, "salience": 50},
            "court": {"ideal": {"outside": 0.3, "within": 0.7}},
        },
        "text": {
            "A": {"ideal": "50..100", "floor": "0..60", "salience": "60..100",
                  "basis": "inferred", "assumed": ["floor"], "from": ["said"]},
            "B": {"ideal": "0..50", "salience": "10..90"},
            "C": {"accepts": ["0..20", "50..100"], "ideal": "20..80", "salience": 70},
            "D": {"ideal": {"mean": 45, "sd": 15}, "salience": {"low": 10, "mode": 50, "high": 90}},
        },
        "middle": {
            "A": {"ideal": "30..90"},
            "B": {"ideal": 20, "salience": 80, "omega": "0..5", "presence": "no_instructions"},
            "C": {"ideal": "40..60", "salience": 40, "floor": "0..100", "basis": "inferred"},
            "D": {"ideal": "0..100", "salience": "0..100", "omega": "5..40"},
        },
        "seat": {
            "A": {"values": {"here": "30..60", "there": "20..80"}, "salience": 60},
            "C": {"ideal": {"nowhere": 0.4, "here": 0.3, "there": 0.3}, "salience": "10..100"},
        },
        "means": {
            "A": {"ideal": "10..100", "capability": "1..3"},
            "C": {"ideal": "0..40", "presence": "present"},
        },
    },
    "codings": {
        "mild": {
            "title": "as the mild see it",
            "positions": {"text": {"B": {"ideal": "30..70", "salience": 40}}},
            "presumptions": {"text": "within"},
        },
        "harsh": {
            "title": "as the harsh see it",
            "positions": {
                "text": {"C": {"accepts": ["10..30", "40..60"], "ideal": 30}},
                "views": {"C": {"ideal": "outside", "salience": 90}},
            },
        },
    },
}  # fmt: skip


def written() -> Written:
    """A fresh copy, to be changed at will."""
    return deepcopy(WRITTEN)


def rich(change: Written | None = None) -> Dossier:
    """The dossier, or a changed one."""
    return Dossier.model_validate(WRITTEN if change is None else change)


ITEMS = tuple(WRITTEN["agenda"])
