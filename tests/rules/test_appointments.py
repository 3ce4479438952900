"""Times with a client: opening hours, rest, his own words about convenient hours, free times."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.rules.appointments import (
    AppointmentWarning,
    Slot,
    Wish,
    free_slots,
    in_market_hours,
    read_convenient,
    time_warnings,
)
from advisorcrm.rules.workdays import BranchDay, DayKind
from advisorcrm.terms import AppointmentKind

CONTACT_HOURS = ((time(8, 30), time(12)), (time(13), time(20)))
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 20, 14, 20, tzinfo=BRANCH_TIME)


def slot(clock: str, minutes: int = 30, day: date = MONDAY) -> Slot:
    return Slot.of(datetime.combine(day, time.fromisoformat(clock), BRANCH_TIME), minutes)


def said(wish: Wish, day: DayKind = DayKind.WORKDAY) -> list[AppointmentWarning]:
    on = BranchDay(wish.slot.starts.date(), day)
    return time_warnings(wish, CONTACT_HOURS, now=NOW, on=on)


@pytest.mark.req("R29")
@pytest.mark.parametrize(
    ("clock", "at_branch", "kind", "warns"),
    [
        ("10:00", False, AppointmentKind.MEETING, True),
        ("10:00", True, AppointmentKind.MEETING, False),
        ("10:00", False, AppointmentKind.CALL, False),
        ("15:00", False, AppointmentKind.MEETING, False),
        ("11:15", False, AppointmentKind.MEETING, True),
        ("14:59", False, AppointmentKind.MEETING, True),
    ],
)
def test_while_the_market_is_open_visits_belong_into_the_branch(
    clock: str, at_branch: bool, kind: AppointmentKind, warns: bool
) -> None:
    found = said(Wish(slot(clock), kind, is_at_branch=at_branch))
    assert (AppointmentWarning.MARKET_HOURS in found) is warns


@pytest.mark.req("R29")
def test_on_a_closed_day_the_market_hours_do_not_matter() -> None:
    wish = Wish(slot("10:00"), AppointmentKind.MEETING, is_at_branch=False)
    assert said(wish, DayKind.REST) == [AppointmentWarning.CLOSED_DAY]
    # A weekend worked in exchange: the branch is open, the exchanges are not.
    assert said(wish, DayKind.MADE_UP_WORKDAY) == []
    assert said(wish, DayKind.WITHOUT_TRADING) == []
    assert in_market_hours(slot("09:00", 31))
    assert not in_market_hours(slot("09:00", 30))
    assert not in_market_hours(slot("11:30", 90))


@pytest.mark.req("R221")
def test_hours_of_rest_and_the_clients_own_words_warn() -> None:
    call = AppointmentKind.CALL
    assert said(Wish(slot("12:30"), call)) == [AppointmentWarning.QUIET_HOURS]
    assert said(Wish(slot("20:00"), call)) == [AppointmentWarning.QUIET_HOURS]
    afternoon = read_convenient("下午")
    assert said(Wish(slot("10:00"), call, convenient=afternoon)) == [
        AppointmentWarning.NOT_CONVENIENT
    ]
    assert said(Wish(slot("14:00"), call, convenient=afternoon)) == []


def test_a_matter_without_a_client_disturbs_nobody() -> None:
    assert said(Wish(slot("12:30"), AppointmentKind.ROUTINE), DayKind.REST) == []
    past = slot("14:00", day=NOW.date())
    assert said(Wish(past, AppointmentKind.ROUTINE)) == [AppointmentWarning.PAST]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("9:30-11:00", [(time(9, 30), time(11))]),
        ("工作日 10点半至11点", [(time(10, 30), time(11))]),
        ("15:00以后", [(time(15), time(21))]),
        ("下午3点后", [(time(15), time(21))]),
        ("10点前", [(time(8), time(10))]),
        ("收盘后", [(time(15), time(18))]),
        ("上午、晚上", [(time(8), time(12)), (time(18), time(21))]),
        ("随时", None),
        ("", None),
    ],
)
def test_convenient_hours_are_read_from_the_clients_words(
    words: str, hours: list[tuple[time, time]] | None
) -> None:
    found = read_convenient(words)
    assert (None if found is None else list(found)) == hours


def test_free_times_leave_out_what_is_taken_lunch_and_the_past() -> None:
    taken = [slot("09:30", 60), slot("13:30", 30)]
    found = free_slots([MONDAY], taken, minutes=60, now=NOW, allowed=lambda _at: True)
    assert [f"{one.starts:%H:%M}" for one in found] == [
        "10:30", "14:00", "14:30", "15:00", "15:30", "16:00",
    ]  # fmt: skip
    today = free_slots([NOW.date()], [], minutes=30, now=NOW, allowed=lambda at: at.hour != 15)
    assert [f"{one.starts:%H:%M}" for one in today] == ["14:30", "16:00", "16:30"]
