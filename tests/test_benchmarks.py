"""The page of benchmarks: every script's table, and what could not be run."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def table() -> ModuleType:
    found = importlib.util.spec_from_file_location("benchmarks_table", FOLDER / "table.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    import sys

    sys.modules["benchmarks_table"] = module
    found.loader.exec_module(module)
    return module


@pytest.fixture
def benches(tmp_path):
    """One script that runs, one that fails after a row, one that does not end."""
    written = {
        "bench_good.py": '"""How long good work takes.\n\nMeasured well."""\nprint("good  1.0 s")',
        "bench_bad.py": 'print("first row"); raise SystemExit("no such peer")',
        "bench_slow.py": 'import time; print("row before"); time.sleep(60)',
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_page_has_every_table_and_says_what_is_missing(table, benches, monkeypatch):
    """A script that fails or takes too long keeps its rows; the page says why it has no more."""
    ran = [
        table.run(path, 10.0 if "slow" not in path.name else 1.5) for path in table.scripts(benches)
    ]
    page = table.page(ran, "0.1, 0.2, 0.3")
    assert "good  1.0 s" in page
    assert "Measured well." in page
    assert "first row" in page
    assert "failed with exit code 1: no such peer" in page
    assert "row before" in page
    assert re.search(r"`bench_slow.py` ended after \d+ s", page)
    assert re.search(r"- Date: \d+ \w+ \d{4}\n- Machine: \d+ cores, \d+ GiB", page)
    assert "numpy" in page


def test_all_scripts_of_the_repository_are_run(table):
    """Nothing that `make bench` prints is left out; what is not in the order comes first."""
    found = table.scripts(FOLDER)
    assert {path.name for path in found} == {path.name for path in FOLDER.glob("bench_*.py")}
    assert [path.stem for path in found][-2:] == ["bench_talks", "bench_power"]


def test_time_is_shared_so_that_the_last_has_some(table, benches, capsys):
    """However slow the first ones are, all together end in time."""
    ran = table.run_all(table.scripts(benches), 6.0)
    assert sum(each.seconds for each in ran) < 9.0
    assert "bench_slow.py: ended after" in capsys.readouterr().out


def test_no_folder_of_a_machine_gets_onto_the_page(table):
    """Paths are told from the root of the repository."""
    assert table._plain(f"{table.ROOT}/benchmarks/x.py in {table.ROOT}") == "benchmarks/x.py in ."


def test_the_newest_come_first_and_the_last_keep_their_time(table, tmp_path, monkeypatch):
    """Models, then ensembles; whatever the first use up, those after them have their share."""
    assert [path.stem for path in table.scripts(FOLDER)] == list(table.ORDER)
    assert list(table.ORDER)[:2] == ["bench_models", "bench_ensembles"]
    assert sum(table.ORDER.values()) == pytest.approx(table.MINUTES * 60)
    assert table.MINUTES * 60 + 2 * table.INSTALLING < 720
    limits = []
    monkeypatch.setattr(
        table,
        "run",
        lambda script, limit, without: limits.append(limit) or table.Ran(script, "", limit),
    )
    table.run_all(table.scripts(FOLDER), table.MINUTES * 60)
    assert all(
        limit >= share - 1.0 for limit, share in zip(limits, table.ORDER.values(), strict=True)
    )


def test_without_other_libraries_their_rows_say_so(table, monkeypatch):
    """No network: the script is told why, and does not try again."""
    monkeypatch.setenv("COMITY_BENCH_SEEDS", "1")
    asked = table._settings(FOLDER / "bench_power.py", "no route to the index")
    assert asked["COMITY_BENCH_WITHOUT"] == "no route to the index"
    assert asked["COMITY_BENCH_SEEDS"] == "1"
    assert "COMITY_BENCH_WITHOUT" not in table._settings(FOLDER / "bench_power.py", "")
