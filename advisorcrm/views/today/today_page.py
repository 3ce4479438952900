"""The advisor's day: whom to visit and why, what is due, whose birthday comes (R22, R33, R34)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.exports.record_lists import birthdays
from advisorcrm.i18n import _
from advisorcrm.services.access import Right, may
from advisorcrm.services.care.birthdays import BirthdayRow, birthday_window, list_birthdays
from advisorcrm.services.completeness.completeness_trends import find_completeness_then
from advisorcrm.services.dues.due_board import DueBoard, find_next_due, open_due_board
from advisorcrm.services.dues.dues import DueRow
from advisorcrm.services.visits.branch_day import WeekProgress, open_week
from advisorcrm.services.visits.visit_suggestions import VisitBoard, open_visit_board
from advisorcrm.services.workplace.start import FirstDay
from advisorcrm.terms import AccessKind, DueKind
from advisorcrm.views import reports
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.today.birthdays_card import BirthdaysCard
from advisorcrm.views.today.day_page import DayPage
from advisorcrm.views.today.due_lines import next_words
from advisorcrm.views.today.dues_card import DuesCard
from advisorcrm.views.today.skip_dialog import SkipDialog
from advisorcrm.views.today.visits_card import VisitsCard
from advisorcrm.views.today.week_card import WeekCard

_MORE_LINES = 8


class TodayPage(DayPage):
    """Own clients only; who logs no contacts (front desk) sees what is due, without visits."""

    print_wanted = Signal(object)
    greet_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.has_visits = may(around.actor, Right.LOG_CONTACTS)
        self._days = (2, 7)
        self._due = DueBoard()
        self._next: DueRow | None = None
        self.visits = VisitsCard(around)
        self.dues = DuesCard(around, _("到期与逾期"), of_branch=False)
        self.birthdays = BirthdaysCard(around)
        self.week = WeekCard()
        self.skip_dialog: SkipDialog | None = None
        for card in (self.visits, self.dues):
            self.main_column.addWidget(card)
        for side in (self.birthdays, self.week):
            self.side_column.addWidget(side)
        self.main_column.addStretch(1)
        self.side_column.addStretch(1)
        for shown in (self.visits, self.week):
            shown.setVisible(self.has_visits)
        self._connect()
        self._add_keys()

    def read_cards(self) -> None:
        """Ask for visits, dates, birthdays and the week, and for what is unwritten."""
        if self.has_visits:
            work = partial(open_visit_board, today=self.around.today())
            self.around.jobs.read(work, then=self._show_visits, key="today.visits")
            self.day_end.reload()
        else:
            self._read_others()

    def show_first(self, first: FirstDay) -> None:
        """The visits of the day."""
        if first.visits is not None:
            self._show_lines(first.visits)

    def read_rest(self) -> None:
        """Dates, birthdays and the week, and what is unwritten."""
        if self.has_visits:
            self.day_end.reload()
        self._read_others()

    def _read_others(self) -> None:
        jobs, today, now = self.around.jobs, self.around.today(), self.around.now()
        dues = partial(open_due_board, now=now, rows=_MORE_LINES)
        jobs.read(dues, then=self._show_dues, key="today.dues")
        jobs.read(
            partial(_coming_birthdays, today=today), then=self._show_birthdays,
            key="today.birthdays",
        )  # fmt: skip
        if self.has_visits:
            jobs.long(partial(open_week, today=today), then=self._show_week, key="today.week")
            monday = today - timedelta(days=today.weekday())
            then = partial(find_completeness_then, before=monday)
            jobs.long(then, then=self.week.show_then, key="today.then")

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.visits.table if self.has_visits else self.dues.table

    def current_client_id(self) -> int | None:
        """The client a quick action is about: of the list that has the focus."""
        if self.dues.table.hasFocus():
            return self.dues.current_client_id()
        return self.visits.current_client_id() if self.has_visits else None

    def status_text(self) -> str:
        """The visits of the day in one line."""
        board = self.visits.board
        if board is None:
            return ""
        return _("今日三访 {done} / {wanted}").format(done=board.visited, wanted=board.wanted)

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, for a desk in public view (F9)."""
        for card in (self.visits, self.dues, self.birthdays):
            card.model.set_private(is_private=is_private)

    def ask_to_skip(self) -> None:
        """Put suggestions aside for today, with a reason (S)."""
        board = self.visits.board
        if board is None or not board.suggested or not self.around.may(Right.LOG_CONTACTS):
            return
        self.skip_dialog = SkipDialog(self.around, board.suggested, self)
        self.skip_dialog.open()

    def _connect(self) -> None:
        for card in (self.visits, self.dues):
            card.log_wanted.connect(self.log_wanted)
            card.client_wanted.connect(self.client_wanted)
        self.birthdays.client_wanted.connect(self.client_wanted)
        self.birthdays.greet_wanted.connect(self.greet_wanted)
        self.birthdays.print_wanted.connect(self._print_birthdays)
        self.visits.skip_wanted.connect(self.ask_to_skip)

    def _add_keys(self) -> None:
        keys = self.page_keys
        for table in (self.visits.table, self.dues.table, self.birthdays.table):
            table.letters_are_keys = self.around.settings.single_keys
            keys.watch(table)
        if self.has_visits:
            keys.add("S", self.ask_to_skip, _("换一批"))

    def _show_visits(self, board: VisitBoard) -> None:
        self._show_lines(board)
        self.repaint()  # the lines first: what comes next keeps both cores busy
        self._read_others()

    def _show_lines(self, board: VisitBoard) -> None:
        self.visits.show_board(board)
        self.status_changed.emit(self.status_text())
        self._say_nothing()

    def _show_dues(self, board: DueBoard) -> None:
        self.dues.show_board(board, self.around.now())
        self._due = board
        self._next = board.rows[0] if board.rows else None
        if self._next is None:
            work = partial(find_next_due, now=self.around.now())
            self.around.jobs.read(work, then=self._show_next, key="today.next")
        self._say_nothing()

    def _show_next(self, row: DueRow | None) -> None:
        self._next = row
        self._say_nothing()

    def _print_birthdays(self) -> None:
        today = self.around.today()
        start, end = (today + timedelta(days=ahead) for ahead in self._days)
        self.print_wanted.emit(reports.record_list(birthdays(start, end), AccessKind.PRINT))

    def _say_nothing(self) -> None:
        """What the day says when nothing is late or of today: what comes next."""
        board, due = self.visits.board, self._due
        is_done = not self.has_visits or (board is not None and board.visited >= board.wanted)
        told = _("今天的事都办完了。") if is_done else _("没有到期或逾期的事项。")
        coming = next_words(self._next, self.around.now()) if self._next else ""
        self.dues.say_nothing(told, coming or _("未来两个月也没有到期的事项。"))
        is_free = bool(due.rows) and not due.overdue and all(map(self._can_wait, due.rows))
        self.dues.say_done(f"{told}{coming}" if is_done and is_free else "")

    def _can_wait(self, row: DueRow) -> bool:
        """Of another day, or the end of this one, which comes last."""
        return row.kind is DueKind.TODAY_END or row.due_on > self.around.today()

    def _show_birthdays(self, found: tuple[tuple[int, int], list[BirthdayRow]]) -> None:
        self._days, rows = found
        self.birthdays.show_birthdays(rows, self._days, self.around.today())

    def _show_week(self, week: WeekProgress) -> None:
        self.week.show_week(week, self.around.today())


def _coming_birthdays(
    session: Any, actor: Any, today: Any
) -> tuple[tuple[int, int], list[BirthdayRow]]:
    start, end = birthday_window(session, actor, today=today)
    rows = list_birthdays(session, actor, start=start, end=end)
    return ((start - today).days, (end - today).days), rows
