"""The days of the calendar as one widget: keys, clicks and drags over the painted week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from advisorcrm.columns import BRANCH_TIME, CodeBook, branch_date
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.calendar.calendars import Calendar, CalendarBlock
from advisorcrm.views import theme
from advisorcrm.views.calendar.block_looks import block_head, block_remark
from advisorcrm.views.calendar.week_layout import (
    HEAD_PX,
    WeekLayout,
    clock_at,
    lay_out,
    least_height,
    minute_of,
)
from advisorcrm.views.calendar.week_painter import WeekLook, WeekPainter

STEP = 30
_START = 9 * 60 + 30
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SHIFTS = {Qt.Key.Key_Up: -STEP, Qt.Key.Key_Down: STEP}


class WeekGrid(QWidget):
    """``opened(block)`` by Enter or double click, ``wanted(instant)`` for an empty time.

    ``moved(block, instant)`` by Alt+arrows or dragging, ``selected()`` when the choice changes,
    ``stepped(days)`` when an arrow leaves the days shown.
    """

    opened = Signal(object)
    wanted = Signal(object)
    moved = Signal(object, object)
    selected = Signal()
    stepped = Signal(int)

    def __init__(
        self, book: CodeBook, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._clock = clock
        self._calendar: Calendar | None = None
        self._layout: WeekLayout | None = None
        self._cursor = (0, _START)
        self._chosen: int | None = None
        self._drag: tuple[QPointF, int] | None = None
        self._ghost: QRectF | None = None
        self._is_private = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("日历"))

    # For the page

    def show_calendar(self, calendar: Calendar) -> None:
        """Show these days; the appointment chosen before stays chosen where it is now."""
        before = self.chosen()
        kept = before.appointment.id if before and before.appointment else None
        self._calendar = calendar
        self._cursor = (min(self._cursor[0], len(calendar.days) - 1), self._cursor[1])
        self.setMinimumHeight(least_height(calendar))
        self._lay_out()
        places = [
            place
            for place, block in enumerate(calendar.blocks)
            if kept is not None and block.appointment and block.appointment.id == kept
        ]
        if places:
            self._choose(places[0])
        else:
            self._find_block()

    def set_private(self, *, is_private: bool) -> None:
        """Names are masked while others look on."""
        self._is_private = is_private
        self.update()

    def chosen(self) -> CalendarBlock | None:
        """The block under the cursor."""
        if self._calendar is None or self._chosen is None:
            return None
        return self._calendar.blocks[self._chosen]

    def cursor_at(self) -> datetime | None:
        """The time under the cursor, by the branch's clock."""
        if self._calendar is None:
            return None
        day, minute = self._cursor
        return datetime.combine(self._calendar.days[day].on, clock_at(minute), BRANCH_TIME)

    def go_to_day(self, on: date) -> None:
        """Put the cursor on a day that is shown, on its first block if it has one."""
        if self._calendar is None:
            return
        days = [day.on for day in self._calendar.days]
        if on not in days:
            return
        starts = [
            minute_of(block.slot.starts)
            for block in self._calendar.blocks
            if block.slot.starts.date() == on and not block.is_done
        ]
        self._set_cursor(days.index(on), min(starts, default=_START))

    def box_of(self, appointment_id: int) -> QRectF:
        """Where an appointment is drawn."""
        if self._calendar is None or self._layout is None:
            return QRectF()
        return next(
            box
            for block, box in zip(self._calendar.blocks, self._layout.blocks, strict=True)
            if block.appointment is not None and block.appointment.id == appointment_id
        )

    def said(self) -> str:
        """The choice in words, for status bar and screen reader."""
        block = self.chosen()
        if block is None:
            at = self.cursor_at()
            return _("{day} 空闲").format(day=_moment(at)) if at else ""
        span = f"{_moment(block.slot.starts)}–{block.slot.ends:%H:%M}"
        head = block_head(block, self._book, is_private=self._is_private)
        return f"{head} · {span} · {block_remark(block)}"

    # Qt's events

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As much as the page gives."""
        return QSize(theme.px(700), theme.px(560))

    def event(self, event: QEvent) -> bool:
        """Alt+arrows belong to the chosen appointment, not to a shortcut of the window."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_key and isinstance(event, QKeyEvent) and self._shift_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows, Enter, Alt+arrows."""
        key = Qt.Key(event.key())
        shift = self._shift_of(event)
        if shift:
            self._move_by(shift)
        elif key in _MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._walk(*_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose what was hit; a drag may begin."""
        if self._layout is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._layout.block_at(event.position())
        if place is not None:
            self._choose(place)
            self._drag = event.position(), place
        elif event.position().y() > theme.px(HEAD_PX):
            day = self._layout.day_at(event.position().x())
            self._set_cursor(day, self._layout.minute_at(event.position().y()) // STEP * STEP)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show where a dragged block would go."""
        target = self._target(event.position())
        block = self.chosen()
        if target is None or block is None or self._layout is None:
            return
        self._ghost = self._layout.cell(*target, _minutes(block))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drop a dragged block."""
        target, block = self._target(event.position()), self.chosen()
        self._drag, self._ghost = None, None
        if target is not None and block is not None and self._calendar is not None:
            on = self._calendar.days[target[0]].on
            at = datetime.combine(on, clock_at(target[1]), BRANCH_TIME)
            if at != block.slot.starts:
                self.moved.emit(block, at)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was hit, or begin something new there."""
        if event.position().y() > theme.px(HEAD_PX):
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor shows itself."""
        super().focusInEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Everything is laid out again."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the week as it is laid out."""
        if self._calendar is None or self._layout is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = self._clock().astimezone(BRANCH_TIME)
        cursor = self._cursor if self.hasFocus() else None
        look = WeekLook(self._book, now, cursor, self._chosen, self._ghost, self._is_private)
        WeekPainter(painter, self._calendar, self._layout, look).paint()

    # Inside

    def _lay_out(self) -> None:
        if self._calendar is not None:
            today = branch_date(self._clock())
            self._layout = lay_out(self._calendar, QSizeF(self.size()), today)
            self.update()

    def _set_cursor(self, day: int, minute: int) -> None:
        self._cursor = day, min(max(minute, 0), 24 * 60 - STEP)
        self._find_block()

    def _find_block(self) -> None:
        at = self.cursor_at()
        blocks = self._calendar.blocks if self._calendar else ()
        found = [
            place
            for place, block in enumerate(blocks)
            if at is not None and block.slot.starts <= at < max(block.slot.ends, block.slot.starts)
        ]
        self._choose(found[0] if found else None)

    def _choose(self, place: int | None) -> None:
        self._chosen = place
        block = self.chosen()
        if block is not None and self._calendar is not None:
            days = [day.on for day in self._calendar.days]
            self._cursor = days.index(block.slot.starts.date()), minute_of(block.slot.starts)
        self.setAccessibleDescription(self.said())
        self.selected.emit()
        self.update()

    def _walk(self, right: int, down: int) -> None:
        if self._calendar is None:
            return
        day = self._cursor[0] + right
        if not 0 <= day < len(self._calendar.days):
            self.stepped.emit(right)
            return
        if right:
            self._set_cursor(day, self._cursor[1])
        else:
            self._set_cursor(day, self._next_minute(down))

    def _next_minute(self, down: int) -> int:
        """The next half hour, or the beginning of a block that lies before it."""
        day, here = self._cursor
        blocks = self._calendar.blocks if self._calendar else ()
        on = self._calendar.days[day].on if self._calendar else None
        starts = [minute_of(one.slot.starts) for one in blocks if one.slot.starts.date() == on]
        if down < 0:
            step = (here - 1) // STEP * STEP
            return max([step, *(start for start in starts if step < start < here)])
        block = self.chosen()
        until = max(here + 1, here + _minutes(block)) if block else here + STEP
        step = -(-until // STEP) * STEP
        return min([step, *(start for start in starts if here < start <= step)])

    def _open(self) -> None:
        block, at = self.chosen(), self.cursor_at()
        if block is not None:
            self.opened.emit(block)
        elif at is not None:
            self.wanted.emit(at)

    def _shift_of(self, event: QKeyEvent) -> int:
        """Minutes by which Alt and an arrow move the chosen appointment; 0 where none is."""
        is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        return _SHIFTS.get(Qt.Key(event.key()), 0) if is_alt and self._can_move() else 0

    def _can_move(self) -> bool:
        block = self.chosen()
        return block is not None and block.appointment is not None and not block.is_done

    def _move_by(self, minutes: int) -> None:
        block = self.chosen()
        if block is not None:
            self.moved.emit(block, block.slot.starts + timedelta(minutes=minutes))

    def _target(self, at: QPointF) -> tuple[int, int] | None:
        """Day and minute where a dragged block would stand; None while nothing is dragged."""
        if self._drag is None or self._layout is None or not self._can_move():
            return None
        start, place = self._drag
        if (at - start).manhattanLength() < QApplication.startDragDistance():
            return None
        box = self._layout.blocks[place]
        top = box.y() + at.y() - start.y()
        minute = round(self._layout.minute_at(top) / STEP) * STEP
        return self._layout.day_at(at.x()), min(minute, 24 * 60 - STEP)


def _minutes(block: CalendarBlock) -> int:
    return int((block.slot.ends - block.slot.starts).total_seconds() // 60)


def _moment(at: datetime) -> str:
    return f"{day_label(f'{at:%m-%d}', at.date())} {at:%H:%M}"
