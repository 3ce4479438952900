"""The advisor's part of the tour: the notification centre, and how each kind is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisorcrm.i18n import _
from advisorcrm.views.page_names import SETTINGS
from advisorcrm.views.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_reminders(guide: TourGuide, window: BranchWindow) -> None:
    """Open the centre as the bell does, then the settings of the kinds."""
    main, jobs = window.main_window, window.jobs
    window.reminding.open_centre()
    jobs.wait()
    guide.picture("01-notifications", main)
    window.reminding.close_centre()
    main.go(SETTINGS)
    page = main.page(SETTINGS)
    if isinstance(page, SettingsPage):
        titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
        page.subjects.setCurrentRow(titles.index(_("提醒")))
        jobs.wait()
        guide.picture("16-reminders", main)
