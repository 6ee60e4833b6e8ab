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


@cache
def installation() -> Mapping[str, str]:
    """Versions by name; Comity's with a digest of its source, so that an edited copy differs."""
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
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=5)
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
