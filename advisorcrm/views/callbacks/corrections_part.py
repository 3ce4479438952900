"""Under the record of a finished call: what was put right, and a line for more (R223)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.columns import show_instant
from advisorcrm.i18n import _
from advisorcrm.services.callbacks.callback_corrections import CorrectionRow, NewCorrection
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level


class CorrectionsPart(QWidget):
    """``submitted(new)`` with what is right; the record above stays as it is."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attempt = str(uuid.uuid4())
        self.told = Label("", "text2", wrap=True)
        self.line = QLineEdit()
        self.field = Field(_("更正（原记录不变）"), self.line)
        self.save = plain(_("记下更正"), icon="pencil")
        self._entry = QWidget()
        row = QHBoxLayout(self._entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 6, 0)
        whole.setSpacing(6)
        whole.addWidget(self.told)
        whole.addWidget(self._entry)
        self.save.clicked.connect(self._submit)
        self.line.returnPressed.connect(self._submit)
        self.hide()

    def show_rows(self, rows: Sequence[CorrectionRow], *, is_done: bool, may_write: bool) -> None:
        """What was put right so far, of a finished call."""
        lines = [
            _("更正 {at} {name}：{content}").format(
                at=show_instant(row.corrected_at), name=row.author_name, content=row.content
            )
            for row in rows
        ]
        self.told.setText("\n".join(lines))
        self.told.setVisible(bool(lines))
        self._entry.setVisible(may_write)
        self.setVisible(is_done)

    def clear(self) -> None:
        """It was saved: the next one is another."""
        self._attempt = str(uuid.uuid4())
        self.line.clear()

    def show_problem(self, reason: str) -> None:
        """Nothing was saved: say why."""
        self.field.show_message(Level.ERROR, reason)

    def _submit(self) -> None:
        self.submitted.emit(NewCorrection(self._attempt, self.line.text()))
