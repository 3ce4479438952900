"""The whole client list as a workbook: all columns that an import takes back, styled to print."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence

from tests.bench.apart import answer_of
from tests.bench.branch import BUILD, Branch
from tests.bench.figures import Figure

WORK = "export of the client list to xlsx"
MEMORY = "export, highest memory beside the smallest list's"
BOUND = 0.25
FLAT = 1.5
_LARGEST = 100_000


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size a workbook holds, and whether memory grows with the list."""
    figures, highest = [], []
    for branch in sorted(branches, key=lambda one: one.count):
        if branch.count > _LARGEST:
            continue
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            found = answer_of("tests.bench.handing_out", str(branch.path), folder)
        tell(f"  {branch.count:,}: {found}")
        figures.append(Figure(WORK, branch.count, found["product"], found["limit"], "s", BOUND))
        highest.append((branch.count, found["mb"]))
    if len(highest) > 1:
        (_small, before), (count, after) = highest[0], highest[-1]
        figures.append(Figure(MEMORY, count, after, before, "MB", FLAT))
    return figures
