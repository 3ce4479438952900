"""The part of the tour inside the branch's window, and the papers at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.tour.day_end import visit_day_end
from advisorcrm.cli.tour.file_tabs import visit_file_tabs
from advisorcrm.cli.tour.imports import write_contacts, write_years
from advisorcrm.cli.tour.lists import visit_lists
from advisorcrm.cli.tour.today import visit_today
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.page_names import CLIENT, CLIENT_LIST, CONTACT_LOGS, IMPORT, SETTINGS

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow

_FOUND_BY = "oywj"
_AGO = timedelta(minutes=3)
_SAVED_BY = ("王秀兰", "周岚")  # chinese: data
_BOTH_CHANGED = (  # chinese: data
    ("随时", "工作日 15:00 后", "工作日 10:00–11:00"),
    ("0.80", "0.70", "0.75"),
)
_OWN_WORDS, _THEIR_WORDS = "退休教师", "济南市历下区文化东路 1 号"  # chinese: data


class TourClient:
    """Goes from page to page about one client."""

    def __init__(self, workplace: Workplace, out: Path) -> None:
        self._workplace = workplace
        self._out = out

    def visit(self, guide: TourGuide, window: BranchWindow, sheet: Path) -> None:
        """Every page of the advisor's window."""
        main, jobs = window.main_window, window.jobs
        client_id = self.client_id()
        visit_today(guide, window)
        self._clients(guide, window)
        main.go(CLIENT, client_id)
        jobs.wait()
        guide.picture("03-client", main)
        self._dialogs(guide, window)
        page: Any = main.page(CLIENT)
        self._proofs(guide, window, page)
        visit_file_tabs(guide, window, page)
        self._history(guide, window, page)
        page.show_tab(0)
        self._contact_entry(guide, window, client_id)
        main.go(CONTACT_LOGS)
        jobs.wait()
        guide.picture("18-contacts", main)
        self._imports(guide, window, sheet)
        main.go(SETTINGS)
        jobs.wait()
        guide.picture("16-settings", main)
        visit_day_end(guide, window)
        self._lock(guide, window)

    def _history(self, guide: TourGuide, window: BranchWindow, page: Any) -> None:
        """The stream with its versions, and the change history."""
        last = page.tabs.count() - 1
        for name, tab in (("20-timeline", 1), ("20-history", last)):
            page.show_tab(tab)
            window.jobs.wait()
            guide.picture(name, window.main_window)

    def client_id(self) -> int:
        """The client whom the tour is about."""
        found = self._workplace.database.read(partial(find_clients, text=_FOUND_BY))
        return found.clients[0].id

    def _imports(self, guide: TourGuide, window: BranchWindow, sheet: Path) -> None:
        """A client list, a telephone's contacts, and what was imported before."""
        main, jobs = window.main_window, window.jobs
        main.go(IMPORT)
        page: Any = main.page(IMPORT)
        for path, name in (
            (sheet, "09-import"),
            (write_contacts(guide.home), "09-import-contacts"),
            (write_years(guide.home), "09-import-sheets"),
        ):
            page.open_file(str(path))
            jobs.wait()
            guide.picture(name, main)
        page.records_button.click()
        jobs.wait()
        guide.picture("09-import-records", main)

    def _clients(self, guide: TourGuide, window: BranchWindow) -> None:
        main, jobs = window.main_window, window.jobs
        main.go(CLIENT_LIST)
        jobs.wait()
        page: Any = main.page(CLIENT_LIST)
        page.model.set_checked(1, 1, checked=True)
        page.model.set_checked(3, 4, checked=True)
        jobs.wait()
        guide.settle()
        jobs.wait()
        guide.picture("02-clients", main)
        visit_lists(guide, window, page)
        page.model.uncheck_all()
        main.omnibox.open_with("zyh")
        jobs.wait()
        guide.picture("12-omnibox", main)
        main.omnibox.close_sheet()

    def _dialogs(self, guide: TourGuide, window: BranchWindow) -> None:
        """What is asked over a page: why a number is shown, who wins, who is new."""
        from advisorcrm.views.clients.conflict_dialog import Clash, ConflictDialog, Sides
        from advisorcrm.views.clients.merged_fields import Difference
        from advisorcrm.views.clients.new_client_dialog import NewClientDialog
        from advisorcrm.views.clients.reveal_dialog import RevealDialog

        merged = (
            Difference(_("职业"), _("空"), mine=_OWN_WORDS),
            Difference(_("联系地址"), _("空"), theirs=_THEIR_WORDS),
        )
        sides = Sides(*_SAVED_BY, guide.now - _AGO, merged)
        labels = (_("方便时间"), _("佣金现状"))
        clashes = [
            Clash("", label, *texts) for label, texts in zip(labels, _BOTH_CHANGED, strict=True)
        ]
        main = window.main_window
        for name, dialog in (
            ("10-reveal", RevealDialog(_("手机"), main)),
            ("10-conflict", ConflictDialog(clashes, sides, main)),
            ("10-new-client", NewClientDialog(window.around, main)),
        ):
            dialog.show()
            window.jobs.wait()
            guide.picture(name, dialog)
            dialog.close()
            dialog.deleteLater()

    def _proofs(self, guide: TourGuide, window: BranchWindow, page: Any) -> None:
        """What stands behind the badges of the client."""
        for door in ("consents", "tests", "privacy"):
            page.show_proof(door)
            window.jobs.wait()
            guide.settle()
            window.jobs.wait()
            guide.picture(f"03-{door}", page.proofs.dialog)
            page.proofs.dialog.reject()
            window.jobs.wait()

    def _contact_entry(self, guide: TourGuide, window: BranchWindow, client_id: int) -> None:
        dialog = window.pages.contacts.open(client_id)
        window.jobs.wait()
        guide.settle()
        window.jobs.wait()
        guide.picture("04-contact-entry", dialog)
        dialog.reject()
        window.jobs.wait()

    def _lock(self, guide: TourGuide, window: BranchWindow) -> None:
        """The lock screen alone: the door stays open for the next round."""
        from advisorcrm.views.sign_in.lock_screen import LockScreen

        now = guide.now
        told = replace(
            window.locking.info("idle"),
            locked=_("{at} 锁定，空闲满 {count} 分钟").format(
                at=f"{now.astimezone(BRANCH_TIME):%H:%M}", count=window.locking.watch.minutes
            ),
            drafts=2,
            drafts_at=f"{now.astimezone(BRANCH_TIME):%H:%M:%S}",
        )
        ends = told.ends or (now + timedelta(hours=1), now + timedelta(hours=2))
        screen = LockScreen(replace(told, ends=ends), clock=lambda: now.astimezone(BRANCH_TIME))
        window.main_window.show_lock(screen)
        guide.picture("15-lock", window.main_window)
        window.main_window.hide_lock()
