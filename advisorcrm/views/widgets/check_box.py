"""A check box whose tick is drawn in the colours of the theme."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from advisorcrm.views import icons

_STROKE = 3


class CheckBox(QCheckBox):
    """Yes or no."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw box and label, then the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        side = min(box.width(), box.height()) - 2
        painter = QPainter(self)
        image = icons.pixmap("check", "on_accent", side, self.devicePixelRatioF(), _STROKE)
        painter.drawPixmap(
            box.x() + (box.width() - side) // 2, box.y() + (box.height() - side) // 2, image
        )
