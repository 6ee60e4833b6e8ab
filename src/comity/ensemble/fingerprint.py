"""Whether two runs ask the same: digests of a dossier and of a function.

Of a function counts all that its answer can hang on: its code, the values it holds on to, the
globals it reads, and so on through the functions and classes of the user's own modules. Code of
libraries is told by their versions. What cannot be described is refused (conventions §66).
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property, partial
from inspect import unwrap
from pathlib import Path, PurePath
from types import (
    BuiltinFunctionType,
    CodeType,
    EllipsisType,
    FunctionType,
    GenericAlias,
    MappingProxyType,
    MethodType,
    ModuleType,
    NotImplementedType,
    UnionType,
)
from typing import Any

import numpy as np
from frozendict import frozendict
from pydantic import BaseModel

from comity.ensemble.origins import covered_by
from comity.ensemble.reads import attributes_read, globals_read, modules_imported
from comity.errors import UnsupportedError

_PLAIN = (
    *(str, bytes, bool, int, float, complex, Fraction, Decimal, range, slice, date, time),
    *(timedelta, EllipsisType, NotImplementedType, np.dtype, GenericAlias, UnionType),
)
_SEQUENCES = (tuple, list)
_MAPPINGS = (dict, frozendict, MappingProxyType)
_SETS = (set, frozenset)

_BOOKKEEPING = re.compile(
    r"__(dict|weakref|doc|module|qualname|annotations|annotate_?\w*|static_attributes"
    r"|firstlineno|dataclass_params|dataclass_fields|match_args|slots|slotnames|parameters"
    r"|orig_bases|abstractmethods|pydantic_\w+|signature|class_vars|private_attributes|hash)__"
    r"|_abc_impl|model_(fields|computed_fields)"
    r"|_(member_names|member_map|value2member_map|unhashable_values)_"
)
"""Attributes of a class that follow from the others, or say nothing of what it does."""


def digest(text: str) -> str:
    """A short digest of a text."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def of_function(function: Any) -> str:
    """A line that is the same for the same function, and differs if what it hangs on differs.

    Raises UnsupportedError if that cannot be told.
    """
    return f"{_name(function)} {digest(_Description().of(function))}"


def of_model(model: BaseModel) -> str:
    """A digest of all that a dossier holds, in its order."""
    return digest(model.model_dump_json())


def _name(function: Any) -> str:
    named = function.func if isinstance(function, partial) else function
    named = named if hasattr(named, "__qualname__") else type(named)
    return f"{named.__module__}.{named.__qualname__}"


class _Description:
    """Describes values one within the other. Functions, classes and modules once each."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._kept: list[Any] = []
        self._within: list[int] = []
        self._trail: list[str] = []

    def of(self, value: Any) -> str:
        if value is None or type(value) in _PLAIN:
            return repr(value)
        if isinstance(value, (FunctionType, type, ModuleType)):
            return self._once(value)
        if id(value) in self._within:
            return f"the one {len(self._within) - self._within.index(id(value))} above"
        self._within.append(id(value))
        try:
            return self._held(value)
        finally:
            self._within.pop()

    def _held(self, value: Any) -> str:
        kind = type(value)
        if isinstance(value, Enum):
            return f"{self.of(kind)}.{value.name}"
        if isinstance(value, BaseModel):
            hidden = getattr(value, "__pydantic_private__", None)
            told = "" if covered_by(kind.__module__) is not None else self.of(hidden)
            return f"{self.of(kind)} {of_model(value)} {told}"
        if kind is np.ndarray:
            return self._array(value)
        if isinstance(value, _MAPPINGS):
            held = ", ".join(f"{self.of(k)}: {self.of(v)}" for k, v in value.items())
            return f"{self._unless(kind, _MAPPINGS)}{{{held}}}"
        if isinstance(value, _SEQUENCES):
            return f"{self._unless(kind, _SEQUENCES)}[{self._listed(value)}]"
        if isinstance(value, _SETS):
            return f"{self._unless(kind, _SETS)}{{{self._listed(sorted(value, key=_place))}}}"
        if isinstance(value, (*_PLAIN, np.generic)):  # of a kind made from a plain one
            return f"{self.of(kind)} {value!r}"
        return self._callable(value)

    def _callable(self, value: Any) -> str:
        if isinstance(value, partial):
            return f"partial {self.of([value.func, value.args, dict(value.keywords)])}"
        if isinstance(value, MethodType):
            return f"{self.of(value.__func__)} of {self.of(value.__self__)}"
        if isinstance(value, (staticmethod, classmethod)):
            return f"{type(value).__name__} {self.of(value.__func__)}"
        if isinstance(value, property):
            return f"property {self.of([value.fget, value.fset, value.fdel])}"
        if isinstance(value, cached_property):
            return f"property {self.of(value.func)}"
        if isinstance(value, CodeType):
            return self._code(value)
        public = _public_name(value)
        if public is not None:
            return public
        if isinstance(value, BuiltinFunctionType) and value.__self__ is not None:
            return f"{value.__qualname__} of {self.of(value.__self__)}"
        if (inner := _inner(value)) is not None:
            return f"{type(value).__qualname__} {self.of(inner)}"
        return self._other(value)

    def _other(self, value: Any) -> str:
        kind = type(value)
        if is_dataclass(value):
            return f"{self.of(kind)} {self.of(_state(value))}"
        if isinstance(value, (PurePath, re.Pattern)) or kind.__module__ == "typing":
            return f"{kind.__qualname__} {value!r}"
        if isinstance(value, logging.Logger):
            return f"logger {value.name}"
        if kind.__module__ == "builtins" and hasattr(value, "__objclass__"):  # a slot, a method
            return f"{value.__objclass__.__qualname__}.{value.__name__}"
        raise self._refusal(f"a {kind.__qualname__}")

    # -------------------------------------------------- functions, classes, modules

    def _once(self, value: Any) -> str:
        if id(value) in self._known:
            return f"number {self._known[id(value)]}"
        self._known[id(value)] = len(self._known)
        self._kept.append(value)  # or another might come to have its id
        if isinstance(value, ModuleType):
            return self._module(value)
        return self._class(value) if isinstance(value, type) else self._function(value)

    def _function(self, function: FunctionType) -> str:
        home = function.__globals__.get("__name__") or "__main__"
        covered = covered_by(home)
        if covered is not None and (public := _public_name(function)) is not None:
            return f"{public} {covered}"
        cells = dict(zip(function.__code__.co_freevars, _cells(function), strict=True))
        held = [function.__defaults__, function.__kwdefaults__, vars(function)]
        told = f"{_name(function)} {self._code(function.__code__)} {self.of(held)}"
        with self._inside(f"{home}.{function.__qualname__}"):
            told += self._each(cells)
            return f"{told} {covered}" if covered is not None else told + self._reads(function)

    def _reads(self, function: FunctionType) -> str:
        """The globals a user's function reads, and what it asks of the user's modules."""
        try:
            modules = modules_imported(function)
        except ImportError as failure:
            raise self._refusal(f"it imports what cannot be imported here: {failure}") from None
        found = globals_read(function) | modules
        told, asked = self._each(found), attributes_read(function)
        for name, value in found.items():
            if isinstance(value, ModuleType):
                told += self._asked(name, value, asked)
        return told

    def _asked(self, name: str, module: ModuleType, asked: frozenset[str]) -> str:
        """Of a module of the user's, the values that are asked of it; through modules, too."""
        if covered_by(module.__name__) is not None:
            return ""
        values = {each: vars(module)[each] for each in sorted(asked & vars(module).keys())}
        told = self._each({f"{name}.{each}": value for each, value in values.items()})
        for each, value in values.items():
            if isinstance(value, ModuleType) and value.__name__.startswith(f"{module.__name__}."):
                told += self._asked(f"{name}.{each}", value, asked)
        return told

    def _module(self, module: ModuleType) -> str:
        covered = covered_by(module.__name__)
        if covered is not None:
            return f"module {module.__name__} {covered}"
        file = getattr(module, "__file__", None)
        source = Path(file).read_bytes().hex() if file and Path(file).is_file() else ""
        return f"module {module.__name__} {digest(source)}"

    def _class(self, kind: type) -> str:
        covered = covered_by(kind.__module__)
        named = f"{kind.__module__}.{kind.__qualname__}"
        if covered is not None:
            return f"{named} {covered}"
        own = {n: v for n, v in sorted(vars(kind).items()) if not _incidental(n, v)}
        if is_dataclass(kind):
            own |= {f"{f.name}=": _defaults(f) for f in fields(kind)}
        with self._inside(named):
            return f"{named} {self.of([type(kind), *kind.__mro__[1:]])} {self._each(own)}"

    # -------------------------------------------------- parts

    def _each(self, values: Mapping[str, Any]) -> str:
        told = ""
        for name, value in values.items():
            self._trail.append(name)
            told += f"; {name}: {self.of(value)}"
            self._trail.pop()
        return told

    def _listed(self, values: Iterable[Any]) -> str:
        return ", ".join(map(self.of, values))

    def _unless(self, kind: type, usual: tuple[type, ...]) -> str:
        return "" if kind in usual else f"{self.of(kind)} "

    def _array(self, array: np.ndarray[Any, Any]) -> str:
        if array.dtype.hasobject:
            return f"array {array.dtype} {array.shape} {self.of(array.tolist())}"
        held = hashlib.blake2b(np.ascontiguousarray(array).tobytes(), digest_size=12).hexdigest()
        return f"array {array.dtype} {array.shape} {held}"

    def _code(self, code: CodeType) -> str:
        return digest(repr((code.co_code, code.co_names)) + self._listed(code.co_consts))

    @contextmanager
    def _inside(self, where: str) -> Iterator[None]:
        self._trail.append(where)
        yield
        self._trail.pop()

    def _refusal(self, found: str) -> UnsupportedError:
        return UnsupportedError(
            "it cannot be told whether this function is the one of the checkpoint",
            found=" → ".join([*self._trail, found]),
            mend="have the function read only numbers, texts, arrays, and functions and classes "
            "of modules: pass values as functools.partial arguments or in a frozen dataclass "
            "that can be called; or leave the checkpoint out",
        )


def _defaults(field: Field[Any]) -> list[Any]:
    return [... if held is MISSING else held for held in (field.default, field.default_factory)]


def _place(value: Any) -> tuple[str, str]:
    """Where a member of a set is told, whatever the order of the set."""
    return type(value).__qualname__, _name(value) if callable(value) else repr(value)


def _cells(function: FunctionType) -> list[Any]:
    held = []
    for cell in function.__closure__ or ():
        try:
            held.append(cell.cell_contents)
        except ValueError:  # not filled yet
            held.append(None)
    return held


def _state(value: Any) -> dict[str, Any]:
    """What an instance of a dataclass holds; of Comity's own not what it only remembers."""
    ours = covered_by(type(value).__module__) is not None
    names = [f.name for f in fields(value) if f.compare or not ours]
    more = [] if ours else sorted(getattr(value, "__dict__", {}).keys() - set(names))
    worked_out = [
        name for name in more if isinstance(getattr(type(value), name, None), cached_property)
    ]
    return {n: getattr(value, n) for n in (*names, *more) if n not in worked_out}


def _public_name(value: Any) -> str | None:
    """The name under which a library gives this very value, if it does."""
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if not isinstance(name, str):
        return None
    for home in (getattr(value, "__module__", None), "numpy", "scipy.special"):
        found: Any = sys.modules.get(home) if isinstance(home, str) else None
        if found is None or (covered := covered_by(home)) is None:
            continue
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is value:
            return f"{home}.{name} {covered}".strip()
    return None


def _inner(value: Any) -> Any:
    """The function that a cache, or a compiler, is wrapped around."""
    if type(value).__module__ == "functools" and hasattr(value, "__wrapped__"):
        return value.__wrapped__
    if type(value).__module__.partition(".")[0] == "numba":
        return getattr(value, "py_func", None)
    return None


def _incidental(name: str, value: Any) -> bool:
    """Whether an attribute of a class is bookkeeping, or made by ``dataclass`` from the fields."""
    if _BOOKKEEPING.fullmatch(name):
        return not isinstance(value, FunctionType) or _generated(value)
    return _generated(value)


def _generated(value: Any) -> bool:
    inner = unwrap(value) if isinstance(value, FunctionType) else None
    code = getattr(inner, "__code__", None)
    return code is not None and code.co_qualname.startswith("__create_fn__")
