"""Card 下一步: what was agreed and is still open (R80)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.contact_log_rows import ContactLogRow
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label


class NextStepsCard(Card):
    """Overdue steps in plum, today's and the next in amber."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("下一步"), spacing=6, parent=parent)
        self._around = around
        self._steps: tuple[ContactLogRow, ...] | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.body.addLayout(self._column)

    def show_steps(self, steps: Sequence[ContactLogRow]) -> None:
        """List the open steps by day; nothing is rebuilt while they stay the same."""
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        empty_layout(self._column)
        for step in steps:
            self._column.addWidget(self._line(step))
        if not steps:
            self._column.addWidget(Label(_("没有约定的下一步"), "text3", "caption"))

    def _line(self, step: ContactLogRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        tone = self._tone(step)
        row.addWidget(IconMark("alarm-clock" if tone == "crit" else "calendar", tone, 15))
        row.addWidget(Label(_when(step), tone, "caption", weight=500))
        row.addWidget(Label(self._what(step), size="caption"), 1)
        line.setAccessibleName(f"{_when(step)} {self._what(step)}")
        return line

    def _tone(self, step: ContactLogRow) -> str:
        if step.next_on is None:
            return "text2"
        days = (step.next_on - self._around.today()).days
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
    return f"{step.next_on:%m-%d} {weekday_label(step.next_on)}{at}"
