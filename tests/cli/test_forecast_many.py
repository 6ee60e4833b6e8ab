"""`comity forecast --on`, `--checkpoint` and `--sobol`: elsewhere, for long, and which doubt."""

from __future__ import annotations

import json
import os
import re
import signal
import time

import pytest

from comity.dossier.template import template
from comity.ensemble import compared
from comity.ensemble.executors import cluster
from ensemble.test_compared import without_a_core


@pytest.fixture
def starting(tmp_path):
    """The dossier that `comity new` writes."""
    path = tmp_path / "starting.yaml"
    path.write_text(template(), "utf-8")
    return path


def test_a_run_with_a_checkpoint_goes_on_and_says_the_same(comity, starting, tmp_path):
    """The second run reads what the first one kept; a longer one goes on from there."""
    asked = ("forecast", starting, "--model", "compromise", "--model", "consensus", "--json")
    kept = ("--checkpoint", tmp_path / "run.ckpt")
    first = comity(*asked, "--draws", "10000", *kept)
    assert first.code == 0
    assert json.loads((tmp_path / "run.ckpt").read_text())["chunks"] == 2
    assert comity(*asked, "--draws", "10000", *kept).stdout == first.stdout
    longer = comity(*asked, "--draws", "20000", *kept).json()
    fresh = comity(*asked, "--draws", "20000", "--checkpoint", tmp_path / "new.ckpt").json()
    assert longer == fresh
    assert longer["items"]["limit"]["models"]["compromise"]["percentiles"]["50"] is not None
    assert longer["items"]["monitor"]["models"]["compromise"]["point"].keys() == {
        "nobody",
        "members",
        "office",
    }


def test_a_checkpoint_of_another_run_is_refused(comity, starting, tmp_path):
    """One message, and the file as it was."""
    kept = ("--checkpoint", tmp_path / "run.ckpt")
    comity("forecast", starting, "--model", "nash", "--draws", "5000", *kept)
    before = (tmp_path / "run.ckpt").read_bytes()
    other = comity("forecast", starting, "--model", "nash", "--seed", "2", *kept)
    assert other.code == 2
    assert "not the same seed" in other.stderr
    assert (tmp_path / "run.ckpt").read_bytes() == before


def test_over_very_many_draws_models_are_summed_up(comity, starting, monkeypatch):
    """Above the bound a table of means, errors and percentiles; below it the comparison."""
    monkeypatch.setattr(compared, "MOST_DRAWS", 1_000)
    asked = ("forecast", starting, "--model", "all", "--item", "limit")
    many, few = (comity(*asked, "--draws", draws) for draws in ("1001", "1000"))
    assert "Models over many draws" in many.stdout
    assert "weighted median" in many.stdout
    assert "Models side by side" in few.stdout


def test_what_must_be_said_beside_an_answer_is_said(comity, tmp_path):
    """Caveats, and draws in which a model has nothing to say (§54, §57)."""
    path = tmp_path / "case.yaml"
    written = without_a_core("0..100").model_dump(mode="json", by_alias=True, exclude_unset=True)
    path.write_text(json.dumps(written), "utf-8")
    asked = ("forecast", path, "--model", "core", "--model", "exchange", "--draws", "400")
    ran = comity(*asked, "--checkpoint", tmp_path / "run.ckpt")
    said = " ".join(ran.stdout.split())
    assert re.search(r"core: in [45]\d % of draws every text is beaten by another", said)
    assert "Mind: the model “exchange” was left with nobody to trade with" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--checkpoint", "run.ckpt"), "give --model"),
        (("--checkpoint", "run.ckpt", "--model", "nash", "--sobol"), "no --sobol"),
        (("--sobol", "--report", "r.html"), "--report goes neither"),
        (("--sobol", "--model", "all"), "one model at a time"),
        (("--sobol", "--draws", "20"), "128 draws or more"),
        (("--on", "moon"), "the work cannot be done there"),
        (("--model", "nash", "--draws", "10000000000", "--checkpoint", "x"), "out of range"),
    ],
)
def test_what_makes_no_sense_is_refused(comity, starting, options, said):
    """Exit 2 and one message."""
    ran = comity("forecast", starting, *options)
    assert ran.code == 2
    assert said in " ".join(ran.stderr.split())


@pytest.mark.parametrize("options", [(), ("--model", "nash"), ("--sobol",)])
def test_a_scheduler_out_of_reach_is_one_message(comity, starting, options, monkeypatch):
    """Whatever is asked of it."""
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 0.3)
    ran = comity("forecast", starting, *options, "--on", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert ran.stderr.startswith("no scheduler answers at this address")
    assert ran.stdout == ""


@pytest.mark.parametrize("options", [(), ("--model", "compromise", "--model", "nash")])
def test_threads_by_name_change_nothing(comity, starting, options):
    """`--on threads` is what happens anyway."""
    asked = ("forecast", starting, "--draws", "300", "--json", *options)
    assert comity(*asked, "--on", "threads").stdout == comity(*asked).stdout


@pytest.mark.trust
@pytest.mark.parametrize("options", [(), ("--model", "all")])
def test_processes_change_nothing(comity, starting, options):
    """The same bytes from other processes."""
    asked = ("forecast", starting, "--draws", "300", "--json", *options)
    assert comity(*asked, "--on", "processes").stdout == comity(*asked).stdout


def test_which_doubt_moves_the_answer(comity, starting):
    """In words and as JSON: of a model's content, and of adoption."""
    asked = ("forecast", starting, "--item", "limit", "--sobol", "--draws", "1000")
    content = comity(*asked, "--model", "compromise")
    assert content.code == 0
    assert "doubt about what the model “compromise” gives comes from" in content.stdout
    assert "FOR THE PRESIDENCY ONLY" in content.stdout
    found = comity(*asked, "--json").json()["sobol"]["limit"]
    assert found["target"] in ("probability", "any", "text_tabled", "text_any")
    assert found["found"]["rows"] == 256
    totals = [one["total"]["value"] for one in found["found"]["doubts"]]
    assert totals == sorted(totals, reverse=True)


@pytest.mark.trust
@pytest.mark.parametrize("on", ["threads", "processes"])
def test_an_interrupted_run_goes_on(comity, process, starting, tmp_path, on):
    """Ctrl-C in the middle: exit code 130, how to go on, no traceback; then the same bytes."""
    kept, draws = tmp_path / "run.ckpt", "1500000"
    asked = ("forecast", starting, "--model", "compromise", "--item", "limit", "--draws", draws)
    named = [str(part) for part in (*asked, "--on", on, "--checkpoint", kept, "--json")]
    running = process(
        *named,
        prelude="from comity.ensemble import checkpoint; checkpoint.EVERY = 0.0",
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not kept.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, b"")
    first, second = err.decode().splitlines()
    assert first == "interrupted"
    assert second.startswith(f"Run the same command again: it goes on from {kept}, which holds ")
    assert second.endswith(" of 1,500,000 draws.")
    assert 0 < json.loads(kept.read_text())["chunks"] < 300
    again = comity(*named)
    assert again.code == 0
    assert again.stdout == comity(*asked, "--json").stdout
