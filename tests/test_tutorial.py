"""The tutorial shows what the program does."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_line_of_the_tutorial_holds(tmp_path: Path) -> None:
    """Each command and each line of Python in the tutorial gives what the page shows."""
    place = ROOT / "docs" / "tutorial" / "run.py"
    spec = importlib.util.spec_from_file_location("tutorial", place)
    assert spec is not None
    assert spec.loader is not None
    tutorial = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tutorial)
    page = tutorial.PAGE.read_text(encoding="utf-8")
    assert page.count("```console") >= 5
    assert page.count("```python") >= 3
    assert list(tutorial.differences(page, tmp_path)) == []


def test_a_page_that_is_wrong_is_found(tmp_path: Path) -> None:
    """A command or a line of Python that gives something else is reported."""
    spec = importlib.util.spec_from_file_location("tutorial", ROOT / "docs/tutorial/run.py")
    assert spec is not None
    assert spec.loader is not None
    tutorial = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tutorial)
    page = "```console\n$ comity --version\nnonsense\n```\n```python\n>>> 1 + 1\n3\n```\n"
    assert len(list(tutorial.differences(page, tmp_path))) == 2
