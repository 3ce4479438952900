"""The part of the tour over what hangs on a client's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_file_tabs(guide: TourGuide, window: BranchWindow, page: Any) -> None:
    """Attachments, household, relations and seat of the shown client; the lists."""
    tabs = page.hanging
    for name, tab in (
        ("03-client-attachments", tabs.attachments),
        ("03-client-relations", tabs.family),
    ):
        page.tabs.show_widget(tab)
        window.jobs.wait()
        guide.picture(name, window.main_window)
    page.show_tab(0)
    page.form.ensureWidgetVisible(page.form.on_site)
    guide.picture("03-client-on-site", window.main_window)
    lists: Any = window.pages.lists
    for name, call in (
        ("03-seat-plan", lists.open_seat_plan),
        ("03-on-site", lists.open_on_site),
        ("03-transitions", lists.open_transitions),
    ):
        call()
        window.jobs.wait()
        guide.settle()
        grid = getattr(lists.dialog, "grid", None)
        if grid is not None:
            grid.go_to(next(iter(grid.buttons)))
        guide.picture(name, lists.dialog)
        lists.dialog.reject()
        window.jobs.wait()
