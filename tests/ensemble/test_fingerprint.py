"""Whether a function is the one of a checkpoint: all that its answer can hang on counts (§66)."""

from __future__ import annotations

import copyreg
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from textwrap import dedent
from threading import Lock

import numpy as np
import pytest

from comity.ensemble import chunks, installation
from comity.ensemble.fingerprint import of_function
from comity.ensemble.over_draws import over_draws
from comity.errors import ComityError, UnsupportedError
from ensemble.many import small

BASE = """
    import functools
    import numpy as np
    from dataclasses import dataclass, field
    import helper_{n}
    from helper_{n} import helped, Base

    LIMIT = 10
    TABLE = {{"ALBA": (1.0, [2, 3])}}
    GRID = np.arange(4.0)

    def inner(x):
        return helped(x) > LIMIT

    def even(k):
        return k == 0 or odd(k - 1)

    def odd(k):
        return k != 0 and even(k - 1)

    @functools.cache
    def cached(x):
        return x + 1

    @functools.wraps(inner)
    def decorated(x):
        return inner(x)

    @dataclass(frozen=True)
    class Rule(Base):
        at: float = 1.0
        kept: tuple = field(default=(), compare=False)
        SHIFT = 4

        @property
        def doubled(self):
            return self.at * 2

        @staticmethod
        def fixed():
            return 5

        @classmethod
        def made(cls):
            return cls(6)

        def __call__(self, batch):
            return self.doubled + self.fixed() + self.SHIFT + self.based()

    RULE = Rule(3.0)

    def plain(batch):
        return 1

    def asked(batch):
        if even(4):
            return {{"far": [inner(x) for x in TABLE], "all": (lambda: GRID)(), "c": cached(1)}}
        return RULE(batch) + helper_{n}.OFFSET + getattr(helper_{n}, "HIDDEN") + decorated(2)

    def importing(batch):
        from helper_{n} import OFFSET
        return OFFSET
"""

HELPER = """
    OFFSET = 1
    HIDDEN = 2
    SCALE = 3

    class Base:
        def based(self):
            return 7

    def helped(x):
        return x * SCALE
"""

_numbers = count()


@pytest.fixture
def module(tmp_path, monkeypatch) -> Callable[..., object]:
    """A fresh module of the user's with its helper; some text in either replaced."""
    monkeypatch.syspath_prepend(tmp_path)
    n = next(_numbers)

    def made(old: str = "", new: str = "") -> object:
        base, helper = dedent(BASE.format(n=n)), dedent(HELPER)
        assert old in base + helper
        (tmp_path / f"helper_{n}.py").write_text(helper.replace(old, new) if old else helper)
        (tmp_path / f"mine_{n}.py").write_text(base.replace(old, new) if old else base)
        for name in (f"helper_{n}", f"mine_{n}"):
            sys.modules.pop(name, None)
        shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
        importlib.invalidate_caches()
        return importlib.import_module(f"mine_{n}")

    return made


CHANGES = [
    ("LIMIT = 10", "LIMIT = 60"),
    ("(1.0, [2, 3])", "(1.0, [2, 4])"),
    ("np.arange(4.0)", "np.arange(4.0) + 1e-9"),
    ("OFFSET = 1", "OFFSET = 2"),
    ("HIDDEN = 2", "HIDDEN = 3"),
    ("SCALE = 3", "SCALE = 4"),
    ("x * SCALE", "x / SCALE"),
    ("k == 0 or", "k == 1 or"),
    ("k != 0 and", "k != 2 and"),
    ("x + 1", "x + 2"),
    ("self.at * 2", "self.at * 3"),
    ("return 5", "return 8"),
    ("cls(6)", "cls(9)"),
    ("SHIFT = 4", "SHIFT = 5"),
    ("return 7", "return 8"),
    ("Rule(3.0)", "Rule(4.0)"),
    ("Rule(3.0)", "Rule(3.0, (1,))"),
    ("return inner(x)", "return not inner(x)"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_whatever_the_answer_hangs_on_counts(module, old, new):
    """Globals, what is called, properties, static and class methods, base classes, helpers."""
    first = of_function(module().asked)
    assert of_function(module().asked) == first
    assert of_function(module(old, new).asked) != first


def test_an_import_within_a_function_counts(module):
    """Not only what is imported at the top."""
    first = of_function(module().importing)
    assert of_function(module("OFFSET = 1", "OFFSET = 2").importing) != first


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_what_a_function_does_not_read_does_not_count(module, old, new):
    """Another function's globals are not its own."""
    assert of_function(module().plain) == of_function(module(old, new).plain)


def test_it_is_the_same_in_every_process(module, tmp_path):
    """Whatever the order of sets, the place in memory, or whether the code was compiled before."""
    name = module().__name__
    code = (
        "from comity.ensemble.fingerprint import of_function as f; "
        f"import {name} as m; print(f(m.asked), f(m.RULE), f(m.importing))"
    )
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


GENERATOR = np.random.default_rng(1)


def drawing(batch):
    return {"x": GENERATOR.random(batch.size)}


class Plain:
    """Holds what nobody can see."""

    def __call__(self, batch):
        return {"x": np.ones(batch.size)}


PLAIN = Plain()


def through_plain(batch):
    return PLAIN(batch)


@pytest.mark.parametrize(
    ("function", "found"),
    [
        (drawing, "GENERATOR → a Generator"),
        (through_plain, "PLAIN → a Plain"),
        (Plain(), "a Plain"),
        (partial(np.full, fill_value=Lock()), "a lock"),
    ],
)
def test_what_cannot_be_described_is_refused(function, found, tmp_path):
    """Before any work; the message says where it was found and what to do."""
    with pytest.raises(UnsupportedError, match="cannot be told whether") as caught:
        over_draws(small(), function, draws=5, checkpoint=tmp_path / "run.ckpt")
    assert str(caught.value.found).endswith(found)
    assert "functools.partial arguments or in a frozen dataclass" in caught.value.mend
    assert not (tmp_path / "run.ckpt").exists()


LIMIT = 10.0


def far(batch):
    return {"far": batch.values("positions.limit.ALBA.ideal") > LIMIT}


def test_two_functions_are_never_mixed(tmp_path, monkeypatch):
    """A global changed between two runs: the checkpoint is refused, and stays."""
    monkeypatch.setattr(chunks, "CHUNK", 100)
    kept = tmp_path / "run.ckpt"
    over_draws(small(), far, draws=500, checkpoint=kept)
    before = kept.read_bytes()
    monkeypatch.setattr(sys.modules[__name__], "LIMIT", 60.0)
    with pytest.raises(ComityError, match="not the same function"):
        over_draws(small(), far, draws=1_000, checkpoint=kept)
    assert kept.read_bytes() == before


def test_one_byte_of_any_file_is_another_comity(tmp_path, monkeypatch):
    """Coefficients, schemas and templates count like code; what Python compiles does not."""
    copy = tmp_path / "comity"
    shutil.copytree(installation.ROOT, copy, ignore=shutil.ignore_patterns("__pycache__"))
    here = installation._digest()
    monkeypatch.setattr(installation, "ROOT", copy)
    assert installation._digest() == here
    compiled = copy / "forecast" / "__pycache__"
    compiled.mkdir()
    (compiled / "models.pyc").write_bytes(b"compiled")
    assert installation._digest() == here
    kinds = {
        path.suffix: path for path in copy.rglob("*") if path.is_file() and path.stat().st_size
    }
    kinds.pop(".pyc")
    assert {".py", ".json", ".jinja"} <= set(kinds)
    for path in kinds.values():
        held = path.read_bytes()
        path.write_bytes(held[:-1] + b"#")
        assert installation._digest() != here, path
        path.write_bytes(held)
    assert installation._digest() == here
    copy.joinpath("more.csv").write_text("")
    assert installation._digest() != here


def test_having_been_sent_changes_nothing():
    """Pickling notes the slots of a class on the class itself; that is no other function."""
    kind = dataclass(frozen=True)(type("Sent", (), {"__annotations__": {"low": "float"}}))
    before = of_function(kind)
    copyreg._slotnames(kind)
    assert "__slotnames__" in vars(kind)
    assert of_function(kind) == before
