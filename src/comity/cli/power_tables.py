"""The answer of ``comity power`` for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.tables import put_table

if TYPE_CHECKING:
    from comity.cli.power import Answer, Measured
    from comity.rules.power import Power

_INDICES = ("Shapley–Shubik", "Banzhaf", "swings the vote", "can prevent", "can initiate")


def show(answer: Answer) -> None:
    """Print rule, equality in one line or the table, the body's own power, and what changes."""
    from comity.rules import procedure_sentence

    asked, now = answer.asked, answer.now
    if asked.charter.name:
        streams.put_prose(asked.charter.name)
    sentence = procedure_sentence(now.procedure, asked.charter)
    streams.put_prose(f"Rule ({asked.procedure_id or 'your own'}): {sentence}")
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
    weighed = _weights(now)
    sharing = {name.replace("_", "–").title(): held for name, held in answer.sharing.items()}
    head = ["member", *weighed, *_INDICES, *sharing]
    rows = [
        [
            member,
            *(column[place] for column in weighed.values()),
            *_numbers(now.power, place),
            *(percent(held.values[place]) for held in sharing.values()),
        ]
        for place, member in enumerate(now.table.members)
    ]
    put_table(head, rows, numbers=head[1:])
    streams.put()


def _equal(power: Power) -> bool:
    swings = power.swings
    return swings is not None and len(set(swings)) == 1


def _equality(measured: Measured) -> str:
    """All are equal, in one line."""
    found, many = measured.power, len(measured.table.members)
    return (
        f"All {many} members are equal under this rule: each has 1/{many} of the power "
        f"(Shapley–Shubik and Banzhaf). Each swings {percent(found.banzhaf_absolute[0])} of the "
        f"others' answers, can prevent {percent(found.coleman_prevent[0])} of what would be "
        f"adopted and initiate {percent(found.coleman_initiate[0])} of what would fail."
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


def _numbers(power: Power, place: int) -> list[str]:
    return [
        percent(values[place])
        for values in (
            power.shapley_shubik,
            power.banzhaf,
            power.banzhaf_absolute,
            power.coleman_prevent,
            power.coleman_initiate,
        )
    ]


def _body(answer: Answer) -> Iterator[str]:
    """How often the body acts, and how sure the numbers are."""
    found = answer.now.power
    kinds = "each of three answers" if answer.three else "yes and no"
    yield (
        f"Were {kinds} equally likely for every member, the body would adopt in "
        f"{percent(found.coleman_act)} of cases (Coleman's power to act)."
    )
    if answer.chance is not None:
        yield f"With the chances given it would adopt in {percent(answer.chance.value)} of cases."
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


def _before_and_after(now: Measured, then: Measured, member: str) -> Iterator[str]:
    for index in ("shapley_shubik", "banzhaf"):
        for measured in (now, then):
            seats = measured.table.members
            values = getattr(measured.power, index)
            yield percent(values[seats.index(member)]) if member in seats else "–"


def percent(share: float) -> str:
    """A share in per cent with three digits that count."""
    if share == 0.0:
        return "0 %"
    shown = share * 100
    places = 2 if shown >= 1 else 3 if shown >= 0.1 else 4
    if round(shown, places) == 0.0:
        return f"{shown:.1e} %"
    return f"{shown:.{places}f} %"
