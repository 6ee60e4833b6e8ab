"""Is an agreement possible at all: the ceiling, claims, conflicts, what would open more."""

from __future__ import annotations

from comity.dossier.statement import Statement
from comity.ensemble.mediation.results import (
    ClaimTest,
    JointCeiling,
    Mediation,
    Percentiles,
    Relaxation,
)
from comity.report.sentences.talks_question import as_noun
from comity.report.sources import day
from comity.report.talks_words import LIMITS, AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, counted, listed, percent, plural, quoted, title_of

ASKED = "asked"
"""What a claim is called that whoever asks puts forward."""

MOST_SETS = 3
"""Smallest conflicts told in words."""

MOST_OFTEN = 2
"""Smallest conflicts told of the draws in which nothing is possible."""

MOST_RELAXED = 3
"""Limits told of that would open most."""

WORTH_SAYING = 0.01
"""Share of what could be gained from which a limit is said to cost something."""


def possible(mediation: Mediation) -> tuple[str, ...]:
    """In what share of draws anything lies within all limits, and the joint ceiling."""
    about, ceiling = AboutTalks(mediation), mediation.joint_ceiling
    told = [_whether(about)]
    if ceiling.value is not None:
        told.append(
            f"The most that {about.everybody} can have at once (the joint ceiling) is "
            f"{_ceiling(ceiling)} of what each could gain over having no agreement"
            f"{_over(about, ceiling.over_draws)}."
        )
    elif ceiling.over_draws is not None:
        told.append(
            "In the draws in which there is one, the most that all can have at once (the joint "
            f"ceiling) is {_run(ceiling.over_draws)} of what each could gain."
        )
    if ceiling.left_out:
        told.append(
            f"{about.names(ceiling.left_out)} can gain nothing from any package and so is left out "
            "of such shares."
        )
    return tuple(told)


def _ceiling(found: JointCeiling) -> str:
    """Its value, or between what it lies where the frontier is approximate."""
    if found.exact or found.at_most is None:
        return hundredths(found.value)
    return f"at least {hundredths(found.value)} and at most {hundredths(found.at_most)}"


def _whether(about: AboutTalks) -> str:
    share = about.mediation.joint_ceiling.share_of_draws
    if about.one_reading:
        yes = f"Some package lies within all limits ({LIMITS})."
        return yes if share > 0.0 else f"No package lies within all limits ({LIMITS})."
    return f"An agreement within all limits ({LIMITS}) is possible {about.within(share)}."


def _over(about: AboutTalks, over: Percentiles | None) -> str:
    if over is None or about.one_reading:
        return ""
    return f", and in nine draws out of ten {_run(over)}"


def _run(over: Percentiles) -> str:
    """``57 % to 79 %``."""
    low, high = hundredths(over.p5), hundredths(over.p95)
    return low if low == high else f"{low} to {high}"


def claims(mediation: Mediation) -> tuple[str, ...]:
    """What became of each claim: possible or impossible in so many draws, never true."""
    about = AboutTalks(mediation)
    told = [claim(about, tested) for tested in mediation.claims]
    measured = {tested.parties: tested for tested in mediation.claims}  # alike for the same parties
    return (*told, *filter(None, (hangs_on(about, tested) for tested in measured.values())))


def claim(about: AboutTalks, tested: ClaimTest) -> str:
    """One claim put to the test."""
    what = (
        f"{_called(tested)}{_said(about, tested)}: that {_each(about, tested)} gets "
        f"at least {hundredths(tested.at_least)} of its own best on what is contested."
    )
    return f"{what} {_found(about, tested)}"


def _called(tested: ClaimTest) -> str:
    """The name of a claim; one that was put on the command line has none."""
    return "The claim asked about" if tested.name == ASKED else quoted(title_of(tested.name))


def _each(about: AboutTalks, tested: ClaimTest) -> str:
    if not tested.parties or set(tested.parties) == set(about.mediation.parties):
        return "each party"
    if len(tested.parties) == 1:
        return about.name(tested.parties[0])
    return f"each of {about.names(tested.parties)}"


def _said(about: AboutTalks, tested: ClaimTest) -> str:
    """Whose words a claim rests on, from the statements it cites."""
    known = about.mediation.dossier.statements
    said = [statement_words(known[name]) for name in tested.from_[:1] if name in known]
    return f" ({said[0]})" if said else ""


def statement_words(statement: Statement) -> str:
    """Who said it and when."""
    return f"{statement.speaker}, {day(statement.on)}"


def _found(about: AboutTalks, tested: ClaimTest) -> str:
    share = tested.share_of_draws
    if about.one_reading:
        if tested.possible:
            return f"That is possible: {_witness(about, tested)}"
        return f"That is impossible{_bound(about, tested)}."
    if share <= 0.0:
        never = about.within(0.0).replace("in none of", "in any of")
        return f"No package does that {never}{_bound(about, tested)}."
    if share >= 1.0:
        return f"That is possible {about.within(1.0)}. {_witness(about, tested)}".rstrip()
    other = _witness(about, tested) if tested.possible else ""
    bound = "" if tested.possible else _bound(about, tested)
    return (
        f"That is possible {about.within(share)} and impossible in the others{bound}. {other}"
    ).rstrip()


def _bound(about: AboutTalks, tested: ClaimTest) -> str:
    """The most that the worst-off party can have instead."""
    over = tested.bound_over_draws
    if tested.bound is None:
        return _bound_elsewhere(about, over)
    told = f"; the worst-off of them can have {hundredths(tested.bound)} at most"
    if over is None or about.one_reading:
        return told
    return f"{told} in the middle reading, {_run(over)} in nine draws out of ten"


def _bound_elsewhere(about: AboutTalks, over: Percentiles | None) -> str:
    """The same where nothing lies within all limits, at least in the middle reading."""
    if about.one_reading or over is None:
        return ", since no package lies within all limits"
    return (
        "; in the middle reading no package lies within all limits, and where one does, the "
        f"worst-off of them can have {_run(over)} at most in nine draws out of ten"
    )


KINDS = {
    "worth": "what the options are worth to them",
    "weights": "how much the issues matter to them",
    "reservation": "what no agreement is worth to them",
    "limits": "which demands are red lines",
}


def hangs_on(about: AboutTalks, tested: ClaimTest) -> str:
    """The inputs on which the test hangs most, and the most that any draw allows."""
    if about.one_reading or tested.bound_most is None:
        return ""
    told = [
        f"What the worst-off of {about.names(tested.parties)} can have at most is "
        f"{hundredths(tested.bound_most)} in the most favourable of all draws."
    ]
    shares = {KINDS[kind]: share for kind, share in vars(tested.hangs_on_kinds).items()}
    larger = sorted((name for name in shares if shares[name] >= 0.1), key=lambda n: -shares[n])
    if larger:
        named = listed(f"{name} ({hundredths(shares[name])} of what varies)" for name in larger)
        told.append(f"It hangs on {named}.")
    if tested.hangs_on:
        most = tested.hangs_on[0]
        told.append(
            f"Of single inputs it hangs most on {as_noun(about, most)}: "
            f"{hundredths(most.lowest)} on average where that is lowest, "
            f"{hundredths(most.highest)} where it is highest."
        )
    return " ".join(told)


def _witness(about: AboutTalks, tested: ClaimTest) -> str:
    if tested.package is None:
        return ""
    return f"For example: {about.sentence_of(tested.package)}."


def claims_note(mediation: Mediation) -> tuple[str, ...]:
    """What such a test can say."""
    if not mediation.claims:
        return ()
    return (
        "Contested are the issues on which no option is best for everybody, or which a red line, a "
        "link or an interaction concerns. A share of its own "
        "best runs from the worst a party could get on them, a share of what it could gain from no "
        "agreement: the two are not to be set beside each other.",
        "Such a test can refute what is said of a proposal that nobody has published, or show that "
        "it could be so; it cannot show that it is so.",
    )


def conflicts(mediation: Mediation) -> tuple[str, ...]:
    """What leaves nothing: the smallest sets of limits that cannot all be kept."""
    about = AboutTalks(mediation)
    return (*_in_middle(about), *_closed(about))


def _in_middle(about: AboutTalks) -> tuple[str, ...]:
    found = about.mediation.conflicts
    if found.agreeable:
        return ()
    begin = "" if about.one_reading else "in the middle reading "
    if not found.sets:
        return (capital(f"{begin}nothing lies within all limits."),)
    those = "one limit alone leaves" if found.size == 1 else _so_many(found.size)
    told = [capital(f"{begin}{those} nothing to agree on.")]
    told += [_set_of(about, members) for members in found.sets[:MOST_SETS]]
    more = len(found.sets) - MOST_SETS
    if more > 0 or not found.complete:
        told.append("There are more such sets, each as small.")
    return tuple(told)


def _closed(about: AboutTalks) -> tuple[str, ...]:
    """In what share of draws nothing is possible, and what most often leaves nothing there."""
    found = about.mediation.conflicts
    if about.one_reading or found.closed <= 0.0:
        return ()
    told = f"{capital(about.within(found.closed))} nothing lies within all limits"
    if not found.often:
        return (f"{told}.",)
    sets = listed(
        f"{_together(about, each.members)} ({percent(each.share)} of them)"
        for each in found.often[:MOST_OFTEN]
    )
    all_of_them = found.looked_at >= round(found.closed * about.draws)
    first = "" if all_of_them else f"the first {found.looked_at:,} of "
    return (f"{told}; in {first}those draws, what most often leaves nothing is {sets}.",)


def _together(about: AboutTalks, members: tuple[str, ...]) -> str:
    """A smallest conflict as a noun."""
    named = listed(about.limit_and_word(name) for name in members)
    return named if len(members) == 1 else f"{named} together"


def _set_of(about: AboutTalks, members: tuple[str, ...]) -> str:
    return f"{capital(listed(about.limit_and_word(name) for name in members))}{_clash(members)}."


def _so_many(size: int | None) -> str:
    return f"{counted(size or 0)} limits together, and no fewer, leave"


def _clash(members: tuple[str, ...]) -> str:
    if len(members) == 1:
        return " cannot be met by any package"
    both = "both" if len(members) == 2 else "all"
    return f" cannot {both} be kept"


def relaxations(mediation: Mediation) -> tuple[str, ...]:
    """Which limits cost most: what lifting each one alone would open."""
    about = AboutTalks(mediation)
    opening = [each for each in mediation.relaxations if _tells(each)]
    if not opening:
        return _none_opens(about)
    told = [_relaxed(about, each) for each in opening[:MOST_RELAXED]]
    if mediation.conflicts.agreeable and (more := len(opening) - MOST_RELAXED) > 0:
        told.append(f"{capital(plural(more, 'more limit'))} would open less.")
    return tuple(told)


def _tells(each: Relaxation) -> bool:
    return (
        each.opens
        or each.opens_in >= WORTH_SAYING
        or (each.more or 0.0) >= WORTH_SAYING
        or each.mean_more >= WORTH_SAYING
    )


def _none_opens(about: AboutTalks) -> tuple[str, ...]:
    if not about.mediation.limits and about.mediation.conflicts.agreeable:
        return ("No red lines and no links are stated: nothing but what things are worth.",)
    if not about.mediation.conflicts.agreeable:
        return ("No single limit, lifted alone, would leave anything to agree on.",)
    return (
        "No single red line or link costs much: lifting any one of them would raise the most that "
        "all can have at once by less than 1 point of a hundred.",
    )


def _relaxed(about: AboutTalks, each: Relaxation) -> str:
    without = f"Without {about.limit_and_word(each.limit)}"
    if each.opens:
        reach = "" if each.ceiling is None else f", up to {hundredths(each.ceiling)} for all"
        return f"{without} there would be something to agree on{reach}{_rarely(about, each)}."
    if each.opens_in > 0.0 and max(each.more or 0.0, each.mean_more) < WORTH_SAYING:
        return (
            f"{without} there would be something to agree on {about.within(each.opens_in)}, where "
            "with it there is nothing."
        )
    rise = _rise(about, each)
    return f"{without} {rise}{_gainers(about, each)}{_rarely(about, each)}."


def _rise(about: AboutTalks, each: Relaxation) -> str:
    """By how much the joint ceiling rises, in the middle reading and over draws."""
    most, more = "the most that all can have at once would rise by", max(each.more or 0.0, 0.0)
    if about.one_reading:
        return f"{most} {points_of_hundred(more)}"
    mean = f"{points_of_hundred(each.mean_more)} on average over draws"
    if more < WORTH_SAYING:
        return f"{most} {mean}"
    return f"{most} {points_of_hundred(more)} in the middle reading, {mean}"


def _gainers(about: AboutTalks, each: Relaxation) -> str:
    if not each.gainers:
        return ""
    if set(each.gainers) == set(about.mediation.parties):
        return f", to the gain of {about.everybody}"
    return f", to the gain of {about.names(each.gainers)}"


def _rarely(about: AboutTalks, each: Relaxation) -> str:
    """In what share of all draws it alone stands in the way."""
    if about.one_reading or each.opens_in <= 0.0:
        return ""
    return f"; {about.within(each.opens_in)} nothing is possible with it and something without it"
