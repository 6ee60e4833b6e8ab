"""What asks for a dossier says so when it is given something else."""

from pathlib import Path
from typing import Any

import pytest

import comity
from comity.ensemble.packages import packages


@pytest.mark.parametrize("ask", [comity.mediate, comity.forecast, packages])
@pytest.mark.parametrize(
    ("given", "found"), [("a.yaml", "a.yaml"), (Path("a.yaml"), "a.yaml"), (None, "NoneType")]
)
def test_a_path_is_no_dossier(ask: Any, given: Any, found: str) -> None:
    """A path is refused with what to write instead, not with an attribute that is missing."""
    with pytest.raises(comity.DossierError) as caught:
        ask(given)
    assert str(caught.value) == (
        f"a dossier is needed here\n  found: {found}\n"
        "  mend:  Read it first: comity.load(path), or comity.loads(text)."
    )


def test_a_dossier_is_no_forecast() -> None:
    """A canvassing sheet asks for a forecast, and says how to get one."""
    with pytest.raises(comity.ComityError, match=r"comity.canvass\(comity.forecast\(dossier\)\)"):
        comity.canvass("a.yaml")  # type: ignore[arg-type]
