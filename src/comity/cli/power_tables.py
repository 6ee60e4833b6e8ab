"""The answer of ``comity power`` for people."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.tables import put_table

if TYPE_CHECKING:
    from comity.cli.power import Answer, Measured
    from comity.rules.power import Power

_INDICES = {
    "shapley_shubik": "Shapley–Shubik",
    "banzhaf": "Banzhaf",
    "banzhaf_absolute": "swings the vote",
    "coleman_prevent": "can prevent",
    "coleman_initiate": "can initiate",
}
"""Indices, and the heads of their columns."""

_MEANING = (
    "Shapley–Shubik and Banzhaf are shares of all power. A member swings the vote as often as its "
    "answer decides, the others answering at random; it can prevent so much of what would be "
    "adopted, and initiate so much of what would fail."
)

_LONGEST = 24
"""Characters of a fraction that is shown."""


def show(answer: Answer) -> None:
    """Print rule, equality in one line or the table, the body's own power, and what changes."""
    from comity.rules import procedure_sentence
    from comity.rules.power.reading import PROCEDURE

    asked, now = answer.asked, answer.now
    if asked.charter.name:
        streams.put_prose(asked.charter.name)
    sentence = procedure_sentence(now.procedure, asked.charter)
    named = {None: " (your own)", PROCEDURE: ""}.get(asked.procedure_id, f" ({asked.procedure_id})")
    streams.put_prose(f"Rule{named}: {sentence}")
    streams.put()
    _show_indices(now, answer)
    for line in _body(answer):
        streams.put_prose(line)
    if answer.then is not None:
        _show_change(answer, answer.then)
    for note in answer.notes:
        streams.put_prose(f"Mind: {note}")


def _show_indices(now: Measured, answer: Answer) -> None:
    if _equal(now.power):
        streams.put_prose(_equality(now))
        return
    columns = _weights(now) | dict(_indices(now.power))
    if answer.exact and (fractions := now.power.shapley_shubik_fractions) is not None:
        columns["Shapley–Shubik in full"] = [_fraction(one) for one in fractions]
    for name, held in answer.sharing.items():
        columns[name.replace("_", "–").title()] = [percent(value) for value in held.values]
    head = ["member", *columns]
    put_table(head, zip(now.table.members, *columns.values(), strict=True), numbers=head[1:])
    streams.put()
    streams.put_prose(_MEANING)


def _indices(power: Power) -> Iterator[tuple[str, list[str]]]:
    for name, head in _INDICES.items():
        yield head, [percent(value) for value in getattr(power, name)]


def _fraction(value: Fraction) -> str:
    """A fraction that fits into a table; the JSON has them all."""
    return str(value) if len(str(value)) <= _LONGEST else "see --json"


def _equal(power: Power) -> bool:
    """Whether all are equal by every index, to the error of the values."""
    if power.swings is None or len(set(power.swings)) > 1:
        return False
    spreads = [max(values) - min(values) for values in (getattr(power, one) for one in _INDICES)]
    return bool(max(spreads) <= 2 * power.error + 1e-15)


def _equality(measured: Measured) -> str:
    """All are equal, in one line."""
    found, many = measured.power, len(measured.table.members)
    if many == 1:
        return f"The only member, {measured.table.members[0]}, decides alone."
    return (
        f"All {many} members are equal under this rule: each has 1/{many} of the power "
        f"(Shapley–Shubik and Banzhaf). Each swings the vote in "
        f"{percent(found.banzhaf_absolute[0])} of cases, the others answering at random; each "
        f"can prevent {percent(found.coleman_prevent[0])} of what would be adopted and initiate "
        f"{percent(found.coleman_initiate[0])} of what would fail."
    )


def _weights(measured: Measured) -> dict[str, list[str]]:
    """Measures that the rule counts by, as columns."""
    from comity.dossier.rule import every_part
    from comity.rules.sentence import amount_words

    columns: dict[str, list[str]] = {}
    for part in every_part(measured.procedure.rule):
        measure = getattr(part, "weights", None)
        if measure is not None:
            name = measure if isinstance(measure, str) else "weight"
            held = measured.table.weights(measure)
            shown = [amount_words(weight) for weight in held]
            if columns.get(name, shown) == shown:
                columns[name] = shown
    return columns


def _body(answer: Answer) -> Iterator[str]:
    """How often the body acts, and how sure the numbers are."""
    found = answer.now.power
    kinds = "each of three answers" if answer.three else "yes and no"
    yield (
        f"Were {kinds} equally likely for every member, the body would adopt in "
        f"{percent(found.coleman_act)} of cases (Coleman's power to act)."
    )
    if answer.now.chance is not None:
        shown = percent(answer.now.chance.value)
        yield f"With the chances given it would adopt in {shown} of cases."
    if not _equal(found):
        yield _sureness(found)


def _sureness(power: Power) -> str:
    if not power.proven:
        return f"These numbers are estimates, with an error of about {power.error:.0e}."
    counted = "All numbers are counted exactly"
    if power.exact:
        return f"{counted} ({power.method})."
    return (
        f"{counted} ({power.method}), but the Shapley–Shubik values, whose error is below "
        f"{power.error:.0e} ({power.shapley_shubik_method})."
    )


def _show_change(answer: Answer, then: Measured) -> None:
    from comity.rules import procedure_sentence

    now = answer.now
    streams.put()
    head = then.what[:1].upper() + then.what[1:]
    if then.procedure != now.procedure:
        streams.put_prose(f"{head}: {procedure_sentence(then.procedure, answer.asked.charter)}")
    else:
        streams.put_prose(f"{head}, the rule as it is:")
    streams.put()
    members = dict.fromkeys([*now.table.members, *then.table.members])
    put_table(
        ["member", "Shapley–Shubik now", "then", "Banzhaf now", "then "],
        [[member, *_before_and_after(now, then, member)] for member in members],
        numbers=["Shapley–Shubik now", "then", "Banzhaf now", "then "],
    )
    streams.put()
    if _equal(then.power):
        streams.put_prose(_equality(then))
    before, after = now.power.coleman_act, then.power.coleman_act
    streams.put_prose(f"Coleman's power to act: {percent(before)} now, then {percent(after)}.")
    if now.chance is not None and then.chance is not None:
        streams.put_prose(
            f"With the chances given it would adopt in {percent(now.chance.value)} of cases now, "
            f"then in {percent(then.chance.value)}."
        )


def _before_and_after(now: Measured, then: Measured, member: str) -> Iterator[str]:
    for index in ("shapley_shubik", "banzhaf"):
        for measured in (now, then):
            seats = measured.table.members
            values = getattr(measured.power, index)
            yield percent(values[seats.index(member)]) if member in seats else "–"


def percent(share: float) -> str:
    """A share in per cent with three digits that count."""
    shown = share * 100
    if shown in (0.0, 100.0):
        return f"{shown:.0f} %"
    if round(shown, 1) == 100.0:
        return "> 99.9 %"
    if shown < 0.00095:
        return f"{shown:.1e} %"
    return f"{shown:.{1 if shown >= 10 else 2 if shown >= 1 else 3 if shown >= 0.1 else 4}f} %"
