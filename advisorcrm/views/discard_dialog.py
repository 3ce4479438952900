"""Asks before something typed is thrown away; keeping it is the default and the key Esc."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_WIDE_PX = 420


class DiscardDialog(QDialog):
    """``accepted`` means: throw it away."""

    def __init__(
        self, deed: str, told: str, parent: QWidget | None = None, *, keep: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(deed)
        self.setAccessibleName(told)
        self.discard = plain(deed, icon="undo-2")
        self.discard.clicked.connect(self.accept)
        self.keep = primary(keep or _("继续编辑"), key="Esc")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark("triangle-alert", "warn", 20))
        row.addWidget(Label(told, wrap=True), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.discard)
        foot.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(16)
        whole.addLayout(row)
        whole.addLayout(foot)
        self.setMinimumWidth(theme.px(_WIDE_PX))


def changes_dialog(name: str, parent: QWidget | None = None) -> DiscardDialog:
    """About changes in a file that are not saved yet."""
    told = _("放弃对 {name} 的修改？已保存的内容不变。").format(name=name)
    return DiscardDialog(_("丢弃修改"), told, parent)


def draft_dialog(title: str, parent: QWidget | None = None) -> DiscardDialog:
    """About a form that was put aside."""
    told = _("“{title}”还没有保存。丢弃后找不回来。").format(title=title)
    return DiscardDialog(_("丢弃草稿"), told, parent)
