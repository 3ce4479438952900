"""Asks who gets the chosen clients, and why (R217)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.views import messages
from advisorcrm.views.widgets.buttons import plain, primary, quiet
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.label import Label

_WIDE_PX = 460


class HandOverDialog(EntryDialog):
    """``submitted(advisor_id, reason)``; ``balance_wanted`` to share them out instead."""

    submitted = Signal(int, str)
    balance_wanted = Signal()

    def __init__(self, count: int, parent: QWidget | None = None, *, days: int = 7) -> None:
        super().__init__(parent)
        self._days = days
        said = ngettext("移交 {count} 户", "移交 {count} 户", count).format(count=f"{count:,}")
        self.setWindowTitle(said)
        self.advisor = Field(_("移交给"), ComboBox(empty=_("请选择")), required=True)
        self.reason = Field(_("原因"), QLineEdit(), required=True, hint=_("记入每位客户的修改历史"))
        self.go = self.button = primary(said, key="Ctrl+Enter")
        self.go.clicked.connect(self.submit)
        self.balance = quiet(_("按数量和贡献均衡分配"), icon="scale")
        self.balance.clicked.connect(self.balance_wanted)
        self._lay_out()
        self.advisor.focus()

    def offer(self, advisors: Sequence[tuple[int, str, str]]) -> None:
        """Who may have clients."""
        editor = self.advisor.editor
        if isinstance(editor, ComboBox):
            choices = [(str(key), f"{name} {number}") for key, number, name in advisors]
            editor.set_choices(choices, empty=_("请选择"))

    def submit(self) -> None:
        """Give adviser and reason to the page."""
        wrong = [field for field in (self.advisor, self.reason) if not field.check()]
        if wrong:
            wrong[0].focus()
            return
        self.go.setEnabled(False)
        self.submitted.emit(int(self.advisor.value()), self.reason.value())

    def show_problem(self, error: Exception) -> None:
        """Nothing was handed over: say why at its field."""
        self.go.setEnabled(True)
        fields = {"advisor_id": self.advisor, "moves": self.advisor, "reason": self.reason}
        if not show_at_field(error, fields):
            messages.show_problem(error, self)

    def _lay_out(self) -> None:
        head = dialog_head(self, "split")
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.balance)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        week = _("新的客服专员应在 {days} 天内完成首次沟通。").format(days=self._days)
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(self.advisor)
        whole.addWidget(self.reason)
        whole.addWidget(Label(week, "text2", "caption", wrap=True))
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
