"""`comity decide`: from a line of responses to a decision with its witness."""

import textwrap

import pytest

DOSSIER = """\
comity: 1
title: A small body
as_of: 2022-11-22
actors: {A: {name: Alfa}, B: {name: Bravo}, C: {name: Charlie}}
bodies:
  board: {members: [A, B, C], charter: plain}
agenda:
  first: {body: board, question: Shall we?, reversion: 0, tabled: 50, scale: {0: no, 100: yes}}
  second:
    {body: board, procedure: silence, reversion: 0, scale: {0: no, 100: yes}, requires: [first],
     competence: {presumption: outside}}
"""


@pytest.fixture
def dossier(tmp_path):
    """A dossier of three members and two items."""
    path = tmp_path / "small=body.yaml"
    path.write_text(DOSSIER, "utf-8")
    return path


def test_a_lone_objection_blocks_and_is_named(comity, dossier):
    """Under consensus one objection blocks (conventions §7); the answer says whose, and why."""
    ran = comity("decide", dossier, "--item", "first", "B=object", "--rest", "support")
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "Not adopted. 1 objection where none is allowed.\n"
        "Question (first): Shall we?\n"
        "Rule (substantive): Adopted when no member objects; absence is not an objection. "
        "An adopted decision binds all members.\n"
        "Laid down by: Modelled on the OSCE Rules of Procedure of 2006, definition of consensus "
        "(as quoted by the OSCE) (checked against the text)\n"
        "\n"
        "response         count  members\n"
        "support              2  A, C\n"
        "stand aside          0\n"
        "no instructions      0\n"
        "absent               0\n"
        "object               1  B\n"
        "\n"
        "A smallest set that blocks, whatever others answer: B.\n"
        "A smallest set that would unblock it by standing aside: B.\n"
        "Bound: nobody.\n"
    )


def test_an_adoption_says_who_is_bound_and_who_could_undo_it(comity):
    """With nobody objecting a text is adopted, binds all, and any one objection could undo it."""
    ran = comity("decide", "--charter", "plain", "A=yes", "B=stand-aside", "C=absent")
    assert ran.stdout.startswith("Adopted. No member objects.\n")
    assert ran.stdout.endswith(
        "A smallest set that could undo it by objecting: B (one of 3 such sets).\nBound: A, B, C.\n"
    )


def test_the_same_in_json(comity, dossier):
    """--json carries all that the words say, under the envelope, in a fixed order."""
    said = comity(
        "decide", "--json", dossier, "--item", "first", "A=yes", "B=no", "C=no instructions"
    ).json()
    assert list(said) == [
        *("schema", "command", "version", "seed", "draws"),
        *("item", "body", "charter", "procedure", "clause", "on", "facts", "groups", "consent"),
        *("adopted", "pending", "reason", "rule", "responses", "counts", "bound"),
        *("blocking", "blocking_number"),
        *("unblocking", "unblocking_number", "unblocking_moves", "unblocking_needs"),
        *("undoing", "undoing_number", "undoing_moves", "unproved", "notes"),
    ]
    assert said["item"] == "first"
    assert said["body"] == "board"
    assert said["procedure"] == "substantive"
    assert said["clause"]["verified"] == "text"
    assert said["adopted"] is False
    assert said["responses"] == {"A": "support", "B": "object", "C": "no_instructions"}
    assert said["counts"]["object"] == 1
    assert said["blocking"] == said["unblocking"] == ["B"]
    assert said["unblocking_needs"] == "stand_aside"
    assert said["bound"] == said["undoing"] == []


def test_seats_stand_in_the_bodys_order(comity, dossier):
    """Responses come back in seat order, in whatever order they were given."""
    said = comity("decide", dossier, "--item", "first", "C=yes", "--rest", "yes", "--json").json()
    assert list(said["responses"]) == ["A", "B", "C"]


def test_what_the_answer_leaves_aside_is_said(comity, dossier):
    """Competence and requirements are no part of the count; the answer says so in both forms."""
    asked = ("decide", dossier, "--item", "second", "--rest", "yes")
    notes = comity(*asked, "--json").json()["notes"]
    assert len(notes) == 2
    assert "while undecided it counts as outside" in notes[0]
    assert notes[1] == "second can be adopted only after first."
    assert comity(*asked).stdout.count("\nMind: ") == 2


def test_an_odd_rule_is_remarked_on(comity):
    """Consensus minus one for a single member cannot block, and the answer says so."""
    ran = comity("decide", "--charter", "plain", "--procedure", "minus_one", "A=object")
    assert "Mind: Not even the objection of every one of 1 members blocks a draft" in ran.stdout


def test_another_procedure_may_be_asked_for(comity, dossier):
    """--procedure stands in for the item's own."""
    asked = ("decide", dossier, "--item", "first", "B=object", "--rest", "support", "--json")
    assert comity(*asked).json()["adopted"] is False
    under = comity(*asked, "--procedure", "minus_one").json()
    assert (under["adopted"], under["procedure"]) == (True, "minus_one")


def test_the_charters_members_or_those_given(comity):
    """Under --charter its own members have the seats, unless --members says otherwise."""
    asked = ("decide", "--charter", "csto", "--rest", "support", "--json")
    assert len(comity(*asked).json()["responses"]) == 6
    assert list(comity(*asked, "--members", "X, Y").json()["responses"]) == ["X", "Y"]


def test_facts_and_groups_of_an_item_come_from_the_dossier(comity, tmp_path):
    """An item's facts and groups settle its rule; the command line may say otherwise."""
    path = tmp_path / "council.yaml"
    path.write_text(COUNCIL, "utf-8")
    asked = ("decide", path, "A=object", "--rest", "support", "--json")
    said = comity(*asked).json()
    assert (said["adopted"], said["facts"], said["groups"]) == (
        True,
        {"urgent": True},
        {"parties": ["A"]},
    )
    assert comity(*asked, "--group", "parties=B").json()["adopted"] is False
    assert comity(*asked, "--group", "parties=B", "--fact", "urgent=no").json()["adopted"] is True


def test_a_charter_of_ones_own(comity, tmp_path):
    """--file reads a charter in YAML as if it came with Comity."""
    path = tmp_path / "mine.yaml"
    path.write_text(CHARTER, "utf-8")
    asked = ("decide", "--file", path, "A=object", "--rest", "support", "--fact", "urgent=no")
    said = comity(*asked, "--json").json()
    assert (said["charter"], list(said["responses"])) == ("The Board", ["A", "B", "C"])
    assert said["adopted"] is True


def test_a_rule_of_ones_own(comity):
    """--rule puts any rule of the language to the answers, alone or in the words of a charter."""
    alone = comity("decide", "--rule", "{kind: quota, votes: 2}", "A=yes", "B=yes", "C=no")
    assert alone.stdout.startswith("Adopted. 2 members are in favour; 2 are needed.\n")
    assert "Rule (your own): Adopted when at least 2 members are in favour. An" in alone.stdout
    veto = "{kind: veto, holders: permanent}"
    asked = ("decide", "--charter", "unsc", "--rule", veto, "--rest", "absent", "--json")
    assert comity(*asked, "FRA=yes").json()["adopted"] is True
    assert comity(*asked, "FRA=no").json()["adopted"] is False
    whole = "{rule: consensus, quorum: 1, binds: members_in_support}"
    said = comity("decide", "--rule", whole, "A=yes", "B=absent", "--json").json()
    assert (said["adopted"], said["procedure"], said["charter"]) == (False, None, None)


def test_seats_and_weights_are_those_of_the_day(comity):
    """--on settles who sits and what it weighs: the Union had 28 members in 2018, 27 in 2021."""
    asked = ("decide", "--charter", "eu-council-lisbon", "--rest", "yes", "--json")
    before, after = (comity(*asked, "--on", day).json() for day in ("2018-05-01", "2021-05-01"))
    assert len(before["responses"]) == 28
    assert len(after["responses"]) == 27
    assert before["on"] == "2018-05-01"
    assert any("population, as of 2016 (written from memory" in note for note in before["notes"])


def test_what_is_presumed_is_said(comity):
    """A fact that the charter presumes is taken for given, and the answer says so."""
    asked = ("decide", "--charter", "eu-council-lisbon", "--rest", "yes")
    assert "Mind: It is presumed that the Council acts on a proposal" in comity(*asked).stdout
    said = comity(*asked, "--fact", "commission_proposal=no")
    assert "presumed" not in said.stdout
    assert "(as it is not so that the Council acts on" in said.stdout


def test_a_group_nobody_was_named_for_is_remarked_on(comity):
    """Without parties to the dispute the duty to abstain binds nobody; the answer says so (§32)."""
    asked = ("decide", "--charter", "unsc", "--procedure", "chapter_vi", "RUS=no", "--rest", "yes")
    ran = comity(*asked)
    assert ran.stdout.startswith("Not adopted. RUS, one of the permanent members, objects.\n")
    assert (
        "Mind: Nobody is said to belong to the group 'parties' (parties to the dispute)"
        in ran.stdout
    )
    named = comity(*asked, "--group", "parties=RUS,IND")
    assert named.stdout.startswith("Adopted. ")
    assert "Nobody is named" not in named.stdout


def test_silence_that_still_runs_is_pending(comity):
    """Before the deadline silence decides nothing; an objection breaks it at once (§34)."""
    asked = ("decide", "--rule", "{kind: silence, hours: 48}", "--rest", "yes", "--members", "A,B")
    ran = comity(*asked, "--elapsed", "12")
    assert ran.stdout.startswith("Pending. No member objects. The silence period still runs.\n")
    assert "that could still break it by objecting: A (one of 2 such sets).\nBound: nobody." in (
        ran.stdout
    )
    assert comity(*asked, "--elapsed", "48", "--json").json()["adopted"] is True
    broken = comity(*asked, "--elapsed", "12", "B=no", "--json").json()
    assert (broken["adopted"], broken["pending"]) == (False, False)


def test_consent_is_asked_for_first(comity):
    """A procedure that needs consent counts for nothing where the body refused it (§34)."""
    asked = ("decide", "--charter", "osce", "--procedure", "silence", "--rest", "yes")
    assert comity(*asked, "--consent", "all", "--json").json()["adopted"] is True
    ran = comity(*asked, "--consent", "RUS=object, *=support")
    assert ran.stdout.startswith("Not adopted. The body did not agree to use this procedure: 1 ")
    assert ran.stdout.endswith("\nBound: nobody.\n")
    said = comity(*asked, "--consent", "RUS=object,*=support", "--json").json()
    assert said["consent"]["blocking"] == ["RUS"]


def test_rare_answers_are_shown_where_they_matter(comity):
    """Opting out has a line where the rule knows it, or where somebody does it."""
    assert "opt out" not in comity("decide", "--charter", "plain", "A=yes").stdout
    assert "opt out              1  A" in comity("decide", "--charter", "plain", "A=opt-out").stdout
    ran = comity("decide", "--charter", "eu-cfsp", "--rest", "yes")
    assert "\nopt out" in ran.stdout
    ran = comity("decide", "--charter", "sociocracy", "A=yes", "B=object-without-reason")
    assert ran.stdout.startswith("Adopted. ")
    assert "\nobject without reason      1  B" in ran.stdout


def test_a_rule_that_never_passes_is_named(comity):
    """Nine votes of three members: a finding, and no set that would unblock it."""
    ran = comity("decide", "--rule", "{kind: quota, votes: 9}", "A=yes", "B=yes", "C=yes")
    assert "\nNo answers of the members would adopt it.\n" in ran.stdout
    assert "\nMind: Not even the support of every member adopts a draft" in ran.stdout


def test_several_smallest_sets_are_counted(comity):
    """Of two objections under consensus either suffices to block."""
    ran = comity("decide", "--charter", "plain", "A=no", "B=no", "C=yes")
    assert "A smallest set that blocks, whatever others answer: A (one of 2 such sets).\n" in (
        ran.stdout
    )
    assert "A smallest set that would unblock it by standing aside: A, B.\n" in ran.stdout


def test_a_count_among_a_group_of_nobody_is_said_to_be_one(comity):
    """Where it is said that nobody belongs to a group, no share of it can be in favour."""
    ran = comity("decide", "--charter", "iso", "A=yes", "B=yes", "--group", "p_members=")
    assert ran.stdout.startswith("Not adopted. Nobody belongs to the P-members of the committee.\n")


def test_where_facts_alone_decide_the_answers_do_not_count(comity):
    """Rough consensus is for the chair to judge; no member's answer undoes it."""
    asked = ("decide", "--charter", "ietf", "A=yes", "B=no", "--fact", "rough_consensus=yes")
    ran = comity(*asked)
    assert "\nThe answers do not count here: facts alone decide.\nBound: nobody.\n" in ran.stdout
    assert comity(*asked, "--json").json()["undoing"] == []


def test_the_charter_leaves_the_length_of_silence_open(comity):
    """--hours says how long the silence lasts, and --elapsed how much of it is over (§34)."""
    asked = ("decide", "--charter", "nato", "--procedure", "silence", "--rest", "yes", "--json")
    runs, over = (comity(*asked, "--hours", "48", "--elapsed", at).json() for at in ("3", "48"))
    assert (runs["pending"], runs["adopted"]) == (True, False)
    assert (over["pending"], over["adopted"]) == (False, True)
    assert "within 48 hours" in runs["rule"]


def test_answers_of_which_the_rule_makes_nothing_are_named(comity):
    """Opting out and objecting without a reason mean something under some rules alone."""
    asked = ("decide", "A=yes", "B=opt-out", "C=object-without-reason", "--json")
    notes = comity(*asked, "--charter", "plain").json()["notes"]
    assert [note[:12] for note in notes] == ["Opting out c", "An objection"]
    assert notes[1].endswith("(C).")
    sociocracy = comity(*asked, "--charter", "sociocracy").json()["notes"]
    assert not any(note.startswith("An objection") for note in sociocracy)
    union = comity("decide", "--charter", "eu-cfsp", "FRA=opt-out", "--rest", "yes")
    assert "Opting out counts" not in union.stdout
    assert "1 of 27 members opts out or objects; fewer than 1/3 may." in union.stdout


def test_the_way_tried_first_is_told_apart_from_the_one_that_adopts(comity):
    """A vote that decides for want of consensus says that consensus was tried and failed."""
    ran = comity("decide", "--charter", "wto", "A=yes", "B=yes", "C=no")
    assert ran.stdout.startswith(
        "Adopted. 2 of 3 members present and voting are in favour; 2 are needed (tried first, and "
        "failed: 1 objection where none is allowed).\n"
    )


CHARTER = """\
name: The Board
members: [A, B, C]
groups: {parties: {says: parties to the dispute}}
facts: {urgent: {says: the matter is urgent}}
procedures:
  substantive:
    rule:
      kind: depends
      on: urgent
      then: {kind: excluding, members: parties, rule: consensus}
      otherwise: {kind: simple_majority}
"""
COUNCIL = """\
comity: 1
title: A council
as_of: 2022-11-22
actors: {A: {name: Alfa}, B: {name: Bravo}, C: {name: Charlie}}
agenda:
  first: {body: board, reversion: 0, tabled: 50, scale: {0: no, 100: yes},
    facts: {urgent: true}, groups: {parties: [A]}}
bodies:
  board:
    members: [A, B, C]
    charter:
""" + textwrap.indent(CHARTER, "      ")


UNSC = ["--charter", "unsc", "--rest", "yes"]
LISBON = ["--charter", "eu-council-lisbon", "--rest", "yes"]
MISUSES = [
    (["--charter", "csto", "--file", "x.yaml"], "--charter does not go with --file"),
    (["--charter", "csto", "--procedure", "x", "--rule", "consensus"], "--procedure does not go"),
    (["{dossier}", "--file", "x.yaml", "A=yes"], "--file does not go with a dossier"),
    (["{dossier}", "--on", "2020-01-01", "A=yes"], "--on does not go with a dossier"),
    ([*UNSC, "--fact", "urgent=yes"], "There is no fact 'urgent'"),
    ([*LISBON, "--fact", "commission_proposals=no"], "Did you mean 'commission_proposal'?"),
    ([*LISBON, "--fact", "commission_proposal=maybe"], "is answered by yes or no"),
    ([*LISBON, "--fact", "commission_proposal"], "this is not what --fact takes"),
    ([*LISBON, "--fact", "a=no", "--fact", "a=yes"], "--fact names 'a' twice"),
    ([*UNSC, "--group", "parties=XXX"], "There is no member 'XXX'"),
    ([*UNSC, "--group", "partys=RUS"], "Did you mean 'parties'?"),
    ([*UNSC, "--group", "parties=RUS,,IND"], "a member has no name"),
    ([*UNSC, "--group", "=RUS"], "this is not what --group takes"),
    ([*LISBON, "--on", "2021-05-01", "GBR=no"], "'GBR' has no seat on 1 May 2021"),
    ([*LISBON, "GBR=no"], "'GBR' has no seat on 1 January 2025"),
    ([*LISBON, "--on", "2021-05-01", "--members", "FRA,GBR"], "'GBR' has no seat on 1 May"),
    ([*LISBON, "--on", "1 May 2021"], "is no day"),
    ([*LISBON, "--on", "2021-02-30"], "is no day"),
    ([*LISBON, "--on", ""], "is no day"),
    (["--charter", "unsc", "rus=yes", "--rest", "yes"], "Did you mean 'RUS'?"),
    (["--charter", "iso", "A=yes"], "Say --group p_members=A,B."),
    (["--rule", "{kind: silence, hours: 9}", "--hours", "3", "A=yes"], "the rule says itself how"),
    (["--charter", "unsc", "--rest", "yes", "--hours", "3"], "--hours goes with a silence"),
    (["--charter", "ietf", "A=yes"], "--fact rough_consensus=yes"),
    (["--charter", "imf", "A=yes"], "Members without a weight: A"),
    ([*UNSC, "--consent", "all"], "--consent does not go with"),
    (
        ["--charter", "osce", "--procedure", "silence", "--rest", "yes"],
        "only if the body has agreed to it",
    ),
    (
        ["--charter", "osce", "--procedure", "silence", "--rest", "yes", "--consent", "RUS=yes"],
        "--consent: no response is given for ALB",
    ),
    (
        ["--charter", "osce", "--procedure", "silence", "--rest", "yes", "--consent", "*=maybe"],
        "not a known one",
    ),
    ([*UNSC, "--elapsed", "3"], "--elapsed goes with a silence procedure alone"),
    (
        ["--charter", "nato", "--procedure", "silence", "--rest", "yes", "--elapsed", "3"],
        "does not say how long this silence period is",
    ),
    (["--rule", "silence", "--elapsed", "-1", "A=yes"], "--elapsed"),
    (["--rule", "", "A=yes"], "--rule is empty"),
    (["--rule", "consensuss", "A=yes"], "Did you mean 'consensus'?"),
    (["--rule", "{kind: quota}", "A=yes"], "--rule:1: rule.votes: a required field is missing"),
    (["--rule", "{kind: quota, votes: -1}", "A=yes"], "a number of 0 or more was expected"),
    (["--rule", "[1", "A=yes"], "--rule:2: a comma is missing"),
    (["--rule", "{kind: veto, holders: permanent}", "A=yes"], "there is no group of this name"),
    (["--rule", "{kind: veto, holders: [B]}", "A=yes"], "There is no member 'B'"),
    (["--file", "absent.yaml", "A=yes"], "there is no such file or folder"),
    (["--file", "{dossier}", "A=yes"], "name: a required field is missing"),
    (["--file", "", "A=yes"], "a path is empty"),
    (["A=yes"], "nothing says who decides, and how"),
    (["--charter", "csto", "--item", "x", "A=yes"], "--item does not go with a charter"),
    (["{dossier}", "--charter", "csto", "A=yes"], "--charter does not go with a dossier"),
    (["{dossier}", "--members", "A", "A=yes"], "--members does not go with a dossier"),
    (["{dossier}", "A=yes"], "say which item is decided"),
    (["{dossier}", "--item", "frist", "A=yes"], "Did you mean --item first?"),
    (["{dossier}", "--item", "first", "A=yes"], "no response is given for B, C"),
    (["{dossier}", "--item", "first", "A=yes", "B"], "this is not a response"),
    (["{dossier}", "--item", "first", "A=yes", "A=no"], "'A' responds twice"),
    (["{dossier}", "--item", "first", "Z=yes", "--rest", "yes"], "'Z' has no seat"),
    (["{dossier}", "--item", "first", "A=suport", "--rest", "yes"], "Did you mean 'support'?"),
    (["{dossier}", "--item", "first", "=yes", "--rest", "yes"], "'' has no seat"),
    (["{dossier}", "--item", "first", "--rest", "maybe"], "not a known one"),
    (
        ["{dossier}", "--item", "first", "--procedure", "silense", "--rest", "yes"],
        "--procedure sil",
    ),
    (["--charter", "cstoo", "A=yes"], "Did you mean 'csto'?"),
    (["--charter", "plain", "A=yes", "--rest", "no"], "nothing says who the rest are"),
    (["--charter", "plain"], "A body without members cannot decide"),
    (["--charter", "plain", "--members", "", "--rest", "yes"], "a member has no name"),
    (["--charter", "plain", "--members", "A,A", "--rest", "yes"], "a member is named twice"),
    (["absent.yaml", "--item", "first", "A=yes"], "there is no such file or folder"),
    (["a\x00b", "--item", "first"], "the file cannot be read"),
]


@pytest.mark.parametrize(("arguments", "expected"), MISUSES)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_misuse_is_said_in_plain_words(comity, dossier, arguments, expected, form):
    """A command line that makes no sense gets one message, exit code 2 and nothing on stdout."""
    ran = comity("decide", *(word.replace("{dossier}", str(dossier)) for word in arguments), *form)
    assert (ran.code, ran.stdout) == (2, "")
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr
