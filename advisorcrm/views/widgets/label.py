"""A line of text in one of the house's sizes and tones; it elides rather than pushes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from advisorcrm.views import theme

_LEAST_PX = 24


class Label(QLabel):
    """Text with a size (caption, body, card_title …), a weight and a tone (colour token)."""

    def __init__(
        self,
        text: str = "",
        tone: str = "text",
        size: str = "body",
        *,
        weight: int = 400,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._size = size
        self._weight = weight
        self._tip_is_ours = False
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        self._font = theme.font(size, weight)
        self.setFont(self._font)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show a text as it is: what looks like markup is not."""
        if "<" in text or "&" in text:
            from PySide6.QtCore import Qt

            self.setTextFormat(Qt.TextFormat.PlainText)
        if self._tip_is_ours:
            self._tip_is_ours = False
            self.setToolTip("")
        super().setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if tone != self._tone:
            self._tone = tone
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line may shrink to a few letters and an ellipsis."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            return hint
        return QSize(min(hint.width(), theme.px(_LEAST_PX)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the text, elided where it does not fit; the tooltip then holds all of it."""
        text = self.text()
        room = self.contentsRect().width()
        if self.wordWrap() or self.fontMetrics().horizontalAdvance(text) <= room:
            super().paintEvent(event)
            return
        from html import escape

        from PySide6.QtCore import Qt

        if not self.toolTip():
            self._tip_is_ours = True
            self.setToolTip(escape(text))
        painter = QPainter(self)
        painter.setPen(theme.colour(self._tone))
        cut = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.contentsRect(), int(self.alignment()), cut)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            font = theme.font(self._size, self._weight)
            if font is not self._font:  # a new parent is no new scale
                self._font = font
                self.setFont(font)
