"""The form for a new person: number, name, role, groups, first password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.terms import Role
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level


class NewUserDialog(QDialog):
    """Asks for a person; ``submitted`` with the answers, closed by the opener when accepted."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("新用户"))
        self.said = InlineBar()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = ComboBox([(role.value, role.label) for role in Role])
        self.fields = {
            "employee_no": Field(_("工号"), QLineEdit(), required=True),
            "name": Field(_("姓名"), QLineEdit(), required=True),
            "role": Field(_("角色"), self.role),
            "groups": Field(_("客户组"), QLineEdit(), hint=_("多个用顿号分开")),
            "password": Field(_("初始密码"), self.password, required=True, hint=_("至少 8 位")),
        }
        self.save_button = primary(_("建立"), key="⏎")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._submit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self.said)
        for field in self.fields.values():
            whole.addWidget(field)
        whole.addLayout(dialog_foot(self, self.save_button))
        self.setMinimumWidth(420)

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why the person was not entered."""
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _submit(self) -> None:
        from advisorcrm.services.workplace.desk import NewUser

        checked = [field.check() for field in self.fields.values()]
        if not all(checked):
            return
        groups = self.fields["groups"].value().replace("，", "、").split("、")
        self.submitted.emit(
            NewUser(
                self.fields["employee_no"].value(),
                self.fields["name"].value(),
                Role(self.role.code()),
                self.password.text(),
                tuple(group.strip() for group in groups if group.strip()),
            )
        )
