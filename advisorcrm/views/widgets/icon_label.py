"""An icon, alone or before a short text: status bar, message lines, facts."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from advisorcrm.views import icons, theme
from advisorcrm.views.widgets.label import Label


class IconMark(QWidget):
    """One icon in one tone, drawn at the font scale."""

    def __init__(
        self, name: str, tone: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name = name
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square at the font scale."""
        side = theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon in today's colours."""
        if not self._name:
            return
        painter = QPainter(self)
        side = theme.px(self._size)
        image = icons.pixmap(self._name, self._tone, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, image)


class IconLabel(QWidget):
    """An icon and a short text of the same tone."""

    def __init__(  # noqa: PLR0913 - each argument is one visible trait
        self,
        icon: str,
        text: str = "",
        tone: str = "text2",
        *,
        size: str = "caption",
        icon_px: int = 13,
        weight: int = 400,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.mark = IconMark(icon, tone, icon_px)
        self.label = Label(text, tone, size, weight=weight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self.mark)
        row.addWidget(self.label)

    def show_text(self, icon: str, text: str, tone: str = "text2") -> None:
        """Show another icon and text."""
        self.mark.show_icon(icon, tone)
        self.label.set_tone(tone)
        self.label.setText(text)
