"""Writes charters.md, the reference page of the packaged charters, from their YAML.

Run as ``python docs/reference/charters.py`` after a charter has changed.
"""

from collections.abc import Iterable
from pathlib import Path

from comity.dossier.charter import Charter, Clause, Procedure
from comity.dossier.charters import charter_names, load_charter
from comity.rules import binding_sentence, procedure_sentence

PAGE = Path(__file__).with_suffix(".md")

HEAD = """# Charters that come with Comity

Generated from `src/comity/charters/` by `docs/reference/charters.py`; edit the YAML, not this
page. A dossier names one of them (`charter: csto`) or spells out its own.

*Checked* says how sure the reading of a clause is: **text**, what is said was read in the
provision; **memory**, it was not; **assumed**, no provision was found. Clauses are paraphrased,
never quoted.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name, load_charter(name)) for name in charter_names())])


def _section(name: str, charter: Charter) -> str:
    pointers = ((t, getattr(charter, t)) for t in ("rotation", "chair", "competence"))
    facts = [
        f"As of {charter.as_of}." if charter.as_of else "",
        f"Members: {', '.join(charter.members)}." if charter.members else "",
        *(f"On {topic}: clause `{clause}`." for topic, clause in pointers if clause),
    ]
    parts = [
        f"## `{name}`: {charter.name}",
        " ".join(filter(None, facts)),
        _procedures(charter),
        _clauses(charter),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _procedures(charter: Charter) -> str:
    rows = (_procedure(name, entry) for name, entry in charter.procedures.items())
    return _table(("procedure", "title", "rule", "binds", "clause"), rows)


def _procedure(name: str, entry: Procedure) -> tuple[str, ...]:
    clause = f"`{entry.clause}`" if entry.clause else ""
    return f"`{name}`", entry.title, procedure_sentence(entry), binding_sentence(entry), clause


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
