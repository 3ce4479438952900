"""The day as a bar: its parts, its deadlines as ticks, and where the clock stands (R53)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.days.checklists import DayPart
from advisorcrm.services.days.day_slots import SlotKind
from advisorcrm.views import theme

_PAD, _GAP = 14, 2
_EDGE = 6
_TOP, _BAR, _FOOT = 22, 24, 18
_RADIUS = 4


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word above the bar: a deadline, or the time now."""

    text: str
    at: int
    tone: str
    is_now: bool = False


class TimeBar(QWidget):
    """``opened(id)`` when a part is clicked, or chosen by arrows and Enter."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[DayPart, ...] = ()
        self._now = time()
        self._is_rest = False
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._name()

    def show_day(self, parts: Sequence[DayPart], now: time, *, is_rest: bool = False) -> None:
        """Show the day with what is done of it, at a time of the branch's clock.

        On a day of rest nothing is late, and no part is the one to be in.
        """
        was_empty, self._is_rest = not self.parts, is_rest
        self.parts = tuple(parts)
        self._chosen = min(self._chosen, max(0, len(self._slots()) - 1))
        if was_empty:
            self._choose_current(now)
        self.show_time(now)

    def show_time(self, now: time) -> None:
        """Move the line of the clock."""
        self._now = now
        self._name()
        self.update()

    def current(self) -> DayPart | None:
        """The part in which the clock stands."""
        return next((part for part in self._slots() if self._is_now(part)), None)

    def state_of(self, part: DayPart) -> str:
        """``done``, ``current``, ``left`` (past, and something of it is open) or ``ahead``."""
        if self._is_rest:
            return "done" if part.done and part.is_complete else "ahead"
        if self._is_now(part):
            return "current"
        end = part.slot.ends_at or part.slot.begins_at
        if self._now < end:
            return "ahead"
        return "done" if part.is_complete else "left"

    # Qt's events

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its three lines."""
        return QSize(theme.px(600), theme.px(_TOP + _BAR + _FOOT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may be narrow: words are cut."""
        return QSize(theme.px(320), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw parts, ticks and clock."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption", 400))
        for place, part in enumerate(self._slots()):
            self._paint_part(painter, part, is_chosen=self.hasFocus() and place == self._chosen)
        self._paint_hours(painter)
        self._paint_marks(painter)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the part that was hit."""
        if event.button() == Qt.MouseButton.LeftButton:
            part = self._part_at(event.position().toPoint())
            if part is not None:
                self._choose(self._slots().index(part))
                self.opened.emit(part.slot.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows choose, Enter and Space open."""
        key, last = event.key(), len(self._slots()) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if last < 0:
            super().keyPressEvent(event)
        elif key in steps:
            self._choose(min(max(self._chosen + steps[Qt.Key(key)], 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._slots()[self._chosen].slot.id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell what a part is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self._part_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(part) if part else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    # Inside

    def words_of(self, part: DayPart) -> str:
        """What is said of a part: time, name, how much of its list is done."""
        slot = part.slot
        ends = slot.ends_at or slot.begins_at
        told = f"{slot.begins_at:%H:%M}–{ends:%H:%M} {slot.label}"
        if part.items:
            done = _("{done} / {count} 项").format(done=part.done, count=len(part.items))
            told = f"{told} · {done}"
        return told

    def _slots(self) -> list[DayPart]:
        return [part for part in self.parts if not part.slot.is_deadline]

    def _choose_current(self, now: time) -> None:
        self._now = now
        current = self.current()
        if current is not None:
            self._chosen = self._slots().index(current)

    def _choose(self, place: int) -> None:
        self._chosen = place
        self._name()
        self.update()

    def _name(self) -> None:
        slots = self._slots()
        told = self.words_of(slots[self._chosen]) if slots else ""
        self.setAccessibleName(_("一天的时间表"))
        self.setAccessibleDescription(told)

    def _is_now(self, part: DayPart) -> bool:
        ends = part.slot.ends_at
        return ends is not None and part.slot.begins_at <= self._now < ends

    def _span(self) -> tuple[int, int]:
        slots = self._slots()
        first = min(_minutes(part.slot.begins_at) for part in slots)
        last = max(_minutes(part.slot.ends_at or part.slot.begins_at) for part in slots)
        return first, max(last, first + 1)

    def _x(self, at: time) -> int:
        first, last = self._span()
        room = self.width() - 2 * theme.px(_PAD)
        return theme.px(_PAD) + round(room * (_minutes(at) - first) / (last - first))

    def _ground(self, part: DayPart) -> QRect:
        left, right = self._x(part.slot.begins_at), self._x(part.slot.ends_at or time())
        return QRect(left, theme.px(_TOP), max(right - left - _GAP, 2), theme.px(_BAR))

    def _part_at(self, point: QPoint) -> DayPart | None:
        if not self._slots():
            return None
        whole = (0, theme.px(_FOOT))
        return next(
            (part for part in self._slots()
             if self._ground(part).adjusted(0, -whole[1], _GAP, whole[1]).contains(point)), None
        )  # fmt: skip

    def _paint_part(self, painter: QPainter, part: DayPart, *, is_chosen: bool) -> None:
        state, is_rest = self.state_of(part), part.slot.kind is SlotKind.REST
        back, front = {
            "done": ("sunken", "text2") if is_rest else ("ok_soft", "ok"),
            "current": ("accent_soft", "accent"),
            "left": ("sunken", "warn"),
            "ahead": ("sunken", "text2"),
        }[state]
        ground = QRectF(self._ground(part))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(back))
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        if state == "current" or is_chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent" if state == "current" else "focus"), 1.5))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if is_chosen:
            inner = ground.adjusted(3, 3, -3, -3)
            painter.setPen(QPen(theme.colour("focus"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(inner, 2, 2)
        painter.setPen(theme.colour(front))
        text = _fitting(painter.fontMetrics(), part.slot.label, int(ground.width()) - 8)
        painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_hours(self, painter: QPainter) -> None:
        """The begin of each part below it, and the end of the last."""
        slots = self._slots()
        if not slots:
            return
        painter.setFont(theme.font("hint", 400))
        painter.setPen(theme.colour("text2"))
        metrics = painter.fontMetrics()
        base = theme.px(_TOP + _BAR) + metrics.ascent() + 2
        taken = -1
        hours = {part.slot.begins_at for part in slots} | {slots[-1].slot.ends_at or time()}
        for at in sorted(hours):
            text = f"{at.hour}:{at:%M}"
            wide = metrics.horizontalAdvance(text)
            edge, end = theme.px(_EDGE), self.width() - theme.px(_PAD)
            left = min(max(self._x(at) - wide // 2, edge), end - wide)  # not beyond the last part
            if left > taken:
                painter.drawText(left, base, text)
                taken = left + wide + 4

    def _paint_marks(self, painter: QPainter) -> None:
        if not self._slots():
            return
        bold, plain = theme.font("caption", 600), theme.font("hint", 400)
        marks = self._marks()
        lefts = _spread(
            [(mark.at, QFontMetrics(bold if mark.is_now else plain).horizontalAdvance(mark.text))
             for mark in marks], self.width()
        )  # fmt: skip
        bar = theme.px(_TOP)
        for mark, left in zip(marks, lefts, strict=True):
            painter.setPen(theme.colour(mark.tone))
            painter.setFont(bold if mark.is_now else plain)
            painter.drawText(left, bar - 8, mark.text)
            wide = 2 if mark.is_now else 1.5
            painter.setPen(QPen(theme.colour(mark.tone), wide))
            end = bar + theme.px(_BAR) if mark.is_now else bar
            painter.drawLine(mark.at, bar - 5, mark.at, end)

    def _marks(self) -> list[_Mark]:
        first, last = self._span()
        marks = []
        for part in self.parts:
            if part.slot.is_deadline and first <= _minutes(part.slot.begins_at) <= last:
                at = part.slot.begins_at
                is_done = bool(part.items) and part.is_complete
                is_late = not is_done and at <= self._now
                open_tone = "text2" if self._is_rest else "crit" if is_late else "warn"
                tone = "ok" if is_done else open_tone
                text = f"{part.slot.label} {at.hour}:{at:%M}{' ✓' if is_done else ''}"
                marks.append(_Mark(text, self._x(at), tone))
        if first <= _minutes(self._now) <= last:
            now = f"{self._now.hour}:{self._now:%M}"
            marks.append(_Mark(now, self._x(self._now), "accent", is_now=True))
        return sorted(marks, key=lambda mark: mark.at)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _fitting(metrics: QFontMetrics, text: str, room: int) -> str:
    """As many whole words as fit (``Morning`` of a meeting); of a single one its beginning."""
    words = text.split(" ")
    while words:
        told = " ".join(words).rstrip(" ·")
        if metrics.horizontalAdvance(told) <= room:
            return told
        words.pop()
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _spread(marks: list[tuple[int, int]], room: int) -> list[int]:
    """Left ends of words that stand above their ticks and not across each other."""
    lefts: list[int] = []
    for at, wide in marks:
        left = at - wide // 2
        if lefts:
            over = lefts[-1] + marks[len(lefts) - 1][1] + 8 - left
            if over > 0:
                lefts[-1] -= over // 2
                left += over - over // 2
        lefts.append(min(max(left, 0), max(room - wide, 0)))
    return lefts
