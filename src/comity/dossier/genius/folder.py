"""A folder of GENIUS files: one domain, and a profile for each party."""

from __future__ import annotations

import os
from pathlib import Path

from comity.dossier.genius.domain import Domain, domain_of
from comity.dossier.genius.elements import Element, parsed
from comity.dossier.genius.notes import breaks_of, notes_of
from comity.dossier.genius.profile import (
    Profile,
    Utilities,
    profile_of,
    refuse_off_scale,
    refuse_too_much,
)
from comity.dossier.genius.talks import dossier_of
from comity.dossier.model import Dossier
from comity.dossier.paths import listed
from comity.dossier.yamltext import LIMIT
from comity.dossier.yamltrouble import too_big
from comity.errors import DossierError, Place

_SUFFIX, _YAML = ".xml", (".yaml", ".yml")
_ROOTS = (b"<negotiation_template", b"<utility_space")
_HEAD = 4_096
"""Bytes within which the root of a GENIUS file begins."""
_ONE_DOMAIN = "Keep one domain and the profiles of its parties; take all other XML files out."


def holds_genius(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a folder that holds XML files and no YAML: GENIUS files, then."""
    folder = Path(path)
    try:
        suffixes = {file.suffix.lower() for file in folder.iterdir() if _counts(file)}
    except (OSError, ValueError):
        return False
    return _SUFFIX in suffixes and not suffixes.intersection(_YAML)


def genius_beside_yaml(folder: Path) -> Path | None:
    """The first GENIUS file of a folder; beside YAML it cannot be told which of them is meant."""
    try:
        files = sorted(f for f in folder.iterdir() if _counts(f) and f.suffix.lower() == _SUFFIX)
        return next((file for file in files if file.is_file() and _begins_as_genius(file)), None)
    except OSError:
        return None


def _begins_as_genius(file: Path) -> bool:
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    return any(root in head for root in _ROOTS)


def load_genius(path: str | os.PathLike[str], utilities: Utilities | None = None) -> Dossier:
    """Read a folder of GENIUS files: one domain, and a profile for each party.

    ``utilities``: *genius* divides an issue's evaluations by the largest of them, *raw* leaves all
    numbers as written; without it, raw where the files break GENIUS's own format and genius
    elsewhere (conventions §53). What a reader must know of the reading stands in the dossier's
    ``note``. Raises ``DossierError`` with file and line, or ``UnsupportedError`` for what GENIUS
    has and we have not: real-valued issues, profiles that are not additive, trees of objectives.
    """
    folder = Path(path)
    domain, profiles, passed_over = _read(folder)
    breaks = breaks_of(domain, profiles)
    reading: Utilities = utilities or ("raw" if breaks else "genius")
    if reading == "genius":
        for profile in profiles:
            refuse_off_scale(profile, domain)
    for profile in profiles:
        refuse_too_much(profile, domain, reading)
    notes = notes_of(domain, profiles, reading, () if utilities else breaks, passed_over)
    return dossier_of(folder.resolve().name, domain, profiles, reading, notes)


# --- reading the files


def _counts(file: Path) -> bool:
    return not file.name.startswith(".") and not file.is_dir()


def _read(folder: Path) -> tuple[Domain, list[Profile], list[str]]:
    """The domain, the profiles by file name, and XML files that are neither."""
    templates, spaces, others = [], [], []
    for file, root in _roots(folder):
        if root.tag == "negotiation_template":
            templates.append((file, root))
        elif root.tag == "utility_space":
            spaces.append((file, root))
        else:
            others.append(file.name)
    if len(templates) != 1:
        raise _one_domain(folder, [file for file, _ in templates])
    if len(spaces) < 2:
        raise _two_profiles(folder, [file for file, _ in spaces])
    domain = domain_of(templates[0][1])
    return domain, [profile_of(root, file, domain) for file, root in spaces], others


def _roots(folder: Path) -> list[tuple[Path, Element]]:
    try:
        files = sorted(f for f in folder.iterdir() if _counts(f) and f.suffix.lower() == _SUFFIX)
    except OSError as error:
        raise _unreadable(folder, error) from None
    found, left = [], LIMIT
    for file in files:
        raw = _bytes(file, left)
        left -= len(raw)
        found.append((file, parsed(raw, file)))
    return found


def _bytes(file: Path, limit: int) -> bytes:
    try:
        if not file.is_file():
            raise DossierError("this is not a file", place=Place(str(file)), mend="Take it out.")
        if (size := file.stat().st_size) > limit:
            raise too_big(str(file), size + LIMIT - limit, LIMIT, _ONE_DOMAIN)
        with file.open("rb") as stream:
            return stream.read(limit)
    except OSError as error:
        raise _unreadable(file, error) from None


def _unreadable(path: Path, error: OSError) -> DossierError:
    return DossierError(
        "this cannot be read",
        place=Place(str(path)),
        found=error.strerror or str(error),
        mend="Check the path and its permissions.",
    )


def _one_domain(folder: Path, found: list[Path]) -> DossierError:
    return DossierError(
        "a folder of GENIUS files holds one domain file, <negotiation_template>",
        place=Place(str(folder)),
        found=listed(file.name for file in found) or "none",
        mend="Keep one domain in the folder, with the profiles that belong to it.",
    )


def _two_profiles(folder: Path, found: list[Path]) -> DossierError:
    return DossierError(
        "talks need at least two profiles, <utility_space>",
        place=Place(str(folder)),
        found=listed(file.name for file in found) or "none",
        mend="Put each party's profile beside the domain file.",
    )
