"""What is said of a backtest, and its page."""

import re
from collections.abc import Mapping

import pytest

from backtest.deu_tables import many, table
from comity.backtest.results import Backtest, Case, Compared, Difference, Scored
from comity.backtest.scoring import backtest
from comity.report.backtest import backtest_report
from comity.report.sentences.backtest import cells, conclusion, left_out
from comity.report.sentences.backtest_method import method

MEASURES = ("mae", "median", "within_10", "crps", "coverage_80")


def scored(name: str, less: Mapping[str, tuple[float, float] | None]) -> Scored:
    """A model with an interval of its difference from each reference."""
    against = {
        other: Compared(9, *(Difference(0.5, interval),) * 2) for other, interval in less.items()
    }
    values = dict.fromkeys(MEASURES, 20.0)
    interval = dict.fromkeys(MEASURES, (19.0, 21.0))
    return Scored(name, 9, values, interval, "residuals", {}, against, {}, {}, 0, ())


def found(*models: Scored) -> Backtest:
    reference = scored("compromise", {"climatology": (-3.0, -1.0)})
    return Backtest(
        file="f",
        sha256="0" * 64,
        read=9,
        cases=tuple(Case("g", f"i{k}", 50.0) for k in range(9)),
        reversion_unknown=2,
        capabilities="council_votes",
        seed=1,
        resamples=100,
        draws=64,
        models={model.name: model for model in (reference, *models)},
        notes=(),
    )


def test_who_does_better_who_worse_and_who_ties():
    """All three are named, as far as intervals tell; §63."""
    told = conclusion(
        found(
            scored("a", {"compromise": (-2.0, -0.1)}),
            scored("b", {"compromise": (-2.0, 0.1)}),
            scored("c", {"compromise": (0.1, 2.0)}),
            scored("d", {"compromise": (0.1, 3.0)}),
        )
    )
    assert told[0].startswith("On nine decided issues") or told[0].startswith("On 9 decided issues")
    assert told[1] == (
        "The mean absolute error of a is lower than the compromise's by a difference whose 95 % "
        "interval excludes zero; c and d do worse; b cannot be told apart from it."
    )
    assert told[3] == (
        "The CRPS of compromise is lower than the climatology's by a difference whose 95 % "
        "interval excludes zero."
    )


def test_nobody_does_better():
    """That is said, and no winner is made up."""
    told = conclusion(found(scored("b", {"compromise": (-2.0, 0.1)})))
    assert told[1] == (
        "No model's mean absolute error is lower than the compromise's with a 95 % interval that "
        "excludes zero; b cannot be told apart from it."
    )


def test_without_intervals_nothing_is_concluded():
    """One proposal tells nothing of chance."""
    assert not [says for says in conclusion(found(scored("b", {"compromise": None})))[1:]
                if "compromise's" in says]  # fmt: skip


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((1e-16, 2e-16), 0), ((-2e-16, -1e-16), 0), ((0.0, 1.0), 0), ((0.1, 1.0), 1),
        ((-1.0, -0.1), -1), ((-1.0, 1.0), 0), (None, 0),
    ],
)  # fmt: skip
def test_a_difference_is_told_by_its_interval(interval, verdict):
    """What rounding alone leaves is no difference; §63."""
    assert Difference(0.0, interval).verdict == verdict


def test_cells():
    """Scores with their intervals and signs; dashes for a model without answers."""
    held = cells(scored("c", {"compromise": (-0.1, 2.0)}))
    assert held[1] == "20.00 (19.00 to 21.00)"
    assert held[-1] == "+0.50 (−0.10 to +2.00)"
    none = Scored("x", 0, {}, {}, "residuals", {}, {}, {"why": 9}, {}, 0, ())
    assert cells(none) == ["0", *["–"] * 6]
    assert left_out(found(none)) == ("X has no answer on 9 issues: why.",)


@pytest.mark.parametrize("rule", ["council_votes", "shapley_shubik", "equal"])
def test_the_page(tmp_path, rule):
    """Answer, table, three figures and the method; nothing from elsewhere, nothing unfilled."""
    path = tmp_path / "deu.tsv"
    path.write_text(table(many()), "utf-8")
    ran = backtest(path, ["nash", "prevails"], capabilities=rule, resamples=100)
    page = backtest_report(ran).html
    for heading, paragraphs in method(ran):
        assert f"<h3>{heading}</h3>" in page
        assert all(paragraphs)
    assert page.count("<figure>") == 3
    assert page.count('scope="row"') == 4
    assert not re.search(r"https?://(?!www\.w3\.org)", page)
    assert "None" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_page_on_one_proposal(tmp_path):
    """There are figures without intervals, and it says whose errors are used."""
    path = tmp_path / "deu.tsv"
    path.write_text(table(many(1)), "utf-8")
    page = backtest_report(backtest(path, ["agenda_setter"])).html
    assert "the file holds but one proposal" in page
    assert page.count("<figure>") == 3
