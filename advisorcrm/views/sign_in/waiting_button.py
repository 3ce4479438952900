"""The button that signs in; after a wrong password it counts down first."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.label import Label

_TICK_MS = 100


class WaitingButton(QWidget):
    """``pressed`` when signing in is meant; a press while waiting is kept until time is over."""

    pressed = Signal()

    def __init__(self, text: str, *, key: str = "") -> None:
        super().__init__()
        self._text = text
        self._until = 0.0
        self._whole = 0.0
        self._is_meant = False
        self.button = primary(text, key=key)
        self.button.setDefault(True)
        self.button.clicked.connect(self.press)
        self._countdown: _Countdown | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.button)

    def wait(self, seconds: float) -> None:
        """Count down from now; a new answer clears what was meant before."""
        self._is_meant = False
        self._whole = seconds
        self._until = time.monotonic() + seconds
        if seconds <= 0:
            self._show_ready()
            return
        self.button.setEnabled(False)
        self.button.show_icon("timer")
        self._show_countdown()
        self._timer.start()
        self._tick()

    def is_waiting(self) -> bool:
        """Whether it still counts."""
        return self._timer.isActive()

    def press(self) -> None:
        """Sign in, now or when the time is over."""
        if self.is_waiting():
            self._is_meant = True
            if self._countdown is not None:
                self._countdown.hint.setText(_("到时自动提交。"))
            return
        self.pressed.emit()

    def show_busy(self, text: str) -> None:
        """Say what is being done; nothing can be pressed."""
        self.button.setEnabled(False)
        self.button.show_text(text)

    def _tick(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            self._show_ready()
            if self._is_meant:
                self._is_meant = False
                self.pressed.emit()
            return
        self.button.show_text(_("请等 {seconds} 秒再登录").format(seconds=int(left) + 1))
        if self._countdown is not None:
            self._countdown.bar.show_part(left / self._whole)

    def _show_countdown(self) -> None:
        """Made when it is first needed: most people know their password."""
        if self._countdown is None:
            self._countdown = _Countdown()
            self._column.addWidget(self._countdown)
        self._countdown.hint.setText(_("等待时可以改密码；按 Enter 后到时自动提交。"))
        self._countdown.show()

    def _show_ready(self) -> None:
        self._timer.stop()
        self.button.setEnabled(True)
        self.button.setIcon(type(self.button.icon())())
        self.button.show_text(self._text)
        if self._countdown is not None:
            self._countdown.hide()


class _Countdown(QWidget):
    """How much of the time is left, and what may be done meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = _WaitBar()
        self.hint = Label("", "text2", "caption", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.bar)
        whole.addWidget(self.hint)


class _WaitBar(QWidget):
    """How much of the time is left."""

    def __init__(self) -> None:
        super().__init__()
        self._part = 1.0
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float) -> None:
        self._part = part
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        from PySide6.QtCore import Qt

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("grid"))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(theme.colour("warn"))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._part, 4), 2, 2)
