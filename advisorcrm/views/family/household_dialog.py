"""Gives a household another name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 400


class HouseholdDialog(QDialog):
    """``named(name)``; stays open until the name is accepted."""

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("给家庭改名"))
        self.setMinimumWidth(_WIDE_PX)
        self.name = Field(_("家庭名称"), QLineEdit(name), required=True)
        self.button = primary(_("保存"), key="⏎")
        answer_by_key(self, self.button)
        self.button.clicked.connect(self.submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "users"))
        whole.addWidget(self.name)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.name.focus()

    def submit(self) -> None:
        """Ask for the name."""
        if self.name.check():
            self.named.emit(self.name.value())

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at the name."""
        reason = error.reason if isinstance(error, InvalidFieldError) else str(error)
        self.name.show_message(Level.ERROR, reason)

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()
