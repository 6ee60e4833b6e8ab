"""The package with the largest weighted sum of utilities, without the frontier, by HiGHS.

The talks as an integer programme: one 0–1 variable for each option, one option for each issue;
forbidden combinations and caps as linear constraints; what two options are worth together through
a product variable. HiGHS works with tolerances, so every package it finds is put to the problem
itself: its utilities are recomputed, and one that breaks a limit or falls short of what was asked
is excluded, and the programme solved again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.bargaining.problem import SAME, Floats, Package, Problem
from comity.bargaining.waiting import waited_for
from comity.errors import UnsupportedError

TOLERANCE = 1e-9
"""Of HiGHS's constraints and integrality."""

PATIENCE = 45.0
"""Seconds for one programme that is to be exact, after which it is refused."""

TRIES = 100
"""How many packages that fail only by the solver's tolerance are excluded before giving up."""

FEWER = "take in fewer issues, options or interactions, or state red lines that rule more out."
"""What helps where even single packages are hard to find."""

Terms = dict[int, float]
"""Column to coefficient."""


@dataclass(frozen=True, eq=False)
class Highest:
    """A package and its utilities (parties,); ``value`` of what was to be largest.

    No package has a value above ``bound``, as HiGHS reports it; ``gap`` is what lies between.
    ``steps`` of the simplex method it took.
    """

    package: Package
    utilities: Floats
    value: float
    bound: float
    steps: int = 0

    @property
    def gap(self) -> float:
        """By how much a better package could be better."""
        return max(0.0, self.bound - self.value)


def highest(
    problem: Problem,
    weights: Sequence[float] | Floats,
    above: Floats | None = None,
    seconds: float | None = None,
) -> Highest | None:
    """The allowed package with the largest Σ weightsᵢ uᵢ, every party at least at ``above``.

    None if there is no such package. After ``seconds`` the best one found counts, and ``gap``
    says how much is left open; without them the answer is exact, and UnsupportedError is raised
    if HiGHS comes to none within ``PATIENCE`` seconds.
    """
    programme = Programme(problem, above, seconds)
    weighted = np.asarray(weights, dtype=float)
    for party, weight in enumerate(weighted):
        for column, worth in programme.utility(party).items():
            programme.cost[column] += weight * worth
    found = programme.solved()
    if found is None:
        return None
    package, bound = found
    utilities = problem.utilities([package])[0]
    return Highest(package, utilities, float(weighted @ utilities), bound, programme.steps)


@dataclass(eq=False)
class Programme:
    """Packages of a problem that give every party at least ``above``, as an integer programme.

    ``steps`` of the simplex method are counted. Columns may be added and their ``cost``, which is
    maximised, changed; rows added with ``row``.
    """

    problem: Problem
    above: Floats | None = None
    seconds: float | None = None
    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, Terms, float]] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        self.options = [self.columns(size, whole=True) for size in self.problem.sizes]
        for columns in self.options:
            self.row(1.0, dict.fromkeys(columns, 1.0), 1.0)
        self.pairs = [self._products(both.first, both.second) for both in self.problem.interactions]
        for limit in self.problem.limits:
            for never in limit.never:
                terms: Terms = {}
                for issue, mask in never.marked:
                    _add(terms, ((self.options[issue][o], 1.0) for o in np.flatnonzero(mask)))
                self.row(-np.inf, terms, len(never.marked) - 1.0)
            for cap in limit.at_most:
                terms = {}
                for issue, amount in cap.amounts:
                    _add(terms, zip(self.options[issue], amount.tolist(), strict=True))
                self.row(-np.inf, terms, cap.bound + SAME * max(1.0, abs(cap.bound)))
        for party, floor in enumerate(() if self.above is None else self.above):
            self.row(float(floor) - SAME, self.utility(party), np.inf)

    def columns(
        self, count: int, *, whole: bool = False, lower: float = 0.0, upper: float = 1.0
    ) -> range:
        """New columns; whole numbers or not."""
        first = len(self.cost)
        self.cost += [0.0] * count
        self.lower += [lower] * count
        self.upper += [upper] * count
        self.whole += [whole] * count
        return range(first, first + count)

    def row(self, lower: float, terms: Terms, upper: float) -> None:
        """A constraint: lower ≤ Σ coefficient × column ≤ upper."""
        self.rows.append((lower, terms, upper))

    def utility(self, party: int) -> Terms:
        """A party's utility as a sum over columns."""
        terms: Terms = {}
        for columns, worth in zip(self.options, self.problem.worth, strict=True):
            _add(terms, zip(columns, worth[:, party].tolist(), strict=True))
        for columns, both in zip(self.pairs, self.problem.interactions, strict=True):
            _add(terms, zip(columns, both.worth[:, :, party].ravel().tolist(), strict=True))
        return terms

    def _products(self, first: int, second: int) -> range:
        """Columns that are 1 where two options meet: their sums are the options themselves."""
        sizes = self.problem.sizes
        columns = self.columns(sizes[first] * sizes[second])
        table = np.array(columns).reshape(sizes[first], sizes[second])
        for own, met in zip(self.options[first], table, strict=True):
            self.row(0.0, {own: -1.0} | dict.fromkeys(met.tolist(), 1.0), 0.0)
        for own, met in zip(self.options[second], table.T, strict=True):
            self.row(0.0, {own: -1.0} | dict.fromkeys(met.tolist(), 1.0), 0.0)
        return columns

    def solved(self) -> tuple[Package, float] | None:
        """The package at the optimum and the proven bound on its cost; None: there is none.

        Raises UnsupportedError if HiGHS ends without an answer.
        """
        for _ in range(TRIES):
            found = self._optimum()
            if found is None or self._holds(found[0]):
                return found
            here = (columns[o] for columns, o in zip(self.options, found[0], strict=True))
            self.row(-np.inf, dict.fromkeys(here, 1.0), len(self.options) - 1.0)
        raise UnsupportedError(
            f"{TRIES} packages in a row met what was asked only within the solver's tolerance.",
            mend="look whether a bound or a reservation value is met almost but not quite.",
        )

    def _holds(self, package: Package) -> bool:
        if not self.problem.allowed([package])[0]:
            return False
        utilities = self.problem.utilities([package])[0]
        return self.above is None or bool((utilities >= np.asarray(self.above) - SAME).all())

    def _optimum(self) -> tuple[Package, float] | None:
        import highspy

        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            solver.setOptionValue(option, value)
        solver.setOptionValue("time_limit", PATIENCE if self.seconds is None else self.seconds)
        solver.passModel(self._model(highspy))
        waited_for(solver.run)
        status = solver.getModelStatus()
        self.steps += int(solver.getInfo().simplex_iteration_count)
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        late = status == highspy.HighsModelStatus.kTimeLimit
        if late and self.seconds is None:
            raise UnsupportedError(
                "These talks are too large, also without the frontier: one integer programme takes "
                f"longer than {PATIENCE:g} seconds.",
                mend=FEWER,
            )
        some = np.isfinite(solver.getInfo().mip_gap)
        if status != highspy.HighsModelStatus.kOptimal and not (late and some):
            raise UnsupportedError(
                "HiGHS ended without an answer.",
                found=solver.modelStatusToString(status),
                mend="allow it more seconds, or take in fewer issues or options.",
            )
        values = np.array(solver.getSolution().col_value)
        package = tuple(int(np.argmax(values[list(columns)])) for columns in self.options)
        return package, float(solver.getInfo().mip_dual_bound)

    def _model(self, highspy: Any) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.array(self.cost)
        model.col_lower_, model.col_upper_ = np.array(self.lower), np.array(self.upper)
        model.row_lower_ = np.array([row[0] for row in self.rows])
        model.row_upper_ = np.array([row[2] for row in self.rows])
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in self.whole]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(row[1]) for row in self.rows)])
        model.a_matrix_.index_ = np.array([c for row in self.rows for c in row[1]])
        model.a_matrix_.value_ = np.array([a for row in self.rows for a in row[1].values()])
        return model


_OPTIONS = {
    "output_flag": False,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": TOLERANCE,
    "primal_feasibility_tolerance": TOLERANCE,
    "mip_feasibility_tolerance": TOLERANCE,
    "threads": 1,
    "random_seed": 0,
}


def _add(terms: Terms, more: Iterable[tuple[int, float]]) -> None:
    for column, coefficient in more:
        terms[column] = terms.get(column, 0.0) + coefficient
