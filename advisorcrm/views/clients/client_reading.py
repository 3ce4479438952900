"""What the page of one client reads: the file, its last contacts, open steps and the people."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from advisorcrm.services.branch.users import list_advisors, list_groups
from advisorcrm.services.calendar.appointment_rows import list_client_appointments
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import (
    count_contact_logs,
    list_contact_logs,
    list_open_steps,
)
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.views.clients.recent_logs_card import SHOWN
from advisorcrm.views.surroundings import Surroundings


class ClientReading(QObject):
    """Each answer is a signal; an answer that a newer question overtook never comes."""

    file_read = Signal(object)
    counted = Signal(object)
    logs_read = Signal(object)
    steps_read = Signal(object)
    appointments_read = Signal(object)
    people_read = Signal(object, object)
    refused = Signal(object)

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._has_people = False

    def read(self, client_id: int) -> None:
        """Ask for everything the page shows of one client."""
        jobs = self._around.jobs
        if not self._has_people:
            jobs.read(list_advisors, then=self._take_advisors, key="client.advisors")
        jobs.read(
            partial(open_client_file, client_id=client_id, today=self._around.today()),
            then=self.file_read.emit,
            failed=self.refused.emit,
            key="client.file",
        )
        query = ContactLogFilter(client_id=client_id)
        jobs.read(partial(count_contact_logs, query=query), self.counted.emit, key="client.count")
        jobs.read(
            partial(list_contact_logs, query=query, limit=SHOWN),
            then=self.logs_read.emit,
            key="client.logs",
        )
        steps = partial(list_open_steps, client_id=client_id)
        jobs.read(steps, then=self.steps_read.emit, key="client.steps")
        times = partial(list_client_appointments, client_id=client_id)
        jobs.read(times, then=self.appointments_read.emit, key="client.appointments")

    def _take_advisors(self, advisors: list[tuple[int, str, str]]) -> None:
        self._around.jobs.read(
            list_groups, then=partial(self._take_people, advisors), key="client.groups"
        )

    def _take_people(
        self, advisors: list[tuple[int, str, str]], groups: list[tuple[int, str]]
    ) -> None:
        self._has_people = True
        self.people_read.emit(advisors, groups)
