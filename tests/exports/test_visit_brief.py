"""The brief before a visit: one page of the client, what was said, what is open, what to ask."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.exports.calendar_days import calendar_days
from advisorcrm.exports.visit_brief import (
    export_visit_brief,
    register_visit_brief,
)
from advisorcrm.services.calendar.appointments import NewAppointment, add_appointment
from advisorcrm.services.clients.counter_notices import note_for_counter
from advisorcrm.services.files.relations import NewRelation, add_relation
from tests.conftest import rows
from tests.factories import NOW, People, make_client, make_log

MONDAY = date(2026, 11, 23)


def fill(session: Any, _actor: Any, people: People) -> int:
    me = people.advisor
    key = make_client(
        session, me, name="欧阳文静", alias="欧阳阿姨", birthday=date(1962, 12, 18),
        occupation="退休教师", hobbies="太极拳、养花", personality="谨慎", family="老伴、女儿在青岛",
        employer="历下区实验小学", education="本科", invests_since=2007, tier="platinum",
        investment_preference="国债、大盘蓝筹", convenient_time="15:00以后",
        risk_level="C2", risk_expires_on=date(2026, 11, 2), id_expires_on=date(2027, 1, 5),
        mobile="13900000458", account="600100017715",
    )  # fmt: skip
    for days in (40, 30, 20, 10):
        make_log(session, me, key, contacted_at=NOW - timedelta(days=days),
                 content=f"{days} 天前，电话 13900000458。" + "谈盘面。" * 60,
                 next_note="续做风险测评" if days == 10 else "")  # fmt: skip
    relation = NewRelation(str(uuid.uuid4()), key, "child", other_name="欧阳晓", note="在青岛")
    add_relation(session, me, relation, now=NOW)
    note_for_counter(session, me, key, "更新手机", now=NOW)
    at = datetime.combine(MONDAY, time(14, 30), BRANCH_TIME)
    new = NewAppointment(str(uuid.uuid4()), at, 60, "meeting", key, place="2 室", title="续做测评")
    add_appointment(session, me, new, now=NOW)
    return key


@pytest.mark.req("R112", "R118", "R119")
def test_the_page_holds_what_to_be_ready_with_and_what_to_ask(
    database: Database, people: People, tmp_path: Path
) -> None:
    key = database.write(partial(fill, people=people))
    mine = database.acting_as(people.advisor)
    imprint = mine.write(partial(register_visit_brief, client_id=key, now=NOW))
    path = tmp_path / "访前准备.xlsx"
    mine.read(partial(export_visit_brief, client_id=key, imprint=imprint, path=path))
    sheet = openpyxl.load_workbook(path)["访前准备"]
    cells = [str(cell.value) for row in sheet.rows for cell in row if cell.value is not None]
    text = "\n".join(cells)
    for said in (
        "欧阳阿姨", "63 岁", "12-18", "退休教师", "太极拳、养花", "谨慎", "老伴、女儿在青岛",
        "历下区实验小学", "2007 年", "国债、大盘蓝筹", "15:00以后", "2026-11-02（已过期）",
        "2027-01-05（还有 46 天）", "欧阳晓", "更新手机", "预约：11-23 14:30 面谈 2 室 续做测评",
        "日常生活", "盘面看法", "投资理念", "客户意见",
    ):  # fmt: skip
        assert said in text, said
    assert "爱好：太极拳、养花；家人：老伴、女儿在青岛；生日：12-18" in cells
    assert sum("谈盘面" in cell for cell in cells) == 3
    assert all(len(cell) < 120 for cell in cells if "谈盘面" in cell)
    assert "13900000458" not in text
    assert "600100017715" not in text
    [logged] = rows(database, "SELECT subject, client_id FROM access_log WHERE kind = 'print'")
    assert tuple(logged) == ("访前准备", key)


@pytest.mark.req("R118")
def test_nobody_prints_the_brief_of_somebody_elses_client(
    database: Database, people: People
) -> None:
    key = database.write(partial(fill, people=people))
    with pytest.raises(NotFoundError):
        database.acting_as(people.colleague).write(
            partial(register_visit_brief, client_id=key, now=NOW)
        )
    for who in (people.office, people.desk):
        with pytest.raises(NotAllowedError):
            database.acting_as(who).write(partial(register_visit_brief, client_id=key, now=NOW))


def test_the_days_of_a_calendar_are_a_list_on_paper(database: Database, people: People) -> None:
    database.write(partial(fill, people=people))
    listed = calendar_days(people.advisor.user_id, MONDAY, 7)
    [row] = database.acting_as(people.advisor).read(lambda s, a: listed.read(s, a, NOW.date()))
    assert (row.on, row.clock, row.client_name) == (MONDAY, "14:30–15:30", "欧阳文静")
    assert (row.place, row.title, row.state) == ("2 室", "续做测评", "")
