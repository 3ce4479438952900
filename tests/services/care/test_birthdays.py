"""Birthdays of the next days: both calendars, whose, how old, by which way (R113, R244)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.models import ContactPoint
from advisorcrm.rules.reminding import KindRule, write_rule
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.services.care.birthdays import (
    BirthdayRow,
    birthday_window,
    list_birthdays,
)
from advisorcrm.services.consents.consents import NewConsent, record_consent
from advisorcrm.services.dues.dues import list_dues
from advisorcrm.services.dues.reminders import begin_look
from advisorcrm.terms import (
    BirthdayKept,
    Channel,
    ClientStage,
    ConsentState,
    DueKind,
    PointKind,
    Purpose,
    Sex,
    Validity,
)
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.statements import statements_of

Make = Callable[..., int]


@pytest.fixture
def make(database: Database, people: People) -> Make:
    def one(name: str, **values: Any) -> int:
        owner = values.pop("owner", people.advisor)
        return database.write(lambda s, a: make_client(s, owner, name=name, **values))

    return one


def born(
    database: Database, start: date = date(2026, 11, 22), end: date = date(2026, 11, 27)
) -> list[BirthdayRow]:
    return database.read(partial(list_birthdays, start=start, end=end))


def names(rows: list[BirthdayRow]) -> list[tuple[str, str]]:
    return [(row.client_name, row.on.isoformat()) for row in rows]


@pytest.mark.req("R244")
def test_the_window_is_two_to_seven_days_ahead_and_the_branch_may_change_it(
    database: Database, people: People
) -> None:
    manager = database.acting_as(people.manager)
    ask = partial(birthday_window, today=TODAY)
    assert manager.read(ask) == (date(2026, 11, 22), date(2026, 11, 27))
    manager.write(partial(save_setting, name="birthday_to_days", value=14))
    assert manager.read(ask) == (date(2026, 11, 22), date(2026, 12, 4))


@pytest.mark.req("R244")
def test_who_chose_nothing_is_reminded_at_both_ends_of_the_branchs_window(
    database: Database, people: People, make: Make
) -> None:
    make("陈志强", birthday=date(1960, 12, 4))
    advisor, manager = database.acting_as(people.advisor), database.acting_as(people.manager)

    def told_ahead() -> list[int]:
        look = advisor.read(partial(begin_look, at=NOW))
        rows = advisor.read(partial(list_dues, at=NOW))
        assert [row.title for row in rows if row.kind is DueKind.BIRTHDAY] == (
            ["陈志强"] if look.rules[DueKind.BIRTHDAY].lead >= 14 else []
        )
        return list(look.rules[DueKind.BIRTHDAY].days)

    assert told_ahead() == [7, 2]
    for name, days in (("birthday_to_days", 14), ("birthday_from_days", 3)):
        manager.write(partial(save_setting, name=name, value=days))
    assert told_ahead() == [14, 3]
    own = (write_rule(DueKind.BIRTHDAY, KindRule((20,))),)
    advisor.write(partial(save_setting, name="reminder_rules", value=own))
    assert told_ahead() == [20]


@pytest.mark.req("R113", "R244")
def test_birthdays_come_by_the_calendar_each_client_keeps(
    database: Database, people: People, make: Make
) -> None:
    lunar = {"lunar_month": 10, "lunar_day": 15}  # 2026-11-23
    kept = {"birthday_kept": BirthdayKept.LUNAR}
    make("公历", birthday=date(1960, 11, 24))
    make("昨天", birthday=date(1960, 11, 21))
    make("无年份", birthday_month_day="11-27")
    make("农历", birthday=date(1958, 11, 25), **lunar, **kept)
    make("过公历", birthday=date(1958, 3, 1), **lunar)
    make("只有农历", **lunar)
    make("闰月", lunar_month=10, lunar_day=15, lunar_is_leap=True, **kept)
    make("不在", lunar_month=10, lunar_day=13, **kept)
    make("只有公历", birthday=date(1990, 11, 26), **kept)
    make("已流失", birthday=date(1990, 11, 26), stage=ClientStage.CHURNED)
    rows = born(database.acting_as(people.advisor))
    assert names(rows) == [
        ("农历", "2026-11-23"), ("只有农历", "2026-11-23"), ("闰月", "2026-11-23"),
        ("公历", "2026-11-24"), ("只有公历", "2026-11-26"), ("无年份", "2026-11-27"),
    ]  # fmt: skip
    found = {row.client_name: row for row in rows}
    assert (found["公历"].age, found["公历"].weekday, found["公历"].written) == (
        66,
        "周二",
        "11-24",
    )
    assert (found["农历"].age, found["农历"].calendar) == (68, BirthdayKept.LUNAR)
    assert found["农历"].written == "农历十月十五"
    assert found["无年份"].age is None
    assert found["只有公历"].calendar is BirthdayKept.SOLAR


@pytest.mark.req("R244")
def test_across_new_year_on_leap_days_and_in_short_months_nobody_is_missed(
    database: Database, people: People, make: Make
) -> None:
    mine = database.acting_as(people.advisor)
    make("除夕生", birthday=date(1970, 12, 31))
    make("新年生", birthday=date(1971, 1, 1))
    make("闰日生", birthday=date(1972, 2, 29))
    make("闰日无年", birthday_month_day="02-29")
    make("三月生", birthday=date(1973, 3, 1))
    make("腊月三十", lunar_month=12, lunar_day=30, birthday_kept=BirthdayKept.LUNAR)
    assert names(born(mine, date(2026, 12, 30), date(2027, 1, 2))) == [
        ("除夕生", "2026-12-31"), ("新年生", "2027-01-01"),
    ]  # fmt: skip
    assert names(born(mine, date(2027, 2, 26), date(2027, 2, 28))) == [
        ("闰日生", "2027-02-28"), ("闰日无年", "2027-02-28"),
    ]  # fmt: skip
    assert names(born(mine, date(2028, 2, 29), date(2028, 3, 1))) == [
        ("闰日生", "2028-02-29"), ("闰日无年", "2028-02-29"), ("三月生", "2028-03-01"),
    ]  # fmt: skip
    assert names(born(mine, date(2028, 2, 28), date(2028, 2, 28))) == []
    # The twelfth month of 2026 has 29 days: New Year's Eve is 2027-02-05.
    assert ("腊月三十", "2027-02-05") in names(born(mine, date(2027, 2, 1), date(2027, 2, 6)))


@pytest.mark.req("R74", "R117", "R244")
def test_the_permitted_way_is_said_and_who_wants_quiet_is_skipped(
    database: Database, people: People, make: Make
) -> None:
    mine = database.acting_as(people.advisor)
    day = {"birthday": date(1960, 11, 24)}
    points = [(PointKind.MOBILE, "13900001111"), (PointKind.WECHAT, "wx-1111")]
    agreed = make("同意短信", points=points, **day)
    make("未询问", points=points, **day)
    make("免打扰", points=points, service_need="do_not_disturb", **day)
    make("无号码", mobile="", **day)
    said = NewConsent(
        str(uuid.uuid4()), agreed, Channel.SMS, Purpose.CARE, ConsentState.GIVEN, NOW, "柜台"
    )
    mine.write(partial(record_consent, new=said, now=NOW))
    rows = {row.client_name: row for row in born(mine)}
    assert rows["同意短信"].way == "短信、微信、电话"

    def find_wrong(session: Session, _actor: Actor) -> None:
        wechat = select(ContactPoint).where(
            ContactPoint.client_id == agreed, ContactPoint.kind == PointKind.WECHAT
        )
        session.scalars(wechat).one().validity = Validity.INVALID

    mine.write(find_wrong)
    assert {row.client_name: row.way for row in born(mine)}["同意短信"] == "短信、电话"
    back = replace(said, uuid=str(uuid.uuid4()), state=ConsentState.WITHDRAWN,
                   answered_at=NOW + timedelta(hours=1))  # fmt: skip
    mine.write(partial(record_consent, new=back, now=NOW + timedelta(hours=1)))
    assert {row.client_name: row.way for row in born(mine)}["同意短信"] == "电话"
    assert rows["未询问"].way == "微信、电话"
    assert (rows["免打扰"].way, rows["免打扰"].ways.ways) == ("免打扰，跳过", ())
    assert rows["无号码"].way == "没有可用的方式"
    assert "手机" in rows["无号码"].ways.reason


def test_each_role_sees_the_birthdays_it_may(
    database: Database, people: People, make: Make
) -> None:
    make("甲", birthday=date(1960, 11, 24), sex=Sex.MALE)
    make("乙", birthday=date(1960, 11, 24), owner=people.colleague)
    assert [row.client_name for row in born(database.acting_as(people.advisor))] == ["甲"]
    for who in (people.manager, people.leader, people.desk):
        assert [row.client_name for row in born(database.acting_as(who))] == ["甲", "乙"]
    of_one = partial(list_birthdays, start=TODAY, end=date(2026, 11, 27))
    for who, expected in ((people.manager, ["乙"]), (people.advisor, ["甲"])):
        asked = partial(of_one, advisor_id=people.colleague.user_id)
        assert [row.client_name for row in database.acting_as(who).read(asked)] == expected
    assert [row.client_name for row in born(database.acting_as(people.office))] == ["甲*", "乙*"]
    with pytest.raises(InvalidFieldError):
        born(database.acting_as(people.manager), date(2026, 11, 27), date(2026, 11, 22))


def test_the_look_up_is_one_statement_that_reads_no_whole_table(
    database: Database, people: People, make: Make
) -> None:
    make("甲", birthday=date(1960, 11, 24))
    engine = database.reading_engine
    ask = partial(list_birthdays, start=date(2026, 12, 28), end=date(2027, 1, 3))
    for who in (people.manager, people.advisor):  # an advisor's thousands are no whole table, too
        with statements_of(engine) as asked:
            database.acting_as(who).read(ask)
        [statement] = [one for one in asked if "birthday_month_day" in one]
        if database.engine_name == "sqlite":
            with engine.connect() as connection:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
            steps = [row[3] for row in plan if "client" in row[3] and "COVERING" not in row[3]]
            assert len(steps) == 4  # two calendar years, month and day, lunar
            found = ("birthday_", "birthday_", "birthday_month_day_", "lunar_month_lunar_day_")
            for step, index in zip(steps, found, strict=True):
                assert f"USING INDEX ix_client_{index}" in step
