"""How far a forecast has come: told often, from any thread, and never backwards."""

import threading

import pytest

from comity.dossier import loads
from comity.dossier.template import template
from comity.ensemble import forecast
from comity.ensemble.progress import Meter

DOSSIER = loads(template())


def test_parts_of_all_stages_add_up_to_the_whole():
    """Each part of a stage counts the same, and the end is told as 1."""
    told = []
    meter = Meter(told.append)
    first, second = meter.stage(0.5, 2), meter.stage(0.25, 1)
    for done in (first, first, second, meter.finish):
        done()
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_threads_never_tell_of_less_than_was_told_before():
    """With eight threads telling at once, what is told only grows and ends where it must."""
    told = []
    done = Meter(told.append).stage(1.0, 8 * 500)
    threads = [
        threading.Thread(target=lambda: [done() for _ in range(500)], daemon=True) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == sorted(told)
    assert len(told) == 4000
    assert told[-1] == pytest.approx(1.0)


def test_nobody_need_listen():
    """Without a listener the parts may be told all the same, and nothing happens."""
    meter = Meter()
    meter.stage(0.5, 3)()
    meter.finish()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_forecast_tells_after_every_chunk(workers):
    """A forecast of many chunks tells of each, by whichever thread, and ends with 1 once."""
    told = []
    made = forecast(DOSSIER, draws=30_000, workers=workers, progress=told.append)
    assert told == sorted(told)
    assert told.count(1.0) == 1
    assert told[-1] == 1.0
    assert len([share for share in told if share <= 0.6]) >= 6  # chunks of 5,000
    assert max(later - now for now, later in zip([0.0, *told], told, strict=False)) <= 0.11
    assert made.to_json() == forecast(DOSSIER, draws=30_000, workers=3 - workers).to_json()


def test_a_dossier_without_an_agenda_is_done_at_once():
    """Nothing to forecast: told once that all is done."""
    told = []
    forecast(DOSSIER.model_copy(update={"agenda": {}, "positions": {}}), progress=told.append)
    assert told == [1.0]
