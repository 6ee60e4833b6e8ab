"""Bodies that decide by consensus or silence, with items of every kind, made by chance."""

from typing import Any

import numpy as np

import comity
from comity.dossier import Dossier
from comity.dossier.model import Dossier as Model

Rng = np.random.Generator
MEMBERS = ("A", "B", "C")


def some_body(seed: int, items: int = 1, rule: Any = None) -> Dossier:
    """A body of three with some items, positions stated in every way there is."""
    rng = np.random.default_rng(seed)
    agenda: dict[str, Any] = {}
    positions: dict[str, Any] = {}
    for k in range(items):
        agenda[f"k{k}"], positions[f"k{k}"] = _item(rng)
    kind = rule or {"kind": str(rng.choice(["consensus", "silence"]))}
    raw = {
        "comity": 1,
        "title": "a body",
        "as_of": "2024-01-01",
        "actors": {name: {"name": name} for name in MEMBERS},
        "bodies": {
            "b": {"members": list(MEMBERS), "charter": {
                "name": "charter", "procedures": {"substantive": {"rule": kind}},
            }},
        },
        "agenda": agenda,
        "positions": positions,
    }  # fmt: skip
    return Model.model_validate(raw)


def _item(rng: Rng) -> tuple[dict[str, Any], dict[str, Any]]:
    if rng.random() < 0.5:
        step = int(rng.integers(5, 30))
        item = {"body": "b", "scale": {0: "none", 50: "half", 100: "all"},
                "reversion": int(rng.choice([0, 30])), "smallest_step": step}  # fmt: skip
        if rng.random() < 0.7:
            item["tabled"] = int(rng.integers(40, 101))
        return item, {name: _on_scale(rng) for name in MEMBERS if rng.random() < 0.95}
    item = {"body": "b", "options": ["o0", "o1", "o2"], "reversion": "o0", "tabled": "o2"}
    return item, {name: _on_options(rng) for name in MEMBERS if rng.random() < 0.95}


def _on_scale(rng: Rng) -> dict[str, Any]:
    held: dict[str, Any] = {"ideal": _range(rng), **_weighed(rng)}
    if rng.random() < 0.25:
        low, high = sorted(int(x) for x in rng.integers(0, 101, 2))
        held["accepts"] = [f"{low}..{low + 1}", high + 1] if high < 100 else [low, high]
    if rng.random() < 0.25:
        held |= {"floor": int(rng.integers(0, 60)), "basis": "inferred"}
    return held


def _on_options(rng: Rng) -> dict[str, Any]:
    held = _weighed(rng)
    if rng.random() < 0.7:
        held["values"] = {option: _range(rng) for option in ("o0", "o1", "o2")}
    else:
        held["ideal"] = {"o0": 0.25, "o1": 0.25, "o2": 0.5}
    if rng.random() < 0.25:
        held["accepts"] = ["o0", "o1"]
    return held


def _weighed(rng: Rng) -> dict[str, Any]:
    held: dict[str, Any] = {"salience": 0 if rng.random() < 0.1 else _range(rng)}
    if rng.random() < 0.2:
        held["omega"] = float(rng.integers(0, 15))
    if rng.random() < 0.15:
        held["presence"] = str(rng.choice(["absent", "no_instructions"]))
    return held


def _range(rng: Rng) -> Any:
    low, high = sorted(int(x) for x in rng.integers(0, 101, 2))
    return low if low == high or rng.random() < 0.3 else f"{low}..{high}"


def read(text: str) -> Dossier:
    """A dossier from YAML text."""
    return comity.loads(text)
