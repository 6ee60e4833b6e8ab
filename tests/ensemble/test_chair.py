"""The chair as agenda setter, by plain loops over the same draws (§19)."""

from __future__ import annotations

from collections import Counter
from statistics import mean, median

import pytest

from comity.dossier import Batch, Dossier, Keyed
from comity.ensemble import Forecast, forecast
from comity.ensemble.chair import MOST_CHAIRS
from comity.ensemble.results import Chairing
from ensemble.rich import rich
from forecast.plain import TIE, Draw, Draws, Text, decides
from forecast.small import body, dossier

DRAWS = 300


@pytest.fixture(scope="module")
def found() -> Forecast:
    return forecast(rich(), draws=DRAWS, workers=1)


class Table:
    """An item before its members in some draws: who answers what to each text a chair considers."""

    def __init__(self, of: Dossier, item: str, count: int) -> None:
        self.of, self.item, self.seats = of, item, of.members(item)
        draws = Draws(Batch(of, Keyed(1, 0, count)))
        self.rows = [Draw(draws, of, number) for number in range(count)]
        self.texts = self._texts()
        self.answers, self.gains, self.said = [], [], []
        for row in self.rows:
            members = row.members(item)
            self.answers.append([[m.answer(text) for m in members] for text in self.texts])
            self.gains.append([[m.gain(text) for m in members] for text in self.texts])
            self.said.append([row.says_something(item, text) for text in self.texts])

    def _texts(self) -> list[Text]:
        entry = self.of.agenda[self.item]
        if not entry.is_scale:
            return list(entry.option_ids)
        named = [draft.written() for draft in (entry.tabled, entry.reversion) if draft is not None]
        certain = [float(value) for value in named if isinstance(value, (int, float))]
        return sorted({*map(float, range(0, 101, 5)), *(entry.scale or ()), *certain})

    def passes(self, number: int, place: int, answers: list[str]) -> bool:
        procedure = self.of.procedure(self.item)
        return self.said[number][place] and "support" in answers and decides(procedure, answers)

    def share(self, place: int, supporting: int | None = None) -> float:
        """How often a text passes, if one member supported everything."""
        passed = 0
        for number, row in enumerate(self.answers):
            answers = list(row[place])
            if supporting is not None:
                answers[supporting] = "support"
            passed += self.passes(number, place, answers)
        return passed / len(self.rows)

    def chair(self, who: str) -> dict[str, float | Text | None]:
        """What one chair tables in each draw, by what it knows, and what comes of it."""
        seat = self.seats.index(who)
        chances = [self.share(place, supporting=seat) for place in range(len(self.texts))]
        tabled, gains, known, informed = [], [], [], 0
        for number, row in enumerate(self.answers):
            liked = [
                place
                for place in range(len(self.texts))
                if self.said[number][place]
                and row[place][seat] != "object"
                and self.gains[number][place][seat] > TIE
            ]
            gain = {place: self.gains[number][place][seat] for place in liked}
            hopes = {place: chances[place] * gain[place] for place in liked}
            best = max(hopes, key=lambda place: hopes[place], default=None)
            through = 0.0
            if best is not None and hopes[best] > TIE:
                tabled.append(self.texts[best])
                through = gain[best] if self.passes(number, best, row[best]) else 0.0
            gains.append(through)
            window = [gain[place] for place in liked if self.passes(number, place, row[place])]
            known.append(max(window, default=0.0))
            informed += bool(window)
        options = self.of.agenda[self.item].options
        typical = Counter(sorted(tabled, key=self.texts.index)).most_common(1) if options else None
        return {
            "text": (typical[0][0] if options else median(tabled)) if tabled else None,
            "tables": len(tabled) / len(self.rows),
            "adoption": mean(gain > 0 for gain in gains),
            "gain": mean(gains),
            "informed_adoption": informed / len(self.rows),
            "informed_gain": mean(known),
        }

    def neutral(self) -> tuple[Text, float]:
        """The text that passes most often, of equal ones the furthest from the reversion."""
        shares = [self.share(place) for place in range(len(self.texts))]
        best = [place for place, share in enumerate(shares) if share == max(shares)]
        entry = self.of.agenda[self.item]
        if entry.is_scale:
            back = (entry.reversion.bounds[0] + entry.reversion.bounds[1]) / 2
            away = [abs(text - back) for text in self.texts]
        else:
            away = [abs(k - self.texts.index(entry.reversion)) for k in range(len(self.texts))]
        furthest = max(best, key=lambda place: away[place])
        return self.texts[furthest], shares[furthest]


@pytest.mark.parametrize("item", ["text", "middle", "seat", "views", "means"])
def test_each_chair_tables_what_promises_it_most(found: Forecast, item: str):
    """x* = argmax P(x ∈ W)·gain, in every draw, and what comes of it."""
    table, seen = Table(rich(), item, DRAWS), found.items[item].chairing
    present = [w for w in table.seats if rich().position(item, w).presence == "present"]
    assert list(seen.chairs) == present
    for who, view in seen.chairs.items():
        expected = table.chair(who)
        for field, value in expected.items():
            shown = getattr(view, field)
            assert shown == (value if isinstance(value, str) else pytest.approx(value)), (
                who,
                field,
            )


@pytest.mark.parametrize("item", ["text", "middle", "seat", "views", "means"])
def test_the_neutral_text_passes_most_often(found: Forecast, item: str):
    """Nobody's wish enters it but through passing."""
    text, share = Table(rich(), item, DRAWS).neutral()
    seen = found.items[item].chairing
    assert seen.neutral_adoption == pytest.approx(share)
    assert seen.neutral_text == (text if share > 0 else None)


def test_to_know_more_never_costs_the_chair(found: Forecast):
    """An informed chair could always table what the other tables."""
    advantages = [
        view.advantage for entry in found.items.values() for view in entry.chairing.chairs.values()
    ]
    assert min(advantages) >= 0.0
    assert max(advantages) > 1.0


def test_the_chair_is_whoever_presides_at_the_next_session(found: Forecast):
    """The presidency of A ended the day before, and passes to C; the small body has none."""
    assert found.items["text"].chairing.holder == "C"
    assert found.items["means"].chairing.holder is None


def chairing(**members: object) -> Chairing:
    of = dossier({"x": {"reversion": 0}}, {"x": members}, {"b": body(*members)})
    return forecast(of, draws=50, workers=1).items["x"].chairing


def test_the_setter_takes_all_that_the_other_lets_pass():
    """With a reversion of 0 and an ideal of 30, B lets up to 60 pass (Romer and Rosenthal 1978)."""
    found = chairing(A={"ideal": 90, "salience": 100}, B={"ideal": 30, "salience": 100})
    assert found.chairs["A"].text == 60.0
    assert found.chairs["A"].gain == 60.0
    assert found.chairs["A"].advantage == 0.0
    assert found.chairs["B"].text == 30.0
    assert found.neutral_text == 60.0


def test_a_chair_that_gains_by_nothing_tables_nothing():
    """It wants the reversion."""
    found = chairing(A={"ideal": 0, "salience": 100}, B={"ideal": 30, "salience": 100})
    view = found.chairs["A"]
    assert (view.text, view.tables, view.gain, view.informed_gain) == (None, 0.0, 0.0, 0.0)
    assert (found.neutral_text, found.neutral_adoption) == (None, 0.0)


def test_in_a_large_body_only_the_presidency_is_tried():
    """The holder and the next in order, beyond a dozen members."""
    members = [f"M{k}" for k in range(MOST_CHAIRS + 1)]
    held = {who: {"ideal": "0..100"} for who in members}
    presidency = {"order": members, "holder": "M12"}
    of = dossier({"x": {"reversion": 0}}, {"x": held}, {"b": body(*members, presidency=presidency)})
    found = forecast(of, draws=50, workers=1).items["x"].chairing
    assert list(found.chairs) == ["M0", "M12"]
