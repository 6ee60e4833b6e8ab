"""Responses in words."""

import pytest

from comity.dossier.response import Response
from comity.errors import RuleError
from comity.rules import read_responses


@pytest.mark.parametrize("response", Response)
def test_every_label_is_read(response: Response):
    """The label of each response is read, with underscores, hyphens or spaces."""
    for mark in "_- ":
        word = response.label.replace("_", mark)
        assert read_responses({"A": word, "B": f"  {word.upper()} "}) == dict.fromkeys(
            "AB", response
        )


@pytest.mark.parametrize(
    ("word", "response"),
    [
        ("in favour", Response.SUPPORT),
        ("Abstains", Response.STAND_ASIDE),
        ("without instructions", Response.NO_INSTRUCTIONS),
        ("away", Response.ABSENT),
        ("against", Response.OBJECT),
    ],
)
def test_other_words_are_read(word: str, response: Response):
    """Words of the conference room are read too."""
    assert read_responses({"A": word}) == {"A": response}


def test_responses_pass_through():
    """A response need not be put in words first."""
    assert read_responses({"A": Response.ABSENT}) == {"A": Response.ABSENT}


@pytest.mark.parametrize("found", ["perhaps", "", 3, None, 1.0])
def test_anything_else_is_refused(found: object):
    """Neither an unknown word nor a bare number is taken for a response."""
    with pytest.raises(RuleError, match="The response of 'A' is not a known one"):
        read_responses({"A": found})


def test_bare_yes_in_yaml_is_explained():
    """A bare yes reaches us as true; the error says to quote it."""
    with pytest.raises(RuleError, match="A bare yes or no is read as true or false"):
        read_responses({"A": True})
