"""What the calendar brings to the window: its page, the form of a new appointment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right, has_calendar
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CALENDAR, TODAY
from advisorcrm.views.shell.parts import Action, Page

if TYPE_CHECKING:
    from advisorcrm.views.calendar.calendar_page import CalendarPage


class CalendarFamily(PageFamily):
    """For those who have clients, and those who lead them."""

    def pages(self) -> list[Page]:
        """One page, reached from 今日 or by its key."""
        if not has_calendar(self.around.actor):
            return []
        return [
            Page(CALENDAR, _("日历"), "calendar", self._make, on_rail=False,
                 shortcut="Ctrl+Shift+K", parent_key=TODAY)
        ]  # fmt: skip

    def actions(self) -> list[Action]:
        """The calendar, and a new appointment with the client at hand."""
        if not has_calendar(self.around.actor):
            return []
        found = [Action("calendar", _("日历"), self.show, icon="calendar", words="rl")]
        if self.around.may(Right.EXPORT):
            found.append(
                Action("brief", _("打印访前准备"), self.print_brief, icon="printer", letter="B",
                       words="dyfqzb", in_menu=False)
            )  # fmt: skip
        if self.around.may(Right.LOG_CONTACTS):
            found.append(
                Action("appointment", _("新预约"), self.add, icon="calendar", letter="Shift+A",
                       words="xyy")
            )  # fmt: skip
        return found

    def show(self) -> None:
        """Go to the calendar."""
        self.ways.window.go(CALENDAR)

    def show_advisor(self, advisor_id: int) -> None:
        """The calendar of one advisor, for those who lead."""
        self.show()
        self._page().show_advisor(advisor_id)

    def add(self) -> None:
        """A new appointment: on the calendar at its cursor, elsewhere with the client at hand."""
        client_id = None
        if self.ways.window.current_key() == CALENDAR:
            self._page().add()
            return
        client_id = self.ways.client_at_hand()
        if client_id is None:
            self._page().add()
            return
        from functools import partial

        from advisorcrm.services.files.client_files import open_client_file

        self.around.jobs.read(
            partial(open_client_file, client_id=client_id, today=self.around.today()),
            then=lambda file: self._page().add(None, file.id, file.name),
        )

    def print_brief(self, client_id: int | None = None) -> None:
        """What to be ready with before the client at hand is visited, on one page (R118)."""
        chosen = client_id or self.ways.client_at_hand()
        if chosen is None:
            self.ways.window.toast(_("请先选一位客户。"))
            return
        from advisorcrm.views import reports

        self.ways.reports.print_out(reports.visit_brief(chosen))

    def _print_days(self, advisor_id: int, start: date, days: int) -> None:
        from advisorcrm.exports.calendar_days import calendar_days
        from advisorcrm.terms import AccessKind
        from advisorcrm.views import reports

        listed = calendar_days(advisor_id, start, days)
        self.ways.reports.print_out(reports.record_list(listed, AccessKind.PRINT))

    def _print_names(self, advisor_id: int) -> None:
        from advisorcrm.exports.record_lists import birthdays
        from advisorcrm.services.calendar.calendars import BIRTHDAY_DAYS
        from advisorcrm.terms import AccessKind
        from advisorcrm.views import reports

        today = self.around.today()
        listed = birthdays(today, today + timedelta(days=BIRTHDAY_DAYS - 1), advisor_id)
        self.ways.reports.print_out(reports.record_list(listed, AccessKind.PRINT))

    def _page(self) -> CalendarPage:
        from advisorcrm.views.calendar.calendar_page import CalendarPage

        return self.page(CALENDAR, CalendarPage)

    def _make(self) -> QWidget:
        from advisorcrm.views.calendar.calendar_page import CalendarPage

        page = CalendarPage(self.around, self.ways.window.page_parent())
        page.client_wanted.connect(self.ways.show_client)
        page.log_wanted.connect(self.ways.log_contact)
        page.told.connect(self.ways.window.toast)
        page.brief_wanted.connect(self.print_brief)
        page.print_wanted.connect(self._print_days)
        page.names_wanted.connect(self._print_names)
        page.greet_wanted.connect(self.ways.greet_birthday)
        page.reload()
        return page
