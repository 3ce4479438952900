"""What clients bring to the window: their list, one client's file, the form of a new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views import reports
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CLIENT, CLIENT_LIST, IMPORT
from advisorcrm.views.shell.parts import Action, Page

if TYPE_CHECKING:
    from advisorcrm.exports.client_list import ClientListRequest
    from advisorcrm.services.clients.clients import ClientFilter


class ClientFamily(PageFamily):
    """Two pages for all who see clients; what a client leads to is asked of other families."""

    def pages(self) -> list[Page]:
        """The list, and the file that stands beside it without a place on the rail."""
        if not self.around.may(Right.SEE_CLIENTS):
            return []
        return [
            Page(CLIENT_LIST, pgettext("page", "客户"), "users", self._make_list),
            Page(CLIENT, _("客户档案"), "user", self._make_file, on_rail=False,
                 parent_key=CLIENT_LIST),
        ]  # fmt: skip

    def actions(self) -> list[Action]:
        """A new client, and the gaps of the one at hand."""
        if not self.around.may(Right.EDIT_CLIENTS):
            return []
        return [
            Action("new_client", _("新客户"), self.new_client, icon="user-plus",
                   shortcut="Ctrl+Alt+N", letter="Shift+N", words="xkh"),
            Action("update_file", _("更新客户扩展资料"), self.update_file, icon="pencil",
                   words="gxkhkzzl"),
        ]  # fmt: skip

    def new_client(self) -> None:
        """Ask for a new client."""
        from advisorcrm.views.clients.new_client_dialog import NewClientDialog

        dialog = NewClientDialog(self.around, self.ways.window)
        dialog.registered.connect(self.ways.show_client)
        dialog.client_wanted.connect(self.ways.show_client)
        dialog.open()

    def update_file(self) -> None:
        """Open the file of the client at hand at its worst gap (R79); without one, the list."""
        from advisorcrm.views.clients.client_page import ClientPage

        client_id = self.ways.client_at_hand()
        if client_id is None:
            self.ways.window.go(CLIENT_LIST)
            return
        self.ways.show_client(client_id)
        self.page(CLIENT, ClientPage).complete_file()

    def show_gap(self, client_id: int, field: str) -> None:
        """Open the file of a client at one field, or with no name where one goes on typing."""
        from advisorcrm.views.clients.client_page import ClientPage

        self.ways.show_client(client_id)
        self.page(CLIENT, ClientPage).jump_to(field)

    def show_list(self, query: ClientFilter) -> None:
        """Go to the list, narrowed down to these."""
        from advisorcrm.views.clients.clients_page import ClientsPage

        self.open_page(CLIENT_LIST, ClientsPage).show_query(query)

    def print_card(self, client_id: int) -> None:
        """Show the card of one client in the preview."""
        self._print_cards([client_id])

    def _make_list(self) -> QWidget:
        from advisorcrm.views.clients.clients_page import ClientsPage

        page = ClientsPage(self.around, self.ways.window.page_parent())
        page.client_wanted.connect(self.ways.show_client)
        page.gap_wanted.connect(self.show_gap)
        page.log_wanted.connect(self.ways.log_contact)
        page.new_client_wanted.connect(self.new_client)
        page.import_wanted.connect(partial(self.ways.window.go, IMPORT))
        page.print_wanted.connect(self._print_list)
        page.export_wanted.connect(self.ways.export_report)
        page.cards_wanted.connect(self._print_cards)
        page.bulk_work.allocation_wanted.connect(self.ways.lists.open_allocation)
        page.bulk_work.told.connect(self.ways.window.toast)
        page.bulk_work.report_wanted.connect(self.ways.print_report)
        page.bulk_work.tasks_wanted.connect(self.ways.new_tasks)
        page.head.offer_lists(self.ways.lists.actions())
        if self.ways.first_clients is not None:
            page.begin(self.ways.first_clients)
        page.reload()
        return page

    def _make_file(self) -> QWidget:
        from advisorcrm.views.clients.client_page import ClientPage

        page = ClientPage(self.around)
        page.client_wanted.connect(self.ways.show_client)
        page.gone.connect(self._leave_file)
        page.log_wanted.connect(self.ways.log_contact)
        page.print_wanted.connect(self.print_card)
        page.hanging.report_wanted.connect(self.ways.print_report)
        page.form.on_site.plan_wanted.connect(self._open_seat_plan)
        page.export_wanted.connect(self.ways.export_report)
        page.correction_wanted.connect(self.ways.contacts.correct)
        page.told.connect(self.ways.window.toast)
        page.proofs.conversion_wanted.connect(self._convert)
        return page

    def _leave_file(self, reason: str) -> None:
        """The client is not there any more, or not for this person."""
        self.ways.window.go(CLIENT_LIST)
        self.ways.window.toast(reason)

    def _open_seat_plan(self) -> None:
        self.ways.lists.open_seat_plan()

    def _convert(self) -> None:
        self.ways.lists.open_prospect()

    def _print_list(self, request: ClientListRequest) -> None:
        self.ways.print_report(reports.client_list(request))

    def _print_cards(self, ids: list[int]) -> None:
        self.ways.print_report(reports.client_cards(ids))
