"""Large bodies and long agendas are answered whole, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
MOST_MEGABYTES = 1500

SCRIPT = """
import resource
import sys

sys.path.insert(0, {tests!r})
from comity.ensemble import forecast
from ensemble.test_edges import sound
from forecast.small import body, dossier

names = [f"M{{k}}" for k in range({members})]
held = {{who: {{"ideal": "0..100"}} for who in names}}
agenda = {{f"x{{k}}": {{"reversion": 0, "tabled": 60}} for k in range({items})}}
for k in range(1, {items}):
    agenda[f"x{{k}}"]["requires"] = [f"x{{k - 1}}"] if k % 7 else []
of = dossier(agenda, dict.fromkeys(agenda, held), {{"b": body(*names, omega="0..20")}})
found = forecast(of, draws={draws}, workers=2)
sound(found)
assert len(found.items) == {items}
first = found.items["x0"]
assert len(first.responses) == {members}
assert first.conflicts_unsearched == 0.0
# an ideal of 30 or more lets 60 pass by itself, and ω helps the others
assert all(0.6 < given.support <= 1.0 - given.object for given in first.responses.values())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.trust
@pytest.mark.parametrize(
    ("members", "items", "draws"), [(200, 1, 1000), (50, 1, 20_000), (6, 60, 10_000)]
)
def test_what_is_large_fits(members: int, items: int, draws: int):
    """Two hundred members, or sixty items, in a process of their own."""
    script = SCRIPT.format(tests=str(TESTS), members=members, items=items, draws=draws)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) < MOST_MEGABYTES


def test_a_body_of_thirty_is_answered():
    """The same on a smaller scale, each time the tests run."""
    script = SCRIPT.format(tests=str(TESTS), members=30, items=2, draws=400)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
