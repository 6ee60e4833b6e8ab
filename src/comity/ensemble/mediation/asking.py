"""The question worth asking, over the uncertain inputs that the draws have read (§50)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from comity.bargaining.drawn import Drawn
from comity.bargaining.menu import Tries
from comity.bargaining.question import Answer, answers
from comity.dossier import Basis
from comity.dossier.draws import Uniforms
from comity.dossier.quantity import Floats
from comity.dossier.talks import Talks
from comity.ensemble.mediation.results import Asked, NamedInput, Question

OTHERS = 4
"""Next best inputs that are listed."""


@dataclass(frozen=True)
class Noted:
    """Uniforms that keep what was asked of them: every uncertain input, by its field path."""

    source: Uniforms
    columns: dict[str, Floats] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        return self.source.size

    def column(self, path: str) -> Floats:
        found = self.columns[path] = self.source.column(path)
        return found


def question(
    talks: Talks,
    name: str,
    drawn: Drawn,
    noted: Noted,
    tests: Tries,
    menu: Sequence[int],
    seed: int,
) -> Question:
    """Which input's true value would most change what to put forward, for the better."""
    regret = tests.regret[:, list(menu)]
    columns = inputs_drawn(talks, name, drawn, noted)
    found = [answer for answer in answers(regret, columns, seed) if answer.beyond_chance]
    share = float(tests.open.mean())  # a draw without a ceiling has no regret to save
    shown = [replace(answer, value=answer.value / share) for answer in found[: OTHERS + 1]]
    asked = [_asked(talks, name, answer) for answer in shown]
    first = float(tests.mean_regret[menu[0]]) if len(menu) else 0.0
    return Question(first, len(columns), asked[0] if asked else None, tuple(asked[1:]))


def inputs_drawn(talks: Talks, name: str, drawn: Drawn, noted: Noted) -> dict[str, Floats]:
    """Every uncertain input that the draws have read, low to high: path to (draws,)."""
    read = dict(noted.columns)
    return {path: _by_weight(talks, name, drawn, path, column) for path, column in read.items()}


def _by_weight(talks: Talks, name: str, drawn: Drawn, path: str, column: Floats) -> Floats:
    """For a rank the share of the party's range that the issue carries, else the input itself.

    Weights in keeping with an order are drawn together, so that the column of one issue says
    little about its own weight; what the issue carries says it.
    """
    party, kind, rest = _parts(name, path)
    if party is None or kind != "issues" or not rest.endswith(".rank"):
        return column
    place = talks.parties.index(party)
    spans = np.stack([np.ptp(worth[:, :, place], axis=1) for worth in drawn.worth], axis=1)
    issue = list(talks.issues).index(rest.removesuffix(".rank"))
    total = spans.sum(axis=1)
    return np.where(total > 0.0, spans[:, issue] / np.where(total > 0.0, total, 1.0), 0.0)


def _parts(name: str, path: str) -> tuple[str | None, str, str]:
    """A path's party (None for a link), the collection below it, and what follows."""
    rest = path.removeprefix(f"talks.{name}.")
    if not rest.startswith("preferences."):
        kind, _, rest = rest.partition(".")
        return None, kind, rest
    _, party, rest = rest.split(".", 2)
    kind, _, rest = rest.partition(".")
    return party, kind, rest


def _asked(talks: Talks, name: str, answer: Answer) -> Asked:
    return Asked(
        **vars(named_input(talks, name, answer.path)),
        value=answer.value,
        first_in_fifths=tuple(place + 1 for place in answer.choice),
    )


def named_input(talks: Talks, name: str, path: str) -> NamedInput:
    """What a field path says: whose input, on which issue or limit, and what it rests on."""
    party, kind, rest = _parts(name, path)
    issue = option = limit = None
    if kind == "issues":
        issue, field, *more = rest.split(".", 2)
        option = more[0] if more else None
    elif kind == "reservation":
        field = kind
    else:
        held, field = rest.rsplit(".", 1)
        if kind != "interactions":
            limit = held if party is None else f"{party}: {held}"
    basis = _basis(talks, party, kind, rest, field)
    return NamedInput(
        path=path, party=party, issue=issue, field=field, option=option, limit=limit, basis=basis
    )


def _basis(talks: Talks, party: str | None, kind: str, rest: str, field: str) -> Basis:
    """What the input rests on."""
    if party is None:
        return talks.links[rest.rsplit(".", 1)[0]].basis
    held = talks.preferences[party]
    if kind == "issues":
        wanted = held.issues[rest.split(".", 1)[0]]
        return Basis.ASSUMED if field in wanted.assumed else wanted.basis
    if kind == "red_lines":
        return held.red_lines[rest.rsplit(".", 1)[0]].basis
    if kind == "interactions":
        return held.interactions[rest.rsplit(".", 1)[0]].basis
    return held.basis
