"""What a reader must know of how GENIUS files were read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.dossier.genius.domain import Domain
from comity.dossier.genius.profile import Profile, Utilities, clean
from comity.dossier.paths import listed


def breaks_of(domain: Domain, profiles: Sequence[Profile]) -> tuple[str, ...]:
    """Where the files break GENIUS's own format, in words."""
    found = []
    if domain.left_out:
        numbers = listed(str(number) for number in domain.left_out)
        found.append(f"no issue bears the number {numbers}")
    for profile in profiles:
        found += [
            f"{clean(profile.file.name)}:{item.place.line} lists option "
            f"'{clean(item.attributes['value'])}' a second time"
            for item in profile.repeated
        ]
    return tuple(found)


def notes_of(
    domain: Domain,
    profiles: Sequence[Profile],
    reading: Utilities,
    breaks: Sequence[str],
    passed_over: Sequence[str],
) -> str:
    """The reading, its reasons and its gaps, in full sentences."""
    notes = [_how_read(reading, breaks)]
    if any(profile.repeated for profile in profiles):
        notes.append("Of an option listed twice the last evaluation counts.")
    if reading == "raw" and domain.left_out:
        notes.append(
            "Each number that no issue bears stands, as in NegMAS, as an issue with one option "
            "worth 1 to every party (times its weight, if it has one): utilities are higher by "
            "that than the evaluations say, reservation values are not."
        )
    notes += _of_parties(domain, profiles)
    for profile in profiles:
        idle = [issue.name for issue in domain.issues if profile.worthless(issue)]
        if idle:
            notes.append(f"To {profile.name} every option of {listed(idle)} is worth 0.")
    if any(profile.discount != 1.0 for profile in profiles):
        notes.append("Discount factors are left aside: nothing here takes time.")
    if passed_over:
        notes.append(
            f"Not read, being neither domain nor profile: {listed(map(clean, passed_over))}."
        )
    notes.append("GENIUS files bear no date; the day of this dossier stands for none.")
    return " ".join(notes)


def _how_read(reading: Utilities, breaks: Sequence[str]) -> str:
    if reading == "genius":
        return (
            "Read as GENIUS does: an issue's evaluations are divided by the largest of them, "
            "so utilities and reservation values run from 0 to 1."
        )
    why = f", because the files break GENIUS's own format: {'; '.join(breaks)}" if breaks else ""
    return f"Evaluations are read as written, undivided{why}."


def _of_parties(domain: Domain, profiles: Sequence[Profile]) -> list[str]:
    """Whether all profiles were meant to meet: some folders hold alternative ones."""
    files = [profile.file.name for profile in profiles]
    named = [Path(name.replace("\\", "/")).name for name in domain.agents]
    if named and sorted(named) != sorted(files):
        return [
            f"All {len(files)} profiles are taken as parties, while the domain file names others: "
            f"{listed(named)}."
        ]
    if len(files) > 2 and not named:
        return [
            f"All {len(files)} profiles are taken as parties at one table; "
            "some folders hold alternatives for one party instead."
        ]
    return []
