"""What the command line says of a decision: answers, facts, groups, members, a day, consent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import BadParameter, Option

from comity.cli.options import a_path
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.cli.asked import Asked
    from comity.dossier.charter import Charter, Procedure
    from comity.rules import Seating

EVERYBODY_ELSE = "*"
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def a_day(given: str) -> date:
    """A day, written 2022-11-22."""
    try:
        if len(given) == len("2022-11-22"):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise BadParameter(f"'{given}' is no day; write it as 2022-11-22.")


Facts = Annotated[
    list[str] | None,
    Option(
        "--fact",
        metavar="NAME=yes|no",
        help="Whether a fact holds that the rule turns on. May be given several times.",
    ),
]
Groups = Annotated[
    list[str] | None,
    Option(
        "--group",
        metavar="NAME=A,B",
        help="Who belongs to a group of the charter, such as the parties to a dispute.",
    ),
]
OnDay = Annotated[
    date | None,
    Option(
        "--on",
        metavar="DAY",
        parser=a_day,
        help="Day that settles who has a seat and what it weighs; none: that of the charter.",
    ),
]
Members = Annotated[
    str | None,
    Option("--members", metavar="A,B,...", help="Members, if not those of the charter."),
]
Rest = Annotated[
    str | None,
    Option("--rest", metavar="RESPONSE", help="Response of all members not named."),
]
Consent = Annotated[
    str | None,
    Option(
        "--consent",
        metavar="A=RESPONSE,*=RESPONSE",
        help="How the body answered when asked to use a procedure that needs its consent, * for "
        "all others; 'all' if all agreed.",
    ),
]
Elapsed = Annotated[
    float | None,
    Option(
        "--elapsed",
        metavar="HOURS",
        min=0.0,
        help="Hours for which a silence period has run; none: it is over.",
    ),
]

Hours = Annotated[
    float | None,
    Option(
        "--hours",
        metavar="HOURS",
        min=0.0,
        help="Length of the silence period, where the charter leaves it open.",
    ),
]


@dataclass(frozen=True)
class Said:
    """What is said of the table, beside the answers."""

    members: tuple[str, ...] | None = None
    day: date | None = None
    facts: Mapping[str, bool] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def said(
    members: str | None,
    on: date | None,
    fact: Sequence[str] | None,
    group: Sequence[str] | None,
) -> Said:
    """The options that settle the table, read."""
    seated = None if members is None else tuple(seats(members))
    return Said(seated, on, facts(fact), groups(group))


def answers(words: Sequence[str]) -> dict[str, str]:
    """Each member named to its response in words."""
    given: dict[str, str] = {}
    for word in words:
        name, sign, response = word.partition("=")
        if not sign:
            raise ComityError("this is not a response", found=word, mend="Write NAME=RESPONSE.")
        if name in given:
            raise ComityError(f"'{name}' responds twice", found=word, mend="Keep one of the two.")
        given[name] = response
    return given


def filled(
    given: Mapping[str, str], rest: str | None, members: Sequence[str] | None
) -> dict[str, str]:
    """The responses of all members, those not named answering as ``rest`` says."""
    silent = [member for member in members or () if member not in given]
    if rest is None and silent:
        raise ComityError(
            f"no response is given for {_cut_short(silent)}",
            mend="Give each a response as NAME=RESPONSE, or one to all of them with --rest.",
        )
    if rest is not None and members is None:
        raise ComityError(
            "nothing says who the rest are", found=f"--rest {rest}", mend="Name all with --members."
        )
    return dict(given) | {member: str(rest) for member in silent}


def facts(words: Sequence[str] | None) -> dict[str, bool]:
    """Facts as they are said to hold or not."""
    held: dict[str, bool] = {}
    for name, value in _pairs(words, "--fact", "NAME=yes or NAME=no"):
        if value.strip().casefold() not in _TRUTHS:
            raise ComityError(
                f"whether '{name}' holds is answered by yes or no",
                found=f"--fact {name}={value}",
                mend=f"Write --fact {name}=yes or --fact {name}=no.",
            )
        held[name] = _TRUTHS[value.strip().casefold()]
    return held


def groups(words: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
    """Groups with their members; ``NAME=`` says that nobody belongs to it."""
    return {
        name: tuple(seats(value, f"--group {name}=")) if value.strip() else ()
        for name, value in _pairs(words, "--group", "NAME=A,B")
    }


def _pairs(words: Sequence[str] | None, option: str, form: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for word in words or ():
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise ComityError(
                f"this is not what {option} takes", found=word, mend=f"Write {option} {form}."
            )
        if name.strip() in seen:
            raise ComityError(
                f"{option} names '{name.strip()}' twice", found=word, mend="Keep one of the two."
            )
        seen.add(name.strip())
        yield name.strip(), value


def seats(members: str, option: str = "--members ") -> list[str]:
    """Members from a list with commas."""
    named = [name.strip() for name in members.split(",")]
    times = Counter(named)
    for name in named:
        if not name or times[name] > 1:
            raise ComityError(
                "a member is named twice" if name else "a member has no name",
                found=f"{option}{members}",
                mend=f"Name each member once, with commas between: {option}A,B,C.",
            )
    return named


def consenting(given: str | None, asked: Asked, members: Sequence[str]) -> dict[str, str] | None:
    """How each member answered the question whether to use the procedure; None if not asked."""
    first = asked.procedure.consent
    if first is None:
        if given is not None:
            raise ComityError(
                "--consent does not go with a procedure that needs no consent",
                found=given,
                mend="Leave it out.",
            )
        return None
    if given is None:
        raise ComityError(
            "this procedure may be used only if the body has agreed to it",
            found=f"no answers under the procedure '{first}'",
            mend="Say how it agreed: --consent all, or --consent 'A=object,*=support'.",
        )
    if given.strip() == "all":
        return dict.fromkeys(members, "support")
    named = answers([word.strip() for word in given.split(",") if word.strip()])
    rest = named.pop(EVERYBODY_ELSE, None)
    try:
        return filled(named, rest, members)
    except ComityError as error:
        raise ComityError(
            f"--consent: {error.problem}",
            found=given,
            mend=f"Add {EVERYBODY_ELSE}=RESPONSE for all others.",
        ) from None


def refuse_unnamed(asked: Asked, table: Seating) -> None:
    """Refuse a count among a group that is named for each decision, and for which nobody was."""
    from comity.dossier.rule import Depends, Excluding, Rule, Veto, parts

    def among(rule: Rule) -> Iterator[str]:
        if isinstance(rule, Depends):
            yield from among(rule.then if table.holds(rule.on) else rule.otherwise)
            return
        for part in parts(rule):
            yield from among(part)
        if not isinstance(rule, Excluding):
            group = rule.holders if isinstance(rule, Veto) else getattr(rule, "among", None)
            if isinstance(group, str):
                yield group

    for name in among(asked.procedure.rule):
        group = asked.charter.groups[name]
        if group.members is None and name not in asked.groups:
            raise ComityError(
                f"the rule counts among the {group.says}, and nobody is named as one",
                mend=f"Say --group {name}=A,B.",
            )


def own_charter(file: str) -> Charter:
    """A charter from a file of the user's own."""
    from comity.dossier.charters import open_charter

    return open_charter(a_path(file))


def own_rule(text: str, charter: Charter) -> Procedure:
    """A rule from the command line, in the words of a charter."""
    from comity.dossier.charters import read_procedure

    if not text.strip():
        raise ComityError("--rule is empty", mend="Write e.g. --rule '{kind: quota, votes: 9}'.")
    return read_procedure(text, "--rule", charter)


def existing(word: str) -> Path | None:
    """The file or folder that a word names, if there is one."""
    try:
        return Path(word) if Path(word).exists() else None
    except (OSError, ValueError):
        return None


def _cut_short(names: Sequence[str]) -> str:
    from comity.dossier.paths import listed

    return listed(names, 20)
