"""A new first password for somebody who cannot sign in any more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.settings.fields_dialog import FieldsDialog
from advisorcrm.views.widgets.field import Field


class NewPasswordDialog(FieldsDialog):
    """``submitted(user_id, password)``."""

    submitted = Signal(int, str)

    def __init__(
        self, user_id: int, name: str, *, is_closed: bool, parent: QWidget | None = None
    ) -> None:
        self._user_id = user_id
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        fields = {
            "password": Field(_("初始密码"), self.password, required=True, hint=_("至少 8 位"))
        }
        note = _("当面告诉本人，请其登录后在“设置 › 个人”里修改。原密码随即失效。")
        if is_closed:
            note = _("账号已停用：重新启用后，按原来的角色登录。")
        title = _("重置密码 – {name}").format(name=name)
        super().__init__(title, fields, _("重置"), parent, note=note, icon="key-round")

    def send(self) -> None:
        """The password as it was typed."""
        self.submitted.emit(self._user_id, self.password.text())
