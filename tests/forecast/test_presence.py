"""Members that are away or without instructions answer nothing else (§6, §10)."""

from __future__ import annotations

import pytest

from forecast.plain import decides
from forecast.small import PROCEDURES, body, certainly, dossier, settle

OBJECTS, SUPPORTS = {"ideal": 0, "salience": 100}, {"ideal": 80, "salience": 100}


@pytest.mark.parametrize("presence", ["absent", "no_instructions"])
def test_an_objector_that_is_not_there_does_not_block(presence: str):
    """Its objection would block; its silence does not, and it is no sponsor either."""
    item = {"x": {"reversion": 0, "tabled": 80}}
    held = {"A": SUPPORTS, "B": OBJECTS}
    assert certainly(settle(dossier(item, {"x": held}))["x"].adopted) is False
    away = held | {"B": OBJECTS | {"presence": presence}}
    assert certainly(settle(dossier(item, {"x": away}))["x"].adopted) is True
    alone = {"A": OBJECTS, "B": SUPPORTS | {"presence": presence}}
    assert certainly(settle(dossier(item, {"x": alone}))["x"].adopted) is False


def test_nobody_there_adopts_nothing():
    """Silence of all is no decision, for nobody puts a text forward."""
    held = {who: SUPPORTS | {"presence": "absent"} for who in "AB"}
    found = settle(dossier({"x": {"reversion": 0, "tabled": 80, "procedure": "silence"}},
                           {"x": held}))["x"]  # fmt: skip
    assert certainly(found.text_any) is False
    assert certainly(found.sponsorless) is True


@pytest.mark.parametrize("name", PROCEDURES)
@pytest.mark.parametrize("others", ["support", "object", "stand_aside"])
@pytest.mark.parametrize("absent", range(5))
@pytest.mark.parametrize("silent", range(3))
def test_every_procedure_counts_the_absent_in_its_own_way(
    name: str, others: str, absent: int, silent: int
):
    """The base of a majority, the quorum and the objections, on the tabled draft (§7)."""
    views = {
        "support": SUPPORTS,
        "object": OBJECTS,
        "stand_aside": {"ideal": 0, "salience": 100, "omega": 100},
    }
    held = {"A": SUPPORTS, "B": views[others], "C": views[others]}
    held |= {f"away{k}": OBJECTS | {"presence": "absent"} for k in range(absent)}
    held |= {f"mute{k}": OBJECTS | {"presence": "no_instructions"} for k in range(silent)}
    of = dossier({"x": {"reversion": 0, "tabled": 80, "procedure": name}}, {"x": held},
                 {"b": body(*held)})  # fmt: skip
    answers = ["support", others, others, *["absent"] * absent, *["no_instructions"] * silent]
    expected = decides(of.procedure("x"), answers)
    assert certainly(settle(of)["x"].adopted) == expected
