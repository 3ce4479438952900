"""Working days of the branch."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.workdays import BranchDay, DayKind, HolidayTable, day_kind


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


def test_a_branch_s_own_table_goes_before_the_shipped_one() -> None:
    closed = date(2027, 11, 22)
    table = HolidayTable(frozenset({2027}), {closed: DayKind.REST})
    assert day_kind(closed, table) == BranchDay(closed, DayKind.REST)
    assert day_kind(date(2026, 11, 20), table).is_estimated


def test_a_weekend_worked_in_exchange_is_a_working_day() -> None:
    assert day_kind(date(2026, 10, 10)).is_working
    assert not day_kind(date(2026, 10, 1)).is_working


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_no_year_is_refused(on: date) -> None:
    assert day_kind(on).kind in DayKind
