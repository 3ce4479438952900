"""A value in full for some seconds, with a shrinking ring; what was copied of it goes too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme

_TICK_MS = 250


class RevealedValue(QObject):
    """Holds one revealed value: ``moved(rest)`` from 1 to 0, then ``ended``."""

    moved = Signal(float)
    ended = Signal()

    def __init__(self, seconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = seconds
        self.value = ""
        self._left = 0
        self.timer = QTimer(self)
        self.timer.setInterval(_TICK_MS)
        self.timer.timeout.connect(self.tick)
        self.clearing = QTimer(self)
        self.clearing.setSingleShot(True)
        self.clearing.setInterval(seconds * 1000)
        self.clearing.timeout.connect(self.clear_clipboard)
        self._copied = ""
        QGuiApplication.clipboard().dataChanged.connect(self._watch_clipboard)
        application = QCoreApplication.instance()
        if application is not None:  # the clock would end with the program
            application.aboutToQuit.connect(self.clear_clipboard)

    def is_running(self) -> bool:
        """Whether a value is shown at present."""
        return bool(self.value)

    def start(self, value: str) -> None:
        """Show a value from now on."""
        self.value = value
        self._left = self.seconds * 1000 // _TICK_MS
        self.timer.start()
        self.moved.emit(1.0)

    def tick(self) -> None:
        """A quarter of a second has passed."""
        self._left -= 1
        if self._left <= 0:
            self.end()
            return
        self.moved.emit(self._left * _TICK_MS / (self.seconds * 1000))

    def end(self) -> None:
        """Mask now."""
        self.timer.stop()
        if self.value:
            self.value = ""
            self.ended.emit()

    def copy(self) -> None:
        """Put the value on the clipboard, for as long."""
        if self.value:
            QGuiApplication.clipboard().setText(self.value)

    def clear_clipboard(self) -> None:
        """Take the value off the clipboard, unless something else lies there by now."""
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""

    def _watch_clipboard(self) -> None:
        """Copied by whatever means, it goes after the same time."""
        if self.value and QGuiApplication.clipboard().text() == self.value:
            self._copied = self.value
            self.clearing.start()


class RevealRing(QWidget):
    """A small ring that shrinks while a value is shown."""

    def __init__(self, revealed: RevealedValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = 1.0
        self._seconds = revealed.seconds
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("显示 {seconds} 秒后掩码").format(seconds=self._seconds))
        revealed.moved.connect(self._show_rest)
        self.hide()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as a line of text."""
        return QSize(theme.px(18), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw what is left of the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(theme.colour("grid"), 2.5))
        painter.drawEllipse(box)
        pen = QPen(theme.colour("accent"), 2.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, round(360 * 16 * self._rest))

    def _show_rest(self, rest: float) -> None:
        self._rest = rest
        self.setToolTip(_("{seconds} 秒后掩码").format(seconds=round(rest * self._seconds)))
        self.update()
