"""Responses as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from comity.dossier.response import Response
from comity.errors import Place, RuleError

WORDS: dict[str, Response] = {
    "object": Response.OBJECT,
    "objects": Response.OBJECT,
    "objection": Response.OBJECT,
    "against": Response.OBJECT,
    "no": Response.OBJECT,
    "object without reason": Response.OBJECT_WITHOUT_REASON,
    "objects without reason": Response.OBJECT_WITHOUT_REASON,
    "objection without reason": Response.OBJECT_WITHOUT_REASON,
    "absent": Response.ABSENT,
    "away": Response.ABSENT,
    "opt out": Response.OPT_OUT,
    "opts out": Response.OPT_OUT,
    "opting out": Response.OPT_OUT,
    "constructive abstention": Response.OPT_OUT,
    "abstains constructively": Response.OPT_OUT,
    "no instructions": Response.NO_INSTRUCTIONS,
    "without instructions": Response.NO_INSTRUCTIONS,
    "uninstructed": Response.NO_INSTRUCTIONS,
    "stand aside": Response.STAND_ASIDE,
    "stands aside": Response.STAND_ASIDE,
    "standing aside": Response.STAND_ASIDE,
    "abstain": Response.STAND_ASIDE,
    "abstains": Response.STAND_ASIDE,
    "abstention": Response.STAND_ASIDE,
    "support": Response.SUPPORT,
    "supports": Response.SUPPORT,
    "in favour": Response.SUPPORT,
    "in favor": Response.SUPPORT,
    "for": Response.SUPPORT,
    "yes": Response.SUPPORT,
}
"""Words for each response. Case, hyphens, underscores and extra spaces do not matter."""


def read_responses(words: Mapping[str, str | Response]) -> dict[str, Response]:
    """Responses from words, by member, in the order given.

    Raises ``RuleError`` that names the member whose word is not known.
    """
    return {member: _read(member, word) for member, word in words.items()}


def _read(member: str, word: object) -> Response:
    if isinstance(word, Response):
        return word
    if isinstance(word, str):
        plain = re.sub(r"[\s_-]+", " ", word).strip().casefold()
        if plain in WORDS:
            return WORDS[plain]
    raise RuleError(
        f"The response of '{member}' is not a known one.",
        place=Place(field=f"responses.{member}"),
        found=word,
        mend=_help(word),
    )


def _help(word: object) -> str:
    known = "Write one of: " + ", ".join(r.label.replace("_", " ") for r in reversed(Response))
    if isinstance(word, bool):  # YAML reads a bare yes or no as true or false
        return f"{known}. A bare yes or no is read as true or false; put it in quotes."
    near = get_close_matches(str(word).casefold(), WORDS, n=1)
    return f"Did you mean '{near[0]}'? {known}." if near else f"{known}."
