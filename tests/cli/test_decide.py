"""`comity decide`: from a line of responses to a decision with its witness."""

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
        "A smallest set that could undo it by objecting: B.\nBound: A, B, C.\n"
    )


def test_the_same_in_json(comity, dossier):
    """--json carries all that the words say, under the envelope, in a fixed order."""
    said = comity(
        "decide", "--json", dossier, "--item", "first", "A=yes", "B=no", "C=no instructions"
    ).json()
    assert list(said) == [
        *("schema", "command", "version", "seed", "draws"),
        *("item", "body", "charter", "procedure", "clause"),
        *("adopted", "reason", "rule", "responses", "counts", "bound"),
        *("blocking", "unblocking", "unblocking_needs", "undoing", "notes"),
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
    assert "Mind: Consensus minus 1 in a body of 1" in ran.stdout


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


MISUSES = [
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
    ran = comity("decide", *(word.format(dossier=dossier) for word in arguments), *form)
    assert (ran.code, ran.stdout) == (2, "")
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr
