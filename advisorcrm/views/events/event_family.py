"""Events as a page of the window (R45, R111, R229, R261)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import pgettext
from advisorcrm.services.access import Right
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CONTACT_LOGS, EVENTS
from advisorcrm.views.shell.parts import Page


class EventFamily(PageFamily):
    """The list of events, each with its guests."""

    def pages(self) -> list[Page]:
        """The page of those who see clients."""
        if not self.around.may(Right.SEE_CLIENTS):
            return []
        return [
            Page(
                EVENTS,
                pgettext("page", "活动"),
                "messages-square",
                self._make,
                on_rail=False,
                parent_key=CONTACT_LOGS,
            )
        ]

    def open_guests(self, event_id: int) -> None:
        """Show who was invited to one event, over the page of events."""
        from advisorcrm.views.events.events_page import EventsPage

        self.open_page(EVENTS, EventsPage).open_guests(event_id)

    def _make(self) -> QWidget:
        from advisorcrm.views.events.events_page import EventsPage

        page = EventsPage(self.around)
        page.client_wanted.connect(self.ways.show_client)
        page.print_wanted.connect(self.ways.print_report)
        page.export_wanted.connect(self.ways.export_report)
        page.told.connect(self.ways.window.toast)
        return page
