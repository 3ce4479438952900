"""Carries the reminders through the window: heartbeat, bell, centre, pop-ups, the locked hours.

Each minute one cheap question is asked; only if there is news it is claimed, and what was
claimed here pops up here. While the screen is locked nothing can be asked: the times of today,
with a surname at most, go on in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.reminders.heartbeat import Heartbeat
from advisorcrm.rules.duties import DUTIES
from advisorcrm.rules.workdays import next_workday
from advisorcrm.terms import DAY_ENDS, DueKind
from advisorcrm.views.page_names import (
    CALENDAR,
    CALLBACKS,
    CARE,
    CLIENT,
    CLIENT_LIST,
    DAY_END,
    EVENTS,
    SETTINGS,
    TASKS,
    TODAY,
)
from advisorcrm.views.remembered import recall
from advisorcrm.views.reminding.duty_work import record_done
from advisorcrm.views.reminding.pop_ups import pop_up_texts
from advisorcrm.views.reminding.tray import Tray

if TYPE_CHECKING:
    from advisorcrm.services.dues.notifications import CentreState, ComingDue, Notification
    from advisorcrm.services.dues.reminders import Claimed, Look, PopUp
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.main_window import MainWindow
    from advisorcrm.views.reminding.notification_centre import NotificationCentre
    from advisorcrm.views.surroundings import Surroundings
    from advisorcrm.views.ways import Ways

CLOSE_TO_TRAY = "close_to_tray"
"""Under which windows.ini keeps whether a closed window goes to the tray."""
_PAGES = {
    DueKind.TASK: TASKS,
    DueKind.APPOINTMENT: CALENDAR,
    DueKind.CALLBACK: CALLBACKS,
    DueKind.NEW_CLIENT_CALL: CALLBACKS,
    DueKind.BIRTHDAY: CARE,
    DueKind.FESTIVAL: CARE,
    DueKind.EVENT: EVENTS,
    DueKind.SHIFT: DAY_END,
    DueKind.DAY_END: DAY_END,
    DueKind.TODAY_END: DAY_END,
    DueKind.BACKUP: SETTINGS,
}
"""Where a matter is dealt with, if the person has that page; else in the client's file, or 今日."""
_FIRST = (TODAY, CLIENT_LIST, SETTINGS)


class Reminding(QObject):
    """From ``start`` to ``stop``; ``quit_wanted`` by the tray.

    ``day_begun`` with the first look of each day, when the screen is not locked;
    ``calendar_changed(table)`` when holidays were edited since the last look, here or elsewhere.
    """

    quit_wanted = Signal()
    day_begun = Signal()
    calendar_changed = Signal(object)
    _struck = Signal()

    def __init__(
        self, window: MainWindow, around: Surroundings, workplace: Workplace, ways: Ways
    ) -> None:
        super().__init__(window)
        self._window = window
        self._around = around
        self._workplace = workplace
        self._ways = ways
        self._centre: NotificationCentre | None = None
        self._look: Look | None = None
        self._lines: list[Notification] = []
        self._told_locked: set[PopUp] = set()
        self._is_leaving = False
        self._is_private = False
        self._day: date | None = None
        self.coming: list[ComingDue] = []
        self.ends: tuple[datetime, ...] = ()
        self.tray = Tray(self)
        self.heart = Heartbeat(self._struck.emit)
        self._struck.connect(self.beat)
        window.top.bell.clicked.connect(self.open_centre)
        self.tray.centre_wanted.connect(self.show_centre)
        self.tray.window_wanted.connect(self.show_window)
        self.tray.quit_wanted.connect(self.quit_wanted)

    def start(self) -> None:
        """The window stands: look from now on, each minute."""
        self.attend()
        self.heart.start()

    def attend(self) -> None:
        """Take the place in the tray, and show what is known whenever something was saved."""
        self.tray.start()
        self._window.installEventFilter(self)
        self._around.jobs.changed.connect(self.refresh)
        self.refresh()

    def stop(self) -> None:
        """The window goes."""
        self._is_leaving = True
        self._window.removeEventFilter(self)
        self.heart.stop()
        self.tray.stop()

    def beat(self) -> None:
        """Look for news; while the screen is locked only at what is known."""
        from advisorcrm.services.dues.reminders import has_news

        if self._window.is_locked():
            self._go_on_locked()
            return
        self._ways.look_for_codes()
        if self._day != (today := self._around.today()):
            self._day = today
            self.day_begun.emit()
        look = self._now()
        if look is None:
            self.refresh()
        elif not self._around.jobs.is_read_only:
            self._around.jobs.read(
                partial(has_news, look=look), then=self._looked, key="reminding.news"
            )

    def refresh(self) -> None:
        """Read what the centre shows and what comes today."""
        from advisorcrm.services.dues.notifications import open_centre

        self._around.jobs.read(
            partial(open_centre, at=self._around.now(), last_copied=self._workplace.last_copied),
            then=self._show,
            failed=self._ignore,
            key="reminding.state",
        )

    def open_centre(self) -> None:
        """Show the centre over the page (Ctrl+Shift+N)."""
        if self._window.is_locked():
            return
        centre = self.centre()
        self._fill(centre)
        centre.open_sheet()
        self.refresh()

    def centre(self) -> NotificationCentre:
        """The centre, made when it is first wanted."""
        if self._centre is None:
            from advisorcrm.views.reminding.notification_centre import NotificationCentre

            work = self._window.top.parentWidget()
            self._centre = NotificationCentre(work or self._window)
            self._centre.opened.connect(self._open)
            self._centre.snoozed.connect(self._put_off)
            self._centre.known.connect(self._finish)
        return self._centre

    def set_private(self, *, is_private: bool) -> None:
        """Name clients by the surname only, for a desk in public view (F9)."""
        self._is_private = is_private
        if self._centre is not None:
            self._fill(self._centre)

    def close_centre(self) -> None:
        """The screen is about to be locked: nothing of it remains."""
        if self._centre is not None:
            self._centre.close_sheet()

    def show_window(self) -> None:
        """Bring the window back from the tray."""
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def show_centre(self) -> None:
        """Somebody clicked a pop-up: which one is not said."""
        self.show_window()
        self.open_centre()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A window that is closed goes to the tray, where that was chosen."""
        if event.type() == QEvent.Type.Close and self._keeps_in_tray():
            event.ignore()
            self._window.hide()
            return True
        return super().eventFilter(watched, event)

    def _keeps_in_tray(self) -> bool:
        return not self._is_leaving and recall(CLOSE_TO_TRAY) == "yes" and Tray.exists()

    def _now(self) -> Look | None:
        return None if self._look is None else replace(self._look, at=self._around.now())

    def _looked(self, has_news: bool) -> None:
        from advisorcrm.services.dues.reminders import claim_due

        look = self._now()
        if has_news and look is not None:
            self._around.jobs.write(
                partial(claim_due, look=look), then=self._tell, failed=self._ignore, is_quiet=True
            )

    def _tell(self, claimed: Claimed) -> None:
        """What this computer has claimed pops up here, unless it did behind the lock."""
        fresh = [one for one in claimed.pop_ups if one not in self._told_locked]
        self._told_locked.clear()
        self._pop(fresh)
        self.refresh()

    def _pop(self, pop_ups: Sequence[PopUp]) -> None:
        for text in pop_up_texts(pop_ups, self._around.today()):
            self.tray.pop_up(text)
            if not Tray.exists() and not self._window.is_locked():
                self._window.toast(text)

    def _go_on_locked(self) -> None:
        now = self._around.now()
        due = [one for one in self.coming if one.tell_at <= now]
        self.coming = [one for one in self.coming if one.tell_at > now]
        popping = [one.pop_up for one in due if one.pops]
        self._told_locked.update(popping)
        self._pop(popping)

    def _show(self, state: CentreState) -> None:
        is_first = self._look is None
        if self._look is not None and self._look.holidays != state.look.holidays:
            self.calendar_changed.emit(state.look.holidays)
        self._look, self._lines, self.coming = state.look, state.lines, state.coming
        self.ends = state.ends
        self._window.top.bell.show_count(sum(line.waits for line in self._lines))
        if self._centre is not None and self._centre.isVisible():
            self._fill(self._centre)
        if is_first:
            self.beat()

    def _fill(self, centre: NotificationCentre) -> None:
        from advisorcrm.services.dues.notifications import private_line
        from advisorcrm.views.reminding.notification_centre import snooze_offers

        now = self._around.now().astimezone(BRANCH_TIME)
        holidays = self._look.holidays if self._look else None
        offers = snooze_offers(now, next_workday(now.date(), holidays))
        lines = [private_line(one) for one in self._lines] if self._is_private else self._lines
        centre.show_lines(lines, now.date(), offers)

    def _open(self, line: Notification) -> None:
        """Go where the matter is dealt with."""
        pages = {page.key for page in self._ways.pages()}
        place = _PAGES.get(line.kind, "")
        self.close_centre()
        if line.kind is DueKind.CALLBACK and place in pages:
            self._ways.open_call(line.subject_id)
        elif line.kind in DAY_ENDS and place in pages:
            self._ways.show_day_end(line.due_on)
        elif place in pages:
            self._window.go(place)
        elif line.client_id is not None and CLIENT in pages:
            self._ways.show_client(line.client_id)
        else:
            self._window.go(next(key for key in _FIRST if key in pages))

    def _put_off(self, line: Notification, until: datetime) -> None:
        from advisorcrm.services.dues.reminders import snooze_reminder

        self._around.jobs.write(
            partial(snooze_reminder, reminder_id=line.id, until=until), then=self._changed,
            is_quiet=True,
        )  # fmt: skip

    def _finish(self, line: Notification) -> None:
        from advisorcrm.services.dues.reminders import finish_reminder, reopen_reminder

        if line.kind in DUTIES:
            record_done(self._around, line, self._around.actor.user_id)
            return
        finish = partial(finish_reminder, reminder_id=line.id, now=self._around.now())
        said = partial(
            self._around.undo.done,
            _("已知道：{title}").format(title=line.title),
            partial(reopen_reminder, reminder_id=line.id),
        )
        self._around.jobs.write(finish, then=partial(self._finished, said), is_quiet=True)

    def _finished(self, said: partial[None], _answer: None) -> None:
        said()
        self.refresh()

    def _changed(self, _answer: None) -> None:
        self.refresh()

    def _ignore(self, _error: Exception) -> None:
        """The next minute asks again; the page that is shown says what is wrong."""
