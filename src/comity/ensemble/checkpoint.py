"""Where a long run stands, on disk: so that an interruption loses nothing.

A checkpoint belongs to one question: the dossier, the function, the seed, ρ, the length of a
chunk, and the very Comity that made it. It is written beside itself and then put in its place, so
there is always a whole one. It holds whole chunks alone; therefore the same file serves a longer
run of the same question (conventions §66).
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import ComityError, Place

EVERY = 10.0
"""Seconds between two savings."""

KIND = "comity checkpoint 1"


@dataclass(frozen=True)
class Standing:
    """How far a run has come: whole chunks done, the state of their summary, failed draws."""

    chunks: int
    summary: Any
    failed: tuple[Any, ...] = ()


class Checkpoint:
    """The file of one run."""

    def __init__(self, path: Path, question: Mapping[str, str]) -> None:
        self.path = path
        self.question = dict(question)
        self._saved = time.monotonic()

    def standing(self) -> Standing | None:
        """How far the run had come; None if there is no file yet.

        Raises ComityError if the file is no checkpoint, or one of another question.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            self._refuse_in_vain()
            return None
        except (OSError, UnicodeDecodeError) as failure:
            raise self._refusal("this file cannot be read as a checkpoint", str(failure)) from None
        if not text:
            return None
        try:
            held = json.loads(text)
            known = held["kind"] == KIND
            asked = held["question"]
            standing = Standing(held["chunks"], held["summary"], tuple(held["failed"]))
        except (ValueError, KeyError, TypeError):
            known, asked = False, {}
        if not known:
            raise self._refusal("this file is not a checkpoint of Comity, so nothing was done")
        self._refuse_foreign(asked)
        return standing

    def due(self) -> bool:
        return time.monotonic() - self._saved >= EVERY

    def save(self, standing: Standing) -> None:
        """Put the file in its place, whole."""
        held = {
            "kind": KIND,
            "question": self.question,
            "chunks": standing.chunks,
            "failed": list(standing.failed),
            "summary": standing.summary,
        }
        try:
            _write(self.path, json.dumps(held, allow_nan=False))
        except ValueError:
            raise self._refusal(
                "the checkpoint cannot be written: a summary holds what is no finite number",
                mend="have the function answer finite numbers, or leave the checkpoint out",
            ) from None
        except OSError as failure:
            raise self._refusal("the checkpoint cannot be written", failure.strerror) from None
        self._saved = time.monotonic()

    def _refuse_foreign(self, asked: Mapping[str, str]) -> None:
        other = [name for name, held in self.question.items() if asked.get(name) != held]
        if other:
            raise self._refusal(
                f"this checkpoint is of another run: not the same {_listed(other)}",
                "; ".join(
                    f"{name}: {asked.get(name)}, now {self.question[name]}" for name in other
                ),
                "name another file, or ask exactly as that run did",
            )

    def _refuse_in_vain(self) -> None:
        folder = self.path.absolute().parent
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            raise self._refusal("no checkpoint can be written here")

    def _refusal(
        self, problem: str, found: str | None = None, mend: str = "name another file"
    ) -> ComityError:
        return ComityError(problem, place=Place(file=str(self.path)), found=found, mend=mend)


def _write(path: Path, text: str) -> None:
    """Write beside, then rename: whoever looks finds the old file or the new one."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
