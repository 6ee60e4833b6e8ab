"""Where the text stops: which disclosure, by whom, would let the next draft be found (§51)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from comity.bargaining.problem import Package
from comity.bargaining.text.search import Budget
from comity.bargaining.text.table import Step, Table
from comity.bargaining.text.told import LEVELS, Settled, Told, told
from comity.dossier.quantity import Exactly
from comity.dossier.talks import Light, Preference

Ask = Literal["order", "bands", "exact", "weight", "values"]


@dataclass(frozen=True)
class TextQuestion:
    """What to ask a party so that the next draft can be found.

    ``ask`` names the level of disclosure to ask for, or the weight of an issue, or the values on
    it; ``opens`` the step that the answer would open if it is what the dossier expects, None if it
    opens none by itself.
    """

    party: str
    ask: Ask
    issue: str | None
    opens: Step | None


def questions(table: Table, at: Package, changes: int, budget: Budget) -> tuple[TextQuestion, ...]:
    """Questions that open a step, those that open the most first; else what to ask to begin with.

    For each party the least further disclosure that opens a step, and for one that opens it only
    with exact numbers also the one issue that does. Raises UnsupportedError beyond the budget.
    """
    found = [
        question
        for place in range(len(table.parties))
        for question in _of_party(table, place, at, changes, budget)
    ]
    if found:
        return tuple(sorted(found, key=_by_gain))
    return tuple(_to_begin_with(table))


def step_if_all_was_known(table: Table, at: Package, changes: int, budget: Budget) -> Step | None:
    """The step that the middle reading would allow, were every party to disclose it."""
    return table.step(table.exact, at, changes, budget)


def _by_gain(question: TextQuestion) -> tuple[float, float]:
    assert question.opens is not None
    return -question.opens.worst, -question.opens.total


def _of_party(
    table: Table, place: int, at: Package, changes: int, budget: Budget
) -> Iterator[TextQuestion]:
    party, level = table.parties[place].party, table.parties[place].level

    def opened(disclosed: Told) -> Step | None:
        parties = (*table.parties[:place], disclosed, *table.parties[place + 1 :])
        return table.step(parties, at, changes, budget)

    for further in LEVELS[LEVELS.index(level) + 1 :]:
        step = opened(told(table.talks, party, further))
        if step is None or further == "nothing":
            continue
        yield TextQuestion(party, further, None, step)
        if further == "exact":
            singles = []
            for issue, ask in _uncertain(table, party):
                settled: Settled = frozenset({(issue, ask)})
                if (one := opened(told(table.talks, party, "bands", settled))) is not None:
                    singles.append(TextQuestion(party, ask, issue, one))
            yield from sorted(singles, key=_by_gain)[:1]
        return


def _uncertain(table: Table, party: str) -> Iterator[tuple[str, Literal["weight", "values"]]]:
    """Issues whose weight, or the values on which, a party has told in ranges."""
    for issue, held in table.talks.preferences[party].issues.items():
        if held.weight is not None and not isinstance(held.weight, Exactly):
            yield issue, "weight"
        if _values_uncertain(held):
            yield issue, "values"


def _values_uncertain(held: Preference) -> bool:
    if held.lights is not None:
        return Light.COULD_LIVE_WITH in held.lights.values()
    return any(not isinstance(value, Exactly) for value in (held.values or {}).values())


def _to_begin_with(table: Table) -> Iterator[TextQuestion]:
    """One level more of those that disclosed least: no single answer opens a step by itself."""
    known = [LEVELS.index(one.level) for one in table.parties]
    least = min(known)
    for one, level in zip(table.parties, known, strict=True):
        further = LEVELS[least + 1] if least + 1 < len(LEVELS) else "nothing"
        if level == least and further != "nothing":
            yield TextQuestion(one.party, further, None, None)
