"""What a model found out about all items of a batch is worked out once."""

from __future__ import annotations

from typing import Any

import pytest

from comity.dossier import Batch, Keyed
from comity.forecast import ConsensusModel, ExchangeModel, consensus
from comity.forecast.exchange import model as exchange
from comity.forecast.protocol import Forecaster
from forecast.small import dossier

TEXT = {"reversion": 0, "tabled": 50, "by": "A"}
HELD = {"A": {"ideal": "20..60"}, "B": {"ideal": 40, "omega": "0..9"}}
CASE = dossier(dict.fromkeys("xyz", TEXT), dict.fromkeys("xyz", HELD))


@pytest.mark.parametrize(
    ("model", "where", "name"),
    [(ConsensusModel(), consensus, "outcomes"), (ExchangeModel(), exchange, "outcomes_of")],
)
def test_items_of_a_batch_are_settled_together_once(
    model: Forecaster, where: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a batch however many items are asked of it; another batch is another answer."""
    made, work = [], getattr(where, name)

    def counted(*asked: Any) -> Any:
        made.append(asked)
        return work(*asked)

    monkeypatch.setattr(where, name, counted)
    one, other = (Batch(CASE, Keyed(seed, 0, 30)) for seed in (1, 2))
    found = {item: model.predict(one, item).samples for item in "xyz"}
    assert len(made) == 1
    assert not (model.predict(other, "x").samples == found["x"]).all()
    assert len(made) == 2
    for item, samples in found.items():
        assert (model.predict(Batch(CASE, Keyed(1, 0, 30)), item).samples == samples).all()
