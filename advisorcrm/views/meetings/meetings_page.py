"""Meetings: the list, and the minutes of the one chosen with decisions and action items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.meetings.company_views import CompanyViewRow, NewCompanyView, decide_view
from advisorcrm.services.meetings.meetings import (
    ActionItem,
    MeetingRow,
    Minutes,
    begin_minutes,
    close_minutes,
    get_minutes,
    list_meetings,
    reopen_minutes,
)
from advisorcrm.terms import AccessKind, MeetingKind, TaskSource
from advisorcrm.views import messages, reports, theme
from advisorcrm.views.branch_page import BranchPage, stack_up
from advisorcrm.views.meetings.decisions_card import DecisionsCard
from advisorcrm.views.meetings.meeting_looks import action_looks, meeting_looks, view_looks
from advisorcrm.views.meetings.minutes_form import MinutesForm
from advisorcrm.views.meetings.minutes_keeper import MinutesKeeper
from advisorcrm.views.meetings.view_dialog import ViewDialog
from advisorcrm.views.meetings.withdraw_dialog import WithdrawDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.tasks.task_work import TaskWork
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import Button, plain, primary, quiet, wired
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.page_head import PageHead
from advisorcrm.views.widgets.upright_area import scrolling

_LIST_PX = 400
_COLUMNS = ("held_on", "kind", "closed_at")


class MeetingsPage(BranchPage):
    """``print_wanted(report)``, ``export_wanted(report)``, ``told(text)``.

    What is written is stored by itself after a pause, when another meeting is chosen and when the
    page is left.
    """

    print_wanted = Signal(object)
    views_wanted = Signal()
    export_wanted = Signal(object)
    told = Signal(str)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, work: TaskWork, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._work = work
        self._is_opening = False
        self.rows: list[MeetingRow] = []
        self.minutes: Minutes | None = None
        self._wanted: int | None = None
        self.dialog: ViewDialog | WithdrawDialog | None = None
        self.head = PageHead(pgettext("page", "会议纪要"))
        self.state = Badge("", "mute")
        self.model = RecordTableModel(MeetingRow, looks=meeting_looks(), columns=_COLUMNS)
        self.table = RecordTable(self.model, _("会议"))
        self.form = MinutesForm()
        self.keeper = MinutesKeeper(around, self.form, self)
        self.views = DecisionsCard(
            _("重点推送与统一观点"), CompanyViewRow, _("还没有定下重点推送或统一观点"), view_looks()
        )
        self.actions_card = DecisionsCard(
            _("行动项"), ActionItem, _("还没有行动项；新行动项会列入负责人的任务"), action_looks()
        )
        self.save_button = primary(_("保存"), key="Ctrl+S")
        self.close_button = plain(_("定稿"), icon="check")
        self.nothing_button = quiet(_("空项写“无”"))
        self.reopen_button = plain(_("撤回定稿"), icon="undo-2")
        self.empty = EmptyState("users", _("还没有会议纪要"), _("从上方开始今天的晨会或夕会"))
        self._lay_out()
        self._connect()
        self._follow()

    # For the window

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    # What the person does

    def begin(self, kind: MeetingKind, on: date | None = None) -> None:
        """Open today's minutes of a kind, begun if nobody has."""
        self.keeper.save()
        self._is_opening = True
        work = partial(
            begin_minutes, kind=kind, held_on=on or self._around.today(), now=self._around.now()
        )
        self._around.jobs.write(work, then=self._read, failed=self._give_up)

    def save(self) -> None:
        """Store what was written, if anything was; a time that cannot be read is said to be one."""
        self.form.is_understood()
        self.keeper.save()

    def close_current(self) -> None:
        """定稿, when what was written is stored."""
        if self.minutes is not None and self.form.is_understood():
            self.keeper.save(partial(self._close, self.minutes.id))

    def reopen_current(self) -> None:
        """The manager takes 定稿 back."""
        if self.minutes is not None:
            work = partial(reopen_minutes, meeting_id=self.minutes.id)
            then = partial(self._tell, _("已撤回定稿"))
            self._around.jobs.write(work, then=then, failed=self._refuse)

    def ask_view(self) -> None:
        """Decide a view, to be pushed or not."""
        if self.minutes is not None:
            self.keeper.save()
            dialog = self.dialog = ViewDialog(self._around, self.minutes, self.window())
            dialog.submitted.connect(partial(self._decide, dialog))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def ask_withdrawal(self) -> None:
        """Why the view at the cursor holds no more."""
        row = self.views.current()
        if isinstance(row, CompanyViewRow) and row.withdrawn_at is None:
            dialog = self.dialog = WithdrawDialog(self._around, row, self.window())
            dialog.withdrawn.connect(self.told)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def ask_action(self) -> None:
        """A task from the meeting."""
        if self.minutes is not None:
            self.keeper.save()
            self._work.ask_new(source=(TaskSource.MINUTES, self.minutes.id))

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The people of the branch are read with the minutes, but not with each change of them."""
        if self._is_stale:
            self._around.jobs.read(list_advisors, then=self.form.offer, key="meetings.people")
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave nothing unsaved behind."""
        self.keeper.save()
        super().hideEvent(event)

    # Inside

    def _may_write(self) -> bool:
        is_open = self.minutes is not None and self.minutes.closed_at is None
        return is_open and self._around.may(Right.WRITE_MINUTES)

    def _close(self, meeting_id: int) -> None:
        work = partial(close_minutes, meeting_id=meeting_id, now=self._around.now())
        then = partial(self._tell, _("纪要已定稿"))
        self._around.jobs.write(work, then=then, failed=self._refuse)

    def _read(self, meeting_id: int) -> None:
        self._wanted = meeting_id
        work = partial(get_minutes, meeting_id=meeting_id)
        self._around.jobs.read(work, then=self._show, key="meetings.minutes")

    def _show_list(self, rows: list[MeetingRow]) -> None:
        self.rows = rows
        self.model.show_rows(rows)
        if self.minutes is not None:
            self.table.go_to_id(self.minutes.id)
        elif rows and not self._is_opening:
            self.table.go_to(0)

    def _choose(self, line: int) -> None:
        if 0 <= line < len(self.rows):
            key = self.model.id_at(line)
            if key is not None and (self.minutes is None or key != self.minutes.id):
                self.keeper.save()
                self._read(key)

    def _give_up(self, error: Exception) -> None:
        """The minutes could not be begun: those that are there are shown."""
        self._is_opening = False
        self._refuse(error)
        self.reload()

    def _show(self, minutes: Minutes) -> None:
        """What was typed since stays; what was decided meanwhile is shown."""
        self._is_opening = False
        is_other = self.minutes is None or minutes.id != self.minutes.id
        if is_other:
            self.keeper.save()  # typed until the others came
        if is_other or not self.keeper.is_busy:
            self.minutes = minutes
            self.keeper.take(minutes)
            self.form.show_minutes(minutes, may_write=self._may_write())
        self.views.show_rows(minutes.views)
        self.actions_card.show_rows(minutes.actions)
        self.table.go_to_id(minutes.id)
        self._follow()

    def _follow(self) -> None:
        minutes, may_write = self.minutes, self._may_write()
        is_closed = minutes is not None and minutes.closed_at is not None
        self._work_area.setVisible(minutes is not None)
        self.empty.setVisible(minutes is None)
        decides = self._around.may(Right.DECIDE_VIEWS)
        self.save_button.setEnabled(may_write)
        self.close_button.setVisible(may_write)
        self.nothing_button.setVisible(may_write)
        self.reopen_button.setVisible(is_closed and decides)
        self.view_button.setVisible(minutes is not None and decides and not is_closed)
        in_force = any(row.withdrawn_at is None for row in self.views.rows)
        self.withdraw_button.setVisible(in_force and decides)
        self.action_button.setVisible(may_write)
        if minutes is None:
            self.state.hide()
            return
        self.state.show()
        self.head.sub.setText(f"{minutes.held_on.isoformat()} {minutes.kind.label}")
        said = (_("已定稿"), "ok") if is_closed else (_("未定稿"), "warn")
        self.state.show_badge(*said)

    def _saved(self) -> None:
        if self._wanted is not None:
            self._read(self._wanted)
        self.status_changed.emit(_("纪要已保存"))

    def _joined(self, _meeting_id: int) -> None:
        self.told.emit(_("同时有人写了这份纪要：两边的内容都保留了，请核对"))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, InvalidFieldError) or not self.form.show_problem(
            error.field, error.reason
        ):
            messages.show_problem(error, self)

    def _decide(self, dialog: ViewDialog, new: NewCompanyView) -> None:
        work = partial(decide_view, new=new, now=self._around.now())
        told = _("已定统一观点：{subject} {stance}").format(
            subject=new.subject, stance=new.stance.label
        )

        def stored(answer: object) -> None:
            dialog.accept_answer(answer)
            self.told.emit(told)

        self._around.jobs.write(work, then=stored, failed=dialog.show_problem)

    def _tell(self, told: str, _answer: object) -> None:
        self.told.emit(told)

    def _print(self, _checked: object = None) -> None:
        self.keeper.save(partial(self._let_out, self.print_wanted, AccessKind.PRINT))

    def _export(self, _checked: object = None) -> None:
        self.keeper.save(partial(self._let_out, self.export_wanted, AccessKind.EXPORT))

    def _let_out(self, wanted: SignalInstance, kind: AccessKind) -> None:
        if self.minutes is not None:
            wanted.emit(reports.minutes(self.minutes, kind))

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.table.chosen.connect(self._choose)
        self.keeper.saved.connect(self._saved)
        self.keeper.joined.connect(self._joined)
        self.keeper.refused.connect(self._refuse)
        wired: list[tuple[Button, Callable[[], None]]] = [
            (self.nothing_button, self._fill_nothing),
            (self.save_button, self.save), (self.close_button, self.close_current),
            (self.reopen_button, self.reopen_current), (self.view_button, self.ask_view),
            (self.withdraw_button, self.ask_withdrawal), (self.action_button, self.ask_action),
        ]  # fmt: skip
        for button, call in wired:
            button.clicked.connect(call)
        self._page_keys.add("Ctrl+S", self.save, _("保存"))
        self._page_keys.add("Ctrl+P", self._print, _("打印"))
        self._page_keys.add("Ctrl+F", self.views_wanted.emit, _("查统一观点"))

    def _refresh(self) -> None:
        self._around.jobs.read(list_meetings, then=self._show_list, key="meetings.list")
        if self._wanted is not None:
            self._read(self._wanted)

    def _lay_out(self) -> None:
        self.head.add_state(self.state)
        if self._around.may(Right.WRITE_MINUTES):
            for kind, icon in ((MeetingKind.MORNING, "sun"), (MeetingKind.EVENING, "moon")):
                form = _("今天的{meeting}")
                button = plain(form.format(meeting=kind.label), icon=icon)
                button.clicked.connect(partial(self._begin, kind))
                self.head.add_button(button)
        self.head.add_button(self.save_button)
        self.view_button = self.views.add_button(quiet(_("定观点"), icon="plus"))
        self.withdraw_button = self.views.add_button(quiet(_("撤回观点"), icon="undo-2"))
        self.action_button = self.actions_card.add_button(quiet(_("新行动项"), icon="plus"))
        listed = Card(margins=(0, 0, 0, 0), spacing=0)
        listed.add(self.table, 1)
        listed.setFixedWidth(theme.px(_LIST_PX))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(listed)
        pair.addWidget(self.empty, 1)
        pair.addWidget(self._work_part(), 1)
        stack_up(self, self.head, pair)

    def _fill_nothing(self, _checked: object = None) -> None:
        self.form.fill_nothing()

    def _begin(self, kind: MeetingKind, _checked: object = None) -> None:
        self.begin(kind)

    def _work_part(self) -> QWidget:
        written = Card(margins=(12, 10, 12, 12))
        written.add(self.form)
        foot = QHBoxLayout()
        if self._around.may(Right.EXPORT):
            foot.addWidget(wired(_("打印"), "printer", self._print))
            foot.addWidget(wired(_("导出"), "upload", self._export))
        foot.addStretch(1)
        foot.addWidget(self.nothing_button)
        foot.addWidget(self.reopen_button)
        foot.addWidget(self.close_button)
        written.body.addLayout(foot)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        for card in (written, self.views, self.actions_card):
            column.addWidget(card)
        column.addStretch(1)
        self._work_area = scrolling(inside)
        return self._work_area
