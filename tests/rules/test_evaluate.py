"""Rules put to responses (conventions §6 and §7)."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, QualifiedMajority, Silence, SimpleMajority
from comity.errors import RuleError
from comity.rules import adopts, passes, quorate
from rules.definitions import PROCEDURES, adopts_by_definition, all_rows, procedures, rows

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response


@pytest.mark.parametrize("members", [1, 2, 3])
def test_every_response_of_a_small_body_is_counted_as_defined(members: int):
    """§7: on every set of responses of a small body, each procedure does what it says."""
    every = all_rows(members)
    for procedure in PROCEDURES:
        expected = [
            adopts_by_definition(procedure, tuple(Response(code) for code in row)) for row in every
        ]
        assert adopts(procedure, every).tolist() == expected, procedure


@given(procedures(), rows(most=30))
def test_larger_bodies_are_counted_as_defined(procedure: Procedure, row: tuple[Response, ...]):
    """§7: thresholds are exact for any share, body and quorum."""
    assert bool(adopts(procedure, np.array(row))) is adopts_by_definition(procedure, row)


@given(procedures(), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_batch_is_its_rows(procedure: Procedure, members: int, seed: int):
    """A batch of any shape gives each row the answer it has alone."""
    batch = np.random.default_rng(seed).integers(0, len(Response), (3, 2, members))
    outcomes = adopts(procedure, batch)
    assert outcomes.shape == (3, 2)
    assert outcomes.dtype == np.bool_
    for index in np.ndindex(3, 2):
        assert outcomes[index] == adopts(procedure, batch[index])


def test_empty_batch_has_no_outcomes():
    """No draws give no outcomes, and no error."""
    assert adopts(Procedure(rule=Consensus()), np.zeros((0, 6), dtype=np.int8)).shape == (0,)


def test_threshold_is_not_rounded():
    """§7: a share that no float can hold is met by exactly as many as it says."""
    third = QualifiedMajority(at_least=Fraction(1, 3), of=Base.MEMBERS)
    just_above = QualifiedMajority(at_least=Fraction(1, 3) + Fraction(1, 10**30), of=Base.MEMBERS)
    row = np.array([SUPPORT] * 33 + [OBJECT] * 66)
    assert passes(third, row)
    assert not passes(just_above, row)


def test_tie_fails():
    """§7: half in favour is not a simple majority, whatever the base."""
    for base in Base:
        assert not passes(SimpleMajority(of=base), np.array([SUPPORT, OBJECT]))


def test_nobody_voting_adopts_nothing():
    """§7: a share of nobody is not met by nobody."""
    for share in (Fraction(0), Fraction(2, 3), Fraction(1)):
        rule = QualifiedMajority(at_least=share, of=Base.VOTING)
        assert not passes(rule, np.array([STAND_ASIDE, ABSENT, NO_INSTRUCTIONS]))


def test_empty_chamber_cannot_decide_but_silence_can():
    """§7: without a stated quorum one member must be present; silence needs nobody."""
    nobody = np.array([ABSENT, ABSENT])
    assert not adopts(Procedure(rule=Consensus()), nobody)
    assert not adopts(Procedure(rule=Consensus(), quorum=Fraction(0)), nobody)
    assert adopts(Procedure(rule=Silence()), nobody)
    assert adopts(Procedure(rule=Silence(), quorum=Fraction(1)), nobody)


def test_member_without_instructions_is_present():
    """§6: a member without instructions counts for the quorum, an absent one does not."""
    procedure = Procedure(rule=Consensus(), quorum=Fraction(2, 3))
    assert quorate(procedure, np.array([SUPPORT, NO_INSTRUCTIONS, ABSENT]))
    assert not quorate(procedure, np.array([SUPPORT, ABSENT, ABSENT]))


# ---------------------------------------------------------------- which answer is better

FAMILIES = {
    "silence": lambda rule: isinstance(rule, Silence),
    "consensus": lambda rule: isinstance(rule, Consensus),
    "of members": lambda rule: getattr(rule, "of", None) is Base.MEMBERS,
    "of those present": lambda rule: getattr(rule, "of", None) is Base.PRESENT,
    "of those voting": lambda rule: getattr(rule, "of", None) is Base.VOTING,
}


def chain(*levels: tuple[Response, ...]) -> set[tuple[Response, Response]]:
    """Pairs (worse, at least as good) of levels from worst to best; within one, both ways."""
    ranked = [(response, rank) for rank, level in enumerate(levels) for response in level]
    return {(a, b) for a, i in ranked for b, j in ranked if i <= j and a is not b}


AGAINST = (OBJECT, UNREASONED)
ASIDE = (OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE)

ORDER_OF_RULES = {
    "silence": chain(AGAINST, (ABSENT, *ASIDE, SUPPORT)),
    "consensus": chain(AGAINST, (ABSENT, *ASIDE, SUPPORT)),
    "of members": chain((*AGAINST, ABSENT, *ASIDE), (SUPPORT,)),
    "of those present": chain((*AGAINST, *ASIDE), (ABSENT,), (SUPPORT,)),
    "of those voting": chain(AGAINST, (ABSENT, *ASIDE), (SUPPORT,)),
}

ORDER_OF_PROCEDURES = {
    "silence": chain(AGAINST, (ABSENT, *ASIDE, SUPPORT)),
    "consensus": chain(AGAINST, (*ASIDE, SUPPORT)) | chain((ABSENT,), (*ASIDE, SUPPORT)),
    "of members": chain((ABSENT,), (*AGAINST, *ASIDE), (SUPPORT,)),
    "of those present": chain((*AGAINST, *ASIDE), (SUPPORT,)) | chain((ABSENT,), (SUPPORT,)),
    "of those voting": chain(AGAINST, ASIDE, (SUPPORT,)) | chain((ABSENT,), ASIDE, (SUPPORT,)),
}


def holds(outcome, procedures, worse: Response, better: Response) -> bool:
    """Whether turning ``worse`` into ``better`` never loses an adoption, on all small bodies."""
    for members in (1, 2, 3):
        before = all_rows(members)
        before = before[before[:, 0] == worse]  # members are alike, so the first stands for all
        after = before.copy()
        after[:, 0] = better
        for procedure in procedures:
            if np.any(outcome(procedure, before) & ~outcome(procedure, after)):
                return False
    return True


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("outcome", "claimed"),
    [(lambda p, row: passes(p.rule, row), ORDER_OF_RULES), (adopts, ORDER_OF_PROCEDURES)],
    ids=["rule", "procedure"],
)
def test_order_of_responses_is_as_stated(family: str, outcome, claimed):
    """§7: the stated order of responses holds in every small body, and no further order does."""
    kin = [procedure for procedure in PROCEDURES if FAMILIES[family](procedure.rule)]
    found = {
        (worse, better)
        for worse in Response
        for better in Response
        if worse is not better and holds(outcome, kin, worse, better)
    }
    assert found == claimed[family]


@given(procedures(), rows(most=12), st.data())
def test_stated_order_holds_in_larger_bodies(procedure: Procedure, row, data: st.DataObject):
    """§7: a response at least as favourable never turns an adoption into a rejection."""
    family = next(name for name, test in FAMILIES.items() if test(procedure.rule))
    seat = data.draw(st.integers(0, len(row) - 1))
    better = [b for a, b in ORDER_OF_PROCEDURES[family] if a is row[seat]]
    if not better:
        assert row[seat] is SUPPORT
        return
    turned = [*row[:seat], data.draw(st.sampled_from(better)), *row[seat + 1 :]]
    assert adopts(procedure, np.array(row)) <= adopts(procedure, np.array(turned))


# ---------------------------------------------------------------- what is refused


def test_empty_body_is_refused():
    """A body without members gets an error that says so."""
    with pytest.raises(RuleError, match="A body without members cannot decide"):
        passes(Consensus(), np.zeros((10, 0), dtype=np.int8))


@pytest.mark.parametrize("code", [-1, len(Response)])
def test_unknown_code_is_refused(code: int):
    """A number that is no response is never counted as one."""
    with pytest.raises(RuleError, match="not one of the known codes"):
        adopts(Procedure(rule=Consensus()), np.array([int(SUPPORT), code]))


def test_shares_in_place_of_responses_are_refused():
    """Floats are not responses."""
    with pytest.raises(RuleError, match="float64"):
        passes(Silence(), np.array([0.5, 1.0]))
