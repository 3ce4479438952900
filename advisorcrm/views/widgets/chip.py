"""A chip: a pill that filters (checkable, with a count) or states a condition (with a cross)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from advisorcrm.i18n import _, language
from advisorcrm.views import icons, theme

_CROSS_PX = 14


class Chip(QPushButton):
    """A pill; ``closed`` when its cross is clicked or Delete is pressed on it."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        *,
        count: int | None = None,
        icon: str = "",
        checkable: bool = True,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._closable = closable
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setCheckable(checkable or closable)
        self.setChecked(closable)
        if icon:
            self.setIcon(icons.icon(icon, checked="accent"))
        self.show_count(count)

    def show_label(self, text: str) -> None:
        """Say something else; the number comes with the next count."""
        self._text = text
        self.show_count(None)

    def show_count(self, count: int | None) -> None:
        """Put the number of hits behind the words; English sets it in brackets."""
        form = "{text} ({count})" if language() == "en" else "{text} {count}"
        shown = self._text if count is None else form.format(text=self._text, count=f"{count:,}")
        self.setText(shown + ("      " if self._closable else ""))
        name = _("{condition}，按 Delete 去掉").format(condition=shown) if self._closable else shown
        self.setAccessibleName(name)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """A condition stays lit until it is closed."""
        if not self._closable:
            super().nextCheckState()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close when the cross is hit."""
        if self._closable and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.closed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close by Delete or Backspace."""
        if self._closable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pill and its cross."""
        super().paintEvent(event)
        if self._closable:
            painter = QPainter(self)
            side = theme.px(_CROSS_PX)
            image = icons.pixmap("x", "accent", side, self.devicePixelRatioF())
            painter.drawPixmap(self._cross().center() - QPoint(side // 2, side // 2 - 1), image)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))

    def _cross(self) -> QRect:
        side = self.height()
        return QRect(self.width() - side - 2, 0, side, side)
