"""Asks before a draft with content is given up: the safe answer is the default."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label


class DiscardDialog(QDialog):
    """``accepted`` by 丢弃草稿, everything else keeps it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("丢弃草稿"))
        told = _("“{title}”还没有保存。丢弃后找不回来。").format(title=title)
        self.setAccessibleName(told)
        self.keep = primary(_("继续编辑"), key="⏎")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        self.discard = plain(_("丢弃草稿"))
        self.discard.clicked.connect(self.accept)
        text = Label(told, wrap=True)
        text.setMinimumWidth(theme.px(380))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark("triangle-alert", "warn", 20))
        row.addWidget(text, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.discard)
        foot.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(16)
        whole.addLayout(row)
        whole.addLayout(foot)
