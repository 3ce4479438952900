"""``python -m tests.bench``: measure the program against its limits (docs/performance.md).

A process that reads a file for an import imports this module again, as it does the program's own
entry: like that one it names at its head nothing that takes long.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, figure_of, keep, table
from tests.bench.report import write_report

WORKS = (
    "start", "sign_in", "search", "keystroke", "pages", "completeness", "saves", "importing",
    "exporting", "wheel", "memory", "server", "histories", "reminding", "birthdays",
    "today",
)  # fmt: skip
SIZES = (10_000, 100_000)
LARGE = 1_000_000
ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "performance.json"
REPORT = ROOT / "docs" / "performance.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; 1 if a bound is missed."""
    asked = _asked(arguments)
    sizes = [*asked.sizes, *([LARGE] if asked.large and LARGE not in asked.sizes else [])]
    if asked.child:
        _measure_here(asked.child, sizes)
        return 0
    _make_branches(sizes)
    figures: list[Figure] = []
    for name in asked.only or WORKS:
        _tell(f"{name} …")
        figures += _measure_apart(name, sizes)
    write_report(REPORT, keep(KEPT, figures))
    _print(figures)
    return int(any(figure.verdict == "MISSED" for figure in figures))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=WORKS, help="one kind of work")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--large", action="store_true", help="a million clients, too")
    parser.add_argument("--child", choices=WORKS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _make_branches(sizes: Sequence[int]) -> None:
    from tests.bench.branch import branch_of

    for size in sizes:
        branch_of(size, _tell)


def _measure_apart(name: str, sizes: Sequence[int]) -> list[Figure]:
    """Each kind of work in a process of its own, so that none lives on another's memory."""
    command = [sys.executable, "-m", "tests.bench", "--child", name, "--sizes", *map(str, sizes)]
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    if done.returncode:
        raise SystemExit(f"{name} failed")
    return [figure_of(record) for record in json.loads(done.stdout)]


def _measure_here(name: str, sizes: Sequence[int]) -> None:
    from tests.bench.branch import branch_of

    work = importlib.import_module(f"tests.bench.{name}")
    figures = work.measure([branch_of(size, _tell) for size in sizes], _tell)
    json.dump([figure.as_record() for figure in figures], sys.stdout)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print(figures: Sequence[Figure]) -> None:
    lines = table(figures)
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        cells = zip(line, widths, strict=True)
        print("  ".join(cell.ljust(width) for cell, width in cells).rstrip())


if __name__ == "__main__":
    sys.exit(main())
