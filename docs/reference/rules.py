"""Writes rules.md, the reference page of the rule language, from its models.

Run as ``python docs/reference/rules.py`` after a kind of rule or a field of a charter has changed.
"""

from collections.abc import Iterable
from pathlib import Path

from comity.dossier.attributes import rows
from comity.dossier.charter import (
    Charter,
    Clause,
    MatterOfFact,
    NamedGroup,
    Procedure,
    Term,
    Weighing,
)
from comity.dossier.frozen import Model
from comity.rules import procedure_sentence
from comity.rules.grammar import CHARTER, Entry, entries, example_charter, introduction, productions

PAGE = Path(__file__).with_suffix(".md")

HEAD = """# The rule language

Generated from `src/comity/dossier/rule.py` and `charter.py` by `docs/reference/rules.py`; edit
those, not this page. `comity rules --grammar` prints the same in short, `comity rules NAME`
explains a [charter that comes with Comity](charters.md), `comity rules --file FILE` one of your
own, and `comity rules compare` puts several rules to the same responses.
"""

CHARTERS = """## A charter

A charter is a YAML file, or stands in a dossier as `charter:` of a body. Every name that a rule
uses, of a group, a measure, a fact or a clause, stands in its charter.
"""


def page() -> str:
    """The whole page."""
    grammar = f"{introduction()}\n\n```text\n{productions()}\n```\n"
    models = (Charter, Term, NamedGroup, Weighing, MatterOfFact, Procedure, Clause)
    return "\n".join(
        [
            HEAD,
            grammar,
            *(_kind(entry) for entry in entries()),
            CHARTERS,
            _example(),
            *(_fields(model) for model in models),
        ]
    )


def _kind(entry: Entry) -> str:
    head = ("setting", "type", "default", "required", "description")
    settings = (
        (f"`{s.name}`", s.type, s.default, "yes" if s.required else "", s.says)
        for s in entry.settings
    )
    example = f"```yaml\n{entry.example}\n```\n\n> {entry.sentence}"
    return f"## `{entry.kind}`\n\n{entry.says}\n\n{_table(head, settings)}\n\n{example}\n"


def _example() -> str:
    charter = example_charter()
    sentences = (
        f"- `{name}`: {procedure_sentence(procedure, charter)}"
        for name, procedure in charter.procedures.items()
    )
    return f"```yaml\n{CHARTER}```\n\n" + "\n".join(sentences) + "\n"


def _fields(model: type[Model]) -> str:
    says = " ".join((model.__doc__ or "").split()).replace("``", "`")
    head = ("field", "type", "default", "required", "description")
    return f"### {model.__name__}\n\n{says}\n\n{_table(head, map(_plainly, rows(model)))}\n"


def _plainly(row: tuple[str, ...]) -> tuple[str, ...]:
    """The row of a field; a rule is called one, instead of all that it may be."""
    name, kind, *others = row
    return (name, "rule" if kind.count("](#") > 1 else kind, *others)


def _table(head: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
