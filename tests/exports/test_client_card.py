from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import NotFoundError
from advisorcrm.exports.client_card import (
    client_card_sheet,
    export_client_card,
    register_client_card,
)
from advisorcrm.exports.sheet import CellRole, Sheet
from advisorcrm.terms import AccessKind, Sex
from tests.factories import NOW, People, make_client, make_log


def card(database: Database, actor: Actor, client: int, **how: Any) -> Sheet:
    acting = database.acting_as(actor)
    imprint = acting.write(partial(register_client_card, client_id=client, now=NOW, **how))
    return acting.read(partial(client_card_sheet, client_id=client, imprint=imprint))


def values(sheet: Sheet) -> dict[str, str]:
    """Label and value of the card's cells."""
    found = {}
    for block in sheet.blocks:
        for row in block.rows:
            for label, value in zip(row.cells, row.cells[1:], strict=False):
                if label.role is CellRole.LABEL:
                    found[label.text] = value.text
    return found


def everything(sheet: Sheet) -> str:
    return str([[row.cells for row in block.rows] for block in sheet.blocks])


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(
        lambda s, a: make_client(
            s, people.advisor, name="欧阳文静", account="010000007715", mobile="13900000458",
            birthday=date(1962, 3, 18), lunar_month=2, lunar_day=13, occupation="医生",
            hobbies="钓鱼", personality="谨慎", commission_ppm=250, sex=Sex.FEMALE,
            education="本科", employer="省立医院", invests_since=1996, family="丈夫、一女",
        )
    )  # fmt: skip


@pytest.mark.req("R15", "R112")
def test_the_card_shows_the_whole_file(database: Database, people: People, client: int) -> None:
    found = values(card(database, people.advisor, client))

    assert found["客户姓名"] == "欧阳文静"
    assert found["出生日期"] == "1962-03-18"
    assert found["农历生日"] == "二月十三"
    assert (found["职业"], found["爱好"], found["性格"]) == ("医生", "钓鱼", "谨慎")
    assert found["性别/年龄"] == "女，64 岁"
    assert (found["学历"], found["服务单位"], found["入市年份"]) == ("本科", "省立医院", "1996")
    assert found["家庭成员"] == "丈夫、一女"
    assert found["佣金现状（‰）"] == "0.25"
    assert found["客服专员"] == "林若溪"


@pytest.mark.req("R148")
def test_the_card_masks_numbers_also_inside_what_was_said(
    database: Database, people: People, client: int
) -> None:
    database.acting_as(people.advisor).write(
        lambda s, a: make_log(s, a, client, content="新号码 13700000001，请改。")
    )
    masked = str(
        [
            [row.cells for row in block.rows]
            for block in card(database, people.advisor, client).blocks
        ]
    )
    shown = card(database, people.manager, client, unmasked=True, purpose="核对")

    for number in ("010000007715", "13900000458", "13700000001"):
        assert number not in masked
        assert number in str([[row.cells for row in block.rows] for block in shown.blocks])


def test_the_latest_conversations_stand_on_the_card(
    database: Database, people: People, client: int
) -> None:
    for number in range(7):
        database.acting_as(people.advisor).write(
            lambda s, a, number=number: make_log(s, a, client, content=f"第 {number} 次")
        )
    logs = next(
        block for block in card(database, people.advisor, client).blocks if block.side == "最近沟通"
    )

    assert [row.cells[3].text for row in logs.rows] == [f"第 {n} 次" for n in (6, 5, 4, 3, 2)]


def test_a_colleagues_client_is_not_found(database: Database, people: People, client: int) -> None:
    with pytest.raises(NotFoundError):
        card(database, people.colleague, client)


def test_cards_are_written_as_worksheets_and_numbered_as_prints(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    acting = database.acting_as(people.advisor)
    card(database, people.advisor, client, kind=AccessKind.PRINT)
    imprint = acting.write(
        partial(register_client_card, client_id=client, now=NOW, kind=AccessKind.PRINT)
    )
    path = tmp_path / "card.xlsx"
    count = acting.read(
        partial(export_client_card, client_ids=[client], imprint=imprint, path=path)
    )

    assert count == 1
    assert "第 2 次打印" in openpyxl.load_workbook(path)["客户资料卡"].oddFooter.left.text
