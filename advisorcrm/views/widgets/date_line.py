"""A line for a date that may be typed in many ways or picked; empty is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import icons

ReadDate = Callable[[str], date | None]


class DateLine(QLineEdit):
    """Text that becomes an ISO date when it is left; Alt+Down or the icon opens a calendar."""

    def __init__(self, read: ReadDate | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read or read_iso
        self.setPlaceholderText(_("年-月-日"))
        pick = self.addAction(icons.icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip(_("选日期  Alt+↓"))
        pick.triggered.connect(self.open_calendar)

    def day(self) -> date | None:
        """The date typed; None if empty or not a date."""
        return self._read(self.text().strip()) if self.text().strip() else None

    def set_day(self, day: date | None) -> None:
        """Show a date."""
        self.setText(day.isoformat() if day else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Write what was typed as a date."""
        day = self.day()
        if day and self.text() != day.isoformat():
            self.set_day(day)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the calendar by Alt+Down."""
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Let the person pick a day."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        day = self.day()
        if day:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        calendar.activated.connect(calendar.close)
        calendar.clicked.connect(calendar.close)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()

    def _pick(self, chosen: QDate) -> None:
        self.set_day(date(chosen.year(), chosen.month(), chosen.day()))


def read_iso(text: str) -> date | None:
    """``2026-11-20`` or ``20261120``; anything else is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
