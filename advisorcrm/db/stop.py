"""Ending a read that nobody waits for any more, so that the next one need not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from advisorcrm.db.direct import STOP
from advisorcrm.errors import CancelledError
from advisorcrm.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Stop:
    """Given to ``Database.read``; ``now`` is called by whoever has asked something newer.

    The file gives up at once, in the middle of a statement. A server answers the statement it is
    at; the next one is not asked.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._interrupt: Callable[[], None] | None = None
        self.is_asked = False

    def now(self) -> None:
        """End the read, from any thread and without waiting; nothing happens after its end."""
        with self._lock:
            self.is_asked = True
            if self._interrupt is not None:
                self._interrupt()

    def look(self, *_statement: object) -> None:
        """Raise CancelledError if the read is to end: before each statement."""
        if self.is_asked:
            raise CancelledError(_("已取消，没有留下任何结果。"))

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Watch a read on this connection; afterwards others may use it undisturbed."""
        from sqlalchemy import event

        event.listen(connection, "before_cursor_execute", self.look)
        connection.info[STOP] = self
        raw: Any = connection.connection.dbapi_connection
        with self._lock:
            self._interrupt = getattr(raw, "interrupt", None)
        try:
            self.look()
            yield
        finally:
            connection.info.pop(STOP, None)
            with self._lock:
                self._interrupt = None
