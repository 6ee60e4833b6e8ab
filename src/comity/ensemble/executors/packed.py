"""Work as bytes, so that another process or machine can do it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from comity.errors import UnsupportedError

KEPT = 4
"""Works a worker keeps unpacked: the stages of one run follow each other."""


def packed(work: Callable[..., Any]) -> bytes:
    """The work as bytes. Raises UnsupportedError if it cannot leave this process."""
    try:
        return pickle.dumps(work, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError) as failure:
        raise UnsupportedError(
            "this function cannot be sent to another process",
            found=str(failure),
            mend="define it at the top level of a module (no lambda, no function in a function), "
            'or run it here: on=None or on="threads"',
        ) from None


@lru_cache(KEPT)
def unpacked(work: bytes) -> Callable[..., Any]:
    """The work again; kept, since every part of a stage comes with the same."""
    done: Callable[..., Any] = pickle.loads(work)
    return done


def do(work: bytes, part: Any) -> Any:
    """Do packed work on one part."""
    return unpacked(work)(part)
