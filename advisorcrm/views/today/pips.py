"""Three pips: one filled with a tick for each different client visited (R33)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisorcrm.views import icons, theme

_SIDE, _GAP = 18, 4


class Pips(QWidget):
    """So many wanted, so many done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted, self.done = 3, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, done: int, wanted: int) -> None:
        """Fill as many as are done."""
        self.wanted, self.done = wanted, min(done, wanted)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One beside the other."""
        step = theme.px(_SIDE + _GAP)
        return QSize(self.wanted * step, theme.px(_SIDE) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_SIDE)
        for place in range(self.wanted):
            left = place * theme.px(_SIDE + _GAP) + 1
            if place < self.done:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("ok"))
                painter.drawEllipse(left, 1, side, side)
                tick = icons.pixmap("check", "surface", side - 6, self.devicePixelRatioF(), 3)
                painter.drawPixmap(left + 3, 4, tick)
            else:
                painter.setPen(QPen(theme.colour("ctrl"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(left, 1, side, side)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
