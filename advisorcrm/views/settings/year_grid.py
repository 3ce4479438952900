"""The twelve months of a year: rest days red, weekends worked blue, the chosen day framed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label, month_label
from advisorcrm.rules.workdays import DayKind, HolidayTable, day_kind
from advisorcrm.views import theme

_COLUMNS, _ROWS, _WEEKS = 4, 3, 6
_CELL_WIDE, _CELL_HIGH, _HEAD, _GAP = 32, 17, 20, 10
_MOST_GAP = 60
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_GROUNDS = {
    DayKind.REST: "crit_soft",
    DayKind.MADE_UP_WORKDAY: "info_soft",
    DayKind.WITHOUT_TRADING: "warn_soft",
}
_TONES = {
    DayKind.REST: "crit",
    DayKind.MADE_UP_WORKDAY: "info",
    DayKind.WITHOUT_TRADING: "warn",
}


class YearGrid(QWidget):
    """``chosen(date)`` by click and arrow keys."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = 0
        self.day = date.min
        self._table = HolidayTable()
        self._named: frozenset[date] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("节假日"))

    def show_year(self, year: int, table: HolidayTable, named: frozenset[date]) -> None:
        """Draw a year; ``named`` days are holidays by name, other rest days plain weekends."""
        self._table, self._named = table, named
        if year != self.year:
            self.year, self.day = year, date(year, 1, 1)
        self._tell()
        self.update()

    def choose(self, day: date) -> None:
        """Frame a day of this year."""
        if day.year == self.year:
            self.day = day
            self._tell()
            self.update()
            self.chosen.emit(day)

    def day_at(self, x: float, y: float) -> date | None:
        """The day that is drawn at a point."""
        for month in range(1, 13):
            for number in range(1, monthrange(self.year, month)[1] + 1):
                day = date(self.year, month, number)
                if self.box_of(day).contains(x, y):
                    return day
        return None

    def box_of(self, day: date) -> QRectF:
        """Where a day is drawn."""
        left, top = self._corner(day.month)
        place = date(day.year, day.month, 1).weekday() + day.day - 1
        wide, high = theme.px(_CELL_WIDE), theme.px(_CELL_HIGH)
        line = top + theme.px(_HEAD) + place // 7 * high
        return QRectF(left + place % 7 * wide, line, wide, high)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all months at the font scale."""
        wide = _COLUMNS * (7 * _CELL_WIDE + _GAP)
        high = _ROWS * (_HEAD + _WEEKS * _CELL_HIGH + _GAP)
        return QSize(theme.px(wide), theme.px(high))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It is not cut."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the day that was hit."""
        day = self.day_at(event.position().x(), event.position().y())
        if day is not None:
            self.choose(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrows go from day to day."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers():
            super().keyPressEvent(event)
            return
        self.choose(self.day + timedelta(days=step))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Months, days, frame."""
        if not self.year:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(painter, month)
        painter.setPen(theme.colour("accent" if self.hasFocus() else "ctrl"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.box_of(self.day).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        left, top = self._corner(month)
        painter.setFont(theme.font("caption", 600))
        painter.setPen(theme.colour("text2"))
        head = QRectF(left, top, theme.px(7 * _CELL_WIDE), theme.px(_HEAD))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), month_label(month))
        painter.setFont(theme.font("caption", 400))
        for number in range(1, monthrange(self.year, month)[1] + 1):
            self._paint_day(painter, date(self.year, month, number))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        kind, box = day_kind(day, self._table).kind, self.box_of(day)
        is_special = kind in _GROUNDS and (kind is not DayKind.REST or day in self._named)
        if is_special:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(_GROUNDS[kind]))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        tone = _TONES[kind] if is_special else "text3" if kind is DayKind.REST else "text"
        painter.setPen(theme.colour(tone))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _corner(self, month: int) -> tuple[float, float]:
        column, row = (month - 1) % _COLUMNS, (month - 1) // _COLUMNS
        month_wide = theme.px(7 * _CELL_WIDE)
        spare = (self.width() - _COLUMNS * month_wide) / (_COLUMNS - 1)
        gap = min(max(spare, theme.px(_GAP)), theme.px(_MOST_GAP))
        return (
            column * (month_wide + gap),
            theme.px(row * (_HEAD + _WEEKS * _CELL_HIGH + _GAP)),
        )

    def _tell(self) -> None:
        """The chosen day for who cannot see the frame."""
        label = day_kind(self.day, self._table).label
        said = f"{day_label(self.day.isoformat(), self.day)} {label}"
        self.setAccessibleName(_("年历：{day}").format(day=said))
