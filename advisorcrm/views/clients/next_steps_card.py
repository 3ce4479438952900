"""Card 下一步: what was agreed and is still open (R80)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.calendar.appointment_rows import AppointmentRow
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label


class NextStepsCard(Card):
    """Overdue steps in plum, today's and the next in amber."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("下一步"), spacing=6, parent=parent)
        self._around = around
        self._steps: tuple[ContactLogRow, ...] | None = None
        self._appointments: tuple[AppointmentRow, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.body.addLayout(self._column)

    def show_steps(self, steps: Sequence[ContactLogRow]) -> None:
        """List the open steps by day; nothing is rebuilt while they stay the same."""
        if tuple(steps) != self._steps:
            self._steps = tuple(steps)
            self._fill()

    def show_appointments(self, rows: Sequence[AppointmentRow]) -> None:
        """The arranged times still to come stand before the steps without an hour (R29)."""
        still_open = sorted((row for row in rows if row.is_open), key=lambda row: row.starts_at)
        if tuple(still_open) != self._appointments:
            self._appointments = tuple(still_open)
            self._fill()

    def _fill(self) -> None:
        """A step that has its time in the calendar is told as that appointment."""
        if self._steps is None:
            return
        arranged = {row.from_log_id for row in self._appointments}
        steps = [step for step in self._steps if step.id not in arranged]
        empty_layout(self._column)
        for row in self._appointments:
            self._column.addWidget(self._appointment(row))
        for step in steps:
            self._column.addWidget(self._line(step))
        if not steps and not self._appointments:
            self._column.addWidget(Label(_("没有约定的下一步"), "text3", "caption"))

    def _appointment(self, row: AppointmentRow) -> QWidget:
        at = row.slot.starts
        when = f"{day_label(f'{at:%m-%d}', at.date())} {at:%H:%M}"
        way = self._around.book.label(terms.CONTACT_WAY, row.way) if row.way else ""
        what = " · ".join(part for part in (way, row.place, row.title) if part)
        return self._said(when, what, self._tone_of(at.date()))

    def _line(self, step: ContactLogRow) -> QWidget:
        return self._said(_when(step), self._what(step), self._tone_of(step.next_on))

    def _said(self, when: str, what: str, tone: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("alarm-clock" if tone == "crit" else "calendar", tone, 15))
        row.addWidget(Label(when, tone, "caption", weight=500))
        row.addWidget(Label(what, size="caption"), 1)
        line.setAccessibleName(f"{when} {what}")
        return line

    def _tone_of(self, on: date | None) -> str:
        if on is None:
            return "text2"
        days = (on - self._around.today()).days
        if days < 0:
            return "crit"
        return "warn" if days <= 3 else "text2"

    def _what(self, step: ContactLogRow) -> str:
        way = self._around.book.label(terms.CONTACT_WAY, step.next_way)
        return step.next_note or way or _("再联系")


def _when(step: ContactLogRow) -> str:
    if step.next_on is None:
        return ""
    at = f" {step.next_at:%H:%M}" if step.next_at else ""
    return f"{day_label(f'{step.next_on:%m-%d}', step.next_on)}{at}"
