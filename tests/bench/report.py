"""The figures in ``docs/performance.md``, between its two marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, table

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


def write_report(path: Path, figures: Sequence[Figure]) -> None:
    """Renew the table; the rest of the page stays as it is."""
    head, _mark, rest = path.read_text("utf-8").partition(_BEGIN)
    _old, _mark, foot = rest.partition(_END)
    heading, *lines = table(figures)
    rows = [_row(heading), _row(["---"] * len(heading)), *map(_row, lines)]
    path.write_text("\n".join([head + _BEGIN, "", *rows, "", _END + foot]), "utf-8")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
