"""The strip of the four steps, and what is known of the file."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label


class ImportSteps(QFrame):
    """1 选文件 › 2 对应字段 › 3 试运行 › 4 结果与撤销."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        self._names = (_("1 选文件"), _("2 对应字段"), _("3 试运行"), _("4 结果与撤销"))
        self.steps = [IconLabel("circle", name, "text2") for name in self._names]
        self.file = IconLabel("file-text", "", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 7, 13, 7)
        row.setSpacing(8)
        for place, step in enumerate(self.steps):
            if place:
                row.addWidget(Label("›", "text3"))
            row.addWidget(step)
        row.addStretch(1)
        row.addWidget(self.file)
        self.file.hide()
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Mark the steps before as done and this one as current."""
        for place, (step, name) in enumerate(zip(self.steps, self._names, strict=True)):
            if place < current:
                step.show_text("circle-check", name, "ok")
            elif place == current:
                step.show_text("circle-dot", name, "accent")
            else:
                step.show_text("circle", name, "text2")

    def show_file(self, text: str) -> None:
        """Say what was recognised: name, encoding, rows."""
        self.file.show_text("file-text", text, "text2")
        self.file.setVisible(bool(text))
