"""The heartbeat of the reminders: each minute by the wall clock somebody looks what is due.

It only wakes and tells; what is due is asked from the data then, never from a stored timer, so
that sleep, a closed lid or a changed clock neither lose nor repeat a reminder. One-shot jobs
re-arm themselves: an interval would run through every minute that the computer slept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job

from advisorcrm.reminders.daily_copy import QuietScheduler

EACH = timedelta(minutes=1)
AT_ONCE = timedelta(seconds=1)


class Heartbeat:
    """Calls ``struck`` in a thread of its own, a little after the start and then each minute."""

    def __init__(
        self,
        struck: Callable[[], object],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._struck = struck
        self._clock = clock
        self._scheduler = QuietScheduler(timezone=UTC)
        self._next: Job | None = None

    def start(self) -> None:
        """Beat from now on."""
        self._scheduler.start()
        self._arm(AT_ONCE)

    def wake(self) -> None:
        """Beat soon: the clock was changed, the computer or the person came back."""
        if self._scheduler.running:
            if self._next is not None:
                self._scheduler.remove_job(self._next.id)
            self._arm(AT_ONCE)

    def stop(self) -> None:
        """Beat no longer: the window goes."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def beat(self) -> None:
        """Let somebody look, and beat again at the next full minute."""
        if self._scheduler.running:
            self._arm(EACH - timedelta(seconds=self._clock().second))
        self._struck()

    def _arm(self, delay: timedelta) -> None:
        # A name of its own each time: the scheduler still removes the job that is ending.
        self._next = self._scheduler.add_job(
            self.beat,
            "date",
            run_date=self._clock() + delay,
            misfire_grace_time=None,
            coalesce=True,
        )
