"""`comity rules`: charters listed, explained, and compared on the same responses."""

import pytest

from comity.dossier.charters import charter_names, load_charter
from comity.dossier.rule import rule_kinds

CHARTER = """\
name: The Board
members: [A, B, C, D]
terms: {D: {until: 2019-12-31}}
groups:
  elders: {says: elders, members: [A, D]}
  parties: {says: parties to the dispute}
measures:
  shares: {says: shares, years: {2010: {A: 1, B: 1, C: 1, D: 1}, 2020: {A: 5, B: 3, C: 2}}}
facts:
  urgent: {says: the matter is urgent, judged_by: the chair}
procedures:
  substantive:
    title: The usual way
    rule: {kind: depends, on: urgent, then: {kind: simple_majority}, otherwise: consensus}
    clause: usual
  weighed: {rule: {kind: qualified_majority, at_least: 2/3, weights: shares, of: members}}
  apart: {rule: {kind: excluding, members: parties, rule: consensus}}
  hopeless: {rule: {kind: quota, votes: 9}}
  quick: {rule: {kind: silence, hours: 24}, consent: substantive}
clauses:
  usual: {says: The usual way., source: "By-laws, section 3", verified: text, force: practice}
"""


@pytest.fixture
def own(tmp_path):
    """A charter of one's own, in a file with a colon in its name."""
    path = tmp_path / "my:board.yaml"
    path.write_text(CHARTER, "utf-8")
    return path


# --- listing and explaining -------------------------------------------------------


def test_every_charter_is_listed_with_its_rules(comity):
    """Without a name all packaged charters are listed, each procedure with its sentence."""
    ran = comity("rules")
    assert (ran.code, ran.stderr) == (0, "")
    said = comity("rules", "--json").json()
    assert [charter["id"] for charter in said["charters"]] == list(charter_names())
    for charter in said["charters"]:
        for procedure in charter["procedures"]:
            assert f"{charter['id']}:{procedure['id']} " in ran.stdout
            assert procedure["sentence"] in ran.stdout


def test_a_charter_is_explained(comity):
    """The Security Council in 2022: seats, sentences, whom they bind, sources and their force."""
    ran = comity("rules", "unsc", "--on", "2022-02-25")
    assert (ran.code, ran.stderr) == (0, "")
    for told in (
        "15 members on 25 February 2022: CHN, FRA, RUS, GBR, USA, ALB",
        "Adopted when at least 9 members are in favour and none of the permanent members objects;",
        "An adopted decision binds all members.",
        "Laid down by: Charter of the United Nations, art. 27, para. 2 (checked against the text)",
        "(written from memory, not checked, practice rather than law)",
        "named for each decision",
        "abstention      memory   practice  In settled practice, upheld by the International Court",
    ):
        assert told in ran.stdout


@pytest.mark.parametrize("name", charter_names())
def test_every_charter_can_be_explained(comity, name):
    """Each packaged charter prints in both forms, with all its procedures and clauses."""
    ran = comity("rules", name)
    assert (ran.code, ran.stderr) == (0, "")
    (said,) = comity("rules", name, "--json").json()["charters"]
    charter = load_charter(name)
    assert [each["id"] for each in said["procedures"]] == list(charter.procedures)
    assert [each["id"] for each in said["clauses"]] == list(charter.clauses)
    for clause in charter.clauses.values():
        assert " ".join(clause.source.split()) in ran.stdout


def test_one_procedure_of_a_charter(comity):
    """`unsc:procedural` tells of that alone."""
    (said,) = comity("rules", "unsc:procedural", "--json").json()["charters"]
    assert [each["id"] for each in said["procedures"]] == ["procedural"]


def test_seats_groups_and_weights_are_those_of_the_day(comity, own):
    """--on settles who sits, who of a group does, and whose weights of which year count."""
    asked = ("rules", "--file", own, "--json")
    (early,) = comity(*asked, "--on", "2015-01-01").json()["charters"]
    (late,) = comity(*asked, "--on", "2021-01-01").json()["charters"]
    assert (early["members"], late["members"]) == (["A", "B", "C", "D"], ["A", "B", "C"])
    assert (early["measures"][0]["year"], late["measures"][0]["year"]) == (2010, 2020)
    assert late["measures"][0]["weights"] == {"A": "5", "B": "3", "C": "2"}
    assert late["groups"][0]["members"] == ["A"]
    assert late["groups"][1]["members"] is None


def test_what_is_odd_about_a_rule_is_named(comity, own):
    """A rule that never passes is a finding; one that cannot be looked at says why."""
    ran = comity("rules", "--file", own)
    assert "Mind: Not even the support of every member adopts a draft" in ran.stdout
    assert "Not examined for oddities: who belongs to the group 'parties'" in ran.stdout
    (said,) = comity("rules", "--file", own, "--json").json()["charters"]
    found = {each["id"]: each for each in said["procedures"]}
    assert [each["name"] for each in found["hopeless"]["findings"]] == ["never_passes"]
    assert found["substantive"]["findings"] == []
    assert found["apart"]["findings"] is None
    assert "--group parties=A,B" in found["apart"]["not_examined"]
    named = comity("rules", "--file", own, "--group", "parties=A", "--json").json()
    apart = named["charters"][0]["procedures"][2]
    assert [each["name"] for each in apart["findings"]] == ["member_without_say"]


def test_an_own_charter_reads_like_any_other(comity, own):
    """Facts with who judges them, consent, and practice that is not law."""
    ran = comity("rules", "--file", f"{own}:quick", "--file", f"{own}:substantive")
    for told in (
        "Where the matter is urgent (as judged by the chair), adopted when more than half",
        "to be used only after the body has agreed to it under the procedure “The usual way”.",
        "By-laws, section 3 (checked against the text, practice rather than law)",
        "urgent  the chair  must be said  the matter is urgent",
    ):
        assert told in ran.stdout


def test_a_rule_on_the_command_line_is_told(comity):
    """--rule turns a rule of the language into a sentence."""
    ran = comity("rules", "--rule", "{kind: quota, votes: 9}")
    assert ran.stdout == "Adopted when at least 9 members are in favour.\n"
    (said,) = comity("rules", "--rule", "{reasoned: consensus}", "--json").json()["rules"]
    assert said["rule"]["kind"] == "reasoned"


def test_the_language_is_printed(comity):
    """--grammar has every kind with its settings, an example and how that reads."""
    ran = comity("rules", "--grammar")
    assert (ran.code, ran.stderr) == (0, "")
    for kind in rule_kinds():
        assert f"\n{kind.upper()}\n" in ran.stdout
    assert "rule    = count | veto | fact" in ran.stdout
    said = comity("rules", "--grammar", "--json").json()
    assert [entry["kind"] for entry in said["kinds"]] == rule_kinds()


def test_the_example_charter_of_the_grammar_can_be_used(comity, tmp_path):
    """The charter that --grammar prints is read as a file of one's own."""
    path = tmp_path / "example.yaml"
    path.write_text(comity("rules", "--grammar", "--json").json()["charter"], "utf-8")
    assert comity("rules", "--file", path).code == 0


# --- comparing --------------------------------------------------------------------


def test_procedures_are_compared(comity):
    """Blocked under consensus, adopted under minus one, adopted by a majority of votes."""
    ran = comity(
        *("rules", "compare", "--charter", "plain", "--charter", "plain:minus_one"),
        *("--rule", "{kind: quota, votes: 3}", "A=yes", "B=object", "C=yes"),
    )
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(
        "3 members. support (2): A and C; object (1): B.\n"
        "\n"
        "procedure          basis    outcome                    what would turn it              "
        "would be bound\n"
        "plain:substantive  checked  not adopted: blocked by B  B stands aside                  "
        "nobody\n"
        "plain:minus_one    assumed  adopted                    A objects (one of 2 such sets)  "
        "A and C\n"
        "rule               –        not adopted: blocked by B  B supports                      "
        "nobody\n"
        "\n"
        "WHY\n"
        "plain:substantive: 1 objection where none is allowed. A smallest set that blocks: B.\n"
        "  Rule: Adopted when no member objects; absence is not an objection.\n"
    )


def test_the_same_in_json(comity):
    """Each outcome carries the whole decision, its nearness and what is odd about it."""
    said = comity(
        *("rules", "compare", "--charter", "plain", "--charter", "plain:procedural", "--json"),
        *("A=yes", "B=object", "C=stand-aside", "D=absent"),
    ).json()
    assert said["command"] == "rules"
    assert said["responses"]["C"] == "stand_aside"
    consensus, majority = said["outcomes"]
    assert (consensus["name"], consensus["says"], consensus["short"]) == (
        "plain:substantive",
        "blocked by B",
        1,
    )
    assert (consensus["blocking"], consensus["blocking_number"]) == (["B"], 1)
    assert (consensus["clause"]["verified"], consensus["clause"]["force"]) == ("text", "law")
    assert consensus["unblocking_moves"] == {"B": "stand_aside"}
    assert (majority["adopted"], majority["says"]) == (False, "one member short")
    assert said["left_out"] == []


def test_one_state_short_under_lisbon(comity):
    """Fourteen of twenty-seven states: fifteen are needed, and any of thirteen would do."""
    lisbon = load_charter("eu-council-lisbon").members_on()
    ran = comity(
        *("rules", "compare", "--json", "--charter", "eu-council-lisbon", "--charter", "plain"),
        *("--rest", "stand-aside", *(f"{member}=yes" for member in lisbon[:14])),
    )
    council, plain = ran.json()["outcomes"]
    assert (council["says"], council["short"]) == ("one member short", 1)
    assert council["unblocking_number"] == 13
    assert plain["says"] == "adopted"


def test_all_charters_that_fit(comity):
    """--all puts the main procedures to the table and says which do not fit it, and why."""
    said = comity("rules", "compare", "--all", "A=yes", "B=no", "C=yes", "--json").json()
    fit = {each["charter"] for each in said["outcomes"]}
    out = {each["name"].partition(":")[0]: each["why"] for each in said["left_out"]}
    assert len(fit) + len(out) == len(charter_names())
    assert "of its permanent members" in out["unsc"]
    assert "without a weight" in out["imf"]
    assert "nobody is named as the P-members" in out["iso"]
    assert "'rough_consensus'" in out["ietf"]
    more = (
        "--group",
        "p_members=A,B",
        "--fact",
        "rough_consensus=yes",
        "--fact",
        "important_question=no",
    )
    told = comity("rules", "compare", "--all", "A=yes", "B=no", "C=yes", "--json", *more).json()
    names = {each["name"] for each in told["outcomes"]}
    assert {"iso:substantive", "ietf:substantive"} <= names


def test_a_number_of_votes_is_no_rule_for_another_table(comity):
    """Nine votes are nine of fifteen: of twenty-seven they would mean something else."""
    asked = ("rules", "compare", "--all", "--charter", "eu-council-lisbon", "--rest", "yes")
    out = {each["name"]: each["why"] for each in comity(*asked, "--json").json()["left_out"]}
    assert "its own 27 members" in out["eu-council-nice:substantive"]
    assert "unsc:substantive" in out


def test_own_rules_and_charters_are_compared(comity, own):
    """Procedures of a file and several rules, named so that they can be told apart."""
    said = comity(
        *("rules", "compare", "--file", f"{own}:weighed", "--file", f"{own}:quick"),
        *("--rule", "consensus", "--rule", "{kind: simple_majority, of: members}"),
        *("--on", "2021-01-01", "--rest", "no", "A=yes", "--consent", "all"),
        *("--fact", "urgent=no", "--elapsed", "12", "--json"),
    ).json()
    assert [each["name"] for each in said["outcomes"]] == [
        "my:board:weighed",
        "my:board:quick",
        "rule 1",
        "rule 2",
    ]
    assert said["members"] == ["A", "B", "C"]
    assert said["outcomes"][0]["says"] == "one member short"


def test_a_comparison_says_what_it_takes_for_given(comity):
    """Presumptions, years of weights, seats that differ and odd rules stand with the outcome."""
    ran = comity(
        *("rules", "compare", "--charter", "eu-council-lisbon", "--charter", "unsc:procedural"),
        *("DEU=yes", "FRA=yes", "ITA=no"),
    )
    for told in (
        "Mind: It is presumed that the Council acts on a proposal",
        "Mind: Members count by population, as of 2025 (written from memory, not checked).",
        "Mind: This is not the table of Council of the European Union (Treaty of Lisbon): ESP",
        "Mind: Not even the support of every member adopts a draft",
        "cannot be adopted at this table",
    ):
        assert told in ran.stdout


# --- misuse -----------------------------------------------------------------------

BOTH = ["compare", "--charter", "plain"]
MISUSES = [
    (["unscc"], "Did you mean 'unsc'?"),
    (["unsc:procedura"], "Did you mean unsc:procedural?"),
    (["unsc:"], "has no such procedure"),
    ([""], "no charter of this name"),
    (["unsc", "RUS=no"], "a response is given, and nothing to put it to"),
    (["unsc", "--rest", "yes"], "--rest does not go with explaining rules"),
    (["unsc", "--all"], "--all does not go with explaining rules"),
    (["--on", "2020-01-01"], "no charter named to explain"),
    (["unsc", "--fact", "urgent=yes"], "no charter named here knows a fact 'urgent'"),
    (["unsc", "--group", "partys=RUS"], "Did you mean --group parties=…?"),
    (["unsc", "--group", "parties=XXX"], "There is no member 'XXX'"),
    (["unsc", "--on", "yesterday"], "is no day"),
    (["unsc", "--members", "A,A"], "a member is named twice"),
    (["--grammar", "unsc"], "an argument does not go with --grammar"),
    (["--file", "absent.yaml"], "there is no such file or folder"),
    (["--file", "{own}:hopeles"], "Did you mean my:board:hopeless?"),
    (["--file", "{bad}"], "bad.yaml:2: procedures.a.rule.votes: a required field is missing"),
    (["--file", "{empty}"], "the file is empty"),
    (["--rule", "quotum"], "Did you mean 'quota'?"),
    (["--rule", " "], "--rule is empty"),
    (["compare"], "nobody responds"),
    (["compare", "A=yes"], "nothing says which procedures to compare"),
    (["compare", "--all", "--rest", "yes"], "nothing says who the rest are"),
    ([*BOTH, "A"], "this is not a response"),
    ([*BOTH, "A=yes", "A=no"], "'A' responds twice"),
    ([*BOTH, "A=perhaps"], "The response of 'A' is not a known one"),
    ([*BOTH, "--members", "A,B", "A=yes"], "no response is given for B"),
    ([*BOTH, "--members", "A,B", "A=yes", "C=no", "--rest", "no"], "'C' has no seat"),
    ([*BOTH, "--charter", "plain", "A=yes"], "two procedures to be compared have one name"),
    ([*BOTH, "A=yes", "--consent", "all"], "none of these procedures needs consent"),
    ([*BOTH, "A=yes", "--elapsed", "3"], "none of these is a silence procedure"),
    (["compare", "--charter", "imf", "A=yes"], "Members without a weight: A"),
    (["compare", "--charter", "osce:silence", "A=yes"], "only if the body has agreed to it"),
    (["compare", "--charter", "ietf", "A=yes"], "'rough_consensus'"),
    (
        ["compare", "--charter", "eu-cfsp", "--on", "2021-05-01", "GBR=yes", "FRA=yes"],
        "'GBR' has no seat on 1 May 2021",
    ),
]


@pytest.mark.parametrize(("arguments", "expected"), MISUSES)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_misuse_is_said_in_plain_words(comity, own, tmp_path, arguments, expected, form):
    """A command line that makes no sense gets one message, exit code 2 and nothing on stdout."""
    bad, empty = tmp_path / "bad.yaml", tmp_path / "empty.yaml"
    bad.write_text("name: Bad\nprocedures: {a: {rule: {kind: quota}}}\n", "utf-8")
    empty.write_text("", "utf-8")
    for name, path in {"own": own, "bad": bad, "empty": empty}.items():
        arguments = [word.replace(f"{{{name}}}", str(path)) for word in arguments]
    ran = comity("rules", *arguments, *form)
    assert (ran.code, ran.stdout) == (2, "")
    assert expected.casefold() in ran.stderr.casefold()
    assert "Traceback" not in ran.stderr
