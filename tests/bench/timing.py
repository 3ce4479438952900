"""Product and limit in turn: each input some rounds, the best round of each counts.

Neighbours on the machine only ever make things slower, and they hit both sides of a round alike;
the best of some rounds in alternation is therefore what comes back in every run.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Samples:
    """Milliseconds by input."""

    product: list[float]
    limit: list[float]

    def __add__(self, other: Samples) -> Samples:
        """Both together."""
        return Samples(self.product + other.product, self.limit + other.limit)


def in_turn(
    inputs: Sequence[T],
    product: Callable[[T], object],
    limit: Callable[[T], object],
    *,
    rounds: int = 5,
) -> Samples:
    """Time both on every input; who goes first changes with every round."""
    best: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for value in inputs:
        took = ([], [])  # type: tuple[list[float], list[float]]
        for turn in range(rounds):
            for side in (0, 1) if turn % 2 else (1, 0):
                took[side].append(milliseconds((product, limit)[side], value))
        for side in (0, 1):
            best[side].append(min(took[side]))
    return Samples(*best)


def one_by_one(
    inputs: Sequence[T], product: Callable[[T], object], limit: Callable[[T], object]
) -> Samples:
    """As ``in_turn``, for what can be done only once with each input: nothing is left out."""
    gc.collect()
    took = Samples([], [])
    for turn, value in enumerate(inputs):
        for is_product in (True, False) if turn % 2 else (False, True):
            into, call = (took.product, product) if is_product else (took.limit, limit)
            into.append(milliseconds(call, value))
    return took


def milliseconds(call: Callable[[T], object], value: T) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call(value)
    return (time.perf_counter() - start) * 1000


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 stay below."""
    ordered = sorted(values)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]
