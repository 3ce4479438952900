"""A sheet over the whole window: the rest is dimmed, a click beside it or Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from advisorcrm.views import theme

_DIM = 100


class Overlay(QWidget):
    """Holds ``sheet``; gives the focus back where it came from."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._came_from: QWidget | None = None
        self.sheet = QFrame(self)
        self.sheet.setProperty("zone", "dialog")
        self.hide()
        window.installEventFilter(self)

    def open_sheet(self) -> None:
        """Cover the window."""
        if not self.isVisible():
            # Asked of the window: another one, a form, may just have given the focus back.
            self._came_from = self._window.window().focusWidget()
        self.setGeometry(self._window.rect())
        self.place_sheet()
        self.show()
        self.raise_()

    def close_sheet(self) -> None:
        """Uncover it."""
        if not self.isVisible():
            return
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()
        self._came_from = None
        self.closed.emit()

    def place_sheet(self) -> None:
        """Put the sheet where it belongs; centred unless a kind of overlay knows better."""
        self.sheet.adjustSize()
        self.sheet.move(
            (self.width() - self.sheet.width()) // 2, (self.height() - self.sheet.height()) // 2
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self.place_sheet()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close by a click beside the sheet."""
        if not self.sheet.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Dim what lies below."""
        painter = QPainter(self)
        shade = QColor(theme.colour("app" if theme.current.is_dark else "text"))
        shade.setAlpha(_DIM)
        painter.fillRect(self.rect(), shade)
