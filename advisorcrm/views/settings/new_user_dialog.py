"""The form for a new person: number, name, role, groups, first password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.terms import Role
from advisorcrm.views.settings.fields_dialog import FieldsDialog
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field


class NewUserDialog(FieldsDialog):
    """``submitted(person)``."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = ComboBox([(role.value, role.label) for role in Role])
        fields = {
            "employee_no": Field(_("工号"), QLineEdit(), required=True),
            "name": Field(_("姓名"), QLineEdit(), required=True),
            "role": Field(_("角色"), self.role),
            "groups": Field(_("客户组"), QLineEdit(), hint=_("多个用顿号分开")),
            "password": Field(_("初始密码"), self.password, required=True, hint=_("至少 8 位")),
        }
        super().__init__(_("新用户"), fields, _("建立"), parent, icon="user-plus")

    def send(self) -> None:
        """The person as the workplace enters one."""
        from advisorcrm.services.workplace.desk import NewUser

        groups = self.fields["groups"].value().replace("，", "、").replace(",", "、").split("、")
        self.submitted.emit(
            NewUser(
                self.fields["employee_no"].value(),
                self.fields["name"].value(),
                Role(self.role.code()),
                self.password.text(),
                tuple(group.strip() for group in groups if group.strip()),
            )
        )
