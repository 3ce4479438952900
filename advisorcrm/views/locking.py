"""Locks the window: on demand, when idle, and after sleep. The key is dropped meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from advisorcrm import private_files
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import SignInError
from advisorcrm.i18n import _
from advisorcrm.views.idle_watch import IdleWatch
from advisorcrm.views.sign_in.lock_screen import LockInfo, LockScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from advisorcrm.db.database import Database
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs
    from advisorcrm.views.main_window import MainWindow

_SETTLE_SECONDS = 10


class Locking(QObject):
    """Covers the window, closes the door, and opens both for the same person's password.

    ``about_to_lock`` is emitted before, so that forms keep their drafts; ``warned`` counts the
    last seconds down; ``left`` when somebody else wants to sign in or the program shall end.
    """

    about_to_lock = Signal()
    warned = Signal(int)
    unlocked = Signal()
    left = Signal(bool)
    _answered = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        workplace: Workplace,
        *,
        minutes: int,
        has_form: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._workplace = workplace
        self._screen: LockScreen | None = None
        self._is_settling = False
        self._tried = ""
        self._worker = ThreadPoolExecutor(1, "unlock")
        self.draft_count = 0
        self.drafts_at: datetime | None = None
        self.ends: tuple[datetime, ...] = ()
        """When today's clocks run out: told as times, without a name."""
        self.watch = IdleWatch(minutes=minutes, has_form=has_form, parent=self)
        self.watch.expired.connect(self.lock)
        self.watch.warned.connect(self.warned)
        self._answered.connect(self._open_or_refuse)

    def begin(self) -> None:
        """The window is shown: watch from now on.

        Every event passes by the watch, so it comes after the thousands of the making.
        """
        self.watch.start()

    def lock(self, reason: str = "") -> None:
        """Cover everything, clear the clipboard, finish saving, drop the key."""
        if self._screen is not None:
            return
        self.watch.rest()
        self.about_to_lock.emit()
        _clear_clipboard()
        self._screen = LockScreen(self.info(reason))
        self._screen.unlock_wanted.connect(self._unlock)
        self._screen.switch_wanted.connect(self._switch)
        self._screen.quit_wanted.connect(self._quit)
        self._window.show_lock(self._screen)
        self._settle()

    def lock_out(self) -> None:
        """The account was closed or given another role: whoever signs in next is looked at anew."""
        self.lock("closed")

    def info(self, reason: str = "") -> LockInfo:
        """What the screen tells while the key is dropped."""
        actor = self._workplace.actor
        at = self.drafts_at.astimezone(BRANCH_TIME) if self.drafts_at else None
        return LockInfo(
            name=actor.name,
            role=" · ".join([actor.role.label, *actor.group_names[:1]]),
            locked=self._told(reason),
            drafts=self.draft_count,
            drafts_at=f"{at:%H:%M:%S}" if at else "",
            ends=self.ends,
            place=self._workplace.label,
            saved=self._window.status.said_saved(),
        )

    def is_locked(self) -> bool:
        """Whether the screen is covered and the key dropped."""
        return self._screen is not None

    def stop(self) -> None:
        """The window goes: watch no longer."""
        self.watch.stop()
        self._worker.shutdown(wait=True)

    def _settle(self) -> None:
        """Let what is being saved be saved, then drop key and files; an early password waits."""
        self._is_settling = True
        self._jobs.use(None)
        self._jobs.wait(_SETTLE_SECONDS)
        self._workplace.lock()
        private_files.take_back()
        self._is_settling = False
        tried, self._tried = self._tried, ""
        if tried:
            self._unlock(tried)

    def _unlock(self, password: str) -> None:
        if self._is_settling:
            self._tried = password
            return
        future = self._worker.submit(self._workplace.unlock, password)
        future.add_done_callback(self._answered.emit)

    def _open_or_refuse(self, future: Future[Database]) -> None:
        screen: Any = self._screen
        error = future.exception()
        if error is None:
            self._jobs.use(future.result())
            self._window.hide_lock()
            self._screen = None
            self.watch.start()
            self.unlocked.emit()
        elif screen is not None:
            seconds = error.wait_seconds if isinstance(error, SignInError) else 0
            screen.show_failure(str(error), wait_seconds=seconds)

    def _told(self, reason: str) -> str:
        at = f"{datetime.now(BRANCH_TIME):%H:%M}"
        if reason == "idle":
            return _("{at} 锁定，空闲满 {count} 分钟").format(at=at, count=self.watch.minutes)
        if reason == "sleep":
            return _("{at} 锁定，电脑休眠过").format(at=at)
        if reason == "closed":
            return _("{at} 锁定，工号已停用或角色已改变").format(at=at)
        return _("{at} 锁定").format(at=at)

    def _switch(self) -> None:
        self.left.emit(False)

    def _quit(self) -> None:
        self.left.emit(True)


def _clear_clipboard() -> None:
    """What was copied, and on Linux what was only marked."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
