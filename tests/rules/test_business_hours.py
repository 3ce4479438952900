"""Clocks started at any minute."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.business_hours import (
    HOURS,
    BusinessHours,
    due_after_hours,
    due_after_workdays,
    is_open,
    next_half_hour,
    next_open,
)
from advisorcrm.rules.workdays import is_working

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=BRANCH_TIME)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRANCH_TIME)


def open_between(start: datetime, end: datetime) -> timedelta:
    """Added up day by day: how long the branch was open."""
    spent, day = timedelta(), start.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < end:
        if is_working(day.date()):
            opens, closes = day + timedelta(hours=9), day + timedelta(hours=18)
            spent += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return spent


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-27T08:59:59", False),
        ("2026-11-27T09:00", True),
        ("2026-11-27T17:59:59", True),
        ("2026-11-27T18:00", False),
        ("2026-11-28T10:00", False),
        ("2026-10-10T10:00", True),  # a Saturday worked in exchange
        ("2026-10-01T10:00", False),
    ],
)
@pytest.mark.req("R186")
def test_the_branch_is_open_on_working_days_from_nine_to_six(moment: str, opened: bool) -> None:
    assert is_open(at(moment)) is opened


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-27T10:15", 2, "2026-11-27T12:15"),
        ("2026-11-27T17:30", 1, "2026-11-30T09:30"),
        ("2026-11-27T09:00", 9, "2026-11-27T18:00"),
        ("2026-11-27T06:00", 9, "2026-11-27T18:00"),
        ("2026-11-27T18:00", 9, "2026-11-30T18:00"),
        ("2026-11-28T11:00", 0.5, "2026-11-30T09:30"),
        ("2026-09-30T17:59", 18, "2026-10-09T17:59"),
        ("2026-12-31T16:00", 3, "2027-01-04T10:00"),
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),
    ],
)
def test_a_clock_of_opening_hours_stands_still_outside_them(
    start: str, hours: float, due: str
) -> None:
    assert due_after_hours(at(start), hours, opening=HOURS) == at(due)


def test_a_clock_of_plain_hours_never_stands_still() -> None:
    assert due_after_hours(at("2026-12-31T23:30"), 48) == at("2027-01-02T23:30")


@pytest.mark.parametrize(
    ("start", "count", "plain", "opening"),
    [
        ("2026-11-27T15:00", 1, "2026-11-30T15:00", "2026-11-30T15:00"),
        ("2026-11-28T10:00", 3, "2026-12-02T10:00", "2026-12-02T18:00"),
        ("2026-09-30T20:00", 2, "2026-10-09T20:00", "2026-10-09T18:00"),
        ("2026-12-31T15:00", 3, "2027-01-06T15:00", "2027-01-06T15:00"),
    ],
)
def test_a_clock_of_working_days(start: str, count: int, plain: str, opening: str) -> None:
    assert due_after_workdays(at(start), count) == at(plain)
    assert due_after_workdays(at(start), count, opening=HOURS) == at(opening)


def test_the_hours_may_be_the_branch_s_own() -> None:
    early = BusinessHours(time(8, 30), time(12))
    assert due_after_hours(at("2026-11-27T11:30"), 1, opening=early) == at("2026-11-30T09:00")


@pytest.mark.parametrize("hours", [0, -1, 1e9])
def test_a_clock_without_a_length_is_refused(hours: float) -> None:
    with pytest.raises(InvalidFieldError):
        due_after_hours(at("2026-11-27T11:30"), hours)
    with pytest.raises(InvalidFieldError):
        due_after_workdays(at("2026-11-27T11:30"), int(hours))


@given(MOMENTS, st.integers(1, 3000))
def test_what_a_clock_spends_is_what_lay_between(start: datetime, minutes: int) -> None:
    due = due_after_hours(start, minutes / 60, opening=HOURS)
    assert abs(open_between(start, due) - timedelta(minutes=minutes)) < timedelta(seconds=1)
    assert is_open(due - timedelta(seconds=1))
    assert due >= next_open(start)


@given(MOMENTS, st.integers(1, 500), st.integers(1, 500))
def test_two_clocks_one_after_the_other_are_one_long_clock(
    start: datetime, first: int, second: int
) -> None:
    between = due_after_hours(start, first / 60, opening=HOURS)
    after = due_after_hours(between, second / 60, opening=HOURS)
    whole = due_after_hours(start, (first + second) / 60, opening=HOURS)
    assert abs(after - whole) < timedelta(seconds=1)


@given(MOMENTS, st.integers(1, 20))
@example(datetime(2025, 2, 1, 23, 23, tzinfo=BRANCH_TIME), 1)  # a Saturday night of rest
def test_a_later_start_never_falls_due_earlier(start: datetime, count: int) -> None:
    later = start + timedelta(minutes=37)
    first, second = (due_after_workdays(at, count, opening=HOURS) for at in (start, later))
    assert first <= second
    # without opening hours the time of day stays, on whatever day it was started
    first, second = (due_after_workdays(at, count) for at in (start, later))
    assert first.date() <= second.date()
    assert (first.timetz(), second.timetz()) == (start.timetz(), later.timetz())


@given(MOMENTS)
@example(datetime(2025, 2, 1, 23, 23, tzinfo=BRANCH_TIME))
def test_the_next_half_hour_is_ahead_and_the_branch_is_open_then(now: datetime) -> None:
    proposed = next_half_hour(now)
    assert now < proposed
    assert is_open(proposed)
    assert proposed.minute % 30 == 0
    if is_open(now) and is_open(now + timedelta(minutes=30)):
        assert proposed - now <= timedelta(minutes=30)
