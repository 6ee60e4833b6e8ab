"""How sure: what rests on assumption, what stands in for what was not stated, what to know."""

from __future__ import annotations

from collections.abc import Mapping

from comity.ensemble.mediation.judged import judged
from comity.ensemble.mediation.results import Mediation
from comity.report.talks_words import LIMITS, AboutTalks
from comity.report.words import capital, counted, listed, plural

FEW = 100
"""Draws below which shares are too coarse to lean on."""


def sure(mediation: Mediation) -> tuple[str, ...]:
    """Whose judgement the answer rests on, and how finely it was drawn."""
    about = AboutTalks(mediation)
    return (*_basis(about), *_reservation(about), *_drawn(about))


def _basis(about: AboutTalks) -> tuple[str, ...]:
    count = judged(about.talks)
    if not count.all:
        return ()
    said = (
        f"Of {plural(count.all, 'judgement')} on what the parties want, how much it matters to "
        f"them and what they will never take, {_are(count.stated)} stated by the party concerned, "
        f"{_are(count.inferred)} inferred and {_are(count.assumed)} merely assumed"
    )
    if count.assumed == count.all:
        return (
            f"{plural(count.all, 'judgement')[0].upper()}{plural(count.all, 'judgement')[1:]} on "
            "what the parties want, how much it matters to them and what they will never take: all "
            "of them are assumed.",
        )
    return (f"{said} ({round(100 * count.assumed / count.all)} %).",)


def _are(count: int) -> str:
    return "none is" if count == 0 else f"{counted(count)} {'is' if count == 1 else 'are'}"


def _reservation(about: AboutTalks) -> tuple[str, ...]:
    """Parties of which nobody has said what no agreement is worth to them."""
    stated = about.mediation.reservation_stated
    silent = [p for p, said in zip(about.mediation.parties, stated, strict=True) if not said]
    if not silent:
        return ()
    return (
        f"What no agreement is worth to {about.names(silent)} is not stated; it is taken to be "
        "what things are worth as they stand, or nothing if that is not stated either.",
    )


def _drawn(about: AboutTalks) -> tuple[str, ...]:
    if about.one_reading:
        return ()
    margin = min(round(100.0 / about.draws**0.5), 100)
    few = " That is few." if about.draws < FEW else ""
    return (
        f"{plural(about.draws, 'draw')} were made; more could move a share by {_points(margin)}."
        f"{few}",
    )


def _points(margin: int) -> str:
    if margin < 1:
        return "less than 1 point"
    return f"up to {plural(margin, 'point')}"


def caveats(mediation: Mediation) -> tuple[str, ...]:
    """What a reader must know before using the answer."""
    about = AboutTalks(mediation)
    note = " ".join(mediation.note.split())
    more = " ".join(about.talks.note.split())
    told = [each for each in dict.fromkeys((note, more)) if each]
    told.append(
        "A share of draws says how often something follows from the inputs as they are written "
        "down. It has not been calibrated on real talks."
    )
    return tuple(told)


def terms(mediation: Mediation) -> Mapping[str, str]:
    """The technical terms, each with what it means here."""
    about = AboutTalks(mediation)
    return {
        "Package": "One option for each issue.",
        "Draw": (
            f"One reading of all uncertain inputs, each taken from its range; {about.draws:,} were "
            "made. A share of draws is how often something came out."
        ),
        "Gain": (
            "What a package is worth to a party beyond its reservation value, which is what having "
            "no agreement is worth to it. A share of what it could gain sets that beside the most "
            "it can get while everybody else is no worse off than without agreement."
        ),
        "Red line, link": (
            "A red line is what a party says it will never take; a link is a condition across "
            "issues that binds all."
        ),
        "Within all limits": f"{capital(LIMITS)}.",
        "Regret": (
            "How much less the worst-off party gets, of what it could gain, than under the best "
            "package for that draw; all of that if the package crosses a limit there. The mean is "
            "taken over the draws in which there is anything to gain."
        ),
        "Joint ceiling": "The largest share of what each could gain that all can have at once.",
        "Leaning (tilt)": (
            "Whether a package gives one party more of what it could gain, beside the others, than "
            "the Nash, the Kalai–Smorodinsky and the egalitarian solution all do."
        ),
        "Efficient, frontier": (
            "A package is efficient if no other allowed one is better for one party and as good "
            "for the rest; all of them together are the frontier."
        ),
    }


def solution_basis(mediation: Mediation) -> tuple[str, ...]:
    """That the frontier and the solutions are of one reading only."""
    about = AboutTalks(mediation)
    if about.one_reading:
        return ()
    return (
        f"{capital(listed(('frontier', 'solutions')))} are those of the middle reading; other "
        "readings have others.",
    )
