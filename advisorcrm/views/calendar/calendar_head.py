"""The head of the calendar: which days, whose, and the way to a new appointment."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.access import Right
from advisorcrm.services.calendar.calendars import MONTH, WEEK
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import bare, plain, primary, quiet
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.label import Label


class CalendarHead(QWidget):
    """``changed`` when other days are wanted, ``advisor_changed`` for another calendar."""

    changed = Signal()
    advisor_changed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._start = around.today()
        self._days = WEEK
        self._is_from_monday = False
        self.title = Label(_("日历"), size="page_title", weight=600)
        self.back = bare("chevron-left", _("往前"))
        self.forward = bare("chevron-right", _("往后"))
        self.span = Label("", "text")
        self.today_button = quiet(_("回今天"), key="Home")
        self.day_chip = Chip(_("日 1"))
        self.week_chip = Chip(_("周 2"))
        self.month_chip = Chip(_("月 3"))
        self.begin = quiet("")
        self.advisor = ComboBox([])
        self.advisor.setAccessibleName(_("客服专员"))
        self.advisor.setMinimumContentsLength(8)
        self.print_button = plain(_("打印本周"), icon="printer")
        self.add_button = primary(_("新预约"), icon="calendar", key="Shift+A")
        self._lay_out()
        self._connect()
        self._show()

    def start(self) -> date:
        """The first day shown."""
        return self._start

    def days(self) -> int:
        """How many days are shown."""
        return self._days

    def advisor_id(self) -> int | None:
        """Whose calendar; None where only the own can be seen."""
        code = self.advisor.code()
        return int(code) if code else None

    def show_advisors(self, advisors: list[tuple[int, str, str]], own: int) -> None:
        """Let the manager choose."""
        self.advisor.set_choices([(str(key), name) for key, _number, name in advisors])
        self.advisor.set_code(str(own))
        self.advisor.show()

    def is_month(self) -> bool:
        """Whether six weeks around a month are shown."""
        return self._days == MONTH

    def month(self) -> date:
        """The first day of the month shown."""
        return (self._start + timedelta(days=WEEK - 1)).replace(day=1)

    def show_day(self, on: date) -> None:
        """That day alone."""
        self._days, self._start = 1, on
        self._tell()

    def use_days(self, days: int) -> None:
        """One day, seven, or the weeks of a month."""
        if days == MONTH:
            middle = self.month() if self.is_month() else self._start
            self._show_month(middle)
            return
        if self.is_month():
            self._days = days
            self.go_today()
            return
        self._days = days
        if days == 1 and not self._start <= self._around.today() < self._start + timedelta(WEEK):
            self._tell()
            return
        if days == 1:
            self._start = self._around.today()
        elif self._is_from_monday:
            self._start -= timedelta(days=self._start.weekday())
        self._tell()

    def step(self, days: int) -> None:
        """So many days further; a month at a time where a month is shown."""
        if self.is_month():
            near = self.month() + timedelta(days=-1 if days < 0 else 31)
            self._show_month(near)
            return
        self._start += timedelta(days=days)
        self._tell()

    def go_today(self) -> None:
        """The days from today, or the week of today."""
        today = self._around.today()
        if self.is_month():
            self._show_month(today)
            return
        back = today.weekday() if self._is_from_monday and self._days == WEEK else 0
        self._start = today - timedelta(days=back)
        self._tell()

    def turn_begin(self) -> None:
        """Seven days from today, or the week from Monday on."""
        self._is_from_monday = not self._is_from_monday
        self._days = WEEK
        self.go_today()

    def _show_month(self, on: date) -> None:
        """The six weeks, Monday first, that hold the month of a day."""
        first = on.replace(day=1)
        self._days, self._start = MONTH, first - timedelta(days=first.weekday())
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        last = self._start + timedelta(days=self._days - 1)
        text = day_label(self._start.isoformat(), self._start)
        if self.is_month():
            text = f"{self.month():%Y-%m}"
        elif self._days > 1:
            text = f"{text} — {day_label(f'{last:%m-%d}', last)}"
        self.span.setText(text)
        self.day_chip.setChecked(self._days == 1)
        self.week_chip.setChecked(self._days == WEEK)
        self.month_chip.setChecked(self.is_month())
        self.begin.show_text(_("周一起 7 天") if self._is_from_monday else _("从今天起 7 天"))

    def _connect(self) -> None:
        self.back.clicked.connect(lambda _on=False: self.step(-self._days))
        self.forward.clicked.connect(lambda _on=False: self.step(self._days))
        self.day_chip.clicked.connect(lambda _on=False: self.use_days(1))
        self.week_chip.clicked.connect(lambda _on=False: self.use_days(WEEK))
        self.month_chip.clicked.connect(lambda _on=False: self.use_days(MONTH))
        self.begin.clicked.connect(self.turn_begin)
        self.advisor.currentIndexChanged.connect(lambda _place: self.advisor_changed.emit())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (
            self.title, self.back, self.span, self.forward, self.today_button, self.day_chip,
            self.week_chip, self.month_chip, self.begin, self.advisor,
        ):  # fmt: skip
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(self.add_button)
        self.advisor.hide()
        self.add_button.setVisible(self._around.may(Right.LOG_CONTACTS))
        self.print_button.setVisible(self._around.may(Right.EXPORT))
