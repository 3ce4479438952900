"""Another lot (换一批): who is not visited today, and why (R33, R34)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.visits.visit_skips import SkipReason, skip_visits
from advisorcrm.services.visits.visit_suggestions import VisitLine
from advisorcrm.views import messages
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 440


class SkipDialog(QDialog):
    """All suggested clients are ticked; stays open until the write is accepted."""

    def __init__(
        self, around: Surroundings, lines: Sequence[VisitLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self.setWindowTitle(_("换一批"))
        self.setMinimumWidth(_WIDE_PX)
        self.boxes = {line.id: CheckBox(line.name) for line in lines}
        self.reason = Field(
            _("今天不访问的原因"),
            ComboBox([(reason.value, reason.label) for reason in SkipReason]),
            required=True,
        )
        self.note = Field(_("说明"), QLineEdit(), hint=_("选“其他原因”时必填"))
        self.button = primary(_("今天跳过"), key="⏎")
        answer_by_key(self, self.button)
        self.button.clicked.connect(self.submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "rotate-ccw", _("只跳过今天，明天再列")))
        for box in self.boxes.values():
            box.setChecked(True)
            whole.addWidget(box)
        self.problem = Label("", "crit", "caption", wrap=True)
        self.problem.hide()
        for part in (self.problem, self.reason, self.note):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.reason.focus()

    def submit(self) -> None:
        """Put the ticked clients aside."""
        chosen = [key for key, box in self.boxes.items() if box.isChecked()]
        work = partial(
            skip_visits, client_ids=chosen, reason=SkipReason(self.reason.value()),
            note=self.note.value(), now=self._around.now(),
        )  # fmt: skip
        self._around.jobs.write(work, then=self._done, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at its place."""
        if isinstance(error, InvalidFieldError) and error.field == "note":
            self.note.show_message(Level.ERROR, error.reason)
            self.note.focus()
        elif isinstance(error, InvalidFieldError):
            self.problem.setText(error.reason)
            self.problem.show()
        else:
            messages.show_problem(error, self)

    def _done(self, _count: int) -> None:
        self.accept()
