"""One fact: its name on the left, its value on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.views.widgets.label import Label


class FactRow(QWidget):
    """A line such as 约定联系频率 … 14 天; buttons may stand behind the value."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = Label("", "text", "caption", parent=self)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(Label(label, "text2", "caption", parent=self))
        self._row.addWidget(self.value, 1)
        self._label = label

    def show_value(self, text: str, tone: str = "text") -> None:
        """Another value; an empty one is a dash."""
        self.value.setToolTip("")
        self.value.setText(text or "–")
        self.value.set_tone(tone if text else "text3")
        self.setAccessibleName(f"{self._label} {text}")

    def add_beside(self, widget: QWidget) -> None:
        """Put something behind the value."""
        self._row.addWidget(widget)
