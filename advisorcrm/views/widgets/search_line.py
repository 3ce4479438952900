"""A line to search in; nothing is searched while an input method composes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm.views import icons
from advisorcrm.views.widgets.label import Label


class SearchLine(QLineEdit):
    """``searched`` with the trimmed text after every change; Esc empties it; ``key`` leads here."""

    searched = Signal(str)

    def __init__(self, hint: str, parent: QWidget | None = None, *, key: str = "") -> None:
        super().__init__(parent)
        self._last = ""
        self._key = Label(key, "text3", "caption")
        if key:
            self._show_key()
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

    def _show_key(self) -> None:
        """The key that leads here stands at the end, until something is typed."""
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(self._key)

    def _search(self, text: str) -> None:
        self._key.setVisible(not text)
        trimmed = text.strip()
        if trimmed != self._last:
            self._last = trimmed
            self.searched.emit(trimmed)
