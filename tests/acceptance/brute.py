"""The definitions of the conventions, written out by hand for one draw, over every whole point.

Nothing here uses the product's code: plain loops over members, texts and sets of members.
All numbers are whole, so that trying every whole point of the scale misses nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import inf

TEXTS = range(101)


@dataclass(frozen=True)
class Member:
    ideal: int
    tolerance: int
    salience: int
    floor: int | None = None
    stated: tuple[int, int] | None = None

    def gain(self, text: int, reversion: int) -> int:
        return abs(reversion - self.ideal) - abs(text - self.ideal)

    def accepts(self, text: int, reversion: int) -> bool:
        if self.salience == 0:
            return True
        if self.stated is not None:
            fine = self.stated[0] <= text <= self.stated[1]
        else:
            fine = self.gain(text, reversion) >= -self.tolerance
        if self.floor is None:
            return fine
        weak = text < self.floor if self.ideal >= reversion else text > self.floor
        return fine and not weak

    def distance(self, text: int, reversion: int) -> float:
        near = accepted(self, reversion)
        return next((away for away in TEXTS if {text - away, text + away} & near), inf)


@lru_cache(maxsize=1000)
def accepted(member: Member, reversion: int) -> frozenset[int]:
    """Every text the member accepts."""
    return frozenset(text for text in TEXTS if member.accepts(text, reversion))


@dataclass(frozen=True)
class Case:
    reversion: int
    step: int
    members: tuple[Member, ...]

    def meaningful(self) -> list[int]:
        return [text for text in TEXTS if abs(text - self.reversion) >= self.step]

    def objectors(self, text: int) -> set[int]:
        return {k for k, m in enumerate(self.members) if not m.accepts(text, self.reversion)}

    def supporters(self, text: int) -> set[int]:
        return {
            k
            for k, m in enumerate(self.members)
            if m.accepts(text, self.reversion) and m.gain(text, self.reversion) > 0
        }

    def passes(self, text: int, minus: int = 0) -> bool:
        said = abs(text - self.reversion) >= self.step
        return said and len(self.objectors(text)) <= minus and bool(self.supporters(text))

    def any_passes(self, minus: int = 0) -> bool:
        return any(self.passes(text, minus) for text in TEXTS)

    def smallest_conflicts(self, minus: int = 0) -> set[frozenset[int]]:
        """The smallest sets that leave at least ``minus + 1`` objectors to every text."""
        texts = self.meaningful()
        if not texts:
            return set()
        for size in range(1, len(self.members) + 1):
            found = {
                frozenset(group)
                for group in combinations(range(len(self.members)), size)
                if all(len(self.objectors(text) & set(group)) > minus for text in texts)
            }
            if found:
                return found
        return set()

    def opening(self, minus: int = 0) -> float:
        def cost(text: int) -> float:
            terms = sorted(
                m.salience * m.distance(text, self.reversion) if m.salience else 0.0
                for m in self.members
            )
            return sum(terms[: len(terms) - minus])

        return min((cost(text) for text in self.meaningful()), default=float("inf"))


def random_case(rng: random.Random, most: int = 5) -> Case:
    """A small case with whole numbers, often with ties, floors and stated sets."""
    reversion = rng.choice([0, 0, 0, 20, 50, 80, 100])
    members = []
    for _ in range(rng.randint(1, most)):
        stated = None
        if rng.random() < 0.2:
            stated = tuple(sorted((rng.randint(0, 100), rng.randint(0, 100))))
        members.append(
            Member(
                ideal=rng.choice([rng.randint(0, 100), reversion, 0, 50, 100]),
                tolerance=rng.choice([0, 0, rng.randint(0, 40)]),
                salience=rng.choice([0, 50, 100, 100, 20]),
                floor=rng.randint(0, 100) if rng.random() < 0.25 else None,
                stated=stated,
            )
        )
    return Case(reversion, rng.choice([1, 10, 10, 30, 60]), tuple(members))
