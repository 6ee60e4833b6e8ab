"""`comity mediate`: what all parties could accept, what to put forward first, and why."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from comity.dossier import load
from comity.dossier.template import template
from comity.ensemble.mediation import mediate
from comity.report.sentences import talks as says

FEW = ("--draws", "60")
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
DATA = Path(os.environ.get("COMITY_DATA") or BESIDE) / "negotiation"
REFERENCE = {
    "EnglandZimbabwe": "anac/y2010/EnglandZimbabwe",
    "ItexvsCypress": "anac/y2010/ItexvsCypress",
    "group2-politics": "anac/y2015/group2-politics",
    "AMPOvsCity": "other/AMPOvsCity",
}
MEASURED = {
    "nash": "nash",
    "kalai_smorodinsky": "kalai_smorodinsky_maxmin_ratio",
    "egalitarian": "egalitarian_maxmin",
    "utilitarian": "max_welfare",
}
"""Our solutions, and what the reference values call them."""

CERTAIN = """\
comity: 1
title: Toll and road
as_of: 2024-01-01
actors: {A: {name: Alba}, B: {name: Bren}, M: {name: Merrow}}
talks:
  t:
    parties: [A, B]
    mediator: M
    issues:
      fee: {title: Toll, options: {low: a low toll, high: a high toll}}
      road: {title: Road, options: {north: by the north, south: by the south}}
    preferences:
      A:
        reservation: 20
        issues:
          fee: {weight: 3, values: {low: 100, high: 0}}
          road: {weight: 1, values: {north: 100, south: 0}}
      B:
        reservation: 20
        issues:
          fee: {weight: 1, values: {low: 0, high: 100}}
          road: {weight: 3, values: {north: 0, south: 100}}
"""

STUCK = CERTAIN.replace(
    "      B:\n", "        red_lines: {dear: {never: {fee: high}}}\n      B:\n"
) + ("        red_lines: {cheap: {never: {fee: low}}}\n")

ITEMS = """\
comity: 1
title: Two items
as_of: 2024-01-01
actors: {A: {name: Alba}, B: {name: Bren}}
bodies: {board: {name: Board, members: [A, B], charter: plain, omega: 0}}
agenda:
  quota: {body: board, scale: {0: none, 100: strict}, reversion: 0}
  fund: {body: board, scale: {0: none, 100: large}, reversion: 0}
positions:
  quota: {A: {ideal: 60, salience: 90}, B: {ideal: 0, salience: 30}}
  fund: {A: {ideal: 0, salience: 30}, B: {ideal: 60, salience: 90}}
"""


@pytest.fixture
def dam(tmp_path):
    """The talks that `comity new` writes."""
    path = tmp_path / "dam.yaml"
    path.write_text(template(), "utf-8")
    return path


@pytest.fixture
def written(tmp_path):
    """Writes a dossier to a file."""

    def write(text, name="dossier.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


# --- for machines


def test_the_json_is_the_librarys_mediation_under_the_envelope(comity, dam):
    """--json carries the whole result, seed and draws in the envelope."""
    said = comity("mediate", dam, "--json", "--seed", "3", *FEW).json()
    made = mediate(load(dam), seed=3, draws=60).to_json()
    assert list(said)[:5] == ["schema", "command", "version", "seed", "draws"]
    assert (said["schema"], said["seed"], said["draws"]) == ("comity/mediate/1", 3, 60)
    for name, value in made.items():
        assert said[name] == json.loads(json.dumps(value))


def test_the_json_counts_the_frontier_and_lists_utilities_in_the_parties_order(comity, dam):
    """`frontier.points` and `.packages` are counts; a solution's utilities one flat list."""
    said = comity("mediate", dam, "--json", *FEW).json()
    assert said["parties"] == ["ALBA", "BREN"]
    frontier = said["frontier"]
    assert isinstance(frontier["points"], int)
    assert isinstance(frontier["packages"], int)
    assert len(frontier["utilities"]) == frontier["points"] <= frontier["packages"]
    for name in MEASURED:
        utilities = said["solutions"][name]["utilities"]
        assert len(utilities) == 2
        assert all(isinstance(each, float) for each in utilities)
        assert utilities in frontier["utilities"]
    for key in ("joint_ceiling", "claims", "conflicts", "relaxations", "trades", "proposals"):
        assert key in said
    assert said["text"]["steps"]
    assert said["question"]["inputs"] > 0


@pytest.mark.parametrize("folder", REFERENCE)
def test_genius_folders_give_the_values_measured_elsewhere(comity, folder):
    """`comity mediate FOLDER --json` reproduces frontier and solutions to 1e-6 (§53)."""
    path = DATA / "reference_values.json"
    if not path.exists():
        pytest.skip("there is no negotiation/reference_values.json (COMITY_DATA)")
    known = json.loads(path.read_text("utf-8"))["domains"][REFERENCE[folder]]
    said = comity("mediate", DATA / "genius" / folder, "--json", "--draws", "5").json()
    assert said["parties"] == known["parties"]
    raw = known["independent_numpy"]
    told = known.get("genius_convention_numpy")
    if told is None:  # files that break GENIUS's own format are read as written
        assert said["frontier"]["points"] == raw["unique_frontier_points_rounded_1e9"]
        assert said["frontier"]["packages"] == raw["outcomes_on_frontier"]
        told = raw["d=reserved_value"]
    else:
        assert said["frontier"]["points"] == told["unique_frontier_points"]
        assert said["frontier"]["packages"] == told["outcomes_on_frontier"]
    for ours, theirs in MEASURED.items():
        if theirs in told:
            assert sorted(said["solutions"][ours]["tied"]) == [
                pytest.approx(point, abs=1e-6) for point in sorted(told[theirs])
            ]
            assert said["solutions"][ours]["utilities"] in said["solutions"][ours]["tied"]


def test_genius_files_can_be_read_as_written(comity):
    """--utilities raw leaves the evaluations undivided."""
    if not DATA.exists():
        pytest.skip("there is no negotiation/genius (COMITY_DATA)")
    folder = DATA / "genius" / "ItexvsCypress"
    said = comity("mediate", folder, "--utilities", "raw", "--json", "--draws", "5").json()
    assert said["solutions"]["nash"]["utilities"] == pytest.approx([22.699525, 18.518417], abs=1e-6)


def test_the_same_seed_gives_the_same_bytes_for_any_number_of_workers(comity, dam):
    """Neither a second run nor more threads changes a byte."""
    one = comity("mediate", dam, *FEW, "--workers", "1").stdout
    assert comity("mediate", dam, *FEW, "--workers", "2").stdout == one
    assert comity("mediate", dam, *FEW, "--seed", "2").stdout != one


# --- for people


def test_the_answer_comes_first_and_says_why(comity, dam):
    """Whoever reads only the first section knows what to put forward, and for what reason."""
    shown = comity("mediate", dam, *FEW).stdout
    answer = shown.partition("\nTHE ANSWER\n")[2].partition("\n\n")[0]
    first = comity("mediate", dam, *FEW, "--json").json()["proposals"][0]
    assert answer.startswith("Put proposal 1 forward first. In it Alba gets ")
    assert "the least to regret" in answer
    assert "It lies within all limits (no red line" in answer
    for party in first["parties"]:
        assert f"{100 * party['normalised']:.0f} %" in answer
    assert shown.index("THE ANSWER") < shown.index("THE MENU") < shown.index("HOW SURE")


def test_the_first_proposal_is_spelled_out_issue_by_issue(comity, dam):
    """What it says on each issue, in words."""
    shown = comity("mediate", dam, *FEW).stdout
    part = shown.partition("\nWHAT PROPOSAL 1 SAYS\n")[2].partition("\n\n")[0]
    talks = load(dam).talks["dam"]
    first = comity("mediate", dam, *FEW, "--json").json()["proposals"][0]["package"]
    rows = part.splitlines()[1:]
    assert len(rows) == len(talks.issues)
    for row, (issue, entry) in zip(rows, talks.issues.items(), strict=True):
        assert entry.title in row
        if entry.options is not None:
            assert entry.options[first[issue]] in row


def test_people_read_names_and_not_ids(comity, dam):
    """Parties, issues, options and limits are called what they are called."""
    shown = comity("mediate", dam, *FEW).stdout
    for identifier in ("ALBA", "BREN", "CORVA", "some-use", "alba-dam"):
        assert identifier not in shown
    assert "Corva mediates and has no say." in shown
    assert "“a high dam” on “Height of the dam”" in shown


def test_nothing_is_said_more_precisely_than_whole_points_and_per_cent(comity, dam):
    """No decimals but in a factor by which something matters more."""
    shown = comity("mediate", dam, *FEW).stdout
    for found in re.finditer(r"\d+\.\d+", shown):
        assert shown[found.end() :].startswith(" times as much")


def test_sections_answer_what_a_mediator_asks(comity, dam):
    """Menu, possibility, obstacles, trades, fairness, text, question, solutions, doubt."""
    headings = re.findall(r"^[A-Z0-9 ,]{6,}$", comity("mediate", dam, *FEW).stdout, re.MULTILINE)
    assert headings[1:] == [
        "THE ANSWER",
        "WHAT PROPOSAL 1 SAYS",
        "THE MENU",
        "IS AN AGREEMENT POSSIBLE",
        "WHAT STANDS IN THE WAY",
        "TRADES",
        "IS PROPOSAL 1 FAIR, AND WOULD IT LAST",
        "THE SINGLE TEXT",
        "THE ONE QUESTION TO ASK",
        "THE FRONTIER AND THE SOLUTIONS",
        "HOW SURE",
        "BEFORE YOU USE THIS",
    ]


def test_a_claim_is_called_possible_or_impossible_and_never_true(comity, dam):
    """A claim of the dossier and one from the command line, each in so many per cent of draws."""
    said = comity("mediate", dam, *FEW, "--claim", "40%", "--json").json()["claims"]
    assert [(one["name"], one["at_least"]) for one in said] == [
        ("well-served", 0.75),
        ("asked", 0.4),
    ]
    shown = comity("mediate", dam, *FEW, "--claim", "40%").stdout
    assert "“Well served” (ambassador, 20 February 2024): that each party gets at least " in shown
    assert "The claim asked about: that each party gets at least 40 % of its own best" in shown
    assert "it cannot show that it is so" in shown
    assert not re.search(r"\bis true\b", shown)


def test_what_cannot_be_agreed_is_said_first_and_then_why(comity, written):
    """Two red lines that leave nothing are named as the smallest conflict."""
    path = written(STUCK)
    shown = comity("mediate", path, *FEW).stdout
    assert "THE ANSWER\nThere is nothing to put forward" in shown
    assert (
        "The red line of Alba against “a high toll” on “Toll” (assumed by the analyst) and the red "
        "line of Bren against “a low toll” on “Toll” (assumed by the analyst) cannot both be kept."
    ) in shown
    assert comity("mediate", path, *FEW, "--json").json()["proposals"] == []


def test_a_certain_dossier_speaks_of_no_draws(comity, written):
    """Where nothing is uncertain there are no shares of draws, and the trade is plain."""
    shown = comity("mediate", written(CERTAIN), *FEW).stdout
    assert "% of draws" not in shown
    assert "draws, seed" not in shown
    assert "Toll   a low toll" in shown
    assert "Road   by the south" in shown
    assert "In it Alba gets 100 % and Bren gets 100 % of the most each could gain" in shown
    assert "Nothing in the dossier is uncertain" in shown


def test_an_approximate_frontier_says_so(dam):
    """How far off a frontier may be stands with it (§44)."""
    made = mediate(load(dam), draws=5)
    wide = replace(made.frontier, epsilon=5.0, exact=False)
    said, solved = says.frontier(replace(made, frontier=wide))
    assert solved == "The solutions and the joint ceiling are exact all the same."
    assert (
        "such that no allowed package is more than 5 better for any party than one listed" in said
    )
    assert "(the exact frontier)" in says.frontier(made)[0]


def test_findings_of_the_checks_go_to_stderr(comity, written):
    """The answer is given all the same."""
    ran = comity("mediate", written(CERTAIN), *FEW)
    assert ran.code == 0
    assert re.match(r"\d+ findings of the checks; see: comity check ", ran.stderr)


# --- inputs


def test_a_folder_gives_the_answer_of_the_file(comity, dam, tmp_path):
    """A dossier spread over files is the same dossier."""
    head, _, talks = template().partition("\n# Talks between parties")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(head, "utf-8")
    (folder / "talks.yaml").write_text("# Talks between parties" + talks, "utf-8")
    assert comity("mediate", folder, *FEW).stdout == comity("mediate", dam, *FEW).stdout


def test_a_workbook_gives_the_answer_of_the_file(comity, dam, tmp_path):
    """A dossier as a spreadsheet is the same dossier."""
    book = tmp_path / "dam.xlsx"
    assert comity("new", book, "--from", dam).code == 0
    assert comity("mediate", book, *FEW).stdout == comity("mediate", dam, *FEW).stdout


def test_report_and_brief_are_written_and_told_last(comity, dam, tmp_path):
    """Below the answer stand the paths, each alone on its line."""
    page, sheet = tmp_path / "out" / "talks.html", tmp_path / "brief.docx"
    ran = comity("mediate", dam, *FEW, "--report", page, "--brief", sheet)
    assert ran.code == 0
    lines = ran.stdout.splitlines()
    assert lines[-1] == str(sheet)
    assert lines[-4] == str(page)
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert sheet.read_bytes()[:2] == b"PK"


def test_under_json_the_paths_go_to_stderr(comity, dam, tmp_path):
    """stdout stays one JSON object."""
    page = tmp_path / "talks.html"
    ran = comity("mediate", dam, *FEW, "--json", "--report", page)
    assert ran.json()["talks"] == "dam"
    assert str(page) in ran.stderr.splitlines()


def test_a_file_that_is_no_report_is_kept(comity, dam, tmp_path):
    """Nothing of the user's is written over, and nothing is done in vain."""
    kept = tmp_path / "notes.docx"
    kept.write_bytes(b"mine")
    ran = comity("mediate", dam, *FEW, "--brief", kept)
    assert (ran.code, ran.stdout) == (2, "")
    assert "--force" in ran.stderr
    assert kept.read_bytes() == b"mine"


def test_of_several_talks_one_is_named(comity, written):
    """--talks says which; without it, or with another name, what could be named is told."""
    two = CERTAIN + CERTAIN.partition("talks:\n")[2].replace("  t:", "  toll:", 1)
    path = written(two)
    assert comity("mediate", path, *FEW, "--talks", "toll", "--json").json()["talks"] == "toll"
    none = comity("mediate", path, *FEW)
    assert (none.code, none.stdout) == (2, "")
    assert "say which talks are meant" in none.stderr
    assert "Use --talks with one of: t, toll." in none.stderr
    near = comity("mediate", path, *FEW, "--talks", "tol")
    assert near.code == 2
    assert "found: tol" in near.stderr
    assert "Did you mean --talks toll?" in near.stderr


def test_a_dossier_without_talks_is_told_what_to_do(comity, contested):
    """No talks: add some, or ask for packages across the items of a body."""
    ran = comity("mediate", contested)
    assert (ran.code, ran.stdout) == (2, "")
    assert "the dossier has no talks" in ran.stderr
    assert "--body board" in ran.stderr


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        ("--claim", "most", "'most' is no share; write 95% or 0.95."),
        ("--claim", "120%", "'120%' is no share"),
        ("--epsilon", "-1", "'-1' is no distance"),
        ("--epsilon", "nan", "'nan' is no distance"),
        ("--epsilon", "wide", "'wide' is no distance"),
        ("--utilities", "raw", "--utilities is for a folder of GENIUS files alone"),
        ("--utilities", "rav", "Did you mean --utilities raw?"),
        ("--brief", "brief.txt", "Let its name end in .docx."),
        ("--talks", "damm", "Did you mean --talks dam?"),
        ("--body", "comission", "Did you mean --body commission?"),
        ("--draws", "0", "--draws"),
    ],
)
def test_misuse_is_named_shown_and_mended(comity, dam, option, given, said):
    """Exit code 2, nothing on stdout, and what to write instead."""
    ran = comity("mediate", dam, option, given)
    assert (ran.code, ran.stdout) == (2, "")
    assert said in ran.stderr


# --- across items of a body


def test_packages_across_items_carry_what_is_blocked_alone(comity, written):
    """--body: two items that each one member blocks pass together (§52)."""
    path = written(ITEMS)
    shown = comity("mediate", path, "--body", "board", *FEW).stdout
    assert (
        "Alone, Quota and Fund are blocked by objections. Put these forward together: Quota at "
    ) in shown
    said = comity("mediate", path, "--body", "board", "--json", *FEW).json()
    assert said["schema"] == "comity/mediate/1"
    assert said["blocked"] == ["quota", "fund"]
    assert sorted(said["best"]["carries"]) == ["fund", "quota"]


QUESTIONED = (
    ITEMS.replace(
        "agenda:\n",
        "agenda:\n"
        "  powers: {body: board, options: {outside: no, within: yes}, reversion: outside}\n",
    )
    .replace(
        "  fund: {body: board, scale",
        "  fund: {body: board, competence: {presumption: outside, item: powers}, scale",
    )
    .replace(
        "positions:\n",
        "positions:\n"
        "  powers: {A: {ideal: outside, salience: 50}, B: {ideal: within, salience: 50}}\n",
    )
)


def test_a_package_that_competence_stops_is_not_recommended(comity, written):
    """Competence comes before the recommendation, with both presumptions side by side (§16)."""
    path = written(QUESTIONED)
    shown = comity("mediate", path, "--body", "board", *FEW).stdout
    answer = shown.partition("THE ANSWER\n")[2]
    assert answer.startswith(
        "Competence comes first. Fund is presumed to lie outside what the body may decide about; "
        "the body holds itself competent in none of the"
    )
    assert "Put forward none before competence is settled." in answer
    assert "taken to lie within competence it passes so; if outside, never; as presumed" in answer
    assert "Put these forward" not in answer
    said = comity("mediate", path, "--body", "board", "--json", *FEW).json()
    assert said["best"] is None
    assert said["waiting"]["share_as_settled"] == said["waiting"]["share_as_presumed"] == 0.0
    assert said["waiting"]["share_of_draws"] == 1.0
    assert list(said["left_out"]) == ["powers"]


def test_what_is_not_for_items_is_refused_beside_body(comity, written):
    """--talks, --claim and the files have no meaning there."""
    ran = comity("mediate", written(ITEMS), "--body", "board", "--claim", "90%")
    assert (ran.code, ran.stdout) == (2, "")
    assert "--claim cannot be used with --body" in ran.stderr
