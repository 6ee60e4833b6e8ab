"""Options in plain words: numbers as people write them, refusals and help without types."""

from __future__ import annotations

import re

import pytest

from comity.cli.reference import helps


@pytest.mark.parametrize("written", ["200", "2e2", "2E+2", "0.2e3", "2_00"])
def test_a_number_may_be_written_short(comity, contested, written):
    """`--draws 1e6` is a million; the answer is that of the number written out."""
    asked = ("forecast", contested, "--item", "later", "--json")
    assert comity(*asked, f"--draws={written}").json()["draws"] == 200
    assert comity(*asked, "--draws", written).json()["draws"] == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--draws", "1e6x"), "'1e6x' is no whole number; write 10000, 10_000 or 1e4"),
        (("--draws=1.5",), "'1.5' is no whole number"),
        (("--draws", "1.5e0"), "'1.5e0' is no whole number"),
        (("--draws", "1e400"), "'1e400' is no whole number"),
        (("--draws", "0"), "'0' is too small; the least is 1"),
        (("--seed", "5", "--seed", "-1"), "'-1' is too small; the least is 0"),
        (("--model",), "Option '--model' requires an argument"),
    ],
)
def test_a_refusal_says_what_was_found(comity, contested, given, said):
    """In words of ours, with the help of the very verb, and exit code 2."""
    ran = comity("forecast", contested, *given)
    assert (ran.code, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert ran.stderr.endswith("\n  help:  comity forecast --help\n")
    assert "Input should" not in ran.stderr


@pytest.mark.parametrize("verb", ["forecast", "diff", "mediate", "backtest"])
def test_no_arguments_at_all_is_misuse(comity, verb):
    """What is missing is named, with the verb's help."""
    ran = comity(verb)
    assert (ran.code, ran.stdout) == (2, "")
    assert "Missing" in ran.stderr
    assert ran.stderr.endswith(f"help:  comity {verb} --help\n")


def test_a_value_that_looks_like_an_option_stays_as_it_is(comity, contested):
    """What follows an option of words is not read as a number."""
    ran = comity("forecast", contested, "--item", "1e2")
    assert "'1e2'" in ran.stderr or "1e2" in ran.stderr
    assert "100" not in ran.stderr


@pytest.mark.parametrize(("path", "text"), list(helps()))
def test_help_names_no_type_of_the_program(path, text):
    """No `<Path>`, no `<int range>`, no `INTEGER`: what to give is said in words."""
    listed = text[text.index("Options:") :] + text.partition("Arguments:")[2]
    assert not re.search(r"<\w+|\bINTEGER\b|\bFLOAT\b", listed), path
