"""The rota: who has which shift; planned by the manager, swapped by the people (R237)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.shift_lists import shift_rota
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.shift_logs import (
    NewShift,
    ShiftPerson,
    ShiftRow,
    archive_shift,
    list_shift_people,
    plan_shift,
)
from advisorcrm.services.days.shift_swaps import NewSwap, ask_swap
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.label import Label


class RotaDialog(RecordListDialog):
    """``shift_wanted(id)`` for a shift that has begun (Enter)."""

    shift_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("值班表"), "calendar", ShiftRow, parent)
        self.day = DateLine()
        self.day.setAccessibleName(_("值班日期"))
        self.day.set_day(around.today())
        self.shift = CodeBox(around.book, terms.SHIFT_KIND)
        self.shift.setAccessibleName(_("班次"))
        self.person = ComboBox([])
        self.person.setAccessibleName(_("同事"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("换班原因"))
        self.reason.setPlaceholderText(_("换班原因，可空"))
        self.plan_button = soft(_("排班"), icon="plus")
        self.archive_button = plain(_("取消排班"), icon="x")
        self.swap_button = plain(_("把选中的班换给这位同事"), icon="split")
        self._arrange()
        self.reload()
        around.jobs.read(list_shift_people, then=self._offer, failed=self._hide)

    def listed(self) -> RecordList:
        """The rota as it leaves the program."""
        return shift_rota()

    def nothing(self) -> str:
        """Nobody stands on it."""
        return _("还没有排班，也没有人接过班")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("由客服经理在上面排班；接班后也会列出")

    def plan(self) -> None:
        """Put the chosen person on the rota (manager)."""
        new = NewShift(
            int(self.person.code() or 0), self.day.day() or self._around.today(), self.shift.code()
        )
        self._around.jobs.write(partial(plan_shift, new=new))

    def archive(self) -> None:
        """Take the chosen shift off (manager)."""
        row = self.current()
        if isinstance(row, ShiftRow):
            work = partial(archive_shift, shift_id=row.id, now=self._around.now())
            inverse = partial(plan_shift, new=NewShift(row.user_id, row.shift_on, row.shift))
            told = _("已取消 {day} {name}的班").format(day=row.shift_on, name=row.user_name)
            self._around.jobs.write(work, then=partial(self._tell, told, inverse))

    def ask(self) -> None:
        """Ask the chosen colleague to take the chosen shift of one's own."""
        row = self.current()
        if isinstance(row, ShiftRow):
            new = NewSwap(row.id, int(self.person.code() or 0), reason=self.reason.text())
            work = partial(ask_swap, new=new, now=self._around.now())
            self._around.jobs.write(work, then=self._asked)

    def _open(self, line: int) -> None:
        row = self.rows[line] if line < len(self.rows) else None
        if isinstance(row, ShiftRow) and row.started_at is not None:
            self.accept()
            self.shift_wanted.emit(row.id)

    def _offer(self, people: list[ShiftPerson]) -> None:
        self.person.set_choices([(str(person.id), person.name) for person in people])

    def _hide(self, _error: Exception) -> None:
        self.person.hide()

    def _asked(self, _swap: int) -> None:
        self.reason.clear()
        self.count.setText(_("换班申请已提出，等对方或客服主管答复"))

    def _tell(self, told: str, inverse: partial[int], _answer: object) -> None:
        self._around.undo.done(told, inverse)

    def _arrange(self) -> None:
        may = self._around.may
        self.person.setMinimumContentsLength(10)
        self.top.addWidget(self.person, 2)
        if may(Right.LEAD_LISTS):
            self.top.addWidget(self.day, 2)
            self.top.addWidget(self.shift, 2)
            self.top.addWidget(self.plan_button)
            self.add_button(self.archive_button).clicked.connect(self.archive)
            self.plan_button.clicked.connect(self.plan)
        if may(Right.KEEP_SHIFTS):
            self.top.addWidget(self.reason, 3)
            self.top.addWidget(self.swap_button)
            self.swap_button.clicked.connect(self.ask)
        else:
            self.person.hide()
        hint = _("换班须提前两日；不足两日由客服主管决定")
        self.entry.addWidget(Label(hint, "text2", "caption"))
        self.entry.addStretch(1)
