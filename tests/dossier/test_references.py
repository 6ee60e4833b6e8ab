"""Charters and rules whose names, members or terms make no sense are refused."""

import pytest

from comity.dossier.charters import read_charter, read_procedure
from comity.errors import DossierError

CHARTER = """
name: T
members: {members}
terms: {terms}
groups: {{g: {{says: great ones, members: {group}}}}}
measures: {{v: {{says: votes, years: {years}}}}}
procedures:
  substantive: {{rule: {rule}}}
"""
SOUND = {
    "members": "[A, B]",
    "terms": "{A: [{until: 2000-12-31}, {since: 2001-01-01}]}",
    "group": "[A]",
    "years": "{'2000': {A: 1, B: 2}}",
    "rule": "{kind: veto, holders: [A]}",
}


def written(**changes: str) -> str:
    return CHARTER.format(**(SOUND | changes))


def test_a_sound_charter_is_read():
    """Terms that follow each other, years as text and members named once are nothing odd."""
    charter = read_charter(written(), "c.yaml")
    assert set(charter.measures["v"].years) == {2000}


@pytest.mark.parametrize(
    ("changes", "place", "problem"),
    [
        ({"members": "[A, B, A]"}, "members", "the same name stands here twice"),
        ({"group": "[A, A]"}, "groups.g.members", "the same name stands here twice"),
        (
            {"terms": "{A: {since: 2010-01-01, until: 2000-01-01}}"},
            "terms.A",
            "ends before it begins",
        ),
        (
            {"terms": "{A: [{since: 2005-01-01}, {until: 2005-01-01}]}"},
            "terms.A",
            "two terms of one seat overlap",
        ),
        ({"terms": "{A: [{}, {since: 2005-01-01}]}"}, "terms.A", "two terms of one seat overlap"),
        ({"years": "{2000: {A: 1}, '02000': {A: 2}}"}, "measures.v.years.02000", "whole number"),
        ({"years": "{'٢٠٠٠': {A: 1}}"}, "measures.v.years", "whole number"),
        ({"rule": "{kind: veto, holders: []}"}, "rule.holders", "the list names nobody"),
        (
            {"rule": "{any_of: [{kind: quota, votes: 2, among: [A, A]}]}"},
            r"rule.*\[0\]\.among",
            "the same name stands here twice",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(changes, place, problem):
    """The place is named, and what is wrong there."""
    with pytest.raises(DossierError, match=rf"c.yaml:\d+: .*{place}.*: .*{problem}"):
        read_charter(written(**changes), "c.yaml")


def test_a_rule_of_ones_own_is_held_to_the_same():
    """An empty list of members is refused, not a defect."""
    charter = read_charter(written(), "c.yaml")
    with pytest.raises(DossierError, match="the list names nobody"):
        read_procedure("{kind: veto, holders: []}", "--rule", charter)


def test_circles_of_consent_are_told_once_each():
    """Every procedure of a circle is named, one that merely leads into it is not."""
    text = (
        "name: T\nprocedures:\n"
        "  a: {rule: consensus, consent: b}\n"
        "  b: {rule: consensus, consent: c}\n"
        "  c: {rule: consensus, consent: b}\n"
    )
    with pytest.raises(DossierError, match="b → c → b") as caught:
        read_charter(text, "c.yaml")
    assert "1 other problem" in str(caught.value)
