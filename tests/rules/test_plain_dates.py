"""Dates as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import use_language
from advisorcrm.rules.plain_dates import (
    Direction,
    PlainMoment,
    day_label,
    echo_text,
    read_plain_date,
    weekday_label,
)
from advisorcrm.rules.workdays import day_kind

NOW = datetime(2026, 11, 20, 14, 16, tzinfo=BRANCH_TIME)  # a Friday
TODAY = NOW.date()
ANY_NOW = st.datetimes(
    min_value=datetime(2005, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone itself
    max_value=datetime(2080, 1, 1),  # noqa: DTZ001
    timezones=st.just(BRANCH_TIME),
)


@pytest.mark.req("R81")
@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("明天", "2026-11-21", None),
        ("后天", "2026-11-22", None),
        ("今天 16:30", "2026-11-20", "16:30"),
        ("tomorrow", "2026-11-21", None),
        ("day after tomorrow", "2026-11-22", None),
        ("周二 14:30", "2026-11-24", "14:30"),
        ("周二14:30", "2026-11-24", "14:30"),
        ("周二１４：３０", "2026-11-24", "14:30"),
        ("星期二", "2026-11-24", None),
        ("周日", "2026-11-22", None),
        ("周五", "2026-11-27", None),
        ("下周三", "2026-11-25", None),
        ("下下周三", "2026-12-02", None),
        ("周二十点", "2026-11-24", "10:00"),
        ("周二下午两点半", "2026-11-24", "14:30"),
        ("tue 14:30", "2026-11-24", "14:30"),
        ("Tuesday 3pm", "2026-11-24", "15:00"),
        ("next fri", "2026-11-27", None),
        ("3d", "2026-11-23", None),
        ("3D", "2026-11-23", None),
        ("2w", "2026-12-04", None),
        ("1m", "2026-12-20", None),
        ("三天后", "2026-11-23", None),
        ("两周后", "2026-12-04", None),
        ("半个月后", "2026-12-05", None),
        ("in 3 days", "2026-11-23", None),
        ("3天前", "2026-11-17", None),
        ("下月5", "2026-12-05", None),
        ("下个月五号", "2026-12-05", None),
        ("25号", "2026-11-25", None),
        ("5日", "2026-12-05", None),
        ("月底", "2026-11-30", None),
        ("下月底", "2026-12-31", None),
        ("12-02", "2026-12-02", None),
        ("12月2日", "2026-12-02", None),
        ("11.20", "2026-11-20", None),
        ("11.19", "2027-11-19", None),
        ("02-29", "2028-02-29", None),
        ("2026-12-02", "2026-12-02", None),
        ("2026/12/2 9:05", "2026-12-02", "09:05"),
        ("20261202", "2026-12-02", None),
        ("14:20", "2026-11-20", "14:20"),
        ("14:05", "2026-11-21", "14:05"),
        ("农历十月十五", "2026-11-23", None),
    ],
)
def test_a_next_step_is_understood_in_both_languages(text: str, on: str, at: str | None) -> None:
    expected = PlainMoment(date.fromisoformat(on), time.fromisoformat(at) if at else None)
    assert read_plain_date(text, NOW) == expected


@pytest.mark.req("R81")
@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("14:05", "2026-11-20", "14:05"),
        ("昨天 16:30", "2026-11-19", "16:30"),
        ("yesterday 16:30", "2026-11-19", "16:30"),
        ("刚才", "2026-11-20", "14:16"),
        ("now", "2026-11-20", "14:16"),
        ("周二", "2026-11-17", None),
        ("周五", "2026-11-13", None),
        ("上周三 10:00", "2026-11-11", "10:00"),
        ("3d", "2026-11-17", None),
        ("12-02", "2025-12-02", None),
        ("5号", "2026-11-05", None),
        ("25号", "2026-10-25", None),
        ("月底", "2026-10-31", None),
    ],
)
def test_the_time_of_a_conversation_lies_in_the_past(text: str, on: str, at: str | None) -> None:
    expected = PlainMoment(date.fromisoformat(on), time.fromisoformat(at) if at else None)
    assert read_plain_date(text, NOW, direction=Direction.PAST) == expected


@pytest.mark.parametrize(
    "text",
    ["", "  ", "哪天都行", "13-40", "2026-02-30", "14.05", "25:00", "周八", "3x", "下月31", "3月",
     "99999999d", "9999y", "-3d", "1" * 50, "明天明天", "0d0", "半周后"],
)  # fmt: skip
def test_what_is_not_a_date_is_answered_with_examples(text: str) -> None:
    if text == "下月31":
        assert read_plain_date(text, NOW).on == date(2026, 12, 31)
        text = "下下月32"
    with pytest.raises(InvalidFieldError, match=r"看不懂日期“.*”。可以写") as caught:
        read_plain_date(text, NOW, field="next_on")
    assert caught.value.field == "next_on"


def test_a_bare_time_that_has_not_come_yet_is_not_taken_for_yesterday() -> None:
    with pytest.raises(InvalidFieldError, match="15:00 还没到；昨天的请写“昨天 15:00”。"):
        read_plain_date("15:00", NOW, direction=Direction.PAST)


def test_the_day_is_the_branch_s_day_wherever_the_clock_stands() -> None:
    late_in_utc = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # already Saturday in the branch
    assert read_plain_date("明天", late_in_utc).on == date(2026, 11, 22)


def test_what_was_understood_is_said_back_with_weekday_and_working_day() -> None:
    moment = read_plain_date("周二 14:30", NOW)
    assert echo_text(moment, day_kind(moment.on)) == "2026-11-24 周二 14:30（工作日）"
    holiday = read_plain_date("2026-10-01", NOW)
    assert echo_text(holiday, day_kind(holiday.on)) == "2026-10-01 周四（休市）"


def test_the_weekday_stands_where_the_language_puts_it() -> None:
    on = date(2026, 11, 24)
    assert day_label("11-24", on) == "11-24 周二"
    use_language("en")
    try:
        assert day_label("11-24", on) == "Tue 11-24"
        moment = read_plain_date("tue 14:30", NOW)
        assert echo_text(moment, day_kind(on)) == "Tue 2026-11-24 14:30 (working day)"
    finally:
        use_language("zh_CN")


@given(ANY_NOW, st.sampled_from("一二三四五六日"), st.sampled_from(Direction))
def test_a_plain_weekday_is_the_nearest_one_on_its_side_of_today(
    now: datetime, day: str, direction: Direction
) -> None:
    on = read_plain_date(f"周{day}", now, direction=direction).on
    assert weekday_label(on) == f"周{day}"
    assert 1 <= (on - now.date()).days * direction.value <= 7


@given(ANY_NOW, st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_full_date_means_itself_in_every_spelling(now: datetime, on: date) -> None:
    for spelling in ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"):
        assert read_plain_date(on.strftime(spelling), now).on == on


@given(ANY_NOW, st.integers(-400, 400))
def test_a_month_and_day_stays_within_reach_of_today(now: datetime, days: int) -> None:
    typed = now.date() + timedelta(days=days)
    for direction in Direction:
        on = read_plain_date(typed.strftime("%m-%d"), now, direction=direction).on
        assert (on.month, on.day) == (typed.month, typed.day)
        assert (on - now.date()).days * direction.value >= 0


@given(ANY_NOW, st.text(max_size=45))
def test_whatever_is_typed_is_a_date_or_a_sentence(now: datetime, text: str) -> None:
    for direction in Direction:
        try:
            moment = read_plain_date(text, now, direction=direction)
        except InvalidFieldError:
            continue
        assert isinstance(moment.on, date)
