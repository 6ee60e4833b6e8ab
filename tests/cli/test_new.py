"""`comity new`: a dossier to start from, and nothing overwritten by accident."""

import os
from pathlib import Path

import pytest

from comity.dossier.load import load
from comity.dossier.template import template


def test_the_dossier_is_written_and_its_path_printed(comity, tmp_path):
    """The file holds the template, byte for byte; stdout holds the path alone."""
    path = tmp_path / "a rather long name " / ("x" * 100 + ".yaml")
    path.parent.mkdir()
    ran = comity("new", path)
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"{path}\n", "")
    assert path.read_bytes() == template().encode()


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_without_a_path_it_is_printed(comity, arguments):
    """Without a path, or with -, the dossier itself goes to stdout."""
    assert comity("new", *arguments).stdout == template()


def test_what_new_writes_passes_check(comity, tmp_path):
    """The starting dossier can be read, and no check finds anything in it."""
    path = tmp_path / "dossier.yaml"
    assert comity("new", path).code == 0
    assert load(path).comity == 1
    checked = comity("check", path, "--strict", "all")
    assert (checked.code, checked.stderr) == (0, "")


def test_what_exists_is_kept(comity, tmp_path):
    """A file that exists is refused and stays as it was, unless --force is given."""
    path = tmp_path / "dossier.yaml"
    path.write_text("mine", "utf-8")
    ran = comity("new", path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{path}: there is something of this name already")
    assert "--force" in ran.stderr
    assert path.read_text("utf-8") == "mine"
    assert comity("new", path, "--force").code == 0
    assert path.read_text("utf-8") == template()


@pytest.mark.parametrize("where", ["absent/dossier.yaml", "file/dossier.yaml", "x" * 300, "folder"])
def test_where_nothing_can_be_written_is_misuse(comity, tmp_path, where):
    """A path that cannot be written is named, with the system's reason: exit code 2."""
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    ran = comity("new", tmp_path / where, "--force")
    assert (ran.code, ran.stdout) == (2, "")
    assert "the dossier could not be written" in ran.stderr


def test_a_name_that_is_not_utf8_is_written_and_printed_as_it_is(process, tmp_path):
    """A path in another encoding comes back byte for byte."""
    ran = process("new", b"caf\xe9.yaml")
    assert ran.communicate() == (b"caf\xe9.yaml\n", b"")
    assert (Path(os.fsencode(tmp_path).decode()) / os.fsdecode(b"caf\xe9.yaml")).exists()
