"""Working days of the branch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.statutory_days import estimated_names
from advisorcrm.rules.workdays import (
    BranchDay,
    DayKind,
    HolidayTable,
    add_workdays,
    day_kind,
    is_working,
    next_workday,
    nth_workday,
    weekly_day,
    workdays_of_month,
)

DAYS = st.dates(date(2003, 1, 1), date(2030, 12, 31))


def workdays_between(after: date, until: date) -> int:
    """Counted day by day: those after the first up to the last itself."""
    days = (after + timedelta(days=step) for step in range(1, (until - after).days + 1))
    return sum(is_working(on) for on in days)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 11, 20), DayKind.WORKDAY),
        (date(2026, 11, 21), DayKind.REST),
        (date(2026, 10, 1), DayKind.REST),
        (date(2026, 10, 10), DayKind.MADE_UP_WORKDAY),
        (date(2004, 1, 22), DayKind.REST),
    ],
)
def test_the_notices_of_the_state_council_are_known(on: date, kind: DayKind) -> None:
    assert day_kind(on) == BranchDay(on, kind)


def test_a_year_without_notice_is_estimated_and_says_so() -> None:
    assert day_kind(date(2027, 11, 22)) == BranchDay(
        date(2027, 11, 22), DayKind.WORKDAY, is_estimated=True
    )
    assert day_kind(date(2027, 11, 20)).kind is DayKind.REST
    assert day_kind(date(2027, 10, 1)).kind is DayKind.REST
    assert day_kind(date(2027, 2, 5)).kind is DayKind.REST  # 除夕
    assert day_kind(date(2027, 4, 5)).kind is DayKind.REST  # 清明
    assert day_kind(date(2027, 10, 8)).label == "工作日，推算"


def rests(year: int, month: int) -> list[int]:
    """The weekdays of a month without work."""
    first = date(year, month, 1)
    days = [on for step in range(28) if (on := first + timedelta(days=step)).weekday() < 5]
    return [on.day for on in days if not is_working(on, HolidayTable())]


@pytest.mark.parametrize(
    ("year", "month", "free"),
    [
        (2027, 2, [5, 8, 9, 10]),  # the 6th and 7th are a weekend: two days more
        (2027, 5, [3, 4]),  # 1st and 2nd are a weekend
        (2027, 10, [1, 4, 5]),  # 2nd and 3rd
        (2028, 1, [3, 25, 26, 27, 28]),  # New Year on a Saturday
        (2028, 10, [2, 3, 4, 5]),  # the 1st a Sunday, the autumn moon on the 3rd
        (2027, 6, [9]),  # a Wednesday is just that
    ],
)
def test_a_statutory_day_on_a_weekend_gives_the_first_working_day_after_the_rest(
    year: int, month: int, free: list[int]
) -> None:
    assert rests(year, month) == free


@pytest.mark.req("R52")
def test_the_fifth_working_day_after_the_spring_festival_of_an_estimated_year() -> None:
    assert nth_workday(2027, 2, 5) == date(2027, 2, 11)  # 1, 2, 3, 4 and 11
    assert add_workdays(date(2027, 2, 4), 1) == date(2027, 2, 11)
    assert estimated_names(2027)[date(2027, 2, 10)] == "春节补假"


def test_a_branch_s_own_table_goes_before_the_shipped_one() -> None:
    closed = date(2027, 11, 22)
    table = HolidayTable(frozenset({2027}), {closed: DayKind.REST})
    assert day_kind(closed, table) == BranchDay(closed, DayKind.REST)
    assert day_kind(date(2026, 11, 20), table).is_estimated
    worked = date(2027, 10, 1)  # the branch's word, before any notice
    told = day_kind(worked, HolidayTable(exceptions={worked: DayKind.MADE_UP_WORKDAY}))
    assert told == BranchDay(worked, DayKind.MADE_UP_WORKDAY, is_estimated=True)


def test_a_weekend_worked_in_exchange_is_a_working_day() -> None:
    assert day_kind(date(2026, 10, 10)).is_working
    assert not day_kind(date(2026, 10, 1)).is_working


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_no_year_is_refused(on: date) -> None:
    assert day_kind(on).kind in DayKind


@pytest.mark.parametrize(
    ("on", "count", "result"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the national day
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday worked in exchange
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over New Year into an estimated year
        (date(2026, 12, 31), 3, date(2027, 1, 6)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
    ],
)
def test_working_days_are_added_over_holidays_and_weekends_worked(
    on: date, count: int, result: date
) -> None:
    assert add_workdays(on, count) == result


@pytest.mark.req("R52", "R93")
def test_the_fifth_working_day_of_a_month_counts_weekends_worked() -> None:
    assert nth_workday(2026, 10, 5) == date(2026, 10, 13)
    assert nth_workday(2026, 12, -1) == date(2026, 12, 31)
    with pytest.raises(InvalidFieldError, match="没有第 25 个"):
        nth_workday(2026, 2, 25)
    with pytest.raises(InvalidFieldError, match="2026-11"):
        nth_workday(2026, 13, 1)


@pytest.mark.req("R70")
def test_a_weekly_matter_moves_to_the_last_working_day_of_its_week() -> None:
    assert weekly_day(date(2026, 11, 23)) == date(2026, 11, 27)
    assert weekly_day(date(2026, 9, 28)) == date(2026, 9, 30)  # the Friday is a holiday
    assert weekly_day(date(2026, 2, 18)) is None  # the whole week of the spring festival
    table = HolidayTable(frozenset({2026}), {date(2026, 11, 27): DayKind.REST})
    assert weekly_day(date(2026, 11, 25), table=table) == date(2026, 11, 26)


@given(DAYS, st.integers(-60, 60).filter(bool))
def test_adding_working_days_and_counting_them_agree(on: date, count: int) -> None:
    reached = add_workdays(on, count)
    assert is_working(reached)
    if count > 0:
        assert workdays_between(on, reached) == count
        assert next_workday(reached - timedelta(days=1)) == reached
    elif is_working(on):
        assert workdays_between(reached, on) == -count
        assert add_workdays(reached, -count) == on


@given(st.integers(2003, 2030), st.integers(1, 12))
def test_the_working_days_of_a_month_are_numbered_without_a_gap(year: int, month: int) -> None:
    days = workdays_of_month(year, month)
    assert [nth_workday(year, month, at) for at in range(1, len(days) + 1)] == days
    assert add_workdays(date(year, month, 1) - timedelta(days=1), len(days)) == days[-1]
