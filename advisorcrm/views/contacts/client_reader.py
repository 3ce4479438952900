"""Reads what the form must know about a client; answers about an earlier client are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import (
    ContactLogTotals,
    count_contact_logs,
    list_contact_logs,
    list_open_steps,
)
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.views.jobs import Jobs


class ClientReader(QObject):
    """``file_read``, ``logs_read`` (newest first), ``count_read`` and ``steps_read``."""

    file_read = Signal(object)
    logs_read = Signal(list)
    count_read = Signal(int)
    steps_read = Signal(list)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def read(self, client_id: int, today: date, *, most: int) -> None:
        """Ask for the file, the latest conversations, their number and the open steps."""
        query = ContactLogFilter(client_id=client_id)
        self._jobs.read(
            partial(open_client_file, client_id=client_id, today=today),
            then=self._tell_file,
            key=self._key("file"),
        )
        self._jobs.read(
            partial(list_contact_logs, query=query, limit=most),
            then=self._tell_logs,
            key=self._key("logs"),
        )
        self._jobs.read(
            partial(count_contact_logs, query=query),
            then=self._tell_count,
            key=self._key("count"),
        )
        self._jobs.read(
            partial(list_open_steps, client_id=client_id),
            then=self._tell_steps,
            key=self._key("steps"),
        )

    def _key(self, what: str) -> tuple[str, int, str]:
        return "client_reader", id(self), what

    def _tell_file(self, file: ClientFile) -> None:
        self.file_read.emit(file)

    def _tell_logs(self, logs: Sequence[ContactLogRow]) -> None:
        self.logs_read.emit(list(logs))

    def _tell_count(self, totals: ContactLogTotals) -> None:
        self.count_read.emit(totals.entries)

    def _tell_steps(self, steps: Sequence[ContactLogRow]) -> None:
        self.steps_read.emit(list(steps))
