"""What the code of a function reads from outside itself: globals, modules, attributes of them."""

from __future__ import annotations

import builtins
import dis
from collections.abc import Iterator
from importlib import import_module
from importlib.util import resolve_name
from types import CodeType, FunctionType, ModuleType
from typing import Any

_GLOBAL = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
_ATTRIBUTE = ("LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR", "IMPORT_FROM")

_NOTHING = object()


def globals_read(function: FunctionType) -> dict[str, Any]:
    """Globals by name, but for what Python itself provides; a missing one is left out."""
    held = function.__globals__
    names = {step.argval for step in _steps(function.__code__) if step.opname in _GLOBAL}
    return {
        name: held[name]
        for name in sorted(names & held.keys())
        if getattr(builtins, name, _NOTHING) is not held[name]
    }


def modules_imported(function: FunctionType) -> dict[str, ModuleType]:
    """Modules that a function imports within itself. Raises ImportError if one cannot be."""
    package = function.__globals__.get("__package__") or ""
    steps, names = list(_steps(function.__code__)), set[str]()
    for at, step in enumerate(steps):
        if step.opname == "IMPORT_NAME":
            level, wanted = steps[at - 2].argval or 0, steps[at - 1].argval or ()
            base = resolve_name("." * level + step.argval, package) if level else step.argval
            module = import_module(base)
            within = {f"{base}.{name}" for name in wanted if not hasattr(module, name)}
            names |= {base, *within}
    return {name: import_module(name) for name in sorted(names)}


def attributes_read(function: FunctionType) -> frozenset[str]:
    """Names that a function asks of anything; asked of modules they are values of theirs.

    Texts in the code count too, for ``getattr``.
    """
    asked = {s.argval for s in _steps(function.__code__) if s.opname in _ATTRIBUTE}
    texts = {c for code in codes(function.__code__) for c in code.co_consts if isinstance(c, str)}
    return frozenset(asked | texts)


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code and those within it: functions in functions, comprehensions, classes."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def _steps(code: CodeType) -> Iterator[dis.Instruction]:
    for each in codes(code):
        yield from (step for step in dis.get_instructions(each) if step.opname != "EXTENDED_ARG")
