"""A bar that stays on a page: read-only, backup overdue, a list of faults."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level


class InlineBar(QFrame):
    """One sentence on a soft ground with its actions on the right; hidden until it speaks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "bar")
        self._mark = IconMark("info", "info", 15)
        self._text = Label("", "info", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        self.hide()

    def say(self, level: Level, text: str) -> None:
        """Show a sentence."""
        tone = "info" if level is Level.INFO else level.tone
        self._mark.show_icon(level.icon, tone)
        self._text.set_tone(tone)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setProperty("level", str(level))
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def add_action(self, button: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(button)
