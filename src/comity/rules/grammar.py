"""The rule language told from its own models: each kind with its fields, an example, a sentence."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import dedent
from typing import get_args

from comity.dossier import rule as language
from comity.dossier.attributes import rows
from comity.dossier.charter import Charter
from comity.dossier.charters import read_charter, read_procedure
from comity.dossier.frozen import Model
from comity.dossier.rule import Kind, rule_kinds
from comity.rules.sentence import rule_sentence

CHARTER = """\
name: An example
members: [A, B, C, D, E]
groups:
  permanent: {says: permanent members, members: [A, B]}
  parties: {says: parties to the dispute}       # named afresh for each decision
measures:
  votes: {says: votes, values: {A: 10, B: 10, C: 5, D: 5, E: 2}}
facts:
  proposal: {says: there is a proposal from the secretariat, presumed: true}
  agreed: {says: there is rough consensus, judged_by: the chair}
procedures:
  substantive:
    title: Three votes and no veto
    rule:
      all_of:
        - {kind: quota, votes: 3}
        - {kind: veto, holders: permanent}
    quorum: 2/3
    binds: all_members
    clause: voting
  silence:
    rule: {kind: silence, hours: 48}
    consent: substantive
clauses:
  voting: {says: Three members in favour and no veto., source: "Invented, art. 1",
    verified: assumed, force: law}
"""
"""A charter that names whatever the examples use."""

_EXAMPLES = """\
consensus
{kind: silence, hours: 48}
{kind: simple_majority, of: present_and_voting}
{kind: qualified_majority, at_least: 2/3, of: members, weights: votes}
{kind: quota, votes: 3}
{kind: limit, on: object, at_most: 1/4, of: present_and_voting}
{kind: attendance, at_least: 2/3, weights: votes}
{kind: veto, holders: permanent, abstention: passes}
{kind: fact, fact: agreed}
{all_of: [consensus, {kind: quota, votes: 2}]}
{any_of: [{kind: quota, votes: 4}, {kind: limit, on: not_in_favour, votes: 2}]}
{in_turn: [consensus, {kind: qualified_majority, at_least: 3/4}]}
{kind: depends, on: proposal, then: {kind: simple_majority}, otherwise: consensus}
{kind: excluding, members: parties, how: abstaining, rule: {kind: quota, votes: 3}}
{reasoned: consensus}
"""


@dataclass(frozen=True)
class Setting:
    """One field of a rule."""

    name: str
    type: str
    default: str
    required: bool
    says: str


@dataclass(frozen=True)
class Entry:
    """One kind of rule: what it means, its settings, an example and how that reads."""

    kind: str
    says: str
    settings: tuple[Setting, ...]
    example: str
    sentence: str


def productions() -> str:
    """The grammar, as it stands at the head of the language."""
    _, _, text = inspect.cleandoc(language.__doc__ or "").partition("\n\n")
    return dedent(text.partition("\n\nA count")[0])


def introduction() -> str:
    """What is said of the language beside its grammar."""
    text = inspect.cleandoc(language.__doc__ or "")
    head, _, _ = text.partition("\n\n")
    return " ".join((head + " A count" + text.partition("\n\nA count")[2]).split())


@cache
def entries() -> tuple[Entry, ...]:
    """Every kind of rule, in the order of the language."""
    charter = example_charter()
    return tuple(
        Entry(kind, _says(model), tuple(_settings(model)), text, _sentence(text, charter))
        for kind, model, text in zip(
            rule_kinds(), get_args(Kind), _EXAMPLES.splitlines(), strict=True
        )
    )


def example_charter() -> Charter:
    """The charter whose groups, measures and facts the examples name."""
    return read_charter(CHARTER, "example.yaml")


def _says(model: type[Model]) -> str:
    return " ".join((model.__doc__ or "").split()).replace("``", "`")


def _settings(model: type[Model]) -> Iterator[Setting]:
    for name, kind, default, required, says in rows(model):
        if name != "`kind`":
            yield Setting(name.strip("`"), _type(kind), default.strip("`"), required == "yes", says)


def _type(written: str) -> str:
    """A rule within a rule is called one, instead of all that it may be."""
    if "](#" not in written:
        return written.replace("`", "")
    return "list of rules" if written.startswith("list of") else "rule"


def _sentence(example: str, charter: Charter) -> str:
    return rule_sentence(read_procedure(example, "example", charter).rule, charter)
