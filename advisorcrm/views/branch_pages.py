"""The pages and quick actions of one role, and how they lead to each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views import reports
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.omnibox_painter import CLIENTS
from advisorcrm.views.page_families import FAMILIES
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.shell.parts import Action, Page

if TYPE_CHECKING:
    from advisorcrm.exports.client_list import ClientListRequest
    from advisorcrm.exports.contact_log import LogRequest
    from advisorcrm.services.clients.clients import ClientFilter
    from advisorcrm.services.workplace.start import FirstDay, StartData
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.contacts.contact_forms import ContactForms
    from advisorcrm.views.lists.desk_lists import DeskLists
    from advisorcrm.views.main_window import MainWindow
    from advisorcrm.views.reports import Report

CLIENT_LIST, CLIENT, CONTACT_LOGS, IMPORT, DUPLICATES, SETTINGS = (
    "clients", "client", "contact_logs", "import", "duplicates", "settings",
)  # fmt: skip

Family = TypeVar("Family", bound=PageFamily)


class BranchPages(QObject):
    """Makes each page when it is first wanted and carries its wishes to the window."""

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
        self._workplace = workplace
        self._window: MainWindow | None = None
        self._contacts: ContactForms | None = None
        self._reports: reports.Reports | None = None
        self._lists: DeskLists | None = None
        self._families = [family(around, self) for family in FAMILIES]

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
        return self._contacts

    @property
    def reports(self) -> reports.Reports:
        """What leaves for paper or file."""
        if self._reports is None:
            self._reports = reports.Reports(self._around.jobs, self.window)
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
        """The family of one matter, for another that leads to it."""
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

    def renew_codes(self) -> None:
        """Labels of the branch's lists have changed: every page shows the new ones."""
        from advisorcrm.services.branch.code_lists import load_code_book

        self._around.jobs.read(load_code_book, then=self._around.book.take, key="codes.book")

    @property
    def first_day(self) -> FirstDay | None:
        """The day as it was read at the sign-in, for the first page."""
        return self._start.day if self._start is not None else None

    def forget_start(self) -> None:
        """What was read at the sign-in is for the first page alone."""
        self._start = None

    def pages(self) -> list[Page]:
        """The pages this role may use; others are absent, never greyed."""
        pages = [page for family in self._families if family.leads for page in family.pages()]
        if self._around.may(Right.SEE_CLIENTS):
            pages += [
                Page(CLIENT_LIST, pgettext("page", "客户"), "users", self._make_clients),
                Page(CONTACT_LOGS, _("沟通记录"), "message-square-text", self._make_contact_logs),
                Page(CLIENT, _("客户档案"), "user", self._make_client, on_rail=False,
                     parent_key=CLIENT_LIST),
            ]  # fmt: skip
        if self._around.may(Right.IMPORT):
            pages.append(
                Page(IMPORT, _("导入"), "upload", self._make_import, on_rail=False,
                     parent_key=CLIENT_LIST)
            )  # fmt: skip
        if self._around.may(Right.MERGE_CLIENTS):
            pages.append(
                Page(DUPLICATES, _("疑似重复客户"), "users", self._make_duplicates, on_rail=False,
                     parent_key=CLIENT_LIST)
            )  # fmt: skip
        for family in self._families:
            pages += [] if family.leads else family.pages()
        pages.append(
            Page(SETTINGS, _("设置"), "settings", self._make_settings, at_foot=True,
                 shortcut="Ctrl+,")
        )  # fmt: skip
        return pages

    def actions(self) -> list[Action]:
        """What can be done from anywhere."""
        actions = []
        if self._around.may(Right.LOG_CONTACTS):
            actions.append(
                Action("log", _("记沟通"), self.log_contact, shortcut="Ctrl+N", letter="N",
                       words="jgt")
            )  # fmt: skip
        if self._around.may(Right.EDIT_CLIENTS):
            actions.append(
                Action("new_client", _("新客户"), self.new_client, icon="user-plus",
                       shortcut="Ctrl+Alt+N", letter="Shift+N", words="xkh")
            )  # fmt: skip
            actions.append(
                Action("update_file", _("更新客户扩展资料"), self.update_file, icon="pencil",
                       words="gxkhkzzl")
            )  # fmt: skip
        if self._around.may(Right.IMPORT):
            actions.append(
                Action("import", _("导入客户明细表"), partial(self._go, IMPORT), icon="upload",
                       words="drkhmxb", in_menu=False)
            )  # fmt: skip
        if self._around.may(Right.MERGE_CLIENTS):
            actions.append(
                Action("duplicates", _("疑似重复客户"), partial(self._go, DUPLICATES), icon="users",
                       words="yscfkh", in_menu=False)
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

    def update_file(self) -> None:
        """Open the file of the client at hand at its worst gap (R79); without one, the list."""
        from advisorcrm.views.clients.client_page import ClientPage

        client_id = self.client_at_hand()
        if client_id is None:
            self._go(CLIENT_LIST)
            return
        self.show_client(client_id)
        page = self.window.page(CLIENT)
        if isinstance(page, ClientPage):
            page.complete_file()

    def new_client(self) -> None:
        """Ask for a new client."""
        from advisorcrm.views.clients.new_client_dialog import NewClientDialog

        dialog = NewClientDialog(self._around, self.window)
        dialog.registered.connect(self.show_client)
        dialog.client_wanted.connect(self.show_client)
        dialog.open()

    def shown_client(self) -> int | None:
        """The client whose file the client page shows."""
        return self._client_of(CLIENT)

    def client_at_hand(self) -> int | None:
        """The client that is shown or selected on the page in front."""
        return self._client_of(self.window.current_key())

    def _client_of(self, key: str) -> int | None:
        page = self.window.page(key) if key else None
        current = getattr(page, "current_client_id", None)
        client_id: int | None = current() if current else None
        return client_id

    def _undo(self) -> None:
        self._around.undo.undo(self._around.jobs)

    def _offer_undo(self, told: str) -> None:
        self.window.toast(told, self._undo)

    # --- pages ------------------------------------------------------------------------------

    def _make_clients(self) -> QWidget:
        from advisorcrm.views.clients.clients_page import ClientsPage

        page = ClientsPage(self._around, self.window.page_parent())
        page.client_wanted.connect(self.show_client)
        page.gap_wanted.connect(self._show_gap)
        page.log_wanted.connect(self.log_contact)
        page.new_client_wanted.connect(self.new_client)
        page.import_wanted.connect(partial(self._go, IMPORT))
        page.print_wanted.connect(self._print_list)
        page.export_wanted.connect(self.reports.export)
        page.cards_wanted.connect(self._print_cards)
        page.bulk_work.allocation_wanted.connect(self.lists.open_allocation)
        page.bulk_work.told.connect(self.window.toast)
        page.bulk_work.report_wanted.connect(self.reports.print_out)
        page.head.offer_lists(self.lists.actions())
        for family in self._families:
            family.join(CLIENT_LIST, page)
        if self._start is not None and self._start.top is not None:
            page.begin(self._start.top)
        page.reload()
        return page

    def _make_client(self) -> QWidget:
        from advisorcrm.views.clients.client_page import ClientPage

        page = ClientPage(self._around)
        page.client_wanted.connect(self.show_client)
        page.gone.connect(self._leave_client)
        page.log_wanted.connect(self.log_contact)
        page.print_wanted.connect(self._print_card)
        page.hanging.report_wanted.connect(self.print_report)
        page.form.on_site.plan_wanted.connect(self._open_seat_plan)
        page.export_wanted.connect(self.reports.export)
        page.correction_wanted.connect(self.contacts.correct)
        page.told.connect(self.window.toast)
        page.proofs.conversion_wanted.connect(self._convert)
        return page

    def _make_contact_logs(self) -> QWidget:
        from advisorcrm.views.contacts.contact_logs_page import ContactLogsPage

        page = ContactLogsPage(self._around)
        page.client_wanted.connect(self.show_client)
        page.log_wanted.connect(self._log_next)
        page.correction_wanted.connect(self.contacts.correct)
        page.print_wanted.connect(self._print_logs)
        page.export_wanted.connect(self._export_logs)
        return page

    def _make_import(self) -> QWidget:
        from advisorcrm.views.imports.import_page import ImportPage

        page = ImportPage(self._around)
        page.left.connect(partial(self._go, CLIENT_LIST))
        page.reload()
        return page

    def _make_duplicates(self) -> QWidget:
        from advisorcrm.views.duplicates.duplicates_page import DuplicatesPage

        page = DuplicatesPage(self._around)
        page.reload()
        return page

    def _make_settings(self) -> QWidget:
        from advisorcrm.views.settings.settings_page import SettingsPage

        page = SettingsPage(self._around.jobs, self._workplace, self._around.settings)
        page.settings_changed.connect(self.settings_changed)
        page.codes_changed.connect(self.renew_codes)
        page.export_wanted.connect(self.export_report)
        page.told.connect(self.window.toast)
        return page

    # --- ways between them -------------------------------------------------------------------

    def _go(self, key: str) -> None:
        self.window.go(key)

    def _log_next(self, client_id: int) -> None:
        """The form for a client of the list, or (0) for one that is still to be found."""
        if self._around.may(Right.LOG_CONTACTS):
            self.contacts.open(client_id or None)

    def _leave_client(self, reason: str) -> None:
        """The client is not there any more, or not for this person."""
        self.window.go(CLIENT_LIST)
        self.window.toast(reason)

    def _show_gap(self, client_id: int, field: str) -> None:
        from advisorcrm.views.clients.client_page import ClientPage

        self.show_client(client_id)
        page = self.window.page(CLIENT)
        if isinstance(page, ClientPage):
            page.jump_to(field)

    def _reopen_file(self, draft: object) -> None:
        from advisorcrm.views.callbacks.callback_family import CallbackFamily
        from advisorcrm.views.callbacks.record_drafts import DRAFT_FORM

        subject = int(getattr(draft, "subject", "0") or 0)
        if subject and getattr(draft, "form", "") == DRAFT_FORM:
            self.family(CallbackFamily).open_call(subject)
        elif subject:
            self.show_client(subject)

    def _open_found(self, _group: str, client_id: object) -> None:
        if isinstance(client_id, int):
            self.show_client(client_id)

    def _log_found(self, group: str, client_id: object) -> None:
        if group == CLIENTS and isinstance(client_id, int):
            self.log_contact(client_id)

    def _open_seat_plan(self) -> None:
        self.lists.open_seat_plan()

    def print_report(self, report: Report) -> None:
        """Show a paper in the preview."""
        self.reports.print_out(report)

    def export_report(self, report: Report) -> None:
        """Write a report to a file the person chooses."""
        self.reports.export(report)

    def _print_list(self, request: ClientListRequest) -> None:
        self.reports.print_out(reports.client_list(request))

    def _print_cards(self, ids: list[int]) -> None:
        self.reports.print_out(reports.client_cards(ids))

    def _convert(self) -> None:
        self.lists.open_prospect()

    def show_clients(self, query: ClientFilter) -> None:
        """Go to the list, narrowed down to these."""
        from advisorcrm.views.clients.clients_page import ClientsPage

        self._go(CLIENT_LIST)
        page = self.window.page(CLIENT_LIST)
        if isinstance(page, ClientsPage):
            page.show_query(query)

    def _show_filtered(self, text: str) -> None:
        from advisorcrm.services.clients.clients import ClientFilter

        self.show_clients(ClientFilter(text))

    def _print_card(self, client_id: int) -> None:
        self.reports.print_out(reports.client_cards([client_id]))

    def _print_logs(self, request: LogRequest) -> None:
        self.reports.print_out(reports.contact_log(request))

    def _export_logs(self, request: LogRequest) -> None:
        self.reports.export(reports.contact_log(request))
