"""The frame of a dialog: its margins, and its head with mark, title and what always holds."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label


def dialog_column(dialog: QDialog) -> QVBoxLayout:
    """The parts of a dialog, below each other within its margins."""
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(20, 18, 20, 16)
    whole.setSpacing(10)
    return whole


def dialog_head(
    dialog: QDialog, icon: str, remark: str = "", *, tone: str = "accent"
) -> QHBoxLayout:
    """Mark, the dialog's own title, and a remark."""
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(IconMark(icon, tone, 18))
    head.addWidget(Label(dialog.windowTitle(), size="subtitle", weight=600), 1)
    if remark:
        head.addWidget(Label(remark, "text2", "caption"))
    return head
