"""Which whole numbers make something largest, then something else smallest, within linear bounds? Asked of HiGHS.

One thread, a fixed beginning and rows in a fixed order: the same question is answered the same way.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

import highspy
import numpy as np

SLACK = 0.01
"""How exactly an aim is kept while the next is asked: aims are whole numbers, so nothing fits in between."""
CLOSE = 0.9
"""A bound that is nearer than this to what was found proves it the best, for the same reason."""
TOLERANCE = 1e-9

Terms = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Aim:
    """What was reached, and what could be reached at most (or least) as far as was proven."""

    value: int
    bound: int


@dataclass
class Mip:
    """Columns, rows and what has been found so far."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)
    found: list[float] | None = None
    is_in_time: bool = True
    """Whether no search was ended by time."""

    def column(self, upper: float, *, whole: bool = False) -> int:
        """A new unknown from 0 to `upper`; returns its number."""
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def at_most(self, terms: Iterable[tuple[int, float]], limit: float = 0.0) -> None:
        """The sum of the terms is no more than the limit."""
        self.between(-highspy.kHighsInf, terms, limit)

    def equal(self, terms: Iterable[tuple[int, float]], value: float = 0.0) -> None:
        """The sum of the terms is the value."""
        self.between(value, terms, value)

    def between(self, low: float, terms: Iterable[tuple[int, float]], high: float) -> None:
        """The sum of the terms lies between these two. Each column stands in a row once: the solver relies on it."""
        factors: dict[int, float] = {}
        for column, factor in terms:
            factors[column] = factors.get(column, 0.0) + factor
        kept = [(column, factor) for column, factor in factors.items() if factor]
        if kept:
            self.rows.append((low, high, kept))

    def smallest(self, aim: Terms, until: float, nodes: int) -> Aim | None:
        """Make the sum as small as can be and keep it there from now on; None where nothing was found."""
        if not self.lower:
            return Aim(0, 0)
        solver = self._solver(aim, until, nodes)
        if self.found is not None:
            hint = highspy.HighsSolution()
            hint.col_value = self.found
            solver.setSolution(hint)
        solver.run()
        self.is_in_time &= solver.getModelStatus() != highspy.HighsModelStatus.kTimeLimit
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        self.found = list(solver.getSolution().col_value)
        value = round(sum(self.found[column] * factor for column, factor in aim))
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            bound = value
        else:
            bound = min(value, _up(info.mip_dual_bound))
        self.at_most(aim, value + SLACK)
        return Aim(value, bound)

    def _solver(self, aim: Terms, until: float, nodes: int) -> highspy.Highs:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        for option, value in (
            ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", CLOSE),
            ("mip_feasibility_tolerance", TOLERANCE), ("primal_feasibility_tolerance", TOLERANCE),
            ("mip_max_nodes", nodes), ("time_limit", max(until - time.monotonic(), 0.05)),
        ):  # fmt: skip
            solver.setOptionValue(option, value)
        solver.passModel(self._model(aim))
        return solver

    def _model(self, aim: Terms) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.rows)
        costs = np.zeros(len(self.lower))
        for column, factor in aim:
            costs[column] += factor
        model.col_cost_, model.col_lower_, model.col_upper_ = costs, self.lower, self.upper
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in self.whole]
        model.row_lower_ = [low for low, _, _ in self.rows]
        model.row_upper_ = [high for _, high, _ in self.rows]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = model.num_col_, model.num_row_
        matrix.start_ = np.cumsum([0, *(len(terms) for _, _, terms in self.rows)])
        matrix.index_ = np.array([column for _, _, terms in self.rows for column, _ in terms])
        matrix.value_ = np.array([factor for _, _, terms in self.rows for _, factor in terms])
        return model


def _up(bound: float) -> int:
    if not -1e18 < bound < 1e18:
        return -(10**18)
    return ceil(bound - SLACK)
