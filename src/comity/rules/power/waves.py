"""Compiled loops of ``inversion``: which frequencies matter, and sums over them. Import lazily."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.kernels import Floats, Whole, compiled

Complex = NDArray[np.complex128]

CELLS, FINER = 64, 8
"""Cells of a row, looked at at once; of the next row, so many times finer."""
SHARE = CELLS // FINER
"""Cells that make a row of finer ones."""


@compiled
def turned(twice: int, weight: int, period: int) -> tuple[float, float]:
    """Cosine and sine of the angle of twice/2 · weight/period turns, to a few roundings.

    The angle is reduced in whole numbers (modulo 2⁶⁴) so that nothing is lost.
    """
    whole = np.int64(np.rint(float(twice) * float(weight) / (2.0 * float(period))))
    rest = twice * weight - whole * 2 * period
    x = 1.5707963267948966 * (float(rest) / (2.0 * float(period)))
    q = x * x
    sine = x * (
        1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72 * (1 - q / 110 * (1 - q / 156)))))
    )
    cosine = 1 - q / 2 * (
        1 - q / 12 * (1 - q / 30 * (1 - q / 56 * (1 - q / 90 * (1 - q / 132 * (1 - q / 182)))))
    )
    for _ in range(2):
        sine, cosine = 2 * sine * cosine, 1 - 2 * sine * sine
    return cosine, sine


@compiled
def turns_of(weights: Whole, period: int, sizes: Whole) -> Floats:
    """[level, member]: cosine and sine by which the cells of a row turn on, and of half a cell.

    The half cell's slack is 2 (never reached) where a cell may turn more than half a turn.
    """
    tables = np.zeros((sizes.size, weights.size, 2 * CELLS + 2))
    for level in range(sizes.size):
        size = sizes[level]
        for j in range(weights.size):
            for x in range(CELLS):
                cosine, sine = turned(2 * x * size, weights[j], period)
                tables[level, j, x] = cosine
                tables[level, j, CELLS + x] = sine
            cosine, sine = turned(size - 1, weights[j], period)
            tables[level, j, 2 * CELLS] = cosine
            tables[level, j, 2 * CELLS + 1] = sine
            if 0.5 * (size - 1) * (weights[j] / period) > 0.45:
                tables[level, j, 2 * CELLS] = 2.0
    return tables


@compiled
def may_matter(
    weights: Whole,
    halves: Floats,
    limits: Floats,
    period: int,
    start: int,
    size: int,
    tables: Floats,
    product: Floats,
    least: Floats,
    near: Floats,
) -> bool:
    """Squared bounds in each of a row of cells, into ``product``; False if all are below limits.

    A factor's squared size is 1 − 2p(1 − p)(1 − cos α), ``halves`` the 2p(1 − p) of each group
    and, last, the largest of them. Within a cell of half-width δ the cosine is at most that
    of |α| − δ, and 1 if |α| < δ. ``least`` bounds the smallest factor from below.
    """
    groups = product.shape[0]
    product[:] = 1.0
    least[:] = 1.0
    for j in range(weights.size):
        table = tables[j]
        slack = table[2 * CELLS]
        if slack > 1.5:
            return True
        more = table[2 * CELLS + 1]
        cosine, sine = turned(2 * start + size - 1, weights[j], period)
        for x in range(CELLS):
            cos = cosine * table[x] - sine * table[CELLS + x]
            sin = sine * table[x] + cosine * table[CELLS + x]
            close = cos * slack + abs(sin) * more
            near[x] = 1.0 - (1.0 if cos >= slack else close) - 1e-13
        largest = halves[groups, j]
        for x in range(CELLS):
            least[x] = min(least[x], 1.0 - largest * near[x])
        for g in range(groups):
            half = halves[g, j]
            into = product[g]
            for x in range(CELLS):
                into[x] *= 1.0 - half * near[x]
        if j % 4 == 3 and not any_above(product, limits, least):
            return False
    return any_above(product, limits, least)


@compiled
def any_above(product: Floats, limits: Floats, least: Floats) -> bool:
    above = 0
    for g in range(product.shape[0]):
        for x in range(CELLS):
            above += product[g, x] >= limits[g] * least[x]
    return above > 0


@compiled
def frequencies_that_matter(
    weights: Whole,
    spread: Floats,
    scale: Floats,
    period: int,
    first: int,
    last: int,
    floor: float,
    most: int,
    visits: int,
) -> tuple[Whole, Floats, Floats, int]:
    """The frequencies k from ``first`` up to below ``last`` with the largest bounds over k.

    A row of ``spread`` (4 pⱼ(1 − pⱼ), weights ascending) and a ``scale`` for each group of
    nodes. Bounds are on |Π₍ⱼ≠ᵢ₎ (1 − pⱼ + pⱼ e^{2πi k wⱼ / period})| / k, whichever member i is
    left out. Returns the frequencies, their bounds by group, the sum of the bounds of those
    left out (but for those below the floor), and visits left (below 0: given up).
    """
    groups = spread.shape[0]
    found = np.zeros(most, dtype=np.int64)
    bounds = np.zeros((most, groups))
    others = np.zeros(groups)
    number = 0
    bar = 1e-20
    levels = 1
    while levels < 18 and FINER**levels * weights[weights.size // 2] < 0.3 * period:
        levels += 1
    sizes = np.array([FINER**level for level in range(levels)])
    tables = turns_of(weights, period, sizes)
    halves = np.zeros((groups + 1, weights.size))
    halves[:groups] = spread / 2
    for j in range(weights.size):
        halves[groups, j] = halves[:groups, j].max()
    limits = (floor / (groups * scale)) ** 2
    starts = np.zeros(CELLS * (levels + 1), dtype=np.int64)
    depths = np.zeros(CELLS * (levels + 1), dtype=np.int64)
    product = np.ones((groups, CELLS))
    least = np.ones(CELLS)
    near = np.zeros(CELLS)
    top = first
    while top < last and visits >= 0:
        starts[0] = top
        depths[0] = levels - 1
        waiting = 1
        while waiting > 0:
            waiting -= 1
            start = starts[waiting]
            level = depths[waiting]
            visits -= 1
            if start >= last or not may_matter(
                weights,
                halves,
                limits,
                period,
                start,
                sizes[level],
                tables[level],
                product,
                least,
                near,
            ):
                continue
            if level > 0:
                for part in range(FINER):
                    live = 0
                    for x in range(part * SHARE, (part + 1) * SHARE):
                        for g in range(groups):
                            live += product[g, x] >= limits[g] * least[x]
                    if live:
                        starts[waiting] = start + part * SHARE * sizes[level]
                        depths[waiting] = level - 1
                        waiting += 1
                continue
            for x in range(min(CELLS, last - start)):
                at = start + x
                smallest = max(least[x], 1e-300)
                total = 0.0
                for g in range(groups):
                    product[g, x] = scale[g] * np.sqrt(product[g, x] / smallest) / at
                    total += product[g, x]
                if total <= bar:
                    others += product[:, x]
                    continue
                if number == most:
                    while number > most // 2:
                        bar *= 2.0
                        number = fewer(found, bounds, others, number, bar)
                found[number] = at
                bounds[number] = product[:, x]
                number += 1
        top += CELLS * sizes[-1]
    return found[:number], bounds[:number], others, visits


@compiled
def fewer(found: Whole, bounds: Floats, others: Floats, number: int, bar: float) -> int:
    """Moves frequencies below the bar to the sum of the others; how many stay."""
    kept = 0
    for at in range(number):
        if bounds[at].sum() > bar:
            found[kept] = found[at]
            bounds[kept] = bounds[at]
            kept += 1
        else:
            others += bounds[at]
    return kept


# ---------------------------------------------------------------- sums


@compiled
def phase(frequency: int, weight: int, period: int) -> complex:
    """e^{2πi k w / L}."""
    cosine, sine = turned(2 * frequency, weight, period)
    return complex(cosine, sine)


@compiled
def size_of(z: complex) -> float:
    """|z|, where neither part can overflow."""
    return float(np.sqrt(z.real * z.real + z.imag * z.imag))


@compiled
def one_minus(z: complex) -> complex:
    """1 − z for |z| = 1: the real part is 2 sin²(α/2), which keeps its digits."""
    real = z.imag * z.imag / (1.0 + z.real) if z.real > 0 else 1.0 - z.real
    return complex(real, -z.imag)


@compiled
def summed(
    weights: Whole,
    period: int,
    quota: int,
    length: int,
    yes: Floats,
    shrunk: Floats,
    fallen: Floats,
    up: bool,
    frequencies: Whole,
) -> tuple[Floats, Floats, float]:
    """Σ of the real parts of φ₋ᵢ·Kᵢ over the frequencies (twice, but for k = 0), and of sizes.

    ``shrunk`` is e^{−|λ|m} and ``fallen`` 1 − e^{−|λ|m} for m each weight, then ``length``
    (the window of all that win, or of all that lose), then 1; K = (1 − e^{−|λ|m ∓ iθm}) over
    the same for m = 1, at the window's end. Without cancellation: (1 − r) + r(1 − z). Sums
    carry what rounding takes from them.
    """
    members = weights.size
    sums, tails, sizes = np.zeros(members + 1), np.zeros(members + 1), np.zeros(members)
    z = np.ones(members, dtype=np.complex128)
    factors = np.ones(members, dtype=np.complex128)
    before = np.ones(members + 1, dtype=np.complex128)
    end = quota if up else quota - 1
    for k in frequencies:
        for j in range(members):
            z[j] = phase(k, weights[j], period)
        narrow = 1e300
        for j in range(members):
            factors[j] = complex(1.0 - yes[j] * one_minus(z[j]).real, yes[j] * z[j].imag)
            narrow = min(narrow, size_of(factors[j]))
            before[j + 1] = before[j] * factors[j]
        wider = 1.0 / max(narrow, 1e-300)
        unit = phase(k, 1, period)
        far = phase(k, length, period)
        edge = np.conj(phase(k, end, period))
        twice = 1.0 if k == 0 else 2.0
        step = fallen[-1] + shrunk[-1] * one_minus(np.conj(unit) if up else unit)
        flat = step == 0.0
        inverse = complex(1.0, 0.0) if flat else 1.0 / step
        after = complex(1.0, 0.0)
        for index in range(members, -1, -1):
            if index == members:
                turned, wide, others, at = far, float(length), before[members], edge
            else:
                turned, wide, others = z[index], float(weights[index]), before[index] * after
                at = edge * z[index] if up else edge
                after = after * factors[index]
            gap = fallen[index] + shrunk[index] * one_minus(np.conj(turned) if up else turned)
            kernel = twice * at * (complex(wide, 0.0) if flat else gap * inverse)
            value = (others * kernel).real
            total = sums[index] + value
            if abs(sums[index]) >= abs(value):
                tails[index] += (sums[index] - total) + value
            else:
                tails[index] += (value - total) + sums[index]
            sums[index] = total
            if index < members:
                sizes[index] += min(1.0, size_of(others) * wider) * size_of(kernel)
    return sums[:members] + tails[:members], sizes, sums[members] + tails[members]
