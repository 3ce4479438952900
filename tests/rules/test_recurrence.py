"""When a thing comes again: months of any length, holidays made way for, days missed left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.recurrence import Recurrence, next_day
from advisorcrm.rules.workdays import day_kind
from advisorcrm.terms import TaskRepeat


def days(rule: Recurrence, count: int) -> list[date]:
    found = [rule.starts_on]
    while len(found) < count:
        found.append(next_day(rule, after=found[-1], not_before=found[-1]))
    return found


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    rule = Recurrence(TaskRepeat.MONTHLY, date(2026, 10, 31))
    assert days(rule, 5) == [
        date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31),
        date(2027, 2, 28),
    ]  # fmt: skip


def test_a_daily_task_of_working_days_steps_over_new_year_and_the_week_end() -> None:
    rule = Recurrence(TaskRepeat.DAILY, date(2025, 12, 30), on_workdays=True)
    # 2026: rest from 1 to 3 January, 4 January (Sunday) is worked in exchange.
    assert days(rule, 4) == [
        date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 4), date(2026, 1, 5),
    ]  # fmt: skip


def test_a_weekly_task_keeps_its_weekday_after_a_holiday_moved_one() -> None:
    rule = Recurrence(TaskRepeat.WEEKLY, date(2026, 9, 24), on_workdays=True)  # a Thursday
    # 1 October to 7 October is a holiday: the one of the 1st and of the 8th fall together.
    assert days(rule, 3) == [date(2026, 9, 24), date(2026, 10, 8), date(2026, 10, 15)]


@pytest.mark.parametrize(
    ("repeats", "done_on", "expected"),
    [
        (TaskRepeat.DAILY, date(2026, 11, 20), date(2026, 11, 20)),
        (TaskRepeat.WEEKLY, date(2026, 11, 20), date(2026, 11, 23)),
        (TaskRepeat.MONTHLY, date(2026, 11, 20), date(2026, 12, 2)),
    ],
)
def test_what_was_missed_does_not_pile_up(
    repeats: TaskRepeat, done_on: date, expected: date
) -> None:
    due_on = date(2026, 11, 2)
    rule = Recurrence(repeats, due_on)
    assert next_day(rule, after=due_on, not_before=done_on) == expected


@given(
    repeats=st.sampled_from(TaskRepeat),
    starts_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    late=st.integers(-40, 400),
    on_workdays=st.booleans(),
)
def test_the_next_day_lies_ahead_and_not_further_than_a_step(
    repeats: TaskRepeat, starts_on: date, late: int, on_workdays: bool
) -> None:
    rule = Recurrence(repeats, starts_on, on_workdays)
    done_on = starts_on + timedelta(days=late)
    on = next_day(rule, after=starts_on, not_before=done_on)
    assert on > starts_on
    assert on >= done_on
    longest = {TaskRepeat.DAILY: 1, TaskRepeat.WEEKLY: 7, TaskRepeat.MONTHLY: 31}[repeats]
    rest = 11 if on_workdays else 0
    assert (on - max(starts_on, done_on)).days <= longest + rest
    assert not on_workdays or day_kind(on).is_working
