"""Where everything of the calendar's days stands, and what lies at a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPointF, QRectF, QSizeF

from advisorcrm.services.calendar.calendars import Calendar, CalendarBlock
from advisorcrm.views import theme

HEAD_PX, NOTE_PX, GUTTER_PX = 46, 23, 46
MOST_NOTES, LEAST_NOTES = 4, 2
_CLOSED_SHARE = 0.54
_LEAST_HOUR_PX, _LOW_BLOCK_PX = 40, 32
_BEGIN, _END = 8 * 60 + 30, 17 * 60
"""Minutes of the day that are always shown."""
HOUR = 60
_DAY_END = 24 * HOUR


def minute_of(at: datetime) -> int:
    """Minutes since midnight of the branch's clock."""
    return at.hour * HOUR + at.minute


@dataclass(frozen=True, slots=True)
class WeekLayout:
    """The geometry of some days in a widget of one size."""

    columns: tuple[QRectF, ...]
    notes_high: float
    begin: int
    end: int
    top: float
    hour_high: float
    blocks: tuple[QRectF, ...]

    def y_of(self, minute: float) -> float:
        """Where a minute of the day lies."""
        return self.top + (minute - self.begin) / HOUR * self.hour_high

    def minute_at(self, y: float) -> int:
        """The minute of the day at a height."""
        found = self.begin + (y - self.top) / self.hour_high * HOUR
        return int(min(max(found, 0), _DAY_END - 1))

    def day_at(self, x: float) -> int:
        """The day under a point, the nearest if none."""
        places = range(len(self.columns))
        return min(places, key=lambda day: abs(self.columns[day].center().x() - x))

    def block_at(self, at: QPointF) -> int | None:
        """The block under a point; of several the uppermost."""
        found = [place for place, box in enumerate(self.blocks) if box.contains(at)]
        return found[-1] if found else None

    def cell(self, day: int, minute: int, minutes: int) -> QRectF:
        """The place of a time."""
        column = self.columns[day]
        top, bottom = self.y_of(minute), self.y_of(minute + minutes)
        return QRectF(column.x() + 4, top, column.width() - 10, bottom - top)


def lay_out(calendar: Calendar, size: QSizeF, today: date) -> WeekLayout:
    """Closed days narrow unless it is today, hours as high as there is room."""
    most = max((len(day.notes) for day in calendar.days), default=0)
    rows = min(max(most, LEAST_NOTES), MOST_NOTES)
    notes_high = theme.px(NOTE_PX) * rows + theme.px(8)
    top = theme.px(HEAD_PX) + notes_high
    begin, end = _span(calendar.blocks)
    room = (size.height() - top - theme.px(6)) / ((end - begin) / HOUR)
    bare = WeekLayout(
        _columns(calendar, size, today), notes_high, begin, end, top,
        max(room, theme.px(_LEAST_HOUR_PX)), (),
    )  # fmt: skip
    return WeekLayout(
        bare.columns, notes_high, begin, end, top, bare.hour_high, _blocks(calendar, bare)
    )


def least_height(calendar: Calendar) -> int:
    """The height below which the hours would be too low to read."""
    begin, end = _span(calendar.blocks)
    head = HEAD_PX + NOTE_PX * MOST_NOTES + 14
    return theme.px(head + (end - begin) / HOUR * _LEAST_HOUR_PX)


def _span(blocks: Sequence[CalendarBlock]) -> tuple[int, int]:
    begin = min([_BEGIN, *(minute_of(one.slot.starts) for one in blocks)])
    end = max([_END, *(_end_of(one) for one in blocks)])
    return begin // 30 * 30, min(-(-end // 30) * 30, _DAY_END)


def _end_of(block: CalendarBlock) -> int:
    is_same = block.slot.ends.date() == block.slot.starts.date()
    return minute_of(block.slot.ends) if is_same else _DAY_END


def _columns(calendar: Calendar, size: QSizeF, today: date) -> tuple[QRectF, ...]:
    shares = [
        1.0 if day.branch_day.is_working or day.on == today else _CLOSED_SHARE
        for day in calendar.days
    ]
    if len(shares) == 1:
        shares = [1.0]
    gutter = float(theme.px(GUTTER_PX))
    unit = (size.width() - gutter) / (sum(shares) or 1)
    found, x = [], gutter
    for share in shares:
        found.append(QRectF(x, 0, unit * share, size.height()))
        x += unit * share
    return tuple(found)


def _blocks(calendar: Calendar, layout: WeekLayout) -> tuple[QRectF, ...]:
    """Blocks that share time stand beside each other, each as wide as the crowd allows."""
    boxes: list[QRectF] = []
    days = [day.on for day in calendar.days]
    for block in calendar.blocks:
        day = days.index(block.slot.starts.date())
        crowd = [one for one in calendar.blocks if _shares(one, block, layout)]
        lane, lanes = _lane(crowd, block, layout), _lanes(crowd, layout)
        start = minute_of(block.slot.starts)
        box = layout.cell(day, start, _end_of(block) - start)
        wide = box.width() / lanes
        high = max(box.height(), _least_high(layout)) - 2
        boxes.append(
            QRectF(box.x() + wide * lane, box.y() + 1, wide - (2 if lanes > 1 else 0), high)
        )
    return tuple(boxes)


def _least_high(layout: WeekLayout) -> float:
    """A call of four minutes still has its two lines, but never more than half an hour's room."""
    return min(theme.px(_LOW_BLOCK_PX), layout.hour_high / 2)


def _shares(one: CalendarBlock, other: CalendarBlock, layout: WeekLayout) -> bool:
    least = timedelta(minutes=_least_high(layout) / layout.hour_high * HOUR)
    ends = [max(block.slot.ends, block.slot.starts + least) for block in (one, other)]
    return one.slot.starts < ends[1] and other.slot.starts < ends[0]


def _lane(crowd: list[CalendarBlock], block: CalendarBlock, layout: WeekLayout) -> int:
    """The first lane that no earlier block of the crowd takes."""
    taken: dict[int, int] = {}
    for one in crowd:
        near = {taken[id(two)] for two in crowd if id(two) in taken and _shares(one, two, layout)}
        taken[id(one)] = next(lane for lane in range(len(crowd) + 1) if lane not in near)
        if one is block:
            break
    return taken[id(block)]


def _lanes(crowd: list[CalendarBlock], layout: WeekLayout) -> int:
    return max(_lane(crowd, one, layout) for one in crowd) + 1


def clock_at(minute: int) -> time:
    """A minute of the day as a time."""
    return time(*divmod(min(minute, _DAY_END - 1), HOUR))
