"""The next draft against every draft there is, and the path it makes (conventions §51)."""

import json
from collections.abc import Mapping

import numpy as np
import pytest

from bargaining.text.some_talks import every_package, some_talks
from bargaining.text.test_guarantee import two_issues
from comity.bargaining.drawn import drawn, middle
from comity.bargaining.problem import Package
from comity.bargaining.text import TextPath, negotiating_text, next_text
from comity.bargaining.text.guarantee import guarantee
from comity.bargaining.text.search import Budget
from comity.bargaining.text.table import Table
from comity.bargaining.text.told import told
from comity.dossier.draws import Keyed
from comity.dossier.talks import Talks, Text
from comity.ensemble.results import as_json
from comity.errors import UnsupportedError


def best_of_all(
    talks: Talks, draft: Package, most: int, by_middle: bool = False
) -> tuple[float, float] | None:
    """The worst gain and the sum of the best safe draft, by trying every draft.

    Gains are the guaranteed ones, or those of the middle reading.
    """
    problem = middle(talks, "t")
    parties = [told(talks, party) for party in talks.parties]
    rows = every_package(problem.sizes)
    changed = (rows != np.array(draft)).sum(axis=1)
    rows = rows[(changed > 0) & (changed <= most)]
    rows = rows[problem.allowed(rows)] if len(rows) else rows
    gains = np.array([
        [guarantee(one, problem.issues, draft, tuple(row)).gain for one in parties] for row in rows
    ]).reshape(-1, len(parties))  # fmt: skip
    safe = (gains >= -1e-9).all(axis=1)
    if by_middle and len(rows):
        gains = problem.utilities(rows) - problem.utilities([draft])
    gains = gains[safe & (gains > 1e-9).any(axis=1)]
    if not len(gains):
        return None
    can = gains.max(axis=0) > 1e-9
    worst = gains[:, can].min(axis=1)
    best = gains[worst >= worst.max() - 1e-9]
    return float(worst.max()), float(best.sum(axis=1).max())


def some_draft(talks: Talks, seed: int) -> Package:
    rng = np.random.default_rng(seed)
    return tuple(int(rng.integers(n)) for n in middle(talks, "t").sizes)


@pytest.mark.parametrize("weights", ["shares", "as_given"])
@pytest.mark.parametrize("seed", range(60))
def test_against_every_draft(seed: int, weights: str) -> None:
    """Nothing that changes at most m issues is better, with links, ranks, lights, interactions."""
    parties, most = 2 + seed % 2, 1 + seed % 3
    levels = ("order", "bands", "exact", "exact")
    talks = some_talks(seed, parties=parties, issues=3, levels=levels, weights=weights)
    draft = some_draft(talks, seed)
    expected, found = best_of_all(talks, draft, most), next_text(talks, "t", draft, most)
    if expected is None or found is None:
        assert expected is None
        safe = best_of_all(talks, draft, most, by_middle=True)
        assert (found is None) == (safe is None)
        if found is not None and safe is not None:
            assert found.sure == "no loss"
            worth = middle(talks, "t").utilities([draft, places(talks, found.after)])
            assert (worth[1] - worth[0]).sum() == pytest.approx(safe[1], abs=1e-8)
        return
    assert found.sure == "gain"
    assert (found.worst, found.total) == pytest.approx(expected, abs=1e-8)
    assert 0 < len(found.changes) <= most
    assert middle(talks, "t").allowed([places(talks, found.after)])[0]


def places(talks: Talks, draft: Mapping[str, str]) -> Package:
    problem = middle(talks, "t")
    return tuple(problem.options[k].index(draft[i]) for k, i in enumerate(problem.issues))


def path_of(talks: Talks, draft: Package, changes: int) -> TextPath:
    text = Text(draft=middle(talks, "t").labelled(draft), changes=changes)  # type: ignore[arg-type]
    found = negotiating_text(talks.model_copy(update={"text": text}), "t")
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(30))
def test_no_party_ever_loses_on_the_way(seed: int) -> None:
    """Along the path no draw within the bands makes any party worse off, and no draft returns."""
    talks = some_talks(seed, levels=("bands",), limits=False)
    path = path_of(talks, some_draft(talks, seed), 2)
    drafts = [path.draft, *(step.after for step in path.steps)]
    assert path.text == drafts[-1]
    assert len({tuple(draft.values()) for draft in drafts}) == len(drafts)
    table = Table(talks, "t")
    worth = drawn(talks, "t", Keyed(seed, 0, 300)).utilities([table.package(d) for d in drafts])
    assert (np.diff(worth, axis=1) >= -1e-7).all()
    for place in range(len(talks.parties)):
        steps = sum(step.guarantees[place].gain for step in path.steps)
        assert path.overall[place].gain >= steps - 1e-7


@pytest.mark.parametrize("seed", range(30))
def test_where_it_stops(seed: int) -> None:
    """At the end no step is left; each question opens one, or says that none does by itself."""
    talks = some_talks(seed, levels=("nothing", "order", "bands"))
    path = path_of(talks, some_draft(talks, seed), 2)
    end = Table(talks, "t").package(path.text)
    assert path.stopped == "no provable gain"
    assert next_text(talks, "t", end, 2) is None
    for question in path.questions:
        held = talks.preferences[question.party]
        if question.opens is None or question.issue is not None:
            continue
        more = held.model_copy(update={"disclosed": question.ask})
        told_more = dict(talks.preferences) | {question.party: more}
        step = next_text(talks.model_copy(update={"preferences": told_more}), "t", end, 2)
        assert step == question.opens
    json.dumps(as_json(path))


def test_a_swap_by_ranks() -> None:
    """From the draft worst for both, ranks and values let be known are enough for the whole way."""
    path = path_of(two_issues("bands"), (0, 1), 2)
    assert path.text == {"x": "o1", "y": "o0"}
    (step,) = path.steps
    assert len(step.changes) == 2
    assert step.sure == "no loss"
    assert [g.gain for g in step.guarantees] == [0.0, 0.0]


def test_an_order_lets_pass_only_what_is_worse_for_nobody() -> None:
    """By order both move up on what both like better, and neither gives on anything."""
    talks = two_issues("order")
    path = path_of(talks, (0, 1), 2)
    assert path.steps == ()
    assert path.open
    alike = dict.fromkeys(("A", "B"), talks.preferences["A"])
    path = path_of(talks.model_copy(update={"preferences": alike}), (0, 0), 2)
    assert path.text == {"x": "o1", "y": "o1"}
    assert {step.sure for step in path.steps} == {"no loss"}


def test_who_says_nothing_stops_the_text() -> None:
    """With nothing disclosed there is no next draft, and the order of issues is to be asked for."""
    path = path_of(two_issues("nothing"), (0, 1), 2)
    assert path.steps == ()
    assert path.open
    assert {(q.party, q.ask) for q in path.questions} == {("A", "order"), ("B", "order")}


def test_one_question_opens_the_way() -> None:
    """Where one party alone keeps silent, it is the one to ask, and the step is shown."""
    talks = two_issues("bands")
    silent = talks.preferences["B"].model_copy(update={"disclosed": "nothing"})
    talks = talks.model_copy(update={"preferences": dict(talks.preferences) | {"B": silent}})
    (question,) = path_of(talks, (0, 1), 2).questions
    assert (question.party, question.ask) == ("B", "bands")
    assert question.opens is not None
    assert question.opens.after == {"x": "o1", "y": "o0"}


def narrow(weight: str) -> Talks:
    """A would gain on x what it gives on y, if only x is known to matter enough to it."""

    def ends(x: object, y: object, up: tuple[int, int]) -> dict[str, object]:
        return {"issues": {
            "x": {"weight": x, "values": {"o0": 100 - up[0], "o1": up[0]}},
            "y": {"weight": y, "values": {"o0": 100 - up[1], "o1": up[1]}},
        }}  # fmt: skip

    return Talks.model_validate({
        "parties": ["A", "B"],
        "issues": {"x": {"options": ["o0", "o1"]}, "y": {"options": ["o0", "o1"]}},
        "preferences": {"A": ends(weight, 2, (100, 0)), "B": ends(1, 3, (0, 100))},
    })  # fmt: skip


def test_the_one_number_to_ask_for() -> None:
    """Bands too wide: the weight of one issue is named as what would prove the next draft."""
    assert path_of(narrow("3..5"), (0, 0), 2).text == {"x": "o1", "y": "o1"}
    path = path_of(narrow("1..5"), (0, 0), 2)
    assert path.steps == ()
    assert ("A", "weight", "x") in {(q.party, q.ask, q.issue) for q in path.questions}


def test_a_draft_that_breaks_a_limit() -> None:
    """What the first draft breaks is named, and no later draft breaks it."""
    talks = two_issues("exact")
    never = {"r": {"never": {"x": "o0"}}}
    held = talks.preferences["A"].model_dump(by_alias=True) | {"red_lines": never}
    raw = talks.model_dump(by_alias=True)
    raw["preferences"] = dict(raw["preferences"]) | {"A": held}
    path = path_of(Talks.model_validate(raw), (0, 1), 2)
    assert path.breaks == ("A: r",)
    assert path.text["x"] == "o1"


def test_an_unlikely_red_line_is_named() -> None:
    """A limit that more likely does not stand stops nothing, and is named where it may."""
    talks = two_issues("exact")
    raw = talks.model_dump(by_alias=True)
    line = {"red_lines": {"r": {"never": {"x": "o1"}, "likelihood": 0.3}}}
    raw["preferences"] = dict(raw["preferences"]) | {"B": raw["preferences"]["B"] | line}
    (step,) = path_of(Talks.model_validate(raw), (0, 1), 2).steps
    assert step.may_break == ("B: r",)


def test_too_many_drafts() -> None:
    """A search beyond reach is refused with advice, and a path says that it stopped for that."""
    table = Table(some_talks(1, levels=("exact",)), "t")
    with pytest.raises(UnsupportedError, match="too many drafts"):
        table.step(table.parties, (0,) * 4, 2, Budget(3))


def test_no_text() -> None:
    """Talks without a text have no path."""
    assert negotiating_text(two_issues("exact"), "t") is None


@pytest.mark.trust
@pytest.mark.parametrize("weights", ["shares", "as_given"])
def test_against_every_draft_at_length(weights: str) -> None:
    """Five hundred further talks, each against every draft there is."""
    for seed in range(60, 560):
        test_against_every_draft(seed, weights)
