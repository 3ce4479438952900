"""From the start of the process to the painted sign-in window, beside a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

from tests.bench.branch import ROOT, Branch
from tests.bench.figures import Figure
from tests.bench.timing import median

WORK = "start to the painted sign-in window"
BOUND = 1.3
_ROUNDS = 31


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """One figure: the size of the database does not matter before the sign-in."""
    branch = branches[0]
    with tempfile.TemporaryDirectory() as home:
        _first_paint("product", home, str(branch.path))  # compiles what is not compiled yet
        _first_paint("bare", home)
        product, limit = [], []
        for turn in range(_ROUNDS):
            for is_product in (True, False) if turn % 2 else (False, True):
                if is_product:
                    product.append(_first_paint("product", home, str(branch.path)))
                else:
                    limit.append(_first_paint("bare", home))
    tell(f"  median {median(product):.3f} and {median(limit):.3f} s")
    return [Figure(WORK, branch.count, min(product), min(limit), "s", BOUND)]


def _first_paint(kind: str, home: str, *place: str) -> float:
    environment = {**os.environ, "ADVISORCRM_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = repr(time.time())
    command = [sys.executable, "-m", "tests.bench.first_paint", kind, started, *place]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment
    )
    return float(done.stdout.split()[-1])
