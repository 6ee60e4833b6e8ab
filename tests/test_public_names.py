"""`import comity`: the public names, and nothing heavy until one is used."""

import subprocess
import sys

import pytest

import comity


def _run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", comity.__all__)
def test_every_public_name_is_there(name):
    """Each name of `comity.__all__` can be had, and `dir` lists it."""
    assert getattr(comity, name) is not None
    assert name in dir(comity)


@pytest.mark.parametrize("name", ["backtest", "forecast", "report"])
@pytest.mark.parametrize(
    "earlier",
    [
        "comity.{name}",
        "import comity.{name}",
        "from comity.{name} import __doc__",
        "import comity.ensemble, comity.report, comity.forecast",
        "comity.figures",
    ],
)
def test_a_function_is_not_displaced_by_the_room_of_its_name(name, earlier):
    """These public names are functions whatever was imported before."""
    program = f"import comity\n{earlier.format(name=name)}\nprint(callable(comity.{name}))"
    assert _run(program) == "True"


@pytest.mark.parametrize("name", ["frontier", "solutions", "fairness", "adjusted_winner"])
def test_a_function_of_the_bargaining_is_not_displaced_by_its_module(name):
    """`comity.frontier` is the function whatever of `comity.bargaining` was imported before."""
    program = (
        f"import comity, comity.bargaining.{name}\n"
        f"from comity.bargaining import {name} as room\n"
        f"print(comity.{name} is room.{name} and callable(comity.{name}))"
    )
    assert _run(program) == "True"


def test_importing_comity_imports_nothing_heavy():
    """`import comity` alone takes in neither NumPy nor pydantic."""
    program = "import sys, comity; print({'numpy', 'pydantic', 'yaml'} & set(sys.modules))"
    assert _run(program) == "set()"


def test_an_unknown_name_is_an_attribute_error():
    """A name that is not public is said to be absent."""
    with pytest.raises(AttributeError, match="no attribute 'forcast'"):
        _ = comity.forcast
