"""Notices that nobody is there: locks after idle minutes, and after sleep at once.

Both clocks are asked: the monotonic one for idle time, the wall clock for the time a closed lid
or a suspended machine has slept through.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

LOCK_KEYS = "Ctrl+Alt+L"
WARN_SECONDS = 30
LONGEST_MINUTES = 30
"""Even an open contact form keeps the screen open no longer than this."""
_TICK_MS = 1_000
_SLEPT_SECONDS = 30
_INPUT = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
     QEvent.Type.InputMethod, QEvent.Type.TouchBegin}
)  # fmt: skip


class IdleWatch(QObject):
    """Counts idle seconds: ``warned`` with the seconds left, ``expired`` with idle or sleep.

    It sees every key, so it hears the one that locks where the window does not: in dialogs
    (``expired`` without a reason). While ``has_form`` says that a contact form is open the
    client is on the phone: it waits longer. ``jumped`` when the wall clock was changed or the
    computer has slept.
    """

    warned = Signal(int)
    expired = Signal(str)
    jumped = Signal()

    def __init__(
        self,
        *,
        minutes: int = 5,
        has_form: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._monotonic = monotonic
        self._wall = wall
        self._last_input = monotonic()
        self._last_tick = (monotonic(), wall())
        self._has_form = has_form
        self._is_warned = False
        self._is_resting = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        if application := QCoreApplication.instance():
            application.installEventFilter(self)
        self._is_resting = False
        self._count_from_now()
        self._timer.start()

    def rest(self) -> None:
        """The screen is locked: nobody is waited for, only a change of the clock is told."""
        self._is_resting = True

    def stop(self) -> None:
        """Watch no longer: the window goes."""
        if application := QCoreApplication.instance():
            application.removeEventFilter(self)
        self._timer.stop()

    def look(self) -> None:
        """Compare the clocks; called each second."""
        has_slept = self._has_slept()
        if self._is_resting:
            return
        if has_slept:
            self.expired.emit("sleep")
            return
        left = self._limit() - (self._monotonic() - self._last_input)
        if left <= 0:
            self.expired.emit("idle")
        elif left <= WARN_SECONDS:
            self._is_warned = True
            self.warned.emit(int(left) + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Any key, click or movement means somebody is there; the one that wakes us locks."""
        if event.type() in _INPUT and self._timer.isActive() and not self._is_resting:
            reason = "sleep" if self._has_slept() else "" if _is_lock_key(event) else None
            if reason is not None:
                self.expired.emit(reason)
                return True
            self._count_from_now()
        return False  # it sees every event of the program: no call more than needed

    def _count_from_now(self) -> None:
        self._last_input = self._monotonic()
        self._last_tick = (self._last_input, self._wall())
        if self._is_warned:
            self._is_warned = False
            self.warned.emit(0)

    def _has_slept(self) -> bool:
        """Whether much more time has passed since the last look than a second or so."""
        monotonic, wall = self._monotonic(), self._wall()
        paused = monotonic - self._last_tick[0]
        jump = (wall - self._last_tick[1]) - paused
        self._last_tick = (monotonic, wall)
        if abs(jump) > _SLEPT_SECONDS:
            self.jumped.emit()
        return max(jump, paused) > _SLEPT_SECONDS

    def _limit(self) -> float:
        minutes = LONGEST_MINUTES if self._has_form() else self.minutes
        return max(minutes, self.minutes) * 60


def _is_lock_key(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return QKeySequence(event.keyCombination()) == QKeySequence(LOCK_KEYS)
