"""Notes a relation: to another client who is found, or to somebody by name and telephone."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.services.files.relations import NewRelation
from advisorcrm.views.contacts.client_finder import ClientFinder
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 560


class RelationDialog(EntryDialog):
    """``decided(new)``; stays open until the relation is noted."""

    decided = Signal(object)

    def __init__(
        self, around: Surroundings, client_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client_id = client_id
        self._uuid = str(uuid.uuid4())
        self._other: FoundClient | None = None
        self.setWindowTitle(_("添加关系 · {name}").format(name=name))
        self.setMinimumWidth(_WIDE_PX)
        book = around.book
        kinds = [(code, book.label(terms.RELATION, code)) for code in book.codes(terms.RELATION)]
        self.kind = Field(_("对方是客户的"), ComboBox(kinds, empty=_("请选择")), required=True)
        self.finder = ClientFinder(around.jobs, book)
        self.chosen = Label("", weight=600)
        self.name = Field(_("姓名"), QLineEdit(), hint=_("对方不是客户时填写"))
        self.phone = Field(_("电话"), QLineEdit(), hint=_("可空"))
        self.decides = CheckBox(_("由对方替客户做投资决定"))
        self.household = CheckBox(_("同一家庭"))
        self.note = Field(_("说明"), QLineEdit(), hint=_("可空"))
        self.bar = InlineBar()
        self.button = primary(_("添加"), key="Ctrl+Enter")
        self._lay_out()
        self._connect()
        self._follow()
        self.finder.start()

    def submit(self) -> None:
        """Ask for the relation to be noted."""
        if not self.kind.check():
            return
        self.button.setEnabled(False)
        other = self._other
        self.decided.emit(
            NewRelation(
                self._uuid,
                self._client_id,
                self.kind.value(),
                other.id if other else None,
                "" if other else self.name.value(),
                "" if other else self.phone.value(),
                self.decides.isChecked(),
                self.note.value(),
                other is not None and self.household.isChecked(),
            )
        )

    def accept_answer(self, _answer: object) -> None:
        """It is noted."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, where it belongs."""
        self.button.setEnabled(True)
        fields = {"kind": self.kind, "note": self.note, "mobile": self.phone}
        if self._other is None:
            fields["other_name"] = self.name
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.bar.say(Level.ERROR, str(error))

    def _take(self, client: FoundClient, _typed: str) -> None:
        self._other = client
        self.kind.focus()
        self._follow()

    def _forget(self) -> None:
        """Another search begins: nobody is chosen."""
        self._other = None
        self._follow()

    def _follow(self) -> None:
        is_client = self._other is not None
        self.chosen.setText(
            _("另一位客户：{name} {account}").format(
                name=self._other.name, account=self._other.account
            )
            if self._other
            else _("未选客户，按姓名登记")
        )
        self.name.setVisible(not is_client)
        self.phone.setVisible(not is_client)
        self.household.setVisible(is_client)

    def _connect(self) -> None:
        self.finder.chosen.connect(self._take)
        self.finder.line.textEdited.connect(self._forget)
        self.button.clicked.connect(self.submit)

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "users"))
        whole.addWidget(self.finder)
        whole.addWidget(self.chosen)
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self.name)
        who.addWidget(self.phone)
        whole.addLayout(who)
        for part in (self.kind, self.decides, self.household, self.note, self.bar):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
