"""How wide a column must be for what stands in it."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from advisorcrm.columns import BoundColumn
from advisorcrm.views import theme
from advisorcrm.views.table_cells import Cell
from advisorcrm.views.widgets.badge import badge_width

_PAD = 8
_ARROW_PAD = 20
_CHARACTER_PX = 7.5
_BADGE_GAP = 5
_ICON = 21
_BAR = 100
"""A bar beside its figure."""


class CellWidths:
    """The letters of one theme and scale."""

    def __init__(self) -> None:
        self._body = QFontMetrics(theme.font("body"))
        self._small = QFontMetrics(theme.font("caption"))
        self._badge = QFontMetrics(theme.font("caption", 500))

    def of(self, cell: Cell) -> int:
        """Pixels with the margins."""
        if cell.percent >= 0:
            return theme.px(_BAR)
        if cell.badges:
            wide = sum(badge_width(one.text, self._badge) + _BADGE_GAP for one in cell.badges)
            return wide + 2 * _PAD
        icon = theme.px(_ICON) if cell.icon else 0
        first = self._body.horizontalAdvance(cell.text)
        second = self._small.horizontalAdvance(cell.second) if cell.second else 0
        return max(first, second) + icon + 2 * _PAD + 1


def heading_width(header: QHeaderView, label: str) -> int:
    """Pixels of a heading with the margins."""
    return header.fontMetrics().horizontalAdvance(label) + 2 * _PAD + 2


def declared_width(header: QHeaderView, bound: BoundColumn) -> int:
    """How wide a column is from the start: room for its label with the arrow of the order."""
    heading = header.fontMetrics().horizontalAdvance(f"{bound.label} ↓") + _ARROW_PAD
    return max(heading, theme.px(bound.column.width * _CHARACTER_PX))
