"""What opens over the advisor's pages, each looked at once in every language and look."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QDialog

from advisorcrm.cli.tour.fields import open_subject
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.views import messages
from advisorcrm.views.care.care_family import CareFamily
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.clients.history_pane import HistoryPane
from advisorcrm.views.contacts.correction_dialog import CorrectionDialog
from advisorcrm.views.discard_dialog import changes_dialog
from advisorcrm.views.page_names import CLIENT, CLIENT_LIST, CONTACT_LOGS, EVENTS, TODAY
from advisorcrm.views.report_progress import ReportProgress
from advisorcrm.views.shifts.shift_family import ShiftFamily
from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog
from advisorcrm.views.today.today_family import TodayFamily

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow

# chinese: data (a client of the tour, one who has no account yet, a file)
_CLIENT, _PROSPECT, _FILE = "oywj", "宋知远", "风险揭示书.csv"
# chinese: data (what the file says)
_SAYS = "项目,内容\n揭示日期,2026-11-20\n"
_DONE, _OF = 1_280, 3_000
_VERSIONS = (1, 3)
"""Between them words of the file were changed."""
_CRASH = """Traceback (most recent call last):
  File "advisorcrm/views/jobs.py", line 182, in _finish
  File "advisorcrm/views/table_view.py", line 201, in show_rows
KeyError: 'client_id'"""


def visit_dialogs(guide: TourGuide, window: BranchWindow) -> None:
    """From page to page, and what each of them asks."""
    if not guide.has_least_room:
        return
    _over_today(guide, window)
    _over_the_list(guide, window)
    _over_the_file(guide, window)
    _over_the_logs(guide, window)
    _over_any_page(guide, window)


def show(guide: TourGuide, name: str, dialog: QDialog) -> None:
    """One that is made here, and goes again."""
    dialog.show()
    guide.picture(name, dialog)
    dialog.done(QDialog.DialogCode.Rejected)
    dialog.deleteLater()


def _over_today(guide: TourGuide, window: BranchWindow) -> None:
    main, today = window.main_window, window.pages.family(TodayFamily)
    main.go(TODAY)
    guide.rest(window)
    for name, ask in (("01-dues", today.open_dues), ("01-rounds", today.open_rounds)):
        guide.look_at(window, name, ask)
    page: Any = main.page(TODAY)
    rounds = next(part for part in page.bar.parts if part.rooms)
    page.open_part(rounds.slot.id)
    room = rounds.rooms[0]
    guide.look_at(window, "01-round", lambda: page.dialog.record_round(room))
    page.dialog.reject()
    shifts = window.pages.family(ShiftFamily)
    for name, ask in (
        ("26-rota", shifts.open_rota), ("26-memos", shifts.open_memos),
        ("26-swaps", shifts.open_swaps),
    ):  # fmt: skip
        guide.look_at(window, name, ask)


def _over_the_list(guide: TourGuide, window: BranchWindow) -> None:
    main, lists = window.main_window, window.pages.lists
    main.go(CLIENT_LIST)
    guide.rest(window)
    page: Any = main.page(CLIENT_LIST)
    guide.look_at(window, "02-export", page.export_list)
    guide.look_at(window, "02-periods", lists.open_periods)
    main.go(EVENTS)
    guide.rest(window)
    events: Any = main.page(EVENTS)
    guide.look_at(window, "27-event", events.change)
    care = window.pages.family(CareFamily).work
    client = _found(window, _CLIENT)
    guide.look_at(window, "28-care", lambda: care.ask_care(client))
    guide.look_at(window, "28-gift", lambda: care.ask_gift(client))


def _over_the_file(guide: TourGuide, window: BranchWindow) -> None:
    main = window.main_window
    main.go(CLIENT, _found(window, _PROSPECT)[0])
    guide.rest(window)
    guide.look_at(window, "02-prospect", window.pages.lists.open_prospect)
    main.go(CLIENT, _found(window, _CLIENT)[0])
    guide.rest(window)
    page = main.page(CLIENT)
    if not isinstance(page, ClientPage):
        return
    tabs: Any = page.hanging
    page.tabs.show_widget(tabs.family)
    guide.rest(window)
    for name, ask in (
        ("03-relation", tabs.family.add), ("03-relation-change", tabs.family.edit_current),
        ("03-household", tabs.family.rename),
    ):  # fmt: skip
        guide.look_at(window, name, ask)
    page.tabs.show_widget(tabs.attachments)
    guide.rest(window)
    guide.look_at(window, "03-attachment", lambda: tabs.attachments.add_files([_file(guide)]))
    page.show_tab(page.tabs.count() - 1)
    guide.rest(window)
    pane = next((one for one in page.findChildren(HistoryPane) if one.isVisible()), None)
    if pane is not None:
        for version in _VERSIONS:
            row = pane.model.row_of(version)
            pane.model.set_checked(row, row, checked=True)
        guide.rest(window)
        guide.look_at(window, "20-restore", pane.ask)
    page.show_tab(0)


def _over_the_logs(guide: TourGuide, window: BranchWindow) -> None:
    main = window.main_window
    main.go(CONTACT_LOGS)
    guide.rest(window)
    page: Any = main.page(CONTACT_LOGS)
    for name, ask in (
        ("18-days", page.bar.pick_days), ("18-client", page.bar.pick_client),
        ("17-preview", page.print_day),
    ):  # fmt: skip
        guide.look_at(window, name, ask)
    page.correct_current()
    guide.rest(window)
    for one in QApplication.topLevelWidgets():
        if isinstance(one, CorrectionDialog) and one.isVisible():
            guide.picture("18-correction", one)
            one.reject()
    guide.rest(window)


def _over_any_page(guide: TourGuide, window: BranchWindow) -> None:
    main = window.main_window
    refused = InvalidFieldError("contacted_at", _("沟通时间不能晚于现在。"))
    guide.look_at(window, "10-problem", lambda: messages.show_problem(refused, main))
    progress = ReportProgress(_("客户明细表"), main)
    progress.row.show_progress(_DONE, _OF)
    for name, dialog in (
        ("10-crash", messages.CrashDialog(_CRASH, main)),
        ("10-discard", changes_dialog(_found(window, _CLIENT)[1], main)),
        ("10-progress", progress),
        ("14-recovery", RecoveryDialog("LSL0042", main)),
    ):
        show(guide, name, dialog)
    panel: Any = open_subject(guide, window, _("问候与节日"))
    guide.look_at(window, "16-template", panel.add_own.click)


def _found(window: BranchWindow, text: str) -> tuple[int, str]:
    """A client by what is typed of the name."""
    found = window.workplace.database.read(partial(find_clients, text=text)).clients[0]
    return found.id, found.name


def _file(guide: TourGuide) -> Path:
    path = guide.home / _FILE
    path.write_text(_SAYS, encoding="utf-8")
    return path
