"""Lunar birthdays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.lunar import (
    LunarDate,
    kept_in,
    lunar_of,
    next_solar_date,
    read_lunar,
    solar_date_of,
)

LUNAR_DATES = st.builds(LunarDate, st.integers(1, 12), st.integers(1, 30), st.booleans())
YEARS = st.integers(1901, 2099)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农历十月十五", LunarDate(10, 15)),
        ("十月十五", LunarDate(10, 15)),
        ("闰二月初三", LunarDate(2, 3, is_leap=True)),
        ("正月初一", LunarDate(1, 1)),
        ("腊月廿三", LunarDate(12, 23)),
        ("冬月三十", LunarDate(11, 30)),
        ("十一月十一", LunarDate(11, 11)),
        ("10-15", LunarDate(10, 15)),
        ("闰6.1", LunarDate(6, 1, is_leap=True)),
        ("农历 8月15", LunarDate(8, 15)),
    ],
)
def test_a_lunar_date_is_read_as_people_write_it(text: str, expected: LunarDate) -> None:
    assert read_lunar(text) == expected


@pytest.mark.parametrize(
    "text", ["", "13-01", "十月卅一", "十月", "2026-10-15", "十五", "农历十月初百"]
)
def test_what_is_not_a_lunar_date_is_answered_with_examples(text: str) -> None:
    with pytest.raises(InvalidFieldError, match="看不懂农历"):
        read_lunar(text)


@pytest.mark.req("R112")
def test_a_lunar_birthday_falls_on_another_solar_day_each_year() -> None:
    assert solar_date_of(LunarDate(10, 15), 2026) == date(2026, 11, 23)
    assert solar_date_of(LunarDate(10, 15), 2025) == date(2025, 12, 4)
    assert solar_date_of(LunarDate(12, 29), 2026) == date(2027, 2, 5)
    assert next_solar_date(LunarDate(12, 29), date(2027, 1, 1)) == date(2027, 2, 5)


def test_a_leap_month_birthday_is_kept_in_the_plain_month_of_other_years() -> None:
    leap = LunarDate(2, 3, is_leap=True)
    assert solar_date_of(leap, 2023) == date(2023, 3, 24)
    assert kept_in(leap, 2026) == LunarDate(2, 3)
    assert solar_date_of(leap, 2026) == solar_date_of(LunarDate(2, 3), 2026)


def test_a_birthday_on_the_thirtieth_is_kept_on_the_twenty_ninth_of_a_short_month() -> None:
    thirtieth = LunarDate(12, 30)
    assert kept_in(thirtieth, 2025) == LunarDate(12, 29)
    assert solar_date_of(thirtieth, 2025) == date(2026, 2, 16)
    assert kept_in(LunarDate(11, 30, is_leap=True), 2033) == LunarDate(11, 29, is_leap=True)


@given(LUNAR_DATES, YEARS)
def test_the_kept_date_is_the_lunar_date_of_its_solar_day(lunar: LunarDate, year: int) -> None:
    assert lunar_of(solar_date_of(lunar, year)) == kept_in(lunar, year)


@given(LUNAR_DATES)
def test_a_lunar_date_that_is_written_out_reads_back(lunar: LunarDate) -> None:
    assert read_lunar(lunar.label_zh) == lunar
    assert read_lunar(f"农历{lunar.label_zh}") == lunar


@given(LUNAR_DATES, st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_the_next_birthday_comes_within_thirteen_months(lunar: LunarDate, today: date) -> None:
    assert 0 <= (next_solar_date(lunar, today) - today).days <= 386
