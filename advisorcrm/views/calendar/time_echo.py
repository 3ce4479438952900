"""Under a typed time: how it was read, and what speaks against it, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import PlainMoment, echo_text
from advisorcrm.rules.workdays import day_kind
from advisorcrm.services.calendar.appointment_rows import TimeWarning
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.icon_label import IconLabel, IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level


class TimeEcho(QWidget):
    """Warnings by icon and sentence, never by colour alone."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.read = IconLabel("arrow-right", "", "ok")
        self._list = QVBoxLayout()
        self._list.setSpacing(3)
        self._texts: tuple[str, ...] = ()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addWidget(self.read)
        whole.addLayout(self._list)
        self.hide()

    def say_nothing(self) -> None:
        """No time is typed."""
        self.hide()

    def show_time(self, starts_at: datetime) -> None:
        """How the time was read."""
        here = starts_at.astimezone(BRANCH_TIME)
        text = echo_text(PlainMoment(here.date(), here.time()), day_kind(here.date()))
        self.read.show_text("arrow-right", text, "ok")
        self.setAccessibleDescription(text)
        self.show()

    def show_warnings(self, warnings: Sequence[TimeWarning]) -> None:
        """What speaks against it."""
        self._texts = tuple(warning.text for warning in warnings)
        empty_layout(self._list)
        for text in self._texts:
            line = QHBoxLayout()
            line.setSpacing(5)
            line.addWidget(IconMark(Level.WARN.icon, Level.WARN.tone, 13))
            line.addWidget(Label(text, Level.WARN.tone, "caption", wrap=True), 1)
            self._list.addLayout(line)
        self.setAccessibleDescription(_("；").join((self.read.label.text(), *self._texts)))

    def warnings(self) -> tuple[str, ...]:
        """The sentences shown."""
        return self._texts
