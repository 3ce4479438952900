"""The part of the tour about lists: a view that is saved, completions, the desk's own windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow

_BEGUN = "距上次 >"  # chinese: data


def visit_lists(guide: TourGuide, window: BranchWindow, page: Any) -> None:
    """What opens over the list of clients."""
    main, jobs = window.main_window, window.jobs
    line = page.bar.line
    line.setFocus()
    line.insert(_BEGUN)
    jobs.wait()
    guide.picture("02-condition", main)
    line.clear()
    line.offers.hide()
    _own_columns(guide, window, page)
    for name, ask in (
        ("02-save-view", page.keeper.ask_name),
        ("02-tags", page.bulk_work.ask_tags),
    ):
        ask()
        _take(
            guide, window, name, (page.keeper if name == "02-save-view" else page.bulk_work).dialog
        )
    lists = window.pages.lists
    for name, call in (
        ("02-counter", lists.open_counter),
        ("02-first-contacts", lists.open_first_contacts),
        ("02-sales", lists.open_sales),
    ):
        call()
        _take(guide, window, name, lists.dialog)


def _own_columns(guide: TourGuide, window: BranchWindow, page: Any) -> None:
    """The branch's own fields as columns, and the list again as it was."""
    own = page.model.own_columns()
    if own:
        page.arrangement.show_columns(("name", "tier", *own, "assets_fen", "flags"))
        window.jobs.wait()
        guide.settle()
        guide.picture("02-own-columns", window.main_window)
        page.arrangement.show_columns(())


def _take(guide: TourGuide, window: BranchWindow, name: str, dialog: Any) -> None:
    window.jobs.wait()
    guide.settle()
    guide.picture(name, dialog)
    dialog.reject()
    window.jobs.wait()
