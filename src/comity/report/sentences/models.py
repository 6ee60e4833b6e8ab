"""Models set side by side: where each lies, and why they differ."""

from __future__ import annotations

from comity.ensemble.comparison import Comparison, ModelView, PackageView, Together
from comity.report.sentences.models_options import favourites, reasons_on_options
from comity.report.sentences.models_reasons import BARGAINING, About, reasons_of
from comity.report.sentences.models_words import Unit, text_told, unit_of, unknown
from comity.report.words import actor_name, capital, listed, number, percent, title_of

Sentences = tuple[str, ...]


def models_differ(comparison: Comparison, item: str) -> Sentences:
    """How far apart the models lie on an item, and then why, a sentence or two for each reason."""
    about = About(comparison, item)
    said = [_range(about) if about.on_scale else favourites(about)]
    said += dict.fromkeys(_reasons(about).values())
    said += [
        f"Mind: the model “{view.title}” was {view.caveat}."
        for view in about.entry.models.values()
        if view.caveat is not None
    ]
    return tuple(sentence for sentence in said if sentence)


def model_says(comparison: Comparison, item: str) -> dict[str, str]:
    """For each model why it lies where it lies, or why it has no answer."""
    about = About(comparison, item)
    reasons = _reasons(about)
    return {
        name: reasons.get(name) or _MEANS.get(name, "")
        if view.answered
        else capital(f"{view.why}.")
        for name, view in about.entry.models.items()
    }


def _reasons(about: About) -> dict[str, str]:
    return reasons_of(about) if about.on_scale else reasons_on_options(about)


def unanswered(comparison: Comparison, item: str) -> Sentences:
    """Which models have no answer, and why, those with one reason together."""
    alike: dict[str, list[str]] = {}
    for view in comparison.items[item].models.values():
        if not view.answered:
            alike.setdefault(str(view.why), []).append(view.title)
    return tuple(f"No answer from {listed(names)}: {why}." for why, names in alike.items())


_MEANS = {
    "unweighted_mean": "All members count alike.",
    "salience_mean": "Members count by how much the item matters to them.",
    "compromise": "Members count by capability × salience.",
    "weighted_median": "Half the weight wants no more, half no less.",
    "challenge": "Members give way to those that can make them.",
    "exchange": "Members give way on one item to gain on another.",
    "condorcet_election": "Each wish is as likely as its votes against the others make it.",
    "prevails": "A place that somebody wants, or around the compromise, by chances learnt from "
    "European law.",
    "consensus": "The tabled draft where it is adopted, the reversion where it is not.",
}


def _range(about: About) -> str:
    """Between which answers all models lie."""
    views = about.entry.models.items()
    found = [(v.point, name, v.title) for name, v in views if isinstance(v.point, float)]
    if len(found) < 2:
        return ""
    (low, first, lowest), (high, last, highest) = min(found), max(found)
    if high - low < about.unit.least:
        return f"All {len(found)} models that answer say the same, {about.unit.number(low)}."
    return (
        f"The {len(found)} answers lie between {about.told(first)} ({lowest}) and "
        f"{about.told(last)} ({highest})."
    )


def set_against(comparison: Comparison, item: str) -> str:
    """What holds if nothing is decided, what is tabled, and the rule in force."""
    entry = comparison.items[item]
    back = text_told(comparison.dossier, item, "reversion")
    draft = "nothing is tabled"
    if entry.tabled is not None:
        draft = f"tabled: {text_told(comparison.dossier, item, 'tabled')}"
    return f"If nothing is decided: {back}; {draft}. Rule: {entry.rule.rstrip('.')}."


def model_table(comparison: Comparison, item: str) -> tuple[list[str], list[list[str]]]:
    """Headings and a row for each model that answers; all columns but the first are numbers.

    On options the numbers are the weights a model puts on each option.
    """
    entry = comparison.items[item]
    views = [view for view in entry.models.values() if view.answered]
    adopted = any(view.adoption is not None for view in views)
    last = ["draft adopted"] if adopted else []
    options = comparison.dossier.agenda[item].option_ids
    middle = list(options) if options else ["point", RANGE]
    unit = unit_of(comparison.dossier, item)
    rows = [
        [view.title, *_answer(view, unit), *([_adoption(view)] if adopted else [])]
        for view in views
    ]
    return ["model", *middle, *last], rows


def together_table(comparison: Comparison, package: Together) -> tuple[list[str], list[list[str]]]:
    """A row for each model: whether its package passes, and who would rather have another."""
    tested = any(view.safe is not None for view in package.models.values())
    headings = ["model", "passes in"] + (["who would rather have what"] if tested else [])
    rows = [
        [view.title, percent(view.passes), *([_rather(comparison, view)] if tested else [])]
        for view in package.models.values()
    ]
    return headings, rows


def together_says(comparison: Comparison, package: Together) -> Sentences:
    """What the table of packages tells."""
    names = listed(title_of(item).lower() for item in package.items)
    tested = any(view.safe is not None for view in package.models.values())
    said: Sentences = (
        f"Each model's points on {names}, put to one vote as a package: in what share of draws it "
        "would pass against what holds now, by members' own wishes, salience times the square of "
        "the distance added up over the items.",
    )
    if any(unknown(comparison.dossier, item) for item in package.items):
        said += (
            "What holds now is not known and was drawn from 0 to 100, so these shares say little.",
        )
    left_out = _left_out(comparison, package)
    if not tested:
        many = "There are too many members and items to ask what would beat it."
        return (*said, many, *left_out)
    return (
        *said,
        "And, with every number at its median, who could carry another package that all of them "
        "prefer; there are as a rule many, and the one named is one of them.",
        *left_out,
    )


def _left_out(comparison: Comparison, package: Together) -> Sentences:
    """Which models name no text that could be put to the vote, those with one reason together."""
    views = comparison.items[package.items[0]].models
    alike: dict[str, list[str]] = {}
    for name, why in package.left_out.items():
        alike.setdefault(why, []).append(views[name].title)
    return tuple(
        f"Left out {'is' if len(names) == 1 else 'are'} {listed(names)}: "
        + (why if len(names) == 1 else why.replace("its point stands", "their points stand"))
        + "."
        for why, names in alike.items()
    )


def _rather(comparison: Comparison, view: PackageView) -> str:
    if view.better is None:
        return "nobody: no other package beats it"
    who = listed(actor_name(comparison.dossier, member) for member in view.coalition)
    if len(view.coalition) == len(comparison.dossier.members(next(iter(view.package)))):
        who = "everybody"
    changed = [
        f"{title_of(item).lower()} {number(view.package[item])} → {number(text)}"
        for item, text in view.better.items()
        if round(text) != round(view.package[item])
    ]
    return f"{who}: {', '.join(changed)}" if changed else f"{who}, by less than a point"


def caution(comparison: Comparison) -> Sentences:
    """What a reader of the tables must know: what each kind of model answers."""
    views = [view for entry in comparison.items.values() for view in entry.models.items()]
    titles = {name: view.title for name, view in views if view.answered}
    asked = (
        (text, [title for name, title in titles.items() if name in kind]) for text, kind in _KINDS
    )
    kinds = [text.format(listed(found)) for text, found in asked if found]
    ranged = any(view.low is not None for _, view in views)
    return (
        *([_LEGEND] if ranged else []),
        *(["What the models answer: " + "; ".join(kinds) + "."] if kinds else []),
        "No model is right because others agree with it; how well each did on real decisions: "
        "comity backtest.",
    )


RANGE = "10 to 90 %"

_LEGEND = (
    "10 to 90 %: where a model's answers lie, but for the lowest and the highest tenth, over draws "
    "and over all that it holds possible in a draw (election, winset, core, prevails)."
)

_CONTENT = (
    "unweighted_mean",
    "salience_mean",
    "compromise",
    "weighted_median",
    "challenge",
    "exchange",
    "condorcet_election",
    "core",
    "prevails",
)

_KINDS = (
    ("what a text would be, if one were adopted ({})", _CONTENT),
    (
        "what can be had against the reversion, which stays where nothing can ({})",
        (*BARGAINING, "winset", "agenda_setter"),
    ),
    ("whether the draft is adopted, and so what holds ({})", ("consensus",)),
)
"""Kinds of model in words, and the models of each."""


def _answer(view: ModelView, unit: Unit) -> list[str]:
    if isinstance(view.point, float):
        assert view.low is not None
        assert view.high is not None
        unit = unit.over(view.low, view.high)
        low, high = unit.number(view.low), unit.number(view.high)
        return [unit.number(view.point), low if low == high else f"{low} to {high}"]
    return [percent(share) for share in (view.point or {}).values()]


def _adoption(view: ModelView) -> str:
    return "" if view.adoption is None else percent(view.adoption)
