"""The three steps of recording a conversation, with the one the cursor is in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import N_, _
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label

_STEPS = (N_("1 找客户"), N_("2 记内容"), N_("3 下一步"))


class EntrySteps(QWidget):
    """1 找客户 › 2 记内容 › 3 下一步."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = [IconLabel("circle", _(text), icon_px=14) for text in _STEPS]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for place, step in enumerate(self.steps):
            if place:
                row.addWidget(Label("›", "text2"))
            row.addWidget(step)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """What lies before is done, what comes after is not."""
        for place, step in enumerate(self.steps):
            text = _(_STEPS[place])
            if place < current:
                step.show_text("circle-check", text, "ok")
            else:
                step.show_text("circle", text, "accent" if place == current else "text2")
        self.setAccessibleName(_(_STEPS[current]))
