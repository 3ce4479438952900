"""A new client: name, account, mobile, tier; a client who may be the same is named at once."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.errors import InvalidFieldError, UserError
from advisorcrm.i18n import _
from advisorcrm.rules.noted_phones import read_noted_phone
from advisorcrm.services.access import sees_branch
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.clients.client_search import FoundClient, FoundClients, find_clients
from advisorcrm.services.files.client_checks import clean_account, clean_name
from advisorcrm.services.files.client_files import NewClient, register_client
from advisorcrm.terms import ClientKind, ClientStage
from advisorcrm.views import messages
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.point_tile import note_told
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.field import Field, Verdict, show_at_field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.leave_guard import LeaveGuard
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 520
_SAME = ("number", "name", "other")
"""Why a client found for an exact value may be the same person."""


class NewClientDialog(QDialog):
    """``registered(id)`` when the client is stored; stays open until then."""

    registered = Signal(int)
    client_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._uuid = str(uuid.uuid4())
        self._found: dict[str, tuple[FoundClient, ...]] = {}
        self.setWindowTitle(_("新客户"))
        self.name = Field(_("客户姓名"), QLineEdit(), required=True, judge=_judge_name)
        self.account = Field(_("资金账号"), QLineEdit(), judge=_judge_account, hint=_("可空"))
        self.mobile = Field(_("手机"), QLineEdit(), judge=_judge_mobile, hint=_("可空"))
        self.kind = Field(
            _("个人或机构"), ComboBox([(kind.value, kind.label) for kind in ClientKind])
        )
        self.tier = Field(_("客户类型"), CodeBox(around.book, terms.TIER))
        self.advisor = Field(_("客服专员"), ComboBox(empty=_("未分配")))
        self.prospect = CheckBox(_("潜在客户，还没有开户"))
        self.bar = InlineBar()
        self.save = primary(_("保存并打开"), key="Ctrl+Enter")
        self.save.clicked.connect(self.submit)
        self._lay_out()
        self._watch_for_doubles()
        if sees_branch(around.actor):
            around.jobs.read(list_advisors, then=self._offer_advisors)
        self.advisor.setVisible(sees_branch(around.actor))
        self.name.focus()

    def submit(self) -> None:
        """Store the client if everything is right."""
        wrong = [field for field in (self.name, self.account, self.mobile) if not field.check()]
        if wrong:
            wrong[0].focus()
            return
        self.save.setEnabled(False)
        self._around.jobs.write(
            partial(register_client, new=self.new_client(), now=self._around.now()),
            then=self._finish,
            failed=self.show_problem,
        )

    def new_client(self) -> NewClient:
        """What was typed."""
        advisor = self.advisor.value()
        return NewClient(
            uuid=self._uuid,
            name=self.name.value(),
            account=self.account.value(),
            mobile=self.mobile.value(),
            kind=ClientKind(self.kind.value()),
            tier=self.tier.value() or None,
            advisor_id=int(advisor) if advisor else None,
            stage=ClientStage.PROSPECT if self.prospect.isChecked() else ClientStage.ACTIVE,
        )

    def show_problem(self, error: Exception) -> None:
        """The client was not stored: say why, at the field if it has one."""
        self.save.setEnabled(True)
        fields = {"name": self.name, "account": self.account, "mobile": self.mobile}
        if show_at_field(error, fields):
            return
        if isinstance(error, UserError):
            self.bar.say(Level.ERROR, str(error))
        else:
            messages.show_problem(error, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter stores; Enter goes on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save.click()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _finish(self, client_id: int) -> None:
        self.accept()
        self.registered.emit(client_id)

    def _watch_for_doubles(self) -> None:
        for key, field in (("name", self.name), ("account", self.account),
                           ("mobile", self.mobile)):  # fmt: skip
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.editingFinished.connect(partial(self._look_for_double, key, field))

    def _look_for_double(self, key: str, field: Field) -> None:
        text = field.value()
        if not text or field.level() is Level.ERROR:
            self._take_found(key, FoundClients(0, ()))
            return
        if field is self.mobile:
            text = _number_in(text)
        self._around.jobs.read(
            partial(find_clients, text=text, with_total=False),
            then=partial(self._take_found, key),
            key=f"new_client.{key}",
        )

    def _take_found(self, key: str, found: FoundClients) -> None:
        self._found[key] = tuple(client for client in found.clients if client.why in _SAME)
        same = {client.id: client for group in self._found.values() for client in group}
        if not same:
            self.bar.hide()
            return
        said = _("、").join(_said(client) for client in same.values())
        self.bar.say(Level.WARN, _("可能已有这位客户：{clients}").format(clients=said))

    def _offer_advisors(self, advisors: list[tuple[int, str, str]]) -> None:
        editor = self.advisor.editor
        if isinstance(editor, ComboBox):
            choices = [(str(key), f"{name} {number}") for key, number, name in advisors]
            editor.set_choices(choices, empty=_("未分配"))

    def _lay_out(self) -> None:
        head = dialog_head(self, "user-plus")
        grid = FieldGrid(most=2)
        for field in (self.name, self.kind, self.account, self.mobile, self.tier, self.advisor):
            grid.add(field)
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(LeaveGuard(self).leave)
        foot = QHBoxLayout()
        remark = _("其余资料保存后在档案里补。")
        foot.addWidget(Label(remark, "text2", "caption"), 1)
        foot.addWidget(cancel)
        foot.addWidget(self.save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addWidget(grid)
        whole.addWidget(self.prospect)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)


def _said(client: FoundClient) -> str:
    """The surname's character and whose client it is, no more."""
    owner = client.advisor_name or _("未分配")
    return _("{name}（{owner}）").format(name=f"{client.name[:1]}*", owner=owner)


def _judge_name(text: str) -> Verdict | None:
    try:
        clean_name(text)
    except InvalidFieldError as error:
        return Verdict(Level.ERROR, str(error))
    return None


def _judge_account(text: str) -> Verdict | None:
    try:
        clean_account(text)
    except InvalidFieldError as error:
        return Verdict(Level.ERROR, str(error))
    return None


def _number_in(text: str) -> str:
    """The number without what is written beside it; what is none as it was typed."""
    try:
        return read_noted_phone(text).phone.value
    except InvalidFieldError:
        return text


def _judge_mobile(text: str) -> Verdict | None:
    if not text:
        return None
    try:
        found = read_noted_phone(text, field="mobile")
    except InvalidFieldError as error:
        return Verdict(Level.ERROR, str(error))
    return Verdict(Level.OK, note_told(found.note)) if found.note else None
