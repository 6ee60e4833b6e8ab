"""`comity forecast`: the same answer for programs and for people, and the same bytes each time."""

import os
import re

import pytest

from comity.cli import main
from comity.dossier import load
from comity.dossier.template import template
from comity.ensemble import forecast
from comity.report.words import percents

FEW = ("--draws", "300")
ENVELOPE = ["schema", "command", "version", "seed", "draws"]


@pytest.fixture
def starting(tmp_path):
    """The dossier that `comity new` writes."""
    path = tmp_path / "starting.yaml"
    path.write_text(template(), "utf-8")
    return path


def test_the_json_is_the_librarys_forecast_under_the_envelope(comity, contested):
    """--json is the envelope and then all that `Forecast.to_json` says, seed and draws once."""
    ran = comity("forecast", contested, "--json", "--seed", "5", *FEW)
    assert ran.code == 0
    said, made = ran.json(), forecast(load(contested), seed=5, draws=300).to_json()
    assert list(said)[:6] == [*ENVELOPE, "coding"]
    assert [said[name] for name in ("schema", "command", "seed", "draws", "coding")] == [
        *("comity/forecast/1", "forecast", 5, 300, None)
    ]
    assert {name: said[name] for name in said if name not in (*ENVELOPE, "coding")} == {
        name: made[name] for name in made if name not in ("seed", "draws")
    }
    assert ran.stdout.count('"seed"') == ran.stdout.count('"draws"') == 1


def test_every_item_has_the_promised_keys(comity, contested):
    """`items.<id>` holds adoption, responses, conflicts and the least opening."""
    items = comity("forecast", contested, "--json", *FEW).json()["items"]
    assert list(items) == ["views", "text", "later"]
    for entry in items.values():
        assert 0.0 <= entry["adoption"]["any"] <= 1.0
        assert "probability" in entry["adoption"]
        assert list(entry["responses"]) == ["A", "B", "C"]
        assert isinstance(entry["conflicts"], list)
        assert {"needed", "impossible", "cost", "text", "by"} == entry["opening"].keys()
    assert items["text"]["conflicts"][0].keys() == {"members", "objections", "share"}


def test_probability_is_null_without_a_tabled_draft(comity, contested):
    """`adoption.probability` is a share where a draft is tabled and null where none is."""
    items = comity("forecast", contested, "--json", *FEW).json()["items"]
    shares = {name: entry["adoption"]["probability"] for name, entry in items.items()}
    assert shares["views"] is shares["later"] is None
    assert 0.0 < shares["text"] < items["text"]["adoption"]["any"]


def test_the_same_bytes_in_any_process_with_any_number_of_workers(process, contested):
    """Three processes with other hash seeds, workers and timings print the same bytes."""
    asked = ("forecast", str(contested), "--json", "--seed", "1", "--draws", "12000")
    ways = [("1", "--workers", "1"), ("2", "--workers", "2"), ("3", "--timings")]
    running = [
        process(*asked, *way, env=os.environ | {"PYTHONHASHSEED": hashes}) for hashes, *way in ways
    ]
    first, *others = [ran.communicate()[0] for ran in running]
    assert first.startswith(b'{\n  "schema": "comity/forecast/1"')
    assert all(other == first for other in others)


def test_another_seed_is_another_sample(comity, contested):
    """The seed decides the draws: with another one the shares move, but not far."""
    one, two = (
        comity("forecast", contested, "--json", *FEW, "--seed", seed).json()["items"]["text"]
        for seed in ("1", "2")
    )
    assert one["adoption"]["any"] != two["adoption"]["any"]
    assert one["adoption"]["any"] == pytest.approx(two["adoption"]["any"], abs=0.2)


def test_an_unrelated_item_and_actor_change_no_other_item(comity, starting):
    """A further item and a further actor leave every key and number of the others as they were."""
    asked = ("forecast", starting, "--json", *FEW)
    before = comity(*asked).json()["items"]
    more = template().replace("\nactors:\n", "\nactors:\n  ZETA: {name: Zeta}\n")
    more = more.replace(
        "\nagenda:\n",
        "\nagenda:\n  seat: {body: commission, reversion: 5, tabled: 60, "
        "competence: {presumption: within}}\n",
    )
    starting.write_text(more, "utf-8")
    after = comity(*asked).json()["items"]
    assert list(after) == ["seat", *before]
    assert {name: after[name] for name in before} == before


def test_items_may_be_picked(comity, contested):
    """--item tells of some items alone, here and in the codings, with the numbers unchanged."""
    whole = comity("forecast", contested, "--json", *FEW).json()
    some = comity("forecast", contested, "--json", *FEW, "--item", "later", "--item", "text").json()
    assert list(some["items"]) == ["text", "later"]
    assert some["items"]["text"] == whole["items"]["text"]
    assert list(some["codings"]["mild"]["items"]) == ["text", "later"]
    shown = comity("forecast", contested, *FEW, "--item", "later").stdout
    assert "\nLATER\n" in shown
    assert "\nTEXT\n" not in shown


def test_a_coding_may_be_taken_for_the_dossier(comity, contested):
    """--coding NAME gives the coding's own answer as the whole forecast's headline."""
    whole = comity("forecast", contested, "--json", *FEW).json()
    coded = comity("forecast", contested, "--json", *FEW, "--coding", "mild").json()
    assert (coded["coding"], coded["codings"]) == ("mild", {})
    for measure in ("probability", "any", "text_tabled", "text_any"):
        expected = whole["codings"]["mild"]["items"]["text"][measure]
        assert coded["items"]["text"]["adoption"][measure] == expected
    shown = comity("forecast", contested, *FEW, "--coding", "mild").stdout
    assert "This is the dossier as its coding 'mild' reads it." in shown


def test_what_the_checks_find_goes_to_stderr_in_a_line(comity, contested, starting):
    """Findings are counted on stderr with where to read them; none, and nothing is said."""
    count = len(comity("check", contested, "--json").json()["findings"])
    ran = comity("forecast", contested, *FEW)
    assert ran.stderr == f"{count} findings of the checks; see: comity check {contested}\n"
    assert comity("forecast", starting, *FEW).stderr == ""


def test_timings_go_to_stderr_alone(comity, starting):
    """--timings tells of each step on stderr and leaves stdout as it is without."""
    plain, timed = (comity("forecast", starting, *FEW, *more) for more in ([], ["--timings"]))
    assert re.fullmatch(r"reading: [\d.]+ s\nforecasting: [\d.]+ s\n", timed.stderr)
    assert timed.stdout == plain.stdout


def test_people_get_the_answer_first_and_then_its_reasons(comity, contested):
    """The handling mark, the answer, each item with its tables, the codings, the caveats."""
    shown = comity("forecast", contested, *FEW).stdout
    parts = [
        *("FOR THE CHAIR OF THE TALKS ONLY", "Forecast: Three around a table"),
        *(
            "As of 1 March 2024. 300 draws, seed 1; more draws could move a share by up to 6 p",
            "\nTHE ANSWER\n",
        ),
        *("\nVIEWS\n", "\nTEXT\nHow much?\n", "is adopted in", "as it stands"),
        *("lowest over what is assumed", "highest over what is assumed"),
        *("agreement worth nothing (ω = 0)", "blocs moving together (ρ = 0.5)"),
        *("under consensus minus one", "to the tabled draft", "\nWhy: ", "\nWhat would open it: "),
        *("\nWhat the chair can do: ", "\nContent: ", "\nHow sure: ", "\nLATER\n"),
        *("\nRIVAL CODINGS\n", "As the mild see it", "\nBEFORE YOU USE THIS\n", "Invented."),
    ]
    place = 0
    for part in parts:
        assert part in shown[place:], part
        place = shown.index(part, place) + 1


def test_the_tables_hold_the_jsons_numbers(comity, contested):
    """A share in a table is the JSON's, rounded as everywhere."""
    item = comity("forecast", contested, "--json", "--draws", "1000").json()["items"]["text"]
    shown = comity("forecast", contested, "--draws", "1000", "--item", "text").stdout
    cells = [re.split(r"\s{2,}", line) for line in shown.splitlines() if "  " in line]
    rows = {label: found for label, *found in cells}
    for label, verdict in {
        "as it stands": item["adoption"],
        "agreement worth nothing (ω = 0)": item["variants"]["omega_zero"],
        "blocs moving together (ρ = 0.5)": item["variants"]["rho_half"],
        "under consensus minus one": item["procedures"]["consensus minus one"],
    }.items():
        shares = [verdict[name] for name in ("probability", "any", "text_tabled", "text_any")]
        assert rows[label] == [percents(share) for share in shares]
    bravo = item["responses"]["B"]
    shares = [bravo[name] for name in ("support", "stand_aside", "object", "absent")]
    assert rows["Bravo"] == [*map(percents, shares), "inferred"]


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_nothing_is_wider_than_it(comity, contested, as_terminal, columns):
    """Sentences and tables fit the terminal, no sentence runs wider than reads well."""
    terminal = as_terminal(columns)
    with pytest.raises(SystemExit):
        main(["forecast", str(contested), *FEW])
    lines = terminal.shown().splitlines()
    assert max(map(len, lines)) <= columns
    assert not [line for line in lines if line.startswith("%")]
    assert max(len(line) for line in lines if line.endswith(".")) <= 100


def test_codings_of_one_name_are_told_apart_by_their_place(comity, contested):
    """Two codings with the same title keep a column each."""
    text = contested.read_text("utf-8")
    contested.write_text(text.replace("As the grim see it", "As the mild see it"), "utf-8")
    said = comity("forecast", contested, "--json", *FEW).json()["codings"]
    shown = comity("forecast", contested, *FEW, "--item", "text").stdout
    assert "  As the mild see it  As the mild see it\n" in shown
    row = next(line for line in shown.splitlines() if line.startswith("Text: some text"))
    shares = [said[name]["items"]["text"]["any"] for name in ("mild", "grim")]
    assert re.split(r"\s{2,}", row)[2:] == [percents(share) for share in shares]


def test_in_a_pipe_a_sentence_is_a_line_without_colour(comity, contested):
    """Without a terminal nothing is wrapped and nothing is coloured."""
    shown = comity("forecast", contested, *FEW).stdout
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) > 200


def test_a_dossier_without_an_agenda_has_an_answer_too(comity, tmp_path):
    """Nothing to decide: said so, in words and as an empty object."""
    path = tmp_path / "empty.yaml"
    path.write_text("comity: 1\ntitle: E\nas_of: 2024-01-01\nactors: {A: {name: A}}\n", "utf-8")
    assert "There is nothing on the agenda." in comity("forecast", path, *FEW).stdout
    assert comity("forecast", path, "--json", *FEW).json()["items"] == {}


def test_a_name_in_a_dossier_cannot_paint_the_terminal(comity, contested):
    """Control characters in a dossier's words are shown as escapes, wherever they turn up."""
    text = contested.read_text("utf-8").replace("name: Bravo", 'name: "Br\\x1b[31mavo \\u202e"')
    contested.write_text(text, "utf-8")
    for verb in ("forecast", "canvass"):
        shown = comity(verb, contested, *FEW).stdout
        assert "Br\\x1b[31mavo" in shown
        assert not {"\x1b", "\u202e"} & set(shown)


MISUSES = [
    (["--item", "txet"], "Did you mean --item text? Use --item with one of: views, text, later."),
    (["--item", ""], "the agenda has no such item"),
    (["--coding", "mld"], "Did you mean --coding mild? Use --coding with one of: mild, grim."),
    (["--draws", "0"], "Invalid value for '--draws'"),
    (["--draws", "-5"], "Invalid value for '--draws'"),
    (["--draws", "1.5e0"], "Invalid value for '--draws'"),
    (["--draws", "9" * 30], "the number of draws is out of range"),
    (["--draws", "2000001"], "ask for 1 to 2,000,000 draws"),
    (["--seed", "-1"], "Invalid value for '--seed'"),
    (["--workers", "0"], "Invalid value for '--workers'"),
]


@pytest.mark.parametrize("verb", ["forecast", "canvass"])
@pytest.mark.parametrize(("arguments", "expected"), MISUSES)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_misuse_is_said_in_plain_words(comity, contested, verb, arguments, expected, form):
    """A command line that makes no sense gets one message, exit code 2 and nothing on stdout."""
    ran = comity(verb, contested, *arguments, *form)
    assert (ran.code, ran.stdout) == (2, "")
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr


BAD = {
    "anachronism": (("published: 2024-02-20", "published: 2024-03-02"), "2024-03-02"),
    "cycle": (("tabled: 80", "tabled: 80\n    requires: [later]"), "talks.yaml:24: agenda."),
    "not a dossier": (("comity: 1", "comity: one"), "comity"),
    "unknown member": (("members: [A, B, C]", "members: [A, B, X]"), "'X'"),
    "broken": (("agenda:", "agenda: ["), "talks.yaml:"),
}


@pytest.mark.parametrize("verb", ["forecast", "canvass"])
@pytest.mark.parametrize("bad", BAD)
def test_a_dossier_that_cannot_be_forecast_is_refused(comity, contested, verb, bad):
    """Hindsight, circles and whatever is no dossier: one message with its place, exit code 2."""
    (old, new), expected = BAD[bad]
    text = contested.read_text("utf-8")
    assert old in text
    contested.write_text(text.replace(old, new), "utf-8")
    ran = comity(verb, contested, "--json", *FEW)
    assert (ran.code, ran.stdout) == (2, "")
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr


def test_no_codings_none_to_choose(comity, starting):
    """Where the dossier has no codings the message says so."""
    ran = comity("forecast", starting, "--coding", "mild")
    assert ran.code == 2
    assert "Leave --coding out: it has none." in ran.stderr


@pytest.mark.parametrize("arguments", [["absent.yaml"], []])
def test_no_dossier_is_misuse(comity, arguments):
    """A dossier that is not there, or not named, is misuse."""
    ran = comity("forecast", *arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr


def test_a_reader_who_leaves_is_no_error(process, contested):
    """`comity forecast --json | head -c 10` ends quietly with 0."""
    ran = process("forecast", str(contested), "--json", "--item", "text", *FEW)
    assert ran.stdout.read(10) == b'{\n  "schem'
    ran.stdout.close()
    ran.stdout = None
    err = ran.communicate()[1].decode().splitlines()
    assert ran.returncode == 0
    assert len(err) == 1
    assert "findings of the checks" in err[0]


def test_one_draw_and_a_great_seed(comity, contested):
    """The least number of draws and a seed beyond 64 bits work."""
    ran = comity("forecast", contested, "--json", "--draws", "1", "--seed", str(2**70))
    assert ran.code == 0
    assert (ran.json()["draws"], ran.json()["seed"]) == (1, 2**70)
    assert comity("forecast", contested, "--draws", "1").code == 0


@pytest.mark.parametrize("verb", ["check", "forecast", "canvass", "report", "decide"])
def test_an_empty_path_is_not_the_current_folder(comity, contested, monkeypatch, verb):
    """An unset variable in a script must not have another dossier read."""
    monkeypatch.chdir(contested.parent)
    ran = comity(verb, "")
    assert (ran.code, ran.stdout) == (2, "")
    assert "a path is empty" in ran.stderr


def test_hindsight_is_told_with_file_and_line(comity, contested, tmp_path):
    """What only a forecast refuses is told with its place too, in a folder as in a file."""
    text = contested.read_text("utf-8").replace("published: 2024-02-20", "published: 2024-03-02")
    line = text[: text.index("published:")].count("\n") + 1
    contested.write_text(text, "utf-8")
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "all.yaml").write_text(text, "utf-8")
    for path, file in ((contested, contested), (folder, folder / "all.yaml")):
        ran = comity("forecast", path, *FEW)
        assert ran.stderr.startswith(f"{file}:{line}: sources.news.published: a forecast as of")


def test_too_little_memory_is_said(comity, contested, monkeypatch):
    """More draws than fit into memory are the asker's to mend."""

    def greedy(*_, **__):
        raise MemoryError

    monkeypatch.setattr("comity.ensemble.forecast", greedy)
    ran = comity("forecast", contested, "--draws", "2000000")
    assert (ran.code, ran.stdout) == (2, "")
    assert "not enough memory" in ran.stderr
    assert "found: --draws 2000000" in ran.stderr
