"""The part of the tour over what hangs on a client's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisorcrm.cli.tour_guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_file_tabs(guide: TourGuide, window: BranchWindow, page: Any) -> None:
    """Attachments, household and relations of the shown client."""
    tabs = page.hanging
    for name, tab in (
        ("03-client-attachments", tabs.attachments),
        ("03-client-relations", tabs.family),
    ):
        page.tabs.show_widget(tab)
        window.jobs.wait()
        guide.picture(name, window.main_window)
