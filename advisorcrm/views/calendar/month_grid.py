"""A month of the calendar: six weeks of days, each with its first matters and a count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.plain_dates import day_label, weekday_label
from advisorcrm.services.calendar.calendars import WEEK, Calendar, CalendarBlock, CalendarDay
from advisorcrm.views import theme
from advisorcrm.views.calendar.block_looks import (
    NOTE_TONES,
    block_head,
    block_tones,
    note_text,
)

_HEAD_PX, _LINE_PX, _LEAST_PX = 26, 18, 96
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEK,
    Qt.Key.Key_Down: WEEK,
}


class MonthGrid(QWidget):
    """``opened(day)`` by Enter or double click, ``left(day)`` when an arrow leaves the weeks."""

    opened = Signal(object)
    left = Signal(object)
    selected = Signal()

    def __init__(
        self, book: CodeBook, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._clock = clock
        self._calendar: Calendar | None = None
        self._month = 0
        self._day: date | None = None
        self._is_private = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("月历"))

    def show_calendar(self, calendar: Calendar, month_of: date) -> None:
        """Show these weeks; the days of other months are grey."""
        self._calendar = calendar
        self._month = month_of.month
        weeks = len(calendar.days) // WEEK
        self.setMinimumHeight(theme.px(_HEAD_PX + weeks * _LEAST_PX))
        days = [day.on for day in calendar.days]
        if self._day not in days:
            today = branch_date(self._clock())
            self._day = today if today.month == month_of.month and today in days else month_of
        self._tell()

    def set_private(self, *, is_private: bool) -> None:
        """Names are masked while others look on."""
        self._is_private = is_private
        self.update()

    def day(self) -> date | None:
        """The day under the cursor."""
        return self._day

    def go_to_day(self, on: date) -> None:
        """Put the cursor on a day."""
        self._day = on
        self._tell()

    def said(self) -> str:
        """The day in words: ``11-24 周二 · 2 约 · 孙晓彤 证件到期``."""
        found = self._found()
        if found is None:
            return ""
        count = len(self._blocks(found.on))
        parts = [day_label(f"{found.on:%m-%d}", found.on)]
        parts.append(ngettext("{count} 约", "{count} 约", count).format(count=count))
        parts += [note_text(note, is_private=self._is_private) for note in found.notes]
        return " · ".join(parts)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As much as the page gives."""
        return QSize(theme.px(700), theme.px(560))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk by day and week, Enter opens the day."""
        key = Qt.Key(event.key())
        if key in _MOVES and self._day is not None and not event.modifiers():
            on = self._day + timedelta(days=_MOVES[key])
            self.go_to_day(on)
            if self._found() is None:
                self.left.emit(on)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._day is not None:
            self.opened.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the day that was hit."""
        boxes = self._boxes()
        for place, box in enumerate(boxes):
            if box.contains(event.position()) and self._calendar is not None:
                self.go_to_day(self._calendar.days[place].on)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the day."""
        if self._day is not None:
            self.opened.emit(self._day)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Heads of the weekdays, then each day."""
        if self._calendar is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface"))
        wide = self.width() / WEEK
        for place, day in enumerate(self._calendar.days[:WEEK]):
            head = QRectF(place * wide + theme.px(8), 0, wide, theme.px(_HEAD_PX))
            _write(painter, head, weekday_label(day.on), "text2", 600)
        for day, box in zip(self._calendar.days, self._boxes(), strict=True):
            self._paint_day(painter, day, box)

    # Inside

    def _paint_day(self, painter: QPainter, day: CalendarDay, box: QRectF) -> None:
        today = branch_date(self._clock())
        is_today = day.on == today
        ground = "accent_soft" if is_today else "sunken" if not day.branch_day.is_working else ""
        if ground:
            painter.fillRect(box, theme.colour(ground))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(box)
        if day.on == self._day:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        line = QRectF(box.x() + theme.px(8), box.y() + 2, box.width() - theme.px(12),
                      theme.px(_LINE_PX))  # fmt: skip
        tone = "accent" if is_today else "text" if day.on.month == self._month else "text3"
        lunar = day.lunar.label_zh if day.lunar.day in (1, 15) else day.lunar.label_zh[-2:]
        _write(painter, line, f"{day.on.day}  {lunar}", tone, 600 if is_today else 400)
        self._paint_matters(painter, day, line)

    def _paint_matters(self, painter: QPainter, day: CalendarDay, line: QRectF) -> None:
        step = theme.px(_LINE_PX)
        room = int((self._boxes()[0].height() - step - 4) // step)
        lines = [
            (NOTE_TONES[note.kind][0], note_text(note, is_private=self._is_private))
            for note in day.notes
        ]
        lines += [(block_tones(block)[0], self._head(block)) for block in self._blocks(day.on)]
        shown = lines if len(lines) <= room else lines[: max(room - 1, 0)]
        for tone, text in shown:
            line = line.translated(0, step)
            _write(painter, line, text, tone, 400)
        if len(shown) < len(lines):
            more = _("还有 {count} 项").format(count=len(lines) - len(shown))
            _write(painter, line.translated(0, step), more, "text2", 400)

    def _head(self, block: CalendarBlock) -> str:
        at = block.slot.starts
        head = block_head(block, self._book, is_private=self._is_private)
        return f"{at.hour}:{at:%M} {head}"

    def _blocks(self, on: date) -> list[CalendarBlock]:
        blocks = self._calendar.blocks if self._calendar else ()
        return [block for block in blocks if block.slot.starts.date() == on]

    def _found(self) -> CalendarDay | None:
        days = self._calendar.days if self._calendar else ()
        return next((day for day in days if day.on == self._day), None)

    def _boxes(self) -> list[QRectF]:
        days = self._calendar.days if self._calendar else ()
        head = theme.px(_HEAD_PX)
        wide = self.width() / WEEK
        high = (self.height() - head) / max(len(days) // WEEK, 1)
        return [
            QRectF(place % WEEK * wide, head + place // WEEK * high, wide, high)
            for place in range(len(days))
        ]

    def _tell(self) -> None:
        self.setAccessibleDescription(self.said())
        self.selected.emit()
        self.update()


def _write(painter: QPainter, place: QRectF, text: str, tone: str, weight: int) -> None:
    painter.setFont(theme.font("caption", weight))
    painter.setPen(theme.colour(tone))
    wide = max(int(place.width()), 0)
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide)
    painter.drawText(place, _MIDDLE, cut)
