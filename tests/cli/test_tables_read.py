"""Tables people have, at the command line: forecast, converted, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backtest.deu_tables import issue, table
from comity.dossier.load import load
from dossier.formats.written import ACTORS, EXCHANGE


@pytest.fixture
def positions(tmp_path: Path) -> Path:
    path = tmp_path / "positions.csv"
    path.write_text(EXCHANGE, "utf-8")
    return path


def test_models_and_exchanges_of_a_table(comity, positions):
    """The exchanges stand below the models, and under their own key in the JSON."""
    ran = comity("forecast", positions, "--model", "exchange", "--draws", "10")
    assert ran.code == 0
    assert "WHO TRADES WITH WHOM" in ran.stdout
    told = json.loads(
        comity("forecast", positions, "--model", "exchange", "--draws", "10", "--json").stdout
    )
    assert told["exchanges"]["before"]["fees"] == pytest.approx((80 * 0.75 + 20 * 0.1) / 0.85)
    assert set(told["exchanges"]) == {"made", "before", "after"}


def test_without_the_exchange_model_there_are_no_exchanges(comity, positions):
    """Nor are they worked out."""
    told = comity("forecast", positions, "--model", "compromise", "--draws", "10", "--json").stdout
    assert "exchanges" not in json.loads(told)


def test_a_table_becomes_a_dossier(comity, positions, tmp_path):
    """As YAML and as a workbook."""
    for name in ("talks.yaml", "talks.xlsx"):
        ran = comity("new", tmp_path / name, "--from", positions)
        assert (ran.code, ran.stdout, ran.stderr) == (0, f"{tmp_path / name}\n", "")
        assert load(tmp_path / name) == load(positions)


def test_a_malformed_table_is_refused(comity, tmp_path):
    """One message, exit code 2, nothing written."""
    path, out = tmp_path / "x.csv", tmp_path / "out.yaml"
    path.write_text(ACTORS.replace("0.2", "-0.2"), "utf-8")
    for arguments in (("check", path), ("forecast", path), ("new", out, "--from", path)):
        ran = comity(*arguments)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(f"{path}:3: column 4 (salience): a number from 0 to 100")
    assert not out.exists()


def test_a_table_of_eu_decisions_becomes_a_folder(comity, tmp_path):
    """A dossier a proposal; what is there already is kept, unless --force is given."""
    path, folder = tmp_path / "deu.tsv", tmp_path / "decisions"
    path.write_text(table([issue(1), issue(2), issue(1, "n98087")]), "utf-8")
    ran = comity("new", folder, "--from", path)
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"{folder}\n", "")
    assert sorted(file.name for file in folder.iterdir()) == ["d00032.yaml", "n98087.yaml"]
    assert list(load(folder / "d00032.yaml").agenda) == ["d00032i1", "d00032i2"]
    (folder / "d00032.yaml").unlink()
    again = comity("new", folder, "--from", path)
    assert (again.code, again.stdout) == (2, "")
    assert "n98087.yaml: there is something of this name already" in again.stderr
    assert not (folder / "d00032.yaml").exists()
    assert comity("new", folder, "--from", path, "--force").code == 0
    assert (folder / "d00032.yaml").exists()


def test_files_have_names_that_every_system_takes(comity, tmp_path):
    """Long ids are cut, Windows' devices have a suffix, and no two become one."""
    path, folder = tmp_path / "deu.tsv", tmp_path / "decisions"
    ids = ["x" * 300, "x" * 299 + "y", "ü" * 200, "CON", "con", "lpt1", "plain"]
    path.write_text(table([issue(k, name, isnr=f"i{k}") for k, name in enumerate(ids)]), "utf-8")
    ran = comity("new", folder, "--from", path)
    assert (ran.code, ran.stderr) == (0, "")
    stems = sorted(file.stem for file in folder.iterdir())
    assert len({stem.casefold() for stem in stems}) == len(ids)
    assert max(len(stem.encode()) for stem in stems) <= 100
    assert "plain" in stems
    assert not {"con", "lpt1"} & {stem.casefold() for stem in stems}


def test_nothing_is_left_of_a_folder_that_could_not_be_written(comity, tmp_path, monkeypatch):
    """Neither files nor the folder, if it was made for them."""
    path, folder = tmp_path / "deu.tsv", tmp_path / "decisions"
    path.write_text(table([issue(1), issue(1, "n98087")]), "utf-8")
    written = Path.open

    def full(self, *arguments, **named):
        if self.name == "n98087.yaml":
            raise OSError(28, "No space left on device")
        return written(self, *arguments, **named)

    monkeypatch.setattr(Path, "open", full)
    ran = comity("new", folder, "--from", path)
    assert (ran.code, "No space left on device" in ran.stderr) == (2, True)
    assert not folder.exists()


@pytest.mark.parametrize("out", [(), ("out.yaml",)])
def test_many_dossiers_need_a_folder(comity, tmp_path, out):
    """They are neither printed nor written into one file."""
    path = tmp_path / "deu.tsv"
    path.write_text(table([issue(1)]), "utf-8")
    ran = comity("new", *(tmp_path / name for name in out), "--from", path)
    assert (ran.code, ran.stdout) == (2, "")
    assert "mend:  name a folder, as in: comity new decisions --from deu.tsv" in ran.stderr
