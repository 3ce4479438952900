"""The notification centre: what waits, what was told, what the system has to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.dues.notifications import Notification
from advisorcrm.terms import ReminderState
from advisorcrm.views import theme
from advisorcrm.views.reminding.notification_line import STEPS, NotificationLine, Snooze
from advisorcrm.views.shell.overlay import Overlay
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_WIDE_PX = 440
_TOP_PX = 48
_MOST = 40
"""So many lines of a group are shown; the list of what is due has them all."""


class NotificationCentre(Overlay):
    """A sheet at the right; ``opened(line)``, ``snoozed(line, until)``, ``known(line)``."""

    opened = Signal(object)
    snoozed = Signal(object, object)
    known = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.lines: list[NotificationLine] = []
        self.empty = EmptyState(
            "circle-check", _("没有要处理的提醒"), _("到期的事项会出现在这里。")
        )
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self.sheet)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(self._head())
        whole.addWidget(Line())
        whole.addWidget(self._area, 1)
        self.setAccessibleName(_("通知中心"))
        self.show_lines((), date.min, [])

    def show_lines(self, lines: Sequence[Notification], today: date, offers: list[Snooze]) -> None:
        """Show these; the line that had the focus, or the one after it, has it again."""
        place = self._place()
        page = QWidget()
        page.setProperty("zone", "sheet")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        self.lines = []
        for group in (ReminderState.TO_DO, ReminderState.SYSTEM, ReminderState.TOLD):
            self._add_group(column, group, [one for one in lines if one.group is group],
                            today, offers)  # fmt: skip
        if not lines:
            self.empty = EmptyState(
                "circle-check", _("没有要处理的提醒"), _("到期的事项会出现在这里。")
            )
            column.addWidget(self.empty)
        column.addStretch(1)
        self._area.setWidget(page)
        if place is not None and self.isVisible():
            self._focus(place)

    def open_sheet(self) -> None:
        """Show it with the first line at hand."""
        super().open_sheet()
        self._focus(0)

    def place_sheet(self) -> None:
        """At the right edge, under the top bar."""
        wide, top = theme.px(_WIDE_PX), theme.px(_TOP_PX)
        self.sheet.setGeometry(self.width() - wide - 8, top, wide, self.height() - top - 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk the lines; Esc closes."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 10)
        head.addWidget(Label(_("通知中心"), size="subtitle", weight=600))
        head.addStretch(1)
        head.addWidget(Label(_("⏎ 打开 · S 稍后 · D 知道了或完成 · Esc 关"), "text3", "caption"))
        return head

    def _add_group(
        self,
        column: QVBoxLayout,
        group: ReminderState,
        lines: list[Notification],
        today: date,
        offers: list[Snooze],
    ) -> None:
        if not lines:
            return
        head = Label(f"{group.label}  {len(lines)}", "text2", "caption", weight=600)
        head.setContentsMargins(14, 10, 14, 4)
        column.addWidget(head)
        for one in lines[:_MOST]:
            shown = NotificationLine(one, today, offers)
            shown.opened.connect(self.opened)
            shown.snoozed.connect(self.snoozed)
            shown.known.connect(self.known)
            shown.stepped.connect(self._step)
            column.addWidget(shown)
            self.lines.append(shown)
        if len(lines) > _MOST:
            more = Label(_("另有 {count} 条").format(count=len(lines) - _MOST), "text3", "caption")
            more.setContentsMargins(14, 6, 14, 6)
            column.addWidget(more)

    def _step(self, by: int) -> None:
        self._focus((self._place() or 0) + by)

    def _place(self) -> int | None:
        return next((at for at, line in enumerate(self.lines) if line.hasFocus()), None)

    def _focus(self, place: int) -> None:
        if not self.lines:
            self.setFocus()
            return
        line = self.lines[min(max(place, 0), len(self.lines) - 1)]
        line.setFocus()
        self._area.ensureWidgetVisible(line)


def snooze_offers(now: datetime, next_workday: date) -> list[Snooze]:
    """Until when a reminder may be put off, by the branch's clock."""
    from datetime import time, timedelta

    offers = [(_("30 分钟后"), now + timedelta(minutes=30))]
    afternoon = datetime.combine(now.date(), time(15), now.tzinfo)
    if now < afternoon:
        offers.append((_("今日 15:00"), afternoon))
    offers.append((_("下一工作日"), datetime.combine(next_workday, time(9), now.tzinfo)))
    return offers
