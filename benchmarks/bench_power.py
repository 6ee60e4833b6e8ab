"""How long power indices take beside four other libraries; medians, printed as a table.

The others (benchmarks/peers_power/requirements.txt) are installed from PyPI into an environment
of their own, `.venv/peers-power`, when it is not there yet; if that fails it is said, and Comity's
numbers stand alone. The games are random, seeds 0 to 9, and described as they come. *Cold* is
importing the library and answering for seed 0, in a fresh process. *Warm* is the median over the
seeds, in one process, and the worst of them. Comity answers all indices at once; of the others
each is asked for one at a time. CPU seconds stand beside the seconds of the clock, for on a busy
machine the clock also counts what others do.

Every answer is compared with the right one, and whoever is off by more than 1e-9 is called wrong.
Right are, for 100 members, the exact fractions; else Comity's own, of which some are worked out
once more here in the plainest way. A library is given up when one answer takes more CPU seconds
than the heading says, or more than MEMORY; in all it has about as many seconds, so that a slow
one answers for fewer seeds. But for the first games the others run two at a time.
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).parent / "peers_power"
HOME = ROOT / ".venv" / "peers-power"
RUNNER = PEERS / "run.py"

SEEDS = range(int(os.environ.get("COMITY_BENCH_SEEDS") or 10))
COLD = min(3, len(SEEDS))
MEMORY = 4.0
"""GiB that another library may ask for."""
WRONG = 1e-9

Game = dict[str, Any]
Values = dict[str, list[float]]
"""By index, in the order of the weights."""


# ---------------------------------------------------------------- the games


def majority(weights: list[int]) -> Game:
    return {"quota": sum(weights) // 2 + 1, "weights": weights}


def share(weights: list[int], percent: int) -> Game:
    return {"quota": -(-percent * sum(weights) // 100), "weights": weights}


def hundred(seed: int) -> Game:
    draw = random.Random(seed)
    return majority([draw.randint(1, 100) for _ in range(100)])


def scaled(sizes: list[float], total: int) -> list[int]:
    return [max(1, round(total * size / sum(sizes))) for size in sizes]


def of_the_fund(seed: int) -> list[int]:
    """190 members from some hundred thousand votes down to a few hundred, as in the Fund."""
    draw = random.Random(seed)
    return scaled([draw.lognormvariate(0, 1.9) for _ in range(190)], 5_000_000)


def even(seed: int) -> list[int]:
    draw = random.Random(seed)
    return scaled([draw.random() for _ in range(190)], 5_000_000)


def seven_digits(seed: int) -> Game:
    draw = random.Random(seed)
    return majority([draw.randint(10**6, 10**7 - 1) for _ in range(190)])


def populations(seed: int) -> list[int]:
    draw = random.Random(seed)
    low, high = math.log(4e5), math.log(8.4e7)
    return [round(math.exp(draw.uniform(low, high))) for _ in range(27)]


def lisbon(people: list[int]) -> Game:
    """15 of 27 states with 65 % of the people, or all but three."""
    one_each = [1] * 27
    crowd = {"any_of": [share(people, 65), {"quota": 24, "weights": one_each}]}
    return {"all_of": [{"quota": 15, "weights": one_each}, crowd]}


# ---------------------------------------------------------------- one library on some games


@dataclass(frozen=True)
class Told:
    """What a run of one library on some games left: an answer a game, and how it ended."""

    library: str
    answers: list[dict[str, Any]]
    ended: str

    @property
    def cold(self) -> float | None:
        return self.answers[0]["clock"] if self.answers else None

    @property
    def warm(self) -> list[float]:
        return [answer["clock"] for answer in self.answers[1:]]

    @property
    def worst(self) -> list[float]:
        return sorted(self.warm)[-1:]

    @property
    def cpu(self) -> list[float]:
        return [answer["cpu"] for answer in self.answers[1:]]

    @property
    def off(self) -> float:
        return max((answer["off"] for answer in self.answers), default=0.0)

    @property
    def values(self) -> list[Values]:
        return [answer["values"] for answer in self.answers[1:]]

    @property
    def right(self) -> bool:
        return bool(self.warm) and self.off <= WRONG


def told(
    library: str,
    index: str,
    games: Sequence[Game],
    expected: Sequence[Values] | None = None,
    *,
    seconds: float = 600,
) -> Told:
    ours = library.startswith("comity")
    python = sys.executable if ours else str(HOME / "bin" / "python")
    command = [python, str(RUNNER), library, index, str(seconds), str(0 if ours else MEMORY)]
    said = {"games": games, "expected": expected or [{} for _ in games]}
    try:
        done = subprocess.run(
            command, input=json.dumps(said), capture_output=True, text=True, timeout=5 * seconds
        )
        out, end = done.stdout, _end(done, seconds)
    except subprocess.TimeoutExpired as late:
        out = late.stdout.decode() if isinstance(late.stdout, bytes) else late.stdout or ""
        end = f"no answer in {5 * seconds:.0f} s by the clock"
    answers = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return Told(library, answers, end)


def _end(done: subprocess.CompletedProcess[str], seconds: float) -> str:
    if done.returncode == 0:
        return ""
    last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
    if last.startswith("TimeoutError"):
        return f"no answer in {seconds:.0f} CPU s"
    if "MemoryError" in last or done.returncode == -9:
        return f"wants more than {MEMORY:.0f} GiB"
    return f"failed: {last[:60]}"


# ---------------------------------------------------------------- the table


INDICES = {"shapley_shubik": "Shapley–Shubik", "banzhaf": "Banzhaf"}
WEIGHTED = ("powerindex", "powerindices", "power-bdd", "tucoopy")
MOST = float(os.environ.get("COMITY_BENCH_SECONDS") or 45.0)
QUICK, SLOW = min(10.0, MOST), min(45.0, MOST)
"""CPU seconds for one answer of another library; SLOW in the two rows of the design."""


@dataclass(frozen=True)
class Row:
    """One kind of game, and who is asked."""

    title: str
    games: list[Game]
    ours: tuple[str, ...] = ("comity",)
    peers: tuple[str, ...] = ()
    slow: bool = False
    """Others get SLOW for Shapley–Shubik."""
    apart: bool = False
    """One library at a time, for there the others' seconds matter; cold three times."""

    def seconds(self, index: str) -> float:
        return SLOW if self.slow and index == "shapley_shubik" else QUICK


def rows() -> Iterator[Row]:
    people = [populations(seed) for seed in SEEDS]
    yield Row(
        "100 members, weights 1 to 100, majority (row eight of the design)",
        [hundred(seed) for seed in SEEDS],
        ours=("comity, fractions", "comity"),
        peers=WEIGHTED,
        slow=True,
        apart=True,
    )
    yield Row(
        "190 members, 5·10⁶ votes, log-normal (σ 1.9), 85 % (row nine of the design)",
        [share(of_the_fund(seed), 85) for seed in SEEDS],
        peers=WEIGHTED,
        slow=True,
    )
    yield Row("The same weights, majority", [majority(of_the_fund(seed)) for seed in SEEDS])
    yield Row(
        "190 members, 5·10⁶ votes, uniform, majority: the hardest of this size (five seeds)",
        [majority(even(seed)) for seed in SEEDS[:5]],
    )
    yield Row("190 members, seven digits each, majority (one seed)", [seven_digits(0)])
    yield Row(
        "27 members, 4·10⁵ to 8.4·10⁷ people each, 65 %",
        [share(one, 65) for one in people],
        peers=WEIGHTED,
    )
    yield Row(
        "The same 27: 15 members with 65 % of the people, or 24 members",
        [lisbon(one) for one in people],
        peers=("power-bdd",),
    )


def show(row: Row, peers: bool) -> None:
    print(f"\n{row.title}")
    print(f"  {'':30}{'cold s':>9}{'warm s':>9}{'worst':>9}{'CPU s':>9}{'off by':>8}  seeds")
    ours: list[Told] = []
    for library in row.ours:
        ours.append(told(library, "all", row.games, ours[0].values if ours else None))
        if ours[-1].ended:
            raise SystemExit(f"{library} gave no answer here: {ours[-1].ended}")
        again = [told(library, "all", row.games[:1]) for _ in range(2 * row.apart)]
        _line(library, ours[-1], [one.cold for one in again if one.cold is not None])
    right, best = ours[0].values, ours[-1]
    for peer in () if peers else row.peers:
        print(f"  {peer:30}not run: not installed")
    for index, name in INDICES.items() if peers else ():
        found = []
        for one in _of_peers(row, index, right):
            _line(f"{one.library}, {name}", one, [])
            found.append(one)
        _compare(name, best, [one for one in found if one.right])


def _of_peers(row: Row, index: str, right: list[Values]) -> Iterator[Told]:
    with ThreadPoolExecutor(1 if row.apart else min(2, os.cpu_count() or 1)) as pool:
        yield from pool.map(
            lambda peer: told(peer, index, row.games, right, seconds=row.seconds(index)),
            row.peers,
        )


def _line(name: str, one: Told, more_cold: list[float]) -> None:
    cold = [] if one.cold is None else [one.cold, *more_cold]
    numbers = [
        _seconds(median(times) if times else None) for times in (cold, one.warm, one.worst, one.cpu)
    ]
    remarks = [str(len(one.warm))] if one.warm else []
    remarks += [one.ended] if one.ended else []
    remarks += ["wrong numbers"] if one.off > WRONG else []
    off = f"{one.off:.0e}" if one.off else "–"
    print(f"  {name:30}{''.join(numbers)}{off:>8}  {', '.join(remarks)}", flush=True)


def _seconds(value: float | None) -> str:
    return f"{'–':>9}" if value is None else f"{value:>9.{3 if value < 1 else 2}f}"


def _compare(name: str, ours: Told, right: list[Told]) -> None:
    if right and ours.warm:
        best = min(right, key=lambda one: median(one.warm))
        clock = median(best.warm) / median(ours.warm)
        cpu = median(best.cpu) / max(median(ours.cpu), 1e-9)
        print(
            f"  {name}: {ours.library} is {clock:,.1f} × as fast as {best.library}, the best of "
            f"the others ({cpu:,.1f} × in CPU time).",
            flush=True,
        )


# ---------------------------------------------------------------- the plainest way


def plainly(game: Game, member: int) -> float:
    """φᵢ as the integral of i's chance of a swing, on as many nodes as its degree asks for.

    Each node fills one table of the others' weight, light members first. Of the game and its
    dual, which has the same values, the one with the smaller quota is taken.
    """
    quota = min(game["quota"], sum(game["weights"]) - game["quota"] + 1)
    own = game["weights"][member]
    others = sorted(game["weights"][:member] + game["weights"][member + 1 :])
    roots, weights = np.polynomial.legendre.leggauss((len(others) + 2) // 2)
    found = 0.0
    for t, weight in zip((roots + 1) / 2, weights / 2, strict=True):
        table, end = np.zeros(quota), 1
        table[0] = 1.0
        for other in others:
            longer = min(quota, end + other)
            moved = t * table[: max(longer - other, 0)]
            table[:end] *= 1 - t
            table[other : other + len(moved)] += moved
            end = longer
        found += weight * math.fsum(table[max(0, quota - own) :])
    return float(found)


def show_plainly() -> None:
    game = share(of_the_fund(0), 85)
    values = told("comity", "all", [game]).values[0]["shapley_shubik"]
    by_weight = sorted(range(len(values)), key=lambda member: -game["weights"][member])
    chosen = [by_weight[0], by_weight[10], by_weight[-1]]
    gaps = [abs(plainly(game, member) - values[member]) for member in chosen]
    print(
        "\nRow nine, seed 0, Shapley–Shubik once more in the plainest way for the 1st, 11th and "
        f"last\nmember by weight: Comity is off by at most {max(gaps):.0e}."
    )


# ---------------------------------------------------------------- the others' environment


def installed() -> str | None:
    """Make the peers' environment if need be; what went wrong, if something did."""
    if without := os.environ.get("COMITY_BENCH_WITHOUT"):
        return without
    wanted = (PEERS / "requirements.txt").read_text("utf-8")
    stamp = HOME / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return None
    print(f"Installing the other libraries into {HOME.relative_to(ROOT)}", file=sys.stderr)
    try:
        venv.create(HOME, clear=True, with_pip=True)
        pip = [HOME / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input"]
        wants = ["install", "--quiet", "--requirement", PEERS / "requirements.txt"]
        subprocess.run([*pip, *wants], check=True, capture_output=True, text=True, timeout=300)
    except subprocess.SubprocessError as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        return said[-1] if said else str(error)
    except OSError as error:
        return str(error)
    stamp.write_text(wanted, "utf-8")
    return None


def main() -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(
        f"\nPower indices, seeds 0 to {SEEDS[-1]}, on {os.cpu_count()} cores; load before: {load}"
    )
    print(
        f"Another library is given up after {QUICK:.0f} CPU s for one answer ({SLOW:.0f} for "
        f"Shapley–Shubik in rows eight and nine), or beyond {MEMORY:.0f} GiB."
    )
    problem = installed()
    if problem is not None:
        print(f"The other libraries could not be installed, so ours stand alone: {problem}")
    for row in rows():
        show(row, peers=problem is None)
    show_plainly()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Other programs may have used the cores at the same time: see the load, now {load}.")


if __name__ == "__main__":
    main()
