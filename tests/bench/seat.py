"""The real program in this process, offscreen: signed in, its client list in front."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from advisorcrm.terms import Role
from advisorcrm.views import theme  # first of all, as in the program: see views/binding.py
from advisorcrm.views.page_names import CLIENT_LIST
from advisorcrm.views.remembered import remember
from tests.bench.branch import MANAGER, PASSWORD

_PATIENCE = 2400.0
_FIRST_CHECK = 3.5
"""Three seconds after the sign-in the program looks whether its file is sound: let it."""


class Seat:
    """Somebody sits at the program: ``sign_in`` first, then the window is there."""

    def __init__(self, place: Path) -> None:
        _pretend_copied(place)
        self._home = tempfile.TemporaryDirectory()
        os.environ["ADVISORCRM_HOME"] = self._home.name
        _pretend_known()
        gc.disable()  # as advisorcrm.__main__ does; the window's own timer collects
        from advisorcrm.app import Program

        self.painted_clients: list[int] = []
        self._teller = _Teller()
        self._watch_paints()
        theme.prepare()
        self.app = QApplication.instance() or QApplication([])
        self.program = Program(self.app, str(place))  # type: ignore[arg-type]
        self.program.start()

    def type_password(self) -> None:
        """Wait as long as somebody types: what comes next is loaded meanwhile."""
        self.wait(lambda: self.program.entrance.login is not None)
        self.rest(0.4)
        loaded: list[object] = []
        self.program.entrance._door.ask(int, loaded.append, loaded.append)
        self.wait(lambda: loaded)
        self.wait(lambda: self.program.rehearsal is not None and self.program.rehearsal.is_over)
        self.rest(0.1)

    def sign_in(self) -> float:
        """Enter number and password; seconds until the paint of the day's first lines is over."""
        login = self.program.entrance.login
        if login is None:
            raise RuntimeError("nobody can sign in")
        self._teller.told_at = 0.0  # what the rehearsal painted is nobody's
        start = time.perf_counter()
        login.submitted.emit(MANAGER, PASSWORD)
        self.wait(lambda: self._teller.told_at)
        return self._teller.told_at - start

    def open_list(self, width: int = 1440, height: int = 900) -> None:
        """Sign in, leave the day for the list, and wait until it has everything; of a size."""

        self.type_password()
        self.sign_in()
        self.program.window.locking.watch.stop()  # type: ignore[union-attr]  # nobody types here
        self.window.go(CLIENT_LIST)
        self.window.resize(width, height)
        self.rest(_FIRST_CHECK)
        self.settle()

    @property
    def window(self):  # type: ignore[no-untyped-def]
        """The main window."""
        return self.program.window.main_window  # type: ignore[union-attr]

    @property
    def page(self):  # type: ignore[no-untyped-def]
        """The page of clients."""
        from advisorcrm.views.clients.clients_page import ClientsPage

        return self.window.findChild(ClientsPage)

    def settle(self) -> None:
        """Wait until everything that was asked is answered and painted."""
        listing, jobs = self.page.listing, self.program.window.jobs  # type: ignore[union-attr]
        self.wait(lambda: jobs.is_idle() and listing.is_settled())
        self.rest(0.1)
        self.wait(lambda: jobs.is_idle() and listing.is_settled())

    def _watch_paints(self) -> None:
        """Note the number of lines with each paint of a table that has its first one.

        The teller hears of it when all around the table is painted, too.
        """
        from advisorcrm.views.table_view import RecordTable

        original = RecordTable.paintEvent

        def paint(table: RecordTable, event: QPaintEvent) -> None:
            original(table, event)
            if table.records().row_at(0) is not None:
                self.painted_clients.append(table.records().rowCount())
                urgent = Qt.EventPriority.HighEventPriority.value
                QCoreApplication.postEvent(self._teller, QEvent(QEvent.Type.User), urgent)

        RecordTable.paintEvent = paint  # type: ignore[method-assign]

    def rest(self, seconds: float) -> None:
        """Let the program do what it does when nobody types."""
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def wait(self, condition: Callable[[], object], *, at_once: bool = False) -> None:
        """Turn the program's loop until it is so; asleep in between, as the program is.

        ``at_once`` looks after every single event, for what takes a few milliseconds.
        """
        deadline = time.monotonic() + _PATIENCE
        loop, tick = QEventLoop(), QTimer()
        tick.setTimerType(Qt.TimerType.PreciseTimer)
        tick.timeout.connect(loop.quit)
        tick.start(1)
        while not condition():
            if at_once:
                self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            else:
                loop.exec()
            if time.monotonic() > deadline:
                raise TimeoutError("the program did not answer")
        tick.stop()

    def leave(self) -> None:
        """End the program."""
        self.program.stop()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._home.cleanup()


def _pretend_known() -> None:
    """The same person signed in here yesterday."""
    remember("login/number", MANAGER)
    remember("login/role", Role.MANAGER.value)


class _Teller(QObject):
    """Notes when its event comes: before everything else that waits for a paint to be over."""

    told_at = 0.0

    def event(self, _event: QEvent) -> bool:
        """The first time counts."""
        self.told_at = self.told_at or time.perf_counter()
        return True


def _pretend_copied(place: Path) -> None:
    """The copy of the day is made already, as on every sign-in but the first."""
    folder = place.with_name("backups")
    folder.mkdir(exist_ok=True)
    (folder / f"backup-{datetime.now(UTC):%Y%m%d}-000000.db").touch()
