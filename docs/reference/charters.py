"""Writes charters.md, the reference page of the packaged charters, from their YAML.

Run as ``python docs/reference/charters.py`` after a charter has changed.
"""

from collections.abc import Iterable
from pathlib import Path

from comity.dossier.charter import Charter, Clause, Procedure, Weighing
from comity.dossier.charters import charter_names, load_charter
from comity.rules import binding_sentence, procedure_sentence

PAGE = Path(__file__).with_suffix(".md")

HEAD = """# Charters that come with Comity

Generated from `src/comity/charters/` by `docs/reference/charters.py`; edit the YAML, not this
page. A dossier names one of them (`charter: csto`) or spells out its own. Members are given by
their ISO 3166 alpha-3 codes.

*Checked* says how sure the reading of a clause is, by the weakest part of it: **text**, what is
said was read in the provision, in a language in which it is authentic; **translation**, in a
translation alone; **quoted**, as quoted or retold, not in the provision itself; **memory**, it was
not read; **assumed**, no provision was found, or it is inferred. Clauses are paraphrased, never
quoted. Where a rule rests on further clauses they follow the one that lays it down.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name, load_charter(name)) for name in charter_names())])


def _section(name: str, charter: Charter) -> str:
    pointers = ((t, getattr(charter, t)) for t in ("rotation", "chair", "competence"))
    facts = [
        f"Described {charter.time}." if charter.since or charter.until else "",
        f"As of {charter.as_of}." if charter.as_of else "",
        f"Members: {', '.join(charter.members)}." if charter.members else "",
        *(f"On {topic}: clause `{clause}`." for topic, clause in pointers if clause),
    ]
    parts = [
        f"## `{name}`: {charter.name}",
        _limits(charter),
        " ".join(filter(None, facts)),
        _seats(charter),
        _procedures(charter),
        _turned_on(charter),
        _named(charter),
        _clauses(charter),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _limits(charter: Charter) -> str:
    """What is not described, to be told first."""
    return "" if charter.limits is None else _cell(charter.clauses[charter.limits].says)


def _seats(charter: Charter) -> str:
    """Seats that are not held throughout."""
    held = (f"{member} {', '.join(map(str, terms))}" for member, terms in charter.terms.items())
    return f"Seats not held throughout: {'; '.join(held)}." if charter.terms else ""


def _procedures(charter: Charter) -> str:
    rows = (_procedure(name, entry, charter) for name, entry in charter.procedures.items())
    return _table(("procedure", "title", "rule", "binds", "clause"), rows)


def _procedure(name: str, entry: Procedure, charter: Charter) -> tuple[str, ...]:
    rule, binds = procedure_sentence(entry, charter), binding_sentence(entry)
    time = f"Holds {entry.time}." if entry.since or entry.until else ""
    grounds = ", ".join(map(_clause_id, filter(None, (entry.clause, *entry.rests_on))))
    return f"`{name}`", entry.title, f"{rule} {time}".strip(), binds, grounds


def _turned_on(charter: Charter) -> str:
    """Facts that rules turn on."""
    presumed = {None: "must be said", True: "presumed to hold", False: "presumed not to hold"}
    rows = [
        (f"`{name}`", fact.says, fact.judged_by, presumed[fact.presumed], _clause_id(fact.clause))
        for name, fact in charter.facts.items()
    ]
    return _table(("fact", "holds if", "judged by", "unless said", "clause"), rows) if rows else ""


def _named(charter: Charter) -> str:
    """Groups of members, and what members count by."""
    rows = [
        (
            f"`{name}`",
            group.says,
            "named for each decision" if group.members is None else ", ".join(group.members),
            _clause_id(group.clause),
        )
        for name, group in charter.groups.items()
    ]
    rows += [
        (f"`{name}`", measure.says, _weights(measure), _clause_id(measure.clause))
        for name, measure in charter.measures.items()
    ]
    return _table(("name", "stands for", "members", "clause"), rows) if rows else ""


def _weights(measure: Weighing) -> str:
    """Each member's weight; by the year from which it holds, if it changes."""
    by_year = [("", measure.values)] if measure.values else []
    by_year += [(f"{year}: ", held) for year, held in measure.years.items()]
    return "; ".join(
        when + ", ".join(f"{member} {float(weight):.12g}" for member, weight in held.items())
        for when, held in by_year
    )


def _clause_id(clause: str | None) -> str:
    return f"`{clause}`" if clause else ""


def _clauses(charter: Charter) -> str:
    rows = (_clause(name, entry) for name, entry in charter.clauses.items())
    return _table(("clause", "what it lays down", "source", "checked", "force"), rows)


def _clause(name: str, entry: Clause) -> tuple[str, ...]:
    return f"`{name}`", entry.says, entry.source, entry.verified.value, entry.force


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
