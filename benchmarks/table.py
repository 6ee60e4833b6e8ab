"""Run every benchmark and write what they print to docs/reference/benchmarks.md, with the date.

    python benchmarks/table.py [FILE]

The benchmarks are the scripts bench_*.py beside this file, in ORDER; each prints its own table and
says in its docstring how it measures. All together end within MINUTES: older ones are then asked
of fewer seeds, other libraries are given up sooner than when a script is run alone, and a script
that uses up its share is ended; the page says so, and which ones failed. Where other libraries
cannot be installed, their rows say that they were not run. The machine should be quiet: the load
is told. COMITY_BENCH_SEEDS=1 COMITY_BENCH_DRAWS=10000 tries out whether everything runs.
"""

from __future__ import annotations

import ast
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"

MINUTES = 9.0
"""All together."""

ORDER = {
    "bench_models": 100.0,
    "bench_ensembles": 180.0,
    "bench_forecast": 40.0,
    "bench_talks": 110.0,
    "bench_power": 110.0,
}
"""Seconds of each, and what those before it left; others come before them, by name."""

OTHER = 30.0

SETTINGS = {
    "bench_forecast": {"COMITY_BENCH_SEEDS": "2"},
    "bench_talks": {
        "COMITY_BENCH_SEEDS": "2",
        "COMITY_BENCH_SECONDS": "12",
        "COMITY_BENCH_ENOUGH": "3",
    },
    "bench_power": {
        "COMITY_BENCH_SEEDS": "3",
        "COMITY_BENCH_SECONDS": "6",
        "COMITY_BENCH_ENOUGH": "3",
    },
    "bench_ensembles": {"COMITY_BENCH_LONGEST": "25"},
}
"""Seeds or repetitions of the older ones, CPU seconds that another library gets for one answer, and
after how many it is asked no more seeds; seconds of a row."""

INSTALLING = 85.0
"""Seconds in which one script's other libraries must be installed, if they are not yet."""

VERSIONS = ("comity", "numpy", "scipy", "numba", "highspy", "distributed")


@dataclass(frozen=True)
class Ran:
    """What a script printed, how long it took, and what went wrong if anything did."""

    script: Path
    printed: str
    seconds: float
    trouble: str = ""


def scripts(folder: Path) -> list[Path]:
    """The benchmarks of a folder, in the order in which they are run."""
    place = {name: number for number, name in enumerate(ORDER, start=1)}
    found = folder.glob("bench_*.py")
    return sorted(found, key=lambda path: (place.get(path.stem, 0), path.name))


def run(script: Path, limit: float, without: str = "") -> Ran:
    """Run a script for so many seconds at most; what it printed until then is kept.

    ``without``: why its other libraries are not there.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=_settings(script, without),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    trouble = ""
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        trouble = f"ended after {limit:.0f} s: rows below the last one were not run"
    if not trouble and process.returncode:
        last = (err.strip().splitlines() or ["it said nothing"])[-1]
        trouble = f"failed with exit code {process.returncode}: {_plain(last)}"
    return Ran(script, _plain(out).strip("\n"), time.monotonic() - began, trouble)


def _settings(script: Path, without: str) -> dict[str, str]:
    """The environment of a script; what whoever runs this has set goes before."""
    own = {"PYTHONUNBUFFERED": "1", "COLUMNS": "100"} | SETTINGS.get(script.stem, {})
    if without:
        own["COMITY_BENCH_WITHOUT"] = without
    return own | os.environ


def run_all(
    found: Sequence[Path], seconds: float, without: Mapping[str, str] | None = None
) -> list[Ran]:
    """Run the scripts one after the other, within so many seconds in all.

    Each may use what is left but for the shares of those after it.
    """
    shares = [ORDER.get(script.stem, OTHER) for script in found]
    whole = seconds / sum(shares)
    end, ran = time.monotonic() + seconds, list[Ran]()
    for number, script in enumerate(found, start=1):
        limit = max(end - time.monotonic() - whole * sum(shares[number:]), 1.0)
        print(f"{script.name}, {limit:.0f} s at most", file=sys.stderr, flush=True)
        ran.append(run(script, limit, (without or {}).get(script.stem, "")))
        print(f"\n{ran[-1].printed}", flush=True)
        if ran[-1].trouble:
            print(f"{script.name}: {ran[-1].trouble}", flush=True)
    return ran


def page(ran: Sequence[Ran], load: str) -> str:
    """The page, in Markdown."""
    day = datetime.now(UTC).strftime("%-d %B %Y")
    seconds = sum(each.seconds for each in ran)
    parts = [
        "# Benchmarks",
        "Written by `make bench-table`, which runs every script of `benchmarks/` and keeps what "
        "they print; not by hand. `make bench` prints the same tables with more seeds, and gives "
        f"other libraries more time. Here they had {_limits()}.",
        f"- Date: {day}\n- Machine: {machine()}\n- Software: {software()}\n"
        f"- Load before (1, 5 and 15 minutes): {load}\n- All of it took {seconds / 60:.0f} minutes",
    ]
    troubles = [each for each in ran if each.trouble]
    if troubles:
        told = "\n".join(f"- `{each.script.name}` {each.trouble}" for each in troubles)
        parts.append(f"Not everything could be run:\n\n{told}")
    for each in ran:
        parts += _section(each)
    return "\n\n".join(parts) + "\n"


def _limits() -> str:
    told = [
        f"{held['COMITY_BENCH_SECONDS']} CPU seconds for one answer "
        f"({name.removeprefix('bench_')}, {held['COMITY_BENCH_SEEDS']} seeds at most)"
        for name, held in SETTINGS.items()
        if "COMITY_BENCH_SECONDS" in held
    ]
    return " and ".join(told)


def _section(ran: Ran) -> list[str]:
    said = ast.get_docstring(ast.parse(ran.script.read_text("utf-8"))) or ran.script.stem
    title, _, how = said.partition("\n\n")
    parts = [f"## {ran.script.stem.removeprefix('bench_').capitalize()}", title]
    if how:
        parts.append(f"<details><summary>How it is measured</summary>\n\n{how}\n\n</details>")
    parts.append(f"```\n{ran.printed or 'nothing was printed'}\n```")
    if ran.trouble:
        parts.append(f"*This script {ran.trouble}.*")
    return parts


def machine() -> str:
    """The machine in general words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} on {platform.machine()}"


def software() -> str:
    """Python and the libraries that count."""
    told = [f"Python {platform.python_version()}"]
    for name in VERSIONS:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(f"{name} not installed")
    return ", ".join(told)


def _plain(text: str) -> str:
    """Without the names of folders of this machine."""
    return text.replace(f"{ROOT}/", "").replace(str(ROOT), ".").replace(str(Path.home()), "~")


def prepare(folder: Path) -> dict[str, str]:
    """Install the other libraries beforehand, so that this takes no time of the measurements.

    Scripts without theirs, and why.
    """
    found = {}
    for script in sorted(folder.glob("bench_*.py")):
        if "\ndef installed()" in script.read_text("utf-8"):
            problem = _installed(script)
            if problem:
                found[script.stem] = problem
    return found


def _installed(script: Path) -> str:
    command = f"import {script.stem}; print({script.stem}.installed() or '')"
    process = subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=script.parent,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(timeout=INSTALLING)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return f"not installed within {INSTALLING:.0f} s"
    return _plain(out).strip() or ("" if process.returncode == 0 else "the installation failed")


def main(target: Path = PAGE) -> None:
    without = prepare(Path(__file__).parent)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    ran = run_all(scripts(Path(__file__).parent), MINUTES * 60, without)
    target.write_text(page(ran, load), "utf-8")
    print(f"\n{target}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
