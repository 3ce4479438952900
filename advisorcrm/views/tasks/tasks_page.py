"""Tasks: own ones, those to be accepted, those given, closed ones (R22, R47, R58, R238)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import task_list
from advisorcrm.i18n import N_, _, ngettext, pgettext
from advisorcrm.services.access import Right
from advisorcrm.services.tasks.task_lists import (
    TaskFilter,
    TaskRow,
    TaskScope,
    count_tasks,
    list_tasks,
)
from advisorcrm.terms import AccessKind
from advisorcrm.views import reports
from advisorcrm.views.branch_page import BranchPage, stack_up
from advisorcrm.views.row_deeds import RowDeeds
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.tasks.task_dialog import TaskDialog
from advisorcrm.views.tasks.task_looks import columns_of_scope, task_looks
from advisorcrm.views.tasks.task_work import TaskWork
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain, primary, wired
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.card_foot import CardFoot
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.page_head import PageHead

_EMPTY = {
    TaskScope.OWN: N_("手上没有待办任务"),
    TaskScope.TO_ACCEPT: N_("没有等您接收的任务"),
    TaskScope.GIVEN: N_("交办的任务都有了结果"),
    TaskScope.DONE: N_("还没有办结的任务"),
    TaskScope.BRANCH: N_("营业部没有待办任务"),
}


class TasksPage(BranchPage):
    """``client_wanted(id)``, ``meetings_wanted``, ``print_wanted`` and ``export_wanted``."""

    client_wanted = Signal(int)
    meetings_wanted = Signal()
    print_wanted = Signal(object)
    export_wanted = Signal(object)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, work: TaskWork, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._work = work
        self.rows: list[TaskRow] = []
        self.scope = TaskScope.OWN
        self.head = PageHead(pgettext("page", "任务"))
        self.accept_all = plain(_("全部接收"), icon="check")
        self.new_button = primary(_("新任务"), icon="plus", key="T")
        self.chips = {scope: Chip(scope.label) for scope in self._scopes()}
        self.model = RecordTableModel(TaskRow, book=around.book, looks=task_looks())
        self.table = RecordTable(self.model, _("任务"))
        self.empty = EmptyState("list-checks")
        self.buttons = ButtonRow()
        self._deeds = RowDeeds(self.buttons, self._page_keys, self.current)
        self._lay_out()
        self._connect()

    # For the window

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        row = self.current()
        return row.client_id if row else None

    def status_text(self) -> str:
        """How many are shown, and how many of them are late."""
        late = sum(1 for row in self.rows if row.days_late)
        count = ngettext("{count} 项任务", "{count} 项任务", len(self.rows))
        told = count.format(count=f"{len(self.rows):,}")
        return told + (_(" · {late} 项逾期").format(late=late) if late else "")

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, for a desk in public view (F9)."""
        self.model.set_private(is_private=is_private)

    # What the person does

    def new(self, _checked: object = None) -> TaskDialog:
        """The form of a new task."""
        return self._work.ask_new()

    def show_scope(self, scope: TaskScope) -> None:
        """Show another list."""
        self.scope = scope
        for one, chip in self.chips.items():
            chip.setChecked(one is scope)
        self.reload()

    def current(self) -> TaskRow | None:
        """The task at the cursor."""
        key = self.table.current_id()
        return next((row for row in self.rows if row.id == key), None)

    # Inside

    def _scopes(self) -> list[TaskScope]:
        leads = self._around.may(Right.LEAD_TEAM)
        return [scope for scope in TaskScope if leads or scope is not TaskScope.BRANCH]

    def _listed(self) -> RecordList:
        return task_list(self.scope)

    def _show(self, scope: TaskScope, rows: list[TaskRow]) -> None:
        if scope is not self.scope:
            return
        self.rows = rows
        self.model.show_rows(rows)
        shown = columns_of_scope(scope)
        for bound in self.model.columns:
            self.table.show_column(bound.name, shown=bound.name in shown)
        self.empty.say(_(_EMPTY[scope]))
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and self.table.current_row() < 0:
            self.table.go_to(0)
        self._follow()
        self.status_changed.emit(self.status_text())

    def _show_counts(self, counts: dict[TaskScope, int]) -> None:
        for scope, count in counts.items():
            self.chips[scope].show_count(count)

    def _follow(self, _line: int = -1) -> None:
        """Only what can be done with the task at the cursor is offered."""
        self._deeds.follow()
        self.accept_all.setVisible(len(self._waiting()) > 1)

    def _waiting(self) -> list[TaskRow]:
        return [row for row in self.rows if self._waits_for_me(row)]

    def _accept_all(self, _checked: object = None) -> None:
        self._work.accept_all(self._waiting())

    def _open_client(self, row: TaskRow) -> None:
        if row.client_id is not None:
            self.client_wanted.emit(row.client_id)

    def _is_mine(self, row: TaskRow) -> bool:
        """Open, and answered for by this person or led by the manager."""
        me = self._around.actor.user_id
        manages = self._around.may(Right.HAND_OVER)
        return row.is_open and row.offered_to_id != me and (row.owner_id == me or manages)

    def _waits_for_me(self, row: TaskRow) -> bool:
        return row.is_open and row.offered_to_id == self._around.actor.user_id

    def _is_offered(self, row: TaskRow) -> bool:
        return self._is_mine(row) and row.offered_to_id is not None

    def _is_closed(self, row: TaskRow) -> bool:
        return not row.is_open

    def _add_deeds(self) -> None:
        work, add = self._work, self._deeds.add
        add(_("办结"), "D", work.finish, self._is_mine, "circle-check")
        add(_("办结并写结果"), "Shift+D", work.ask_result, self._is_mine)
        add(_("接收"), "A", work.accept, self._waits_for_me, "check")
        add(_("退回"), "R", work.ask_return, self._waits_for_me, "undo-2")
        add(_("改期"), "M", work.ask_day, self._is_mine, "calendar")
        add(_("交给同事"), "G", work.ask_receiver, self._is_mine, "user-check")
        add(_("收回"), "Shift+G", work.withdraw, self._is_offered)
        add(_("修改"), "E", work.ask_change, self._is_mine, "pencil")
        add(_("打开客户"), "O", self._open_client, lambda row: row.client_id is not None)
        add(_("重新列入待办"), "U", work.reopen, self._is_closed)
        add(_("取消任务"), "Del", work.ask_cancel, self._is_mine, "x")

    def _open_row(self, _line: int) -> None:
        self._deeds.do(self._work.ask_change, self._is_mine)

    def _show_menu(self, _line: int, at: QPoint) -> None:
        menu = QMenu(self)
        for button in self._deeds.offered():
            menu.addAction(button.icon(), button.text()).triggered.connect(button.click)
        menu.popup(at)

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.new_button.clicked.connect(self.new)
        self.accept_all.clicked.connect(self._accept_all)
        for scope, chip in self.chips.items():
            chip.clicked.connect(partial(self._choose, scope))
        self.table.chosen.connect(self._follow)
        self.table.opened.connect(self._open_row)
        self.table.menu_wanted.connect(self._show_menu)
        self._page_keys.watch(self.table)

    def _choose(self, scope: TaskScope, _checked: object = None) -> None:
        self.show_scope(scope)

    def _ask_for_meetings(self, _checked: object = None) -> None:
        self.meetings_wanted.emit()

    def _print(self, _checked: object = None) -> None:
        self.print_wanted.emit(reports.record_list(self._listed(), AccessKind.PRINT))

    def _export(self, _checked: object = None) -> None:
        self.export_wanted.emit(reports.record_list(self._listed(), AccessKind.EXPORT))

    def _refresh(self) -> None:
        jobs = self._around.jobs
        read = partial(list_tasks, query=TaskFilter(self.scope), today=self._around.today())
        jobs.read(read, then=partial(self._show, self.scope), key="tasks.rows")
        jobs.read(count_tasks, then=self._show_counts, key="tasks.counts")

    def _lay_out(self) -> None:
        self._add_head()
        self._add_deeds()
        scopes = QHBoxLayout()
        scopes.setSpacing(8)
        for chip in self.chips.values():
            scopes.addWidget(chip)
        self.chips[self.scope].setChecked(True)
        scopes.addStretch(1)
        scopes.addWidget(self.accept_all)
        self.accept_all.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self._stack, 1)
        card.add(Line())
        card.add(CardFoot(_("↑↓ 选 · ⏎ 修改"), buttons=self.buttons))
        stack_up(self, self.head, scopes, card)

    def _add_head(self) -> None:
        self.head.sub.setText(_("先办紧急又重要的"))
        if self._around.may(Right.SEE_MINUTES):
            meetings = plain(_("会议纪要"), icon="users")
            meetings.clicked.connect(self._ask_for_meetings)
            self.head.add_button(meetings)
        if self._around.may(Right.EXPORT):
            self.head.add_button(wired(_("打印"), "printer", self._print))
            self.head.add_button(wired(_("导出"), "upload", self._export))
        self.head.add_button(self.new_button)
