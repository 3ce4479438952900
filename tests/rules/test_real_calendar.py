"""Tables of others, to the day: notices, fifth working days, trading days, the lunar calendar."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from advisorcrm.rules.lunar import lunar_of, next_solar_date
from advisorcrm.rules.workdays import (
    DayKind,
    HolidayTable,
    day_kind,
    days_between,
    is_working,
    nth_workday,
)

TABLES = Path(__file__).parents[1] / "data" / "realdata" / "calendar"
UNKNOWN = HolidayTable()
KINDS = {"holiday": DayKind.REST, "workday": DayKind.MADE_UP_WORKDAY}


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_holiday_and_every_weekend_worked_is_known() -> None:
    rows = table("cn_holidays_even_years_2004_2026.csv")
    wrong = [
        row
        for row in rows
        if day_kind(date.fromisoformat(row["date"])).kind is not KINDS[row["kind"]]
    ]
    assert (len(rows), wrong) == (401, [])


def test_an_estimate_comes_close_to_the_notices_of_past_years() -> None:
    """Since the law of 2008: what is missed are exchanged weekends, which nobody can guess.

    Without the days given for festivals on a weekend it was 299 days and 54 fifth working days.
    """
    wrong_days = wrong_fifths = 0
    for year in range(2008, 2027):
        days = days_between(date(year, 1, 1), date(year, 12, 31))
        wrong_days += sum(is_working(on) != is_working(on, UNKNOWN) for on in days)
        wrong_fifths += sum(
            nth_workday(year, month, 5) != nth_workday(year, month, 5, UNKNOWN)
            for month in range(1, 13)
        )
    assert wrong_days <= 241
    assert wrong_fifths <= 38


@pytest.mark.req("R52", "R93")
def test_the_fifth_working_day_of_sixty_months() -> None:
    rows = table("fifth_workday_2019_2023.csv")
    found = [nth_workday(*map(int, row["month"].split("-")), 5).isoformat() for row in rows]
    assert len(rows) == 60
    assert found == [row["fifth_workday"] for row in rows]


def test_trading_days_are_those_of_the_exchange() -> None:
    sessions = [date.fromisoformat(row["session"]) for row in table("sse_sessions_2016_2026.csv")]
    days = days_between(date(2016, 1, 1), date(2026, 12, 31))
    assert len(sessions) == 2672
    assert [on for on in days if day_kind(on).is_trading] == sessions


def test_working_days_without_trading_are_the_eight_that_are_known() -> None:
    days = days_between(date(2004, 1, 1), date(2026, 12, 31))
    closed = [on for on in days if day_kind(on).kind is DayKind.WITHOUT_TRADING]
    assert date(2024, 2, 9) in closed
    assert len([on for on in closed if on.year in (2004, 2005, 2006)]) == 7
    assert all(day_kind(on).is_working for on in closed)


def test_the_lunar_day_of_three_years() -> None:
    rows = table("lunar_2024_2026_hko.csv")
    month = "十一月"
    for row in rows:
        word = row["lunar_text"].split()[0].rpartition("]")[2].replace("閏", "闰")
        if re.fullmatch("闰?.{1,2}月", word):
            month, word = word, "初一"
        assert lunar_of(date.fromisoformat(row["date"])).plain_zh == f"{month} {word}", row
    assert len(rows) == 1096


@pytest.mark.req("R244")
def test_a_lunar_birthday_is_kept_on_its_lunar_day_in_each_of_three_years() -> None:
    for row in table("lunar_2024_2026_hko.csv"):
        on = date.fromisoformat(row["date"])
        assert next_solar_date(lunar_of(on), on) == on
