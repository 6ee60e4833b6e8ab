"""Whatever two dossiers, what changed between them can be told (§68)."""

import io
import json
from contextlib import redirect_stdout
from datetime import date

from hypothesis import assume, given, settings

from comity.cli.diff import _show
from comity.cli.envelope import enveloped
from comity.dossier.agenda import cycle
from comity.dossier.strategies import dossiers
from comity.ensemble.difference import difference

ANY = dossiers(max_members=3, max_items=3)


class _Out(io.TextIOWrapper):
    """A stdout in memory."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")


@given(old=ANY, new=ANY)
@settings(max_examples=6, deadline=None)
def test_any_two_dossiers_have_their_difference_told(old, new):
    """Every common item has its heading, and the JSON is finite."""
    sides = [dossier.model_copy(update={"as_of": date.max}) for dossier in (old, new)]
    assume(not any(cycle(dossier) for dossier in sides))
    found = difference(*sides, draws=30, orders=4, workers=1)
    out = _Out()
    with redirect_stdout(out):
        _show(found)
    shown = out.buffer.getvalue().decode()
    for item in found.items:
        assert f"\n{item.upper()}\n" in shown
    assert " nan" not in shown
    said = json.loads(enveloped("diff", _without(found.to_json()), seed=1, draws=30))
    assert len(said["changes"]) == len(found.changes)
    assert list(said["items"]) == list(found.items)


def _without(result):
    return {name: told for name, told in result.items() if name not in ("seed", "draws")}
