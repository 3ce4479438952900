"""The branch's day for those who lead: each advisor's visits, what is late, who waits (R33)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.completeness.completeness_trends import find_team_completeness_then
from advisorcrm.services.days.absences import count_appointments_away
from advisorcrm.services.dues.due_board import DueBoard, open_due_board
from advisorcrm.services.meetings.open_points import OpenPoints, list_open_points
from advisorcrm.services.visits.branch_day import (
    BranchCounts,
    BranchDay,
    count_branch,
    count_files,
    open_branch_day,
)
from advisorcrm.services.workplace.start import FirstDay
from advisorcrm.terms import MeetingKind
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.today.absence_dialog import AbsenceDialog
from advisorcrm.views.today.advisors_card import AdvisorsCard
from advisorcrm.views.today.day_page import DayPage
from advisorcrm.views.today.dues_card import DuesCard
from advisorcrm.views.today.evening_card import EveningCard
from advisorcrm.views.today.matters_card import MattersCard
from advisorcrm.views.today.part_ways import PartWay
from advisorcrm.views.today.waiting_card import WaitingCard

_LINES = 8
_KEYS = "123456789"


class BranchTodayPage(DayPage):
    """Manager and leader.

    ``logs_wanted(id)``, ``late_wanted(id)``, ``files_wanted(id)`` of one advisor,
    ``remind_wanted(id, words)`` of what is missing; the other signals lead to lists.
    """

    logs_wanted = Signal(int)
    late_wanted = Signal(int)
    files_wanted = Signal(int)
    remind_wanted = Signal(int, str)
    matters_wanted = Signal()
    calendar_of_wanted = Signal(int)
    unassigned_wanted = Signal()
    first_contacts_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.day: BranchDay | None = None
        self.absence_dialog: AbsenceDialog | None = None
        self._points: OpenPoints | None = None
        self._people = self._households = ""
        self.advisors = AdvisorsCard(around)
        self.dues = DuesCard(around, _("逾期与今日到期"), of_branch=True)
        self.matters = MattersCard()
        self.evening = EveningCard(may_write=around.may(Right.WRITE_MINUTES))
        self.waiting = WaitingCard(may_assign=around.may(Right.HAND_OVER))
        self.dues.say_nothing(_("全营业部没有逾期的事项。"))
        for card in (self.advisors, self.dues):
            self.main_column.addWidget(card)
        for side in (self.matters, self.waiting, self.evening):
            self.side_column.addWidget(side)
        self.main_column.addStretch(1)
        self.side_column.addStretch(1)
        self._connect()
        self._add_keys()

    def read_cards(self) -> None:
        """Ask for everybody's day; the rest is asked for when that is there."""
        day = partial(open_branch_day, now=self.around.now())
        self.around.jobs.read(day, then=self._show_day, key="today.branch")

    def show_first(self, first: FirstDay) -> None:
        """Everybody's visits."""
        if first.branch is not None:
            self._show_lines(first.branch)

    def read_rest(self) -> None:
        """What is late, reported and counted: long reads, which the first lines do not wait for."""
        jobs, now, today = self.around.jobs, self.around.now(), self.around.today()
        dues = partial(open_due_board, now=now, rows=_LINES)
        jobs.read(dues, then=self._show_dues, key="today.dues")
        self.day_end.reload()
        points = partial(list_open_points, today=today)
        jobs.long(points, then=self._show_points, key="today.points")
        away = partial(count_appointments_away, today=today)
        jobs.long(away, then=self.waiting.show_away, key="today.away")
        jobs.long(partial(count_branch, now=now), then=self._show_counts, key="today.counts")
        files = partial(count_files, today=today)
        jobs.long(files, then=self.advisors.show_files, key="today.files")
        monday = today - timedelta(days=today.weekday())
        then = partial(find_team_completeness_then, before=monday)
        jobs.long(then, then=self.advisors.show_then, key="today.then")

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.advisors.table

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        return self.dues.current_client_id() if self.dues.table.hasFocus() else None

    def status_text(self) -> str:
        """How many advisors have their visits, how many matters wait for an answer."""
        if self.day is None:
            return ""
        today = self.around.today()
        here = [row for row in self.day.advisors if self.day.away(row.id, today) is None]
        done = sum(row.visits >= row.wanted for row in here)
        told = _("三访达标 {done} / {count} 人")
        said = [told.format(done=done, count=len(here))]
        if self._points is not None and self._points.topics:
            said.append(_("上报 {count}").format(count=len(self._points.topics)))
        return " · ".join(said)

    def set_private(self, *, is_private: bool) -> None:
        """Mask names of clients too, for a desk in public view (F9)."""
        self.dues.model.set_private(is_private=is_private)

    def ask_absence(self, advisor_id: int, name: str) -> None:
        """When an advisor is away, and who stands in (H)."""
        self.absence_dialog = AbsenceDialog(self.around, advisor_id, name, self)
        self.absence_dialog.open()

    def _connect(self) -> None:
        self.dues.log_wanted.connect(self.client_wanted)
        self.dues.client_wanted.connect(self.client_wanted)
        self.advisors.opened.connect(self.logs_wanted)
        self.advisors.late_wanted.connect(self.late_wanted)
        self.advisors.files_wanted.connect(self.files_wanted)
        self.advisors.remind_wanted.connect(self.remind_wanted)
        self.advisors.absence_wanted.connect(self.ask_absence)
        self.matters.wanted.connect(self.matters_wanted)
        self.evening.wanted.connect(self._open_evening)
        self.waiting.calendar_of_wanted.connect(self.calendar_of_wanted)
        self.waiting.unassigned_wanted.connect(self.unassigned_wanted)
        self.waiting.first_contacts_wanted.connect(self.first_contacts_wanted)

    def _add_keys(self) -> None:
        for table in (self.advisors.table, self.dues.table):
            table.letters_are_keys = self.around.settings.single_keys
            self.page_keys.watch(table)
        for place, key in enumerate(_KEYS):
            what = _("选客服专员") if place == 0 else ""
            self.page_keys.add(key, partial(self.advisors.go_to, place), what)
        self.page_keys.add("L", self.advisors.open_late, _("逾期清单"))
        self.page_keys.add("M", self.advisors.open_files, _("不完备的档案"))
        if self.around.may(Right.HAND_OVER):
            self.page_keys.add("H", self.advisors.ask_absence, _("休假代管"))
            self.page_keys.add("G", self.advisors.ask_to_remind, _("发提醒"))

    def _show_points(self, points: OpenPoints) -> None:
        self.matters.show_matters(points.topics)
        self.evening.show_points(points)
        self._points = points
        self.status_changed.emit(self.status_text())

    def _open_evening(self) -> None:
        self.way_wanted.emit(PartWay("", "", MeetingKind.EVENING))

    def _show_day(self, day: BranchDay) -> None:
        self._show_lines(day)
        self.repaint()  # the lines first: what comes next keeps both cores busy
        self.read_rest()

    def _show_lines(self, day: BranchDay) -> None:
        self.day = day
        self.advisors.show_day(day, self.around.now())
        away = sum(day.away(row.id, self.around.today()) is not None for row in day.advisors)
        people = ngettext("{count} 人", "{count} 人", len(day.advisors))
        self._people = people.format(count=len(day.advisors))
        if away:
            resting = ngettext("{count} 人休假", "{count} 人休假", away)
            self._people += f" · {resting.format(count=away)}"
        self._show_sums()
        self.status_changed.emit(self.status_text())

    def _show_counts(self, counts: BranchCounts) -> None:
        self.advisors.show_counts(counts)
        self.waiting.show_counts(counts)
        clients = sum(counts.clients.values()) + counts.unassigned
        households = ngettext("{count} 户", "{count} 户", clients)
        self._households = households.format(count=f"{clients:,}")
        self._show_sums()

    def _show_sums(self) -> None:
        self.advisors.sub.setText(" · ".join(filter(None, (self._people, self._households))))

    def _show_dues(self, board: DueBoard) -> None:
        self.dues.show_board(board, self.around.now())
