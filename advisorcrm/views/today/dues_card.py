"""Card 到期与逾期: the one list of everything with a date, its most urgent lines (R22)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.dues.due_board import DueBoard
from advisorcrm.terms import DAY_ENDS, DueKind
from advisorcrm.views.reminding.duty_work import record_done
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.today.due_lines import TALKS, DueShown, due_looks, due_shown, is_own_duty
from advisorcrm.views.today.short_table import ShortTable
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.icon_label import IconLabel


class DuesCard(Card):
    """``log_wanted(id)`` for what is done by a talk, ``client_wanted(id)`` for other things.

    ``all_wanted`` for the next two weeks, ``task_wanted`` for a new task.
    ``callback_wanted(id)`` for a return call, ``day_end_wanted(day)`` for one that was not closed.
    An own duty of week or month is recorded as done.
    """

    log_wanted = Signal(int)
    client_wanted = Signal(int)
    callback_wanted = Signal(int)
    day_end_wanted = Signal(object)
    all_wanted = Signal()
    task_wanted = Signal()

    def __init__(
        self, around: Surroundings, title: str, *, of_branch: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self._around = around
        self._own_id = None if around.jobs.is_read_only else around.actor.user_id
        self._may_log = around.may(Right.LOG_CONTACTS)
        self.late = Badge("", "crit", "alarm-clock")
        self.of_today = Badge("", "warn")
        self.all = quiet(_("全部"))
        self.model = RecordTableModel(
            DueShown, book=around.book, looks=due_looks(), sortable=False, parent=self
        )
        self.table = ShortTable(self.model, title, "reason")
        self.table.show_column("person", shown=of_branch)
        self.done = IconLabel("circle-check", "", "ok")
        self.done.setContentsMargins(12, 8, 12, 8)
        self.empty = EmptyState("circle-check")
        self.weeks = plain(_("看未来两周"))
        self.task = quiet(_("新任务"), icon="plus", key="T")
        self.empty.set_actions(self.weeks, self.task)
        self.done.hide()
        self.empty.hide()
        for widget in (self.late, self.of_today, self.all):
            self.add_right(widget)
            widget.hide()
        for part in (self.done, self.table, self.empty):
            self.add(part)
        self.table.opened.connect(self._open)
        for button in (self.all, self.weeks):
            button.clicked.connect(self.all_wanted)
        self.task.clicked.connect(self.task_wanted)

    def show_board(self, board: DueBoard, now: datetime) -> None:
        """Show the most urgent lines and the counts."""
        self.model.show_rows(due_shown(board.rows, now, self._own_id, may_log=self._may_log))
        for badge, count, form, icon in (
            (self.late, board.overdue, _("{count} 逾期"), "alarm-clock"),
            (self.of_today, board.today, _("{count} 今日"), ""),
        ):
            kind = "crit" if badge is self.late else "warn"
            badge.show_badge(form.format(count=f"{count:,}"), kind, icon)
            badge.setVisible(count > 0)
        self.all.show_text(_("全部 {count}").format(count=f"{board.total:,}"))
        self.all.setVisible(board.total > 0)
        self.table.setVisible(bool(board.rows))
        self.empty.setVisible(not board.rows)

    def say_nothing(self, title: str, remark: str = "") -> None:
        """What stands there when nothing is due."""
        self.empty.say(title, remark)

    def say_done(self, told: str) -> None:
        """All of today is done, above what comes next; nothing takes it away."""
        self.done.show_text("circle-check", told, "ok")
        self.done.setVisible(bool(told))

    def current_client_id(self) -> int | None:
        """The client of the line under the cursor."""
        shown = self.model.row_at(self.table.current_row())
        return shown.row.client_id if isinstance(shown, DueShown) else None

    def _open(self, row: int) -> None:
        shown = self.model.row_at(row)
        if not isinstance(shown, DueShown):
            return
        due = shown.row
        if due.user_id is not None and is_own_duty(due, self._own_id, self._around.now()):
            record_done(self._around, due, due.user_id)
        elif due.kind in DAY_ENDS:
            if due.user_id == self._own_id:
                self.day_end_wanted.emit(due.due_on)
        elif due.kind is DueKind.CALLBACK:
            self.callback_wanted.emit(due.subject_id)
        elif due.client_id is not None:
            is_talk = due.kind in TALKS and self._may_log
            (self.log_wanted if is_talk else self.client_wanted).emit(due.client_id)
