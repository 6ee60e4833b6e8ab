"""Options in plain words: numbers as people write them, and refusals that say what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import typer

_NUMBER = "NUMBER"
_POWER = re.compile(r"\d{1,12}(\.\d{1,12})?[eE]\+?\d{1,2}")
"""A number such as ``1e6``, no larger than can be written out at once."""

_MESSAGES = (
    ("Input should be a valid integer", "is no whole number; write 10000, 10_000 or 1e4"),
    ("Input should be a valid number", "is no number"),
    ("Input should be greater than or equal to ", "is too small; the least is "),
    ("Input should be less than or equal to ", "is too large; the most is "),
)
"""How the refusals of the library begin, and what is said instead of that of a value."""


def shown_plainly(parameters: Sequence[Any]) -> None:
    """Let the help name no type of the program: ``NUMBER`` for numbers, nothing for arguments."""
    for each in parameters:
        if each.param_type_name == "argument":
            each.display_type_rich = _nothing
        elif each.metavar is None and _is_a_number(each):
            each.metavar = _NUMBER


def _nothing(ctx: object = None) -> None:
    """No type is shown."""


def _is_a_number(parameter: Any) -> bool:
    """Whether an option takes a number, and not only counts how often it is given."""
    return parameter.type_descriptor.annotation in (int, float) and not parameter.count


def numbers_written_out(parameters: Sequence[Any], args: Sequence[str]) -> list[str]:
    """The arguments with ``1e6`` after a whole-number option written as ``1000000``."""
    names = {name for each in parameters for name in each.opts if _whole(each)}
    written, after = list[str](), False
    for word in args:
        name, equals, value = word.partition("=")
        if after:
            written.append(_written_out(word))
        elif equals and name in names:
            written.append(f"{name}={_written_out(value)}")
        else:
            written.append(word)
        after = not after and word in names
    return written


def _whole(parameter: Any) -> bool:
    return parameter.param_type_name == "option" and (
        parameter.type_descriptor.annotation is int and not parameter.count
    )


def _written_out(word: str) -> str:
    if _POWER.fullmatch(word) and (value := Decimal(word)) == value.to_integral_value():
        return str(int(value))
    return word


@contextmanager
def refusals(context: Any, args: Sequence[str]) -> Iterator[None]:
    """Let a refusal name the verb whose help is meant, and the value in plain words."""
    try:
        yield
    except typer.TyperException as error:
        if getattr(error, "ctx", None) is None:
            error.ctx = context  # type: ignore[attr-defined]
        parameter = getattr(error, "param", None)
        if parameter is not None:
            error.message = _plainly(error.message, _given(parameter, args))
        raise


def _plainly(message: str, given: str | None) -> str:
    for begins, instead in _MESSAGES:
        if message.startswith(begins):
            rest = message.removeprefix(begins) if begins.endswith(" ") else ""
            return f"{'it' if given is None else repr(given)} {instead}{rest}"
    return message


def _given(parameter: Any, args: Sequence[str]) -> str | None:
    """What was given for an option, the last time it was."""
    found = None
    for word, following in zip(args, [*args, None][1:], strict=True):
        name, equals, value = word.partition("=")
        if name in parameter.opts:
            found = value if equals else following
    return found
