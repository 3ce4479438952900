"""When an advisor is away, and who stands in (休假代管): entered and taken back."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.days.absences import (
    AbsenceRow,
    NewAbsence,
    archive_absence,
    enter_absence,
    list_absences,
)
from advisorcrm.views import messages
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.today.card_lines import card_line
from advisorcrm.views.widgets.buttons import primary, quiet
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460


class AbsenceDialog(EntryDialog):
    """Times to come stand above, each with a way back; stays open until the write is accepted."""

    def __init__(
        self, around: Surroundings, advisor_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._advisor_id = advisor_id
        self.setWindowTitle(_("休假代管"))
        self.setMinimumWidth(_WIDE_PX)
        self.first = Field(_("自"), DateLine(), required=True)
        self.last = Field(_("至"), DateLine(), required=True)
        self.stand_in = Field(_("谁代管"), ComboBox([], empty=_("暂不指定")))
        self.note = Field(_("说明"), QLineEdit(), hint=_("可空"))
        self.button = primary(_("登记休假"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        self._lines = QVBoxLayout()
        self._lay_out(name)
        for field in (self.first, self.last):
            field.set_value(around.today().isoformat())
        around.jobs.read(list_advisors, then=self._offer)
        self.reload()

    def reload(self) -> None:
        """Read the times to come again."""
        work = partial(list_absences, from_on=self._around.today())
        self._around.jobs.read(work, then=self._show)

    def submit(self) -> None:
        """Note the time away."""
        days = [_day_of(field) for field in (self.first, self.last)]
        first, last = days
        if first is None or last is None:
            wrong = self.first if first is None else self.last
            wrong.show_message(Level.ERROR, _("请填日期，例如 2026-11-20。"))
            wrong.focus()
            return
        chosen = self.stand_in.value()
        new = NewAbsence(
            self._advisor_id, first, last, int(chosen) if chosen else None, self.note.value()
        )
        self.button.setEnabled(False)
        work = partial(enter_absence, new=new, now=self._around.now())
        self._around.jobs.write(work, then=self._entered, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at its place."""
        self.button.setEnabled(True)
        fields = {"from_on": self.first, "to_on": self.last, "stand_in_id": self.stand_in,
                  "note": self.note}  # fmt: skip
        if not show_at_field(error, fields):
            messages.show_problem(error, self)

    def _offer(self, people: list[tuple[int, str, str]]) -> None:
        box = self.stand_in.editor
        if isinstance(box, ComboBox):
            others = [one for one in people if one[0] != self._advisor_id]
            choices = [(str(key), f"{name} {number}") for key, number, name in others]
            box.set_choices(choices, empty=_("暂不指定"))

    def _show(self, rows: list[AbsenceRow]) -> None:
        empty_layout(self._lines)
        for row in rows:
            if row.user_id == self._advisor_id:
                self._lines.addWidget(self._line(row))

    def _line(self, row: AbsenceRow) -> QWidget:
        days = f"{row.from_on:%m-%d}–{row.to_on:%m-%d}"
        who = _("{name} 代管").format(name=row.stand_in_name) if row.stand_in_name else ""
        told = " · ".join(part for part in (days, who, row.note) if part)
        back = quiet(_("撤回休假"), icon="undo-2")
        back.setAccessibleName(f"{_('撤回休假')} {days}")
        back.clicked.connect(partial(self._take_back, row.id))
        return card_line(Label(told), back)

    def _take_back(self, absence_id: int, _checked: bool = False) -> None:
        work = partial(archive_absence, absence_id=absence_id, now=self._around.now())
        self._around.jobs.write(work, then=self._taken_back, failed=self.show_problem)

    def _taken_back(self, _nothing: None) -> None:
        self.reload()

    def _entered(self, _key: int) -> None:
        self.accept()

    def _lay_out(self, name: str) -> None:
        days = QHBoxLayout()
        days.setSpacing(10)
        days.addWidget(self.first)
        days.addWidget(self.last)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "user-x", name))
        whole.addLayout(self._lines)
        whole.addLayout(days)
        whole.addWidget(self.stand_in)
        whole.addWidget(self.note)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))


def _day_of(field: Field) -> date | None:
    editor = field.editor
    return editor.day() if isinstance(editor, DateLine) else None
