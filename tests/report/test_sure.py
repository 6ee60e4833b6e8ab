"""How sure it is, in sentences."""

from __future__ import annotations

from dataclasses import replace

from comity.dossier import Basis, Finding
from comity.ensemble.results import BasisCount, Swing, Tornado
from comity.report import sentences
from report.samples import AGREED, ASKED, OPTIONS, PLAIN, VOTE, seen, set_to


def _tornado(target: str, *fifths: tuple[float, ...], field: str = "ideal") -> Tornado:
    swings = tuple(
        Swing(f"positions.text.B.{field}", "text", "B", field, Basis.ASSUMED, each, 0.1)
        for each in fifths
    )
    return Tornado(target, 0.4, swings, {})


def test_variants_that_change_nothing_are_told_together() -> None:
    """Suppositions under which nothing shows are one sentence, not one each."""
    assert sentences.variants(seen(AGREED), "text") == (
        "Nothing that shows would change if agreement as such were worth nothing to anybody or if "
        "members of a bloc moved together.",
    )


def test_the_presumption_that_holds_is_no_variant() -> None:
    """Only the other presumption on competence is told as a supposition."""
    named = sentences.shown_variants(seen(ASKED), "text")
    assert "presumed_within" in named
    assert "presumed_outside" not in named


def test_what_moves_the_answer_most() -> None:
    """An input is told with its basis and how the share runs as it rises, or between what."""
    found = set_to(
        seen(PLAIN), "text",
        tornado=(_tornado("any", (0.76, 0.5, 0.4, 0.3, 0.22), (0.2, 0.1, 0.4, 0.6, 0.5)),),
        basis=BasisCount(0, 0, 2, 1.0),
    )  # fmt: skip
    assert sentences.moves(found, "text") == (
        "Whether some text can be adopted depends most on what Borland wants (assumed): from 76 % "
        "of draws (at its lowest) to 22 % (at its highest); what Borland wants (assumed): between "
        "10 % and 60 % of draws. All of what movement there is comes from mere assumptions.",
    )


def test_small_movements_are_not_told_in_words() -> None:
    """An input that moves a share by less than three points is not told as moving it."""
    found = set_to(
        seen(PLAIN), "text",
        tornado=(_tornado("any", (0.0, 0.0, 0.01, 0.01, 0.02)),),
        basis=BasisCount(0, 0, 2, None),
    )  # fmt: skip
    assert sentences.moves(found, "text") == (
        "On whether some text can be adopted, no single input makes a difference of 3 points.",
    )


def test_every_input_has_words() -> None:
    """Each field that can move an answer is told in plain words, with the item if it is another."""
    fields = "ideal floor salience omega capability values.north accepts.low accepts.high"
    for name in fields.split():
        found = set_to(seen(PLAIN), "text", tornado=(_tornado("any", (0.0, 0.5), field=name),))
        assert "Borland" in sentences.moves(found, "text")[0]
    for name in ("reversion", "smallest_step", "tabled"):
        found = set_to(seen(PLAIN), "text", tornado=(_tornado("any", (0.0, 0.5), field=name),))
        assert sentences.moves(found, "text")


def test_no_doubt_no_tornado() -> None:
    """Where every draw agrees no input is said to move the answer."""
    assert sentences.moves(seen(AGREED), "text") == (
        "The answer is the same in every draw, so no input moves it.",
    )


def test_what_the_judgements_rest_on() -> None:
    """Judgements are counted by what they rest on, with the grammar of one and of several."""
    found = set_to(seen(PLAIN), "text", basis=BasisCount(1, 0, 12, None))
    assert sentences.basis(found, "text") == (
        "Of 13 judgements on what members want and how much it matters to them, one is stated by "
        "the one concerned, none is inferred and 12 are merely assumed.",
    )
    assert sentences.basis(set_to(found, "text", basis=BasisCount(0, 0, 0, None)), "text") == ()


def test_rival_codings_side_by_side() -> None:
    """Each coding is named by its title and gives its own answer."""
    coded = seen(f"{PLAIN}codings:\n  rival: {{title: as its rival sees it, positions: {{}}}}\n")
    assert sentences.codings(coded, "text") == (
        "As its rival sees it: the tabled draft is adopted in none of the 200 draws and some text "
        "in none.",
    )
    assert sentences.codings(seen(PLAIN), "text") == ()


def test_caveats_name_note_calibration_and_doubts() -> None:
    """The case's note comes first, then that shares are not calibrated, then what checks found."""
    found = replace(seen(PLAIN), note="Only an\n  example.", findings=(Finding("x", "y", "z"),))
    note, calibration, doubts = sentences.caveats(found)
    assert note == "Only an example."
    assert "not been calibrated" in calibration
    assert doubts == "The checks of the dossier raise one doubt, listed with the sources."
    assert len(sentences.caveats(replace(found, note="", findings=()))) == 1


def test_terms_are_told_once_with_what_they_mean_here() -> None:
    """ω, ρ and the Monte Carlo error stand among the terms and nowhere else in the prose."""
    from report.everything import everything

    for text in (PLAIN, ASKED, OPTIONS, VOTE):
        found = seen(text)
        terms = sentences.terms(found)
        others = [says for says in everything(found) if says not in terms.values()]
        for term in ("ω", "ρ", "Monte Carlo"):
            assert any(term in f"{name} {means}" for name, means in terms.items())
            assert not any(term in says for says in others)
