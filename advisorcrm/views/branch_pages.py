"""The pages and quick actions of one role, and how they lead to each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.calendar.calendar_family import CalendarFamily
from advisorcrm.views.callbacks.callback_family import CallbackFamily
from advisorcrm.views.care.care_family import CareFamily
from advisorcrm.views.clients.client_family import ClientFamily
from advisorcrm.views.contacts.contact_log_family import ContactLogFamily
from advisorcrm.views.day_end.day_end_family import DayEndFamily
from advisorcrm.views.events.event_family import EventFamily
from advisorcrm.views.meetings.meeting_family import MeetingFamily
from advisorcrm.views.omnibox_painter import CLIENTS
from advisorcrm.views.page_families import FAMILIES
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CLIENT
from advisorcrm.views.report_making import Reports
from advisorcrm.views.shell.parts import Action, Page
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tasks.task_family import TaskFamily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from advisorcrm.columns import CodeBook
    from advisorcrm.services.care.birthdays import BirthdayRow
    from advisorcrm.services.clients.client_rows import ClientRow
    from advisorcrm.services.clients.clients import ClientFilter
    from advisorcrm.services.drafts import DraftRow
    from advisorcrm.services.workplace.start import FirstDay, StartData
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.terms import MeetingKind
    from advisorcrm.views.contacts.contact_forms import ContactForms
    from advisorcrm.views.contacts.log_filters import LogFilters
    from advisorcrm.views.lists.desk_lists import DeskLists
    from advisorcrm.views.main_window import MainWindow
    from advisorcrm.views.reports import Report

Family = TypeVar("Family", bound=PageFamily)


class BranchPages(QObject):
    """The families of a role's pages; each is given these pages as its ``Ways`` to the others."""

    settings_changed = Signal()

    def __init__(
        self,
        around: Surroundings,
        workplace: Workplace,
        *,
        start: StartData | None = None,
    ) -> None:
        super().__init__()
        self._start = start
        self._around = around
        self.workplace = workplace
        self._window: MainWindow | None = None
        self._contacts: ContactForms | None = None
        self._reports: Reports | None = None
        self._lists: DeskLists | None = None
        self._families = [family(around, self) for family in FAMILIES]
        for family in self._families:
            family.setParent(self)

    @property
    def window(self) -> MainWindow:
        """The window the pages live in."""
        if self._window is None:
            raise RuntimeError("the pages have no window yet")
        return self._window

    @property
    def contacts(self) -> ContactForms:
        """The forms of contacts, which live as long as the window."""
        if self._contacts is None:
            from advisorcrm.views.contacts.contact_forms import ContactForms

            self._contacts = ContactForms(self._around, self.window)
            self._contacts.file_wanted.connect(self.show_client)
            self._contacts.draft_wanted.connect(self._reopen_file)
            self._contacts.search_wanted.connect(self.window.omnibox.open_with)
            self._contacts.told.connect(self.window.toast)
        return self._contacts

    @property
    def reports(self) -> Reports:
        """What leaves for paper or file."""
        if self._reports is None:
            self._reports = Reports(self._around.jobs, self.window, self._around.clock)
            self._reports.done.connect(self.window.toast)
        return self._reports

    @property
    def lists(self) -> DeskLists:
        """The lists of the desk, each a window over the page."""
        if self._lists is None:
            from advisorcrm.views.lists.desk_lists import DeskLists

            self._lists = DeskLists(self._around, lambda: self.window, self.client_at_hand)
            self._lists.client_wanted.connect(self.show_client)
            self._lists.gap_wanted.connect(self._show_gap)
            self._lists.print_wanted.connect(self.print_report)
            self._lists.export_wanted.connect(self.export_report)
        return self._lists

    def family(self, kind: type[Family]) -> Family:
        """The family of one matter."""
        return next(one for one in self._families if isinstance(one, kind))

    def settle(self, window: MainWindow) -> None:
        """Take the window the pages live in."""
        self._window = window
        window.omnibox.opened.connect(self._open_found)
        window.omnibox.second.connect(self._log_found)
        window.omnibox.print_wanted.connect(self._print_card)
        window.omnibox.filter_wanted.connect(self._show_filtered)
        window.undo_wanted.connect(self._undo)
        self._around.undo.added.connect(self._offer_undo)
        self._around.undo.taken_back.connect(window.toast)

    def first(self) -> str:
        """The page shown first."""
        return self.pages()[0].key

    def look_for_codes(self) -> None:
        """Show the branch's lists as they are now, if somebody here or elsewhere changed them."""
        from advisorcrm.services.branch.code_lists import renew_code_book

        work = partial(renew_code_book, edition=self._around.book.edition)
        self._around.jobs.read(work, self._take_codes, self._ignore, key="codes.book")

    def make_anew(self) -> None:
        """Settings have changed that only a new window shows."""
        self.settings_changed.emit()

    @property
    def first_day(self) -> FirstDay | None:
        """The day as it was read at the sign-in, for the first page."""
        return self._start.day if self._start is not None else None

    @property
    def first_clients(self) -> Sequence[ClientRow] | None:
        """The top of the list as it was read at the sign-in, where the window begins with it."""
        return self._start.top if self._start is not None else None

    def forget_start(self) -> None:
        """What was read at the sign-in is for the first page alone."""
        self._start = None

    def pages(self) -> list[Page]:
        """The pages this role may use; others are absent, never greyed."""
        leading_first = sorted(self._families, key=lambda family: not family.leads)
        return [page for family in leading_first for page in family.pages()]

    def actions(self) -> list[Action]:
        """What can be done from anywhere."""
        actions = []
        if self._around.may(Right.LOG_CONTACTS):
            actions.append(
                Action("log", _("记沟通"), self.log_contact, shortcut="Ctrl+N", letter="N",
                       words="jgt")
            )  # fmt: skip
        for family in self._families:
            actions += family.actions()
        return [*actions, *self.lists.actions()]

    def show_client(self, client_id: int) -> None:
        """Open the file of one client."""
        self.window.go(CLIENT, client_id)

    def log_contact(self, client_id: int | None = None) -> None:
        """Open the form, already about the client that is shown or selected."""
        if not self._around.may(Right.LOG_CONTACTS):
            return
        self.contacts.open(client_id or self.client_at_hand())

    def shown_client(self) -> int | None:
        """The client whose file the client page shows."""
        return self._client_of(CLIENT)

    def client_at_hand(self) -> int | None:
        """The client that is shown or selected on the page in front."""
        return self._client_of(self.window.current_key())

    def show_clients(self, query: ClientFilter) -> None:
        """Go to the list, narrowed down to these."""
        self.family(ClientFamily).show_list(query)

    def print_report(self, report: Report) -> None:
        """Show a paper in the preview."""
        self.reports.print_out(report)

    def export_report(self, report: Report) -> None:
        """Write a report to a file the person chooses."""
        self.reports.export(report)

    def show_logs(self, filters: LogFilters) -> None:
        """Go to the conversations, narrowed down to these."""
        self.family(ContactLogFamily).show_logs(filters)

    def show_calendar(self, advisor_id: int | None = None) -> None:
        """Go to the calendar, the person's own or that of one advisor."""
        if advisor_id is None:
            self.family(CalendarFamily).show()
        else:
            self.family(CalendarFamily).show_advisor(advisor_id)

    def new_task(self) -> None:
        """Open the form of a task about the client at hand."""
        self.family(TaskFamily).new_task()

    def new_tasks(self, client_ids: Sequence[int]) -> None:
        """Open the form of one task about each of these clients."""
        self.family(TaskFamily).new_tasks(client_ids)

    def ask_of(self, user_id: int, words: str) -> None:
        """Open the form of a task for a colleague."""
        self.family(TaskFamily).ask_of(user_id, words)

    def open_minutes(self, kind: MeetingKind) -> None:
        """Today's minutes of a meeting."""
        self.family(MeetingFamily).open_minutes(kind)

    def greet_birthday(self, row: BirthdayRow) -> None:
        """Congratulate a client."""
        self.family(CareFamily).work.greet_birthday(row)

    def show_day_end(self, day: date | None = None) -> None:
        """The end of today, or of a day that was forgotten."""
        self.family(DayEndFamily).show_day(day)

    def open_matters(self) -> None:
        """Matters for the leader."""
        self.family(DayEndFamily).open_matters()

    def open_guests(self, event_id: int) -> None:
        """Who was invited to an event."""
        self.family(EventFamily).open_guests(event_id)

    def open_call(self, callback_id: int) -> None:
        """Show one return call."""
        self.family(CallbackFamily).open_call(callback_id)

    def _take_codes(self, newer: CodeBook | None) -> None:
        if newer is not None:
            from advisorcrm.views.clients.code_editors import renew_editors

            self._around.book.take(newer)
            renew_editors(self.window)

    def _ignore(self, _error: Exception) -> None:
        """The next thing that opens asks again, and says itself what is wrong."""

    def _client_of(self, key: str) -> int | None:
        page = self.window.page(key) if key else None
        current = getattr(page, "current_client_id", None)
        client_id: int | None = current() if current else None
        return client_id

    def _undo(self) -> None:
        self._around.undo.undo(self._around.jobs)

    def _offer_undo(self, told: str) -> None:
        self.window.toast(told, self._undo)

    def _reopen_file(self, draft: DraftRow) -> None:
        """A draft of no contact form belongs to a client's file or to a return call."""
        from advisorcrm.views.callbacks.record_drafts import DRAFT_FORM

        subject = int(draft.subject or 0)
        if subject and draft.form == DRAFT_FORM:
            self.open_call(subject)
        elif subject:
            self._show_gap(subject, "")

    def _open_found(self, _group: str, client_id: object) -> None:
        if isinstance(client_id, int):
            self.show_client(client_id)

    def _log_found(self, group: str, client_id: object) -> None:
        if group == CLIENTS and isinstance(client_id, int):
            self.log_contact(client_id)

    def _show_filtered(self, text: str) -> None:
        from advisorcrm.services.clients.clients import ClientFilter

        self.show_clients(ClientFilter(text))

    def _print_card(self, client_id: int) -> None:
        self.family(ClientFamily).print_card(client_id)

    def _show_gap(self, client_id: int, field: str) -> None:
        self.family(ClientFamily).show_gap(client_id, field)
