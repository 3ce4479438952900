"""Asks before typed changes are thrown away; going on is the default."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_WIDE_PX = 420


class DiscardDialog(QDialog):
    """``accepted`` means: throw them away."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("放弃修改"))
        told = _("放弃对 {name} 的修改？已保存的内容不变。").format(name=name)
        self.setAccessibleName(told)
        self.discard = plain(_("丢弃修改"), icon="undo-2")
        self.discard.clicked.connect(self.accept)
        self.go_on = primary(_("继续编辑"), key="Esc")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark("triangle-alert", "warn", 20))
        row.addWidget(Label(told, wrap=True), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.discard)
        foot.addWidget(self.go_on)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(16)
        whole.addLayout(row)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
