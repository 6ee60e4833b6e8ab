"""Run every benchmark and write what they print to docs/reference/benchmarks.md, with the date.

    python benchmarks/table.py [FILE]

The benchmarks are the scripts bench_*.py beside this file, quick ones first; each prints its own
table and says in its docstring how it measures. All together end within MINUTES: other libraries
are then asked fewer seeds and given up sooner than when a script is run alone, and a script that
uses up its share is ended; the page says so, and which ones failed. The machine should be quiet:
the load is told.
"""

from __future__ import annotations

import ast
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"

MINUTES = 11.5
"""All together."""

ORDER = ("bench_forecast", "bench_models", "bench_ensembles", "bench_talks", "bench_power")
"""Quick ones first; others come before them, by name."""

SHARE = 0.75
"""Of the time that is left, what one script may use while others wait."""

PEERS = {"COMITY_BENCH_SECONDS": "30", "COMITY_BENCH_ENOUGH": "20"}
"""CPU seconds another library gets for one answer, and after which it is asked no more seeds."""

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


def run(script: Path, limit: float) -> Ran:
    """Run a script for so many seconds at most; what it printed until then is kept."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | PEERS | {"PYTHONUNBUFFERED": "1", "COLUMNS": "100"},
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


def run_all(found: Sequence[Path], seconds: float) -> list[Ran]:
    """Run the scripts one after the other, within so many seconds in all."""
    end, ran = time.monotonic() + seconds, list[Ran]()
    for number, script in enumerate(found, start=1):
        left = max(end - time.monotonic(), 1.0)
        limit = left if number == len(found) else left * SHARE
        print(f"{script.name}, {limit:.0f} s at most", file=sys.stderr, flush=True)
        ran.append(run(script, limit))
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
        "they print; not by hand. `make bench` prints the same tables and gives other libraries "
        f"more time. In this run they had {PEERS['COMITY_BENCH_SECONDS']} CPU seconds for one "
        f"answer, and no further seed after {PEERS['COMITY_BENCH_ENOUGH']}.",
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


def prepare(folder: Path) -> None:
    """Install the other libraries beforehand, so that this takes no time of the measurements."""
    for script in sorted(folder.glob("bench_*.py")):
        if "\ndef installed()" in script.read_text("utf-8"):
            command = f"import {script.stem}; {script.stem}.installed()"
            subprocess.run([sys.executable, "-c", command], cwd=folder, check=False)


def main(target: Path = PAGE) -> None:
    prepare(Path(__file__).parent)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    ran = run_all(scripts(Path(__file__).parent), MINUTES * 60)
    target.write_text(page(ran, load), "utf-8")
    print(f"\n{target}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
