"""One turn of the wheel in the client list, beside Qt's own table over a trivial Python model.

A frame is: the scroll bar moves, the view paints, what comes in meanwhile is taken. Run in a
process of its own: ``python -m tests.bench.scrolling PLACE``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from tests.bench.seat import Seat
from tests.bench.timing import median, p95

SIZES = ((1440, 900), (3840, 2160))
_STEP = 60
_FRAMES = 200
_ROUNDS = 3
_TEXTS = ("张晨平", "白金卡", "C3 稳健型", "****3853", "130****3853", "1,552.3 万", "0.25", "12 天",
          "82%", "测评过期", "LSL-0231")  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class TrivialModel(QAbstractTableModel):
    """As many cells as wanted, all of them constants."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._rows, self._columns = rows, columns

    def rowCount(self, _parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return self._rows

    def columnCount(self, _parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return self._columns

    def data(self, index: Index, role: int = 0) -> Any:
        return _TEXTS[index.column() % len(_TEXTS)] if role == 0 else None


def main() -> None:
    """Print the frames of both views in milliseconds, for each size of the window."""
    seat = Seat(Path(sys.argv[1]))
    seat.open_list()
    found = {f"{width}x{height}": _measure(seat, width, height) for width, height in SIZES}
    print(json.dumps(found), flush=True)
    seat.leave()


def _measure(seat: Seat, width: int, height: int) -> dict[str, float]:
    seat.window.resize(width, height)
    seat.page.preview.hide()
    seat.settle()
    table = seat.page.table
    plain = plain_table_like(table)
    product, limit = [], []
    for turn in range(_ROUNDS):
        product.append(frames(seat.app, table, turn))
        limit.append(frames(seat.app, plain, turn))
        seat.settle()
    plain.close()
    best = [min(product, key=p95), min(limit, key=p95)]
    return {
        "product": p95(best[0]),
        "limit": p95(best[1]),
        "product_median": median(best[0]),
        "limit_median": median(best[1]),
    }


def frames(app: QApplication, table: QTableView, turn: int) -> list[float]:
    """Milliseconds of each frame of a scroll down from some place."""
    bar = table.verticalScrollBar()
    start = min(turn * _FRAMES * _STEP, max(0, bar.maximum() - _FRAMES * _STEP))
    took = []
    for frame in range(_FRAMES):
        began = time.perf_counter()
        bar.setValue(start + frame * _STEP)
        table.viewport().repaint()
        app.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    return took


def plain_table_like(table: QTableView) -> QTableView:
    """Qt's table with the same lines, columns, widths and size."""
    header = table.horizontalHeader()
    shown = [at for at in range(header.count()) if not header.isSectionHidden(at)]
    plain = QTableView()
    plain.setModel(TrivialModel(table.model().rowCount(), len(shown)))
    plain.model().setParent(plain)
    plain.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    plain.verticalHeader().hide()
    plain.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    plain.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    plain.setWordWrap(False)
    for place, section in enumerate(shown):
        plain.setColumnWidth(place, header.sectionSize(section))
    plain.resize(table.size())
    plain.show()
    QApplication.processEvents()
    return plain


if __name__ == "__main__":
    main()
