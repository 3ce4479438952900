"""What meetings bring to the window: their page, reached from the tasks and the omnibox."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.terms import MeetingKind
from advisorcrm.views.dialog_family import DialogFamily
from advisorcrm.views.page_names import MEETINGS, TASKS
from advisorcrm.views.shell.parts import Action, Page
from advisorcrm.views.tasks.task_work import TaskWork


class MeetingFamily(DialogFamily):
    """Minutes for those who attend, and for the leader to read."""

    def pages(self) -> list[Page]:
        """The minutes."""
        if not self.around.may(Right.SEE_MINUTES):
            return []
        title = pgettext("page", "会议纪要")
        return [Page(MEETINGS, title, "users", self._make_page, on_rail=False, parent_key=TASKS)]

    def actions(self) -> list[Action]:
        """The way there."""
        if not self.around.may(Right.SEE_MINUTES):
            return []
        return [
            Action(MEETINGS, _("会议纪要"), self.show_meetings, icon="users", words="hyjy ch xh",
                   in_menu=False),
            Action("views", _("统一观点"), self.open_views, icon="search", words="tygd gd",
                   in_menu=False),
        ]  # fmt: skip

    def open_views(self) -> None:
        """The view of each stock on a day (R24)."""
        from advisorcrm.views.meetings.views_dialog import ViewsDialog

        self.show_dialog(ViewsDialog(self.around, self.ways.window))

    def show_meetings(self) -> None:
        """Open the page."""
        self.ways.window.go(MEETINGS)

    def open_minutes(self, kind: MeetingKind) -> None:
        """Today's minutes of a meeting, begun by those who may; others see the last ones."""
        from advisorcrm.views.meetings.meetings_page import MeetingsPage

        page = self.open_page(MEETINGS, MeetingsPage)
        if self.around.may(Right.WRITE_MINUTES):
            page.begin(kind)

    def _make_page(self) -> QWidget:
        from advisorcrm.views.meetings.meetings_page import MeetingsPage

        work = TaskWork(self.around, lambda: self.ways.window)
        work.told.connect(self.ways.window.toast)
        page = MeetingsPage(self.around, work)
        page.told.connect(self.ways.window.toast)
        page.views_wanted.connect(self.open_views)
        page.print_wanted.connect(partial(self.ways.print_report))
        page.export_wanted.connect(partial(self.ways.export_report))
        return page
