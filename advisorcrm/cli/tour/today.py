"""The part of the tour about the day: the first page, a checklist, another lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisorcrm.views.page_names import TODAY

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_today(guide: TourGuide, window: BranchWindow) -> None:
    """The page as it is found after the sign-in, and what opens over it."""
    main, jobs = window.main_window, window.jobs
    main.go(TODAY)
    guide.rest(window)
    guide.picture("01-today", main)
    page: Any = main.page(TODAY)
    rounds = next(part for part in page.bar.parts if part.rooms)
    page.open_part(rounds.slot.id)
    guide.picture("01-today-checklist", page.dialog)
    page.dialog.reject()
    page.ask_to_skip()
    guide.picture("01-today-skip", page.skip_dialog)
    page.skip_dialog.reject()
    jobs.wait()
