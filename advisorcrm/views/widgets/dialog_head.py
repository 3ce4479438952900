"""The head of a dialog: its mark and title, and on the right what always holds."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout

from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label


def dialog_head(dialog: QDialog, icon: str, remark: str) -> QHBoxLayout:
    """Mark, the dialog's own title, and a remark."""
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(IconMark(icon, "accent", 18))
    head.addWidget(Label(dialog.windowTitle(), size="subtitle", weight=600), 1)
    head.addWidget(Label(remark, "text2", "caption"))
    return head
