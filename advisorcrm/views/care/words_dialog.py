"""One line of words that a decision asks for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.views import messages, theme
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 420


class WordsDialog(QDialog):
    """``submitted(words)``; open until it is stored."""

    submitted = Signal(str)

    def __init__(self, title: str, label: str, deed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.words = Field(label, QLineEdit(), required=True)
        self.button = primary(deed, key="⏎")
        answer_by_key(self, self.button)
        self.button.clicked.connect(self.submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "pencil"))
        whole.addWidget(self.words)
        whole.addLayout(dialog_foot(self, self.button))
        self.setMinimumWidth(theme.px(_WIDE_PX))
        self.words.focus()

    def submit(self) -> None:
        """Give the words."""
        if self.words.check():
            self.submitted.emit(self.words.value())
        else:
            self.words.focus()

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why."""
        if isinstance(error, InvalidFieldError):
            self.words.show_message(Level.ERROR, error.reason)
            self.words.focus()
        else:
            messages.show_problem(error, self)
