"""Compiled loops of ``meeting``: a slice of two sorted halves, swept. Import lazily."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.kernels import Whole, compiled

Masks = NDArray[np.uint32]

BITS = 6
LAST = (1 << BITS) - 1
"""Members are looked up so many at once: a row of sums for each of their 2⁶ answers."""


@compiled
def subsets(weights: Whole) -> tuple[Whole, Masks]:
    """The weights of all subsets, ascending, and who is in each (bit k: the k-th), by merging."""
    sums = np.zeros(1, dtype=np.int64)
    masks = np.zeros(1, dtype=np.uint32)
    for k in range(weights.size):
        weight, bit = weights[k], np.uint32(1 << k)
        size = sums.size
        more, who = np.empty(2 * size, dtype=np.int64), np.empty(2 * size, dtype=np.uint32)
        without = 0
        joined = 0
        for at in range(2 * size):
            if without < size and sums[without] <= sums[joined] + weight:
                more[at], who[at] = sums[without], masks[without]
                without += 1
            else:
                more[at], who[at] = sums[joined] + weight, masks[joined] | bit
                joined += 1
        sums, masks = more, who
    return sums, masks


@compiled
def size_of(mask: int | np.int64) -> int:
    """How many bits are set."""
    left = np.uint64(mask)
    left = left - ((left >> np.uint64(1)) & np.uint64(0x5555555555555555))
    left = (left & np.uint64(0x3333333333333333)) + (
        (left >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    left = (left + (left >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((left * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def sizes_below(masks: Masks, members: int) -> NDArray[np.int32]:
    """[k, s]: how many of the first k subsets have s members."""
    below = np.zeros((masks.size + 1, members + 1), dtype=np.int32)
    for k in range(masks.size):
        below[k + 1] = below[k]
        below[k + 1, size_of(masks[k])] += 1
    return below


@compiled
def counted_below(below: NDArray[np.int32], positions: Whole, tops: Masks, members: int) -> Whole:
    """Subsets before the positions, one a choice of the top members, by size."""
    counts = np.zeros(members + 1, dtype=np.int64)
    for top in range(tops.size):
        more = size_of(tops[top])
        for size in range(below.shape[1]):
            if below[positions[top], size]:
                counts[size + more] += below[positions[top], size]
    return counts


@compiled
def gathered(
    sums: Whole,
    masks: Masks,
    bits: int,
    top_sums: Whole,
    tops: Masks,
    first: Whole,
    last: Whole,
    start: int,
) -> tuple[Whole, Masks]:
    """Subsets between the positions, by ascending weight less ``start`` (a radix sort)."""
    number = 0
    for top in range(tops.size):
        number += last[top] - first[top]
    keys = np.empty(number, dtype=np.int64)
    who = np.empty(number, dtype=np.uint32)
    at = 0
    widest = 0
    for top in range(tops.size):
        offset, mask = top_sums[top] - start, np.uint32(tops[top] << bits)
        for k in range(first[top], last[top]):
            keys[at] = sums[k] + offset
            who[at] = masks[k] | mask
            at += 1
        if last[top] > first[top]:
            widest = max(widest, keys[at - 1])
    other_keys, other_who = np.empty_like(keys), np.empty_like(who)
    shift = 0
    while widest >> shift:
        places = np.zeros(2049, dtype=np.int64)
        for k in range(number):
            places[((keys[k] >> shift) & 2047) + 1] += 1
        for digit in range(2048):
            places[digit + 1] += places[digit]
        for k in range(number):
            digit = (keys[k] >> shift) & 2047
            other_keys[places[digit]] = keys[k]
            other_who[places[digit]] = who[k]
            places[digit] += 1
        keys, other_keys = other_keys, keys
        who, other_who = other_who, who
        shift += 11
    return keys, who


@compiled
def sweep(
    gains: Whole,
    gaining: Masks,
    needs: Whole,
    needing: Masks,
    met: Whole,
    missed: Whole,
    winning: Whole,
    losing: Whole,
) -> None:
    """Pairs of a subset of one half and a need of the other, as weights ascend.

    ``met`` holds, by size, the needs that lie no higher than the weight reached, ``missed`` the
    subsets that lie below it; both go on from what earlier slices hold. To each subset's rows
    of ``winning`` (one for every BITS members, by who of them are in) the needs it meets are
    added, to each need's rows of ``losing`` the subsets that miss it; the size is that of both.
    """
    need = 0
    gain = 0
    groups_here = winning.shape[0]
    groups_there = losing.shape[0]
    mets = met.size
    misses = missed.size
    while gain < gains.size or need < needs.size:
        if need < needs.size and (gain == gains.size or needs[need] <= gains[gain]):
            mask = np.int64(needing[need])
            size = size_of(mask)
            for group in range(groups_there):
                row = losing[group, (mask >> (BITS * group)) & LAST, size : size + misses]
                for other in range(misses):
                    row[other] += missed[other]
            met[size] += 1
            need += 1
        else:
            mask = np.int64(gaining[gain])
            size = size_of(mask)
            for group in range(groups_here):
                row = winning[group, (mask >> (BITS * group)) & LAST, size : size + mets]
                for other in range(mets):
                    row[other] += met[other]
            missed[size] += 1
            gain += 1
