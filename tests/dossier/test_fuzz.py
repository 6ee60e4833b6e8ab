"""Whatever bytes a file holds, it is read or refused with a `DossierError`, never anything else."""

from __future__ import annotations

import random

from hypothesis import example, given
from hypothesis import strategies as st

from comity.dossier import check, load, loads
from comity.dossier.dump import dump
from comity.dossier.load import _validated
from comity.dossier.strategies import dossiers
from comity.dossier.yamltext import Document, read
from comity.errors import DossierError
from dossier.samples import GOOD, WITH_TALKS, spoiled

BITS = ("{", "}", "[", "]", ": ", "- ", "'", '"', "#", "&a ", "*a", "!!x ", "|", ">", "\t", "\n",
        "..", "null", "~", "-1", "1e400", ".nan", "\u2028", "\x85", "\ufeff", "---", "<<: ", "? ",
        "{a: 1}", "[1]", "true")  # fmt: skip

TALKING = spoiled(WITH_TALKS)


def read_or_refused(document: Document | bytes) -> None:
    """Reads and checks a dossier, or sees it refused in words that are ours."""
    try:
        check(_validated(read(document, "x.yaml") if isinstance(document, bytes) else document))
        told = "x.yaml: read\n  mend:  "
    except DossierError as error:
        told = str(error)
    assert told.startswith("x.yaml")
    assert "  mend:  " in told
    assert "function-" not in told


@given(st.binary(max_size=300))
@example(b"\xff")
@example(b"%YAML 2.0\n--- a")
@example(b"%TAG ! tag:x,2000:\n--- !a b")
@example(b"a: |\n\tb")
def test_random_bytes(raw: bytes):
    """Binary rubbish is refused."""
    read_or_refused(raw)


@given(st.text(max_size=300))
def test_random_text(text: str):
    """Random text is refused."""
    read_or_refused(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.sampled_from(BITS), max_size=60).map("".join))
def test_random_yaml(text: str):
    """Random YAML is refused."""
    read_or_refused(text.encode())


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_spoiled_text(seed: int, wounds: int):
    """A good dossier with pieces put in, taken out or doubled is read or refused."""
    chance = random.Random(seed)
    text = chance.choice((GOOD, TALKING))
    for _ in range(wounds):
        at, length = chance.randrange(len(text)), chance.randrange(12)
        piece = chance.choice((*BITS, "", text[at : at + 40]))
        text = text[:at] + piece + text[at + length :]
    read_or_refused(text.encode())


def _mutated(value: object, chance: random.Random) -> object:
    """The value with one place in it exchanged for something else."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {("x" if k == key else k): v for k, v in value.items()}
        return value | {key: _mutated(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], _mutated(value[at], chance), *value[at + 1 :]]
    return chance.choice((None, True, -1, 10**30, 1e400, "", "ARM", "text", "0..5", [], {}, ["x"],
                          {"low": 1}, {"kind": "consensus"}, {"mean": 1, "sd": 2},
                          "50/50", "ARM 0..5", {"fee": 5}, {"kind": "cap"}, ["fee"]))  # fmt: skip


@given(st.integers(0, 2**32), st.integers(1, 3))
def test_values_of_the_wrong_kind(seed: int, wounds: int):
    """A good dossier with values of any other kind in any place is read or refused."""
    chance = random.Random(seed)
    document = read(chance.choice((GOOD, TALKING)).encode(), "x.yaml")
    for _ in range(wounds):
        document.value = _mutated(document.value, chance)
    read_or_refused(document)


@given(dossiers())
def test_round_trip(dossier: object):
    """What is written down is read again as an equal dossier, with the same findings."""
    again = loads(dump(dossier))
    assert again == dossier
    assert check(again) == check(dossier)
    assert dump(again) == dump(dossier)


def test_round_trip_through_a_file(tmp_path):
    """A dossier written to a file is read from it."""
    file = tmp_path / "dossier.yaml"
    file.write_text(dump(loads(GOOD)), encoding="utf-8")
    assert load(file) == loads(GOOD)
