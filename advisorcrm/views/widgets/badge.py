"""A badge: one word of state on a soft ground; the same painter serves tables."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisorcrm.views import icons, theme

HEIGHT = 19
_RADIUS = 4
_PAD = 6
_ICON = 13

# Kind -> colour of the text, of the ground. Tier codes of the branch are kinds too.
KINDS = {
    "mute": ("text2", "sunken"),
    "crit": ("crit", "crit_soft"),
    "warn": ("warn", "warn_soft"),
    "ok": ("ok", "ok_soft"),
    "info": ("info", "info_soft"),
    "platinum": ("tier_pt", "tier_pt_bg"),
    "gold": ("tier_au", "tier_au_bg"),
    "silver": ("tier_ag", "tier_ag_bg"),
}


class BadgeText(NamedTuple):
    """What a badge says and of what kind it is."""

    text: str
    kind: str = "mute"


def badge_width(text: str, metrics: QFontMetrics) -> int:
    """How wide the ground of a badge is."""
    return metrics.horizontalAdvance(text) + 2 * theme.px(_PAD)


def paint_badge(painter: QPainter, ground: QRectF, text: str, kind: str) -> None:
    """Draw a badge; the painter's font is ``caption`` already."""
    front, back = KINDS.get(kind, KINDS["mute"])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(back))
    painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
    painter.setPen(theme.colour(front))
    painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), text)


class Badge(QWidget):
    """A badge on a page."""

    def __init__(
        self, text: str, kind: str = "mute", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._kind = kind
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_badge(self, text: str, kind: str, icon: str = "") -> None:
        """Say something else."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What the badge says."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for the whole text."""
        extra = theme.px(_ICON) + 4 if self._icon else 0
        metrics = QFontMetrics(theme.font("caption", 500))
        return QSize(badge_width(self._text, metrics) + extra, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A badge may be cut to a few letters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(40)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, icon and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption", 500))
        if not self._icon:
            paint_badge(painter, QRectF(self.rect()), self._fitting(self.width()), self._kind)
            return
        side = theme.px(_ICON)
        paint_badge(painter, QRectF(self.rect()), "", self._kind)
        front = KINDS.get(self._kind, KINDS["mute"])[0]
        image = icons.pixmap(self._icon, front, side, self.devicePixelRatioF())
        painter.drawPixmap(theme.px(_PAD), (self.height() - side) // 2, image)
        rest = self.rect().adjusted(theme.px(_PAD) + side + 4, 0, 0, 0)
        painter.setPen(theme.colour(front))
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self._fitting(rest.width()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _fitting(self, width: int) -> str:
        metrics = QFontMetrics(theme.font("caption", 500))
        room = width if self._icon else width - 2 * _RADIUS
        return metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
