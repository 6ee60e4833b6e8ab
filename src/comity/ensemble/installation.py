"""Which Comity this is, to the last letter: numbers from two different ones are never mixed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

_COUNTING = ("numpy", "scipy", "numba")
"""Libraries whose versions may change the last digits."""

ROOT = Path(__file__).resolve().parents[1]
"""The folder of the package."""


@cache
def installation() -> Mapping[str, str]:
    """Versions by name; Comity's with a digest of its files, so that an edited copy differs."""
    found = {"comity": f"{version('comity')}+{_digest()}"}
    found |= {name: version(name) for name in _COUNTING}
    found["Python"] = ".".join(str(part) for part in sys.version_info[:2])
    return found


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """What differs, each as ``name: here … , there …``."""
    names = dict.fromkeys((*here, *there))
    return [
        f"{name} {there.get(name, 'missing')} instead of {here.get(name, 'missing')}"
        for name in names
        if here.get(name) != there.get(name)
    ]


def _digest() -> str:
    """Of every file of the package, its data too; line ends aside, and what Python compiles."""
    digest = hashlib.blake2b(digest_size=8)
    for name, path in sorted(_files().items()):
        held = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(held)}\0".encode())
        digest.update(held)
    return digest.hexdigest()


def _files() -> dict[str, Path]:
    found = (path for path in ROOT.rglob("*") if "__pycache__" not in path.relative_to(ROOT).parts)
    return {path.relative_to(ROOT).as_posix(): path for path in found if path.is_file()}
