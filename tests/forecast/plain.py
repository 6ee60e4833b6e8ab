"""One draw of a dossier settled by plain loops, from the words of the conventions alone.

The drawn numbers are read through the batch; everything else is worked out again: acceptance,
responses, rules, windows, competence, requirements. Texts on a scale are tried at every point at
which any member's answer can change, and between every two of these (conventions §9 to §18).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

from comity.dossier import Batch, Dossier, Item
from comity.dossier.charter import Procedure

TIE = 1e-9

Text = float | str


@dataclass(frozen=True)
class Settled:
    """What becomes of an item in one draw, as `forecast.Outcome` has it for all draws."""

    text_tabled: bool | None
    text_any: bool
    competent: bool
    required: bool
    adopted: bool | None
    adoptable: bool
    sponsorless: bool


class Draws:
    """The drawn numbers of a batch as lists."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.size, self._lists = batch, batch.size, {}

    def column(self, path: str, options: tuple[str, ...] = ()) -> list:
        if path not in self._lists:
            drawn = self.batch.choices(path, options) if options else self.batch.values(path)
            self._lists[path] = drawn.tolist()
        return self._lists[path]

    def settle(self, number: int) -> dict[str, Settled]:
        return Draw(self, self.batch.dossier, number).settle()


@dataclass(frozen=True)
class Member:
    """What a member wants of one item in one draw, and what it answers to a text."""

    presence: str
    salience: float
    omega: float
    back: Text
    ideal: float | None = None
    floor: float | None = None
    stated: tuple[float, float] | tuple[str, ...] | None = None
    worth: dict[str, float] | None = None

    def gain(self, text: Text) -> float:
        if self.worth is not None:
            return self.worth[text] - self.worth[self.back]
        return abs(self.back - self.ideal) - abs(text - self.ideal)

    @property
    def tolerance(self) -> float:
        return 100.0 * self.omega / self.salience

    def accepts(self, text: Text) -> bool:
        if self.salience == 0 or text == self.back:
            return True
        if self.worth is not None and self.stated is not None:
            return text in self.stated
        if self.stated is not None:
            fine = self.stated[0] - TIE <= text <= self.stated[1] + TIE
        else:
            fine = self.gain(text) >= -self.tolerance - TIE
        if self.floor is None:
            return fine
        if self.ideal >= self.back:
            return fine and text >= self.floor - TIE
        return fine and text <= self.floor + TIE

    def answer(self, text: Text) -> str:
        if self.presence != "present":
            return self.presence
        if not self.accepts(text):
            return "object"
        return "support" if self.gain(text) > TIE else "stand_aside"

    def changes(self) -> Iterator[float]:
        """Points of a scale at which its answer can change."""
        yield from (self.back, self.ideal, 2 * self.ideal - self.back)
        yield from self.stated or ()
        if self.floor is not None:
            yield self.floor
        if self.salience > 0:
            reach = abs(self.back - self.ideal) + self.tolerance
            yield from (self.ideal - reach, self.ideal + reach)


def decides(procedure: Procedure, answers: Sequence[str]) -> bool:
    """Whether the answers satisfy rule and quorum, in exact fractions (conventions §7)."""
    rule, seats = procedure.rule, len(answers)
    present = seats - answers.count("absent")
    if rule.kind == "silence":
        return "object" not in answers
    if present < max(1, ceil((procedure.quorum or 0) * seats)):
        return False
    if rule.kind == "consensus":
        return answers.count("object") <= rule.minus
    voting = answers.count("support") + answers.count("object")
    base = {"members": seats, "present": present, "present_and_voting": voting}[rule.of]
    if rule.kind == "simple_majority":
        return 2 * answers.count("support") > base
    share = Fraction(rule.at_least)
    return answers.count("support") >= 1 and answers.count("support") >= share * base


@dataclass(frozen=True)
class Draw:
    """One draw of the whole dossier."""

    draws: Draws
    dossier: Dossier
    number: int

    def settle(self) -> dict[str, Settled]:
        return {item: self.item(item) for item in self.dossier.agenda}

    @cached_property
    def _known(self) -> dict[str, Settled]:
        return {}

    def item(self, name: str) -> Settled:
        if name not in self._known:
            self._known[name] = self._item(name)
        return self._known[name]

    def _item(self, name: str) -> Settled:
        entry, procedure = self.dossier.agenda[name], self.dossier.procedure(name)
        needed = [self.item(other) for other in entry.requires]
        met = all(n.adoptable if n.adopted is None else n.adopted for n in needed)
        within = self.competent(name)
        some, unwanted = self.any_text(name, procedure)
        text = None if entry.tabled is None else self.passes(name, procedure, self.tabled(name))
        return Settled(
            text_tabled=text,
            text_any=some,
            competent=within,
            required=met,
            adopted=None if text is None else text and within and met,
            adoptable=some and within and all(n.adoptable for n in needed),
            sponsorless=unwanted,
        )

    def number_at(self, path: str) -> float:
        return self.draws.column(path)[self.number]

    def text_at(self, name: str, field: str) -> Text:
        given = getattr(self.dossier.agenda[name], field)
        return given if isinstance(given, str) else self.number_at(f"agenda.{name}.{field}")

    def tabled(self, name: str) -> Text:
        return self.text_at(name, "tabled")

    def members(self, name: str) -> list[Member]:
        back = self.text_at(name, "reversion")
        return [self.member(name, who, back) for who in self.dossier.members(name)]

    def member(self, name: str, who: str, back: Text) -> Member:
        entry, position = self.dossier.agenda[name], self.dossier.position(name, who)
        root = f"positions.{name}.{who}"
        own = f"{root}.omega" if position.omega is not None else f"bodies.{entry.body}.omega.{who}"
        shared = (
            position.presence,
            self.number_at(f"{root}.salience"),
            self.number_at(own),
            back,
        )
        if not entry.is_scale:
            return Member(*shared, stated=position.accepts, worth=self.worth(entry, name, who))
        stated = None
        if position.accepts is not None:
            stated = tuple(self.number_at(f"{root}.accepts.{end}") for end in ("low", "high"))
        floor = None if position.floor is None else self.number_at(f"{root}.floor")
        return Member(*shared, ideal=self.number_at(f"{root}.ideal"), floor=floor, stated=stated)

    def worth(self, entry: Item, name: str, who: str) -> dict[str, float]:
        root, options = f"positions.{name}.{who}", entry.option_ids
        given = self.dossier.position(name, who).values
        if given is not None:
            return {o: self.number_at(f"{root}.values.{o}") if o in given else 0 for o in options}
        best = options[self.draws.column(f"{root}.ideal", options)[self.number]]
        return {option: 100.0 if option == best else 0.0 for option in options}

    def says_something(self, name: str, text: Text) -> bool:
        back = self.text_at(name, "reversion")
        if isinstance(text, str):
            return text != back
        return abs(text - back) >= self.number_at(f"agenda.{name}.smallest_step") - TIE

    def passes(self, name: str, procedure: Procedure, text: Text) -> bool:
        answers = [member.answer(text) for member in self.members(name)]
        said = self.says_something(name, text)
        return said and "support" in answers and decides(procedure, answers)

    def any_text(self, name: str, procedure: Procedure) -> tuple[bool, bool]:
        """Whether some text passes, and whether some would if only anybody wanted it."""
        members = self.members(name)
        unopposed = wanted = False
        for text in self.texts(name, members):
            answers = [member.answer(text) for member in members]
            if self.says_something(name, text) and decides(procedure, answers):
                unopposed, wanted = True, wanted or "support" in answers
        return wanted, unopposed and not wanted

    def texts(self, name: str, members: list[Member]) -> list[Text]:
        entry = self.dossier.agenda[name]
        if not entry.is_scale:
            return list(entry.option_ids)
        back = self.text_at(name, "reversion")
        step = self.number_at(f"agenda.{name}.smallest_step")
        points = {0.0, 100.0, back - step, back + step}
        points |= {point for member in members for point in member.changes()}
        on_scale = sorted(point for point in points if 0.0 <= point <= 100.0)
        between = [(a + b) / 2 for a, b in itertools.pairwise(on_scale)]
        return on_scale + between

    def competent(self, name: str) -> bool:
        entry = self.dossier.agenda[name]
        settled = entry.competence
        if settled is None:
            return True
        presumed = settled.presumption == "within"
        if settled.item is None:
            return presumed
        opposite = "outside" if presumed else "within"
        judges = self.judges(entry)
        answers = [
            self.member(settled.item, who, settled.presumption).answer(opposite) for who in judges
        ]
        if settled.decided_by == "body":
            charter = self.dossier.charter(entry.body)
            overturned = "support" in answers and decides(
                charter.procedures[settled.rule or entry.procedure], answers
            )
        else:
            overturned = answers == ["support"]
        return presumed != overturned

    def judges(self, entry: Item) -> tuple[str, ...]:
        decided_by = entry.competence.decided_by
        if decided_by == "body":
            return self.dossier.bodies[entry.body].members
        if decided_by != "chair":
            return (decided_by,)
        chair = self.chair(entry.body)
        return () if chair is None else (chair,)

    def chair(self, name: str) -> str | None:
        """The holder on the day of the next session, else on the day of the dossier (§19)."""
        body = self.dossier.bodies[name]
        if body.presidency is None:
            return None
        coming = sorted(s.on for s in body.sessions if s.on >= self.dossier.as_of)
        day = coming[0] if coming else self.dossier.as_of
        held = body.presidency
        if held.until is None or day <= held.until:
            return held.holder
        order = [*held.order, held.order[0]]
        return order[order.index(held.holder) + 1]
