"""The rounds of the challenge model in sentences: who challenges whom, and who gives way how."""

from __future__ import annotations

from comity.dossier import Dossier
from comity.forecast.challenge import Move, Round, Rounds
from comity.report.sentences.models_words import Unit
from comity.report.words import actor_name, capital, counted, listed, plural

Sentences = tuple[str, ...]

MEMBERS = 12
"""Up to how many members challenges are told one by one."""

_WAYS = {
    "conflict": "takes itself to lose a conflict with",
    "compromise": "compromises with",
    "compelled": "takes itself to be compelled by",
}


WHOLE = Unit()


def rounds_outlined(found: Rounds, unit: Unit = WHOLE, mean: float | None = None) -> str:
    """Where the median begins and ends, after how many rounds, and why they end there.

    ``mean`` is what the model comes to over the draws, where these differ from one another.
    """
    if not found.rounds:
        return "All members want the same, so nobody challenges anybody."
    many = capital(plural(len(found.rounds), "round"))
    start, end = unit.number(found.start_median), unit.number(found.point)
    way = f"the weighted median goes from {start} to {end}"
    if start == end:
        way = f"the weighted median is {end} before and after"
    reading = "With every number at its median"
    if mean is not None:
        reading = (
            f"Over the draws it comes to {unit.number(mean)} on average; what follows is one "
            "reading, with every number at its median"
        )
    return f"{reading}: {way}. {many} played; {_ending(found)}."


def _ending(found: Rounds) -> str:
    if found.ending == "came round":
        return "then positions come round to earlier ones, and the mean of the cycle is the point"
    if found.ending == "ran out":
        return "no rest was found, and the mean of the later half is the point"
    moving = len(found.rounds[-1].moves)
    if not moving:
        return "then nobody moves any more"
    are = "one member still moves" if moving == 1 else f"{counted(moving)} members still move"
    return f"then the median stands still, though {are}"


def round_told(each: Round, dossier: Dossier, members: int, unit: Unit = WHOLE) -> Sentences:
    """Who challenges whom in a round, then who gives way to whom, how, and where it moves."""
    told = [move_told(move, dossier, unit) for move in each.moves]
    return (_challenges(each, dossier, members), *(told or ["Nobody gives way."]))


def move_told(move: Move, dossier: Dossier, unit: Unit = WHOLE) -> str:
    """``Belgium compromises with France and Italy: 50 to 74.``"""
    rivals = listed(actor_name(dossier, rival) for rival in move.rivals)
    start, end = unit.number(move.start), unit.number(move.end)
    way = f"{start} to {end}" if start != end else f"stays at {end}"
    return f"{actor_name(dossier, move.member)} {_WAYS[move.kind]} {rivals}: {way}."


def round_heading(each: Round, unit: Unit = WHOLE) -> str:
    """``Round 2: median 94, mean 59``."""
    return f"Round {each.number}: median {unit.number(each.median)}, mean {unit.number(each.mean)}"


def _challenges(each: Round, dossier: Dossier, members: int) -> str:
    if not each.challenges:
        return "In its own eyes nobody gains by a challenge."
    if members > MEMBERS:
        return f"{capital(plural(len(each.challenges), 'challenge'))}."
    against: dict[str, list[str]] = {}
    for challenger, rival in each.challenges:
        against.setdefault(challenger, []).append(actor_name(dossier, rival))
    told = (f"{actor_name(dossier, who)}: {listed(rivals)}" for who, rivals in against.items())
    return f"Who challenges whom – {'; '.join(told)}."


def rounds_unit() -> str:
    """What the rounds are, and what they are not."""
    return (
        "A member gives way to whom it thinks better placed: all the way when beaten or compelled, "
        "part of the way in a compromise. What it thinks is seen with its own eyes, by its own "
        "attitude to risk; who challenges whom is seen with the challenger's. So a member may give "
        "way to one that is not said to challenge it. All move at once. Positions often do not "
        "come to rest, so the rule when to stop matters."
    )
