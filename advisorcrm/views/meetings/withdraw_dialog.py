"""Asks why a view holds no more, and takes it back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.meetings.company_views import CompanyViewRow, withdraw_view
from advisorcrm.views import messages
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460


class WithdrawDialog(QDialog):
    """``withdrawn(sentence)`` when it was stored."""

    withdrawn = Signal(str)

    def __init__(
        self, around: Surroundings, row: CompanyViewRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._row = row
        self.setWindowTitle(_("撤回观点"))
        self.setMinimumWidth(_WIDE_PX)
        self.reason = Field(_("撤回原因"), QLineEdit(), required=True)
        self.go = primary(_("撤回观点"), key="⏎")
        answer_by_key(self, self.go)
        self.go.clicked.connect(self.submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "undo-2"))
        whole.addWidget(Label(f"{row.subject} {row.code} {row.stance.label}", weight=600))
        whole.addWidget(self.reason)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.go))
        self.reason.focus()

    def submit(self) -> None:
        """Take the view back, if it is said why."""
        if self.reason.check():
            self.go.setEnabled(False)
            work = partial(
                withdraw_view, view_id=self._row.id, reason=self.reason.value(),
                now=self._around.now(),
            )  # fmt: skip
            self._around.jobs.write(work, then=self._done, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """Nothing was changed: say why."""
        self.go.setEnabled(True)
        if isinstance(error, InvalidFieldError):
            self.reason.show_message(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _done(self, _answer: object) -> None:
        self.accept()
        self.withdrawn.emit(_("已撤回观点：{subject}").format(subject=self._row.subject))
