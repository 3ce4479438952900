"""Asks under which name a view is kept, or which one is brought up to date."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.clients.saved_views import LONGEST_NAME
from advisorcrm.views import messages
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 420


class SaveViewDialog(QDialog):
    """``named(name, is_shared)`` or ``replaced``; it stays open until the view is kept."""

    named = Signal(str, bool)
    replaced = Signal()

    def __init__(
        self, title: str, *, name: str = "", may_share: bool = False, replaces: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        hint = _("筛选、列和排序一起保存")
        self.name = Field(_("视图名称"), QLineEdit(), required=True, hint=hint)
        editor = self.name.editor
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(LONGEST_NAME)
        self.name.set_value(name)
        self.shared = CheckBox(_("共享给全营业部"))
        self.shared.setVisible(may_share)
        self.replace = plain(_("更新“{name}”").format(name=replaces))
        self.replace.setVisible(bool(replaces))
        self.replace.clicked.connect(self.replaced)
        self.save = primary(_("保存"), key="⏎")
        answer_by_key(self, self.save)
        self.save.clicked.connect(self.submit)
        self._lay_out()
        self.name.focus()

    def submit(self) -> None:
        """Give the name to the page."""
        if self.name.check():
            self.named.emit(self.name.value(), self.shared.isChecked())
        else:
            self.name.focus()

    def show_problem(self, error: Exception) -> None:
        """The view was not kept: say why at the name."""
        if isinstance(error, InvalidFieldError):
            self.name.show_message(Level.ERROR, error.reason)
            self.name.focus()
        else:
            messages.show_problem(error, self)

    def _lay_out(self) -> None:
        head = dialog_head(self, "star")
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.replace)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.save)
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(self.name)
        whole.addWidget(self.shared)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
