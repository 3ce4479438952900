"""The head of a page: title, states, and at most three buttons of which one is filled."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.label import Label


class PageHead(QWidget):
    """Title and remark on the left, buttons on the right."""

    def __init__(self, title: str, *, sub: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, size="page_title", weight=600)
        self.sub = Label(sub, "text2", "caption")
        self._states = QHBoxLayout()
        self.buttons = ButtonRow()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addLayout(self._states)
        row.addWidget(self.sub)
        row.addStretch(1)
        row.addWidget(self.buttons)

    def add_state(self, widget: QWidget) -> None:
        """Put a badge behind the title."""
        self._states.addWidget(widget)

    def add_button(self, button: Button) -> None:
        """Append a button."""
        self.buttons.add(button)
