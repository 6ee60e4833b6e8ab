"""Whatever is done to GENIUS files, they are read or refused in words, never half-read."""

import random
import re
from pathlib import Path

import pytest

from comity.bargaining.drawn import middle
from comity.dossier.genius import load_genius
from comity.errors import ComityError
from dossier.genius.test_folders import DOMAIN, PROFILE

_WORD = re.compile(r'"[^"]*"|<[^>]*>|\w+')
_INSTEAD = (
    '""',
    '"nan"',
    '"-1"',
    '"1e400"',
    '"1e9"',
    '"0"',
    "<item/>",
    "<issue>",
    "&a;",
    "\x00",
    "é",
)


def spoilt(text: str, rng: random.Random) -> str:
    """A few words of a file taken out, doubled, or put in place of others."""
    for _ in range(rng.randint(1, 3)):
        words = list(_WORD.finditer(text))
        if not words:
            return text
        at = rng.choice(words)
        instead = rng.choice(["", at[0] * 2, rng.choice(_INSTEAD), rng.choice(words)[0]])
        text = text[: at.start()] + instead + text[at.end() :]
    return text


@pytest.mark.parametrize("seed", range(300))
def test_spoilt_files(seed: int, tmp_path: Path) -> None:
    """A spoilt file gives talks that can be computed with, or a message with a way to mend it."""
    rng = random.Random(seed)
    files = {"domain.xml": DOMAIN, "a.xml": PROFILE, "b.xml": PROFILE}
    for name in rng.sample(sorted(files), rng.randint(1, 2)):
        files[name] = spoilt(files[name], rng)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    dossier, refused = None, None
    try:
        dossier = load_genius(tmp_path)
    except ComityError as error:
        refused = error
    if dossier is None:
        assert refused is not None
        assert refused.mend
        assert refused.place.file is not None
        return
    ((name, talks),) = dossier.talks.items()
    problem = middle(talks, name)
    assert problem.outcomes >= 1
    assert all(abs(worth).max() < 1e37 for worth in problem.worth)
