"""When birthdays are kept: both calendars, leap days, short months, New Year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.birthdays import age_on, open_window, solar_days, years_lived
from advisorcrm.rules.lunar import LunarDate, kept_on, lunar_year_of, solar_date_of

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
LUNAR = st.builds(LunarDate, st.integers(1, 12), st.integers(1, 30), st.booleans())


@pytest.mark.req("R244")
def test_the_leap_day_is_kept_on_the_28th_of_a_common_year() -> None:
    assert solar_days(date(2027, 2, 28)) == ("02-28", "02-29")
    assert solar_days(date(2028, 2, 28)) == ("02-28",)
    assert solar_days(date(2028, 2, 29)) == ("02-29",)


@pytest.mark.req("R244")
def test_lunar_days_a_year_lacks_are_kept_on_a_neighbour() -> None:
    assert kept_on(date(2026, 11, 23)) == (LunarDate(10, 15), LunarDate(10, 15, is_leap=True))
    # 2025 has a leap sixth month of 29 days: its own days, and its 30th on the last.
    assert kept_on(date(2025, 7, 29)) == (LunarDate(6, 5, is_leap=True),)
    assert LunarDate(6, 30, is_leap=True) in kept_on(date(2025, 8, 22))
    assert kept_on(date(2025, 6, 29)) == (LunarDate(6, 5),)


@given(DAYS, LUNAR)
def test_what_is_kept_on_a_day_is_what_is_due_on_it(on: date, lunar: LunarDate) -> None:
    is_kept = solar_date_of(lunar, lunar_year_of(on)) == on
    assert (lunar in kept_on(on)) is is_kept


@given(LUNAR, st.integers(1950, 2089))
def test_every_lunar_birthday_is_kept_once_in_each_lunar_year(lunar: LunarDate, year: int) -> None:
    on = solar_date_of(lunar, year)
    assert lunar_year_of(on) == year
    assert lunar in kept_on(on)


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), DAYS, st.integers(0, 365))
def test_a_window_holds_a_birthday_exactly_if_one_of_its_days_does(
    born: date, start: date, length: int
) -> None:
    window = open_window(start, start + timedelta(days=length))
    days = window.solar.get(f"{born:%m-%d}", ())
    in_span = any(span.first <= (born.month, born.day) < span.end for span in window.spans)
    assert bool(days) is in_span
    assert all(window.start <= on <= window.end for on in days)


@pytest.mark.req("R244")
def test_a_window_across_new_year_has_the_days_of_both_years() -> None:
    window = open_window(date(2026, 12, 30), date(2027, 1, 3))
    assert [span.year for span in window.spans] == [2026, 2027]
    assert window.solar["01-02"] == (date(2027, 1, 2),)
    with pytest.raises(InvalidFieldError):
        open_window(date(2027, 1, 2), date(2026, 12, 30))
    with pytest.raises(InvalidFieldError):
        open_window(date(2026, 1, 1), date(2027, 1, 2))


def test_age_counts_the_years_of_the_calendar_that_is_kept() -> None:
    assert age_on(date(1960, 5, 1), date(2026, 5, 1)) == 66
    assert age_on(date(1960, 1, 20), date(2027, 1, 29), is_lunar=True) == 67
    assert age_on(None, date(2027, 1, 1)) is None


def test_nobody_is_a_year_older_before_the_birthday() -> None:
    born = date(1980, 12, 1)
    assert [years_lived(born, date(2026, *on)) for on in ((11, 30), (12, 1))] == [45, 46]
