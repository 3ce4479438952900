"""现场客户档案 read back from the workbook (R105)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.exports.on_site_list import export_on_site_list, register_on_site_list
from advisorcrm.models import Seat
from advisorcrm.services.seats.client_rooms import NewRoom, add_room
from advisorcrm.services.seats.seat_uses import NewSeatUse, assign_seat, set_conditions
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


def make(session: Any, _actor: Any, people: People, **values: Any) -> int:
    return make_client(session, people.advisor, **values)


@pytest.mark.req("R105")
def test_the_list_has_the_columns_of_the_client_list_and_the_seat_beside_them(
    database: Database, people: People, tmp_path: Path
) -> None:
    mine = database.acting_as(people.advisor)
    wang = database.write(
        partial(
            make, people=people, name="王秀兰", tier="gold", hobbies="书法", mobile="13700002290"
        )
    )
    database.write(partial(make, people=people, name="场外"))
    manager = database.acting_as(people.manager)
    manager.write(partial(add_room, new=NewRoom("大户室", 1, 1)))
    [seat] = database.read(lambda s, a: list(s.scalars(select(Seat.id))))
    new = NewSeatUse(wang, seat, "P-088", TODAY, "常客")
    use = mine.write(partial(assign_seat, new=new, today=TODAY))
    mine.write(partial(set_conditions, use_id=use, meets=False, today=TODAY))
    imprint = mine.write(partial(register_on_site_list, now=NOW))
    path = tmp_path / "现场.xlsx"
    assert mine.read(partial(export_on_site_list, imprint=imprint, path=path)) == 1
    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(path)["现场客户档案"].rows
    ]
    [at] = [place for place, row in enumerate(rows) if "客户姓名" in row]
    heading = rows[at]
    record = dict(zip(heading, rows[at + 1], strict=True))
    assert heading[4:12] == [
        "客户类型", "客户室", "机位号", "入室凭证", "进入日期", "条件是否符合",
        "过渡期截止（两个月）", "跟踪",
    ]  # fmt: skip
    assert (record["客户姓名"], record["客户类型"], record["爱好"]) == ("王秀兰", "金卡", "书法")
    assert (record["客户室"], record["机位号"], record["入室凭证"]) == ("大户室", "A1", "P-088")
    assert (record["条件是否符合"], record["跟踪"]) == ("不符合", "常客")
    assert str(record["过渡期截止（两个月）"])[:10] == "2027-01-20"
    assert record["联系电话"] == "137****2290"


def test_exporting_it_needs_the_right(database: Database, people: People) -> None:
    with pytest.raises(NotAllowedError):
        database.acting_as(people.office).write(partial(register_on_site_list, now=NOW))
