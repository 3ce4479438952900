"""Sends pages to a printer or a PDF a few at a time, so that the window stays alive meanwhile."""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

from advisorcrm.errors import AdvisorCrmError

_AT_A_TIME_SECONDS = 0.05


class PageRun(QObject):
    """``moved(done)`` after some pages, then ``ended(done)`` or ``failed(error)``.

    Paints in the GUI thread: a printer belongs to it, and the pages are shown there too.
    """

    moved = Signal(int)
    ended = Signal(int)
    failed = Signal(object)

    def __init__(self, pages: Generator[int], parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._done = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin; a short document is through at once."""
        self._timer.start(0)
        self._go_on()

    def cancel(self) -> None:
        """Stop between two pages; what was not written whole is not there."""
        self._timer.stop()
        self._pages.close()

    def _go_on(self) -> None:
        until = time.monotonic() + _AT_A_TIME_SECONDS
        try:
            self._done = next(self._pages)
            while time.monotonic() < until:
                self._done = next(self._pages)
        except StopIteration:
            self._timer.stop()
            self.ended.emit(self._done)
        except AdvisorCrmError as error:
            self._timer.stop()
            self.failed.emit(error)
        else:
            self.moved.emit(self._done)
