"""The manager's part of the tour that is about lists and fields of the branch itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.views.branch_pages import SETTINGS
from advisorcrm.views.settings.codes_panel import CodesPanel
from advisorcrm.views.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from advisorcrm.cli.tour_guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_fields(guide: TourGuide, window: BranchWindow) -> None:
    """The code lists: one of them, a choice retired and brought back."""
    panel = _open(guide, window, _("代码表"))
    if isinstance(panel, CodesPanel):
        panel.show_list(terms.CHURN_REASON)
        _wait(guide, window)
        guide.picture("16-code-lists", window.main_window)


def _open(guide: TourGuide, window: BranchWindow, title: str) -> QWidget | None:
    """Go to a subject of the settings by its name."""
    window.main_window.go(SETTINGS)
    page = window.main_window.page(SETTINGS)
    if not isinstance(page, SettingsPage):
        return None
    titles = [page.subjects.item(row).text().split("    ")[0].strip()
              for row in range(page.subjects.count())]  # fmt: skip
    page.subjects.setCurrentRow(titles.index(title))
    _wait(guide, window)
    return page.panel()


def _wait(guide: TourGuide, window: BranchWindow) -> None:
    for _round in range(3):
        window.jobs.wait()
        guide.settle()
