"""What both pages of today share: head with the day, time bar, scrolling body, reading anew."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _, language
from advisorcrm.rules.lunar import lunar_of
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.rules.workdays import FRIDAY, DayKind, is_working, weekly_day
from advisorcrm.services.access import Right, has_calendar
from advisorcrm.services.days.checklists import DayPart, list_day_parts
from advisorcrm.services.workplace.start import FirstDay
from advisorcrm.views import theme
from advisorcrm.views.day_end.day_end_bar import DayEndBar
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.today.checklist_dialog import ChecklistDialog
from advisorcrm.views.today.dues_card import DuesCard
from advisorcrm.views.today.time_bar import TimeBar
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.page_head import PageHead
from advisorcrm.views.widgets.upright_area import scrolling

_MINUTE_MS = 60_000
_SIDE_PX = 380


class DayPage(QWidget):
    """Lives as long as the window; reads when looked at, and again after each write.

    ``client_wanted(id)`` and ``log_wanted(id)`` lead on, ``way_wanted(way)`` to what a part of the
    day leads to.
    """

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    way_wanted = Signal(object)
    calendar_wanted = Signal()
    dues: DuesCard
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.is_stale = True
        self._lacks_rest = False
        self._day: date | None = None
        self.dialog: ChecklistDialog | None = None
        self.head = PageHead(_("今日"))
        self.audit = Badge("", "info", "list-checks")
        self.calendar = quiet(_("日历"), icon="calendar", key="Ctrl+Shift+K")
        self.bar = TimeBar()
        self.day_end = DayEndBar(around)
        self.main_column = QVBoxLayout()
        self.main_column.addWidget(self.day_end)
        self.side_column = QVBoxLayout()
        self.page_keys = PageKeys(self, letters=around.settings.single_keys)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self._tick)
        self._lay_out()
        self.bar.opened.connect(self.open_part)
        self.calendar.clicked.connect(self.calendar_wanted)
        around.jobs.changed.connect(self.reload)
        self.page_keys.add("F5", self.reload)

    def begin(self, first: FirstDay) -> None:
        """Start with what was read at the sign-in; the rest is asked for when that is seen."""
        self.is_stale, self._lacks_rest = False, True
        self._show_date()
        self._show_parts(first.parts)
        self.show_first(first)

    def reload(self) -> None:
        """Read everything again; later, if nobody looks."""
        if not self.isVisible():
            self.is_stale = True
            return
        self.is_stale = False
        self._show_date()
        work = partial(list_day_parts, today=self.around.today())
        self.around.jobs.read(work, then=self._show_parts, key="today.day")
        self.read_cards()

    def read_cards(self) -> None:
        """Ask for what the cards show."""
        raise NotImplementedError

    def show_first(self, first: FirstDay) -> None:
        """The lines this page shows first."""
        raise NotImplementedError

    def read_rest(self) -> None:
        """Ask for what the first lines do not wait for."""
        raise NotImplementedError

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the overlay."""
        return [*self.page_keys.listed(), ("← → ⏎", _("时间表：选时段，打开清单"))]

    def open_part(self, slot_id: int) -> None:
        """Open the checklist of a part of the day."""
        part = next((part for part in self.bar.parts if part.slot.id == slot_id), None)
        if part is None:
            return
        part = self._with_deadlines(part)
        can_tick = self.around.may(Right.LOG_CONTACTS)
        self.dialog = ChecklistDialog(self.around, part, can_tick=can_tick, parent=self)
        self.dialog.led.connect(self.way_wanted)
        self.dialog.open()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read when looked at, if something was saved meanwhile."""
        super().showEvent(event)
        self._clock.start()
        if self.is_stale or self._day != self.around.today():
            self.reload()
        else:
            self._follow_clock()
            if self._lacks_rest:
                QTimer.singleShot(0, self, self.read_rest)
        self._lacks_rest = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page's own keys."""
        if not self.page_keys.press(event):
            super().keyPressEvent(event)

    def local_now(self) -> datetime:
        """The present instant by the branch's clock."""
        return self.around.now().astimezone(BRANCH_TIME)

    def _with_deadlines(self, part: DayPart) -> DayPart:
        return part

    def _show_parts(self, parts: tuple[DayPart, ...]) -> None:
        is_rest = not is_working(self.around.today())
        self.bar.show_day(parts, self.local_now().time(), is_rest=is_rest)

    def _tick(self) -> None:
        """A minute has passed; at midnight another day begins."""
        if not self.isVisible():
            self._clock.stop()
        elif self._day != self.around.today():
            self.reload()
        else:
            self._follow_clock()

    def _follow_clock(self) -> None:
        clock = self.local_now().time()
        self.bar.show_time(clock)
        self.day_end.follow(clock)  # at 16:30 it comes by itself

    def _show_date(self) -> None:
        self._day = today = self.around.today()
        if language() == "en":
            told = f"{weekday_label(today)} {today.isoformat()}"
        else:
            form = _("{month}月{day}日 {weekday}")
            told = form.format(month=today.month, day=today.day, weekday=weekday_label(today))
        lunar = _("农历{day}").format(day=lunar_of(today).label_zh)
        rest = "" if is_working(today) else f" · {DayKind.REST.label}"
        self.head.sub.setText(f"{told} · {lunar}{rest}")
        is_friday = today.weekday() == FRIDAY
        self.audit.show_badge(
            _("本周五：档案检查日") if is_friday else _("今天：档案检查日"), "info", "list-checks"
        )
        self.audit.setVisible(weekly_day(today) == today)

    def _lay_out(self) -> None:
        self.head.add_state(self.audit)
        self.audit.hide()
        self.head.add_button(self.calendar)
        self.calendar.setVisible(has_calendar(self.around.actor))
        time_card = Card(margins=(0, 4, 0, 2), spacing=0)
        time_card.add(self.bar)
        content = QWidget()
        content.setProperty("zone", "page")
        pair = QHBoxLayout(content)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(10)
        side = QWidget()
        side.setLayout(self.side_column)
        side.setFixedWidth(theme.px(_SIDE_PX))
        for column in (self.main_column, self.side_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
        pair.addLayout(self.main_column, 1)
        pair.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addWidget(time_card)
        whole.addWidget(scrolling(content), 1)
