"""Whose code a module is: covered by a version, or the user's own, which must be looked into."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from sysconfig import get_paths

_COVERED = ("comity", "numpy", "scipy", "numba")
"""Told apart by ``installation``, like Python itself."""


@cache
def covered_by(module: str) -> str | None:
    """What stands for the code of a module: a version of its library. None if it is the user's.

    Comity, the libraries of ``installation`` and Python's own are covered there; another installed
    package by its version and the list of its files with their digests.
    """
    top = module.partition(".")[0]
    if top in _COVERED or top in sys.stdlib_module_names:
        return ""
    if not _installed(top):
        return None
    return "; ".join(_version(name) for name in _distributions().get(top, ())) or None


def _installed(top: str) -> bool:
    """Whether a package lies where packages are installed; one installed to be edited does not."""
    loaded = sys.modules.get(top)
    file = getattr(loaded, "__file__", None)
    paths = [file] if file else list(getattr(loaded, "__path__", ()))
    homes = [Path(get_paths()[kind]).resolve() for kind in ("purelib", "platlib")]
    return bool(paths) and all(
        any(Path(path).resolve().is_relative_to(home) for home in homes) for path in paths
    )


@cache
def _distributions() -> dict[str, list[str]]:
    return {top: sorted(set(names)) for top, names in packages_distributions().items()}


def _version(name: str) -> str:
    from comity.ensemble.fingerprint import digest

    try:
        found = distribution(name)
    except PackageNotFoundError:
        return name
    return f"{name} {found.version} {digest(found.read_text('RECORD') or '')}"
