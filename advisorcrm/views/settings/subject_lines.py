"""Draws a line of the list of settings: the subject, and at the right edge its remark (双人)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from advisorcrm.views import theme

GAP = "    "
"""Stands between subject and remark in the text of a line."""
_PAD_PX = 8


class SubjectLines(QStyledItemDelegate):
    """The text of a line holds both, for screen readers and the search by letters."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave the remark out of what the style draws."""
        super().initStyleOption(option, index)
        option.text = str(index.data()).partition(GAP)[0]

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the line, then the remark at its end."""
        super().paint(painter, option, index)
        remark = str(index.data()).partition(GAP)[2]
        if not remark:
            return
        painter.save()
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        place = option.rect.adjusted(0, 0, -theme.px(_PAD_PX), 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, remark)
        painter.restore()
