"""How high the lines of a table are and where they lie: all alike, but headings are slim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHeaderView

from advisorcrm.views import theme
from advisorcrm.views.tables import RecordTableModel

_HEADING = "compact"


@dataclass(slots=True)
class RowPlaces:
    """The side header of a table; a list without headings is reckoned, never looked up."""

    side: QHeaderView
    records: RecordTableModel
    slim: list[int] = field(default_factory=list)

    def set_density(self, density: str) -> None:
        """Row height: compact, standard or two_line."""
        self.side.setDefaultSectionSize(theme.px(theme.ROW_PX[density]))
        self.slim = []
        self.follow_headings()

    def follow_headings(self) -> None:
        """After the list changed: its headings slim, every other line as high as the rest."""
        rows = self.records.headings()
        for row in set(self.slim) - set(rows):
            self.side.resizeSection(row, self.side.defaultSectionSize())
        for row in rows:
            self.side.resizeSection(row, theme.px(theme.ROW_PX[_HEADING]))
        self.slim = rows

    def rows_between(self, top: int, bottom: int, width: int) -> Iterator[tuple[int, QRect]]:
        """The lines that lie in a stretch of the viewport, with their places in it."""
        first, last = self._row_at(top), self._row_at(bottom)
        for row in range(max(first, 0), min(last, self.records.rowCount() - 1) + 1):
            yield row, self.place(row, width)

    def place(self, row: int, width: int) -> QRect:
        """Where a line lies in the viewport."""
        if self.slim:
            return QRect(
                0, self.side.sectionViewportPosition(row), width, self.side.sectionSize(row)
            )
        height = self.side.defaultSectionSize()
        return QRect(0, row * height - self.side.offset(), width, height)

    def _row_at(self, y: int) -> int:
        """The line at a height of the viewport; below the last one more than there are."""
        if not self.slim:
            return (y + self.side.offset()) // self.side.defaultSectionSize()
        found = self.side.logicalIndexAt(y)
        return found if found >= 0 else self.records.rowCount()
