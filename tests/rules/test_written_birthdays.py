"""Birthdays as foreign sheets write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.lunar import LunarDate
from advisorcrm.rules.written_birthdays import Birthday, read_birthday
from advisorcrm.rules.written_dates import IncompleteDateError
from advisorcrm.terms import BirthdayKept

TODAY = date(2026, 11, 20)


@pytest.mark.req("R112")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1964.3.13", Birthday(date(1964, 3, 13))),
        ("公历1964-03-13", Birthday(date(1964, 3, 13))),
        ("1964-03-13 农历正月廿九", Birthday(date(1964, 3, 13), None, LunarDate(1, 29))),
        (
            "1964-03-13/正月廿九 过农历",
            Birthday(date(1964, 3, 13), None, LunarDate(1, 29), BirthdayKept.LUNAR),
        ),
        (
            "1964-03-13（农历）",
            Birthday(date(1964, 4, 24), None, LunarDate(3, 13), BirthdayKept.LUNAR),
        ),
        ("八月十五", Birthday(lunar=LunarDate(8, 15), kept=BirthdayKept.LUNAR)),
        ("农十月十五", Birthday(lunar=LunarDate(10, 15), kept=BirthdayKept.LUNAR)),
        ("闰四月初八", Birthday(lunar=LunarDate(4, 8, is_leap=True), kept=BirthdayKept.LUNAR)),
        (
            "农历1960年二月初九",
            Birthday(date(1960, 3, 6), None, LunarDate(2, 9), BirthdayKept.LUNAR),
        ),
        (" --02-29", Birthday(month_day="02-29")),
        ("3月5日", Birthday(month_day="03-05")),
        ("12-02", Birthday(month_day="12-02")),
        ("0313", Birthday(month_day="03-13")),
        ("民国53年3月13日", Birthday(date(1964, 3, 13))),
    ],
)
def test_a_birthday_is_kept_as_far_as_it_is_known(text: str, expected: Birthday) -> None:
    assert read_birthday(text, latest=TODAY) == expected


def test_a_number_of_a_month_and_a_day_is_no_serial_and_a_year_of_birth_no_day() -> None:
    assert read_birthday(313) == Birthday(month_day="03-13")
    with pytest.raises(IncompleteDateError):
        read_birthday("1964年生")


@pytest.mark.parametrize("value", ["", "-", "0-0-0", "00/00/00", 0])
def test_no_birthday(value: object) -> None:
    assert read_birthday(value) is None


@given(st.text(max_size=24))
def test_any_text_is_a_birthday_or_a_sentence(text: str) -> None:
    with suppress(InvalidFieldError):
        read_birthday(text, latest=TODAY)
