"""Weighted games for tests."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from comity.rules.power import WeightedGame

UN_SECURITY_COUNCIL = WeightedGame(39, (7,) * 5 + (1,) * 10)
EU_15 = WeightedGame(62, (10,) * 4 + (8,) + (5,) * 4 + (4,) * 2 + (3,) * 3 + (2,))


@st.composite
def small_games(draw: st.DrawFn, most: int = 8) -> WeightedGame:
    heaviest = draw(st.sampled_from([1, 3, 12, 10**7]))
    weights = draw(st.lists(st.integers(0, heaviest), min_size=1, max_size=most))
    if not any(weights):
        weights[0] = 1
    return WeightedGame(draw(st.integers(1, sum(weights))), tuple(weights))


def random_game(seed: int, players: int, heaviest: int, share: float = 0.5) -> WeightedGame:
    rng = random.Random(seed)
    weights = tuple(rng.randint(1, heaviest) for _ in range(players))
    return WeightedGame(max(1, round(sum(weights) * share)), weights)


def random_small_game(rng: random.Random, most: int) -> WeightedGame:
    heaviest = rng.choice([1, 2, 5, 30, 10**9])
    weights = [rng.randint(0, heaviest) for _ in range(rng.randint(1, most))]
    weights[0] = weights[0] or 1
    return WeightedGame(rng.randint(1, sum(weights)), tuple(weights))
