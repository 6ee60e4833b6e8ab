"""What the README shows runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.cli.app import command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_last_example_in_python_runs(monkeypatch):
    """Its two ways to the mean of a model agree, as its comment says."""
    monkeypatch.chdir(ROOT)
    held: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", README, re.DOTALL)[-1], held)
    nash = held["summed"].items["assessment"]["nash"].mean
    assert 100 - held["found"]["gap"].mean == pytest.approx(nash, abs=1e-9)
    assert held["doubt"].found.doubts[0].group.aspect


def test_every_name_it_tells_of_is_public():
    """`comity.…`, and the functions named in words."""
    named = set(re.findall(r"\bcomity\.([a-z_]+)\(", README))
    listed = README.partition("More of them: ")[2].partition(". This example")[0]
    named |= set(re.findall(r"`([a-z_]+)`", listed))
    assert {"over_draws", "score_passages", "forecast"} <= named
    assert named <= set(comity.__all__)


def test_every_command_and_option_it_shows_exists():
    """Verbs and long options of each line that begins with `comity`."""
    verbs = command().commands
    lines = re.findall(r"^comity (\w+)(.*?)(?: +#.*)?$", README, re.MULTILINE)
    assert len(lines) > 20
    for verb, rest in lines:
        options = {name for each in verbs[verb].params for name in each.opts}
        assert set(re.findall(r"(?<= )--[a-z]+", rest)) <= options, (verb, rest)


def test_every_file_it_points_to_is_there():
    """Links within the repository."""
    for link in re.findall(r"\]\((?!http|#)([^)#]+)", README):
        assert (ROOT / link).exists(), link
