"""One person's window on the branch: opened after sign-in, with everything it needs to know."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from advisorcrm import i18n
from advisorcrm.columns import BRANCH_TIME, show_instant
from advisorcrm.db.copies import LastCopy
from advisorcrm.i18n import _
from advisorcrm.reminders.daily_copy import DailyCopy
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.rules.workdays import HolidayTable, day_kind, use_table, year_without_notice
from advisorcrm.services.access import Right, may
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.services.workplace.start import StartData
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views import theme
from advisorcrm.views.backup_age import backup_tone
from advisorcrm.views.branch_pages import BranchPages
from advisorcrm.views.contacts.draft_chips import DraftChips
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.locking import Locking
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.omnibox_search import OmniboxSearch
from advisorcrm.views.page_names import CLIENT, IMPORT
from advisorcrm.views.read_only_bar import ReadOnlyBar
from advisorcrm.views.remembered import remember
from advisorcrm.views.reminding.reminding import Reminding
from advisorcrm.views.reminding.weekly_snapshot import keep_completeness
from advisorcrm.views.shell.parts import ShellInfo
from advisorcrm.views.surroundings import Surroundings, clock_now

if TYPE_CHECKING:
    from advisorcrm.services.drafts import DraftRow

log = logging.getLogger(__name__)
_FIRST_CHECK_MS = 3_000


class BranchWindow(QObject):
    """The window with its pages, lock, drafts and daily copy.

    ``opened`` when it is shown, ``signed_out`` when somebody else wants to sign in,
    ``rebuild_wanted`` when it must be made anew (another language), ``ended`` when it is closed.
    """

    opened = Signal()
    signed_out = Signal()
    rebuild_wanted = Signal()
    ended = Signal()
    _copied = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        start: StartData,
        jobs: Jobs | None = None,
        *,
        clock: Callable[[], datetime] = clock_now,
    ) -> None:
        super().__init__()
        self.workplace = workplace
        self.start = start
        self.jobs = jobs or Jobs(workplace.database)
        self.around = Surroundings(self.jobs, start.book, start.settings, workplace.actor, clock)
        self.pages = BranchPages(self.around, workplace, start=start)
        self.main_window = MainWindow(self._shell(), self.pages.pages(), self.pages.actions())
        self.setParent(self.main_window)  # what is answered to a window that is gone is dropped
        self.pages.settle(self.main_window)
        self.search = OmniboxSearch(self.around, self.main_window.omnibox)
        self.chips = DraftChips()
        self.read_only = ReadOnlyBar()
        self._was_read_only = workplace.is_read_only
        self.locking = Locking(
            self.main_window,
            self.jobs,
            workplace,
            minutes=start.settings.lock_after_minutes,
            has_form=self.pages.contacts.is_open,
        )
        self.reminding = Reminding(self.main_window, self.around, workplace, self.pages)
        self.copies = DailyCopy(workplace.copy_daily, self._copied.emit)
        self._first_check = QTimer(self)
        self._first_check.setSingleShot(True)
        self._first_check.setInterval(_FIRST_CHECK_MS)
        self._first_check.timeout.connect(self._look_after_data)
        self._connect()
        self._watch_codes()

    def open(self, *, instead_of: BranchWindow | None = None) -> None:
        """Show the window on its first page, or just where another one stood."""
        self.main_window.add_above_status(self.chips)
        self.main_window.add_above_page(self.read_only)
        self.show_state()
        self._tell_day()
        if instead_of is None:
            self.main_window.go(self.pages.first())  # before it is shown: laid out and painted once
            self.main_window.show()
        else:
            self._stand_where(instead_of)
            self._remember_look()  # another language was chosen
        self.pages.forget_start()
        self.pages.contacts.recover()
        self.locking.begin()
        self.opened.emit()
        self._first_check.start()

    def _stand_where(self, other: BranchWindow) -> None:
        place = other.main_window.history.current()
        self.main_window.show()
        self.main_window.restoreGeometry(other.main_window.saveGeometry())
        if place is not None:
            self.main_window.go(place.key, place.record_id)
        else:
            self.main_window.go(self.pages.first())

    def show_state(self) -> None:
        """Tell whether the database takes what is saved."""
        is_read_only = self.workplace.is_read_only
        self.read_only.show_state(is_read_only=is_read_only)
        self._was_read_only = is_read_only
        label = self.workplace.label
        if is_read_only:
            log.info("read only: %s", self.workplace.actor.employee_no)
            self.main_window.status.show_database(_("只读 {place}").format(place=label), "warn")
        else:
            self.main_window.status.show_database(_("已连接 {place}").format(place=label))

    def start_import(self) -> None:
        """Go to the import: what was chosen at the end of the first run."""
        if any(page.key == IMPORT for page in self.pages.pages()):
            self.main_window.go(IMPORT)

    def leave(self, *, keep_jobs: bool = False) -> None:
        """Put every form aside, close, and finish saving; ``ended`` is not told."""
        self._first_check.stop()
        self.main_window.closing.disconnect(self.ended)
        theme.current.changed.disconnect(self._remember_look)
        self.pages.contacts.fold_all()
        self.copies.stop()
        self.reminding.stop()
        self.locking.stop()
        self.main_window.close()
        if not keep_jobs:
            self.jobs.wait()
            self.jobs.close()
            self.workplace.lock()
        self.main_window.deleteLater()

    def _shell(self) -> ShellInfo:
        actor = self.workplace.actor
        role = " · ".join([actor.role.label, *actor.group_names[:1]])
        return ShellInfo(
            user_no=actor.employee_no,
            user_name=actor.name,
            role=role,
            branch=self.start.branch.name,
            place=self.workplace.label,
            single_keys=self.start.settings.single_keys,
        )

    def _connect(self) -> None:
        window = self.main_window
        window.lock_wanted.connect(self.locking.lock)
        window.closing.connect(self.ended)
        window.scale_changed.connect(self._keep_scale)
        window.page_shown.connect(self._note_view)
        theme.current.changed.connect(self._remember_look)
        self.jobs.saved.connect(self._tell_saved)
        self.jobs.waiting.connect(self._tell_waiting)
        self.jobs.turned_away.connect(self.locking.lock_out)
        self.locking.about_to_lock.connect(self._keep_drafts)
        self.locking.warned.connect(self._count_down)
        self.locking.left.connect(self._leave_lock)
        self.locking.unlocked.connect(self.copies.wake)
        self.locking.unlocked.connect(self._look_at_disk)
        self.locking.unlocked.connect(self.pages.look_for_codes)
        self.locking.watch.jumped.connect(self.copies.wake)
        self.locking.unlocked.connect(self.reminding.heart.wake)
        self.locking.watch.jumped.connect(self.reminding.heart.wake)
        self.reminding.quit_wanted.connect(self.ended)
        self.reminding.day_begun.connect(self._begin_day)
        self.reminding.calendar_changed.connect(self._take_calendar)
        self.pages.contacts.drafts_changed.connect(self._show_drafts)
        window.told_in_public.connect(self._tell_without_names)
        window.privacy_changed.connect(self._mask_names)
        self.chips.wanted.connect(self.pages.contacts.reopen)
        self.chips.discard_wanted.connect(self.pages.contacts.ask_to_discard)
        self.pages.settings_changed.connect(self.rebuild_wanted)
        self._copied.connect(self._tell_copy)

    def _look_after_data(self) -> None:
        """After the first paint: is the file sound, and is there a copy of today?"""
        if self.locking.is_locked():
            self._first_check.start()
            return
        self._remember_look()
        self.copies.start()
        self.read_calendar()
        self.reminding.start()
        self.jobs.run(self.workplace.check, then=self._checked)
        self.jobs.run(self.workplace.last_copied, then=self._tell_backup)

    def _checked(self, findings: list[str]) -> None:
        if findings:
            self.main_window.status.show_database(
                _("数据库有 {count} 处问题，请用备份恢复").format(count=len(findings)), "crit"
            )

    def _tell_backup(self, last: LastCopy | None) -> None:
        if last is None:
            return
        age = self.around.now() - last.at
        late_after = timedelta(hours=self.start.settings.warn_backup_after_hours)
        told = _("备份 {at}").format(at=show_instant(last.at)) if last.is_one else _("还没有备份")
        self.main_window.status.show_backup(told, backup_tone(age, late_after))

    def _tell_copy(self, result: Path | Exception) -> None:
        if isinstance(result, Exception):
            self.main_window.status.show_backup(str(result), "crit")
        else:
            self._tell_backup(LastCopy(self.around.now()))

    def _tell_saved(self) -> None:
        at = self.around.now().astimezone(BRANCH_TIME)
        self.main_window.status.show_saved(_("已保存 {at}").format(at=f"{at:%H:%M:%S}"))

    def _tell_waiting(self, what: str) -> None:
        if what:
            self.main_window.status.show_waiting(_("正在等待{what}").format(what=what))
        else:
            self.main_window.status.end_waiting()

    def read_calendar(self) -> None:
        """From now on days are told by the branch's own calendar."""
        from advisorcrm.services.branch.working_days import load_calendar

        self.jobs.read(load_calendar, then=self._take_calendar, key="calendar.table")

    def _take_calendar(self, table: HolidayTable) -> None:
        use_table(table)
        self._tell_day()
        missing = year_without_notice(self.around.today(), table)
        self.main_window.status.show_estimate(missing if self._sees_estimates() else None)

    def _begin_day(self) -> None:
        """At the first look, and when the day has changed under an open window."""
        self._tell_day()
        keep_completeness(self.around)

    def _sees_estimates(self) -> bool:
        """Whoever can enter the notice is told that it is missing."""
        return may(self.workplace.actor, Right.MANAGE_BRANCH)

    def _tell_day(self) -> None:
        today = self.around.today()
        self.main_window.status.show_day(
            f"{day_label(today.isoformat(), today)} · {day_kind(today).label}"
        )

    def _count_down(self, seconds: int) -> None:
        if seconds:
            self.main_window.status.show_waiting(
                _("{count} 秒后锁定，按任意键继续").format(count=seconds)
            )
        else:
            self.main_window.status.end_waiting()

    def _show_drafts(self, drafts: list[DraftRow]) -> None:
        self.chips.show_drafts(drafts)

    def _mask_names(self, is_private: bool) -> None:
        for part in (self.chips, self.search, self.reminding):
            part.set_private(is_private=is_private)

    def _tell_without_names(self, text: str, undo: Callable[[], None] | None) -> None:
        from advisorcrm.services.clients.named_in_text import hide_named_clients

        def tell(hidden: str) -> None:
            self.main_window.tell(hidden, undo)

        self.jobs.read(partial(hide_named_clients, text=text), then=tell)

    def _keep_drafts(self) -> None:
        """The screen is about to be locked: the forms come back as they are."""
        open_forms = self.pages.contacts.keep_all()
        folded = self.chips.drafts()
        self.locking.draft_count = len(folded) + open_forms
        now = [self.around.now()] if open_forms else []
        self.locking.drafts_at = max([*now, *(one.saved_at for one in folded)], default=None)
        self.reminding.close_centre()
        self.locking.ends = self.reminding.ends

    def _leave_lock(self, is_end: bool) -> None:
        (self.ended if is_end else self.signed_out).emit()

    def _note_view(self, page: str) -> None:
        """Where the access log cannot be written, this computer's own log keeps who looked."""
        if page == CLIENT and self.jobs.is_read_only:
            who, whom = self.workplace.actor.employee_no, self.pages.shown_client()
            log.info("read only: %s views client %s", who, whom)

    def _watch_codes(self) -> None:
        self.main_window.page_shown.connect(self.pages.look_for_codes)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._note_dialog)

    def _note_dialog(self, focused: QWindow | None) -> None:
        """A form opens, or somebody comes back to the window."""
        if focused is not None and QApplication.activePopupWidget() is None:
            self.pages.look_for_codes()

    def _look_at_disk(self) -> None:
        """Unlocked, the file was opened anew: what may be done can have changed meanwhile."""
        has_changed = self.workplace.is_read_only != self._was_read_only
        if has_changed and not self.pages.contacts.is_open():
            self.rebuild_wanted.emit()
        else:
            self.show_state()

    def _keep_scale(self, scale: int) -> None:
        if self.jobs.is_read_only:
            return  # it holds until the program ends
        self.jobs.write(partial(save_setting, name="font_percent", value=scale), is_quiet=True)

    def _remember_look(self) -> None:
        """For the sign-in window of the next start."""
        remember("font_percent", str(theme.current.scale))
        remember("theme", theme.current.appearance)
        remember("language", i18n.language())
