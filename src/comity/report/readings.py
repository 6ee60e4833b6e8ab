"""Judgements in words: positions side by side with their rival readings, and quantities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.dossier import Basis, Choice, Dossier, Position, Quantity, participants
from comity.dossier.quantity import Exactly, Normal, Triangular, Uniform
from comity.report.words import actor_name, capital, listed, quoted, title_of


@dataclass(frozen=True)
class Reading:
    """A position as one reading has it, in words; ``same`` if it is that of the dossier."""

    says: tuple[tuple[str, str, bool], ...] = ()
    basis: Basis | None = None
    cites: tuple[int, ...] = ()
    note: str = ""
    same: bool = False


@dataclass(frozen=True)
class PositionRow:
    """A member's position in every reading; of talks, the parties' judgements on an issue."""

    member: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class PositionTable:
    """The positions on one item; ``columns`` names the readings, ``head`` what stands in rows."""

    title: str
    anchor: str
    columns: tuple[str, ...]
    rows: tuple[PositionRow, ...]
    presumptions: tuple[str, ...]
    head: str = "Member"


def titled(title: str, name: str) -> str:
    """A title, or one made of the id."""
    return capital(title.strip()) or title_of(name)


_NOBODY: Mapping[str, Position] = {}


def positions(dossier: Dossier, item: str, numbers: dict[str, int]) -> PositionTable:
    reading = {
        name: coding
        for name, coding in dossier.codings.items()
        if coding.positions.get(item) or item in coding.presumptions
    }
    rows = []
    for who in participants(dossier, item):
        base = _reading(dossier, item, dossier.position(item, who), numbers)
        rivals = (coding.positions.get(item, _NOBODY).get(who) for coding in reading.values())
        others = (
            Reading(same=True) if rival is None else _reading(dossier, item, rival, numbers)
            for rival in rivals
        )
        rows.append(PositionRow(actor_name(dossier, who), (base, *others)))
    settled = dossier.agenda[item].competence
    presumptions: tuple[str, ...] = ()
    if settled is not None:
        rival = (coding.presumptions.get(item) for coding in reading.values())
        presumptions = (settled.presumption, *(found or settled.presumption for found in rival))
    place = list(dossier.agenda).index(item) + 1
    return PositionTable(
        title_of(item),
        f"positions-{place}",
        ("As the dossier has it", *(titled(coding.title, n) for n, coding in reading.items())),
        tuple(rows),
        presumptions,
    )


def _reading(dossier: Dossier, item: str, position: Position, numbers: dict[str, int]) -> Reading:
    return Reading(
        says=tuple(_said(dossier, item, position)),
        basis=position.basis,
        cites=tuple(numbers[name] for name in position.from_ if name in numbers),
        note=position.note.strip(),
    )


def _said(dossier: Dossier, item: str, position: Position) -> Iterable[tuple[str, str, bool]]:
    """Each judgement of a position: what it is about, what it says, and whether it is assumed."""

    def entry(field: str, label: str, says: str) -> tuple[str, str, bool]:
        return label, says, field in position.assumed and position.basis is not Basis.ASSUMED

    unknown = "unknown, anything"
    if position.values is not None:
        worth = ", ".join(f"{quoted(o)} {quantity(v)}" for o, v in position.values.items())
        yield entry("values", "Worth of options", worth or "all 0")
    else:
        wants = unknown if position.ideal is None else quantity(position.ideal)
        yield entry("ideal", "Wants", wants)
    if position.accepts is not None:
        yield entry("accepts", "Accepts", _accepts(dossier, item, position))
    if position.floor is not None:
        yield entry("floor", "Nothing weaker than", quantity(position.floor))
    matters = unknown if position.salience is None else quantity(position.salience)
    yield entry("salience", "Matters to it", matters)
    if position.omega is not None:
        yield entry("omega", "Agreement as such is worth", quantity(position.omega))
    if position.capability is not None:
        yield entry("capability", "Capability here", quantity(position.capability))
    if position.presence != "present":
        yield entry("presence", "Presence", position.presence.replace("_", " "))


def _accepts(dossier: Dossier, item: str, position: Position) -> str:
    ends = position.accepts or ()
    if not dossier.agenda[item].is_scale:
        return listed(quoted(str(option)) for option in ends) or "no option"
    return " up to ".join(quantity(end) for end in ends if isinstance(end, Quantity))


def quantity(value: Quantity | Choice) -> str:
    """An uncertain quantity, or an uncertain choice among options, in words."""
    if isinstance(value, Choice):
        return _choice(value)
    if isinstance(value, Exactly):
        return _figure(value.value)
    if isinstance(value, Uniform):
        return f"{_figure(value.low)} to {_figure(value.high)}"
    if isinstance(value, Triangular):
        ends = f"{_figure(value.low)} to {_figure(value.high)}"
        return f"{ends}, most likely {_figure(value.mode)}"
    assert isinstance(value, Normal)
    return f"about {_figure(value.mean)} (standard deviation {_figure(value.sd)})"


def _choice(value: Choice) -> str:
    weights = {option: weight for option, weight in value.weights.items() if weight > 0.0}
    if len(weights) == 1:
        return quoted(next(iter(weights)))
    return listed((f"{quoted(o)} (weight {_figure(w)})" for o, w in weights.items()), "or")


def _figure(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
