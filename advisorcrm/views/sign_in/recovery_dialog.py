"""Opening with the recovery sheet: its key, the number, and a new password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.sign_in.password_line import PasswordLine
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level


class RecoveryDialog(QDialog):
    """``submitted`` with key, number and new password; stays open until it was accepted."""

    submitted = Signal(str, str, str)

    def __init__(self, employee_no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("用恢复单打开"))
        self.said = InlineBar()
        self.key = Field(
            _("恢复单上的密钥"), QLineEdit(), required=True, hint=_("8 组，每组 4 位；短横可省")
        )
        self.number = Field(_("工号"), QLineEdit(employee_no), required=True)
        self.password = Field(
            _("新密码"), PasswordLine(_("新密码")), required=True, hint=_("至少 8 位")
        )
        self.open_button = primary(_("打开"), key="⏎")
        answer_by_key(self, self.open_button)
        self.open_button.clicked.connect(self._submit)
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.open_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(10)
        whole.addLayout(dialog_head(self, "key-round"))
        whole.addWidget(Label(_("恢复单在首次设置时打印，由营业部保管。"), "text2", wrap=True))
        whole.addWidget(self.said)
        for field in (self.key, self.number, self.password):
            whole.addWidget(field)
        whole.addLayout(foot)
        self.setMinimumWidth(460)

    def show_problem(self, error: Exception) -> None:
        """Say why the key did not open."""
        self.open_button.setEnabled(True)
        self.said.say(Level.ERROR, str(error))

    def _submit(self) -> None:
        checked = [field.check() for field in (self.key, self.number, self.password)]
        if all(checked):
            self.open_button.setEnabled(False)
            self.submitted.emit(self.key.value(), self.number.value(), self.password.value())
