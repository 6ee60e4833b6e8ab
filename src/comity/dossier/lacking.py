"""What a rule would have to be told before an item could be decided by it."""

from __future__ import annotations

from collections.abc import Iterator

from comity.dossier.model import Dossier
from comity.dossier.paths import listed
from comity.dossier.rule import Rule, every_part, facts_needed, groups_named, measure_named


def lacking(dossier: Dossier, item: str, rule: Rule) -> Iterator[str]:
    """Facts, groups and weights of the charter that the rule names and nobody has given."""
    entry = dossier.agenda[item]
    charter = dossier.charter(entry.body)
    for fact in facts_needed(rule, charter.presumed | entry.facts):
        yield f"nothing says whether {charter.facts[fact].says}"
    yield from unnamed(dossier, item, rule)
    for name in dict.fromkeys(measure_named(part) for part in every_part(rule)):
        if name is not None:
            held = charter.measures[name].on(dossier.as_of)
            missing = [member for member in dossier.members(item) if member not in held]
            if missing:
                yield f"'{name}' does not weigh {listed(missing)}"


def unnamed(dossier: Dossier, item: str, rule: Rule) -> Iterator[str]:
    """Groups that are named afresh for each decision, and were not."""
    entry = dossier.agenda[item]
    charter = dossier.charter(entry.body)
    for name in sorted({n for part in every_part(rule) for n in groups_named(part)}):
        if charter.groups[name].members is None and name not in entry.groups:
            yield f"nobody is said to belong to the group '{name}' ({charter.groups[name].says})"
