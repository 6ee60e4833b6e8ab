"""One item alone is answered exactly as acceptance answers it (conventions §10, §13, §52)."""

import numpy as np
import pytest

from bargaining.items.some_body import some_body
from comity.acceptance import passes, stances, window_open
from comity.bargaining.items import package_of
from comity.bargaining.items.drafts import drafts_of
from comity.bargaining.items.laid import bound, lay
from comity.dossier import Batch, Keyed
from comity.dossier.draws import Middle
from comity.rules import put_to_table


@pytest.mark.parametrize("seed", range(150))
def test_every_response_to_every_draft(seed: int) -> None:
    """Draft by draft, draw by draw and member by member: stated sets, floors, absences and all."""
    dossier = some_body(seed)
    batch = Batch(dossier, Keyed(seed, 0, 40))
    drafts = drafts_of(Batch(dossier, Middle()), "k0", 21)
    procedure = put_to_table(dossier, "k0")
    laid, held = lay(batch, [drafts], [procedure]), stances(batch, "k0")
    rows = np.arange(1, len(drafts.options))[:, None]
    answers = bound(laid.responses(rows), held.presence)
    assert (answers == held.responses(drafts.texts)).all()
    assert (laid.passes(rows) == passes(held, procedure, drafts.texts)).all()


@pytest.mark.parametrize("seed", range(30))
def test_the_shares_alone(seed: int) -> None:
    """An item alone passes in as many draws as the forecast's window is open."""
    dossier = some_body(seed)
    found = package_of(dossier, "b", ["k0"], seed=seed, draws=50)
    batch, procedure = Batch(dossier, Keyed(seed, 0, 50)), put_to_table(dossier, "k0")
    open_ = window_open(stances(batch, "k0"), procedure)
    assert found.items[0].share_any == pytest.approx(open_.mean())
    for one in found.packages:
        assert one.share_of_draws <= found.items[0].share_any + 1e-12


def test_not_adopting_is_nothing() -> None:
    """The package of all reversions is no package, and nobody objects to it."""
    dossier = some_body(4, items=2)
    middle = Batch(dossier, Middle())
    drafts = [drafts_of(middle, item, 21) for item in ("k0", "k1")]
    laid = lay(middle, drafts, [put_to_table(dossier, item) for item in ("k0", "k1")])
    assert not laid.passes([(0, 0)])[0, 0]
    assert not laid.objects([(0, 0)]).any()


@pytest.mark.trust
def test_every_response_at_length() -> None:
    """Two thousand further bodies, response by response."""
    for seed in range(150, 2150):
        test_every_response_to_every_draft(seed)
