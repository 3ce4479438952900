"""Paints the days of the calendar: heads, whole-day notes, hours, blocks, the present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, language
from advisorcrm.rules.appointments import LUNCH
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.calendar.calendars import Calendar, CalendarBlock, CalendarDay, NoteKind
from advisorcrm.views import icons, theme
from advisorcrm.views.calendar.block_looks import (
    NOTE_TONES,
    block_head,
    block_icon,
    block_remark,
    block_tones,
    block_who,
    low_line,
    note_text,
)
from advisorcrm.views.calendar.week_layout import (
    HEAD_PX,
    HOUR,
    MOST_NOTES,
    NOTE_PX,
    WeekLayout,
    minute_of,
)

_ICON = 13
_TWO_LINES_PX, _LINE_PX = 29, 17
"""Half an hour on a small screen holds one line, when and who first; two would be cut."""
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


@dataclass(frozen=True, slots=True)
class WeekLook:
    """What is shown besides the days themselves."""

    book: CodeBook
    now: datetime
    cursor: tuple[int, int] | None
    chosen: int | None
    ghost: QRectF | None
    is_private: bool


class WeekPainter:
    """One painting of the week; made anew for each paint event."""

    def __init__(
        self, painter: QPainter, calendar: Calendar, layout: WeekLayout, look: WeekLook
    ) -> None:
        self._painter = painter
        self._calendar = calendar
        self._layout = layout
        self._look = look
        self._high = layout.y_of(layout.end)

    def paint(self) -> None:
        """Grounds first, then lines, then what stands on them."""
        wide = self._layout.columns[-1].right()
        self._painter.fillRect(QRectF(0, 0, wide, self._high), theme.colour("surface"))
        for day, column in zip(self._calendar.days, self._layout.columns, strict=True):
            self._paint_ground(day, column)
        self._paint_lines()
        for day, column in zip(self._calendar.days, self._layout.columns, strict=True):
            self._paint_head(day, column)
            self._paint_notes(day, column)
        self._paint_cursor()
        for place, block in enumerate(self._calendar.blocks):
            self._paint_block(
                block, self._layout.blocks[place], is_chosen=place == self._look.chosen
            )
        self._paint_ghost()
        self._paint_now()

    def _paint_ground(self, day: CalendarDay, column: QRectF) -> None:
        whole = QRectF(column.x(), 0, column.width(), self._high)
        if not day.branch_day.is_working:
            self._painter.fillRect(whole, theme.colour("sunken"))
            return
        if day.on == self._look.now.date():
            head = QRectF(column.x(), 0, column.width(), theme.px(HEAD_PX))
            self._painter.fillRect(head, theme.colour("accent_soft"))
        begin, end = (at.hour * HOUR + at.minute for at in LUNCH)
        top, bottom = self._layout.y_of(begin), self._layout.y_of(end)
        lunch = QRectF(column.x(), top, column.width(), bottom - top)
        self._painter.fillRect(lunch, theme.colour("app"))
        if day.on == self._look.now.date() or len(self._calendar.days) == 1:
            place = lunch.adjusted(theme.px(8), 0, 0, 0)
            self._write(place, _("午休"), "text2", "caption")

    def _paint_lines(self) -> None:
        layout, painter = self._layout, self._painter
        wide = layout.columns[-1].right()
        left = layout.columns[0].x()
        notes = theme.px(HEAD_PX)
        all_day = QRectF(0, notes, left - theme.px(8), layout.notes_high)
        self._write(all_day, _("全天"), "text2", "caption", flags=_RIGHT)
        painter.setPen(QPen(theme.colour("grid"), 1))
        for minute in range(-(-layout.begin // HOUR) * HOUR, layout.end + 1, HOUR):
            y = layout.y_of(minute)
            painter.setPen(QPen(theme.colour("grid"), 1))
            painter.drawLine(QPointF(left, y), QPointF(wide, y))
            label = QRectF(0, y - theme.px(9), left - theme.px(8), theme.px(18))
            self._write(label, f"{minute // HOUR}:00", "text2", "caption", flags=_RIGHT)
        painter.setPen(QPen(theme.colour("border"), 1))
        for y in (float(notes), layout.top):
            painter.drawLine(QPointF(0, y), QPointF(wide, y))
        for column in layout.columns:
            painter.drawLine(QPointF(column.x(), 0), QPointF(column.x(), self._high))

    def _paint_head(self, day: CalendarDay, column: QRectF) -> None:
        is_today = day.on == self._look.now.date()
        is_working = day.branch_day.is_working
        week = weekday_label(day.on)
        lunar = _lunar(day, is_first=day is self._calendar.days[0])
        head, remark = f"{day.on:%m-%d} {week}", lunar
        if is_today:
            remark = _("今天 · {lunar}").format(lunar=lunar)
            remark += "" if is_working else f" {day.branch_day.label}"
        elif not is_working:
            narrow = column.width() < theme.px(120)
            head = f"{day.on:%m-%d}" if narrow else head
            remark = (
                f"{week} {day.branch_day.label}" if narrow else f"{lunar} {day.branch_day.label}"
            )
        tone = "accent" if is_today else "text" if is_working else "text2"
        pad, line = theme.px(8), theme.px(18)
        place = QRectF(column.x() + pad, theme.px(6), column.width() - pad, line)
        self._write(place, head, tone, "body", 600)
        self._write(place.translated(0, line), remark, tone if is_today else "text2", "caption")

    def _paint_notes(self, day: CalendarDay, column: QRectF) -> None:
        step = theme.px(NOTE_PX)
        shown = day.notes if len(day.notes) <= MOST_NOTES else day.notes[: MOST_NOTES - 1]
        box = QRectF(column.x() + 4, theme.px(HEAD_PX) + theme.px(5), column.width() - 8, step - 3)
        for note in shown:
            tone, ground = NOTE_TONES[note.kind]
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(theme.colour(ground))
            self._painter.drawRoundedRect(box, 4, 4)
            inner = box.adjusted(theme.px(5), 0, -2, 0)
            if note.kind is NoteKind.BIRTHDAY:
                inner = self._mark("cake", tone, inner)
            self._write(inner, note_text(note, is_private=self._look.is_private), tone, "caption")
            box = box.translated(0, step)
        if len(shown) < len(day.notes):
            more = _("还有 {count} 项").format(count=len(day.notes) - len(shown))
            self._write(box.adjusted(theme.px(5), 0, 0, 0), more, "text2", "caption")

    def _paint_cursor(self) -> None:
        cursor = self._look.cursor
        if cursor is None or self._look.chosen is not None:
            return
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(theme.colour("focus"), 1.5, Qt.PenStyle.DashLine))
        self._painter.drawRoundedRect(self._layout.cell(*cursor, 30).adjusted(0, 1, 0, -1), 4, 4)

    def _paint_block(self, block: CalendarBlock, box: QRectF, *, is_chosen: bool) -> None:
        tone, ground = block_tones(block)
        painter = self._painter
        edge = QPen(theme.colour("accent"), 2) if is_chosen else QPen(Qt.PenStyle.NoPen)
        painter.setPen(edge)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, 4, 4)
        bar = QRectF(box.x(), box.y() + 1, theme.px(3), box.height() - 2)
        painter.fillRect(bar, theme.colour(tone))
        inner = box.adjusted(theme.px(8), 0, -theme.px(4), 0)
        has_room = box.width() > theme.px(60)
        if has_room:
            self._icon_right(block_icon(block), tone, box)
        is_private = self._look.is_private
        clock = block.slot.starts
        free = inner.adjusted(0, 0, -theme.px(18 if has_room else 0), 0)
        if box.height() < theme.px(_TWO_LINES_PX):
            line = QRectF(free.x(), box.y(), free.width(), box.height())
            rest = block_remark(block).partition(" ")[2]
            who = block_who(block, is_private=is_private)
            told = low_line(f"{clock.hour}:{clock:%M} {who}", rest, partial(_fits, line.width()))
            self._write(line, told, "text", "caption", 500)
            return
        high = min(box.height() / 2, theme.px(_LINE_PX))
        line = QRectF(free.x(), box.y(), free.width(), high)
        head = block_head(block, self._look.book, is_private=is_private)
        self._write(line, head, "text", "caption", 500)
        under = QRectF(inner.x(), line.bottom() - 1, inner.width(), high)
        self._write(under, block_remark(block), "text2", "caption")

    def _paint_ghost(self) -> None:
        if self._look.ghost is None:
            return
        self._painter.setBrush(theme.colour("selected"))
        self._painter.setPen(QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DashLine))
        self._painter.drawRoundedRect(self._look.ghost, 4, 4)

    def _paint_now(self) -> None:
        now = self._look.now
        places = [day.on for day in self._calendar.days]
        if now.date() not in places:
            return
        minute = minute_of(now)
        if not self._layout.begin <= minute <= self._layout.end:
            return
        column, y = self._layout.columns[places.index(now.date())], self._layout.y_of(minute)
        painter = self._painter
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawLine(QPointF(column.x(), y), QPointF(column.right(), y))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(column.x(), y), theme.px(4), theme.px(4))
        place = QRectF(column.x() + theme.px(8), y - theme.px(18), theme.px(60), theme.px(17))
        self._write(place, f"{now:%H:%M}", "accent", "caption", 600)

    def _icon_right(self, name: str, tone: str, box: QRectF) -> None:
        side = theme.px(_ICON)
        image = icons.pixmap(name, tone, side, self._painter.device().devicePixelRatioF())
        is_low = box.height() < theme.px(_TWO_LINES_PX)
        over = (box.height() - side) / 2 if is_low else theme.px(3)
        at = QPointF(box.right() - side - theme.px(5), box.y() + over)
        self._painter.drawPixmap(at, image)

    def _mark(self, name: str, tone: str, line: QRectF) -> QRectF:
        """An icon before a line; answers what is left of it."""
        side = theme.px(_ICON)
        image = icons.pixmap(name, tone, side, self._painter.device().devicePixelRatioF())
        self._painter.drawPixmap(QPointF(line.x(), line.center().y() - side / 2), image)
        return line.adjusted(side + theme.px(4), 0, 0, 0)

    def _write(
        self, place: QRectF, text: str, tone: str, size: str, weight: int = 400,
        *, flags: int = _MIDDLE,
    ) -> None:  # fmt: skip
        self._painter.setFont(theme.font(size, weight))
        self._painter.setPen(theme.colour(tone))
        metrics = self._painter.fontMetrics()
        wide = max(int(place.width()), 0)
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
        self._painter.drawText(place, flags, cut)


def _fits(wide: float, text: str) -> bool:
    return QFontMetricsF(theme.font("caption", 500)).horizontalAdvance(text) <= wide


def _lunar(day: CalendarDay, *, is_first: bool) -> str:
    """``十月十二`` at the first day, the middle and new moon of a month, else ``十六``."""
    label = day.lunar.label_zh
    if is_first or day.lunar.day in (1, 15) or language() == "en":
        return label
    return label.partition("月")[2]  # chinese: data
