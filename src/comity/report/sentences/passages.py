"""What a set of consensus decisions says of the model, in sentences and table cells."""

from __future__ import annotations

from collections.abc import Sequence

from comity.backtest.passages.objectors import ObjectorScore, Seat
from comity.backtest.passages.omega import OmegaEstimate
from comity.backtest.passages.results import Passages, PassageScore, ScoredCase
from comity.backtest.resampling import Interval
from comity.report.words import listed, percent, plural

NAMES = {
    "consensus": "consensus model, as coded",
    "omega_zero": "… with agreement worth nothing (ω = 0)",
    "rho_half": "… with positions of a bloc correlated (ρ = 0.5)",
    "no_floors": "… with floors set aside (§12)",
    "omega_estimated": "… with ω estimated on the other bodies",
    "base_rate": "base rate of the other bodies",
    "naive_rule": "naive rule: fails if any member has publicly refused",
}
"""The forecasts, in the order of the table."""

CASES = ("case", "adopted", "share of draws", "naive rule", "refused", "objected", "ranked", "sure")
MEASURES = {"brier": "Brier", "log": "log", "log_kept": "log within 1–99 %"}
"""The scores, each with a table of its own."""
FORMS = {"brier": ".3f", "log": ".2f", "log_kept": ".2f"}

SHORT = {
    "consensus": "as coded",
    "omega_zero": "ω = 0",
    "rho_half": "ρ = 0.5",
    "no_floors": "no floors",
    "omega_estimated": "ω estimated",
    "base_rate": "base rate",
    "naive_rule": "naive rule",
}
"""The forecasts in a terminal, where the names above would not fit."""
LEGEND = (
    "As coded: the consensus model on the dossiers as they are. ω = 0: agreement as such worth "
    "nothing. ρ = 0.5: positions of a bloc correlated. No floors: no weak text worse than none. "
    "ω estimated: on the other bodies. Base rate: of the other bodies. Naive rule: it fails if "
    "any member has publicly refused."
)
SHORT_CASES = ("case", "adopted", "share", "refused", "objected", "sure")

SIDES = {"too_weak": "too weak", "too_strong": "too strong", "unknown": "side unknown"}


def case_row(case: ScoredCase) -> list[str]:
    """A case as cells under ``CASES``; ``ranked`` is the place of who objected, by the model."""
    real = [seat for seat in case.seats if seat.real]
    return [
        case.name,
        "yes" if case.adopted else "no",
        percent(case.chances["consensus"]),
        percent(case.chances["naive_rule"]),
        ", ".join(case.refused) or "–",
        _objected(case, real),
        ", ".join(str(seat.rank) for seat in real) or "–",
        "/".join(case.sure[name] for name in ("inputs", "adopted", "objectors")),
    ]


def _objected(case: ScoredCase, real: Sequence[Seat]) -> str:
    if any(seat.real is None for seat in case.seats):
        return "not known"
    return ", ".join(f"{s.seat} ({SIDES[s.real_side or 'unknown']})" for s in real) or "–"


def score_headings(measure: str) -> tuple[str, ...]:
    """The headings over a table of one of ``MEASURES``."""
    return ("forecast", MEASURES[measure], "less base rate", "less naive rule")


def score_row(name: str, score: PassageScore, measure: str) -> list[str]:
    """A forecast as cells under ``score_headings``."""
    return [NAMES[name], *(_with(*held) for held in _scored(score, measure))]


def _scored(score: PassageScore, measure: str) -> tuple[tuple[float, Interval | None, str], ...]:
    """The score and its differences from the rivals, each with its interval and form."""
    form = FORMS[measure]
    return (
        (score.values[measure], score.interval[measure], form),
        (*score.less_base[measure], f"+{form}"),
        (*score.less_naive[measure], f"+{form}"),
    )


def short_case_row(case: ScoredCase) -> list[str]:
    """A case as cells under ``SHORT_CASES``; who objected stands with its place."""
    real = [seat for seat in case.seats if seat.real]
    told = [f"{s.seat} {SIDES[s.real_side or 'unknown']} ({s.rank})" for s in real]
    unknown = any(seat.real is None for seat in case.seats)
    return [
        case.name,
        "yes" if case.adopted else "no",
        percent(case.chances["consensus"]),
        ", ".join(case.refused) or "–",
        "not known" if unknown else ", ".join(told) or "–",
        "/".join(case.sure[name] for name in ("inputs", "adopted", "objectors")),
    ]


def short_score_row(name: str, score: PassageScore, measure: str) -> list[str]:
    """The same for a terminal: intervals follow their numbers."""
    return [SHORT[name], *(_beside(*held) for held in _scored(score, measure))]


def conclusion(found: Passages) -> tuple[str, ...]:
    """What the scores say, before the tables."""
    adopted = sum(case.adopted for case in found.cases)
    return (
        f"{plural(len(found.cases), 'decision')} of {plural(len(found.bodies), 'body', 'bodies')} "
        f"by consensus, {adopted} adopted{_by_design(found)}.",
        *(
            _against(found, measure, *rival)
            for measure in ("brier", "log")
            for rival in (
                ("base_rate", "the base rate of the other bodies"),
                ("naive_rule", "the naive rule"),
            )
        ),
        _excluded(found),
    )


def _by_design(found: Passages) -> str:
    """What the pairs say of the share adopted, if every one bears it out."""
    pairs: dict[tuple[str, str], set[bool]] = {}
    for case in found.cases:
        pairs.setdefault((case.body, case.pair), set()).add(case.adopted)
    if any(len(ends) < 2 for ends in pairs.values()):
        return ""
    return (
        "; each block stands beside an adoption of the same body, so that the share adopted is by "
        "design"
    )


def _against(found: Passages, measure: str, rival: str, words: str) -> str:
    model, form = found.scores["consensus"], FORMS[measure]
    gaps = model.less_base if rival == "base_rate" else model.less_naive
    gap, interval = gaps[measure]
    other = found.scores[rival].values[measure]
    sure = "" if interval is None else f", 95 % interval {_span(interval, f'+{form}')}"
    return (
        f"{MEASURES[measure].capitalize()} score of the consensus model "
        f"{model.values[measure]:{form}} against {other:{form}} of {words}: {gap:+{form}}{sure}; "
        f"{_verdict(gap, interval)}."
    )


def _verdict(gap: float, interval: Interval | None) -> str:
    if interval is not None and (interval[1] < 0.0 or interval[0] > 0.0):
        return "better" if gap < 0.0 else "worse"
    return "which of the two is better cannot be told from so few bodies"


def _excluded(found: Passages) -> str:
    """The cases that decide the log score."""
    held = [case for case in found.cases if case.chances["consensus"] == 0.0 and case.adopted]
    sure = [case for case in found.cases if case.chances["consensus"] == 1.0 and not case.adopted]
    if not held and not sure:
        return "In no case did it exclude what happened."
    score, rivals = found.scores["consensus"].values["log"], found.scores["base_rate"].values["log"]
    return (
        f"It gave no draw at all to what happened in {plural(len(held) + len(sure), 'case')} "
        f"({listed(case.name for case in (*held, *sure))}); they make its log score {score:.2f} "
        f"against {rivals:.2f} of the base rate. A share of draws is not yet a chance."
    )


def on_intervals(found: Passages) -> str:
    """What the intervals are, and what they leave out."""
    if len(found.bodies) < 2:
        return "There are no intervals: cases of one body say nothing of another."
    return (
        "With each number stands its 95 % interval from a bootstrap over bodies. Base rate, naive "
        "rule and the estimated ω are those of the whole set in every resample; what making them "
        "anew would add to the intervals is left out."
    )


def on_objectors(found: Passages) -> tuple[str, ...]:
    """Who objected, from which side."""
    return (_blocked(found.blocked), _passed(found.passed))


def _blocked(score: ObjectorScore) -> str:
    if not score.with_objectors:
        return "Of no blocked case are the objectors known."
    return (
        f"Who objected, in {plural(score.cases, 'blocked case')}: a seat is predicted to object if "
        f"it does in half of the draws. {plural(score.hits, 'hit')}, "
        f"{plural(score.misses, 'miss', 'misses')}, "
        f"{plural(score.false_alarms, 'false alarm')} among {score.seats} seats; the seat that "
        f"objects most often did object in {score.first:g} of {score.with_objectors} cases; of "
        f"the hits whose side is known, {score.sides_right} of {score.sides_known} objected from "
        "the side on which the model has them."
    )


def _passed(score: ObjectorScore) -> str:
    return (
        f"In {plural(score.cases, 'adopted case')}: {plural(score.false_alarms, 'false alarm')} "
        f"among {score.seats} seats, {plural(score.hits, 'hit')} and "
        f"{plural(score.misses, 'miss', 'misses')} among objections recorded and overridden."
    )


def on_omega(found: Passages) -> tuple[str, ...]:
    """What agreement as such was worth, as far as these cases tell."""
    if found.omega is None or found.omega_cautious is None:
        return ("ω is not estimated: that takes two bodies or more.",)
    return (
        f"ω, what agreement as such is worth to a member of salience 100, drawn from 0 to twice "
        f"its mean: the mean that makes these outcomes likeliest is {_estimated(found.omega)}. "
        f"Bodies left out one at a time it is {_left_out(found.omega)}.",
        "With shares kept within 1 % and 99 %, so that no case which the model all but excludes "
        f"decides alone, it is {_estimated(found.omega_cautious)}; bodies left out "
        f"{_left_out(found.omega_cautious)}.",
        f"This is an average over {listed(name.upper() for name in found.omega.bodies)}; it says "
        "nothing of another body, and no default follows from it.",
    )


def _estimated(held: OmegaEstimate) -> str:
    stretches = listed((_stretch(a, b, held.grid[-1]) for a, b in held.plausible), "or")
    return (
        f"{held.mean:g} points (95 % interval from a bootstrap over bodies: "
        f"{_stretch(*held.interval, held.grid[-1])}; by the profile of the likelihood, if cases "
        f"were independent, {stretches})"
    )


def _stretch(low: float, high: float, last: float) -> str:
    return f"{low:g} to {high:g}" + (" and perhaps beyond" if high == last else "")


def _left_out(held: OmegaEstimate) -> str:
    means = [left.mean for left in held.left_out]
    if min(means) == max(means):
        return f"{means[0]:g} throughout"
    return f"from {min(means):g} to {max(means):g}"


def caution(found: Passages) -> str:
    """What must be known before a figure is quoted."""
    return (
        "Whoever coded these cases knew how they ended. The rules were written first and the "
        "outcomes kept apart, but which facts were recalled as public is not free of that "
        f"knowledge; with {plural(len(found.bodies), 'body', 'bodies')} every interval is wide."
    )


def _with(value: float, interval: Interval | None, form: str) -> str:
    if interval is None or interval == (0.0, 0.0):
        return f"{value:{form}}"
    return f"{value:{form}} ({_span(interval, form)})"


def _beside(value: float, interval: Interval | None, form: str) -> str:
    if interval is None or interval == (0.0, 0.0):
        return f"{value:{form}}"
    return f"{value:{form}}  {interval[0]:{form}}..{interval[1]:{form}}"


def _span(interval: Interval, form: str) -> str:
    return f"{interval[0]:{form}} to {interval[1]:{form}}"
