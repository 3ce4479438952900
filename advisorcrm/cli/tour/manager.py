"""The manager's window on the tour: what only the manager sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisorcrm.views.meetings.meeting_family import MeetingFamily
from advisorcrm.views.page_names import DUPLICATES, TODAY
from advisorcrm.views.today.today_family import TodayFamily

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_as_manager(guide: TourGuide, window: BranchWindow) -> None:
    """Every page of the manager that an advisor does not have."""
    main, jobs = window.main_window, window.jobs
    guide.rest(window)
    guide.picture("19-manager-today", main)
    page: Any = main.page(TODAY)
    page.advisors.ask_absence()
    jobs.wait()
    guide.picture("19-absence", page.absence_dialog)
    page.absence_dialog.reject()
    family = window.pages.family(TodayFamily)
    family.open_duties()
    _list(guide, window, "19-duties", family.dialog)
    meetings = window.pages.family(MeetingFamily)
    meetings.open_views()
    _list(guide, window, "26-views", meetings.dialog)
    main.go(DUPLICATES)
    jobs.wait()
    guide.picture("24-duplicates", main)


def _list(guide: TourGuide, window: BranchWindow, name: str, dialog: QDialog | None) -> None:
    """A list in a window of its own."""
    guide.rest(window)
    if dialog is not None:
        guide.picture(name, dialog)
        dialog.reject()
    window.jobs.wait()
