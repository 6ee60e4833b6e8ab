"""Games from files: a quota and weights, or a rule of the whole language with its members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from frozendict import frozendict
from pydantic import ValidationError

from comity.dossier.charter import Charter, Procedure
from comity.dossier.load import file_document
from comity.dossier.paths import MisfitError, listed, nearest
from comity.dossier.references import dangling_in_charter
from comity.dossier.rule import COMBINED, every_part
from comity.dossier.wording import misfits_of
from comity.dossier.yamltext import Document
from comity.errors import Place
from comity.rules.power.game import weighted_game

PROCEDURE = "rule"
"""The one procedure of the charter that a game file makes."""

WEIGHT = "weight"
"""The measure of a game of a quota and weights."""

MOST = 1_000
"""More members than this are refused: their power cannot be worked out in bearable time."""

_SAYS = {WEIGHT: "votes"}
"""What a measure counts, in the sentence of the rule."""

_OF_WEIGHTS = ("quota", "weights", "members", "name", "title", "note")
_OF_RULE = ("rule", "members", "quorum", "groups", "measures", "facts", "name", "title", "note")

EXAMPLES = (
    '{"quota": 5, "weights": [3, 2, 2]}',
    '{"members": ["A", "B", "C"], "rule": {"kind": "quota", "votes": 2}}',
)


def is_game(value: object) -> bool:
    """Whether what a file holds looks like a game rather than a dossier."""
    return not (isinstance(value, Mapping) and "comity" in value)


def open_game(path: Path) -> Charter:
    """A game file as a charter of one procedure, ``PROCEDURE``.

    The file is JSON or YAML: ``{"quota": q, "weights": [w, …]}``, or a rule with its
    ``members`` (names, or how many), ``quorum``, ``groups`` (id to members), ``measures`` (id to
    weights, by member or in their order) and ``facts`` (id to true or false). Within a rule,
    ``{"quota": q, "weights": […]}`` stands for a quota of those weights. Raises ``DossierError``
    or ``RuleError`` with file and field.
    """
    return game_of(file_document(path))


def game_of(document: Document) -> Charter:
    """The same from what a file holds."""
    held = document.value
    if isinstance(held, str) or (isinstance(held, dict) and _is_rule(held)):
        held = {"rule": held}
    elif isinstance(held, dict) and "rule" not in held:
        combined = {field: value for field, value in held.items() if field in COMBINED}
        others = {field: value for field, value in held.items() if field not in COMBINED}
        held = {**others, "rule": combined} if combined else held
    if not isinstance(held, dict) or not ({"quota", "rule"} & held.keys()):
        raise document.located([_no_game(held)])
    if "rule" in held:
        return _by_rule(document, held)
    return _by_weights(document, held)


def _is_rule(held: Mapping[str, Any]) -> bool:
    return "kind" in held


def _by_weights(document: Document, held: Mapping[str, Any]) -> Charter:
    _refuse_others(document, held, _OF_WEIGHTS)
    weights: Any = held.get("weights")
    names: tuple[str, ...] | None = None
    if isinstance(weights, dict):
        names, weights = tuple(weights), list(weights.values())
    place = Place(file=document.files[0])
    weighted_game(held["quota"], weights, place=place)
    members = _members(document, held.get("members", names), len(weights))
    rule = {"kind": "quota", "votes": held["quota"], "weights": WEIGHT}
    return _charter(document, {**held, "rule": rule, "measures": {WEIGHT: weights}}, members)


def _by_rule(document: Document, held: Mapping[str, Any]) -> Charter:
    _refuse_others(document, held, _OF_RULE)
    lengths = {len(one) for one in _lists(held)}
    if len(lengths) > 1:
        raise document.located(
            [
                MisfitError(
                    ("rule",),
                    "the lists of weights are not of one length",
                    found=f"lengths {listed(map(str, sorted(lengths)))}",
                    mend="Give every list one weight a member, in one order.",
                )
            ]
        )
    count = next(iter(lengths), None)
    found = (name for name in _named(held) if isinstance(name, str | int))
    named = None if count is not None else tuple(dict.fromkeys(found)) or None
    return _charter(document, held, _members(document, held.get("members", named), count))


def _charter(document: Document, held: Mapping[str, Any], members: tuple[str, ...]) -> Charter:
    raw: dict[str, Any] = {
        "name": held.get("title", held.get("name", "")),
        "members": list(members),
        "groups": {
            name: {"says": name, "members": group}
            for name, group in _mapping(held, "groups").items()
        },
        "measures": {
            name: {"says": _SAYS.get(name, name), "values": _by_member(weights, members)}
            for name, weights in _mapping(held, "measures").items()
        },
        "facts": {
            name: {"says": f"'{name}' holds", "presumed": value}
            for name, value in _mapping(held, "facts").items()
        },
        "procedures": {
            PROCEDURE: {"rule": _spelled(held["rule"], members), "quorum": held.get("quorum")}
        },
    }
    try:
        charter = Charter.model_validate(raw)
    except ValidationError as error:
        misfits = misfits_of(error, Charter, raw)
        raise document.located(_lifted(one, document, members) for one in misfits) from None
    dangling = (_lifted(one, document, members) for one in dangling_in_charter(charter, ()))
    if problems := [*dangling, *_unseated(charter)]:
        raise document.located(problems)
    return charter


def _lifted(misfit: MisfitError, document: Document, members: tuple[str, ...]) -> MisfitError:
    """A problem of the charter made, at its place in the file."""
    path = misfit.path[2:] if misfit.path[:2] == ("procedures", PROCEDURE) else misfit.path
    held: Any = document.value
    if path[:3] == ("measures", WEIGHT, "values") and "measures" not in held:
        path = ("weights", *path[3:])
    if path[:1] == ("rule",) and not (isinstance(held, dict) and "rule" in held):
        path = path[1:]
    written: list[str | int] = []
    for key in path:
        step: str | int = key
        if isinstance(held, list) and key in members:
            step = members.index(str(key))
        elif isinstance(held, dict) and key not in held and key in _SPELT:
            step = _SPELT[str(key)]
        held = _within(held, step)
        written.append(step)
    return MisfitError(tuple(written), misfit.problem, found=misfit.found, mend=misfit.mend)


_SPELT = {"votes": "quota"}
"""What a game file may call otherwise than the rule language does."""


def _within(held: Any, step: str | int) -> Any:
    try:
        return held[step]
    except (KeyError, IndexError, TypeError):
        return None


def _unseated(charter: Charter) -> Iterator[MisfitError]:
    """Members that a rule lists and that have no seat."""
    rule = charter.procedures[PROCEDURE].rule
    for part in every_part(rule):
        for field in ("among", "holders", "members", "weights"):
            named = getattr(part, field, None)
            if not isinstance(named, tuple | frozendict):
                continue
            for member in named:
                if member not in charter.members:
                    like = nearest(member, charter.members)
                    yield MisfitError(
                        ("rule",),
                        "the rule names somebody who is not among the members",
                        found=member,
                        mend=f"Did you mean '{like}'?" if like else "Add it to `members`.",
                    )


def _spelled(rule: Any, members: tuple[str, ...]) -> Any:
    """Quotas and lists of weights within a rule, as the rule language writes them."""
    if isinstance(rule, list):
        return [_spelled(part, members) for part in rule]
    if not isinstance(rule, dict):
        return rule
    made = {key: _spelled(value, members) for key, value in rule.items() if key != "weights"}
    if "weights" in rule:
        made["weights"] = _by_member(rule["weights"], members)
    if "quota" in made and "kind" not in made:
        made = {"kind": "quota", "votes": made.pop("quota"), **made}
    return made


def _by_member(weights: Any, members: tuple[str, ...]) -> Any:
    if isinstance(weights, list) and len(weights) == len(members):
        return dict(zip(members, weights, strict=True))
    return weights


def _lists(held: Any) -> Iterator[list[Any]]:
    """Lists of weights, wherever they stand."""
    if isinstance(held, dict):
        for key, value in held.items():
            if key == "weights" and isinstance(value, list):
                yield value
            elif key == "measures" and isinstance(value, dict):
                yield from (one for one in value.values() if isinstance(one, list))
            else:
                yield from _lists(value)
    elif isinstance(held, list):
        for value in held:
            yield from _lists(value)


def _named(held: Any) -> Iterator[Any]:
    """Members named by a rule or its measures, in the order in which they come."""
    if isinstance(held, dict):
        for key, value in held.items():
            if key in ("weights", "values") and isinstance(value, dict):
                yield from value
            elif key in ("measures", "groups") and isinstance(value, dict):
                for one in value.values():
                    yield from one if isinstance(one, dict | list) else ()
            elif key in ("among", "holders", "members") and isinstance(value, list):
                yield from value
            else:
                yield from _named(value)
    elif isinstance(held, list):
        for value in held:
            yield from _named(value)


def _members(document: Document, given: object, count: int | None) -> tuple[str, ...]:
    if given is None and count is not None:
        given = count
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST:
        given = [str(number) for number in range(1, given + 1)]
    problem: tuple[str, object] | None = None
    many = len(given) if isinstance(given, list | tuple) else given
    if isinstance(many, int) and many > MOST:
        problem = (f"there are more than {MOST:,} members", f"{many:,}")
    elif not isinstance(given, list | tuple) or not given:
        problem = ("the members are not known", given)
    elif not all(isinstance(name, str | int) and str(name) for name in given):
        problem = ("a member is not named by text", given)
    elif len({str(name) for name in given}) < len(given):
        problem = ("a member is named twice", listed(map(str, given)))
    elif count is not None and len(given) != count:
        problem = (f"there are {count} weights", f"{len(given)} members")
    if problem:
        raise document.located(
            [
                MisfitError(
                    ("members",),
                    problem[0],
                    found=problem[1],
                    mend='Name each once, as ["A", "B"], or say how many there are.',
                )
            ]
        )
    assert isinstance(given, list | tuple)
    return tuple(str(name) for name in given)


def _mapping(held: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = held.get(field)
    return value if isinstance(value, dict) else {}


def _refuse_others(document: Document, held: Mapping[str, Any], known: tuple[str, ...]) -> None:
    problems = []
    for field in held:
        if field not in known:
            like = nearest(str(field), known)
            guess = f"Did you mean '{like}'? " if like else ""
            problems.append(
                MisfitError(
                    (field,),
                    "there is no field of this name",
                    found=str(field),
                    mend=f"{guess}Fields here: {listed(known)}.",
                )
            )
        elif field in ("groups", "measures", "facts") and not isinstance(held[field], dict):
            problems.append(
                MisfitError(
                    (field,),
                    "a mapping was expected",
                    found=held[field],
                    mend="Write `name: value` lines beneath it.",
                )
            )
    if problems:
        raise document.located(problems)


def _no_game(held: object) -> MisfitError:
    return MisfitError(
        (),
        "this is not a game",
        found=listed(map(str, held)) if isinstance(held, dict) else held,
        mend=f"Write e.g. {EXAMPLES[0]} or {EXAMPLES[1]}.",
    )


def procedure_of(game: Charter) -> Procedure:
    """The procedure of a charter that a game file made."""
    return game.procedures[PROCEDURE]
