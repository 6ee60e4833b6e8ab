"""Any function of a batch over any number of draws, in the memory of a few chunks.

The draws are made in chunks of constant length, wherever the work is done; what each chunk says is
summed up there, and the summaries are merged in the order of the chunks. So the answer depends on
the dossier, the function, the seed and the number of draws, and on nothing else (conventions §66).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from frozendict import frozendict

from comity.dossier import Batch, Dossier, Keyed, refuse_hindsight
from comity.ensemble.checkpoint import Checkpoint, Standing
from comity.ensemble.chunks import chunk_length
from comity.ensemble.counted import refuse_draws
from comity.ensemble.executors import Executor, opened
from comity.ensemble.failing import (
    MOST_FAILED,
    EnsembleError,
    FailedDraw,
    NotAnAnswerError,
    failed_draw,
)
from comity.ensemble.fingerprint import of_function, of_model
from comity.ensemble.histogram import SCALE, Ends
from comity.ensemble.installation import installation
from comity.ensemble.progress import Meter, Tell
from comity.ensemble.summaries import Mergeable, Named, summary_of
from comity.errors import UnsupportedError

Answers = Mapping[str, Any] | Mergeable
"""What a function says of a batch: arrays of shape (draws,) by name, or a summary of its own."""

Function = Callable[[Batch], Answers]

MOST_DRAWS = 1_000_000_000

LARGEST = 1e145
"""Of an answer: the squares of so many can still be added up."""


@dataclass(frozen=True)
class Ensemble:
    """What a function says over many draws. ``answered`` draws are in ``summary``.

    ``failed``: the draws without an answer, at most a few.
    """

    seed: int
    draws: int
    answered: int
    summary: Any
    failed: tuple[FailedDraw, ...] = ()

    def __getitem__(self, name: str) -> Any:
        """The summary of one answer."""
        return self.summary.parts[name]

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return {
            "seed": self.seed,
            "draws": self.draws,
            "answered": self.answered,
            "answers": None if self.summary is None else self.summary.to_json(),
            "failed": [one.to_json() for one in self.failed],
        }


def over_draws(
    dossier: Dossier,
    function: Function,
    *,
    draws: int,
    seed: int = 1,
    rho: float = 0.0,
    ends: Mapping[str, Ends] | None = None,
    on: str | Executor | None = None,
    workers: int | None = None,
    checkpoint: str | Path | None = None,
    progress: Tell | None = None,
) -> Ensemble:
    """Ask a function of every draw of a dossier and sum up what it says.

    ``function`` is given a batch of n draws and returns a mapping from names to arrays of shape
    (n,): yes or no, whole numbers, or numbers; or of shape (n, K), whose means are kept; or a
    summary of its own (``Mergeable``). Each draw must be answered by itself, whatever draws are
    beside it. ``ends``: the range of an answer's histogram where that is not 0 to 100.

    ``on`` and ``workers`` say where the work is done (``executors.opened``) and change the time,
    never the answer. ``checkpoint`` names a file that is kept up to date, and from which the same
    question goes on after an interruption. ``progress`` is told the share of the work done.

    Raises EnsembleError if some draws failed, once the rest is done; DossierError if the dossier
    knows anything later than its ``as_of``; UnsupportedError for what cannot be asked, and of a
    function whose checkpoint could not be told from another's; ComityError for a checkpoint of
    another question.
    """
    refuse_draws(draws, MOST_DRAWS)
    refuse_hindsight(dossier)
    asked = Asked(dossier, function, seed, rho, frozendict(ends or {}))
    run = _Run(asked, draws, chunk_length(dossier), Meter(progress))
    with opened(on, workers) as executor:
        return run.ensemble(executor, None if checkpoint is None else Path(checkpoint))


@dataclass(frozen=True)
class Answered:
    """What is known of successive draws: their summary, None if there is none, and failures."""

    count: int = 0
    summary: Any = None
    failed: tuple[FailedDraw, ...] = ()

    def merged(self, later: Answered) -> Answered:
        first, second = self.summary, later.summary
        both = (first or second) if first is None or second is None else first.merged(second)
        return Answered(self.count + later.count, both, (*self.failed, *later.failed))

    @property
    def hopeless(self) -> bool:
        return len(self.failed) >= MOST_FAILED


@dataclass(frozen=True)
class Asked:
    """A function asked of a dossier's draws; called with a chunk, it sums up what is said there."""

    dossier: Dossier
    function: Function
    seed: int
    rho: float = 0.0
    ends: Mapping[str, Ends] = field(default_factory=frozendict)

    def __call__(self, chunk: tuple[int, int]) -> Answered:
        """What draws ``start`` to ``stop`` say; a failing draw is sought by halving."""
        start, stop = chunk
        try:
            return Answered(stop - start, self._summary(start, stop))
        except (NotAnAnswerError, MemoryError):
            raise
        except Exception as failure:
            if stop - start == 1:
                found = failed_draw(self.dossier, self.seed, self.rho, start, failure)
                return Answered(0, None, (found,))
            halved = self._halved(start, stop)
            if not halved.failed:  # no draw fails by itself: that is not ours to smooth over
                raise
            return halved

    def question(self, length: int) -> dict[str, str]:
        """What a checkpoint must agree on."""
        return {
            "dossier": of_model(self.dossier),
            "function": of_function(self.function),
            "seed": str(self.seed),
            "rho": repr(self.rho),
            "ends": repr(sorted(self.ends.items())),
            "chunk length": str(length),
            **installation(),
        }

    def _halved(self, start: int, stop: int) -> Answered:
        middle = (start + stop) // 2
        first = self((start, middle))
        return first if first.hopeless else first.merged(self((middle, stop)))

    def _summary(self, start: int, stop: int) -> Any:
        answers = self.function(Batch(self.dossier, Keyed(self.seed, start, stop), self.rho))
        if not isinstance(answers, Mapping):
            return _own_summary(answers)
        return Named({n: self._one(n, held, stop - start) for n, held in answers.items()})

    def _one(self, name: str, held: Any, size: int) -> Any:
        if not isinstance(held, np.ndarray):
            return _own_summary(held, name)
        if held.dtype.kind not in "biuf" or held.ndim not in (1, 2) or len(held) != size:
            raise NotAnAnswerError(
                f"the answer '{name}' is not one number a draw",
                found=f"an array of shape {held.shape} of {held.dtype} for {size} draws",
                mend=f"return an array of shape ({size},) of numbers, or of yes and no",
            )
        if held.dtype.kind == "f" and not np.isfinite(held).all():
            raise ArithmeticError(f"the answer '{name}' is not a finite number")
        if held.dtype.kind == "f" and held.size and np.abs(held).max() > LARGEST:
            raise ArithmeticError(f"the answer '{name}' is beyond {LARGEST:g}, too large to sum up")
        return summary_of(held, self.ends.get(name, SCALE))


def _own_summary(held: Any, name: str = "") -> Any:
    if isinstance(held, Mergeable):
        return held
    raise NotAnAnswerError(
        f"the answer{f' {name!r}' if name else ''} is neither an array nor a summary",
        found=type(held).__name__,
        mend="return a mapping from names to arrays with one entry a draw",
    )


@dataclass(frozen=True)
class _Run:
    """A question with how many draws it is asked of."""

    asked: Asked
    draws: int
    length: int
    meter: Meter

    def ensemble(self, executor: Executor, path: Path | None) -> Ensemble:
        kept = None if path is None else Checkpoint(path, self.asked.question(self.length))
        state = _State(self, kept, *self._resumed(kept))
        done = self.meter.stage(1.0, self.chunks)
        for _ in range(state.chunks):
            done()

        def take(answered: Answered) -> None:
            state.take(answered)
            done()

        try:
            if not state.answered.hopeless:
                executor.each(self.asked, self.parts(state.chunks), take)
        except _HopelessError:
            pass
        finally:
            state.save()
        found = state.result()
        made = Ensemble(self.asked.seed, self.draws, found.count, found.summary, found.failed)
        if made.failed:
            raise EnsembleError(made)
        self.meter.finish()
        return made

    @property
    def chunks(self) -> int:
        return -(-self.draws // self.length)

    def parts(self, done: int) -> Iterator[tuple[int, int]]:
        for start in range(done * self.length, self.draws, self.length):
            yield start, min(start + self.length, self.draws)

    def _resumed(self, kept: Checkpoint | None) -> tuple[int, Answered]:
        standing = None if kept is None else kept.standing()
        if kept is None or standing is None:
            return 0, Answered()
        if standing.chunks > self.draws // self.length:
            raise UnsupportedError(
                "the checkpoint already holds more draws than are asked for",
                found=f"{standing.chunks * self.length:,} draws in {kept.path}",
                mend="ask for as many or more, or name another file",
            )
        return standing.chunks, _restored(standing, self.asked.seed)


class _HopelessError(Exception):
    """So many draws fail that the rest is not worth having."""


class _State:
    """How far a run has come. What is kept changes in one assignment, so none is half done."""

    def __init__(self, run: _Run, kept: Checkpoint | None, chunks: int, answered: Answered) -> None:
        self._run = run
        self._kept = kept
        self._saved = chunks
        self._now = (chunks, answered)
        self._last: Answered | None = None

    @property
    def chunks(self) -> int:
        return self._now[0]

    @property
    def answered(self) -> Answered:
        return self._now[1]

    def take(self, answered: Answered) -> None:
        chunks, before = self._now
        if (chunks + 1) * self._run.length > self._run.draws:
            self._last = answered  # a short chunk, which no checkpoint holds
            return
        self._now = (chunks + 1, before.merged(answered))
        if self.answered.hopeless:
            raise _HopelessError
        if self._kept is not None and self._kept.due():
            self.save()

    def save(self) -> None:
        """Keep what is done on disk, if that is wanted and there is anything new."""
        chunks, answered = self._now
        if self._kept is not None and chunks > self._saved:
            self._kept.save(_standing(chunks, answered))
            self._saved = chunks

    def result(self) -> Answered:
        return self.answered if self._last is None else self.answered.merged(self._last)


def _standing(chunks: int, answered: Answered) -> Standing:
    summary = answered.summary
    if summary is not None and not isinstance(summary, Named):
        raise UnsupportedError(
            "only answers by name can be kept in a checkpoint",
            found=type(summary).__name__,
            mend="return a mapping from a name to the summary, or leave the checkpoint out",
        )
    state = None if summary is None else summary.state()
    failed = [one.to_json() for one in answered.failed]
    return Standing(chunks, {"count": answered.count, "parts": state}, tuple(failed))


def _restored(standing: Standing, seed: int) -> Answered:
    held = standing.summary
    parts = None if held["parts"] is None else Named.restored(held["parts"])
    failed = (
        FailedDraw(one["draw"], seed, one["error"], frozendict(one["inputs"]))
        for one in standing.failed
    )
    return Answered(held["count"], parts, tuple(failed))
