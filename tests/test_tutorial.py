"""The tutorials show what the program does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def runner() -> ModuleType:
    place = ROOT / "docs" / "tutorial" / "run.py"
    spec = importlib.util.spec_from_file_location("tutorial", place)
    assert spec is not None
    assert spec.loader is not None
    tutorial = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tutorial)
    return tutorial


@pytest.mark.parametrize("name", ["yerevan.md", "rules.md", "talks.md"])
def test_every_line_of_a_tutorial_holds(name: str, tmp_path: Path) -> None:
    """Each command and each line of Python in a tutorial gives what the page shows."""
    tutorial = runner()
    (place,) = (place for place in tutorial.PAGES if place.name == name)
    page = place.read_text(encoding="utf-8")
    assert page.count("```console") >= 5
    assert page.count("```python") >= 1
    assert list(tutorial.differences(page, tmp_path)) == []


def test_every_page_is_run() -> None:
    """No tutorial is left out."""
    pages = sorted((ROOT / "docs" / "tutorial").glob("*.md"))
    assert sorted(runner().PAGES) == pages


def test_a_page_that_is_wrong_is_found(tmp_path: Path) -> None:
    """A command or a line of Python that gives something else is reported."""
    page = "```console\n$ comity --version\nnonsense\n```\n```python\n>>> 1 + 1\n3\n```\n"
    assert len(list(runner().differences(page, tmp_path))) == 2
