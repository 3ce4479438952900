"""One side of a conflict: a large radio button with the value and who wrote it, or whence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme

_HEIGHT_PX, _SLIM_PX, _LEAST_PX = 48, 32, 180
_DOT_PX = 16


class SideButton(QAbstractButton):
    """Choosing one leaves the other of its pair; a slim one has all on one line."""

    def __init__(
        self,
        value: str,
        who: str,
        label: str,
        *,
        is_slim: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_slim = is_slim
        self._value = value
        self._who = who
        self._other: SideButton | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{value}\n{who}" if is_slim and who else value)
        said = _("{label}：{value}，{who}") if who else _("{label}：{value}")
        self.setAccessibleName(said.format(label=label, value=value, who=who))
        self.clicked.connect(self.choose)

    def pair_with(self, other: SideButton) -> None:
        """Only one of the two is chosen."""
        self._other, other._other = other, self

    def choose(self) -> None:
        """Take this side."""
        self.setChecked(True)
        if self._other is not None:
            self._other.setChecked(False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines, or one."""
        return QSize(theme.px(_LEAST_PX), theme.px(_SLIM_PX if self._is_slim else _HEIGHT_PX))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, dot, value and author."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        tone = "accent" if is_on or self.hasFocus() else "ctrl"
        painter.setPen(QPen(theme.colour(tone), 2 if is_on or self.hasFocus() else 1))
        painter.setBrush(theme.colour("selected" if is_on else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 3, 3)
        self._draw_dot(painter, is_on=is_on)
        if self._is_slim:
            self._draw_line(painter)
        else:
            self._draw_texts(painter)

    def _draw_dot(self, painter: QPainter, *, is_on: bool) -> None:
        side = theme.px(_DOT_PX)
        top = (self.height() - side) // 2
        width = 5 if is_on else 1
        painter.setPen(QPen(theme.colour("accent" if is_on else "ctrl"), width))
        painter.setBrush(theme.colour("surface"))
        inset = width / 2
        painter.drawEllipse(int(10 + inset), int(top + inset), int(side - width), int(side - width))

    def _draw_texts(self, painter: QPainter) -> None:
        left = theme.px(_DOT_PX) + 22
        room = self.rect().adjusted(left, 5, -8, -5)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        cut = painter.fontMetrics().elidedText(
            self._value, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, flags, cut)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        low = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        painter.drawText(room, low, self._who)

    def _draw_line(self, painter: QPainter) -> None:
        """The value at the left; at the right whence it comes, if the value leaves the room."""
        room = self.rect().adjusted(theme.px(_DOT_PX) + 22, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        wide = min(painter.fontMetrics().horizontalAdvance(self._value), room.width())
        cut = painter.fontMetrics().elidedText(
            self._value, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | middle), cut)
        rest = room.adjusted(wide + 10, 0, 0, 0)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        if painter.fontMetrics().horizontalAdvance(self._who) <= rest.width():
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignRight | middle), self._who)
