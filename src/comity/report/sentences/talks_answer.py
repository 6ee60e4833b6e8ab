"""The answer on talks: which package to put forward first, what it says, and why."""

from __future__ import annotations

from comity.ensemble.mediation.results import FirstReason, Mediation, ProposalView
from comity.report.talks_words import LIMITS, AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, counted, listed, percent

SAFE = 0.5
"""Share of draws within all stated limits below which the first proposal is called a gamble."""

NOTHING = 1e-6
"""A regret of less is none."""

NAMED = 2
"""Limits told by name where a package breaks several."""


def answer(mediation: Mediation) -> tuple[str, ...]:
    """Which package to put forward first, and what it gives each party."""
    about = AboutTalks(mediation)
    first = about.first
    if first is None:
        return (nothing_to_put_forward(about),)
    if not mediation.conflicts.agreeable:
        return (_nothing_in_the_middle(about, first),)
    head = f"Put {about.proposal(first.number)} forward first."
    return (head, *_gives(about, first), *_gives_way(about, first))


def _nothing_in_the_middle(about: AboutTalks, first: ProposalView) -> str:
    """That nothing is possible in the middle reading, and what to prepare for elsewhere."""
    something = about.mediation.joint_ceiling.share_of_draws
    return (
        "Nothing can be put forward that all could accept in the middle reading of the inputs; "
        f"{about.within(something)} something can. The package to prepare for that is "
        f"{about.proposal(first.number)}: it lies within all limits "
        f"{about.within(first.share_within)}. What stands in the way comes below."
    )


def nothing_to_put_forward(about: AboutTalks) -> str:
    """Why there is no proposal."""
    if about.mediation.joint_ceiling.share_of_draws > 0.0:
        return "No package was found that is worth putting forward."
    return (
        "There is nothing to put forward: whatever the uncertain inputs are taken to be, no "
        "package lies within all limits (no red line or link of the dossier crossed, nobody worse "
        "off than without agreement). What stands in the way comes below."
    )


def _gives(about: AboutTalks, first: ProposalView) -> tuple[str, ...]:
    shares = [
        f"{about.name(view.party)} gets {hundredths(view.normalised)}"
        for view in first.parties
        if view.normalised is not None
    ]
    if not first.within:
        return (
            "In the middle reading of the inputs it does not lie within all limits; it is "
            "the package that comes nearest over all readings.",
        )
    if not shares:
        return ("No party can gain anything over having no agreement.",)
    most = "the most it could gain" if len(shares) == 1 else "the most each could gain"
    aside = [view.party for view in first.parties if view.normalised is None]
    told = f"In it {listed(shares)} of {most} over having no agreement."
    if aside:
        told += f" {about.names(aside)} can gain nothing here whatever is agreed."
    return (told,)


def _gives_way(about: AboutTalks, first: ProposalView) -> tuple[str, ...]:
    """On what each party gives way most."""
    if first.fairness is None:
        return ()
    told = []
    for party, moved in zip(about.mediation.parties, first.fairness.gives, strict=True):
        most = sorted((each for each in moved if each.amount > NOTHING), key=lambda m: -m.amount)
        if most:
            told.append(f"{about.name(party)} on {about.issues(m.issue for m in most[:NAMED])}")
    if not told:
        return ()
    return (f"What each gives way on most: {'; '.join(told)}.",)


def why(mediation: Mediation) -> tuple[str, ...]:
    """Why the first proposal comes first: regret, limits, and how it does against the others."""
    about, reason = AboutTalks(mediation), mediation.first
    first = about.first
    if first is None or reason is None:
        return ()
    return (*_regret(about, reason), *_limits(about, first, reason), *_often(about, reason))


def _regret(about: AboutTalks, reason: FirstReason) -> tuple[str, ...]:
    if about.draws == 1 or about.one_reading:
        return _certain(reason)
    among = _among(reason.candidates)
    told = (
        f"{among} it is the one with the least to regret: over all readings of the inputs"
        f"{_that_allow(about)}, its worst-off party gets on average "
        f"{points_of_hundred(reason.mean_regret)} of a hundred less, of what it could gain, than "
        "under the best package for that reading"
    )
    anew = (
        "That is compared in every draw anew, with that draw's own best package, and cannot be "
        "read off the figures of the middle reading."
    )
    return (f"{told}{_beside(about, reason)}.", anew)


def _that_allow(about: AboutTalks) -> str:
    """Regret is known only where something is possible by which somebody gains."""
    share = about.mediation.joint_ceiling.exists_in
    if share >= 1.0:
        return ""
    return f" in which there is anything to gain ({percent(share)} of draws)"


def _certain(reason: FirstReason) -> tuple[str, ...]:
    if reason.mean_regret < NOTHING:
        return (
            f"{_among(reason.candidates)} it gives the worst-off party the largest share of what "
            "it could gain.",
        )
    return (
        f"{_among(reason.candidates)} it leaves the worst-off party nearest to the largest share "
        f"that it could have ({points_of_hundred(reason.mean_regret)} of a hundred short).",
    )


def _among(candidates: int) -> str:
    if candidates == 1:
        return "As the only package compared,"
    return f"Of {counted(candidates)} packages compared,"


def _beside(about: AboutTalks, reason: FirstReason) -> str:
    """How the second on the menu does by the same measure."""
    if reason.next_mean_regret is None:
        return ""
    second = about.proposal(about.mediation.proposals[1].number)
    shown = points_of_hundred(reason.next_mean_regret)
    if shown == points_of_hundred(reason.mean_regret):
        return f" ({second} is as good by this measure, to the point)"
    return f" ({second}: {shown})"


def _limits(about: AboutTalks, first: ProposalView, reason: FirstReason) -> tuple[str, ...]:
    """How often it lies within all limits, and what it breaks otherwise."""
    if about.one_reading:
        return (f"It lies within all limits ({LIMITS}).",) if first.within else ()
    told = f"It lies within all limits ({LIMITS}) {about.within(first.share_within)}"
    if reason.level_share_within is not None:
        told += (
            ", which decides against others with as little to regret "
            f"({percent(reason.level_share_within)} at most)"
        )
    return (f"{told}.", *misses(about, first))


def misses(about: AboutTalks, view: ProposalView) -> tuple[str, ...]:
    """What a package most often breaks, and for whom it is too little."""
    broken = sorted(
        (
            (name, share)
            for name, share in view.breaks.items()
            if share > 0.0 and about.is_line(name)
        ),
        key=lambda entry: -entry[1],
    )
    named = [
        f"{about.limit(name)} ({percent(share)} of draws; {about.whose_word(name)})"
        for name, share in broken[:NAMED]
    ]
    short = [
        f"to {about.name(party.party)} in {percent(1.0 - party.keeps)} of draws"
        for party in view.parties
        if party.keeps < 1.0
    ]
    told = []
    if named:
        rest = f" and {counted(len(broken) - NAMED)} more" if len(broken) > NAMED else ""
        told.append(f"It runs into {listed(named)}{rest}.")
    if short:
        told.append(f"It is worth less than no agreement {listed(short)}.")
    return tuple(told)


def _often(about: AboutTalks, reason: FirstReason) -> tuple[str, ...]:
    if len(about.mediation.proposals) < 2 or about.one_reading:
        return ()
    count = len(about.mediation.proposals)
    best = f"Of the {counted(count)} proposals below it is the best one"
    told = f"{best} {about.within(reason.best_in)}"
    if reason.level_in <= 0.0 and reason.none_in <= 0.0:
        return (f"{told}; in the others another would do better.",)
    if reason.level_in > 0.0:
        told += f" and as good as the best of the others {about.within(reason.level_in)}"
    if reason.worse_in > 0.0:
        told += f"; {about.within(reason.worse_in)} another would do better"
    if reason.none_in > 0.0:
        told += f"; {about.within(reason.none_in)} none of them lies within all limits"
    return (f"{told}.",)


def caution(mediation: Mediation) -> tuple[str, ...]:
    """What speaks against leaning on the first proposal."""
    about = AboutTalks(mediation)
    first = about.first
    if first is None or about.one_reading or first.share_within >= SAFE:
        return ()
    return (
        f"{capital(about.proposal(first.number))} is the best there is and no safe bet: "
        f"{about.within(1.0 - first.share_within)} it crosses a limit of somebody's. Sound the "
        "parties out on those before it is tabled.",
    )
