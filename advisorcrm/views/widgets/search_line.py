"""A line to search in; nothing is searched while an input method composes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.views import icons


class SearchLine(QLineEdit):
    """``searched`` with the trimmed text after every change; Esc empties it."""

    searched = Signal(str)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.addAction(icons.icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._search)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Empty by Esc; an empty line leaves Esc to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        trimmed = text.strip()
        if trimmed != self._last:
            self._last = trimmed
            self.searched.emit(trimmed)
