"""What is done behind the sign-in window before anybody is in, in the thread of the door.

Imports nothing early: the window is painted first (decision 022).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from advisorcrm.views.remembered import recall

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor
    from datetime import date

    from advisorcrm.services.workplace.start import StartData
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.terms import Role


class DoorThread(QObject):
    """One piece of work after the other, answered in the GUI thread."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._finished.connect(self._answer)

    def ask(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Do a piece of work; the thread is made when there is the first."""
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(1, "door")
        self._worker.submit(call).add_done_callback(partial(self._tell, (then, failed)))

    def stop(self) -> None:
        """Finish what is being done, drop the rest."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)

    def _tell(self, callers: object, future: Future[Any]) -> None:
        """Carry the answer over to the GUI thread (called in the door's), while there is one."""
        if shiboken6.isValid(self):
            self._finished.emit(callers, future)

    def _answer(self, callers: Any, future: Future[Any]) -> None:
        then, failed = callers
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, Exception):
            failed(error)


def is_server(location: str) -> bool:
    """Whether the place is a server's address; ``services.desk`` is not loaded so early."""
    return location.startswith("postgres")


def enter(location: str, employee_no: str, password: str) -> tuple[Workplace, StartData]:
    """Open the door and read what the window must know; runs in the door's thread."""
    from advisorcrm.services.workplace.desk import utc_now
    from advisorcrm.services.workplace.start import load_start
    from advisorcrm.services.workplace.workplace import sign_in_at

    workplace = sign_in_at(location, employee_no, password)
    return workplace, workplace.database.read(partial(load_start, now=utc_now()))


def last_role() -> Role | None:
    """The role of who signed in on this computer last; None where nobody did."""
    from advisorcrm.terms import Role

    known = recall("login/role")
    return Role(known) if known in set(Role) else None


def load(names: tuple[str, ...], role: Role | None) -> None:
    """Import what comes after the sign-in, and prepare its first questions for a role."""
    from importlib import import_module

    for name in names:
        import_module(name)
    from advisorcrm.rules.workdays import day_kind
    from advisorcrm.services.workplace.desk import utc_now
    from advisorcrm.services.workplace.start import prepare

    day_kind(branch_today())  # reads the table of holidays
    prepare(now=utc_now(), role=role)


def branch_today() -> date:
    """The branch's day."""
    from advisorcrm.columns import branch_date
    from advisorcrm.services.workplace.desk import utc_now

    return branch_date(utc_now())
