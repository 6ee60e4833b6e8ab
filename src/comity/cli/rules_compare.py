"""``comity rules compare``: several procedures on the same responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.cli import given, streams
from comity.cli.rules_named import Named, for_each, own, packaged
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.cli.asked import Asked
    from comity.dossier.charter import Clause
    from comity.dossier.rule import Rule
    from comity.rules.compare import Candidate, Compared


@dataclass(frozen=True)
class Entrant:
    """A procedure to be compared, before it is known whether it fits the table."""

    name: str
    asked: Asked
    unasked: bool
    """Whether ``--all`` brought it in: then it is left out where it does not fit."""


@dataclass(frozen=True)
class Comparison:
    """The procedures that fit, what they decide, and those left out."""

    answers: Mapping[str, str]
    outcomes: tuple[Compared, ...]
    notes: Mapping[str, list[str]]
    left_out: Mapping[str, str]
    clauses: Mapping[str, Clause | None]
    """Procedure to the clause that lays it down."""


def compare(
    charters: Sequence[str],
    files: Sequence[str],
    rules: Sequence[str],
    every: bool,
    words: Sequence[str],
    rest: str | None,
    said: given.Said,
    consent: str | None,
    elapsed: float | None,
    as_json: bool,
) -> None:
    """Print what each procedure makes of the responses."""
    named = [*map(packaged, charters), *map(own, files)]
    given_answers = given.answers(words)
    seats = _seats(named, given_answers, rest, said)
    answers = given.filled(given_answers, rest, seats)
    said = replace(said, members=seats)
    entrants = [*_entrants(named, rules, said, every)]
    if len(entrants) == 0:
        raise ComityError(
            "nothing says which procedures to compare",
            mend="Name some with --charter, --file or --rule, or all that fit with --all.",
        )
    found = _compared(entrants, answers, consent, elapsed)
    if as_json:
        _put_json(found)
    else:
        _show(found)


def _seats(
    named: Sequence[Named], answers: Mapping[str, str], rest: str | None, said: given.Said
) -> tuple[str, ...]:
    """Those named with --members; else whoever responds, or where there is a rest to respond,
    the members of the first charter that lists them."""
    if said.members is not None:
        return said.members
    if rest is None:
        if not answers:
            raise ComityError("nobody responds", mend="Give each a response as NAME=RESPONSE.")
        return tuple(answers)
    for each in named:
        if members := each.charter.members_on(said.day):
            return members
    raise ComityError(
        "nothing says who the rest are", found=f"--rest {rest}", mend="Name all with --members."
    )


def _entrants(
    named: Sequence[Named], rules: Sequence[str], said: given.Said, every: bool
) -> Iterator[Entrant]:
    from comity.cli.asked import in_charter
    from comity.dossier.charters import charter_names
    from comity.rules.sentence import NAMELESS

    more = [packaged(name) for name in charter_names()] if every else []
    known = for_each(said, [each.charter for each in (*named, *more)])
    seen: set[str] = set()
    for place, (each, its) in enumerate(zip((*named, *more), known, strict=True)):
        unasked = place >= len(named)
        for procedure in _meant(each):
            name = f"{each.name}:{procedure}"
            if name in seen and unasked:
                continue
            seen.add(name)
            day = None if unasked else its.day  # a seat on the day is asked of the named alone
            asked = in_charter(each.charter, procedure, None, replace(its, day=day))
            yield Entrant(name, replace(asked, day=its.day), unasked)
    bare = given.Said(said.members)
    for number, rule in enumerate(rules, 1):
        name = "rule" if len(rules) == 1 else f"rule {number}"
        yield Entrant(name, in_charter(NAMELESS, None, rule, bare), False)


def _meant(named: Named) -> list[str]:
    """The procedure named, or the main one; of a charter without a main one, all."""
    from comity.cli.asked import usual

    if named.procedure is not None:
        return [named.procedure]
    main = usual(named.charter)
    return [main] if main in named.charter.procedures else list(named.charter.procedures)


def _compared(
    entrants: Sequence[Entrant],
    answers: Mapping[str, str],
    consent: str | None,
    elapsed: float | None,
) -> Comparison:
    from comity.rules.compare import compare as compared

    candidates: list[Candidate] = []
    notes: dict[str, list[str]] = {}
    left_out: dict[str, str] = {}
    for entrant in entrants:
        try:
            candidate = _candidate(entrant, answers, consent)
        except ComityError as error:
            if not entrant.unasked:
                raise _naming(error, entrant.name) from None
            left_out[entrant.name] = _once(error.problem)
            continue
        if entrant.unasked and (why := _misfit(entrant.asked, candidate)):
            left_out[entrant.name] = why
            continue
        candidates.append(candidate)
        notes[entrant.name] = [
            *entrant.asked.notes(candidate.table, elsewhere=not entrant.unasked),
            *_silences(candidate, elapsed),
        ]
    _refuse_idle(candidates, consent, elapsed)
    outcomes = compared(candidates, answers, elapsed=elapsed)
    for each in outcomes:
        notes[each.name] += [finding.says for finding in each.findings]
    clauses = {entrant.name: entrant.asked.clause for entrant in entrants}
    return Comparison(answers, outcomes, notes, left_out, clauses)


def _candidate(entrant: Entrant, answers: Mapping[str, str], consent: str | None) -> Candidate:
    from comity.rules import seat
    from comity.rules.compare import Candidate

    asked = entrant.asked
    table = asked.table(answers)
    if not entrant.unasked:
        given.refuse_unnamed(asked, table)
    seat(asked.procedure, table)  # refuses what the table lacks, such as a member's weight
    wanted = consent if asked.procedure.consent is not None else None
    agreed = asked.agreed(given.consenting(wanted, asked, table.members), table)
    return Candidate(entrant.name, asked.procedure, table, asked.charter, agreed)


def _naming(error: ComityError, name: str) -> ComityError:
    """The same complaint, saying which of the procedures it is about."""
    if str(error.place):
        return error
    return ComityError(f"{name}: {error.problem}", found=error.found, mend=error.mend)


def _misfit(asked: Asked, candidate: Candidate) -> str:
    """Why a charter's procedure cannot sensibly be put to this table; empty if it can."""
    from comity.dossier.paths import listed
    from comity.dossier.rule import every_part
    from comity.rules import rule_findings, seat

    for name in asked.groups_used():
        group = asked.charter.groups[name]
        if group.members is None and name not in asked.groups:
            return f"nobody is named as the {group.says} (--group {name}=A,B)"
        missing = [m for m in group.members or () if m not in candidate.table.members]
        if missing and name not in asked.groups:
            return f"of its {group.says} {listed(missing)} {_have(missing)} no seat here"
    own, here = asked.charter.members_on(asked.day), candidate.table.members
    for part in every_part(asked.procedure.rule):
        weighed = getattr(part, "weights", None) is not None
        if own and _fixed(part) and (set(own) != set(here) if weighed else len(own) != len(here)):
            return f"it asks for a number of votes among its own {len(own)} members"
    at = seat(candidate.procedure, candidate.table)
    odd = {finding.name: finding.says for finding in rule_findings(at, charter=asked.charter)}
    return _once(odd.get("never_passes", ""))


def _fixed(rule: Rule) -> bool:
    """Whether a part asks for a number of votes, which means something at its own table alone."""
    from comity.dossier.rule import Limit, Quota

    votes = rule.votes if isinstance(rule, Limit | Quota) else None
    return votes is not None and votes > (1 if isinstance(rule, Quota) else 0)


def _have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _once(text: str) -> str:
    """Without the stop, and beginning small, for the cell of a table."""
    text = text.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _silences(candidate: Candidate, elapsed: float | None) -> Iterator[str]:
    from comity.dossier.rule import Silence, every_part

    parts = every_part(candidate.procedure.rule)
    if elapsed is not None and any(isinstance(p, Silence) and p.hours is None for p in parts):
        yield "How long its silence period is, is not said; it is taken to be over."


def _refuse_idle(
    candidates: Sequence[Candidate], consent: str | None, elapsed: float | None
) -> None:
    from comity.dossier.rule import Silence, every_part

    if not candidates:
        raise ComityError(
            "no procedure fits this table",
            mend="Name one with --charter, --file or --rule to be told what it lacks.",
        )
    if consent is not None and all(each.procedure.consent is None for each in candidates):
        raise ComityError(
            "none of these procedures needs consent", found=consent, mend="Leave --consent out."
        )
    parts = [part for each in candidates for part in every_part(each.procedure.rule)]
    if elapsed is not None and not any(isinstance(part, Silence) for part in parts):
        raise ComityError(
            "none of these is a silence procedure",
            found=f"--elapsed {elapsed:g}",
            mend="Leave it out.",
        )


def _put_json(found: Comparison) -> None:
    from comity.cli.envelope import enveloped
    from comity.rules import read_responses

    outcomes = []
    for each in found.outcomes:
        candidate = each.candidate
        outcomes.append(
            {
                "charter": candidate.charter.name or None,
                **each.to_dict(),
                "clause": found.clauses[each.name],
                "facts": candidate.table.facts,
                "notes": found.notes[each.name],
            }
        )
    result = {
        "members": list(found.answers),
        "responses": {m: r.label for m, r in read_responses(found.answers).items()},
        "outcomes": outcomes,
        "left_out": [{"name": name, "why": why} for name, why in found.left_out.items()],
    }
    streams.put_json(enveloped("rules", result))


def _show(found: Comparison) -> None:
    from comity.cli.heading import put_section
    from comity.cli.tables import put_table

    streams.put_prose(_told(found.answers))
    streams.put()
    put_table(
        ["procedure", "basis", "outcome", "what would turn it", "would be bound"],
        [_row(each, found.clauses[each.name]) for each in found.outcomes],
    )
    put_section("Why")
    for told, names in _reasons(found).items():
        first, *others = told
        streams.put_prose(f"{', '.join(names)}: {first}")
        for line in others:
            streams.put_prose(f"  {line}")
    if found.left_out:
        put_section("Left out")
        put_table(["procedure", "why"], [[n, why] for n, why in found.left_out.items()])


def _reasons(found: Comparison) -> dict[tuple[str, ...], list[str]]:
    """What there is to say of each procedure, and the names of those of which it is said."""
    said: dict[tuple[str, ...], list[str]] = {}
    for each in found.outcomes:
        reason = f"{each.decision.reason}{_blocking(each)}"
        minds = (f"Mind: {note}" for note in found.notes[each.name])
        said.setdefault((reason, f"Rule: {each.decision.rule}", *minds), []).append(each.name)
    return said


def _told(answers: Mapping[str, str]) -> str:
    """``3 members: support A, C; object B.``"""
    from comity.dossier.response import Response
    from comity.rules import read_responses
    from comity.rules.sentence import joined, shortened

    held = read_responses(answers)
    said = []
    for response in reversed(Response):
        who = [member for member, each in held.items() if each is response]
        if who:
            named = joined(shortened(who), "and")
            said.append(f"{response.label.replace('_', ' ')} ({len(who)}): {named}")
    count = f"{len(held)} member{'s' * (len(held) != 1)}"
    return f"{count}. {'; '.join(said)}."


def _basis(clause: Clause | None) -> str:
    """How sure the reading of a procedure is, and whether it is mere practice."""
    if clause is None:
        return "–"
    grade = "checked" if clause.verified == "text" else clause.verified.value
    return grade + (", practice" if clause.force == "practice" else "")


def _row(each: Compared, clause: Clause | None) -> list[str]:
    from comity.rules.sentence import joined, shortened

    members, bound = each.decision.responses, each.decision.bound
    who = joined(shortened(bound), "and") if bound else "nobody"
    if bound and len(bound) == len(members):
        who = f"all {len(bound)}" if len(bound) > 1 else bound[0]
    turn = each.change
    adopted = each.decision.adopted or each.decision.pending
    many = each.decision.undoing_number if adopted else each.unblocking_number
    if turn and many is not None and many > 1:
        turn += f" (one of {many:,} such sets)"
    near = "" if each.says == each.outcome else f": {each.says}"
    return [each.name, _basis(clause), f"{each.outcome}{near}", turn or "nothing", who]


def _blocking(each: Compared) -> str:
    decision = each.decision
    if not decision.blocking:
        return ""
    from comity.rules.sentence import joined, shortened

    who = joined(shortened(decision.blocking), "and")
    many = decision.blocking_number
    of = f", one of {many:,} such sets" if many is not None and many > 1 else ""
    return f" A smallest set that blocks: {who}{of}."
