"""Many machines, or this one as if it were many: workers of a Dask scheduler.

A worker that dies loses nothing: the scheduler gives its parts to another. Answers are taken in
the order of the parts, so who did what does not show.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from comity.ensemble.executors.packed import do, packed
from comity.ensemble.executors.processes import uninterrupted
from comity.ensemble.executors.protocol import AHEAD, in_order
from comity.ensemble.installation import differences, installation
from comity.errors import ComityError, UnsupportedError

if TYPE_CHECKING:
    from distributed import Client, Future

P = TypeVar("P")
R = TypeVar("R")

ANSWERS_WITHIN = 5.0
"""Seconds in which a scheduler must answer, and then have a worker."""

PATIENCE = 60.0
"""Seconds without any worker after which a run is given up."""

TRIES = 3
"""Times that an answer which is ready is asked for: its worker may be lost, and it is redone."""

LOOK = 1.0
"""Seconds between looks whether there still are workers."""

_GO_ON = "see to the cluster and run again; with a checkpoint it goes on from there"


@dataclass(frozen=True)
class Cluster:
    """The workers of a scheduler."""

    client: Client

    @property
    def workers(self) -> int:
        """Parts that can be worked on at once, as of now."""
        found: Mapping[str, int] = self.client.nthreads()
        return max(sum(found.values()), 1)

    def each(self, work: Callable[[P], R], parts: Iterable[P], take: Callable[[R], None]) -> None:

        # Kept by a task, not sent with every part; and a task can be done again elsewhere.
        kept: Future[bytes] = self.client.submit(bytes, packed(work), pure=False)
        given: set[Future[Any]] = set()

        def give(part: P) -> Future[R]:
            future = self.client.submit(_do, kept, part, dict(installation()), pure=False)
            given.add(future)
            return future

        def answer(future: Future[R]) -> R:
            found = self._answer(future)
            given.discard(future)
            return found

        try:
            in_order(give, parts, answer, take, AHEAD * self.workers)
        finally:
            if given and self.client.status == "running":
                with suppress(OSError):  # the scheduler may be gone, and nothing is left to stop
                    self.client.cancel(list(given), force=True)

    def _answer(self, future: Future[R]) -> R:
        """What became of a part; fetched again if its worker did not give it out in time."""
        for _ in range(TRIES):
            self._wait(future)
            try:
                return self._fetched(future)
            except TimeoutError:
                if future.status == "error":  # the work's own, and no matter of the cluster
                    raise
        raise ComityError(
            f"an answer that is ready did not arrive within {PATIENCE:.0f} seconds, "
            f"{TRIES} times over",
            mend=_GO_ON,
        )

    def _fetched(self, future: Future[R]) -> R:
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            found: R = future.result(timeout=PATIENCE)
        except (CancelledError, CommClosedError):
            raise ComityError("the connection to the scheduler was lost", mend=_GO_ON) from None
        except KilledWorker as killed:
            raise ComityError(
                "one part of the work was given up, for several workers died at it",
                found=str(killed).split(".")[0],
                mend="have the workers memory enough? Then " + _GO_ON,
            ) from None
        except ModuleNotFoundError as missing:
            raise UnsupportedError(
                "a worker lacks something that this machine has",
                found=str(missing),
                mend="install the same Comity there: pip install comity[cluster]; a function of "
                "your own must be importable by the workers too",
            ) from None
        return found

    def _wait(self, future: Future[R]) -> None:
        """Until it is done, as long as there are workers who could do it."""
        deserted: float | None = None
        while not future.done():
            try:
                future.exception(timeout=LOOK)
            except TimeoutError:
                now = time.monotonic()
                deserted = None if self._manned() else deserted or now
                if deserted is not None and now - deserted > PATIENCE:
                    raise ComityError(
                        f"for {PATIENCE:.0f} seconds the scheduler has had no worker", mend=_GO_ON
                    ) from None
            except CancelledError:
                return

    def _manned(self) -> bool:
        try:
            return bool(self.client.nthreads())
        except (OSError, CancelledError):
            return False


def _do(work: bytes, part: Any, asked_by: Mapping[str, str]) -> Any:
    """Do packed work on one part, on a worker that must be the same as who asks."""
    differing = differences(asked_by, installation())
    if differing:
        raise UnsupportedError(
            "a worker is not like this machine, so its numbers might differ",
            found="; ".join(differing),
            mend="install the same versions there, or stop that worker",
        )
    return do(work, part)


@contextmanager
def local(workers: int) -> Iterator[Cluster]:
    """A cluster on this machine alone, of so many processes."""
    _installed()
    from distributed import Client, LocalCluster

    _quiet()
    with uninterrupted():
        started = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    with started as cluster, Client(cluster, set_as_default=False) as client:
        yield Cluster(client)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address."""
    _installed()
    from distributed import Client

    _quiet()
    try:
        _knock(address)
        client = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError) as failure:
        raise UnsupportedError(
            "no scheduler answers at this address",
            found=address,
            mend="start one with `dask scheduler`, which tells its address "
            f"(what was tried: {' '.join(str(failure).split())})",
        ) from None
    with client:
        _expect_workers(client, address)
        yield Cluster(client)


def _knock(address: str) -> None:
    """Raise OSError or ValueError if nobody listens at the address.

    Before a client is made: one whose making failed can hang when it is thrown away.
    """
    at = urlsplit(address)
    if at.scheme not in ("tcp", "tls", "ws", "wss"):
        return
    if not at.hostname or not at.port:
        raise ValueError("the address names no host and port")
    socket.create_connection((at.hostname, at.port), timeout=ANSWERS_WITHIN).close()


def _expect_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError:
        raise UnsupportedError(
            "the scheduler has no workers",
            found=address,
            mend=f"start some: dask worker {address}",
        ) from None


def _installed() -> None:
    try:
        import distributed  # noqa: F401
    except ModuleNotFoundError:
        raise UnsupportedError(
            "work on a cluster needs Dask distributed, which is not installed",
            mend="pip install comity[cluster]",
        ) from None


def _quiet() -> None:
    """What Dask tells of its own doings is not for whoever waits for an answer."""
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
