"""Roll calls for the tests: small files made here, and the real ones where they are to hand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.rollcalls import RollCalls, read_roll_calls

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
DATA = Path(os.environ.get("COMITY_DATA") or BESIDE) / "rules"


def real(name: str) -> Path:
    """A file of the reference data; skips the test, saying so, without it."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"there is no rules/{name} in the reference data (COMITY_DATA)")
    return path


@pytest.fixture(scope="session")
def assembly() -> RollCalls:
    """The General Assembly's roll calls, read once for all tests."""
    return read_roll_calls([real("unga_votes_voeten.csv.gz"), real("unga_roll_calls_voeten.csv")])


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of some name and text."""

    def write(text: str | bytes, name: str = "votes.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
