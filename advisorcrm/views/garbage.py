"""Cycles of windows are collected in the GUI thread only.

Python collects garbage in whatever thread happens to allocate; a widget that is destroyed by a
worker's thread crashes the program. So the automatic collection is off and a timer looks.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 5_000


class GarbageTimer(QObject):
    """Collects each generation when its count has passed Python's own threshold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over from the automatic collection."""
        gc.disable()
        self._timer.start(_LOOK_MS)

    def settle(self) -> None:
        """What is loaded by now stays for good: never look through it again."""
        gc.freeze()

    def stop(self) -> None:
        """Look no more. The automatic collection stays off while windows are taken apart.

        Qt holds a lock while it destroys a widget and tells Python of it: a collection that
        begins just then destroys another and waits for that lock for good.
        """
        self._timer.stop()

    def look(self) -> None:
        """Collect the oldest generation that is due, if any."""
        counts = gc.get_count()
        due = [place for place in range(3) if counts[place] > self._thresholds[place]]
        if due:
            gc.collect(max(due))
