"""The watch over idle time and sleep, with clocks turned by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from advisorcrm.views.idle_watch import IdleWatch

MINUTE = 60.0


class Desk:
    """The clocks, whether a form is open, and what the watch told."""

    def __init__(self) -> None:
        self.monotonic = self.wall = 1_000.0
        self.has_form = False
        self.expired: list[str] = []
        self.warned: list[int] = []
        self.jumps: list[bool] = []
        self.watch = IdleWatch(
            minutes=5,
            has_form=lambda: self.has_form,
            monotonic=lambda: self.monotonic,
            wall=lambda: self.wall,
        )
        self.watch.expired.connect(self.expired.append)
        self.watch.warned.connect(self.warned.append)
        self.watch.jumped.connect(lambda: self.jumps.append(True))
        self.watch.start()

    def passes(self, seconds: float) -> None:
        """Time in which the watch looks as often as it should."""
        for _second in range(0, int(seconds), 5):
            self.monotonic += 5
            self.wall += 5
            self.watch.look()

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> bool:
        """A key somewhere; True if nobody else gets it."""
        return self.watch.eventFilter(QObject(), QKeyEvent(QEvent.Type.KeyPress, key, held))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_the_last_half_minute_is_counted_down(desk: Desk) -> None:
    desk.passes(4 * MINUTE + 25)
    assert desk.warned == []
    desk.passes(10)
    assert desk.warned == [31, 26]
    desk.passes(25)
    assert desk.expired == ["idle"]


def test_a_key_begins_anew_and_takes_the_warning_back(desk: Desk) -> None:
    desk.passes(4 * MINUTE + 40)
    assert desk.warned[-1] == 21
    assert not desk.press(Qt.Key.Key_A)
    assert desk.warned[-1] == 0
    desk.passes(4 * MINUTE)
    assert desk.expired == []


def test_an_open_form_waits_for_half_an_hour_and_no_longer(desk: Desk) -> None:
    desk.has_form = True
    desk.passes(29 * MINUTE)
    assert desk.expired == []
    desk.passes(MINUTE)
    assert desk.expired[:1] == ["idle"]


def test_a_form_that_was_closed_long_ago_delays_nothing(desk: Desk) -> None:
    desk.has_form = True
    desk.passes(10 * MINUTE)
    desk.has_form = False
    desk.passes(5)
    assert desk.expired == ["idle"]


def test_sleep_is_seen_by_the_wall_clock_and_by_a_pause(desk: Desk) -> None:
    desk.wall += 40 * MINUTE  # a computer whose steady clock stands still meanwhile
    desk.watch.look()
    assert desk.expired == ["sleep"]
    desk.watch.start()
    desk.wall += 40 * MINUTE
    desk.monotonic += 40 * MINUTE  # and one whose clock goes on
    desk.watch.look()
    assert desk.expired == ["sleep", "sleep"]


def test_the_key_that_ends_a_sleep_locks_and_goes_no_further(desk: Desk) -> None:
    desk.wall += 40 * MINUTE
    assert desk.press(Qt.Key.Key_A)
    assert desk.expired == ["sleep"]


def test_a_clock_set_back_is_told_but_is_no_sleep(desk: Desk) -> None:
    desk.wall -= 3 * 60 * MINUTE
    desk.passes(5)
    assert desk.expired == []
    assert desk.jumps == [True]
    desk.wall += 20
    desk.passes(5)
    assert desk.jumps == [True], "a small correction is nothing"


def test_the_lock_keys_are_heard_everywhere(desk: Desk) -> None:
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    assert not desk.press(Qt.Key.Key_L, control)
    assert desk.press(Qt.Key.Key_L, control | alt)
    assert desk.expired == [""]


def test_what_is_locked_is_not_watched(desk: Desk) -> None:
    desk.watch.stop()
    desk.wall += 40 * MINUTE
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    assert not desk.press(Qt.Key.Key_L, control | alt)
    desk.watch.start()
    desk.passes(5)
    assert desk.expired == []


def test_behind_the_lock_nobody_is_waited_for_and_a_clock_set_back_is_told(desk: Desk) -> None:
    desk.watch.rest()
    desk.passes(10 * MINUTE)
    assert not desk.press(Qt.Key.Key_A)
    assert (desk.warned, desk.expired, desk.jumps) == ([], [], [])
    desk.wall -= 3 * 60 * MINUTE
    desk.passes(5)
    assert (desk.expired, desk.jumps) == ([], [True])
    desk.watch.start()
    desk.passes(5 * MINUTE)
    assert desk.expired == ["idle"]
