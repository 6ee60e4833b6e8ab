"""Each script on a published table runs and ends in its assertion."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[1] / "examples" / "literature").glob("*.py"))


def run(script: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


def test_there_are_scripts():
    """An empty folder would pass everything below."""
    assert len(SCRIPTS) >= 2


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_published_number_is_reproduced(script: Path):
    """The script asserts it; without its data it says so, and so does this test."""
    done = run(script)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    if done.stdout.startswith("Skipped"):
        pytest.skip(done.stdout.splitlines()[0])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_each_script_ends_in_an_assertion_and_names_its_source(script: Path):
    """What is claimed of the literature is asserted last, and where it stands comes first."""
    tree = ast.parse(script.read_text("utf-8"))
    main = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "main")
    assert isinstance(main.body[-1], ast.Assert)
    assert any(word in (ast.get_docstring(tree) or "") for word in ("Source", "comes with"))


def test_without_its_data_a_script_says_so(tmp_path: Path):
    """It is skipped plainly and does not fail."""
    script = next(script for script in SCRIPTS if script.stem == "cop21_legal_form")
    done = run(script, COMITY_DATA=str(tmp_path))
    assert done.returncode == 0
    assert done.stdout.startswith("Skipped: there is no forecast/cop21_positions.csv")
