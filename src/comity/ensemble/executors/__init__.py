"""Who does the work on many parts: this thread, several, several processes, a cluster.

All of them give the same answers in the same order; only the time differs. ``opened`` turns what
a user asks for (``None``, ``threads``, ``processes``, ``local``, ``tcp://host:port``) into one.
"""

from comity.ensemble.executors.here import Serial, Threads, hands
from comity.ensemble.executors.opened import WAYS, opened
from comity.ensemble.executors.protocol import Executor

__all__ = ["WAYS", "Executor", "Serial", "Threads", "hands", "opened"]
