"""A ring that shows how complete a file is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme

_GOOD = 90
_WIDTH = 6


class Ring(QWidget):
    """Percentage as an arc with the figure inside; amber below 90 %."""

    def __init__(self, size: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._percent = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_percent(0)

    def show_percent(self, percent: int) -> None:
        """Draw another percentage."""
        self._percent = percent
        self.setAccessibleName(_("完备率 {percent}%").format(percent=percent))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square at the font scale."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, arc and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(
            _WIDTH / 2 + 1, _WIDTH / 2 + 1, -_WIDTH / 2 - 1, -_WIDTH / 2 - 1
        )
        painter.setPen(QPen(theme.colour("grid"), _WIDTH))
        painter.drawEllipse(ring)
        tone = "ok" if self._percent >= _GOOD else "warn"
        pen = QPen(theme.colour(tone), _WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * self._percent / 100))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", 600))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), f"{self._percent}%")
