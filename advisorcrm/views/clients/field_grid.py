"""Fields side by side: three columns, two or one, as the width allows (ui.md 6)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from advisorcrm.views import theme

_COLUMN_PX = 215
_MOST = 3


class FieldGrid(QWidget):
    """Widgets in reading order, each over one or more columns."""

    def __init__(self, parent: QWidget | None = None, *, most: int = _MOST) -> None:
        super().__init__(parent)
        self._most = most
        self._items: list[tuple[QWidget, int]] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)

    def add(self, widget: QWidget, span: int = 1) -> None:
        """Append a widget."""
        self._items.append((widget, span))
        self._arrange(self._columns or self._most)

    def set_items(self, items: Iterable[tuple[QWidget, int]]) -> None:
        """Hold exactly these, in this order."""
        wanted = list(items)
        if wanted != self._items:
            self._items = wanted
            self._arrange(self._columns or self._most)

    def columns(self) -> int:
        """Columns shown at present."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may hold more or fewer columns."""
        super().resizeEvent(event)
        fitting = min(max(self.width() // theme.px(_COLUMN_PX), 1), self._most)
        if fitting != self._columns:
            self._arrange(fitting)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        row = column = 0
        for widget, wanted in self._items:
            span = min(wanted, columns)
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(widget, row, column, 1, span)
            widget.show()
            column += span
        for place in range(self._most):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
            self._grid.setColumnMinimumWidth(place, 0)
