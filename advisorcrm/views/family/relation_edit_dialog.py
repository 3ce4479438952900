"""Changes a relation that is noted already: what the other is, who decides, how to reach him."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.files.relations import RelationChange, RelationRow
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 480


class RelationEditDialog(EntryDialog):
    """``decided(change)``; what was not touched stays as it is, masked values among them."""

    decided = Signal(object)

    def __init__(
        self, relation: RelationRow, book: CodeBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._relation = relation
        self.setWindowTitle(_("修改关系 · {name}").format(name=relation.name))
        self.setMinimumWidth(_WIDE_PX)
        kind = CodeBox(book, terms.RELATION)
        kind.set_code(relation.kind)
        self.kind = Field(_("对方是客户的"), kind, required=True)
        self.name = Field(_("姓名"), QLineEdit(relation.name))
        hint = _("掩码显示，改时请填完整号码")
        self.phone = Field(_("电话"), QLineEdit(relation.phone), hint=hint)
        self.decides = CheckBox(_("由对方替客户做投资决定"))
        self.decides.setChecked(relation.decides)
        self.note = Field(_("说明"), QLineEdit(relation.note), hint=_("可空"))
        self.bar = InlineBar()
        self.button = primary(_("保存"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        self._lay_out()
        self.kind.focus()

    def submit(self) -> None:
        """Ask for what was changed."""
        if not self.kind.check():
            return
        old = self._relation
        self.button.setEnabled(False)
        self.decided.emit(
            RelationChange(
                _changed(old.kind, self.kind.value()),
                self.decides.isChecked(),
                _changed(old.note, self.note.value()),
                None if old.is_client else _changed(old.name, self.name.value()),
                None if old.is_client else _changed(old.phone, self.phone.value()),
            )
        )

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, where it belongs."""
        self.button.setEnabled(True)
        fields = {"kind": self.kind, "note": self.note}
        if not self._relation.is_client:
            fields |= {"other_name": self.name, "mobile": self.phone, "phone": self.phone}
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.bar.say(Level.ERROR, str(error))

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "users", _("原来的写法留在修改历史里")))
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self.name)
        who.addWidget(self.phone)
        whole.addLayout(who)
        self.name.setVisible(not self._relation.is_client)
        self.phone.setVisible(not self._relation.is_client)
        for part in (self.kind, self.decides, self.note, self.bar):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))


def _changed(old: str, new: str) -> str | None:
    return None if new.strip() == old.strip() else new
