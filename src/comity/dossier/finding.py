"""A check asks a dossier one question; a finding is one place where the answer is worth a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from frozendict import frozendict

from comity.dossier.model import Dossier
from comity.dossier.position import Position
from comity.dossier.quantity import Domain, Normal, Quantity

Doubt = tuple[str, str]
"""Field path, and what is doubtful there and how to mend it, in full sentences."""

Reading = frozendict[str, frozendict[str, Position]]


@dataclass(frozen=True)
class Finding:
    """What a named check found, where, and how to mend it."""

    check: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.check}]"


@dataclass(frozen=True)
class Check:
    """One question put to a dossier; ``--strict NAME`` makes its findings a failure."""

    name: str
    question: str
    doubts: Callable[[Dossier], Iterator[Doubt]]

    def __call__(self, dossier: Dossier) -> tuple[Finding, ...]:
        return tuple(Finding(self.name, where, says) for where, says in self.doubts(dossier))


def named(doubts: Callable[[Dossier], Iterator[Doubt]]) -> Check:
    """A check that bears its function's name and asks its docstring's question."""
    question = (doubts.__doc__ or "").partition("\n")[0]
    return Check(doubts.__name__, question, doubts)


def readings(dossier: Dossier) -> Iterator[tuple[str, Reading]]:
    """The positions of the dossier itself and of each of its codings, with their path."""
    yield "positions", dossier.positions
    for name, coding in dossier.codings.items():
        yield f"codings.{name}.positions", coding.positions


def held(dossier: Dossier) -> Iterator[tuple[str, str, str, Position]]:
    """Every position of every reading: its path, item, actor and what it says."""
    for prefix, reading in readings(dossier):
        for item, positions in reading.items():
            for actor, position in positions.items():
                yield f"{prefix}.{item}.{actor}", item, actor, position


def reach(quantity: Quantity, domain: Domain) -> tuple[float, float]:
    """Lowest and highest value; of a normal, what 98 % of its draws lie between."""
    if isinstance(quantity, Normal):
        import numpy as np

        low, high = quantity.ppf(np.array([0.01, 0.99]), domain)
        return float(low), float(high)
    return quantity.bounds


def joined(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """'a', 'b' and 'c'."""
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
