"""What conversations bring to the window: the list of all of them; their form is for every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views import reports
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CONTACT_LOGS
from advisorcrm.views.shell.parts import Page

if TYPE_CHECKING:
    from advisorcrm.exports.contact_log import LogRequest
    from advisorcrm.views.contacts.log_filters import LogFilters


class ContactLogFamily(PageFamily):
    """One page for all who see clients."""

    def pages(self) -> list[Page]:
        """The list."""
        if not self.around.may(Right.SEE_CLIENTS):
            return []
        return [Page(CONTACT_LOGS, _("沟通记录"), "message-square-text", self._make_page)]

    def show_logs(self, filters: LogFilters) -> None:
        """Go to the list, narrowed down to these."""
        from advisorcrm.views.contacts.contact_logs_page import ContactLogsPage

        self.open_page(CONTACT_LOGS, ContactLogsPage).bar.choose(filters)

    def _make_page(self) -> QWidget:
        from advisorcrm.views.contacts.contact_logs_page import ContactLogsPage

        page = ContactLogsPage(self.around)
        page.client_wanted.connect(self.ways.show_client)
        page.log_wanted.connect(self._log_next)
        page.correction_wanted.connect(self.ways.contacts.correct)
        page.print_wanted.connect(self._print_logs)
        page.export_wanted.connect(self._export_logs)
        return page

    def _log_next(self, client_id: int) -> None:
        """The form for a client of the list, or (0) for one that is still to be found."""
        if self.around.may(Right.LOG_CONTACTS):
            self.ways.contacts.open(client_id or None)

    def _print_logs(self, request: LogRequest) -> None:
        self.ways.print_report(reports.contact_log(request))

    def _export_logs(self, request: LogRequest) -> None:
        self.ways.export_report(reports.contact_log(request))
