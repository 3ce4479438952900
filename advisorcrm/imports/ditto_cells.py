"""Cells that say ``同上``: what stands in the row above counts for them too."""

from __future__ import annotations

from collections.abc import Sequence

from advisorcrm.imports.raw_table import Cell

DITTOS = frozenset(
    [
        *("同上", " 同上", "同上 ", "同 上", "同上。", "同上行", "（同上）"),  # chinese: data
        *("(同上)", "同前", "〃", "″", "”", '"', "ditto"),  # chinese: data
    ]
)
"""How lists say it; compared as they stand, so that looking for them costs nothing."""
_OF_ONE_CLIENT = frozenset({"account", "client_no", "id_number", "remark"})
"""What no two clients share, and remarks, which are kept character by character."""


def may_repeat(field: str) -> bool:
    """Whether the cells of a column may stand for the one above."""
    return field not in _OF_ONE_CLIENT


def without_dittos(cells: Sequence[Cell]) -> tuple[list[Cell], dict[int, int | None]]:
    """The cells with what they stand for, and for each such cell where that was written.

    Nowhere (None) for one that has nothing above it: it is blank.
    """
    found: list[Cell] = []
    told_at: dict[int, int | None] = {}
    above: int | None = None
    for at, cell in enumerate(cells):
        if cell in DITTOS:
            told_at[at] = above
            found.append(None if above is None else cells[above])
        else:
            above = at
            found.append(cell)
    return found, told_at
