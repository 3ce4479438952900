"""Household and relations on one page, read back from the workbook."""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.exports.family import export_family, family_sheet, register_family
from advisorcrm.models import AccessLog
from advisorcrm.services.files.relations import NewRelation, add_relation
from advisorcrm.terms import AccessKind
from tests.factories import NOW, People, make_client


def relate(database: Database, client: int, kind: str, **values: Any) -> None:
    new = NewRelation(str(uuid.uuid4()), client, kind, **values)
    database.write(partial(add_relation, new=new, now=NOW))


def test_the_page_holds_household_and_relations_of_one_client(
    database: Database, people: People, tmp_path: Path
) -> None:
    mine = database.acting_as(people.advisor)
    wang, li = (
        database.write(partial(make_one, people=people, name=name)) for name in ("王秀兰", "李建业")
    )
    relate(mine, wang, "introducer", other_name="张三", other_phone="13900000458", note="老客户")
    relate(mine, wang, "spouse", other_client_id=li, decides=True, shares_household=True)
    imprint = mine.write(partial(register_family, client_id=wang, now=NOW))
    path = tmp_path / "关系.xlsx"
    count = mine.read(partial(export_family, client_id=wang, imprint=imprint, path=path))
    assert count == 2
    sheet = openpyxl.load_workbook(path)["家庭与关系"]
    said = [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.rows]
    assert ["1", "李建业", "配偶", "同户", "替客户做决定"] in said
    assert ["2", "张三", "介绍人", "介绍人", "139****0458", "老客户"] in said
    text = " ".join(word for row in said for word in row)
    assert "客户姓名：王秀兰" in text
    assert "家庭：王秀兰家庭" in text
    back = mine.read(partial(family_sheet, client_id=li, imprint=imprint))
    [first] = [row for row in back.blocks[0].rows if row.cells[1].text]
    assert [cell.text for cell in first.cells][1:5] == [
        "王秀兰",
        "配偶",
        "同户",
        "户主、客户替其做决定",
    ]


def make_one(session: Any, _actor: Any, people: People, name: str) -> int:
    return make_client(session, people.advisor, name=name)


def test_printing_it_is_logged_and_needs_the_right(database: Database, people: People) -> None:
    wang = database.write(partial(make_one, people=people, name="王秀兰"))
    mine = database.acting_as(people.advisor)
    mine.write(partial(register_family, client_id=wang, now=NOW))
    log = mine.read(lambda s, a: s.scalars(select(AccessLog)).one())
    assert (log.kind, log.subject, log.client_id) == (AccessKind.PRINT, "家庭与关系", wang)
    with pytest.raises(NotAllowedError):
        database.acting_as(people.office).write(partial(register_family, client_id=wang, now=NOW))
