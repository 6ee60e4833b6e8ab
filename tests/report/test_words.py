"""Shares, points, names and texts in plain words (conventions §24)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.report import words
from comity.report.words import Subject
from report.samples import OPTIONS, PLAIN, SIDES, seen


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "none"),
        (1e-9, "under 1 %"),
        (0.0099, "under 1 %"),
        (0.01, "1 %"),
        (0.47, "47 %"),
        (0.99, "99 %"),
        (0.9901, "over 99 %"),
        (1.0, "all"),
    ],
)
def test_shares_are_whole_per_cent(share: float, said: str) -> None:
    """A share reads as whole per cent, and as none or all only where it is."""
    assert words.percent(share) == said


@given(st.floats(0.0, 1.0, exclude_min=True, exclude_max=True))
def test_no_share_short_of_the_ends_reads_as_an_end(share: float) -> None:
    """Between the ends no share is called 0 %, 100 %, none or all."""
    assert words.percent(share) not in {"0 %", "100 %", "none", "all"}
    assert words.percent(share) == words.rounded(share)


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_none_and_all_name_the_draws(draws: int, met: int) -> None:
    """The ends say how many draws were made; nothing else does."""
    share = min(met, draws) / draws
    said = words.of_draws(share, draws)
    assert (f"{draws:,} draws" in said) == (share in (0.0, 1.0) and draws > 1)


@pytest.mark.parametrize(
    ("share", "draws", "said"),
    [
        (0.0, 10_000, "in none of the 10,000 draws"),
        (1.0, 10_000, "in all 10,000 draws"),
        (0.5, 2, "in 50 % of draws"),
        (1.0, 1, "in the only draw made"),
        (0.0, 1, "in no draw (only one was made)"),
    ],
)
def test_shares_within_a_sentence(share: float, draws: int, said: str) -> None:
    """A share of draws reads well after a verb."""
    assert words.in_draws(share, draws) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_lists(parts: list[str], said: str) -> None:
    """One, two and several names are joined as one writes them."""
    assert words.listed(parts) == said


@pytest.mark.parametrize(
    ("distance", "said"),
    [(0.2, "less than 1 point"), (0.6, "1 point"), (1.4, "1 point"), (15.3, "15 points")],
)
def test_points(distance: float, said: str) -> None:
    """Distances are whole points, and one point is one."""
    assert words.points(distance) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (0.0, "0 (“nothing”)"),
        (50.2, "50 (“a call on both”)"),
        (46.0, "46 (close to “a call on both”, 50)"),
        (30.0, "30 (between “nothing”, 0, and “a call on both”, 50)"),
    ],
)
def test_a_text_is_put_into_the_words_of_its_landmarks(text: float, said: str) -> None:
    """A point is told with the landmark it stands at or close to, else with those around it."""
    assert Subject(seen(PLAIN), "text").text(text) == said


def test_a_text_on_a_scale_without_landmarks_is_a_number() -> None:
    """Without landmarks a text is its whole number alone."""
    assert Subject(seen(SIDES), "quota").text(62.4) == "62"


def test_options_are_quoted() -> None:
    """An option is told by its name, in quotation marks."""
    assert Subject(seen(OPTIONS), "seat").text("north") == "“north”"


def test_headings_come_from_ids() -> None:
    """An id becomes a heading; a name is used where there is one."""
    assert words.title_of("peace-talks_2") == "Peace talks 2"
    assert words.actor_name(seen(PLAIN).dossier, "A") == "Arland"
    assert words.actor_name(seen(PLAIN).dossier, "Z") == "Z"


def test_one_and_several() -> None:
    """One thing is singular, none and several are plural, irregular plurals included."""
    assert [words.plural(count, "day") for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert words.plural(2, "body", "bodies") == "2 bodies"
