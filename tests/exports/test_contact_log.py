from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.exports.contact_log import (
    LogRequest,
    contact_log_sheet,
    export_contact_log,
    register_contact_log,
)
from advisorcrm.exports.sheet import Sheet
from advisorcrm.terms import Reaction
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log


def sheet_of(database: Database, actor: Actor, request: LogRequest) -> Sheet:
    acting = database.acting_as(actor)
    imprint = acting.write(partial(register_contact_log, request=request, now=NOW))
    return acting.read(partial(contact_log_sheet, request=request, imprint=imprint))


def table(sheet: Sheet) -> list[dict[str, str]]:
    block = sheet.blocks[0]
    labels = [cell.text for cell in block.heading[0].cells]
    return [dict(zip(labels, (cell.text for cell in row.cells), strict=True)) for row in block.rows]


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(
        lambda s, a: make_client(
            s, people.advisor, name="欧阳文静", account="010000007715", tier="gold"
        )
    )


def talk(database: Database, actor: Actor, client: int, **values: Any) -> int:
    return database.acting_as(actor).write(lambda s, a: make_log(s, a, client, **values))


@pytest.mark.req("R81")
def test_the_history_of_a_client_has_the_four_prescribed_fields(
    database: Database, people: People, client: int
) -> None:
    talk(
        database, people.advisor, client, content="问远航电气能否补仓。", minutes=4,
        reaction=Reaction.AGREES, next_on=date(2026, 11, 23), next_at=time(14, 30),
        next_way="meeting", next_note="带三季报",
    )  # fmt: skip
    sheet = sheet_of(database, people.advisor, LogRequest(client_id=client))
    row = table(sheet)[0]

    assert row["沟通时间"] == "2026-11-20 14:10"
    assert row["沟通方式"] == "电话\n4 分"
    assert row["沟通主题"] == "盘面看法"
    assert row["沟通内容（具体情况）"] == "问远航电气能否补仓。"
    assert row["客户反映/接受情况"] == "认可"
    assert row["下次沟通安排"] == "2026-11-23 14:30 面谈\n带三季报"
    assert row["记录人"] == "林若溪"
    assert sheet.line[2:] == (
        "客户姓名：欧阳文静", "资金账号：****7715", "客户类型：金卡", "期间：全部"
    )  # fmt: skip


@pytest.mark.req("R82")
def test_the_day_sheet_is_the_memo_of_an_advisors_day(
    database: Database, people: People, client: int
) -> None:
    other = database.write(lambda s, a: make_client(s, people.advisor, name="陈国梁"))
    talk(database, people.advisor, client, contacted_at=NOW - timedelta(minutes=5))
    talk(database, people.advisor, client, contacted_at=NOW - timedelta(minutes=50))
    talk(database, people.advisor, other, contacted_at=NOW - timedelta(minutes=90))
    talk(database, people.advisor, other, contacted_at=NOW - timedelta(days=1))
    theirs = database.write(lambda s, a: make_client(s, people.colleague))
    talk(database, people.colleague, theirs)
    request = LogRequest(author_id=people.advisor.user_id, from_on=TODAY, to_on=TODAY)
    sheet = sheet_of(database, people.manager, request)

    assert sheet.title == "示例证券客户沟通记录（日报）"
    assert sheet.line == ("营业部：历山路证券营业部", "客服专员：林若溪", "日期：2026-11-20")
    assert [(row["时间"], row["客户"]) for row in table(sheet)[:4]] == [
        ("12:50", "陈国梁"), ("13:30", "欧阳文静"), ("14:15", "欧阳文静"), ("", "")
    ]  # fmt: skip
    assert len(table(sheet)) == 8
    assert sheet.blocks[-1].rows[0].cells[0].text == "共 3 次，2 位不同客户（规定不少于 3 位）"

    before = TODAY - timedelta(days=1)
    request = LogRequest(author_id=people.advisor.user_id, from_on=before, to_on=before)
    rows = table(sheet_of(database, people.manager, request))
    assert [(row["时间"], row["客户"]) for row in rows[:2]] == [("14:20", "陈国梁"), ("", "")]


@pytest.mark.req("R81", "R83")
def test_the_record_of_several_days_and_people_says_when_and_who(
    database: Database, people: People, client: int
) -> None:
    theirs = database.write(lambda s, a: make_client(s, people.colleague, name="许志刚"))
    talk(database, people.advisor, client, contacted_at=NOW - timedelta(days=2))
    talk(database, people.colleague, theirs, way="wechat", content="谈到远航电气。")
    request = LogRequest(from_on=TODAY - timedelta(days=4), to_on=TODAY)
    sheet = sheet_of(database, people.manager, request)
    listed = [(row["沟通时间"], row["客户姓名"], row["记录人"]) for row in table(sheet)[:3]]

    assert list(table(sheet)[0]) == [
        "序号", "沟通时间", "客户姓名", "沟通方式", "沟通主题", "沟通内容（具体情况）",
        "客户反映/接受情况", "下次沟通安排", "记录人",
    ]  # fmt: skip
    assert [row[1:] for row in listed] == [("欧阳文静", "林若溪"), ("许志刚", "周岚"), ("", "")]
    assert [row[0][:10] for row in listed] == ["2026-11-18", "2026-11-20", ""]
    assert sheet.title == "示例证券客户沟通记录表"
    assert sheet.line[1:] == ("客服专员：全部", "期间：2026-11-16 至 2026-11-20")
    assert sheet.blocks[-1].rows[0].cells[0].text == "共 2 次，2 位不同客户"

    narrow = LogRequest(from_on=TODAY, to_on=TODAY, ways=("wechat",), text="远航")
    sheet = sheet_of(database, people.manager, narrow)
    assert [row["客户姓名"] for row in table(sheet)[:2]] == ["许志刚", ""]
    assert sheet.line[2] == "期间：2026-11-20，微信，含“远航”"


@pytest.mark.req("R81")
def test_advice_its_basis_and_corrections_stand_under_the_original(
    database: Database, people: People, client: int
) -> None:
    first = talk(
        database, people.advisor, client, content="建议减仓。", is_advice=True, basis="周报 11-19"
    )
    talk(
        database, people.advisor, client, content="建议减仓一半。", corrects_id=first,
        correction_reason="漏写数量",
    )  # fmt: skip
    sheet = sheet_of(database, people.advisor, LogRequest(client_id=client))

    assert table(sheet)[0]["沟通内容（具体情况）"].split("\n") == [
        "建议减仓。",
        "投资建议，依据：周报 11-19",
        "更正 1（林若溪 2026-11-20 14:20，漏写数量）：建议减仓一半。",
    ]
    assert table(sheet)[1]["沟通时间"] == ""


@pytest.mark.req("R148")
def test_numbers_inside_the_texts_are_masked(
    database: Database, people: People, client: int
) -> None:
    talk(database, people.advisor, client, content="新号 13700000001", next_note="打 13700000001")
    masked = table(sheet_of(database, people.advisor, LogRequest(client_id=client)))[0]
    full = LogRequest(client_id=client, unmasked=True, purpose="核对")
    shown = table(sheet_of(database, people.manager, full))[0]

    assert "13700000001" not in str(masked)
    assert (shown["沟通内容（具体情况）"], shown["下次沟通安排"]) == (
        "新号 13700000001",
        "打 13700000001",
    )


def test_a_long_history_is_complete_and_in_order(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    for number in range(520):
        talk(
            database, people.advisor, client, content=f"{number}",
            contacted_at=NOW - timedelta(minutes=number),
        )  # fmt: skip
    acting = database.acting_as(people.advisor)
    request = LogRequest(client_id=client)
    imprint = acting.write(partial(register_contact_log, request=request, now=NOW))
    path = tmp_path / "log.xlsx"
    count = acting.read(partial(export_contact_log, request=request, imprint=imprint, path=path))
    sheet = openpyxl.load_workbook(path).active

    assert count == 520
    assert [sheet.cell(5 + n, 5).value for n in range(520)] == [f"{n}" for n in range(519, -1, -1)]
