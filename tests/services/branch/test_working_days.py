"""The branch's calendar: seeded, edited, imported; a year without notice is estimated."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.rules.workdays import (
    DayKind,
    HolidayTable,
    add_workdays,
    day_kind,
    estimated_days,
    shipped_table,
)
from advisorcrm.services.branch.working_days import (
    HolidaySheet,
    NewWorkingDay,
    WorkingYearPlan,
    confirm_year,
    enter_year,
    holiday_table,
    missing_notice,
    open_year,
    set_day,
)
from tests.factories import NOW, People

NOTICE = HolidaySheet(
    (
        NewWorkingDay(date(2027, 1, 1), DayKind.REST, "元旦"),
        NewWorkingDay(date(2027, 2, 5), DayKind.REST, "春节"),
        NewWorkingDay(date(2027, 2, 8), DayKind.REST, "春节"),
        NewWorkingDay(date(2027, 2, 20), DayKind.MADE_UP_WORKDAY, "春节"),
    )
)


def table(database: Database) -> HolidayTable:
    return database.read(lambda s, a: holiday_table(s))


def year(database: Database, number: int = 2027) -> WorkingYearPlan:
    return database.read(partial(open_year, year=number))


def say(database: Database, on: date, kind: DayKind, name: str = "") -> None:
    database.write(partial(set_day, new=NewWorkingDay(on, kind, name)))


def test_a_new_branch_has_every_notice_the_program_knows(database: Database) -> None:
    assert table(database) == shipped_table()
    plan = year(database, 2026)
    assert (plan.is_official, plan.source, len(plan.days)) == (True, "国务院通知", 24 + 1)
    made_up = [row.on for row in plan.days if row.kind is DayKind.MADE_UP_WORKDAY]
    assert date(2026, 10, 10) in made_up
    assert {row.on: row.name for row in plan.days}[date(2026, 10, 1)] == "国庆节"


@pytest.mark.req("F16")
def test_a_year_without_notice_is_estimated_and_the_hint_comes_in_november(
    manager: Database,
) -> None:
    plan = year(manager)
    assert not plan.is_official
    assert {row.on for row in plan.days} == {on for on in estimated_days(2027) if on.weekday() < 5}
    assert {row.basis for row in plan.days} == {"推算"}
    for today, missing in (
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2027, 3, 1), 2027),
    ):
        assert manager.read(partial(missing_notice, today=today)) == missing


def test_one_edited_day_holds_in_an_estimated_year_and_can_be_taken_back(
    manager: Database,
) -> None:
    monday = date(2027, 2, 8)
    say(manager, monday, DayKind.WORKDAY, "照常")
    day = day_kind(monday, table(manager))
    assert (day.kind, day.is_estimated) == (DayKind.WORKDAY, True)
    assert add_workdays(date(2027, 2, 4), 1, table(manager)) == monday
    say(manager, monday, DayKind.REST)
    assert year(manager).days == year(manager).days
    assert not day_kind(monday, table(manager)).is_working


def test_a_notice_replaces_the_estimate_and_is_in_force_at_once(manager: Database) -> None:
    say(manager, date(2027, 3, 8), DayKind.REST, "店庆")
    assert manager.write(partial(enter_year, year=2027, sheet=NOTICE, now=NOW)) == 4
    plan = year(manager)
    assert [(row.on, row.kind, row.name) for row in plan.days] == [
        (new.on, new.kind, new.name) for new in NOTICE.days
    ]
    assert (plan.is_official, plan.source, plan.entered_at) == (True, "国务院通知", NOW)
    assert add_workdays(date(2027, 2, 19), 1, table(manager)) == date(2027, 2, 20)
    assert day_kind(date(2027, 10, 1), table(manager)).is_working  # the notice says nothing of it
    assert manager.read(partial(missing_notice, today=date(2026, 12, 1))) is None


def test_an_estimate_read_back_from_a_file_stays_an_estimate(manager: Database) -> None:
    days = tuple(NewWorkingDay(row.on, row.kind, row.name) for row in year(manager).days[1:])
    sheet = HolidaySheet(days, is_official=False)
    manager.write(partial(enter_year, year=2027, sheet=sheet, now=NOW))
    assert (year(manager).is_official, len(year(manager).days)) == (False, len(days))
    assert day_kind(date(2027, 1, 1), table(manager)).is_working

    manager.write(partial(confirm_year, year=2027, now=NOW))
    assert (year(manager).is_official, len(year(manager).days)) == (True, len(days))


@pytest.mark.parametrize(
    "days",
    [
        (),
        (NewWorkingDay(date(2026, 1, 1), DayKind.REST),),
        (NOTICE.days[0], NOTICE.days[0]),
        (NewWorkingDay(date(2027, 2, 20), DayKind.WORKDAY),),
        (NewWorkingDay(date(2027, 2, 19), DayKind.MADE_UP_WORKDAY),),
    ],
)
def test_a_sheet_that_cannot_be_a_year_is_refused_whole(
    manager: Database, days: tuple[NewWorkingDay, ...]
) -> None:
    before = year(manager)
    with pytest.raises(InvalidFieldError):
        manager.write(partial(enter_year, year=2027, sheet=HolidaySheet(days), now=NOW))
    assert year(manager) == before


def test_everybody_reads_the_calendar_and_the_manager_keeps_it(
    database: Database, people: People
) -> None:
    who: Actor
    for who in (people.advisor, people.leader, people.desk, people.office):
        assert year(database.acting_as(who)).days
        with pytest.raises(NotAllowedError):
            say(database.acting_as(who), date(2027, 3, 8), DayKind.REST)
    say(database.acting_as(people.administrator), date(2027, 3, 8), DayKind.REST)
