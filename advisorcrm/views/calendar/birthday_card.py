"""Birthdays of the next fourteen days: age, calendar, the ways that may be used (R113, R244)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.calendar.calendars import BIRTHDAY_DAYS
from advisorcrm.services.care.birthdays import BirthdayRow
from advisorcrm.terms import BirthdayKept
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import bare, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

MOST = 8


class BirthdayCard(Card):
    """``greet_wanted(row)`` for the greeting, ``wanted(row)`` to arrange a time for it.

    ``print_wanted`` for the list of names.

    Who wants no disturbance is skipped.
    """

    greet_wanted = Signal(object)
    wanted = Signal(object)
    print_wanted = Signal()

    def __init__(self, *, may_print: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("生日"), margins=(12, 6, 8, 6), spacing=2, parent=parent)
        self.print = quiet(_("打印名单"), icon="printer")
        self.print.clicked.connect(self.print_wanted)
        self.add_right(self.print)
        self.print.setVisible(may_print)
        self._rows: tuple[BirthdayRow, ...] = ()
        self._is_private = False
        self._may_book = self._may_greet = True
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.rest = Label("", "text2", "caption")
        self.add(self.rest)

    def show_rows(self, rows: Sequence[BirthdayRow], *, may_book: bool, may_greet: bool) -> None:
        """Show these birthdays."""
        self._rows = tuple(rows)
        self._may_book, self._may_greet = may_book, may_greet
        count = len(self._rows)
        told = ngettext("未来 {days} 天 · {count} 位", "未来 {days} 天 · {count} 位", count)
        self.print.setEnabled(bool(count))
        self.sub.setText(told.format(days=BIRTHDAY_DAYS, count=count))
        self._fill()

    def set_private(self, *, is_private: bool) -> None:
        """Names are masked while others look on."""
        self._is_private = is_private
        self._fill()

    def _fill(self) -> None:
        empty_layout(self._grid)
        for place, row in enumerate(self._rows[:MOST]):
            self._add(row, 2 * place)
        left = len(self._rows) - MOST
        text = _("还有 {count} 位").format(count=left) if left > 0 else ""
        self.rest.setText(text if self._rows else _("没有客户过生日。"))
        self.rest.setVisible(bool(self.rest.text()))

    def _add(self, row: BirthdayRow, line: int) -> None:
        name = mask_name(row.client_name) if self._is_private else row.client_name
        self._grid.addWidget(Label(name), line, 0)
        self._grid.addWidget(Label(f"{row.on:%m-%d} {row.weekday}"), line, 1)
        self._grid.addWidget(Label(_remark(row), "text2", "caption"), line + 1, 1)
        self._grid.addWidget(_badge(row), line, 2, 2, 1)
        if row.ways.is_skipped:
            self._grid.addWidget(Label(_("跳过"), "text2", "caption"), line, 4, 2, 1)
            return
        if self._may_book:
            time = bare("calendar", _("与 {name} 约时间祝贺").format(name=name))
            time.clicked.connect(lambda _on=False: self.wanted.emit(row))
            self._grid.addWidget(time, line, 3, 2, 1)
        if row.greeted_on is not None:
            self._grid.addWidget(Label(_("已祝贺"), "ok", "caption"), line, 4, 2, 1)
        elif self._may_greet:
            button = quiet(_("祝贺"))
            button.setAccessibleName(_("祝贺 {name}").format(name=name))
            button.clicked.connect(lambda _on=False: self.greet_wanted.emit(row))
            self._grid.addWidget(button, line, 4, 2, 1)


def _remark(row: BirthdayRow) -> str:
    kept = row.written if row.calendar is BirthdayKept.LUNAR else _("公历")
    age = _("{age} 岁").format(age=row.age) if row.age is not None else ""
    return " · ".join(part for part in (kept, age) if part)


def _badge(row: BirthdayRow) -> Badge:
    """The first way that may be used, or why none may."""
    if row.ways.is_skipped:
        badge = Badge(_("免打扰"), "mute")
    elif row.ways.ways:
        badge = Badge(f"{row.ways.ways[0].label} ✓", "ok")
    else:
        badge = Badge(_("无可用渠道"), "warn")
    badge.setToolTip(row.ways.reason or row.way)
    return badge
