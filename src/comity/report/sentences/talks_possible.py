"""Is an agreement possible at all: the ceiling, claims, conflicts, what would open more."""

from __future__ import annotations

from comity.dossier.statement import Statement
from comity.ensemble.mediation.results import ClaimTest, Mediation, Percentiles, Relaxation
from comity.report.sources import day
from comity.report.talks_words import AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, counted, in_draws, listed, plural, quoted, title_of

ASKED = "asked"
"""What a claim is called that whoever asks puts forward."""

MOST_SETS = 3
"""Smallest conflicts told in words."""

MOST_RELAXED = 3
"""Limits told of that would open most."""

WORTH_SAYING = 0.01
"""Share of what could be gained from which a limit is said to cost something."""


def possible(mediation: Mediation) -> tuple[str, ...]:
    """In what share of draws anything lies within all that was stated, and the joint ceiling."""
    about, ceiling = AboutTalks(mediation), mediation.joint_ceiling
    told = [_whether(about)]
    if ceiling.value is not None:
        told.append(
            f"The most that {about.everybody} can have at once (the joint ceiling) is "
            f"{hundredths(ceiling.value)} of what each could gain over having no agreement"
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


def _whether(about: AboutTalks) -> str:
    share = about.mediation.joint_ceiling.share_of_draws
    if about.one_reading:
        yes = "Some package lies within everything that was stated."
        return yes if share > 0.0 else "No package lies within everything that was stated."
    return (
        "An agreement within everything that was stated (red lines, links, and nobody worse off "
        f"than without one) is possible {about.within(share)}."
    )


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
    return tuple(claim(about, tested) for tested in mediation.claims)


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
    if tested.bound is None:
        return ", since no package lies within what was stated"
    told = f"; the worst-off of them can have {hundredths(tested.bound)} at most"
    over = tested.bound_over_draws
    if over is None or about.one_reading:
        return told
    return f"{told} in the middle reading, {_run(over)} in nine draws out of ten"


def _witness(about: AboutTalks, tested: ClaimTest) -> str:
    if tested.package is None:
        return ""
    return f"For example: {about.sentence_of(tested.package)}."


def claims_note(mediation: Mediation) -> tuple[str, ...]:
    """What such a test can say."""
    if not mediation.claims:
        return ()
    return (
        "Such a test can refute what is said of a proposal that nobody has published, or show that "
        "it could be so; it cannot show that it is so.",
    )


def conflicts(mediation: Mediation) -> tuple[str, ...]:
    """What leaves nothing: the smallest sets of limits that cannot all be kept."""
    about, found = AboutTalks(mediation), mediation.conflicts
    if found.agreeable:
        return ()
    begin = "" if about.one_reading else "in the middle reading "
    if not found.sets:
        return (capital(f"{begin}nothing lies within what was stated."),)
    those = "one limit alone leaves" if found.size == 1 else _so_many(found.size)
    told = [capital(f"{begin}{those} nothing to agree on.")]
    told += [_set_of(about, members) for members in found.sets[:MOST_SETS]]
    more = len(found.sets) - MOST_SETS
    if more > 0 or not found.complete:
        told.append("There are more such sets, each as small.")
    return tuple(told)


def _set_of(about: AboutTalks, members: tuple[str, ...]) -> str:
    return f"{capital(listed(about.limit(name) for name in members))}{_clash(members)}."


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
    without = f"Without {about.limit(each.limit)}"
    if each.opens:
        reach = "" if each.ceiling is None else f", up to {hundredths(each.ceiling)} for all"
        return f"{without} there would be something to agree on{reach}{_rarely(about, each)}."
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
    """In what share of draws it makes an agreement possible that was not."""
    if about.one_reading or each.opens_in <= 0.0:
        return ""
    return f"; it makes an agreement possible {in_draws(each.opens_in, about.draws)} with none now"
