"""The single negotiating text: draft after draft, until no gain can be proven (§51)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from comity.bargaining.problem import Package
from comity.bargaining.text.asking import TextQuestion, questions, step_if_all_was_known
from comity.bargaining.text.guarantee import Guarantee
from comity.bargaining.text.search import Budget
from comity.bargaining.text.table import Step, Table
from comity.dossier.talks import Talks
from comity.errors import UnsupportedError

Stopped = Literal["no provable gain", "too many drafts to try"]


@dataclass(frozen=True)
class TextPath:
    """The single negotiating text from its first draft to the last that can be proven better.

    ``breaks`` names limits that the first draft breaks. *No provable gain* is not *no gain*:
    ``open`` says whether the middle reading, were it disclosed by all, would allow a further step.
    ``overall`` is what each party is sure to gain from the first draft to the last. ``open`` is
    None, and ``questions`` are empty, where there were too many drafts to try them all.
    """

    draft: Mapping[str, str]
    text: Mapping[str, str]
    changes: int
    breaks: tuple[str, ...]
    steps: tuple[Step, ...]
    overall: tuple[Guarantee, ...]
    stopped: Stopped
    open: bool | None
    questions: tuple[TextQuestion, ...]


def next_text(talks: Talks, name: str, draft: Package, changes: int) -> Step | None:
    """The next draft: every guaranteed gain at least 0, the worst as large as can be, then the sum.

    At most ``changes`` issues differ, and no limit of the middle reading is broken. None if no
    gain can be proven. Raises UnsupportedError where there are too many drafts to try them all.
    """
    table = Table(talks, name)
    return table.step(table.parties, draft, changes, Budget())


def negotiating_text(talks: Talks, name: str) -> TextPath | None:
    """The path of the dossier's text, and the questions that would carry it on; None without one.

    Every step gains somebody something and costs nobody anything under every utility in keeping
    with what was disclosed, so no draft comes back and the path ends.
    """
    if talks.text is None:
        return None
    table, most = Table(talks, name), talks.text.changes
    first = table.package(talks.text.draft)
    steps, at, stopped = _walk(table, first, most)
    asked, open_ = _ask(table, at, most) if stopped == "no provable gain" else ((), None)
    return TextPath(
        draft=table.problem.labelled(first),
        text=table.problem.labelled(at),
        changes=most,
        breaks=table.breaks(first),
        steps=tuple(steps),
        overall=tuple(table.sure(one, first, at) for one in table.parties),
        stopped=stopped,
        open=open_,
        questions=asked,
    )


def _walk(table: Table, first: Package, most: int) -> tuple[list[Step], Package, Stopped]:
    steps: list[Step] = []
    at, budget = first, Budget()
    try:
        while (step := table.step(table.parties, at, most, budget)) is not None:
            steps.append(step)
            at = table.package(step.after)
    except UnsupportedError:
        return steps, at, "too many drafts to try"
    return steps, at, "no provable gain"


def _ask(table: Table, at: Package, most: int) -> tuple[tuple[TextQuestion, ...], bool | None]:
    """The questions, and whether full disclosure of the middle reading would open a step."""
    budget = Budget()
    try:
        open_ = step_if_all_was_known(table, at, most, budget) is not None
        return questions(table, at, most, budget), open_
    except UnsupportedError:
        return (), None
