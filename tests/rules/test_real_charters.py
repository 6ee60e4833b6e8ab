"""The charters of real bodies: their thresholds on hand-made responses, and their sources."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from comity.dossier.charter import Verified
from comity.dossier.charters import charter_names, load_charter
from comity.errors import RuleError
from comity.rules import Decision, adopts, decide, procedure_sentence, read_responses, seat, seating

BODIES = (
    "asean", "csto", "eu-cfsp", "eu-council-lisbon", "eu-council-nice", "ietf", "imf", "iso",
    "nato", "osce", "plain", "sociocracy", "unga", "unsc", "unsc-1946", "w3c", "wto",
)  # fmt: skip

PERMANENT = ("CHN", "FRA", "RUS", "GBR", "USA")
TEN = tuple(f"M{seat}" for seat in range(1, 11))
DAYS = (date(2014, 11, 1), date(2016, 6, 1), date(2020, 2, 1), date(2025, 1, 1))

LOCATOR = re.compile(r"\b(?:art\.|sections?|para\.|rules?|annex|part|note|part 1,) [\dIVX(]")
PAGE = re.compile(
    r"\b(?:headers?|list|account|abstract|course|principle|definition)\b", re.IGNORECASE
)


def adopted(
    body: str,
    responses: Mapping[str, str],
    procedure: str = "substantive",
    *,
    others: str = "support",
    members: Collection[str] | None = None,
    day: date | None = None,
    groups: Mapping[str, Collection[str]] | None = None,
    facts: Mapping[str, bool] | None = None,
) -> bool:
    """Whether a procedure adopts when members answer so, and all the others alike."""
    charter = load_charter(body)
    table = seating(charter, members, day, groups=groups or {}, facts=facts or {})
    unseated = set(responses) - set(table.members)
    assert not unseated, f"{unseated} have no seat"
    answers = read_responses(dict.fromkeys(table.members, others) | dict(responses))
    row = np.array([answers[member] for member in table.members], dtype=np.int8)
    return bool(adopts(seat(charter.procedures[procedure], table), row))


def each(members: Collection[str], answer: str) -> dict[str, str]:
    return dict.fromkeys(members, answer)


def elected(body: str) -> list[str]:
    return [member for member in load_charter(body).members if member not in PERMANENT]


# What each file must hold


def test_the_bodies_promised_are_there():
    """Each body named in the issue has its charter, with a main procedure."""
    assert set(BODIES) <= set(charter_names())
    assert all("substantive" in load_charter(name).procedures for name in charter_names())


@pytest.mark.parametrize("name", charter_names())
def test_every_clause_named_is_there(name: str):
    """Procedures, groups, measures and facts each rest on a clause of the charter."""
    charter = load_charter(name)
    parts = (charter.procedures, charter.groups, charter.measures, charter.facts)
    for part in parts:
        for entry in part.values():
            assert entry.clause in charter.clauses
    for procedure in charter.procedures.values():
        assert procedure.consent is None or procedure.consent in charter.procedures


@pytest.mark.parametrize("name", charter_names())
def test_what_was_read_says_where(name: str):
    """A clause checked against the text names an article, a section or a page."""
    for clause in load_charter(name).clauses.values():
        assert clause.source
        if clause.verified is Verified.TEXT:
            assert LOCATOR.search(clause.source) or PAGE.search(clause.source), clause.source


@pytest.mark.parametrize("name", charter_names())
def test_members_are_three_letter_codes(name: str):
    """Members, and whoever groups, terms and measures name, are ISO alpha-3 codes, each once."""
    charter = load_charter(name)
    assert len(set(charter.members)) == len(charter.members)
    named = {*charter.members, *charter.terms}
    for group in charter.groups.values():
        named.update(group.members or ())
    for measure in charter.measures.values():
        named.update(measure.values, *measure.years.values())
    assert all(re.fullmatch("[A-Z]{3}", member) for member in named)
    assert set(charter.terms) <= set(charter.members)


@pytest.mark.parametrize("name", charter_names())
def test_every_procedure_is_a_sentence(name: str):
    """Each procedure can be said in words, without an id standing in for them."""
    charter = load_charter(name)
    for procedure in charter.procedures.values():
        assert "_" not in procedure_sentence(procedure, charter)


@pytest.mark.parametrize("name", charter_names())
def test_no_source_is_surer_than_its_weakest_part(name: str):
    """What is from memory, quoted, translated or inferred in part is not called read."""
    order = list(Verified)
    for clause in load_charter(name).clauses.values():
        grade = order.index(clause.verified)
        if "from memory" in clause.source:
            assert grade >= order.index(Verified.MEMORY), clause.source
        elif re.search(r"\bas (?:quoted|recited|given)\b", clause.source) and name != "plain":
            assert grade >= order.index(Verified.QUOTED), clause.source


@pytest.mark.parametrize("name", charter_names())
def test_effects_are_sentences(name: str):
    """What a decision brings about is said in whole sentences."""
    for procedure in load_charter(name).procedures.values():
        assert not procedure.effect or re.fullmatch(r"[A-Z].*\.", procedure.effect.strip())


# United Nations


def test_council_passes_with_a_permanent_member_abstaining():
    """Nine in favour suffice in practice though a permanent member abstains; not by the letter."""
    for answer in ("stand_aside", "absent"):
        responses = each(["RUS", *elected("unsc")[:5]], answer)
        assert adopted("unsc", responses)
        assert not adopted("unsc", responses, "charter_text")


def test_one_permanent_member_blocks_fourteen():
    """A vote against by any permanent member blocks, except on procedure."""
    for member in PERMANENT:
        assert not adopted("unsc", {member: "object"})
        assert adopted("unsc", {member: "object"}, "procedural")
    assert adopted("unsc", each(elected("unsc")[:6], "object"))


@pytest.mark.parametrize(("body", "needed"), [("unsc", 9), ("unsc-1946", 7)])
def test_council_needs_its_votes_in_favour(body: str, needed: int):
    """One vote too few in favour adopts nothing, whatever the procedure; the number does."""
    members = load_charter(body).members
    for procedure in ("substantive", "procedural", "chapter_vi", "charter_text"):
        enough = each(members[needed:], "stand_aside")
        assert adopted(body, enough, procedure)
        assert not adopted(body, each(members[needed - 1 :], "stand_aside"), procedure)


def test_a_party_to_the_dispute_neither_blocks_nor_counts():
    """Under Chapter VI a permanent member that is a party cannot veto, nor make up the nine."""
    parties = {"parties": ["RUS"]}
    six = elected("unsc")[:6]
    assert adopted("unsc", {"RUS": "object"}, "chapter_vi", groups=parties)
    assert not adopted("unsc", {"USA": "object"}, "chapter_vi", groups=parties)
    assert adopted("unsc", each(six[:5], "stand_aside"), "chapter_vi", groups=parties)
    assert adopted("unsc", each(six, "stand_aside"), "chapter_vi")
    assert not adopted("unsc", each(six, "stand_aside"), "chapter_vi", groups=parties)


def test_by_the_letter_a_party_to_the_dispute_need_not_concur():
    """The duty to abstain stands in the same sentence: a party neither blocks nor counts."""
    parties = {"parties": ["RUS"]}
    for body in ("unsc", "unsc-1946"):
        for answer in ("object", "stand_aside"):
            assert adopted(body, {"RUS": answer}, "charter_text", groups=parties)
            assert not adopted(body, {"RUS": answer}, "charter_text")
        assert not adopted(body, {"USA": "stand_aside"}, "charter_text", groups=parties)


def test_assembly_asks_two_thirds_on_important_questions():
    """Six to four pass an ordinary question, not an important one; abstentions do not count."""
    split = each(TEN[6:], "object")
    ordinary, important = {"important_question": False}, {"important_question": True}
    assert adopted("unga", split, members=TEN, facts=ordinary)
    assert not adopted("unga", split, members=TEN, facts=important)
    eased = split | {TEN[9]: "stand_aside"}
    assert adopted("unga", eased, members=TEN, facts=important)
    assert not adopted("unga", each(TEN[5:], "object"), members=TEN, facts=ordinary)


def test_assembly_must_be_told_what_is_important():
    """Nobody presumes whether a question before the Assembly is an important one."""
    with pytest.raises(RuleError, match="important_question"):
        adopted("unga", {}, members=TEN)


# European Union


def test_three_largest_cannot_block_alone():
    """Three members with over 35 % of the people do not block under Lisbon; a fourth does."""
    three = ["DEU", "FRA", "ITA"]
    people = load_charter("eu-council-lisbon").measures["population"].on(None)
    assert sum(people[member] for member in three) > Fraction(35, 100) * sum(people.values())
    assert adopted("eu-council-lisbon", each(three, "object"))
    assert not adopted("eu-council-lisbon", each([*three, "MLT"], "object"))
    assert not adopted("eu-council-lisbon", each([*three, "MLT"], "stand_aside"))


@pytest.mark.parametrize(("day", "states"), [(DAYS[0], 16), (DAYS[3], 15)])
def test_lisbon_counts_states(day: date, states: int):
    """55 % are sixteen of twenty-eight states and fifteen of twenty-seven, the largest first."""
    charter = load_charter("eu-council-lisbon")
    people = charter.measures["population"].on(day)
    by_size = sorted(charter.members_on(day), key=lambda member: people[member], reverse=True)
    assert adopted("eu-council-lisbon", each(by_size[states:], "object"), day=day)
    assert not adopted("eu-council-lisbon", each(by_size[states - 1 :], "object"), day=day)


def test_without_a_proposal_lisbon_asks_72_per_cent():
    """Twenty of twenty-seven states are needed without a Commission proposal, and 65 % always."""
    small = ["MLT", "LUX", "CYP", "EST", "LVA", "SVN", "LTU", "HRV"]
    no_proposal = {"commission_proposal": False}
    assert adopted("eu-council-lisbon", each(small, "object"))
    assert not adopted("eu-council-lisbon", each(small, "object"), facts=no_proposal)
    assert adopted("eu-council-lisbon", each(small[:7], "object"), facts=no_proposal)
    three = each(["DEU", "FRA", "ITA"], "object")
    assert not adopted("eu-council-lisbon", three, facts=no_proposal)


def test_seats_in_the_council_follow_the_day():
    """Croatia sits since July 2013, the United Kingdom until the end of January 2020."""
    charter = load_charter("eu-council-lisbon")
    assert [len(charter.members_on(day)) for day in DAYS] == [28, 28, 27, 27]
    assert "GBR" in charter.members_on(date(2020, 1, 31))
    assert "HRV" not in charter.members_on(date(2013, 6, 30))


@pytest.mark.parametrize("name", ["eu-cfsp", "eu-council-lisbon"])
def test_populations_cover_every_seat_and_add_up(name: str):
    """Every member has a population on each day; shares make a hundred, thousands the total."""
    charter = load_charter(name)
    years = charter.measures["population"].years
    for day in DAYS:
        assert set(charter.members_on(day)) <= set(charter.measures["population"].on(day))
    assert sum(years[2014].values()) == Fraction("505572.5")
    for year in (2016, 2025):
        assert abs(sum(years[year].values()) - 100) <= Fraction(5, 1000) * len(years[year])


def test_charters_of_the_union_agree_on_population():
    """The same figures of a year stand in all three charters."""
    lisbon, cfsp, nice = (
        load_charter(name).measures["population"].years
        for name in ("eu-council-lisbon", "eu-cfsp", "eu-council-nice")
    )
    assert lisbon == cfsp
    assert nice[2014] == lisbon[2014]


def test_nice_votes_are_those_of_the_treaty():
    """Votes fall from 29 to 3 and make 345 for twenty-seven members, 352 with Croatia."""
    charter = load_charter("eu-council-nice")
    votes = charter.measures["votes"].values
    held = sorted((int(votes[m]) for m in charter.members_on()), reverse=True)
    assert held == [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]
    assert sum(held) == 345
    assert sum(votes.values()) == 352


def test_nice_needs_votes_states_and_people():
    """Each of the three majorities of Nice fails on its own."""
    unchecked = {"check_asked": False}
    ninety = ["DEU", "FRA", "GBR", "MLT"]  # 90 of 345 votes
    assert adopted("eu-council-nice", each(ninety, "object"), facts=unchecked)
    more = each(["DEU", "FRA", "GBR", "CYP"], "object")  # 91
    assert not adopted("eu-council-nice", more, facts=unchecked)

    three = each(["DEU", "FRA", "GBR"], "object")  # 42 % of the people
    assert adopted("eu-council-nice", three, facts=unchecked)
    assert not adopted("eu-council-nice", three)

    ten = ["MLT", "CYP", "LVA", "LUX", "SVN", "EST", "DNK", "FIN", "IRL", "LTU"]
    no_proposal = {"commission_proposal": False}
    assert adopted("eu-council-nice", each(ten, "object"))
    assert not adopted("eu-council-nice", each(ten, "object"), facts=no_proposal)
    assert adopted("eu-council-nice", each(ten[:9], "object"), facts=no_proposal)


def test_nice_with_croatia_needs_260_of_352():
    """From July 2013 a minority of 93 votes blocks, one of 92 does not."""
    day, unchecked = date(2014, 1, 1), {"check_asked": False}

    def passes(against: list[str]) -> bool:
        answers = each(against, "object")
        return adopted("eu-council-nice", answers, "substantive_28", day=day, facts=unchecked)

    assert passes(["DEU", "FRA", "ESP", "HRV"])
    assert not passes(["DEU", "FRA", "ESP", "CYP", "LVA"])


def test_declared_abstentions_bar_only_at_both_thirds():
    """A third of the states with a third of the people is needed; either alone lets it pass."""
    small = ["MLT", "LUX", "CYP", "EST", "LVA", "SVN", "LTU", "HRV", "IRL"]
    large = ["DEU", "FRA", "ITA"]
    assert adopted("eu-cfsp", each(small, "opt_out"))
    assert adopted("eu-cfsp", each(large, "opt_out"))
    assert adopted("eu-cfsp", each(large + small[:5], "opt_out"))
    assert not adopted("eu-cfsp", each(large + small[:6], "opt_out"))


def test_plain_abstention_never_bars_foreign_policy():
    """Any number may abstain without declaring it; one objection or one empty chair bars."""
    assert adopted("eu-cfsp", {"MLT": "support"}, others="stand_aside")
    assert not adopted("eu-cfsp", {"MLT": "object"})
    assert not adopted("eu-cfsp", {"MLT": "absent"})


def test_brake_stops_a_majority_on_foreign_policy():
    """A majority decision on foreign policy needs that nobody pulls the brake."""
    against = {"HUN": "object"}
    assert adopted("eu-cfsp", against, "implementing", facts={"brake": False})
    assert not adopted("eu-cfsp", against, "implementing", facts={"brake": True})


def test_without_a_proposal_foreign_policy_asks_72_per_cent():
    """Carried out without a proposal, a decision needs twenty states; with one fifteen."""
    small = ["MLT", "LUX", "CYP", "EST", "LVA", "SVN", "LTU", "HRV"]
    no_proposal = {"proposal": False}
    assert adopted("eu-cfsp", each(small, "object"), "implementing")
    assert not adopted("eu-cfsp", each(small, "object"), "implementing", facts=no_proposal)
    assert adopted("eu-cfsp", each(small[:7], "object"), "implementing", facts=no_proposal)
    three = each(["DEU", "FRA", "ITA"], "object")
    assert adopted("eu-cfsp", three, "implementing")
    assert not adopted("eu-cfsp", three, "implementing", facts=no_proposal)


@pytest.mark.parametrize(
    ("name", "procedure"), [("eu-council-lisbon", "substantive"), ("eu-cfsp", "implementing")]
)
def test_fewer_than_fifteen_are_no_qualified_majority(name: str, procedure: str):
    """Among twenty-five members fourteen are 56 %, and one state short of fifteen."""
    members = [m for m in load_charter(name).members_on() if m not in ("MLT", "LUX")]
    fifteen, fourteen = each(members[15:], "object"), each(members[14:], "object")
    assert adopted(name, fifteen, procedure, members=members)
    assert not adopted(name, fourteen, procedure, members=members)


def test_unanimity_in_the_council():
    """Abstention does not prevent it; one vote against does, and so does an empty chair."""
    body, how = "eu-council-lisbon", "unanimity"
    assert adopted(body, {"MLT": "support"}, how, others="stand_aside")
    assert not adopted(body, {"MLT": "object"}, how)
    assert not adopted(body, {"MLT": "absent"}, how)


def test_nice_changed_with_croatia():
    """Each of the two procedures of Nice holds on its days, and one stands in for the other."""
    charter = load_charter("eu-council-nice")
    last, first = date(2013, 6, 30), date(2013, 7, 1)
    assert [len(charter.members_on(day)) for day in (last, first)] == [27, 28]
    for name in charter.procedures:
        assert charter.held_instead(name, last) == "substantive"
        assert charter.held_instead(name, first) == "substantive_28"
        assert charter.held_instead(name, date(2014, 11, 1)) is None


# Bodies that decide by consensus


@pytest.mark.parametrize("name", ["asean", "csto", "nato", "osce"])
def test_one_objection_blocks_consensus(name: str):
    """Any single member blocks; all others may stand aside or stay away."""
    members = load_charter(name).members_on()
    assert not adopted(name, {members[-1]: "object"})
    assert adopted(name, {members[0]: "support"}, others="stand_aside")
    assert adopted(name, {members[0]: "support"}, others="absent")


def test_osce_minus_one_needs_the_violation():
    """The state concerned cannot block where the violation is found; without it nothing passes."""
    concerned = {"state_concerned": ["SRB"]}
    found, not_found = {"grave_violations": True}, {"grave_violations": False}
    against = {"SRB": "object"}
    assert adopted("osce", against, "minus_one", groups=concerned, facts=found)
    assert not adopted("osce", against, "minus_one", groups=concerned, facts=not_found)
    assert not adopted("osce", {}, "minus_one", groups=concerned, facts=not_found)
    two = against | {"BLR": "object"}
    assert not adopted("osce", two, "minus_one", groups=concerned, facts=found)


def test_osce_directs_two_states_to_conciliation_over_their_objection():
    """Consensus minus two leaves out the two in dispute and nobody else."""
    two = {"disputants": ["ARM", "AZE"]}
    both = each(["ARM", "AZE"], "object")
    assert adopted("osce", both, "minus_two", groups=two)
    assert not adopted("osce", both | {"TUR": "object"}, "minus_two", groups=two)


def test_osce_has_57_states():
    """Fifty-seven states take part."""
    charter = load_charter("osce")
    days = (date(2006, 6, 21), date(2012, 11, 20), date(2012, 11, 21), None)
    assert [len(charter.members_on(day)) for day in days] == [55, 56, 57, 57]


def test_asean_grew_to_ten():
    """Five founders, six in 1984, seven in 1995, nine in 1997, ten since 30 April 1999."""
    charter = load_charter("asean")
    days = [(1980, 5), (1990, 6), (1996, 7), (1998, 9), (2000, 10)]
    for year, members in days:
        assert len(charter.members_on(date(year, 1, 1))) == members
    assert len(charter.members_on(date(1999, 4, 30))) == 10


def test_nato_grew_by_date():
    """Twelve founders, sixteen in 1990, thirty in 2022, thirty-one in 2023, thirty-two in 2024."""
    charter = load_charter("nato")
    days = [(1950, 12), (1990, 16), (2000, 19), (2005, 26), (2010, 28), (2018, 29), (2022, 30)]
    for year, members in [*days, (2024, 31)]:
        assert len(charter.members_on(date(year, 1, 1))) == members
    assert len(charter.members_on(date(2024, 3, 7))) == 32


@pytest.mark.parametrize(("name", "procedure"), [("asean", "minus_x"), ("csto", "limited_format")])
def test_some_go_ahead_if_nobody_objects(name: str, procedure: str):
    """Two in support go ahead and alone are bound; one objection stops them; one is too few."""
    charter = load_charter(name)
    first, second, *rest = charter.members
    responses = each([first, second], "support") | each(rest, "stand_aside")
    decision = decide(charter.procedures[procedure], responses)
    assert isinstance(decision, Decision)
    assert (decision.adopted, decision.bound) == (True, (first, second))
    assert not adopted(name, responses | {rest[0]: "object"}, procedure)
    assert not adopted(name, responses | {second: "stand_aside"}, procedure)


# Bodies that vote when consensus fails, or by weight


def test_wto_votes_where_consensus_fails():
    """One objection ends consensus, not the matter: the votes cast decide, or a share of all."""
    one, seven_of_ten = {"M1": "object"}, each(TEN[:3], "object")
    assert not adopted("wto", one, "consensus", members=TEN)
    assert adopted("wto", one, members=TEN)
    assert not adopted("wto", each(TEN[:5], "object"), members=TEN)
    assert adopted("wto", seven_of_ten, "accession", members=TEN)
    assert adopted("wto", seven_of_ten, "amendment", members=TEN)
    assert not adopted("wto", seven_of_ten, "waiver", members=TEN)
    assert adopted("wto", each(TEN[:2], "object"), "interpretation", members=TEN)


def test_wto_consensus_needs_no_share_of_members():
    """With everybody else away one member adopts by consensus, but not an interpretation."""
    alone = {"M1": "support"}
    for procedure in ("substantive", "waiver", "accession"):
        assert adopted("wto", alone, procedure, others="absent", members=TEN)
    assert not adopted("wto", alone, "interpretation", others="absent", members=TEN)


def test_wto_adopts_a_report_unless_all_are_against_it():
    """In a dispute one member that does not object is enough, unless there is an appeal."""
    for answer in ("support", "stand_aside"):
        one = {"M1": answer}
        assert adopted("wto", one, "dispute_report", others="object", members=TEN)
        appealed = {"appealed": True}
        assert not adopted("wto", one, "dispute_report", members=TEN, facts=appealed)
    assert adopted("wto", {}, "dispute_report", others="stand_aside", members=TEN)
    assert not adopted("wto", {}, "dispute_report", others="object", members=TEN)
    away = {"M1": "absent"}  # who is not there cannot break a consensus against
    assert not adopted("wto", away, "dispute_report", others="object", members=TEN)


def test_fund_refuses_to_guess_votes():
    """A member whose votes are not known is refused by name, never weighed at nothing."""
    with pytest.raises(RuleError, match="FRA"):
        adopted("imf", {}, "special_85", members=["USA", "JPN", "FRA"])


def test_fund_asks_shares_of_all_votes():
    """Staying away works against a special majority and not against a majority of votes cast."""
    members = ["USA", "JPN", "CHN"]  # 57.4, 21.4 and 21.2 % of their votes
    away = {"CHN": "absent"}
    assert adopted("imf", away, members=members)
    assert adopted("imf", away, "special_70", members=members)
    assert not adopted("imf", away, "special_85", members=members)
    assert not adopted("imf", {"USA": "absent"}, members=members)  # no quorum of votes
    assert adopted("imf", {}, "amendment", members=members)
    assert not adopted("imf", away, "amendment", members=members)


def iso(p_against: int, others_against: int, answer: str = "object") -> bool:
    """Six P-members and six others vote, so many of each against."""
    members = tuple(f"M{seat}" for seat in range(1, 13))
    against = members[:p_against] + members[6 : 6 + others_against]
    groups = {"p_members": members[:6]}
    return adopted("iso", each(against, answer), members=members, groups=groups)


def test_iso_bounds_the_votes_against():
    """Two thirds of the P-members, and no more than a quarter of all votes against."""
    assert iso(p_against=2, others_against=1)
    assert not iso(p_against=3, others_against=0)
    assert iso(p_against=0, others_against=3)
    assert not iso(p_against=0, others_against=4)


def test_iso_leaves_out_votes_against_without_reasons():
    """Without technical reasons votes against count for nothing, while one in favour is left."""
    assert iso(p_against=5, others_against=6, answer="object_without_reason")
    assert not iso(p_against=6, others_against=0, answer="object_without_reason")


# Bodies in which an officer judges, or reasons do


def test_chair_judges_rough_consensus():
    """What the chair finds decides, not how many object; without a finding nothing is said."""
    found, not_found = {"rough_consensus": True}, {"rough_consensus": False}
    assert adopted("ietf", each(TEN[:4], "object"), members=TEN, facts=found)
    assert not adopted("ietf", {}, members=TEN, facts=not_found)
    with pytest.raises(RuleError, match="rough_consensus"):
        adopted("ietf", {}, members=TEN)


def test_w3c_formal_objection_stands_until_it_is_overruled():
    """A Formal Objection gives its reasons, and holds unless it is resolved or overruled."""
    stands, overruled = {"overruled": False}, {"overruled": True}
    member = TEN[0]
    formal, bare = {member: "object"}, {member: "object without reason"}
    assert not adopted("w3c", formal, "formal_objection", members=TEN, facts=stands)
    assert adopted("w3c", formal, "formal_objection", members=TEN, facts=overruled)
    assert adopted("w3c", bare, "formal_objection", members=TEN, facts=stands)


def test_w3c_consensus_and_what_replaces_it():
    """Consensus needs support and no objection; else the chair may go on, or call a vote."""
    one = {"M1": "object"}
    enough = {"substantial_support": True}
    assert adopted("w3c", {}, members=TEN, facts=enough)
    assert not adopted("w3c", {}, members=TEN, facts={"substantial_support": False})
    assert not adopted("w3c", one, members=TEN, facts=enough)
    assert adopted("w3c", one, "with_dissent", members=TEN, facts={"duly_considered": True})
    assert adopted("w3c", one, "vote", members=TEN, facts={"deadlock": True})
    assert not adopted("w3c", one, "vote", members=TEN, facts={"deadlock": False})
    assert not adopted(
        "w3c", each(TEN[:5], "object"), "vote", members=TEN, facts={"deadlock": True}
    )


def test_consent_yields_only_to_reasons():
    """An objection without a reason does not stop a circle; one with a reason does."""
    assert adopted("sociocracy", {"M1": "object_without_reason"}, members=TEN)
    assert not adopted("sociocracy", {"M1": "object"}, members=TEN)
