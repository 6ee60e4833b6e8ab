"""The frontier and the solutions of the middle reading, in words."""

from __future__ import annotations

from comity.ensemble.mediation.results import Mediation, SolutionView
from comity.report.talks_words import RULES, SOLUTIONS, AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, listed, percents, plural


def frontier(mediation: Mediation) -> tuple[str, ...]:
    """How many packages are efficient, out of how many, and how far the list can be trusted."""
    found, about = mediation.frontier, AboutTalks(mediation)
    whole = plural(mediation.outcomes, "package")
    if found.epsilon is None:
        return (f"Of {whole}, the efficient ones are too many to list: {found.how.rstrip('.')}.",)
    if not found.points or found.packages is None:
        return (f"Each of the {whole} breaks a red line or a link.",)
    are = "is" if found.packages == 1 else "are"
    best = (
        f"Of {whole}, {found.packages:,} {are} efficient: allowed by all red lines and links, and "
        "such that no other allowed package is better for one party and as good for the rest"
    )
    if found.exact:
        same = "" if found.packages == found.points else f" They lie on {_points(found.points)}."
        return (f"{best} (the exact frontier).{same}",)
    return (
        f"The frontier is listed on {_points(found.points)} such that no allowed package is more "
        f"than {about.amount(found.epsilon)} better for any party than one listed.",
        *_exact_all_the_same(mediation),
    )


def _exact_all_the_same(mediation: Mediation) -> tuple[str, ...]:
    """Where the frontier is approximate, or in part, and what rests on it is not."""
    found = [each for each in mediation.solutions.values() if each.exists]
    if not found or not all(each.exact for each in found):
        return ()
    return ("The solutions and the joint ceiling are exact all the same.",)


def _points(count: int) -> str:
    return f"{plural(count, 'point')}, a point being what a package is worth to the parties"


def solutions(mediation: Mediation) -> tuple[str, ...]:
    """What each solution makes largest, and which of them are tied or do not exist."""
    told = []
    missing = [found.why for found in mediation.solutions.values() if not found.exists]
    if len(missing) == len(mediation.solutions):
        return tuple(f"There is no solution. {why}" for why in dict.fromkeys(missing))
    told += _unproven(mediation)
    for name, found in mediation.solutions.items():
        if not found.exists:
            told.append(f"There is no {SOLUTIONS[name]} solution. {found.why}")
        elif found.exact and found.unique is False and (found.packages or 0) > 1:
            points = len(found.tied)
            among = "" if points < 2 else f" on {points:,} points"
            told.append(
                f"The {SOLUTIONS[name]} solution is not unique: {found.packages or 0:,} packages"
                f"{among} attain it."
            )
    return (*told, *_uncounted(mediation))


def _uncounted(mediation: Mediation) -> list[str]:
    """Of which solutions it is not known whether other packages attain them, too."""
    found = mediation.solutions
    names = [SOLUTIONS[name] for name, each in found.items() if each.exists and not each.packages]
    if not names:
        return []
    if len(names) == 1:
        return [f"At least one package attains the {names[0]} solution; ties were not searched."]
    return [
        f"At least one package attains each of the {listed(names)} solutions; ties were not "
        "searched."
    ]


def _unproven(mediation: Mediation) -> list[str]:
    """Solutions that are attained and not proven best, with the bound that readers can measure."""
    found = mediation.solutions
    names = [name for name, each in found.items() if each.exists and not each.exact]
    if not names:
        return []
    are = "solution is" if len(names) == 1 else "solutions are"
    told = (
        f"The {listed(SOLUTIONS[name] for name in names)} {are} the best found, not proven the "
        "best there is"
    )
    smallest = found["kalai_smorodinsky"]
    if "kalai_smorodinsky" in names and smallest.value is not None and smallest.at_most is not None:
        told += (
            ": the smallest share of what each could gain is at least "
            f"{hundredths(smallest.value)} under the {SOLUTIONS['kalai_smorodinsky']} solution, "
            f"and under no package more than {hundredths(smallest.at_most)}"
        )
    return [f"{told}."]


def rules(mediation: Mediation) -> tuple[str, ...]:
    """The name of each solution shown, with what it makes largest."""
    shown = [name for name, found in mediation.solutions.items() if found.exists]
    named = [f"{SOLUTIONS[name]}, {RULES[name]}" for name in shown]
    if not named:
        return ()
    return (
        f"{capital('; '.join(named))}. Those that speak of points compare the parties' own scales, "
        "which nobody but the analyst has set beside one another.",
    )


def row(about: AboutTalks, name: str, found: SolutionView) -> list[str]:
    """A solution as a row: name, gains and shares, share of draws within, regret, changes."""
    if not found.exists or found.gains is None or found.normalised is None:
        return [capital(SOLUTIONS[name]), *("–" for _ in about.mediation.parties), "–", "–", "–"]
    cells = [
        f"{about.amount(gain)} ({hundredths(share)})"
        for gain, share in zip(found.gains, found.normalised, strict=True)
    ]
    return [
        capital(SOLUTIONS[name]),
        *cells,
        percents(found.share_within),
        "–" if found.mean_regret is None else points_of_hundred(found.mean_regret),
        _against_first(about, found),
    ]


def _against_first(about: AboutTalks, found: SolutionView) -> str:
    """On which issues its first package differs from the first proposal."""
    first = about.first
    if first is None or found.package is None:
        return "–"
    differs = [issue for issue, option in found.package.items() if first.package[issue] != option]
    if not differs:
        return "none: it is proposal 1"
    return listed(about.issue(issue) for issue in differs)
