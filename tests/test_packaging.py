"""The distribution says of itself what it holds."""

import subprocess
import sys
import zipfile
from importlib import metadata, resources
from pathlib import Path

import pytest

import comity

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel that this checkout builds."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_version_is_the_distributions():
    """`comity.__version__` is the version in the installed metadata."""
    assert comity.__version__ == metadata.version("comity")


def test_version_is_the_changelogs():
    """The newest heading of the changelog is the version in the metadata."""
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    newest = next(line for line in lines if line.startswith("## "))
    assert newest.split()[1] == metadata.version("comity")


def test_package_is_marked_as_typed():
    """Type checkers of those who import comity find `py.typed`."""
    assert resources.files(comity).joinpath("py.typed").is_file()


def test_installing_offers_the_command():
    """Installing the distribution offers the command `comity`."""
    (script,) = metadata.distribution("comity").entry_points.select(group="console_scripts")
    assert (script.name, script.value) == ("comity", "comity.cli:main")


def test_wheel_holds_every_file_of_the_package(wheel: set[str]):
    """The wheel holds each file of src/comity: charters, schema, templates and `py.typed`."""
    package = ROOT / "src" / "comity"
    ours = {
        f"comity/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "comity/py.typed" in ours
    assert ours - wheel == set()


def test_wheel_holds_the_demonstration_case(wheel: set[str]):
    """The wheel holds the Yerevan case whole, so that `comity demo` needs no checkout."""
    case = ROOT / "examples" / "cases" / "yerevan-2022"
    files = {
        f"comity/cases/yerevan-2022/{path.relative_to(case).as_posix()}"
        for path in case.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files
    assert files - wheel == set()


def test_lock_names_no_place():
    """The lock holds pinned, hashed packages and no address of an index or a folder."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.lstrip().startswith("#")]
    pinned = [line for line in entries if "==" in line and "--hash" not in line]
    assert pinned
    assert all(line.endswith("\\") for line in pinned), "a pin without a hash"
    assert not [line for line in entries if "://" in line or line.startswith("-")]
