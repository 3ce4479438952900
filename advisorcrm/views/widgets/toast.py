"""A dark bar that tells what was done and takes it back for ten seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_SHOWN_MS = 10_000
_ABOVE_PX, _ASIDE_PX = 92, 28
"""Over the row of buttons at the foot of a page, at its right edge."""


class Toast(QFrame):
    """Floats over the foot of its window; stays while hovered or focused."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("zone", "toast")
        self._window = window
        self._undo: Callable[[], None] | None = None
        self._text = Label("", "surface", weight=500)
        self._button = Button(_("撤销"), "quiet", key="Ctrl+Z")
        self._button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(IconMark("circle-check", "surface"))
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what was done; ``undo`` takes it back."""
        self._undo = undo
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def text(self) -> str:
        """What is told."""
        return self._text.text()

    def offers_undo(self) -> bool:
        """Whether what is told can be taken back."""
        return self._undo is not None

    def undo(self) -> None:
        """Take it back, once."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo:
            undo()

    def leave(self) -> None:
        """Tell it no longer; what can be taken back is still taken back by Ctrl+Z."""
        self._undo = None
        self._timer.stop()
        self.hide()

    def take(self) -> tuple[str, Callable[[], None] | None] | None:
        """Tell it no longer, for it to be told otherwise: the sentence and what takes it back.

        None if nothing is told.
        """
        if not self.isVisible():
            return None
        told = self.text(), self._undo
        self.leave()
        return told

    def leave_page(self) -> None:
        """Another page came: what was done on the last is taken back by Ctrl+Z alone."""
        if self._undo is not None:
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay at the foot of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Stay while the mouse is over it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Count again."""
        self._timer.start(_SHOWN_MS)
        super().leaveEvent(event)

    def _expire(self) -> None:
        if self._button.hasFocus():
            self._timer.start(_SHOWN_MS)
            return
        self._undo = None
        self.hide()

    def _place(self) -> None:
        window = self._window
        self.setMaximumWidth(window.width() - 2 * theme.px(24))
        self.adjustSize()
        wide = max(self.width(), theme.px(360))
        self.resize(min(wide, self.maximumWidth()), self.height())
        self.move(
            window.width() - self.width() - theme.px(_ASIDE_PX),
            window.height() - self.height() - theme.px(_ABOVE_PX),
        )
