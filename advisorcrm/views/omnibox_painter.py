"""Draws the lines of the omnibox: headings, and results with icon, title, badge and detail."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.widgets.badge import HEIGHT, BadgeText, badge_width, paint_badge

CLIENTS = "clients"
RESULT = Qt.ItemDataRole.UserRole
_ROW_PX = 40
_HEAD_PX = 30


class Result(NamedTuple):
    """One line of the list; ``key`` goes back to who asked."""

    title: str
    key: object
    detail: str = ""
    icon: str = "user"
    badge: BadgeText | None = None
    keys: str = ""


class ResultPainter(QStyledItemDelegate):
    """Draws headings and results."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Headings are lower."""
        is_result = bool(index.data(RESULT))
        return QSize(0, theme.px(_ROW_PX if is_result else _HEAD_PX))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Icon, title, badge, detail, keys."""
        rect = option.rect.adjusted(4, 0, -4, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = index.data(RESULT)
        if not found:
            self._text(painter, rect.adjusted(12, 6, 0, 0), index.data(), "caption", "text2")
            painter.restore()
            return
        group, result = found
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(QRectF(rect), 4, 4)
        self._paint_result(painter, rect, group, result, is_chosen=is_chosen)
        painter.restore()

    def _paint_result(
        self, painter: QPainter, rect: QRect, group: str, result: Result, *, is_chosen: bool
    ) -> None:
        side = theme.px(16)
        tone = "accent" if group == CLIENTS else "text2"
        image = icons.pixmap(result.icon, tone, side, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left() + 12, rect.center().y() - side // 2, image)
        left = rect.left() + 12 + side + 10
        weight = 600 if group == CLIENTS else 400
        front = "accent" if group == CLIENTS else "text"
        left += (
            self._text(
                painter,
                rect.adjusted(left - rect.left(), 0, 0, 0),
                result.title,
                "body",
                front,
                weight,
            )
            + 10
        )
        if result.badge:
            metrics = QFontMetrics(theme.font("caption", 500))
            wide, high = badge_width(result.badge.text, metrics), theme.px(HEIGHT)
            painter.setFont(theme.font("caption", 500))
            ground = QRectF(left, rect.center().y() - high // 2, wide, high)
            paint_badge(painter, ground, result.badge.text, result.badge.kind)
            left += wide + 10
        keys = result.keys
        if group == CLIENTS and is_chosen:
            keys = _("⏎ 打开   Ctrl+⏎ 记沟通")
        wide = QFontMetrics(theme.font("caption")).horizontalAdvance(keys) + 14
        tail = QRect(rect.right() - wide, rect.top(), wide, rect.height())
        self._text(painter, tail, keys, "caption", "accent" if is_chosen else "text3")
        room = QRect(left, rect.top(), max(rect.right() - wide - left - 8, 0), rect.height())
        self._text(painter, room, result.detail, "caption", "text2")

    def _text(
        self, painter: QPainter, rect: QRect, text: str, size: str, tone: str, weight: int = 400
    ) -> int:
        painter.setFont(theme.font(size, weight))
        painter.setPen(theme.colour(tone))
        metrics = QFontMetrics(theme.font(size, weight))
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(rect, flags, cut)
        return metrics.horizontalAdvance(cut)
