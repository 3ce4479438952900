"""A tile with one figure of the dry run."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from advisorcrm.views.widgets.label import Label


class FigureTile(QFrame):
    """Label, figure and remark."""

    def __init__(
        self, label: str, remark: str, tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        self._name = label
        self._tone = tone
        self.figure = Label("—", tone, "figure", weight=600)
        self.remark = Label(remark, "text2", "caption", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(13, 9, 13, 9)
        whole.setSpacing(2)
        whole.addWidget(Label(label, "text2", "caption"))
        whole.addWidget(self.figure)
        whole.addWidget(self.remark)
        whole.addStretch(1)

    def show_figure(self, text: str, *, is_none: bool = False) -> None:
        """Show the figure with its measure word; nothing of a bad kind alarms nobody."""
        self.figure.setText(text)
        self.figure.set_tone("text" if is_none else self._tone)
        self.setAccessibleName(f"{self._name} {text}")
