"""Small talks with everything that a disclosure may hold, made by chance."""

from typing import Any

import numpy as np

from comity.dossier.talks import Talks

LEVELS = ("nothing", "order", "bands", "exact")
Rng = np.random.Generator


def some_talks(
    seed: int,
    *,
    levels: tuple[str, ...] = ("order", "bands", "exact"),
    parties: int = 2,
    issues: int = 4,
    weights: str = "shares",
    limits: bool = True,
) -> Talks:
    """Talks among a few parties over options, grids and divisions, worth stated in every way."""
    rng = np.random.default_rng(seed)
    names = [chr(65 + k) for k in range(parties)]
    asked: dict[str, Any] = {}
    for k in range(issues):
        kind = rng.choice(["options", "options", "grid", "divisible"])
        if kind == "options":
            asked[f"k{k}"] = {"options": [f"o{j}" for j in range(rng.integers(2, 5))]}
        elif kind == "grid":
            asked[f"k{k}"] = {"grid": {"low": 0, "high": 4, "step": 1}}
        else:
            asked[f"k{k}"] = {"divisible": {"total": 12, "parts": 3}}
    held = {name: _preferences(rng, asked, levels) for name in names}
    raw: dict[str, Any] = {
        "parties": names, "issues": asked, "preferences": held, "weights": weights,
    }  # fmt: skip
    if limits:
        raw["links"] = _links(rng, asked)
    return Talks.model_validate(raw)


def _preferences(rng: Rng, asked: dict[str, Any], levels: tuple[str, ...]) -> dict[str, Any]:
    ranked = bool(rng.random() < 0.3)
    found: dict[str, Any] = {}
    for place, (name, issue) in enumerate(asked.items()):
        one: dict[str, Any] = {"rank": int(rng.integers(1, 4))} if ranked else {}
        if not ranked:
            one["weight"] = 0 if place and rng.random() < 0.1 else _quantity(rng, 0, 10)
        found[name] = one | _worth(rng, issue)
    told: dict[str, Any] = {"issues": found, "disclosed": str(rng.choice(levels))}
    if rng.random() < 0.4 and len(asked) > 1:
        first, second = rng.choice(list(asked), 2, replace=False)
        when = {str(k): _first(asked[str(k)]) for k in (first, second)}
        told["interactions"] = {"i": {"when": when, "worth": _quantity(rng, -5, 5)}}
    return told


def _worth(rng: Rng, issue: dict[str, Any]) -> dict[str, Any]:
    if "options" in issue:
        if rng.random() < 0.3:
            lights = rng.choice(["yes", "could live with"], len(issue["options"]))
            return {"lights": dict(zip(issue["options"], map(str, lights), strict=True))}
        return {"values": {option: _value(rng) for option in issue["options"]}}
    if "divisible" in issue and rng.random() < 0.4:
        return {}
    ends = ("0", "4") if "grid" in issue else ("0", "12")
    middle = {"2": _value(rng)} if rng.random() < 0.5 else {}
    return {"values": {ends[0]: _value(rng), **middle, ends[1]: _value(rng)}}


def _value(rng: Rng) -> Any:
    """Often an end of the scale, or a value that another option may have too."""
    drawn = rng.random()
    if drawn < 0.2:
        return 0
    if drawn < 0.4:
        return 100
    return int(rng.integers(1, 4)) * 20 if drawn < 0.6 else _quantity(rng, 0, 100)


def _quantity(rng: Rng, low: float, high: float) -> Any:
    a, b = sorted(round(float(x), 3) for x in rng.uniform(low, high, 2))
    drawn = rng.random()
    if drawn < 0.3:
        return a
    return f"{a}..{b}" if drawn < 0.8 or a == b else {"low": a, "mode": (a + b) / 2, "high": b}


def _first(issue: dict[str, Any]) -> list[str]:
    if "options" in issue:
        return [str(issue["options"][0])]
    return ["0..2"] if "grid" in issue else ["A 0..4"]


def _links(rng: Rng, asked: dict[str, Any]) -> dict[str, Any]:
    if len(asked) < 2 or rng.random() < 0.3:
        return {}
    first, second = (str(k) for k in rng.choice(list(asked), 2, replace=False))
    if rng.random() < 0.5:
        one = {"if": {first: _first(asked[first])}, "then": {second: _first(asked[second])}}
        return {"l": {"kind": "if_then", **one}}
    these = [{first: _first(asked[first])}, {second: _first(asked[second])}]
    return {"l": {"kind": "together", "these": these}}


def every_package(sizes: tuple[int, ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """All packages, one row each."""
    return np.stack(np.meshgrid(*map(np.arange, sizes), indexing="ij"), -1).reshape(-1, len(sizes))
