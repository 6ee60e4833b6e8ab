"""Whether two runs ask the same: digests of a dossier and of a function.

Of a function its own code counts, with the values it holds on to; not the code of what it calls,
except Comity's own, which its version covers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import partial
from types import CodeType, EllipsisType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
from pydantic import BaseModel

from comity.errors import UnsupportedError

_PLAIN = (str, bytes, int, float, complex, Fraction, Enum, EllipsisType, slice, range)


def digest(text: str) -> str:
    """A short digest of a text."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def of_function(function: Any) -> str:
    """A line that is the same for the same function, and differs if what it holds differs.

    Raises UnsupportedError if that cannot be told.
    """
    return f"{_name(function)} {digest(_described(function))}"


def of_model(model: BaseModel) -> str:
    """A digest of all that a dossier holds, in its order."""
    return digest(model.model_dump_json())


def _name(function: Any) -> str:
    named = function.func if isinstance(function, partial) else function
    named = named if hasattr(named, "__qualname__") else type(named)
    return f"{named.__module__}.{named.__qualname__}"


def _described(value: Any) -> str:
    if value is None or isinstance(value, _PLAIN):
        return repr(value)
    if isinstance(value, BaseModel):
        return f"{type(value).__qualname__} {of_model(value)}"
    if isinstance(value, np.ndarray):
        return f"array {value.dtype} {value.shape} {digest(repr(value.tolist()))}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_described(k)}: {_described(v)}' for k, v in value.items())}}}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_described, value))}]"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(_described, value)))}}}"
    return _held(value)


def _held(value: Any) -> str:
    """Of a function, a method, a module, a class or an instance of a dataclass."""
    if isinstance(value, partial):
        return f"partial {_described([value.func, value.args, dict(value.keywords)])}"
    if isinstance(value, MethodType):
        return f"{_described(value.__func__)} of {_described(value.__self__)}"
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        held = _described([value.__defaults__, value.__kwdefaults__, cells])
        return f"{_name(value)} {_code(value.__code__)} {held}"
    if isinstance(value, ModuleType):
        return f"module {value.__name__}"
    if isinstance(value, type):
        own = [_code(f.__code__) for f in vars(value).values() if isinstance(f, FunctionType)]
        return f"{value.__module__}.{value.__qualname__} {' '.join(own)}"
    if is_dataclass(value):
        held = _described({f.name: getattr(value, f.name) for f in fields(value) if f.compare})
        return f"{_described(type(value))} {held}"
    raise UnsupportedError(
        "it cannot be told whether this function is the one of the checkpoint",
        found=f"it holds a {type(value).__qualname__}",
        mend="make it a function of a module, or a frozen dataclass that can be called, holding "
        "numbers, texts, arrays and the like",
    )


def _code(code: CodeType) -> str:
    constants = [_code(c) if isinstance(c, CodeType) else _described(c) for c in code.co_consts]
    return digest(repr((code.co_code, code.co_names, constants)))
