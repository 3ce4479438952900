"""From the password to fifty clients on the screen, each time in a fresh process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.bench.apart import answer_of
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import median

WORK = "password entered to 50 clients painted"
BOUND = 2.0
GROWTH = 1.2
_ROUNDS = 5


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, taken in turn, and how they grow."""
    taken: dict[int, list[tuple[float, float]]] = {branch.count: [] for branch in branches}
    for _turn in range(_ROUNDS):
        for branch in branches:
            taken[branch.count].append(_enter(branch))
    figures = []
    for count, pairs in taken.items():
        products, limits = zip(*pairs, strict=True)
        tell(f"  {count:,}: best {min(products):.0f} and {min(limits):.0f} ms")
        figures.append(Figure(WORK, count, median(products), median(limits), "ms", BOUND))
    return figures + growth(figures, WORK, GROWTH, name="password to clients, growth with clients")


def _enter(branch: Branch) -> tuple[float, float]:
    found = answer_of("tests.bench.entering", str(branch.path))
    return found["product"], found["limit"]
