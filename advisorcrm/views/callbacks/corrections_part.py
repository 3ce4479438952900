"""Under the record of a finished call: what was put right, and a line for more (R223)."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook, show_instant
from advisorcrm.i18n import _
from advisorcrm.rules.corrected_answers import AnswerFixes, changes_text
from advisorcrm.services.callbacks.callback_corrections import (
    CorrectedCall,
    CorrectionRow,
    NewCorrection,
)
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level


class CorrectionsPart(QWidget):
    """``submitted`` when what is right is to be saved; the record above stays as it is.

    ``answers_opened(yes or no)`` when the answers above are to be put right, or no longer.
    """

    submitted = Signal()
    answers_opened = Signal(bool)

    def __init__(self, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._attempt = str(uuid.uuid4())
        self.told = Label("", "text2", wrap=True)
        self.line = QLineEdit()
        self.field = Field(_("更正（原记录不变）"), self.line)
        self.answers = Chip(_("更正评价与评分"))
        self.answers.setToolTip(
            _("点亮后在上面改总体评价、满意度、评分和五项提问，报表按更正后的统计")
        )
        self.save = plain(_("记下更正"), icon="pencil")
        self._entry = QWidget()
        self._lay_out()
        self.save.clicked.connect(self._submit)
        self.line.returnPressed.connect(self._submit)
        self.answers.toggled.connect(self.answers_opened)
        self.hide()

    def show_call(self, call: CorrectedCall, *, is_done: bool, may_write: bool) -> None:
        """What was put right so far, of a finished call."""
        lines = [self._line(row) for row in call.rows]
        self.told.setText("\n".join(lines))
        self.told.setVisible(bool(lines))
        self._entry.setVisible(may_write)
        self.setVisible(is_done)

    def begin(self) -> None:
        """Bring the cursor here, if this record may be corrected."""
        if self._entry.isVisible():
            self.line.setFocus()

    def correction(self, fixes: AnswerFixes) -> NewCorrection:
        """What is to be saved; the same attempt until it was."""
        return NewCorrection(self._attempt, self.line.text(), fixes)

    def clear(self) -> None:
        """It was saved, or another call is shown: the next one is another."""
        self._attempt = str(uuid.uuid4())
        self.line.clear()
        self.field.clear_message()
        self.answers.setChecked(False)

    def show_problem(self, reason: str) -> None:
        """Nothing was saved: say why."""
        self.field.show_message(Level.ERROR, reason)

    def _line(self, row: CorrectionRow) -> str:
        parts = (changes_text(row.changes, self._book), row.content)
        return _("更正 {at} {name}：{content}").format(
            at=show_instant(row.corrected_at), name=row.author_name,
            content=_("；").join(part for part in parts if part),
        )  # fmt: skip

    def _submit(self) -> None:
        self.submitted.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.save)
        entry = QVBoxLayout(self._entry)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.setSpacing(4)
        entry.addWidget(self.answers, 0, Qt.AlignmentFlag.AlignLeft)
        entry.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 6, 0)
        whole.setSpacing(6)
        whole.addWidget(self.told)
        whole.addWidget(self._entry)
