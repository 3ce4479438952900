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
        self._key = self._key_shown(key) if key else None
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

    def _key_shown(self, key: str) -> Label:
        """The key that leads here stands at the end, until something is typed."""
        label = Label(key, "text3", "caption")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(label)
        return label

    def _search(self, text: str) -> None:
        if self._key is not None:
            self._key.setVisible(not text)
        trimmed = text.strip()
        if trimmed != self._last:
            self._last = trimmed
            self.searched.emit(trimmed)
