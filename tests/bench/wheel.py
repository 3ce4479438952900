"""Wheel frames of the client list, each size of database in a fresh process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.bench.apart import answer_of
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth

WORK = "wheel frame in the list, 1440×900, p95"
BOUND = 1.1


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures at both sizes of window; how the smaller one grows with the clients."""
    figures, told = [], []
    for branch in branches:
        found = answer_of("tests.bench.scrolling", str(branch.path))
        small, large = found["1440x900"], found["3840x2160"]
        tell(f"  {branch.count:,}: median {small['product_median']:.2f} ms, 4K {large}")
        figures.append(Figure(WORK, branch.count, small["product"], small["limit"], "ms", BOUND))
        told.append(
            Figure(
                "wheel frame in the list, 3840×2160, p95", branch.count, large["product"],
                large["limit"], "ms",
            )
        )  # fmt: skip
    return figures + told + growth(figures, WORK, BOUND, name="wheel frame, growth with clients")
