"""A badge that opens its proof, or that can be chosen among others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from advisorcrm.views import icons, theme
from advisorcrm.views.widgets.badge import HEIGHT, KINDS, Badge, badge_width, paint_badge

_ICON = 13
_PAD = 6
_RING = 2
_HIT = 24


def level_with_buttons(badge: Badge) -> QWidget:
    """A mere badge in a row of badges that are buttons, at their height."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, _RING, 0, _RING)
    row.addWidget(badge)
    frame.setMinimumHeight(theme.px(_HIT))
    return frame


class BadgeButton(QAbstractButton):
    """Looks like a badge, works like a button: by mouse, Space and Enter."""

    def __init__(
        self, text: str, kind: str = "mute", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_badge(self, text: str, kind: str, icon: str = "") -> None:
        """Say something else."""
        self._kind, self._icon = kind, icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for the whole text, high enough to be hit."""
        extra = theme.px(_ICON) + 4 if self._icon else 0
        metrics = QFontMetrics(theme.font("caption", 500))
        return QSize(
            badge_width(self.text(), metrics) + extra + 2 * _RING,
            max(theme.px(HEIGHT) + 2 * _RING, theme.px(_HIT)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, icon, text, and the ring of focus or choice."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption", 500))
        high = theme.px(HEIGHT)
        top = (self.height() - high) / 2
        ground = QRectF(_RING, top, self.width() - 2 * _RING, high)
        if not self._icon:
            paint_badge(painter, ground, self.text(), self._kind)
        else:
            self._paint_with_icon(painter, ground)
        if self.hasFocus() or self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), _RING))
            painter.drawRoundedRect(ground.adjusted(-1, -1, 1, 1), 5, 5)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _paint_with_icon(self, painter: QPainter, ground: QRectF) -> None:
        paint_badge(painter, ground, "", self._kind)
        side = theme.px(_ICON)
        front = KINDS.get(self._kind, KINDS["mute"])[0]
        image = icons.pixmap(self._icon, front, side, self.devicePixelRatioF())
        left = ground.left() + theme.px(_PAD)
        painter.drawPixmap(int(left), int((self.height() - side) / 2), image)
        rest = ground.adjusted(theme.px(_PAD) + side + 4, 0, 0, 0)
        painter.setPen(theme.colour(front))
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self.text())
