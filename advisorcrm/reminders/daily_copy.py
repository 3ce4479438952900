"""The daily copy of the database: looked at soon after the start and each half hour.

What is due is asked from the copies that exist, never from a stored timer, so that sleep, a
closed lid or a changed clock neither lose nor repeat one. One-shot jobs re-arm themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.job import Job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

FIRST_LOOK = timedelta(seconds=20)
EACH = timedelta(minutes=30)


class QuietScheduler(BackgroundScheduler):  # type: ignore[misc]
    """A scheduler that may be stopped at any moment.

    WORKAROUND: APScheduler 3 removes a job that it has just handed over; if it was stopped in
    between, the job is gone already and its thread ends with JobLookupError.
    """

    def remove_job(self, job_id: str, jobstore: str | None = None) -> None:
        """Remove a job; one that is gone is no matter."""
        with suppress(JobLookupError):
            super().remove_job(job_id, jobstore)


class DailyCopy:
    """Wakes in the background and lets the copy be made; ``told`` gets the path or the error."""

    def __init__(
        self,
        copy: Callable[[], Path | None],
        told: Callable[[Path | Exception], object],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._copy = copy
        self._told = told
        self._clock = clock
        self._scheduler = QuietScheduler(timezone=UTC)
        self._next: Job | None = None

    def start(self) -> None:
        """Look for the first time a little after the start."""
        self._scheduler.start()
        self._arm(FIRST_LOOK)

    def wake(self) -> None:
        """Look again soon: the clock was changed, or the computer or the screen came back.

        A job waits until the wall clock has come to its time, which may be a day too late.
        """
        if self._scheduler.running:
            if self._next is not None:
                self._scheduler.remove_job(self._next.id)
            self._arm(FIRST_LOOK)

    def stop(self) -> None:
        """Look no longer: the program ends."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def look(self) -> None:
        """Make the copy if there is none of today, and look again later."""
        try:
            path = self._copy()
        except Exception as error:  # noqa: BLE001 - told like any other failure
            self._told(error)
        else:
            if path is not None:
                self._told(path)
        if self._scheduler.running:
            self._arm(EACH)

    def _arm(self, delay: timedelta) -> None:
        # A name of its own each time: the scheduler still removes the job that is ending.
        self._next = self._scheduler.add_job(
            self.look,
            "date",
            run_date=self._clock() + delay,
            misfire_grace_time=None,
            coalesce=True,
        )
