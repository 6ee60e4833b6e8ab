"""Conventions §6 and §7 once more, as plainly as possible, and strategies to hold code to them."""

from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, QualifiedMajority, Silence, SimpleMajority

SHARES = tuple(Fraction(*pair) for pair in ((0, 1), (1, 3), (1, 2), (2, 3), (18, 25), (1, 1)))

RULES = (
    *(Consensus(minus=minus) for minus in range(4)),
    Silence(),
    *(SimpleMajority(of=base) for base in Base),
    *(QualifiedMajority(at_least=share, of=base) for share in SHARES for base in Base),
)

PROCEDURES = tuple(
    Procedure(rule=rule, quorum=quorum)
    for rule in RULES
    for quorum in (None, Fraction(1, 2), Fraction(3, 4), Fraction(1))
)


def adopts_by_definition(procedure: Procedure, responses: tuple[Response, ...]) -> bool:
    """One row of responses put to a procedure, with fractions and no arrays."""
    rule, n = procedure.rule, responses.count
    members = len(responses)
    present = members - n(Response.ABSENT)
    quorate = present >= 1 and present >= (procedure.quorum or 0) * members
    objecting = n(Response.OBJECT) + n(Response.OBJECT_WITHOUT_REASON)
    if isinstance(rule, Silence):
        return objecting == 0
    if isinstance(rule, Consensus):
        return quorate and objecting <= rule.minus
    voting = n(Response.SUPPORT) + objecting
    base = {Base.MEMBERS: members, Base.PRESENT: present, Base.VOTING: voting}[rule.of]
    if isinstance(rule, SimpleMajority):
        return quorate and n(Response.SUPPORT) > Fraction(base, 2)
    return quorate and n(Response.SUPPORT) >= max(1, rule.at_least * base)


@cache
def all_rows(members: int) -> np.ndarray:
    """Every way in which this many members can respond, one a row; not to be written to."""
    every = np.array(list(product(Response, repeat=members)), dtype=np.int8)
    every.setflags(write=False)
    return every


def shares() -> st.SearchStrategy[Fraction]:
    return st.one_of(st.sampled_from(SHARES), st.fractions(0, 1, max_denominator=40))


RULES_OF = {
    Consensus: st.builds(Consensus, minus=st.integers(0, 4)),
    Silence: st.builds(Silence, hours=st.none() | st.floats(1, 100)),
    SimpleMajority: st.builds(SimpleMajority, of=st.sampled_from(Base)),
    QualifiedMajority: st.builds(QualifiedMajority, at_least=shares(), of=st.sampled_from(Base)),
}


def procedures(*kinds: type) -> st.SearchStrategy[Procedure]:
    """Procedures with a rule of one of these kinds, or of any."""
    rules = st.one_of([RULES_OF[kind] for kind in kinds or RULES_OF])
    return st.builds(Procedure, rule=rules, quorum=st.none() | shares())


def rows(most: int) -> st.SearchStrategy[tuple[Response, ...]]:
    """Responses of a body of 1 to ``most`` members."""
    return st.lists(st.sampled_from(Response), min_size=1, max_size=most).map(tuple)
