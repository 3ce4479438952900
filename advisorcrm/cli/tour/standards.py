"""The manager's part of the tour: tiers and weights on the settings page, and the proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisorcrm.i18n import _
from advisorcrm.views.page_names import SETTINGS
from advisorcrm.views.settings.settings_page import SettingsPage
from advisorcrm.views.settings.standards_panel import StandardsPanel

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow

_MORE, _LESS = "occupation", "personality"


def visit_standards(guide: TourGuide, window: BranchWindow) -> None:
    """Change two weights, look at what it does, take it back, look at the proposals."""
    main, jobs = window.main_window, window.jobs
    main.go(SETTINGS)
    page = main.page(SETTINGS)
    if not isinstance(page, SettingsPage):
        return
    titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
    page.subjects.setCurrentRow(titles.index(_("客户分级与完备率")))
    _wait(guide, window)
    panel = page.panel()
    if not isinstance(panel, StandardsPanel):
        return
    for item, step in ((_MORE, 1), (_LESS, -1)):
        panel.weights.cells[item].stepped.emit(step)
    _wait(guide, window)
    guide.picture("16-settings-standards", main)
    panel.undo()
    _wait(guide, window)
    panel.open_proposals()
    _wait(guide, window)
    if panel.dialog is not None:
        guide.picture("16-settings-proposals", panel.dialog)
        panel.dialog.reject()
    page.subjects.setCurrentRow(titles.index(_("三访与贡献度")))
    _wait(guide, window)
    guide.picture("16-settings-visits", main)
    jobs.wait()


def _wait(guide: TourGuide, window: BranchWindow) -> None:
    """Answers lead to further questions: a few rounds."""
    for _round in range(3):
        window.jobs.wait()
        guide.settle()
