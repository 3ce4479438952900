"""The people of the branch: enter somebody, let in again, close an account (administrator only)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, pgettext
from advisorcrm.views import messages
from advisorcrm.views.settings.new_password_dialog import NewPasswordDialog
from advisorcrm.views.settings.new_user_dialog import NewUserDialog
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card

if TYPE_CHECKING:
    from advisorcrm.services.branch.users import UserRow
    from advisorcrm.services.workplace.desk import NewUser
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs


class UsersPanel(QWidget):
    """List of people with 新用户, 重置密码 and 停用; ``told(sentence)`` about what was done."""

    told = Signal(str, object)

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        from advisorcrm.services.branch.users import UserRow

        self._jobs = jobs
        self._workplace = workplace
        self.model = RecordTableModel(UserRow, book=CodeBook())
        self.table = RecordTable(self.model, name=_("用户"))
        self.add_button = primary(_("新用户"), icon="user-plus")
        self.add_button.clicked.connect(self.add_user)
        self.password_button = plain(_("重置密码"), icon="key-round")
        self.password_button.clicked.connect(self.renew_password)
        self.close_button = plain(pgettext("account", "停用"), icon="user-x")
        self.close_button.clicked.connect(self._deactivate)
        card = Card(_("用户"), margins=(0, 0, 0, 0))
        card.add(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.password_button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(card, 1)
        whole.addLayout(row)

    def reload(self) -> None:
        """Read the people again."""
        from advisorcrm.services.branch.users import list_users

        self._jobs.read(list_users, then=self._show, key="settings.users")

    def add_user(self) -> NewUserDialog:
        """Open the form for a new person; it stays open until the person is accepted."""
        dialog = NewUserDialog(self)
        dialog.submitted.connect(partial(self._enter, dialog))
        dialog.open()
        return dialog

    def renew_password(self) -> NewPasswordDialog | None:
        """Let the chosen person in again: who forgot the password, or whose account is closed."""
        row = self.model.row_at(self.table.current_row())
        if row is None:
            return None
        dialog = NewPasswordDialog(row.id, row.name, is_closed=not row.is_active, parent=self)
        dialog.submitted.connect(partial(self._renew, dialog))
        dialog.open()
        return dialog

    def _renew(self, dialog: NewPasswordDialog, user_id: int, password: str) -> None:
        self._jobs.run(
            partial(self._workplace.reset_password, user_id, password),
            then=partial(self._renewed, dialog),
            failed=dialog.show_problem,
        )

    def _renewed(self, dialog: NewPasswordDialog, number: str) -> None:
        dialog.accept()
        self.told.emit(_("{number} 的密码已重置，请本人登录后修改。").format(number=number), None)
        self.reload()

    def _enter(self, dialog: NewUserDialog, person: NewUser) -> None:
        self._jobs.run(
            partial(self._workplace.enter_user, person),
            then=partial(self._entered, dialog),
            failed=dialog.show_problem,
        )

    def _entered(self, dialog: NewUserDialog, _user_id: int) -> None:
        dialog.accept()
        self.reload()

    def _deactivate(self) -> None:
        user_id = self.table.current_id()
        if user_id is None:
            return
        self._jobs.run(
            partial(self._workplace.close_account, user_id),
            then=self._deactivated,
            failed=messages.show_problem,
        )

    def _deactivated(self, _employee_no: str) -> None:
        self.reload()

    def _show(self, people: list[UserRow]) -> None:
        self.model.show_rows(people)
