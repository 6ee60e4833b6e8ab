"""How many judgements talks rest on, and what each of them rests on in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from comity.dossier import Basis
from comity.dossier.talks import Preference, Preferences, Talks


@dataclass(frozen=True)
class Judged:
    """Numbers of judgements by their basis."""

    stated: int
    inferred: int
    assumed: int

    @property
    def all(self) -> int:
        return self.stated + self.inferred + self.assumed


def judged(talks: Talks) -> Judged:
    """Count the judgements on what the parties want.

    One for each issue's importance (weight or rank) and one for what its options are worth (values
    or lights), one for each interaction and red line, one for each reservation value; a reservation
    value that is not stated counts as assumed (conventions §42). Links state what options mean
    and are not counted.
    """
    found = Counter(
        basis for party in talks.parties for basis in _of_party(talks.preferences[party])
    )
    return Judged(found[Basis.STATED], found[Basis.INFERRED], found[Basis.ASSUMED])


def _of_party(held: Preferences) -> Iterator[Basis]:
    for preference in held.issues.values():
        yield from _of_issue(preference)
    yield from (each.basis for each in held.interactions.values())
    yield from (line.basis for line in held.red_lines.values())
    yield held.basis if held.reservation is not None else Basis.ASSUMED


def _of_issue(held: Preference) -> Iterator[Basis]:
    given = {
        "weight": held.weight,
        "rank": held.rank,
        "values": held.values,
        "lights": held.lights,
    }
    for name, value in given.items():
        if value is not None:
            yield Basis.ASSUMED if name in held.assumed else held.basis
