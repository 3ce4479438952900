"""The calendar of an advisor: seven days or one, blocks and whole-day matters (R29, 10.10)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.business_hours import next_half_hour
from advisorcrm.services.access import Right
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.calendar.appointments import (
    NewAppointment,
    add_appointments,
    move_appointment,
)
from advisorcrm.services.calendar.calendars import (
    MONTH,
    WEEK,
    Calendar,
    CalendarBlock,
    open_calendar,
)
from advisorcrm.services.calendar.unappointed import UnappointedRow
from advisorcrm.services.care.birthdays import BirthdayRow
from advisorcrm.terms import Role
from advisorcrm.views.calendar.appointment_dialog import AppointmentDialog, Draft
from advisorcrm.views.calendar.birthday_card import BirthdayCard
from advisorcrm.views.calendar.calendar_head import CalendarHead
from advisorcrm.views.calendar.calendar_legend import CalendarLegend
from advisorcrm.views.calendar.month_grid import MonthGrid
from advisorcrm.views.calendar.waiting_card import WaitingCard
from advisorcrm.views.calendar.week_grid import WeekGrid
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.upright_area import scrolling

_SIDE_PX = 340
GREETING_AT = time(10)


class CalendarPage(QWidget):
    """Asks for a client, a contact form, a brief (all by the client's id) and printed lists."""

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    brief_wanted = Signal(int)
    greet_wanted = Signal(object)
    print_wanted = Signal(int, object, int)
    names_wanted = Signal(int)
    told = Signal(str)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._advisor_id = around.actor.user_id
        self._calendar: Calendar | None = None
        self.dialog: AppointmentDialog | None = None
        self.head = CalendarHead(around)
        self.bar = InlineBar()
        self.grid = WeekGrid(around.book, around.now)
        self.month = MonthGrid(around.book, around.now)
        self.legend = CalendarLegend()
        self.waiting = WaitingCard()
        self.birthdays = BirthdayCard(may_print=around.may(Right.EXPORT))
        self._page_keys = PageKeys(self, letters=around.settings.single_keys)
        self._lay_out()
        self._connect()
        self._add_keys()
        around.jobs.changed.connect(self.reload)
        if around.actor.role in (Role.MANAGER, Role.LEADER):
            around.jobs.read(list_advisors, then=self._show_advisors)

    # For the window

    def reload(self) -> None:
        """Read the days shown again."""
        work = partial(
            open_calendar, advisor_id=self._advisor_id, start=self.head.start(),
            days=self.head.days(), now=self._around.now(),
        )  # fmt: skip
        self._around.jobs.read(work, then=self._show, failed=self._refuse, key="calendar.days")

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        own = [
            ("← → ↑ ↓", _("换日和时间")),
            ("⏎", _("打开，空处新建")),
            ("Alt+↑↓", _("改期 30 分钟")),
        ]
        return [*own, *self._page_keys.listed()]

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.month if self.head.is_month() else self.grid

    def current_client_id(self) -> int | None:
        """The client of the chosen block, for 记沟通."""
        block = None if self.head.is_month() else self.grid.chosen()
        return block.client_id if block else None

    def status_text(self) -> str:
        """``欧阳文静 面谈 · 11-24 周二 14:30–15:30 · 7 天 10 约``."""
        blocks = self._calendar.blocks if self._calendar else ()
        count = sum(block.appointment is not None for block in blocks)
        days = self.head.days()
        total = ngettext("{days} 天 {count} 约", "{days} 天 {count} 约", count)
        said = self.month.said() if self.head.is_month() else self.grid.said()
        return " · ".join((said, total.format(days=days, count=count)))

    def blocks(self) -> tuple[CalendarBlock, ...]:
        """What is drawn, in the order of time."""
        return self._calendar.blocks if self._calendar else ()

    def set_private(self, *, is_private: bool) -> None:
        """Names are masked while others look on."""
        self.grid.set_private(is_private=is_private)
        self.month.set_private(is_private=is_private)
        self.waiting.set_private(is_private=is_private)
        self.birthdays.set_private(is_private=is_private)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page's own keys."""
        if not self._page_keys.press(event):
            super().keyPressEvent(event)

    def show_advisor(self, advisor_id: int) -> None:
        """Another advisor's days (who leads)."""
        self._advisor_id = advisor_id
        self.head.advisor.set_code(str(advisor_id))
        self.reload()

    # What the person does

    def add(self, at: datetime | None = None, client_id: int | None = None, name: str = "") -> None:
        """The form of a new appointment, at the cursor's time unless another is given.

        The cursor begins at the opening of today: where that is over, the next time is proposed.
        """
        self._open(Draft(self._advisor_id, at or self._time_ahead(), client_id, name))

    def _time_ahead(self) -> datetime:
        at, now = self.grid.cursor_at(), self._around.now()
        return at if at is not None and at > now else next_half_hour(now)

    def open_block(self, block: CalendarBlock) -> None:
        """An appointment's form; a conversation without one leads to its client."""
        row = block.appointment
        if row is not None:
            self._open(
                Draft(self._advisor_id, None, row.client_id, row.client_name,
                      from_log_id=row.from_log_id, row=row)
            )  # fmt: skip
        elif block.client_id is not None:
            self.client_wanted.emit(block.client_id)

    def shift(self, block: CalendarBlock, at: datetime) -> None:
        """Give an appointment another time; Ctrl+Z takes it back."""
        row = block.appointment
        if row is None or not self._may_write():
            return
        back = partial(
            move_appointment, appointment_id=row.id, starts_at=row.starts_at,
            version=row.version + 1,
        )  # fmt: skip
        told = _("{who} 改到 {at}").format(who=row.client_name or row.title, at=f"{at:%m-%d %H:%M}")
        self._around.jobs.write(
            partial(move_appointment, appointment_id=row.id, starts_at=at, version=row.version),
            then=lambda _answer: self._around.undo.done(told, back),
            failed=self._refuse,
        )

    def take(self, rows: Sequence[UnappointedRow]) -> None:
        """Book proposed times, one transaction for all."""
        new = [self._proposed(row) for row in rows if row.proposed is not None]
        self._around.jobs.write(partial(add_appointments, new=new, now=self._around.now()),
                                then=self._booked, failed=self._refuse)  # fmt: skip

    def print_days(self) -> None:
        """The days shown, as a list on paper."""
        self.print_wanted.emit(self._advisor_id, self.head.start(), self.head.days())

    def print_names(self) -> None:
        """Whose birthday comes, as the card shows them, on paper."""
        self.names_wanted.emit(self._advisor_id)

    # Answers

    def _show(self, calendar: Calendar) -> None:
        self.bar.hide()
        self._calendar = calendar
        self._show_days(calendar)
        self.waiting.show_rows(calendar.unappointed, may_book=self._may_write())
        may_greet = self._around.may(Right.EDIT_CLIENTS)
        self.birthdays.show_rows(
            calendar.birthdays, may_book=self._may_write(), may_greet=may_greet
        )
        self._say_empty(calendar)
        self.status_changed.emit(self.status_text())

    def _show_days(self, calendar: Calendar) -> None:
        """As hours of some days, or as the weeks of a month; the keyboard goes along."""
        is_month = self.head.is_month()
        had_focus = self.grid.hasFocus() or self.month.hasFocus()
        if is_month:
            self.month.show_calendar(calendar, self.head.month())
        else:
            self.grid.show_calendar(calendar)
        self._areas.setCurrentIndex(1 if is_month else 0)
        if had_focus:
            self.primary_focus().setFocus()

    def _say_empty(self, calendar: Calendar) -> None:
        """``这 7 天没有预约``, with the times proposed beside it."""
        if any(block.appointment for block in calendar.blocks):
            return
        days = len(calendar.days)
        text = ngettext("这 {count} 天没有预约。", "这 {count} 天没有预约。", days).format(
            count=days
        )
        if calendar.unappointed:
            text += _("右边有建议的时间，点一下就约好。")
        self.bar.say(Level.INFO, text)

    def _show_advisors(self, advisors: list[tuple[int, str, str]]) -> None:
        self.head.show_advisors(advisors, self._advisor_id)
        self._advisor_id = self.head.advisor_id() or self._advisor_id
        self.reload()

    def _refuse(self, error: Exception) -> None:
        self.bar.say(Level.ERROR, str(error))

    def _booked(self, count: int) -> None:
        self.told.emit(ngettext("已约 {count} 位", "已约 {count} 位", count).format(count=count))

    # Inside

    def _may_write(self) -> bool:
        return self._around.may(Right.LOG_CONTACTS)

    def _proposed(self, row: UnappointedRow) -> NewAppointment:
        at = row.proposed.starts if row.proposed else self._around.now()
        return NewAppointment(
            str(uuid.uuid4()), at, row.minutes, row.way, row.client_id, self._advisor_id,
            title=row.title, from_log_id=row.from_log_id,
        )  # fmt: skip

    def _open(self, draft: Draft) -> None:
        if draft.row is None and not self._may_write():
            return
        dialog = AppointmentDialog(self._around, draft, self.window())
        dialog.log_wanted.connect(self.log_wanted)
        dialog.brief_wanted.connect(self.brief_wanted)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _choose_other(self, row: UnappointedRow) -> None:
        self._open(
            Draft(self._advisor_id, None, row.client_id, row.client_name, row.way, row.title,
                  row.from_log_id)
        )  # fmt: skip

    def _arrange_greeting(self, row: BirthdayRow) -> None:
        """A time on the birthday itself, to congratulate by telephone."""
        at = datetime.combine(row.on, GREETING_AT, BRANCH_TIME)
        self._open(
            Draft(self._advisor_id, at, row.client_id, row.client_name, terms.WAY_PHONE,
                  _("生日问候"))
        )  # fmt: skip

    def _choose_advisor(self) -> None:
        self._advisor_id = self.head.advisor_id() or self._advisor_id
        self.reload()

    def _step(self, days: int) -> None:
        """An arrow left the days shown: one day further, and the cursor with it."""
        at = self.grid.cursor_at()
        self.head.step(days)
        if at is not None:
            self.grid.go_to_day(at.date() + timedelta(days=days))

    def _leave_month(self, on: date) -> None:
        """An arrow left the weeks shown: the month before or after."""
        self.head.step(-1 if on < self.head.start() else 1)
        self.month.go_to_day(on)

    def _go_today(self) -> None:
        self.head.go_today()
        self.grid.go_to_day(self._around.today())
        self.month.go_to_day(self._around.today())

    def _tell_choice(self) -> None:
        self.status_changed.emit(self.status_text())

    def _connect(self) -> None:
        head, grid = self.head, self.grid
        head.changed.connect(self.reload)
        head.advisor_changed.connect(self._choose_advisor)
        head.add_button.clicked.connect(lambda _on=False: self.add())
        head.print_button.clicked.connect(self.print_days)
        head.today_button.clicked.connect(self._go_today)
        grid.opened.connect(self.open_block)
        grid.wanted.connect(self.add)
        grid.moved.connect(self.shift)
        grid.selected.connect(self._tell_choice)
        grid.stepped.connect(self._step)
        self.month.opened.connect(self.head.show_day)
        self.month.left.connect(self._leave_month)
        self.month.selected.connect(self._tell_choice)
        self.waiting.taken.connect(self.take)
        self.waiting.wanted.connect(self._choose_other)
        self.birthdays.wanted.connect(self._arrange_greeting)
        self.birthdays.print_wanted.connect(self.print_names)
        self.birthdays.greet_wanted.connect(self.greet_wanted)

    def _add_keys(self) -> None:
        keys = self._page_keys
        keys.add("Home", self._go_today, _("回今天"))
        keys.add("1", partial(self.head.use_days, 1), _("日"))
        keys.add("2", partial(self.head.use_days, WEEK), _("周"))
        keys.add("Ctrl+P", self.print_days, _("打印"))
        if self._around.may(Right.EXPORT):
            keys.add("P", self.print_names, _("打印生日名单"))
        keys.add("3", partial(self.head.use_days, MONTH), _("月"))
        keys.watch(self.grid)
        keys.watch(self.month)

    def _lay_out(self) -> None:
        card = Card(margins=(0, 0, 0, 0))
        self._areas = QStackedWidget()
        for part in (self.grid, self.month):
            self._areas.addWidget(scrolling(part))
        card.add(self._areas, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(card, 1)
        left.addWidget(self.legend)
        self.side = QVBoxLayout()
        self.side.setSpacing(12)
        self.side.addWidget(self.birthdays)
        self.side.addWidget(self.waiting)
        self.side.addStretch(1)
        column = QWidget()
        column.setLayout(self.side)
        self.side.setContentsMargins(0, 0, 0, 0)
        area = scrolling(column)
        area.setFixedWidth(_SIDE_PX)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addWidget(self.bar)
        whole.addLayout(both, 1)
