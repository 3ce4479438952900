"""The heartbeat of the reminders: each minute by the wall clock, at once after a jump."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from advisorcrm.reminders.heartbeat import AT_ONCE, EACH, Heartbeat


class Wrist:
    """A clock ten days ahead, so that nothing beats by itself."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=10)
        self.beats = 0
        self.heart = Heartbeat(self.beat, clock=lambda: self.now)

    def beat(self) -> None:
        self.beats += 1

    def until_next(self) -> timedelta:
        """How long until the next beat."""
        job: Any = self.heart._next
        return job.next_run_time - self.now


@pytest.fixture
def wrist() -> Iterator[Wrist]:
    wrist = Wrist()
    wrist.heart.start()
    yield wrist
    wrist.heart.stop()


def test_it_beats_soon_after_the_start_and_at_each_full_minute(wrist: Wrist) -> None:
    assert wrist.until_next() == AT_ONCE
    wrist.now += timedelta(seconds=20)
    wrist.heart.beat()
    assert (wrist.beats, wrist.until_next()) == (1, EACH - timedelta(seconds=20))


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(days=365)])
def test_a_clock_that_was_changed_and_a_long_sleep_are_no_matter(
    wrist: Wrist, jump: timedelta
) -> None:
    wrist.heart.beat()
    wrist.now += jump
    wrist.heart.wake()
    assert wrist.until_next() == AT_ONCE
    wrist.heart.beat()
    assert (wrist.beats, wrist.until_next()) == (2, EACH)


def test_stopped_it_beats_no_more(wrist: Wrist) -> None:
    wrist.heart.stop()
    wrist.heart.wake()
    wrist.heart.stop()
    assert wrist.beats == 0
