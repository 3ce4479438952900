"""One entry of a client's stream: an icon in a soft disc, a head, what is told below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from advisorcrm.views import icons, theme

_MARK_PX = 26
_ICON_PX = 15


class StreamMark(QWidget):
    """An icon in a soft disc, and the line that leads on to the next entry."""

    def __init__(self, icon: str, tone: str, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._ground = icon, tone, ground
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the disc at the font scale."""
        return QSize(theme.px(_MARK_PX), theme.px(_MARK_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw disc, icon and line."""
        disc, side = theme.px(_MARK_PX), theme.px(_ICON_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(disc // 2, disc + 3, 2, self.height() - disc - 3, theme.colour("border"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._ground))
        painter.drawEllipse(QRectF(0, 0, disc, disc))
        image = icons.pixmap(self._icon, self._tone, side, self.devicePixelRatioF())
        painter.drawPixmap((disc - side) // 2, (disc - side) // 2, image)


class StreamEntry(QFrame):
    """Can be focused; ``focused`` tells the stream. Enter shows all of it, and less again."""

    focused = Signal(object)

    def __init__(self, icon: str, tone: str, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_expanded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(StreamMark(icon, tone, ground))
        self.column = QVBoxLayout()
        self.column.setSpacing(3)
        row.addLayout(self.column, 1)

    def show_all(self, *, shown: bool) -> None:
        """Tell everything, or only what a glance needs."""
        self.is_expanded = shown

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter expands."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.show_all(shown=not self.is_expanded)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tint, and tell the stream."""
        super().focusInEvent(event)
        self.update()
        self.focused.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tint no more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tint of the focused entry, beside its mark."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(self.rect().adjusted(theme.px(_MARK_PX) + 12, 0, 0, 0), 4, 4)
