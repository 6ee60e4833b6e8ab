"""Works out power indices with one library and says how long that took, game by game.

    python run.py LIBRARY INDEX SECONDS GIGABYTES < games.json

INDEX is shapley_shubik or banzhaf; with ``all`` Comity gives both, since it answers them at once.
``games.json`` holds ``games``, each ``{"quota": …, "weights": […]}`` or such games under
``all_of`` and ``any_of``, and ``expected``, the right values by index of each. The first game is
done twice: once *cold*, the import counted in, and once more as the first of the *warm* ones. A
line of JSON per answer goes to stdout. It ends at the first wrong answer, when the CPU seconds
for one answer are used up, and, after that many CPU seconds in all, between two games. Reading
the games and normalising Banzhaf's values to a sum of 1 are not timed.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

Values = list[float]
Ready = Callable[[], Any]
"""A game made ready: what is timed is working out its values, or for Comity all indices."""

INDICES = ("shapley_shubik", "banzhaf")

WRONG = 1e-9


def with_powerindex(index: str, game: dict[str, Any]) -> Ready:
    from powerindex import Game

    def work() -> Values:
        held = Game(game["quota"], list(game["weights"]))
        if index == "banzhaf":
            held.calc_banzhaf()
            return list(held.banzhaf)
        held.calc_shapley_shubik()
        return list(held.shapley_shubik)

    return work


def with_powerindices(index: str, game: dict[str, Any]) -> Ready:
    import powerindices

    ask = powerindices.compute_pbi if index == "banzhaf" else powerindices.compute_ssi
    return lambda: [float(value) for value in ask(game["quota"], list(game["weights"]))]


def with_power_bdd(index: str, game: dict[str, Any]) -> Ready:
    """Members in falling order of weight, which keeps its diagrams small."""
    from power_bdd.bdd import BDD, WeightedGame

    widest = max(counts(game), key=lambda one: len(set(one["weights"])))["weights"]
    order = sorted(range(len(widest)), key=lambda member: -widest[member])

    def diagram(part: dict[str, Any]) -> Any:
        if "quota" in part:
            return BDD(WeightedGame(part["quota"], [part["weights"][i] for i in order]))
        word = "all_of" if "all_of" in part else "any_of"
        first, *others = (diagram(one) for one in part[word])
        for other in others:
            first = first & other if word == "all_of" else first | other
        return first

    def work() -> Values:
        grown = diagram(game)
        found = grown.calc_banzhaf() if index == "banzhaf" else grown.calc_shapley()
        values = [0.0] * len(order)
        for member, value in zip(order, found, strict=True):
            values[member] = float(value)
        return values

    return work


def with_tucoopy(index: str, game: dict[str, Any]) -> Ready:
    from tucoopy.power import banzhaf_index_weighted_voting as banzhaf
    from tucoopy.power import shapley_shubik_index_weighted_voting as shapley_shubik

    ask = banzhaf if index == "banzhaf" else shapley_shubik
    return lambda: ask(game["weights"], game["quota"])


def with_comity(_: str, game: dict[str, Any], *, exact: bool = False) -> Ready:
    """All indices at once."""
    from comity.rules import power as powers

    if "quota" in game:
        held = powers.weighted_game(game["quota"], game["weights"])
        return lambda: powers.power(held, exact=exact)
    procedure, table = as_procedure(game)
    return lambda: powers.power_at(procedure, table, exact=exact)


def with_fractions(index: str, game: dict[str, Any]) -> Ready:
    """All of them exact, Shapley–Shubik values as fractions."""
    return with_comity(index, game, exact=True)


def as_procedure(game: dict[str, Any]) -> tuple[Any, Any]:
    """A joint game as a procedure and its table, read as from a file."""
    import tempfile
    from pathlib import Path

    from comity.rules import seating
    from comity.rules.power import reading

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "game.json"
        file.write_text(json.dumps(game), "utf-8")
        charter = reading.open_game(file)
    return reading.procedure_of(charter), seating(charter)


def counts(game: dict[str, Any]) -> list[dict[str, Any]]:
    if "quota" in game:
        return [game]
    return [one for part in game.get("all_of", game.get("any_of")) for one in counts(part)]


LIBRARIES: dict[str, Callable[[str, dict[str, Any]], Ready]] = {
    "comity": with_comity,
    "comity, fractions": with_fractions,
    "powerindex": with_powerindex,
    "powerindices": with_powerindices,
    "power-bdd": with_power_bdd,
    "tucoopy": with_tucoopy,
}


def by_index(index: str, answer: Any) -> dict[str, Values]:
    """Comity's answer, or another's for one index, as values that sum to 1."""
    if index == "all":
        return {one: list(getattr(answer, one)) for one in INDICES}
    return {index: normalised(answer) if index == "banzhaf" else list(answer)}


def off_by(found: dict[str, Values], expected: dict[str, Values]) -> float:
    gaps = [
        abs(one - right)
        for index in found.keys() & expected.keys()
        for one, right in zip(found[index], expected[index], strict=True)
    ]
    return math.inf if any(map(math.isnan, gaps)) else max(gaps, default=0.0)


def normalised(values: Values) -> Values:
    total = math.fsum(values)
    return [value / total for value in values] if total else values


def main() -> None:
    name, index, seconds, gigabytes = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]
    said = json.load(sys.stdin)
    if float(gigabytes):
        bytes_allowed = int(float(gigabytes) * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (bytes_allowed, bytes_allowed))
    signal.signal(signal.SIGPROF, _out_of_time)
    pairs = list(zip(said["games"], said["expected"], strict=True))
    for number, (game, expected) in enumerate([pairs[0], *pairs]):
        if number > 1 and time.process_time() > enough(name, seconds):
            break
        signal.setitimer(signal.ITIMER_PROF, seconds)
        clock, cpu = time.perf_counter(), time.process_time()
        work = LIBRARIES[name](index, game)
        if number:
            clock, cpu = time.perf_counter(), time.process_time()
        answer = work()
        took = time.perf_counter() - clock, time.process_time() - cpu
        signal.setitimer(signal.ITIMER_PROF, 0)
        values = by_index(index, answer)
        off = off_by(values, expected)
        print(json.dumps({"clock": took[0], "cpu": took[1], "off": off, "values": values}))
        sys.stdout.flush()
        if not off <= WRONG:
            break


def enough(name: str, seconds: float) -> float:
    """CPU seconds in all, after which another library is asked no further seed."""
    fewer = float(os.environ.get("COMITY_BENCH_ENOUGH") or seconds)
    return seconds if name.startswith("comity") else min(seconds, fewer)


def _out_of_time(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
