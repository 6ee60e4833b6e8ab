"""Work on a Dask cluster: the same bytes, and nothing lost when a worker dies (§66)."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from comity.ensemble import chunks, forecast
from comity.ensemble.executors import cluster, opened
from comity.ensemble.over_draws import over_draws
from comity.errors import ComityError, UnsupportedError
from ensemble.many import Dying, Failing, Slow, answers, small, wanted
from ensemble.rich import rich

DRAWS, LENGTH = 2_345, 100

WITHIN = 120
"""Seconds after which a test that hangs is ended."""


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Short chunks, and no test that waits for ever."""

    def late(number: int, frame: object) -> None:
        raise TimeoutError(f"no end after {WITHIN} seconds")

    monkeypatch.setattr(chunks, "CHUNK", LENGTH)
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(WITHIN)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def text(function=answers, **asked) -> str:
    asked = {"draws": DRAWS} | asked
    return json.dumps(over_draws(small(), function, **asked).to_json(), allow_nan=False)


@cache
def alone() -> str:
    return text(workers=1)


# ------------------------------------------------------------------ a real cluster


class Machines:
    """A scheduler and two workers, each a process of its own, on this machine alone."""

    def __init__(self, folder: Path, start: Callable[..., subprocess.Popen[bytes]]) -> None:
        told = folder / "scheduler.json"
        self.scheduler = start("scheduler", "--port", "0", "--scheduler-file", str(told))
        _until(told.exists, "the scheduler's file")
        self.address = json.loads(told.read_text())["address"]
        settings = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        self.workers = [start("worker", self.address, *settings) for _ in range(2)]


def _until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 30
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """None of these processes outlives its test."""
    with ExitStack() as ending:

        def start(kind: str, *options: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-W", "ignore", "-m", "dask", kind, *options]
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--no-dashboard"],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                cwd=tmp_path,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            ending.callback(process.wait)
            ending.callback(process.kill)
            return process

        yield Machines(tmp_path, start)


def words(folder: Path) -> dict[int, int]:
    """How many chunks each process has begun."""
    return {int(path.name): len(path.read_text().split()) for path in folder.iterdir()}


@pytest.mark.trust
def test_a_killed_worker_loses_nothing(machines, tmp_path):
    """Two workers, one killed midway in its work: the bytes are those of one thread alone."""
    folder = tmp_path / "words"
    folder.mkdir()
    killed = []

    def told(share: float) -> None:
        if share > 0.25 and not killed and len(words(folder)) == 2:
            killed.append(words(folder))
            machines.workers[0].kill()

    assert text(Slow(0.1, str(folder)), on=machines.address, progress=told) == alone()
    assert killed, "both workers were at work when one was killed"
    assert machines.workers[0].wait(5) == -signal.SIGKILL
    assert machines.workers[1].poll() is None
    first, second = (worker.pid for worker in machines.workers)
    begun = words(folder)
    assert begun[first] <= killed[0][first] + 1
    assert begun[second] > killed[0][second]
    assert sum(begun.values()) >= 24


@pytest.mark.trust
def test_a_worker_that_dies_at_a_chunk_loses_nothing(machines, tmp_path):
    """Its process kills itself in the middle of a chunk; the other worker does that chunk."""
    word = tmp_path / "dead"
    assert text(Dying(str(word)), on=machines.address) == alone()
    assert word.exists()
    assert sum(worker.poll() == -signal.SIGKILL for worker in machines.workers) == 1


@pytest.mark.trust
def test_a_whole_forecast_is_the_same_on_a_cluster(machines, monkeypatch):
    """Every question of a forecast, byte for byte."""
    monkeypatch.setattr(chunks, "CHUNK", 400)
    here = json.dumps(forecast(rich(), draws=900, workers=1).to_json())
    assert json.dumps(forecast(rich(), draws=900, on=machines.address).to_json()) == here


@pytest.mark.trust
def test_a_scheduler_that_dies_leaves_the_checkpoint(machines, tmp_path):
    """One message; what was done is kept, and the run ends elsewhere with the same bytes."""
    kept, folder = tmp_path / "run.ckpt", tmp_path / "words"
    folder.mkdir()
    function = Slow(0.05, str(folder))

    def told(share: float) -> None:
        if share > 0.4:
            machines.scheduler.kill()

    with pytest.raises(ComityError, match=r"connection to the scheduler was lost\n.*checkpoint"):
        text(function, on=machines.address, checkpoint=kept, progress=told)
    done = json.loads(kept.read_text())["chunks"]
    assert done >= 9
    begun = sum(words(folder).values())
    assert text(function, checkpoint=kept, workers=1) == alone()
    assert sum(words(folder).values()) == begun + 24 - done


@pytest.mark.trust
def test_a_worker_of_another_version_is_refused(machines, monkeypatch):
    """Numbers of two different Comities, or NumPies, are never mixed."""
    ours = {"comity": "9.9.9", "numpy": "1.0"}
    monkeypatch.setattr(cluster, "installation", lambda: ours)
    with pytest.raises(UnsupportedError, match="a worker is not like this machine") as caught:
        text(on=machines.address)
    assert re.search(r"comity \S+ instead of 9.9.9; numpy \S+ instead of 1.0", str(caught.value))


@pytest.mark.trust
def test_a_failing_draw_is_told_of_from_afar(machines):
    """The same draw, the same inputs, wherever it failed."""
    from comity.dossier import Batch, Keyed

    bad = float(wanted(Batch(small(), Keyed(1, 1203, 1204)))[0])
    told = []
    for on in (machines.address, None):
        with pytest.raises(ComityError, match="draw 1,203 of seed 1") as caught:
            text(Failing((bad,)), on=on)
        told.append(str(caught.value))
    assert told[0] == told[1]


@pytest.mark.trust
def test_a_cluster_on_this_machine_survives_a_death(tmp_path):
    """`local`: its own scheduler and workers, one of them killed at a chunk; none is left over."""
    word = tmp_path / "dead"
    assert text(Dying(str(word)), on="local", workers=2) == alone()
    assert word.exists()


# ------------------------------------------------------------------ answers that do not arrive


@dataclass
class Late:
    """A future whose answer is ready, and arrives in time only after so many tries."""

    late: int
    status: str = "finished"
    asked: int = 0

    def done(self) -> bool:
        return True

    def result(self, timeout: float) -> str:
        self.asked += 1
        if self.asked <= self.late:
            raise TimeoutError
        return "the answer"


def test_an_answer_that_does_not_arrive_is_asked_for_again():
    """Its worker may just have died, and another has done it since."""
    late = Late(cluster.TRIES - 1)
    assert cluster.Cluster(None)._answer(late) == "the answer"
    assert late.asked == cluster.TRIES


def test_an_answer_that_never_arrives_is_one_message():
    """Not a bare TimeoutError; and what to do."""
    with pytest.raises(ComityError, match=r"did not arrive within 60 seconds(.|\n)*checkpoint"):
        cluster.Cluster(None)._answer(Late(99))


def test_a_time_out_of_the_work_itself_stays_what_it_is():
    """The function raised it: it is not asked again."""
    late = Late(99, status="error")
    with pytest.raises(TimeoutError):
        cluster.Cluster(None)._answer(late)
    assert late.asked == 1


# ------------------------------------------------------------------ what cannot be


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def test_a_scheduler_that_does_not_answer_is_told_of_soon(monkeypatch):
    """One message with the address and how to start a scheduler, within seconds."""
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 1.0)
    began, address = time.monotonic(), f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(UnsupportedError, match="no scheduler answers") as caught:
        text(on=address)
    assert caught.value.found == address
    assert "dask scheduler" in caught.value.mend
    assert time.monotonic() - began < 10.0


@pytest.mark.parametrize("address", ["tcp://", "tcp://nowhere.invalid:1", "tcp://127.0.0.1:999999"])
def test_an_address_that_is_none_is_refused(address, monkeypatch):
    """With the same message, not with a traceback."""
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 1.0)
    with pytest.raises(UnsupportedError, match="no scheduler answers"):
        text(on=address)


@pytest.mark.parametrize("on", ["local", "tcp://127.0.0.1:8786"])
def test_without_dask_the_way_to_it_is_told(on, monkeypatch):
    """The extra is named that brings it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UnsupportedError, match=r"pip install comity\[cluster\]"):
        text(on=on)


@pytest.mark.trust
def test_a_scheduler_without_workers_is_told_of(tmp_path, monkeypatch, machines):
    """It would wait for ever otherwise."""
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 1.0)
    for worker in machines.workers:
        worker.kill()
        worker.wait()
    with (
        pytest.raises(UnsupportedError, match="the scheduler has no workers") as caught,
        opened(machines.address),
    ):
        pass
    assert f"dask worker {machines.address}" in caught.value.mend
