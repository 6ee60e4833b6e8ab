"""Paris 2015: what each model said of thirteen issues, against what the Agreement says.

Outcomes are those of `outcomes.yaml`, coded by the rules of `CODING.md` before any model was run.
Positions are read from the file that `build.py` reads, which is no part of Comity; without it this
script says so and stops.

    python examples/cases/paris-2015/score.py [--data cop21_positions.csv] [--json | --update]

With --update the tables of `NOTES.md` are written anew.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from comity.backtest.contents import CodedOutcome, Contents, ContentScore, score_contents
from comity.backtest.decided import Decided

HERE = Path(__file__).resolve().parent


def _build() -> ModuleType:
    """The script beside this one, which a folder with a hyphen keeps from being imported."""
    spec = importlib.util.spec_from_file_location("paris_2015_build", HERE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = _build()


def outcomes() -> tuple[CodedOutcome, ...]:
    """What came out, with ranges, in the order of the coding."""
    coded = yaml.safe_load((HERE / "outcomes.yaml").read_text("utf-8"))
    return tuple(_coded(item, held) for item, held in coded.items())


def _coded(item: str, held: dict[str, Any]) -> CodedOutcome:
    low, high = held["range"]
    return CodedOutcome(item, float(held["outcome"]), float(low), float(high), held["sure"])


def scored(path: Path) -> Contents:
    """Every model of the registry on every issue."""
    dossier, coded = build.dossier(path), outcomes()
    issues = [Decided(each.item, dossier, each.item, each.outcome) for each in coded]
    return score_contents(issues, coded)


def summary(found: Contents) -> Iterator[str]:
    """A row a model, in Markdown, the least mean error first."""
    head = (
        "model", "issues", "mean error", "95 %", "median", "within 10", "beyond the range",
        "outcomes redrawn", "least in", "less compromise", "less unweighted mean", "coverage",
    )  # fmt: skip
    yield _line(head)
    yield _line(["---"] * len(head))
    ranked = sorted(found.models.items(), key=lambda each: each[1].mae or 1e9)
    for name, score in ranked:
        if score.n:
            yield _line(_cells(name, score))


def _cells(name: str, score: ContentScore) -> list[str]:
    return [
        name,
        str(score.n),
        f"{score.mae:.2f}",
        _span(score.interval),
        f"{score.median:.2f}",
        f"{score.within_10:.3f}",
        f"{score.mae_beyond:.2f}",
        _span(score.coded),
        "–" if score.best is None else f"{score.best:.3f}",
        *(_less(score, other) for other in ("compromise", "unweighted_mean")),
        "–" if score.coverage_80 is None else f"{score.coverage_80:.3f}",
    ]


def _less(score: ContentScore, other: str) -> str:
    held = score.against.get(other)
    return "–" if held is None else f"{held.difference:+.2f} ({_span(held.interval)})"


def _span(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"


def by_issue(found: Contents) -> Iterator[str]:
    """A row an issue: the outcome, and what each model said."""
    names = [name for name, score in found.models.items() if score.n]
    yield _line(["issue", "outcome", "range", "sure", *names])
    yield _line(["---"] * (4 + len(names)))
    for each in found.outcomes:
        said = (found.models[name].issues[each.item] for name in names)
        points = ["–" if on is None else f"{on.point:.1f}" for on in said]
        spread = f"{each.low:g}" if each.low == each.high else f"{each.low:g} to {each.high:g}"
        yield _line([each.item, f"{each.outcome:g}", spread, each.sure, *points])


def unanswered(found: Contents) -> Iterator[str]:
    """Why a model has no answer, and where one failed."""
    for name, score in found.models.items():
        for why, count in {**score.unanswered, **score.failed}.items():
            yield f"- {name}, {count} of {len(found.outcomes)} issues: {why}"


def tables(found: Contents) -> dict[str, str]:
    """What stands between the marks of NOTES.md, by the name of the mark."""
    return {
        "scores": "\n".join(summary(found)),
        "issues": "\n".join(by_issue(found)),
        "unanswered": "\n".join(unanswered(found)),
    }


def update(found: Contents) -> None:
    """Write the tables into the notes."""
    notes = HERE / "NOTES.md"
    text = notes.read_text("utf-8")
    for name, table in tables(found).items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->")
        text = f"{before}{begin}{table}\n{end}{after}"
    notes.write_text(text, "utf-8")


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=build.data(), help="the file of positions")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--update", action="store_true", help="write the tables of NOTES.md")
    given = parser.parse_args()
    if not given.data.is_file():
        print("Skipped: there is no forecast/cop21_positions.csv in the folder of reference data.")
        print("COMITY_DATA names that folder, --data the file; it may not come with Comity.")
        return
    found = scored(given.data)
    if given.json:
        print(json.dumps(found.to_json(), indent=2, allow_nan=False))
        return
    if given.update:
        update(found)
        return
    print("\n".join([*summary(found), "", *by_issue(found), "", *unanswered(found)]))


if __name__ == "__main__":
    main()
