"""Small tables in the DEU layout, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

HEADINGS = [
    "prnrnmc",
    "isnrnmc",
    "prnr",
    "prname",
    "isnr",
    "type",
    "council",
    "proc",
    "counvte",
    "proccde",
    "issues",
    "intro",
    "finact",
    "pcom",
    "pep",
    "pde",
    "pfr",
    "pat",
    "ppl",
    "scom",
    "sep",
    "sde",
    "sfr",
    "sat",
    "spl",
    "rp",
    "out",
]

Cells = Mapping[str, object]


def issue(number: int = 1, proposal: str = "d00032", **cells: object) -> dict[str, object]:
    """One line; what is not given is an ordinary issue of the fifteen under codecision."""
    usual: dict[str, object] = {
        "prnr": proposal,
        "prname": "eggs",
        "isnr": f"{proposal}i{number}",
        "proc": "COD",
        "counvte": "QMV",
        "intro": "26-01-00",
        "finact": "30-05-01",
        "pcom": 100,
        "pep": 80,
        "pde": 40,
        "pfr": 0,
        "pat": 60,
        "scom": 50,
        "sep": 60,
        "sde": 70,
        "sfr": 80,
        "sat": 20,
        "rp": 0,
        "out": 50,
    }
    return usual | cells


def table(rows: Iterable[Cells], *, headings: Iterable[str] = HEADINGS, between: str = "\t") -> str:
    """The text of a table."""
    names = list(headings)
    lines = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    return "".join(between.join(line) + "\n" for line in lines)


def many(proposals: int = 6, each: int = 2) -> list[dict[str, object]]:
    """Issues of several proposals whose outcomes lie here and there."""
    return [
        issue(
            k + 1, f"d0{p % 10}{100 + p}", out=(37 * p + 53 * k) % 101, pfr=(17 * p + 5 * k) % 101
        )
        for p in range(proposals)
        for k in range(each)
    ]
