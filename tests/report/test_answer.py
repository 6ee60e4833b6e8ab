"""The answer in sentences: headline, what holds it up, the agenda as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.ensemble.results import Errors, Ranges, ResponseShares
from comity.report import sentences
from report.samples import AGREED, ASKED, HEAD, PLAIN, SIDES, seen, set_to


def test_headline_names_who_tabled_and_how_often_it_is_adopted() -> None:
    """The headline says for the tabled draft and for any text in how many draws it is adopted."""
    assert sentences.adoption(seen(PLAIN), "text") == (
        "The draft tabled by Arland is adopted in none of the 200 draws.",
        "Some text, this one or another, could be adopted in none of the 200 draws.",
    )


def test_headline_of_a_certain_dossier() -> None:
    """Where every draw agrees the headline says all draws, and no range is left open."""
    assert sentences.headline(seen(AGREED), "text") == (
        "The tabled draft is adopted in all 200 draws.",
        "Some text, this one or another, could be adopted in all 200 draws.",
        "Depending on what is merely assumed, either share stays over 99 %.",
    )


def test_without_a_tabled_draft_only_some_text_is_spoken_of() -> None:
    """A null probability is no share at all: the sentence says that no draft is tabled."""
    assert sentences.adoption(seen(SIDES), "quota") == (
        "No draft is tabled. Some text could be adopted in none of the 200 draws.",
    )
    (assumed,) = sentences.assumption(seen(SIDES), "quota")
    assert "tabled draft" not in assumed


def test_few_draws_are_told_of_where_they_matter() -> None:
    """The Monte Carlo error is put into words when it could move a share by points."""
    few = set_to(seen(PLAIN), "text", adoption={"any": 0.4, "error": Errors(0.001, 0.035)})
    many = set_to(seen(PLAIN), "text", adoption={"any": 0.4, "error": Errors(0.001, 0.005)})
    assert "give or take 7 points" in sentences.adoption(few, "text")[1]
    assert "give or take" not in " ".join(sentences.adoption(many, "text"))


def test_ranges_over_assumptions() -> None:
    """A range is told with its middle where that differs, and never as 0 % or 100 %."""
    wide = Ranges((0.0, 0.0), (0.0, 1.0), (0.0, 0.0), (0.1, 0.62))
    found = set_to(seen(PLAIN), "text", adoption={"range": wide})
    assert sentences.assumption(found, "text") == (
        "Depending on what is merely assumed, the share for the tabled draft stays under 1 %, and "
        "that for some text ranges from under 1 % to over 99 % (in nine settings out of ten it "
        "ranges from 10 % to 62 %).",
    )
    even = Ranges((0.3, 0.3), (0.3, 0.3), (0.3, 0.3), (0.3, 0.3))
    found = set_to(seen(PLAIN), "text", adoption={"range": even})
    assert sentences.assumption(found, "text") == (
        "Depending on what is merely assumed, either share stays at 30 %.",
    )


def test_what_holds_an_answer_up() -> None:
    """Competence, what must come first and the text alone are told one by one."""
    competence, presumed, *rest = sentences.holds_up(seen(ASKED), "text")
    assert competence == (
        "The matter is presumed to lie outside what the body may decide about, and only the "
        "members together, by consensus, can decide that it lies within. The body holds itself "
        "competent in none of the 200 draws."
    )
    assert presumed.startswith("Were the matter presumed to lie within what the body may decide")
    assert rest[0].startswith("First must be adopted first; the draft tabled there is in ")
    assert rest[1].startswith("With competence and what must come first set aside, the tabled")


def test_nothing_holds_up_an_item_where_only_the_text_counts() -> None:
    """Without competence in question or requirements there is nothing to tell."""
    assert sentences.holds_up(seen(PLAIN), "text") == ()


@pytest.mark.parametrize(
    ("settled", "said"),
    [
        ("{presumption: within, item: views}", "only the members together, by consensus, can"),
        ("{presumption: outside, decided_by: chair, item: views}", "the chair can decide that it"),
        ("{presumption: outside, decided_by: D, item: views}", "Dorland can decide that it"),
        ("{presumption: outside}", "no views on that are given, so the presumption holds"),
    ],
)  # fmt: skip
def test_who_settles_competence(settled: str, said: str) -> None:
    """The sentence on competence names who could decide against the presumption."""
    found = seen(ASKED.replace("{presumption: outside, item: views}", settled))
    assert said in sentences.competence(found, "text")[0]


def test_if_only_the_text_is_left_it_is_told_once() -> None:
    """Where the other presumption frees the text, the shares on the text alone are not repeated."""
    freed = seen(ASKED.replace("    requires: [first]\n", ""))
    said = sentences.holds_up(freed, "text")
    assert "only the text would count" in said[1]
    assert not any("set aside" in says for says in said)


def test_texts_nobody_wants_are_told_of() -> None:
    """A text that would meet no objection and has no sponsor is told as such."""
    found = set_to(seen(PLAIN), "text", adoption={"sponsorless": 0.13})
    assert sentences.sponsor(found, "text") == (
        "In 13 % of draws some text would go through, but nobody wants one enough to put it "
        "forward.",
    )


def test_obstacles_in_a_few_words() -> None:
    """The line in the agenda table names what is met seldom and who stands against it."""
    assert sentences.obstacle(seen(AGREED), "text") == "hardly any"
    said = sentences.obstacle(seen(PLAIN), "text")
    assert said == "objections (Borland always and Corland always)"
    said = sentences.obstacle(seen(ASKED), "text")
    assert said.startswith("competence (held in none of the 200 draws)")


def test_obstacles_without_a_tabled_draft() -> None:
    """Without a draft the line says whom no text suits, members of a pair together."""
    said = sentences.obstacle(seen(SIDES), "quota")
    assert said == "objections to every text (both Arland and Borland always)"
    assert sentences.obstacle(seen(ASKED), "views") == "objections to every text (Borland always)"


def test_many_small_objections_are_an_obstacle_too() -> None:
    """Where no member objects often, but the draft fails, objections are called scattered."""
    given = ResponseShares(0.95, 0.0, 0.05, 0.0, 0.0)
    found = set_to(
        seen(PLAIN), "text", adoption={"probability": 0.6}, responses=dict.fromkeys("ABC", given)
    )
    assert sentences.obstacle(found, "text") == "scattered objections"


def test_the_agenda_as_a_whole() -> None:
    """How many drafts are adopted and items settled in half of the draws, and which."""
    assert sentences.agenda(seen(PLAIN)) == (
        "The one tabled draft is adopted in none of the draws.",
        "Some text could be adopted in less than half of the draws.",
    )
    neither = set_to(seen(ASKED), "first", adoption={"probability": 0.1})
    assert sentences.agenda(neither)[0] == (
        "Neither of the two tabled drafts reaches half of the draws; the highest share, 10 %, is "
        "that of First."
    )
    assert sentences.agenda(seen(HEAD)) == ("There is nothing on the agenda.",)
    found = seen(ASKED)
    for item, share in (("views", 0.1), ("first", 0.5), ("text", 0.9)):
        found = set_to(found, item, adoption={"any": share, "probability": share - 0.1})
    assert sentences.agenda(found) == (
        "One of the three tabled drafts is adopted in at least half of the draws: Text.",
        "On two of the three items some text could be adopted in at least half of the draws: "
        "First and Text.",
    )


def test_competence_that_is_common_to_items_is_told_once() -> None:
    """Items with the same question of competence share its sentence; a lone item does not."""
    assert sentences.common(seen(ASKED)) == {}
    shared = seen(
        ASKED.replace(
            "reversion: 0, tabled: 50}",
            "reversion: 0, tabled: 50, competence: {presumption: outside, item: views}}",
        )
    )
    assert list(sentences.common(shared)) == [("first", "text")]


def test_prose_never_speaks_of_chance() -> None:
    """Until it has been calibrated a share of draws is never called a chance or a probability."""
    for text in (PLAIN, AGREED, SIDES, ASKED):
        found = replace(seen(text), note="")
        said = " ".join(_everything(found)).lower()
        assert "chance" not in said
        assert "probab" not in said
        assert "likel" not in said


def _everything(found: object) -> list[str]:
    from report.everything import everything

    return everything(found)  # type: ignore[arg-type]
