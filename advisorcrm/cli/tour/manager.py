"""The manager's window on the tour: what only the manager sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisorcrm.views.branch_pages import DUPLICATES
from advisorcrm.views.today.today_family import TODAY

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_as_manager(guide: TourGuide, window: BranchWindow) -> None:
    """Every page of the manager that an advisor does not have."""
    main, jobs = window.main_window, window.jobs
    guide.picture("19-manager-today", main)
    page: Any = main.page(TODAY)
    page.advisors.ask_absence()
    jobs.wait()
    guide.picture("19-absence", page.absence_dialog)
    page.absence_dialog.reject()
    main.go(DUPLICATES)
    jobs.wait()
    guide.picture("24-duplicates", main)
