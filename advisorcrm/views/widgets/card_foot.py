"""The last line of a card with a list: what can be done with the current line, and its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.label import Label


class CardFoot(QWidget):
    """Buttons on the left and keys on the right; without buttons keys and a remark."""

    def __init__(self, keys: str, *, buttons: ButtonRow | None = None, remark: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        if buttons is not None:
            row.addWidget(buttons, 1)
            row.addWidget(Label(keys, "text2", "caption"), 0, Qt.AlignmentFlag.AlignRight)
        else:
            row.addWidget(Label(keys, "text2", "caption"))
            row.addStretch(1)
        if remark:
            row.addWidget(Label(remark, "text2", "caption"))
