"""The packaged charters, and the page made from them."""

import re
import runpy
from datetime import datetime
from pathlib import Path

import pytest

from comity.dossier.charter import Charter, Procedure, Verified
from comity.dossier.charters import charter_names, load_charter
from comity.dossier.rule import Consensus, every_part, groups_named
from comity.rules import Seating, decide, rule_findings, seat, seating

ROOT = Path(__file__).resolve().parents[2]
DAY = re.compile(r"\b(\d{1,2} (?:January|February|March|April|May|June|July|August|September"
                 r"|October|November|December) \d{4})\b")  # fmt: skip


def test_csto_and_plain_are_packaged():
    """Comity brings the charter of the CSTO and that of a plain body."""
    assert {"csto", "plain"} <= set(charter_names())


@pytest.mark.parametrize("name", charter_names())
def test_every_procedure_rests_on_a_clause(name: str):
    """Each procedure and each pointer of a charter names a clause that is there."""
    charter = load_charter(name)
    pointers = [charter.rotation, charter.chair, charter.competence]
    named = [entry.clause for entry in charter.procedures.values()]
    named += [pointer for pointer in pointers if pointer is not None]
    assert set(named) <= set(charter.clauses)


@pytest.mark.parametrize("name", charter_names())
def test_no_packaged_procedure_is_odd(name: str):
    """No procedure is senseless for its members.

    Only what an officer judges cannot be blocked, and only members outside a group that is named
    for the decision, or shut out as one, may be without a say.
    """
    charter = load_charter(name)
    table = table_of(charter)
    afresh = {group for group, entry in charter.groups.items() if entry.members is None}
    for procedure in charter.procedures.values():
        odd = {finding.name for finding in rule_findings(seat(procedure, table), charter=charter)}
        named = {group for part in every_part(procedure.rule) for group in groups_named(part)}
        if any(part.kind == "fact" for part in every_part(procedure.rule)):
            odd.discard("objections_never_block")
        if named & afresh:
            odd.discard("member_without_say")
        assert not odd


def table_of(charter: Charter) -> Seating:
    """A table of the charter at which every fact holds that is not presumed otherwise."""
    weighed = {m for measure in charter.measures.values() for m in measure.values}
    members = charter.members_on() or tuple(sorted(weighed)) or tuple("ABCDEF")
    afresh = {name: members[:2] for name, g in charter.groups.items() if g.members is None}
    facts = {name: True for name, fact in charter.facts.items() if fact.presumed is None}
    return seating(charter, members, groups=afresh, facts=facts)


def test_csto_decides_by_consensus_of_six():
    """One of the six suffices to block a matter of substance."""
    charter = load_charter("csto")
    assert charter.members == ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
    responses = dict.fromkeys(charter.members, "support") | {"BLR": "object"}
    decision = decide(charter.procedures["substantive"], responses, charter.members)
    assert (decision.adopted, decision.blocking) == (False, ("BLR",))


def test_csto_owns_up_to_what_was_not_found():
    """The majority on procedure, and how many a limited format needs, are said to be assumed."""
    charter = load_charter("csto")
    assert charter.clauses["procedural"].verified is Verified.ASSUMED
    assert set(charter.procedures) == {"substantive", "procedural", "limited_format"}
    assert "two are assumed" in charter.clauses["limited_format"].says


def test_nothing_later_enters_the_csto_charter():
    """No clause or source of a dated charter is later than its day."""
    charter = load_charter("csto")
    text = " ".join(f"{clause.says} {clause.source}" for clause in charter.clauses.values())
    dates = [datetime.strptime(day, "%d %B %Y").date() for day in DAY.findall(text)]
    assert dates
    assert max(dates) <= charter.as_of
    assert max(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)) <= charter.as_of.year


def test_plain_body_has_the_usual_procedures():
    """A body without a charter of its own can decide by consensus, majority or silence."""
    procedures = load_charter("plain").procedures
    assert {name: entry.rule.kind for name, entry in procedures.items()} == {
        "substantive": "consensus",
        "procedural": "simple_majority",
        "silence": "silence",
        "minus_one": "consensus",
    }
    assert isinstance(procedures["minus_one"], Procedure)
    assert procedures["minus_one"].rule == Consensus(minus=1)


def test_page_is_current():
    """The reference page is what its script makes of the charters."""
    script = ROOT / "docs" / "reference" / "charters.py"
    page = runpy.run_path(str(script))["page"]()
    assert script.with_suffix(".md").read_text("utf-8") == page, f"run python {script.name}"
