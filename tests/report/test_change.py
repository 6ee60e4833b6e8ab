"""What would change the answer, in sentences."""

from __future__ import annotations

from dataclasses import replace

from comity.ensemble.results import Asked, Content, OpeningShares, Strongest, Verdict
from comity.report import sentences
from report.samples import AGREED, ASKED, OPTIONS, PLAIN, SIDES, VOTE, seen, set_to


def _opening(**by: Asked) -> OpeningShares:
    none = Asked(0.0, 0.0)
    return OpeningShares(0.5, 0.0, 1.0, 43.0, {"A": none, "B": none, "C": none} | by)


def test_the_least_opening_names_who_which_way_and_how_far() -> None:
    """One member is asked in one sentence, several in another, with points in the median draw."""
    found = set_to(
        seen(PLAIN), "text",
        opening=_opening(A=Asked(0.22, 15.3), B=Asked(0.15, 1.2), C=Asked(0.15, 1.4)),
    )  # fmt: skip
    assert sentences.opening(found, "text") == (
        "In 50 % of draws somebody has to give way before any text passes; the least that would do "
        "is to meet at 43 (between “nothing”, 0, and “a call on both”, 50) in the median such "
        "draw.",
        "This asks Arland to let weaker texts pass in 22 % of draws, by 15 points in the median "
        "such draw.",
        "This asks members to let stronger texts pass: Borland and Corland in 15 % of draws each "
        "by 1 point in the median such draw.",
    )


def test_no_opening_is_needed_or_helps_or_is_given() -> None:
    """Openings that are not needed, that do not help and that are not given are told apart."""
    assert sentences.opening(seen(AGREED), "text") == (
        "Nobody has to give way: in every draw some text satisfies all members.",
    )
    assert sentences.opening(seen(VOTE), "seat") == (
        "This procedure counts votes, so no least opening is given.",
    )
    stuck = OpeningShares(0.5, 0.5, None, None, {"A": Asked(0.0, 0.0)})
    assert sentences.opening(set_to(seen(PLAIN), "text", opening=stuck), "text") == (
        "In 50 % of draws giving way is no help, however far: some member accepts no text at all.",
    )


def test_openings_on_options() -> None:
    """On options members are asked to accept what they refuse."""
    said = sentences.opening(seen(OPTIONS), "seat")
    assert "the least that would do is most often to accept “north”" in said[0]
    assert said[1].startswith("This asks a member to accept what it refuses: Borland in all draws")


def test_strongest_texts_in_the_words_of_landmarks() -> None:
    """The strongest texts in half and in four fifths of draws are put into words, or missed."""

    def told(half: float | None, most: float | None) -> str:
        shares = {"above": Strongest(half, most)}
        return sentences.strongest(set_to(seen(AGREED), "text", strongest=shares), "text")[0]

    start = "The strongest text that passes in half of the draws is 98 (close to “all”, 100); "
    assert told(98.0, 2.0) == f"{start}in four fifths, 2 (close to “nothing”, 0)."
    assert told(98.0, 98.0) == f"{start}it passes in four fifths as well."
    assert told(98.0, None) == f"{start}none passes in four fifths."
    assert told(None, None) == "No single text passes in half of the draws."


def test_no_single_text_passes() -> None:
    """Where no text ever passes this is said once, not once a side."""
    assert sentences.strongest(seen(SIDES), "quota") == ("No single text passes in any draw.",)


def test_options_are_told_by_how_often_they_pass() -> None:
    """On options each is told with its share; competence is set aside in words."""
    assert sentences.strongest(seen(OPTIONS), "seat") == (
        "“north” passes in none of the 200 draws.",
    )


def test_sides_of_what_holds_now_are_named() -> None:
    """On a two-sided scale the strongest texts are told for each side."""
    sides = {"above": Strongest(80.0, None), "below": Strongest(None, None)}
    found = seen(SIDES)
    chairing = replace(found.items["quota"].chairing, neutral_text=60.0, neutral_adoption=0.6)
    said = sentences.strongest(set_to(found, "quota", strongest=sides, chairing=chairing), "quota")
    assert said == (
        "The strongest text above 50 that passes in half of the draws is 80; none passes in four "
        "fifths.",
        "No single text below 50 passes in half of the draws.",
        "The text that passes most often, in 60 % of draws, is 60.",
    )


def test_the_chair_against_a_neutral_text_and_the_next_chair() -> None:
    """The chair's text, the neutral text and the next chair's are told side by side."""
    said = sentences.chair(seen(AGREED), "text")
    assert said[0].startswith("Arland in the chair would table ")
    assert "the neutral text (the one that passes most often) in all" in said[0]
    assert said[1].startswith("Borland, next in rotation, would table ")


def test_without_a_presidency_only_the_neutral_text_is_told() -> None:
    """No chair is invented where the dossier gives none."""
    assert sentences.chair(seen(PLAIN), "text") == (
        "No presidency is given. No neutral text passes in any draw.",
    )


def test_procedures_that_change_nothing_are_told_as_such() -> None:
    """What another procedure would change is told, and honestly so where it is nothing."""
    said = sentences.procedures(seen(AGREED), "text")
    assert len(said) == 1
    assert said[0].startswith("Nothing that shows would change under consensus minus one")
    changed = sentences.procedures(seen(PLAIN), "text")
    assert any("two thirds of members" in says.lower() for says in changed)


def test_competence_is_settled_as_before_under_any_procedure() -> None:
    """Where competence is in question the sentence says that it is not touched."""
    said = sentences.procedures(seen(ASKED), "text")
    assert said[-1] == "Whichever procedure is used, competence is settled as before."


def test_rounds_are_told_one_by_one() -> None:
    """Each round says what is tabled and how often the item has been adopted by then."""
    first, second = sentences.rounds(seen(ASKED), "text")
    assert first == (
        "As tabled: with 50 on the table, the draft is adopted in none of the 200 draws, and some "
        "text could be in none."
    )
    assert second.startswith("Second reading: with 30 on the table")
    assert second.endswith("by then the item has been adopted in none of the 200 draws.")
    assert sentences.rounds(seen(PLAIN), "text") == ()


def test_content_is_told_as_content() -> None:
    """The means are told as what the content would be if something is adopted."""
    means = {"compromise": Content(50.2, 34.0, 66.0), "unweighted mean": Content(51.0, 40.0, 60.0)}
    assert sentences.content(set_to(seen(PLAIN), "text", content=means), "text") == (
        "For comparison, what the content would be if something is adopted as a compromise of "
        "all: the mean of what members want, weighted by capability and by how much it matters "
        "to them, is 50 (“a call on both”), from 34 to 66 in four fifths of draws; "
        "with all alike, 51.",
    )
    assert "on “nowhere”" in sentences.content(seen(OPTIONS), "seat")[0]


def test_a_verdict_adds_the_text_alone_only_where_it_differs() -> None:
    """The shares on the text alone are left out where they are the same."""
    alike, apart = Verdict(0.2, 0.4, 0.2, 0.4), Verdict(0.2, 0.4, 0.6, 0.8)
    found = set_to(seen(ASKED), "text", variants={"omega_zero": alike, "rho_half": apart})
    assert sentences.variants(found, "text") == (
        "If agreement as such were worth nothing to anybody, the tabled draft would be adopted in "
        "20 % of draws and some text in 40 %.",
        "If members of a bloc moved together, the tabled draft would be adopted in 20 % of draws "
        "and some text in 40 %; on the text alone, in 60 % and in 80 %.",
    )
