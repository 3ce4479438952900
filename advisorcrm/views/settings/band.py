"""A band of soft ground behind the head of a table or the name of a group of its lines."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.views import theme

_HIGH_PX = 24


class Band(QWidget):
    """Ground, and a text on it if there is one."""

    def __init__(self, text: str = "", *, indent: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._indent = indent
        self.setFixedHeight(theme.px(_HIGH_PX))

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        """What it says."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as a line."""
        return QSize(theme.px(60), theme.px(_HIGH_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground and text."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.setFont(theme.font("caption", 500))
        painter.setPen(theme.colour("text2"))
        place = self.rect().adjusted(theme.px(self._indent), 0, 0, 0)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, int(side), self._text)
