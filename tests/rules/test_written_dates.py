"""Dates as foreign sheets write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.written_dates import (
    IncompleteDateError,
    is_permanent,
    read_date,
)

TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-20", "2026/11/20", "2026.11.20", "20261120", "2026年11月20日", "2026年11月20号",
        "２０２６－１１－２０", "2026 11 20", "26.11.20", "二〇二六年十一月二十日",
        "二零二六年十一月廿日", "2026-11-20 00:00:00", "2026-11-20T08:00:00Z",
        "2026/11/20 1:01 上午", "2026年11月20日 1:01:01", "2026年11月20日 星期五", "20-Nov-2026",
        "Nov 20, 2026", "20/11/2026", "11/20/2026", "20-11月-26", "20-十一月-2026", "'20261120",
        '="2026-11-20"', "20261120.0", 20261120, 20261120.0, 46346, 46346.75, "46346",
        "民国115年11月20日",
        "中華民國115/11/20", "115.11.20", "2026.11.20.", "2026—11—20", "2026、11、20", "2026\\11\\20",
        datetime(2026, 11, 20, 9, 30), DAY,  # noqa: DTZ001 - a sheet knows no time zone
    ],
)  # fmt: skip
def test_one_day_in_many_writings(value: object) -> None:
    assert read_date(value, latest=TODAY) == DAY


@pytest.mark.parametrize(
    "value",
    ["", "-", "无", "0-0-0", "00/00/00", "0000-00-00", "1900-01-00", "1899-12-30", 0, "NULL",
     date(1899, 12, 31)],
)  # fmt: skip
def test_no_date_in_many_writings(value: object) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    "value",
    ["3/4/1975", "01/02/20", "201112", 201112, "2023-02-29", "2026-13-01", "0226-11-20", "样", "1号", "0313", "115.11/20", 60,
     12.5, "99991231", time(1, 1), True],
)  # fmt: skip
def test_what_is_no_date_or_may_be_two_is_refused(value: object) -> None:
    with pytest.raises(InvalidFieldError):
        read_date(value)


@pytest.mark.parametrize("text", ["1988-12", "2020年1月", "197502", "1990年", "1990", 1990, 202401])
def test_a_month_or_year_alone_is_told_apart_from_a_wrong_date(text: object) -> None:
    with pytest.raises(IncompleteDateError):
        read_date(text)


def test_a_birthday_with_two_digits_lies_behind_us() -> None:
    assert read_date("64-3-13", latest=TODAY) == date(1964, 3, 13)
    assert read_date("26-11-21", latest=TODAY) == date(1926, 11, 21)
    assert read_date("26-11-20", latest=TODAY) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "value", ["长期", "永久有效", "9999-12-31", "2999.12.31", date(9999, 12, 31)]
)
def test_a_document_without_end_is_recognised(value: object) -> None:
    assert is_permanent(value)


def test_an_ordinary_expiry_is_not_for_ever() -> None:
    assert not is_permanent("2030-01-01")


@given(st.dates(date(1906, 1, 1), date(2099, 12, 31)))  # days of 1905 count like years
def test_every_day_survives_every_unambiguous_writing(day: date) -> None:
    writings = (
        day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y.%m.%d}", f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日", int(f"{day:%Y%m%d}"),
        (day - date(1899, 12, 30)).days, datetime.combine(day, time(8)),
    )  # fmt: skip
    assert {read_date(writing) for writing in writings} == {day}


@given(st.text(max_size=24))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    with suppress(InvalidFieldError):
        read_date(text, latest=TODAY)
