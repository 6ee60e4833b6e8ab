"""How the hot loops are compiled. Import the modules that use this only where they are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def compiled(loop: _Loop) -> _Loop:
    """Compiled by Numba on first use and cached; lets go of the interpreter while it runs."""
    fast: Any = njit(nogil=True, cache=True)(loop)
    return cast(_Loop, fast)
