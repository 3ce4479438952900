"""Today joins the window: the first page of the rail, shown after the sign-in (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisorcrm.i18n import _
from advisorcrm.services.access import Right, may
from advisorcrm.services.workplace.start import begins_with_today
from advisorcrm.terms import ClientMatter
from advisorcrm.views.dialog_family import DialogFamily
from advisorcrm.views.page_names import TODAY
from advisorcrm.views.shell.parts import Action, Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from advisorcrm.views.today.day_page import DayPage
    from advisorcrm.views.today.part_ways import PartWay


class TodayFamily(DialogFamily):
    """One page: the advisor's own day, or the branch's for those who lead."""

    leads = True

    def pages(self) -> list[Page]:
        """Absent for head office and the administrator."""
        if not begins_with_today(self.around.actor):
            return []
        return [Page(TODAY, _("今日"), "sun", self._make)]

    def actions(self) -> list[Action]:
        """What may be opened from anywhere."""
        if not may(self.around.actor, Right.LOG_CONTACTS) and not self._leads_team():
            return []
        return [
            Action("rounds", _("巡视记录"), self.open_rounds, icon="map-pin", words="xsjl",
                   in_menu=False),
            Action("duties", _("例行工作完成记录"), self.open_duties, icon="circle-check",
                   words="lxgzwcjl", in_menu=False),
        ]  # fmt: skip

    def open_dues(self, user_id: int | None = None) -> None:
        """Everything with a date, of one person alone for those who lead (R22)."""
        from advisorcrm.views.today.day_dialogs import DuesDialog

        dialog = DuesDialog(self.around, user_id, self.ways.window)
        dialog.callback_wanted.connect(self.ways.open_call)
        dialog.day_end_wanted.connect(self.ways.show_day_end)
        self.show_dialog(dialog)

    def open_rounds(self) -> None:
        """The rounds of the rooms (R40)."""
        from advisorcrm.views.today.day_dialogs import RoundsDialog

        self.show_dialog(RoundsDialog(self.around, self.ways.window))

    def open_duties(self) -> None:
        """Which duties of week and month were done (R21, R51, R52)."""
        from advisorcrm.views.today.duties_dialog import DutiesDialog

        self.show_dialog(DutiesDialog(self.around, self.ways.window))

    def _leads_team(self) -> bool:
        return may(self.around.actor, Right.LEAD_TEAM)

    def _make(self) -> QWidget:
        page = self._make_branch() if self._leads_team() else self._make_own()
        first = self.ways.first_day
        if first is not None:
            page.begin(first)
        return page

    def _make_own(self) -> DayPage:
        from advisorcrm.views.today.today_page import TodayPage

        page = TodayPage(self.around, self.ways.window.page_parent())
        page.log_wanted.connect(self.ways.log_contact)
        page.print_wanted.connect(self.ways.print_report)
        page.greet_wanted.connect(self.ways.greet_birthday)
        page.dues.task_wanted.connect(self.ways.new_task)
        self._connect_day(page)
        return page

    def _connect_day(self, page: DayPage) -> None:
        """What both pages lead to."""
        page.client_wanted.connect(self.ways.show_client)
        page.dues.all_wanted.connect(self.open_dues)
        page.dues.callback_wanted.connect(self.ways.open_call)
        page.dues.day_end_wanted.connect(self.ways.show_day_end)
        page.day_end.wanted.connect(self.ways.show_day_end)
        page.way_wanted.connect(self._go_on)
        page.calendar_wanted.connect(self.ways.show_calendar)

    def _go_on(self, way: PartWay) -> None:
        """From a part of the day to its minutes, or to the day's end."""
        if way.meeting is None:
            self.ways.show_day_end()
        else:
            self.ways.open_minutes(way.meeting)

    def _make_branch(self) -> DayPage:
        from advisorcrm.views.today.branch_today_page import BranchTodayPage

        page = BranchTodayPage(self.around, self.ways.window.page_parent())
        page.logs_wanted.connect(self._show_logs)
        page.late_wanted.connect(self.open_dues)
        page.files_wanted.connect(self._show_files)
        page.remind_wanted.connect(self.ways.ask_of)
        page.matters_wanted.connect(self.ways.open_matters)
        page.calendar_of_wanted.connect(self.ways.show_calendar)
        page.unassigned_wanted.connect(self._show_unassigned)
        page.first_contacts_wanted.connect(self.ways.lists.open_first_contacts)
        self._connect_day(page)
        return page

    def _show_logs(self, advisor_id: int) -> None:
        """The conversations of one advisor this week."""
        from advisorcrm.views.contacts.log_filters import LogFilters

        self.ways.show_logs(LogFilters(author_id=advisor_id))

    def _show_files(self, advisor_id: int) -> None:
        """The clients of one advisor whose files lack something, for the manager to look at."""
        from advisorcrm.services.clients.clients import ClientFilter
        from advisorcrm.views.clients.client_looks import GOOD_PERCENT

        self.ways.show_clients(
            ClientFilter(advisor_ids=(advisor_id,), completeness_below=GOOD_PERCENT)
        )

    def _show_unassigned(self) -> None:
        """The clients without an advisor, for sharing them out."""
        from advisorcrm.services.clients.clients import ClientFilter

        self.ways.show_clients(ClientFilter(matters=(ClientMatter.UNASSIGNED,)))
