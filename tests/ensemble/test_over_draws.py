"""Any function over any number of draws: the same bytes, resumed, failing, told of (§66)."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Keyed
from comity.ensemble import checkpoint as saving
from comity.ensemble import chunks, failing
from comity.ensemble.executors import Threads
from comity.ensemble.failing import EnsembleError
from comity.ensemble.over_draws import over_draws
from comity.errors import ComityError, UnsupportedError
from ensemble.many import Failing, TooLarge, answers, failing_in_company, small, unbounded, wanted

DRAWS = 2_345
LENGTH = 100


@pytest.fixture
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK", LENGTH)


@cache
def once() -> str:
    """The answer of one thread to which nothing happened; chunks of LENGTH."""
    return text(workers=1)


def text(function=answers, **asked) -> str:
    asked = {"draws": DRAWS} | asked
    return json.dumps(over_draws(small(), function, **asked).to_json(), allow_nan=False)


def drawn(count: int = DRAWS) -> np.ndarray:
    return wanted(Batch(small(), Keyed(1, 0, count)))


# ------------------------------------------------------------------ what is answered


@pytest.mark.usefixtures("short_chunks")
def test_summaries_are_those_of_all_draws_at_once():
    """Twenty-four chunks say what one batch of all draws says."""
    found, whole = over_draws(small(), answers, draws=DRAWS), drawn()
    assert found.answered == DRAWS
    assert found["ideal"].mean == pytest.approx(whole.mean(), abs=1e-9)
    assert found["ideal"].sd == pytest.approx(whole.std(), abs=1e-9)
    assert found["high"].share == (whole > 50.0).mean()
    assert found["tens"].counts == dict(
        zip(*(a.tolist() for a in np.unique(whole // 10, return_counts=True)), strict=True)
    )
    assert found["both"].means[0] == pytest.approx(whole.mean(), abs=1e-9)


@pytest.mark.usefixtures("short_chunks")
@pytest.mark.parametrize("workers", [2, 7])
def test_any_number_of_threads_gives_the_same_bytes(workers):
    """Chunks are merged in their order, whoever did them."""
    assert text(on="threads", workers=workers) == once()


@pytest.mark.usefixtures("short_chunks")
def test_processes_give_the_same_bytes():
    """Fresh interpreters draw the same numbers."""
    assert text(on="processes", workers=2) == once()


def test_a_histogram_may_have_another_range():
    """Percentiles of what is not on 0–100 need its ends."""
    found = over_draws(
        small(), lambda b: {"x": wanted(b) * 1000}, draws=500, ends={"x": (0.0, 1e5)}
    )
    exact = np.percentile(drawn(500) * 1000, 50, method="inverted_cdf")
    assert found["x"].percentile(50) == pytest.approx(exact, abs=found["x"].histogram.resolution)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda b: {"x": np.zeros(3)}, "not one number a draw"),
        (lambda b: {"x": np.array(["a"] * b.size)}, "not one number a draw"),
        (lambda b: {"x": 3.0}, "neither an array nor a summary"),
        (lambda b: 3.0, "neither an array nor a summary"),
    ],
)
def test_what_is_no_answer_is_refused(function, said):
    """A function that does not answer draw by draw is told what to return."""
    with pytest.raises(UnsupportedError, match=said):
        over_draws(small(), function, draws=10)


@pytest.mark.parametrize("draws", [0, 10**10])
def test_a_number_of_draws_out_of_range_is_refused(draws):
    """None, or more than anybody could wait for."""
    with pytest.raises(UnsupportedError, match="out of range"):
        over_draws(small(), answers, draws=draws)


def test_there_is_no_such_place():
    """Where the work cannot be done, the ways are named."""
    with pytest.raises(UnsupportedError, match="threads, processes, local"):
        over_draws(small(), answers, draws=10, on="moon")


def test_a_function_that_cannot_be_sent_is_refused():
    """A lambda has no home in another process."""
    with pytest.raises(UnsupportedError, match="top level of a module"):
        over_draws(small(), lambda b: answers(b), draws=10, on="processes")


# ------------------------------------------------------------------ failing draws


@pytest.mark.usefixtures("short_chunks")
@pytest.mark.parametrize("how", ["raise", "nan"])
@pytest.mark.parametrize("on", [None, "threads"])
def test_a_failing_draw_is_named_with_its_inputs_and_the_rest_is_kept(how, on):
    """Each failing draw by its number, every input's value, the others answered."""
    whole, bad = drawn(), (7, 1203, 1204, 2344)
    with pytest.raises(EnsembleError) as caught:
        over_draws(small(), Failing(tuple(whole[list(bad)]), how), draws=DRAWS, on=on, workers=2)
    error = caught.value
    assert [one.draw for one in error.failed] == list(bad)
    for one in error.failed:
        assert one.inputs["positions.limit.ALBA.ideal"] == whole[one.draw]
        assert set(one.inputs) == set(Batch(small(), Keyed(1, 0, 1)).inputs)
    rest = np.delete(whole, bad)
    assert error.ensemble.answered == len(rest)
    assert error.ensemble["ideal"].mean == pytest.approx(rest.mean(), abs=1e-9)
    assert "4 draws gave no answer; the first is draw 7 of seed 1" in str(error)
    assert "Keyed(1, 7, 8)" in str(error)
    assert error.failed[0].error.startswith(
        "ZeroDivisionError: no such share" if how == "raise" else "ArithmeticError"
    )


@pytest.mark.usefixtures("short_chunks")
def test_a_refusal_by_the_function_is_a_failing_draw_too():
    """An error of Comity's kind is no less the function's: its draw is named, the rest kept."""
    whole = drawn()

    def refusing(batch):
        if np.isin(wanted(batch), whole[1203]).any():
            raise UnsupportedError("no answer in this draw", found="x")
        return {"ideal": wanted(batch)}

    with pytest.raises(
        EnsembleError, match="one draw gave no answer; the first is draw 1,203"
    ) as e:
        over_draws(small(), refusing, draws=DRAWS)
    assert e.value.failed[0].error.startswith("UnsupportedError: no answer in this draw")
    assert e.value.failed[0].inputs["positions.limit.ALBA.ideal"] == whole[1203]
    assert e.value.ensemble.answered == DRAWS - 1


@pytest.mark.usefixtures("short_chunks")
def test_a_number_too_large_to_sum_up_is_a_failing_draw(tmp_path):
    """Its square would be no number; it is said, and the checkpoint stays whole."""
    whole, kept = drawn(), tmp_path / "run.ckpt"
    function = TooLarge(float(whole[7]))
    for _ in range(2):
        with pytest.raises(EnsembleError, match=r"beyond 1e\+145, too large to sum up") as caught:
            over_draws(small(), function, draws=DRAWS, checkpoint=kept)
        assert [one.draw for one in caught.value.failed] == [7]
        assert caught.value.ensemble["ideal"].sd == pytest.approx(np.delete(whole, 7).std())
    largest = over_draws(small(), lambda b: {"x": np.full(b.size, 1e145)}, draws=DRAWS)["x"]
    assert largest.mean == pytest.approx(1e145)
    json.dumps(largest.to_json(), allow_nan=False)


@pytest.mark.usefixtures("short_chunks")
def test_a_summary_that_is_no_finite_number_is_not_written(tmp_path):
    """One message, no half checkpoint."""
    kept = tmp_path / "run.ckpt"
    with pytest.raises(ComityError, match=r"a summary holds what is no finite number"):
        over_draws(small(), unbounded, draws=DRAWS, checkpoint=kept)
    assert list(tmp_path.iterdir()) == []


def test_the_failing_draw_fails_again_alone():
    """What the message says to run shows the failure."""
    whole = drawn(50)
    function = Failing((whole[31],))
    with pytest.raises(EnsembleError) as caught:
        over_draws(small(), function, draws=50)
    again = eval(caught.value.failed[0].rerun, {"Batch": Batch, "Keyed": Keyed, "dossier": small()})
    with pytest.raises(ZeroDivisionError):
        function(again)


@pytest.mark.usefixtures("short_chunks")
def test_a_function_that_always_fails_is_given_up():
    """After so many failing draws the rest is not tried."""
    asked = []

    def never(batch):
        asked.append(batch.size)
        raise ValueError("never")

    with pytest.raises(EnsembleError, match="20 draws or more"):
        over_draws(small(), never, draws=100_000, workers=1)
    assert len(asked) < 100


def test_a_failure_that_no_draw_shows_alone_is_not_smoothed_over():
    """If halves succeed where the whole fails, the failure is raised as it is."""
    with pytest.raises(RuntimeError, match="too many at once"):
        over_draws(small(), failing_in_company, draws=50)


# ------------------------------------------------------------------ interrupted and resumed


class Stop(KeyboardInterrupt):
    """Somebody pressed Ctrl-C."""


def stopping_at(share: float):
    def told(done: float) -> None:
        if done >= share:
            raise Stop

    return told


@pytest.mark.usefixtures("short_chunks")
@pytest.mark.parametrize("share", [0.04, 0.3, 1.0])
@pytest.mark.parametrize("workers", [1, 3])
def test_a_run_goes_on_where_it_was_interrupted(share, workers, tmp_path):
    """The bytes are those of a run nobody interrupted, and done chunks are not done again."""
    kept = tmp_path / "run.ckpt"
    with pytest.raises(Stop):
        text(checkpoint=kept, workers=workers, progress=stopping_at(share))
    before = json.loads(kept.read_text())["chunks"]
    assert before == pytest.approx(share * DRAWS / LENGTH, abs=1.0)
    told = []
    assert text(checkpoint=kept, workers=workers, progress=told.append) == once()
    assert len([done for done in told if done < 1.0]) >= before
    assert [path.name for path in tmp_path.iterdir()] == ["run.ckpt"]


@settings(max_examples=5)
@given(st.lists(st.integers(1, 23), max_size=4))
def test_any_number_of_interruptions_leaves_the_answer_alone(stops):
    """Interrupted again and again, wherever it is."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(chunks, "CHUNK", LENGTH)
        kept = Path(folder) / "run.ckpt"
        for stop in sorted(stops):
            with pytest.raises(Stop):
                text(checkpoint=kept, workers=1, progress=stopping_at(stop / 24))
        assert text(checkpoint=kept, workers=1) == once()


def test_a_function_is_known_again_in_another_process():
    """Its digest does not hang on how a process orders sets, and sees what the function holds."""
    code = (
        "from comity.ensemble.fingerprint import of_function; from functools import partial; "
        "from ensemble.many import Failing, answers, named; "
        "print([of_function(f) for f in (answers, Failing((1.0,)), Failing((2.0,)), named, "
        "partial(named, who='x'))])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    (line,) = told
    assert len(set(ast.literal_eval(line))) == 5


@pytest.mark.usefixtures("short_chunks")
def test_a_checkpoint_serves_a_longer_run(tmp_path):
    """A finished run is extended: only whole chunks are kept."""
    kept = tmp_path / "run.ckpt"
    text(draws=950, checkpoint=kept)
    assert text(draws=DRAWS, checkpoint=kept) == once()
    with pytest.raises(UnsupportedError, match="more draws than are asked for"):
        text(draws=950, checkpoint=kept)


@pytest.mark.usefixtures("short_chunks")
def test_failed_draws_are_remembered(tmp_path):
    """What failed before the interruption is told of at the end."""
    whole, kept = drawn(), tmp_path / "run.ckpt"
    function = Failing((whole[7], whole[2000]))
    with pytest.raises(Stop):
        text(function, checkpoint=kept, workers=1, progress=stopping_at(0.5))
    with pytest.raises(EnsembleError) as caught:
        text(function, checkpoint=kept, workers=1)
    assert [one.draw for one in caught.value.failed] == [7, 2000]


@pytest.mark.usefixtures("short_chunks")
@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"seed": 2}, "seed"),
        ({"rho": 0.5}, "rho"),
        ({"ends": {"ideal": (0.0, 50.0)}}, "ends"),
        ({"function": partial(wanted, who="BREN")}, "function"),
    ],
)
def test_a_checkpoint_of_another_question_is_refused(asked, what, tmp_path):
    """Nothing is mixed: the message says in what the two runs differ, and the file stays."""
    kept = tmp_path / "run.ckpt"
    text(checkpoint=kept)
    before = kept.read_bytes()
    with pytest.raises(ComityError, match=f"another run: not the same {what}"):
        text(**({"checkpoint": kept} | asked))
    assert kept.read_bytes() == before


def test_a_checkpoint_of_another_dossier_or_comity_is_refused(tmp_path, monkeypatch):
    """An input changed by a hair, or another version, is another question."""
    kept = tmp_path / "run.ckpt"
    text(draws=6000, checkpoint=kept)
    other = small().model_copy(update={"title": "Another"})
    with pytest.raises(ComityError, match="not the same dossier"):
        over_draws(other, answers, draws=6000, checkpoint=kept)
    monkeypatch.setattr("comity.ensemble.over_draws.installation", lambda: {"comity": "9.9"})
    with pytest.raises(ComityError, match=r"not the same comity\n.*now 9.9"):
        text(draws=6000, checkpoint=kept)


@pytest.mark.parametrize("held", ["my diary", "{}", "[1]", '{"kind": "other", "question": 1}'])
def test_a_file_that_is_no_checkpoint_is_left_alone(held, tmp_path):
    """Nothing that is not ours is written over."""
    kept = tmp_path / "diary.txt"
    kept.write_text(held)
    with pytest.raises(ComityError, match="not a checkpoint of Comity"):
        text(checkpoint=kept)
    assert kept.read_text() == held


@pytest.mark.parametrize("place", ["missing/run.ckpt", "."])
def test_a_place_that_cannot_hold_a_checkpoint_is_refused_at_once(place, tmp_path):
    """Before any work is done."""
    with pytest.raises(ComityError, match="checkpoint"):
        text(checkpoint=tmp_path / place)


@pytest.mark.usefixtures("short_chunks")
def test_a_checkpoint_is_whole_or_the_one_before(tmp_path, monkeypatch):
    """A disk that fails while it is written leaves the last whole one and nothing else."""
    kept = tmp_path / "run.ckpt"
    with pytest.raises(Stop):
        text(checkpoint=kept, progress=stopping_at(0.5))
    before = kept.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ComityError, match="cannot be written"):
        text(checkpoint=kept)
    assert kept.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run.ckpt"]


@pytest.mark.usefixtures("short_chunks")
def test_a_long_run_is_saved_now_and_then(tmp_path, monkeypatch):
    """Not only at its end: a process that is killed loses the last seconds alone."""
    monkeypatch.setattr(saving, "EVERY", 0.0)
    kept, seen = tmp_path / "run.ckpt", []

    def look(done: float) -> None:
        seen.append(json.loads(kept.read_text())["chunks"] if kept.exists() else 0)

    text(checkpoint=kept, workers=1, progress=look)
    assert seen[:5] == [1, 2, 3, 4, 5]


# ------------------------------------------------------------------ flat memory


def test_no_more_is_given_out_than_can_soon_be_taken():
    """A slow first part does not let the others pile up: at most three a worker."""
    begun, first = [], threading.Event()

    def work(part: int) -> int:
        begun.append(part)
        if part == 0:
            first.wait(5.0)
        elif part == 5:
            first.set()
        return part

    taken = []
    Threads(2).each(work, range(50), lambda part: taken.append((part, len(begun))))
    assert [part for part, _ in taken] == list(range(50))
    assert all(already <= part + 1 + 6 for part, already in taken)


def test_failing_draws_told_of_are_few():
    """A message shows some inputs, the error all of them."""
    assert failing.MOST_FAILED == 20


@pytest.mark.trust
def test_ten_million_draws_take_no_more_memory_than_a_few():
    """Under a gigabyte, and hardly more than for a hundred times fewer."""
    code = (
        "import resource, sys; import comity; from ensemble.many import small; "
        "found = comity.predictions(small(), 'compromise', items=['limit'], "
        "draws=int(sys.argv[1]), workers=2); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )

    def megabytes(draws: int) -> float:
        ran = subprocess.run(
            [sys.executable, "-c", code, str(draws)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        return float(ran.stdout)

    few, many = megabytes(100_000), megabytes(10_000_000)
    assert many < 1000.0
    assert many < few + 60.0
