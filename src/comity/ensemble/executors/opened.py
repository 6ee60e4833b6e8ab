"""From what a user asks for to who does the work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from comity.ensemble.executors.here import hands
from comity.ensemble.executors.protocol import Executor
from comity.errors import UnsupportedError

MOST_WORKERS = 2
"""Workers if nobody says: the rest of the machine is somebody else's."""

WAYS = ("threads", "processes", "local")
"""Words for where the work is done; beside them the address of a scheduler."""

SCHEMES = ("tcp", "tls", "ws", "wss", "ucx", "inproc")


@contextmanager
def opened(on: str | Executor | None = None, workers: int | None = None) -> Iterator[Executor]:
    """Whoever does the work, ready for it, and let go afterwards.

    ``on``: None for threads here, as many as ``workers`` (default: up to 2); ``threads``,
    ``processes`` (on this machine); ``local`` (a Dask cluster on this machine); or the address of
    a Dask scheduler, ``tcp://host:port``, whose workers are then as many as there are. An executor
    that is open already is used as it is, and stays open.

    Raises UnsupportedError if there is no such way, if Dask is not installed, or if the scheduler
    cannot be reached.
    """
    count = workers or min(MOST_WORKERS, os.cpu_count() or 1)
    if on is not None and not isinstance(on, str):
        yield on
    elif on is None or on == "threads":
        yield hands(count)
    elif on == "processes":
        from comity.ensemble.executors.processes import processes

        with processes(count) as pool:
            yield pool
    elif on == "local" or on.partition("://")[0] in SCHEMES:
        from comity.ensemble.executors.cluster import connected, local

        with local(count) if on == "local" else connected(on) as cluster:
            yield cluster
    else:
        raise UnsupportedError(
            "the work cannot be done there",
            found=on,
            mend=f"choose {', '.join(WAYS)}, or the address of a Dask scheduler such as "
            "tcp://host:8786",
        )
