"""Draws the visible part of a table: one pass over rows and sections, nothing asked twice.

A delegate is called from C++ for each cell with an option and an index of its own; at 300 cells a
frame that costs more than the drawing. The view therefore paints rows itself, with texts cut to
their columns once and badges, bars and boxes kept as pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap

from advisorcrm.views import icons, theme
from advisorcrm.views.table_cells import PENDING, Cell, Heading
from advisorcrm.views.widgets.badge import HEIGHT as BADGE_HEIGHT
from advisorcrm.views.widgets.badge import BadgeText, badge_width, paint_badge

if TYPE_CHECKING:
    from advisorcrm.views.tables import RecordTableModel

_PAD = 8
_EDGE = 3
_BAR = 44
_LEAST_BAR = 12
_FIGURE = 34
_BOX = 15
_KEPT = 600


class Section(NamedTuple):
    """A visible section: column of the model (-1 the check boxes), place and alignment."""

    column: int
    x: int
    width: int
    align: str


class RowPainter:
    """Fonts, metrics and pictures of one theme and scale."""

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._body = theme.font("body")
        self._small = theme.font("caption")
        self._metrics = QFontMetrics(self._body)
        self._small_metrics = QFontMetrics(self._small)
        self._badge_metrics = QFontMetrics(theme.font("caption", 500))
        self._tones: dict[str, QColor] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._is_small = False

    def paint_row(
        self,
        painter: QPainter,
        model: RecordTableModel,
        row: int,
        sections: list[Section],
        ground: QRect,
    ) -> None:
        """Draw the cells of one line; its ground is drawn already."""
        cells = model.cells(row)
        if isinstance(cells, Heading):
            self._paint_heading(painter, cells, ground)
            return
        self._use(painter, small=False)
        top, height = ground.top(), ground.height()
        middle = top + (height - 1) // 2
        for column, x, width, align in sections:
            if column < 0:
                self._paint_box(painter, x, middle, is_on=model.is_checked(row))
            elif cells is None:
                painter.setPen(self._tone("text3"))
                painter.drawText(x + _PAD, self._baseline(top, height), PENDING)
            else:
                self._paint_cell(painter, cells[column], x, width, align, top, height, model)

    def paint_ground(
        self, painter: QPainter, ground: QRect, *, tint: str, is_current: bool
    ) -> None:
        """Fill a line, draw its hairline and the edge of the current one."""
        painter.fillRect(ground, self._tone(tint))
        painter.fillRect(ground.left(), ground.bottom(), ground.width(), 1, self._tone("grid"))
        if is_current:
            painter.fillRect(
                ground.left(), ground.top(), _EDGE, ground.height(), self._tone("accent")
            )

    def _paint_cell(  # noqa: PLR0913, C901 - the inner loop: no objects made for each cell
        self,
        painter: QPainter,
        cell: Cell,
        x: int,
        width: int,
        align: str,
        top: int,
        height: int,
        model: RecordTableModel,
    ) -> None:
        if cell.badges:
            begin = x if align != "right" else self._badges_begin(cell, x, width)
            self._paint_badges(painter, cell, begin, width - (begin - x), top, height)
            return
        if cell.percent >= 0:
            self._paint_bar(painter, cell, x, width, top, height)
            return
        if not cell.text and not cell.icon:
            return
        left = x + _PAD
        room = width - 2 * _PAD
        if cell.icon:
            image = self._icon(cell.icon)
            painter.drawPixmap(left, top + (height - theme.px(15)) // 2, image)
            left += theme.px(15) + 6
            room -= theme.px(15) + 6
        if cell.fits != width:
            self._cut(cell, width, room)
        if align == "right":
            left += room - cell.wide
        elif align == "centre":
            left += (room - cell.wide) // 2
        if model.highlight:
            self._mark_words(painter, cell, model.highlight, left, top, height)
        painter.setPen(self._tone(cell.tone))
        if cell.second:
            self._paint_two_lines(painter, cell, left, top, height)
        else:
            painter.drawText(left, self._baseline(top, height), cell.cut)

    def _paint_two_lines(
        self, painter: QPainter, cell: Cell, left: int, top: int, height: int
    ) -> None:
        painter.drawText(left, self._baseline(top + 2, height // 2), cell.cut)
        self._use(painter, small=True)
        painter.setPen(self._tone("text3"))
        painter.drawText(left, self._baseline(top + height // 2 - 2, height // 2), cell.cut_second)
        self._use(painter, small=False)

    def _cut(self, cell: Cell, width: int, room: int) -> None:
        """Cut the texts of a cell to the width of its column, once."""
        right = Qt.TextElideMode.ElideRight
        cell.fits = width
        cell.wide = self._metrics.horizontalAdvance(cell.text)
        cell.cut = cell.text
        if cell.wide > room:
            cell.cut = self._metrics.elidedText(cell.text, right, room)
            cell.wide = self._metrics.horizontalAdvance(cell.cut)
        if cell.second:
            cell.cut_second = self._small_metrics.elidedText(cell.second, right, room)

    def _mark_words(
        self, painter: QPainter, cell: Cell, word: str, left: int, top: int, height: int
    ) -> None:
        at = cell.cut.lower().find(word.lower())
        if at < 0:
            return
        line = height // 2 if cell.second else height
        start = left + self._metrics.horizontalAdvance(cell.cut[:at])
        wide = self._metrics.horizontalAdvance(cell.cut[at : at + len(word)])
        tall = self._metrics.height()
        painter.fillRect(
            start - 1, top + (line - tall) // 2 + 1, wide + 2, tall, self._tone("tier_au_bg")
        )

    def _paint_heading(self, painter: QPainter, heading: Heading, ground: QRect) -> None:
        painter.fillRect(ground.adjusted(0, 0, 0, -1), self._tone("app"))
        self._use(painter, small=True)
        painter.setPen(self._tone("text2"))
        line = self._baseline(ground.top(), ground.height())
        painter.drawText(ground.left() + _PAD, line, heading.text)
        if heading.remark:
            wide = self._small_metrics.horizontalAdvance(heading.remark)
            painter.drawText(ground.right() - _PAD - wide, line, heading.remark)

    def _badges_begin(self, cell: Cell, x: int, width: int) -> int:
        """Where badges at the right edge of a column begin."""
        wide = sum(int(self._badge(badge).width() / self._ratio) + 5 for badge in cell.badges) - 5
        return max(x, x + width - wide - 2 * _PAD)

    def _paint_badges(
        self, painter: QPainter, cell: Cell, x: int, width: int, top: int, height: int
    ) -> None:
        left, end = x + _PAD, x + width - 2
        for badge in cell.badges:
            image = self._badge(badge)
            wide = int(image.width() / self._ratio)
            place = QPoint(left, top + (height - theme.px(BADGE_HEIGHT)) // 2)
            if left + wide > end:
                if left == x + _PAD:  # the first is cut rather than left out
                    part = QRect(0, 0, int((end - left) * self._ratio), image.height())
                    painter.drawPixmap(place, image, part)
                break
            painter.drawPixmap(place, image)
            left += wide + 5

    def _paint_bar(
        self, painter: QPainter, cell: Cell, x: int, width: int, top: int, height: int
    ) -> None:
        """The bar gives way before its figure does."""
        room = width - 2 * _PAD - 6 - theme.px(_FIGURE)
        wide = min(max(room, theme.px(_LEAST_BAR)), theme.px(_BAR))
        image = self._bar(cell.percent, cell.tone, wide)
        painter.drawPixmap(x + _PAD, top + (height - theme.px(5)) // 2, image)
        self._use(painter, small=True)
        painter.setPen(self._tone("text"))
        left = x + _PAD + wide + 6
        painter.drawText(left, self._baseline(top, height), cell.text)
        self._use(painter, small=False)

    def _paint_box(self, painter: QPainter, x: int, middle: int, *, is_on: bool) -> None:
        side = theme.px(_BOX)
        painter.drawPixmap(QPoint(x + _PAD, middle - side // 2), self._box(is_on=is_on))

    def _use(self, painter: QPainter, *, small: bool) -> None:
        painter.setFont(self._small if small else self._body)
        self._is_small = small

    def _baseline(self, top: int, height: int) -> int:
        metrics = self._small_metrics if self._is_small else self._metrics
        return top + (height - metrics.height()) // 2 + metrics.ascent()

    def _tone(self, name: str) -> QColor:
        found = self._tones.get(name)
        if found is None:
            found = self._tones[name] = theme.colour(name)
        return found

    def _icon(self, name: str) -> QPixmap:
        mark, _slash, tone = name.partition("/")
        return icons.pixmap(mark, tone or "accent", theme.px(15), self._ratio)

    def _badge(self, badge: BadgeText) -> QPixmap:
        found = self._pictures.get(badge)
        if found is None:
            wide = badge_width(badge.text, self._badge_metrics)
            found, painter = self._picture(badge, QSize(wide, theme.px(BADGE_HEIGHT)))
            painter.setFont(theme.font("caption", 500))
            paint_badge(painter, QRectF(0, 0, wide, theme.px(BADGE_HEIGHT)), badge.text, badge.kind)
            painter.end()
        return found

    def _bar(self, percent: int, tone: str, wide: int) -> QPixmap:
        key = ("bar", percent, tone, wide)
        found = self._pictures.get(key)
        if found is None:
            high = theme.px(5)
            found, painter = self._picture(key, QSize(wide, high))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("grid"))
            painter.drawRoundedRect(QRectF(0, 0, wide, high), high / 2, high / 2)
            painter.setBrush(theme.colour(tone))
            part = max(wide * min(percent, 100) / 100, high) if percent else 0
            painter.drawRoundedRect(QRectF(0, 0, part, high), high / 2, high / 2)
            painter.end()
        return found

    def _box(self, *, is_on: bool) -> QPixmap:
        key = ("box", is_on)
        found = self._pictures.get(key)
        if found is None:
            side = theme.px(_BOX)
            found, painter = self._picture(key, QSize(side, side))
            painter.setPen(theme.colour("accent_fill" if is_on else "ctrl"))
            painter.setBrush(theme.colour("accent_fill" if is_on else "surface"))
            painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), 3, 3)
            if is_on:
                tick = icons.pixmap("check", "on_accent", side - 2, self._ratio, 3)
                painter.drawPixmap(1, 1, tick)
            painter.end()
        return found

    def _picture(self, key: tuple[object, ...], size: QSize) -> tuple[QPixmap, QPainter]:
        if len(self._pictures) >= _KEPT:
            self._pictures.clear()
        image = QPixmap(size * self._ratio)
        image.setDevicePixelRatio(self._ratio)
        image.fill(Qt.GlobalColor.transparent)
        self._pictures[key] = image
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return image, painter
