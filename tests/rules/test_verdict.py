"""Why given responses adopt a draft: the words agree with what the compiled rule counts."""

from fractions import Fraction

import numpy as np
from frozendict import frozendict
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Excluding, QualifiedMajority, Rule
from comity.rules import Seating, passes, seat
from comity.rules.sentence import NAMELESS
from comity.rules.verdict import verdict_of
from rules.any_rule import any_rule, rows_at, tables


@given(any_rule(), st.data())
def test_words_and_counts_give_one_answer(rule: Rule, data: st.DataObject):
    """Whatever the rule, a verdict in words holds exactly where the rule passes (§7, §29-§34)."""
    table: Seating = data.draw(tables(5))
    row: tuple[Response, ...] = data.draw(rows_at(table))
    answers = dict(zip(table.members, row, strict=True))
    verdict = verdict_of(rule, table, answers, NAMELESS)
    counted = bool(passes(seat(Procedure(rule=rule), table), np.array(row, dtype=np.int8)))
    assert verdict.holds is counted
    assert verdict.says


def test_two_thirds_of_nobody_are_not_in_favour():
    """Where all members are shut out, nobody is in favour, and no majority of theirs adopts."""
    table = Seating(("A", "B"), frozendict(all=frozenset("AB")))
    rule = Excluding(
        members="all", rule=QualifiedMajority(at_least=Fraction(2, 3), of=Base.MEMBERS)
    )
    answers = {"A": Response.SUPPORT, "B": Response.SUPPORT}
    counted = passes(seat(Procedure(rule=rule), table), np.array(list(answers.values())))
    assert not counted
    assert not verdict_of(rule, table, answers, NAMELESS).holds
