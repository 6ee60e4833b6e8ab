"""What a member may answer to a draft, and of whom answers are counted."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Response(IntEnum):
    """What a member answers to a draft (conventions §6).

    With attendance fixed, a higher code is never less favourable to adoption; absence has no
    such place in the order.
    """

    OBJECT = 0
    OBJECT_WITHOUT_REASON = 1
    ABSENT = 2
    OPT_OUT = 3
    NO_INSTRUCTIONS = 4
    STAND_ASIDE = 5
    SUPPORT = 6

    @property
    def label(self) -> str:
        return self.name.lower()


class Base(StrEnum):
    """Of whom a share is counted."""

    MEMBERS = "members"
    PRESENT = "present"
    VOTING = "present_and_voting"
