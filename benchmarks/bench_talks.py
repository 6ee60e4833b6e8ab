"""How long the exact frontier, Nash and egalitarian take beside NegMAS; printed as a table.

NegMAS (benchmarks/peers_talks/requirements.txt) is installed from PyPI into an environment of its
own, `.venv/peers-talks`, when it is not there yet; if that fails it is said, and Comity's numbers
stand alone. It is asked twice: as its documents advise, from utility functions; and with the
utilities of all packages already listed by NumPy, which is the faster of its ways.

Talks are random, seeds 0 to 9: weights uniform and divided by their sum, values uniform from 0 to
100, plain floats. *Opposed*: with two parties the second's value is 100 less the first's; with
three the values of each option sum to 100, uniformly on the simplex. *Pure trade-off*: opposed,
with the same weights, so that every outcome is efficient. The real case, AMPOvsCity, is read from
the reference data (COMITY_DATA).

*Cold* is importing the library and answering for seed 0, in a fresh process, the median of three.
*Warm* is the median over the seeds, in one process; beside it the worst of them. Seconds are those
of the clock, which on a busy machine also counts what others do; the load is printed. Peak memory
is that of the whole process, imports included. Comity also counts all packages on each point.
Answers are compared, and it is said who lists other points, other solutions, or not all packages.
(NegMAS takes the worst attainable for the disagreement point where the reservation value, here 0,
is less: hence other solutions. It lists one package of those that tie.)
NegMAS is given up when one answer takes more CPU seconds than SECONDS, and asked for fewer seeds
when it has used as many in all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).parent / "peers_talks"
HOME = ROOT / ".venv" / "peers-talks"
RUNNER = PEERS / "run.py"
DATA = Path(os.environ.get("COMITY_DATA") or ROOT.parent / "shared" / "data")
AMPO = DATA / "negotiation" / "genius" / "AMPOvsCity"

SEEDS = range(int(os.environ.get("COMITY_BENCH_SEEDS") or 10))
COLD = min(3, len(SEEDS))
SECONDS = min(100.0, float(os.environ.get("COMITY_BENCH_SECONDS") or 100.0))
SAME = 1e-9

Tables = list[list[list[float]]]


# ---------------------------------------------------------------- the talks


def random_talks(kind: str, parties: int, sizes: Sequence[int], seed: int) -> Tables:
    rng = np.random.default_rng(seed)
    weights = rng.random((len(sizes), parties))
    if kind == "trade-off":
        weights[:, 1] = weights[:, 0]
    weights /= weights.sum(axis=0)
    tables = []
    for size, weight in zip(sizes, weights, strict=True):
        values = 100 * rng.random((size, parties))
        if kind != "independent":
            values = 100 * rng.dirichlet(np.ones(parties), size)
        tables.append((values * weight).tolist())
    return tables


def ampo() -> Tables:
    from comity.bargaining.drawn import middle
    from comity.dossier.genius import load_genius

    ((name, talks),) = load_genius(AMPO).talks.items()
    return [worth.tolist() for worth in middle(talks, name).worth]


@dataclass(frozen=True)
class Row:
    """One kind of talks; ``goal``: what DESIGN §9 asks of the median, in seconds."""

    title: str
    talks: list[Tables]
    goal: str
    peers: bool = True


def rows() -> list[Row]:
    def seeded(kind: str, parties: int, sizes: Sequence[int]) -> list[Tables]:
        return [random_talks(kind, parties, sizes, seed) for seed in SEEDS]

    found = [
        Row(f"2 parties, 10⁶ outcomes (6 issues of 10), {kind}", seeded(kind, 2, [10] * 6), goal)
        for kind, goal in (("independent", "1,000 × NegMAS"), ("opposed", "1,000 × NegMAS"))
    ]
    if AMPO.exists():
        found.append(Row("AMPOvsCity, 1.9·10⁶ outcomes", [ampo()] * len(SEEDS), "20 ms"))
    else:
        print(f"AMPOvsCity left out: there is no {AMPO.name} in the reference data (COMITY_DATA).")
    found.append(
        Row(
            "Pure trade-off, 3·10⁴ outcomes, all efficient (issues of 10, 10, 10 and 30)",
            seeded("trade-off", 2, [10, 10, 10, 30]),
            "20 ms",
        )
    )
    for kind in ("independent", "opposed"):
        two, three = seeded(kind, 2, [10] * 21), seeded(kind, 3, [10] * 12)
        found.append(Row(f"2 parties, 10²¹ outcomes, {kind}", two, "50 ms", peers=False))
        found.append(Row(f"3 parties, 10¹² outcomes, {kind}", three, "300 ms", peers=False))
    return found


# ---------------------------------------------------------------- one library on some talks


@dataclass(frozen=True)
class Told:
    """What a run of one library on some talks left: an answer for each, and how it ended."""

    library: str
    answers: list[dict[str, Any]]
    ended: str

    @property
    def cold(self) -> list[float]:
        return [answer["clock"] for answer in self.answers[:1]]

    @property
    def warm(self) -> list[dict[str, Any]]:
        return self.answers[1:]

    def times(self, kind: str) -> list[float]:
        return [answer[kind] for answer in self.warm]


def told(library: str, talks: list[Tables]) -> Told:
    ours = library == "comity"
    python, seconds = (sys.executable, 100.0) if ours else (str(HOME / "bin" / "python"), SECONDS)
    command = [python, "-W", "ignore", str(RUNNER), library, str(seconds)]
    done = subprocess.run(command, input=json.dumps(talks), capture_output=True, text=True)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return Told(library, answers, _end(done, seconds))


def _end(done: subprocess.CompletedProcess[str], seconds: float) -> str:
    if done.returncode == 0:
        return ""
    last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
    if last.startswith("TimeoutError"):
        return f"no answer in {seconds:.0f} CPU s"
    return f"failed: {last[:60]}"


def wrong(right: dict[str, Any], found: dict[str, Any]) -> str:
    """In what an answer differs from the right one."""
    for name in ("points", "nash", "egalitarian"):
        if not _alike(right[name], found[name]):
            return f"other {name}"
    missing = right["packages"] - found["packages"]
    return f"{missing} of {right['packages']} packages missing" if missing else ""


def _alike(one: list[list[float]], other: list[list[float]]) -> bool:
    if len(one) != len(other):
        return False
    first, second = (np.array(sorted(points)).reshape(len(one), -1) for points in (one, other))
    return bool(np.abs(first - second).max(initial=0.0) <= SAME)


# ---------------------------------------------------------------- the table


def show(row: Row, peers: bool) -> None:
    print(f"\n{row.title}; goal {row.goal}")
    print(f"  {'':18}{'cold s':>9}{'warm s':>9}{'worst':>9}{'peak MB':>9}  seeds")
    ours = told("comity", row.talks)
    if ours.ended:
        raise SystemExit(f"Comity gave no answer here: {ours.ended}")
    cold = ours.cold + [told("comity", row.talks[:1]).cold[0] for _ in range(COLD - 1)]
    counts = [len(answer["points"]) for answer in ours.warm]
    packages = [answer["packages"] for answer in ours.warm]
    remark = f"points {_range(counts)}, packages {_range(packages)}"
    _line(ours, cold, remark)
    if not row.peers:
        print(f"  {'negmas':18}not asked: it lists every outcome")
    if row.peers and not peers:
        print(f"  {'negmas':18}not run: not installed")
    for peer in ("negmas", "negmas on points") if row.peers and peers else ():
        one = told(peer, row.talks)
        faults = {wrong(a, b) for a, b in zip(ours.warm, one.warm, strict=False)} - {""}
        _line(one, one.cold, "; ".join(sorted(faults)[:2]))
        if one.warm:
            clock = median(one.times("clock")) / median(ours.times("clock"))
            worst = median(one.times("clock")) / max(ours.times("clock"))
            print(f"  {'':18}Comity is {clock:,.0f} × as fast, {worst:,.0f} × by its worst seed.")
    sys.stdout.flush()


def _range(counts: list[int]) -> str:
    return f"{min(counts):,}" if min(counts) == max(counts) else f"{min(counts):,}–{max(counts):,}"


def _line(one: Told, cold: list[float], remark: str) -> None:
    clock, peak = one.times("clock"), one.times("peak")
    numbers = [
        _seconds(median(cold) if cold else None),
        _seconds(median(clock) if clock else None),
        _seconds(max(clock) if clock else None),
        f"{max(peak):>9.0f}" if peak else f"{'–':>9}",
    ]
    remarks = [str(len(clock)), *filter(None, (one.ended, remark))]
    print(f"  {one.library:18}{''.join(numbers)}  {', '.join(remarks)}", flush=True)


def _seconds(value: float | None) -> str:
    return f"{'–':>9}" if value is None else f"{value:>9.{4 if value < 1 else 2}f}"


# ---------------------------------------------------------------- NegMAS's environment


def installed() -> str | None:
    """Make the peers' environment if need be; what went wrong, if something did."""
    if without := os.environ.get("COMITY_BENCH_WITHOUT"):
        return without
    wanted = (PEERS / "requirements.txt").read_text("utf-8")
    stamp = HOME / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return None
    print(f"Installing NegMAS into {HOME.relative_to(ROOT)}", file=sys.stderr)
    try:
        venv.create(HOME, clear=True, with_pip=True)
        pip = [HOME / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input"]
        wants = ["install", "--quiet", "--requirement", PEERS / "requirements.txt"]
        subprocess.run([*pip, *wants], check=True, capture_output=True, text=True, timeout=600)
    except subprocess.SubprocessError as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        return said[-1] if said else str(error)
    except OSError as error:
        return str(error)
    stamp.write_text(wanted, "utf-8")
    return None


def main() -> None:
    trouble = installed()
    if trouble:
        print(f"NegMAS could not be installed, so Comity stands alone: {trouble}")
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"Frontier, Nash and egalitarian. {cores} cores, load {load:.1f} when this began.")
    for row in rows():
        show(row, peers=trouble is None)


if __name__ == "__main__":
    main()
