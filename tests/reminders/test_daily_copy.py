"""The daily copy: looked for again and again, made once a day, told when it fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.errors import DiskFullError
from advisorcrm.reminders.daily_copy import EACH, FIRST_LOOK, DailyCopy

COPY = Path("backup-20261120-062000.db")


class Night:
    """A clock ten days ahead, so that nothing runs by itself, and what was told."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC) + timedelta(days=10)
        self.result: Path | Exception | None = COPY
        self.looks = 0
        self.told: list[Path | Exception] = []
        self.copies = DailyCopy(self.copy, self.told.append, clock=lambda: self.now)

    def copy(self) -> Path | None:
        self.looks += 1
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    def next_look(self) -> timedelta:
        """How long until it looks again."""
        job: Any = self.copies._next
        return job.next_run_time - self.now


@pytest.fixture
def night() -> Iterator[Night]:
    night = Night()
    night.copies.start()
    yield night
    night.copies.stop()


def test_it_looks_soon_after_the_start_and_each_half_hour(night: Night) -> None:
    assert night.next_look() == FIRST_LOOK
    night.copies.look()
    assert night.next_look() == EACH
    assert night.told == [COPY]


def test_a_day_that_has_its_copy_is_not_told_again(night: Night) -> None:
    night.result = None
    night.copies.look()
    night.copies.look()
    assert night.looks == 2
    assert night.told == []


def test_a_failure_is_told_and_it_looks_again(night: Night) -> None:
    night.result = DiskFullError("备份没有完成：剩余空间不足。")
    night.copies.look()
    assert [str(error) for error in night.told] == ["备份没有完成：剩余空间不足。"]
    assert night.next_look() == EACH
    night.result = COPY
    night.copies.look()
    assert night.told[-1] == COPY


def test_a_bug_does_not_end_the_looking(night: Night) -> None:
    night.result = ZeroDivisionError("bug")
    night.copies.look()
    assert night.next_look() == EACH


def test_a_clock_set_back_a_day_delays_nothing(night: Night) -> None:
    night.copies.look()
    night.now -= timedelta(days=1)
    assert night.next_look() > timedelta(days=1)
    night.copies.wake()
    assert night.next_look() == FIRST_LOOK


def test_a_clock_set_forward_a_year_makes_one_look_of_it(night: Night) -> None:
    night.now += timedelta(days=365)
    night.copies.wake()
    assert len(night.copies._scheduler.get_jobs()) == 1
    assert night.next_look() == FIRST_LOOK


def test_after_the_end_nothing_is_armed(night: Night) -> None:
    night.copies.stop()
    night.copies.wake()
    night.copies.look()
    assert not night.copies._scheduler.running
    night.copies.stop()


def test_it_runs_by_itself_in_a_thread_of_its_own() -> None:
    done, threads = threading.Event(), []

    def copy() -> Path | None:
        threads.append(threading.current_thread())
        done.set()
        return None

    # The first look is due when the clock says it was twenty seconds ago.
    moments = iter([datetime.now(UTC) - 2 * FIRST_LOOK])
    later = datetime.now(UTC) + timedelta(days=1)
    copies = DailyCopy(copy, lambda _told: None, clock=lambda: next(moments, later))
    copies.start()
    assert done.wait(10)
    copies.stop()
    assert threads[0] is not threading.main_thread()
