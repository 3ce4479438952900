"""What a matter may ask of the window it stands in: the ways out of it, and to other matters.

``branch_pages.py`` answers. A matter knows this and no other matter, so that each can be read,
and left out, alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from advisorcrm.services.care.birthdays import BirthdayRow
    from advisorcrm.services.clients.client_rows import ClientRow
    from advisorcrm.services.clients.clients import ClientFilter
    from advisorcrm.services.workplace.start import FirstDay
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.terms import MeetingKind
    from advisorcrm.views.contacts.contact_forms import ContactForms
    from advisorcrm.views.contacts.log_filters import LogFilters
    from advisorcrm.views.lists.desk_lists import DeskLists
    from advisorcrm.views.main_window import MainWindow
    from advisorcrm.views.report_making import Reports
    from advisorcrm.views.reports import Report
    from advisorcrm.views.shell.parts import Page


class Ways(Protocol):
    """First the window and what lives as long as it, then the ways, in the order of the rail."""

    @property
    def workplace(self) -> Workplace:
        """The database as it is opened here."""

    @property
    def window(self) -> MainWindow:
        """The window the pages live in."""

    @property
    def contacts(self) -> ContactForms:
        """The forms of contacts."""

    @property
    def reports(self) -> Reports:
        """What leaves for paper or file."""

    @property
    def lists(self) -> DeskLists:
        """The lists of the desk."""

    @property
    def first_day(self) -> FirstDay | None:
        """The day as it was read at the sign-in, for the first page."""

    @property
    def first_clients(self) -> Sequence[ClientRow] | None:
        """The top of the list as it was read at the sign-in."""

    def pages(self) -> list[Page]:
        """The pages this role may use."""

    def look_for_codes(self) -> None:
        """The branch's lists may have changed, here or at another seat."""

    def make_anew(self) -> None:
        """Settings have changed that only a new window shows."""

    def print_report(self, report: Report) -> None:
        """Show a paper in the preview."""

    def export_report(self, report: Report) -> None:
        """Write a report to a file the person chooses."""

    def client_at_hand(self) -> int | None:
        """The client that is shown or selected on the page in front."""

    def show_client(self, client_id: int) -> None:
        """Open the file of one client."""

    def show_clients(self, query: ClientFilter) -> None:
        """Go to the list of clients, narrowed down to these."""

    def log_contact(self, client_id: int | None = None) -> None:
        """Open the form of a conversation, about this client or the one at hand."""

    def show_logs(self, filters: LogFilters) -> None:
        """Go to the conversations, narrowed down to these."""

    def show_calendar(self, advisor_id: int | None = None) -> None:
        """Go to the calendar, the person's own or that of one advisor."""

    def new_task(self) -> None:
        """Open the form of a task about the client at hand."""

    def new_tasks(self, client_ids: Sequence[int]) -> None:
        """Open the form of one task about each of these clients."""

    def ask_of(self, user_id: int, words: str) -> None:
        """Open the form of a task for a colleague."""

    def open_minutes(self, kind: MeetingKind) -> None:
        """Today's minutes of a meeting."""

    def greet_birthday(self, row: BirthdayRow) -> None:
        """Congratulate a client."""

    def show_day_end(self, day: date | None = None) -> None:
        """The end of today, or of a day that was forgotten."""

    def open_matters(self) -> None:
        """Matters for the leader."""

    def open_guests(self, event_id: int) -> None:
        """Who was invited to an event."""

    def open_call(self, callback_id: int) -> None:
        """Show one return call."""
