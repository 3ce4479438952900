"""What the program holds with the client list open and scrolled through, beside a bare window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.bench.apart import answer_of
from tests.bench.branch import Branch
from tests.bench.figures import Figure

WORK = "memory with the list open and scrolled"
BOUND = 4.0


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size; the page cache of the database is part of them."""
    bare = answer_of("tests.bench.occupying", "bare")["mb"]
    figures = []
    for branch in branches:
        held = answer_of("tests.bench.occupying", "product", str(branch.path))["mb"]
        tell(f"  {branch.count:,}: {held:.0f} MB, bare {bare:.0f} MB")
        figures.append(Figure(WORK, branch.count, held, bare, "MB", BOUND))
    return figures
