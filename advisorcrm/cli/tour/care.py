"""The part of the tour about care: birthdays, a batch, presents, a client's tab, the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisorcrm.i18n import _
from advisorcrm.views.care.care_page import CarePage, CareScope
from advisorcrm.views.page_names import CARE, SETTINGS
from advisorcrm.views.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_care(guide: TourGuide, window: BranchWindow) -> None:
    """The manager's page of care with the batch of a festival, then both subjects of settings."""
    main, jobs = window.main_window, window.jobs
    main.go(CARE)
    page: Any = main.page(CARE)
    if isinstance(page, CarePage):
        for scope in (CareScope.MONTH, CareScope.FESTIVALS):
            page.show_scope(scope)
            jobs.wait()
            guide.picture(f"28-care-{scope.value}", main)
        dialog = page.greet_next()
        if dialog is not None:
            jobs.wait()
            guide.settle()
            guide.picture("28-greeting-batch", dialog)
            dialog.reject()
    main.go(SETTINGS)
    settings = main.page(SETTINGS)
    if isinstance(settings, SettingsPage):
        titles = [settings.subjects.item(row).text() for row in range(settings.subjects.count())]
        for name, title in (("16-greetings", _("问候与节日")), ("16-holidays", _("节假日"))):
            settings.subjects.setCurrentRow(titles.index(title))
            jobs.wait()
            guide.picture(name, main)
