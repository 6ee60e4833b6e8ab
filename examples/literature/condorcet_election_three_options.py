"""A probabilistic Condorcet election among three options, by three processes.

Source of the figures: the demonstration of elections that comes with KTAB (King Abdullah Petroleum
Studies and Research Center, MIT licence), `kmodel --pce`, which draws its own votes: a Mersenne
Twister seeded with KTAB's default, its words run through KTAB's transformation, makes squares of
numbers between 1 and 10. With that seed the votes for one option against another are those below,
the chance of victory goes by the square of votes, and the three processes come to

    uniform      .6351  .2148  .1501
    incentive    .5094  .2796  .2110
    conditional  .8659  .1241  .0100

The uniform process is p_i ← Σ_j v_ij (p_i + p_j) / N. Its limit is the Perron vector of
(V + diag(V1)) / N, which is checked here too, and not the leading eigenvector of V.
"""

from __future__ import annotations

import numpy as np

from comity.forecast.election import ElectionRules, chances_from_coalitions

VOTES = np.array(
    [
        [0.0, 12.09900015, 54.92066955],
        [10.33302132, 0.0, 27.07891792],
        [5.00670238, 55.04678783, 0.0],
    ]
)
"""Row i, column j: the votes for option i against option j."""

KTAB = {
    "uniform": (0.6351, 0.2148, 0.1501),
    "incentive": (0.5094, 0.2796, 0.2110),
    "conditional": (0.8659, 0.1241, 0.0100),
}


def victories() -> np.ndarray:
    """v[i, j] = U_ij² / (U_ij² + U_ji²), and a half against oneself."""
    squares = VOTES**2 + np.eye(3)
    return squares / (squares + squares.T)


def iterated(v: np.ndarray, times: int = 500) -> np.ndarray:
    """The recurrence, from even chances."""
    p = np.full(3, 1 / 3)
    for _ in range(times):
        p = (v * (p[:, None] + p[None, :])).sum(axis=1) / 3
    return p


def leading(matrix: np.ndarray) -> np.ndarray:
    """The leading eigenvector, summing to 1."""
    values, vectors = np.linalg.eig(matrix)
    vector = np.real(vectors[:, np.argmax(np.real(values))])
    return vector / vector.sum()


def main() -> None:
    found = {
        process: chances_from_coalitions(VOTES, ElectionRules(process=process)) for process in KTAB
    }
    for process, chances in found.items():
        print(f"{process:12}" + "".join(f"{each:8.4f}" for each in chances))
    v = victories()
    perron = leading((v + np.diag(v.sum(axis=1))) / 3)
    print(f"{'Perron':12}" + "".join(f"{each:8.4f}" for each in perron))
    print(f"{'V alone':12}" + "".join(f"{each:8.4f}" for each in leading(v)) + "  (not KTAB's)")
    assert np.allclose(found["uniform"], perron, atol=1e-12)
    assert np.allclose(found["uniform"], iterated(v), atol=1e-12)
    assert not np.allclose(found["uniform"], leading(v), atol=1e-2)
    assert {name: tuple(np.round(each, 4)) for name, each in found.items()} == KTAB


if __name__ == "__main__":
    main()
