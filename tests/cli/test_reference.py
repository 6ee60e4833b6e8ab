"""The reference page and the help of every verb."""

import shlex
import shutil
from pathlib import Path

import pytest

from backtest.deu_tables import many, table
from comity.cli.app import app
from comity.cli.reference import helps, page
from dossier.formats.written import ACTORS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
EXAMPLES = Path(__file__).parents[2] / "examples"
HELPS = dict(helps())

VOTES = """\
id,date,title,outcome,A,B,C,D
1,2014-11-03,Chair of the committee,adopted,yes,yes,no,abstain
2,2015-11-02,Budget of the secretariat,adopted,yes,no,yes,yes
3,2016-11-07,Budget of the secretariat,not adopted,no,yes,abstain,no
"""


def _examples(path: str) -> list[str]:
    _, _, after = HELPS[path].partition("Example")
    shown = after.partition("\n\n")[0].splitlines()[1:]
    return [line.strip() for line in shown]


def test_the_page_is_current():
    """`docs/reference/cli.md` is what `python -m comity.cli.reference` prints."""
    assert PAGE.read_text("utf-8") == page()


def test_every_verb_is_on_the_page():
    """The page has a section for the whole and for each verb that is registered."""
    verbs = {f"comity {each.callback.__name__}" for each in app.registered_commands}
    assert HELPS.keys() == {"comity"} | verbs


@pytest.mark.parametrize("path", HELPS)
def test_every_help_shows_an_example(path):
    """Each verb's help shows at least one call of that very verb, unwrapped."""
    examples = _examples(path)
    assert examples
    assert all(line.startswith(path) for line in examples)
    assert max(map(len, HELPS[path].splitlines())) <= 80


@pytest.mark.parametrize("path", HELPS)
def test_help_is_what_the_user_sees(comity, path):
    """`--help` and `-h` print the page's text to stdout."""
    words = path.split()[1:]
    assert comity(*words, "--help").stdout == HELPS[path] + "\n"
    assert comity(*words, "-h").stdout == HELPS[path] + "\n"


def test_the_examples_run(comity, tmp_path, monkeypatch):
    """The examples, typed one after the other, all work on the dossier the first one writes.

    Those on votes, games and decisions find a file of them beside it. They say nothing on stderr
    beside how far slow work has come, but for the demonstration, whose case has known findings.
    """
    monkeypatch.chdir(tmp_path)
    assert comity("new", "summit.yaml").code == 0
    Path("votes.csv").write_text(VOTES, "utf-8")
    Path("positions.csv").write_text(ACTORS, "utf-8")
    Path("decisions.tsv").write_text(table(many(2)), "utf-8")
    Path("examples").symlink_to(EXAMPLES)
    for day in ("monday", "friday"):
        shutil.copy("summit.yaml", f"{day}.yaml")
    Path("game.json").write_text('{"quota": 5, "weights": [3, 2, 2]}', "utf-8")
    for example in [line for path in HELPS for line in _examples(path)]:
        words = shlex.split(example.partition(" > ")[0])[1:]
        ran = comity(*words, *(["--force"] if words[0] == "new" else []))
        assert ran.code == 0, example
        said = [line for line in ran.stderr.splitlines() if not line.startswith("… ")]
        assert not said or words == ["demo"], example
