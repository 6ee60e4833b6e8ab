"""The comparisons with brute force again, on four thousand cases each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acceptance import test_against_brute_force as short

CASES = 4_000


def opening(minus: int) -> Callable[[], None]:
    return lambda: short.test_the_least_opening_is_the_least(minus)


def window(minus: int) -> Callable[[], None]:
    return lambda: short.test_the_window_is_found_exactly(minus)


def enumerated(minus: int) -> Callable[[], None]:
    return lambda: short.test_enumerated_conflicts_are_the_same(minus)


CHECKS: dict[str, Callable[[], None]] = {
    "responses": short.test_responses_follow_the_definition,
    "conflicts": short.test_conflicts_are_the_smallest_sets_that_close_the_window,
    "sides": short.test_objections_say_from_which_side,
    "opened": short.test_opening_members_by_what_is_asked_opens_the_window,
    **{f"window minus {minus}": window(minus) for minus in range(3)},
    **{f"opening minus {minus}": opening(minus) for minus in range(3)},
    **{f"enumerated minus {minus}": enumerated(minus) for minus in range(2)},
}


@pytest.mark.trust
@pytest.mark.parametrize("check", CHECKS)
def test_four_thousand_cases(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds on many cases holds on many more (§9 to §15)."""
    assert short.CASES < CASES
    monkeypatch.setattr(short, "CASES", CASES)
    CHECKS[check]()
