"""A key in the search line of the list until the answer is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.bench.apart import answer_of
from tests.bench.branch import Branch
from tests.bench.figures import Figure

WORK = "keystroke to repaint, p95"
BOUND = 2.0
_ASKED = 100_000


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size; the bound is asked at a hundred thousand."""
    figures = []
    for branch in branches:
        branch.queries()
        found = answer_of(
            "tests.bench.typing_keys", str(branch.path), str(branch.path.with_suffix(".json"))
        )
        tell(f"  {branch.count:,}: {found}")
        bound = BOUND if branch.count == _ASKED else None
        figures.append(Figure(WORK, branch.count, found["product"], found["limit"], "ms", bound))
    return figures
