"""The stream, two versions and the branch's settings on paper and as workbooks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.exports.file_history import (
    HistoryRequest,
    export_history,
    history_sheet,
    register_history,
)
from advisorcrm.exports.settings_book import export_settings, register_settings, settings_sheets
from advisorcrm.exports.sheet import Sheet
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.contacts.timelines import StreamKind
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from tests.factories import NOW, People, make_client, make_log


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for block in sheet.blocks for row in block.rows]


@pytest.fixture
def mine(database: Database, people: People) -> Database:
    return database.acting_as(people.advisor)


@pytest.fixture
def client(mine: Database, people: People) -> int:
    """A file of two versions and one corrected conversation."""
    key: int = mine.write(
        lambda s, _a: make_client(s, people.advisor, name="王秀兰", account="600100003320")
    )
    changes = {"account": Change("****3320", "600100009999"), "hobbies": Change("", "书法")}
    edit = ClientEdit(changes, why="客户来电")
    mine.write(partial(save_client_edit, client_id=key, edit=edit, now=NOW))
    log = mine.write(lambda s, a: make_log(s, a, key, content="想留三成现金"))
    more = {"corrects_id": log, "correction_reason": "复听录音"}
    mine.write(lambda s, a: make_log(s, a, key, content="想留两成现金", **more))
    return key


def paper(door: Database, request: HistoryRequest) -> Sheet:
    imprint = door.write(partial(register_history, request=request, now=NOW))
    return door.read(partial(history_sheet, request=request, imprint=imprint))


@pytest.mark.req("R77", "R83")
def test_the_stream_prints_both_wordings_of_a_correction_and_masks_values(
    mine: Database, client: int, tmp_path: Path
) -> None:
    sheet = paper(mine, HistoryRequest(client))
    said = "\n".join(text for row in texts(sheet) for text in row)
    assert said.index("想留三成现金") < said.index("想留两成现金")
    assert "复听录音" in said
    assert "****9999" in said
    assert "600100009999" not in said
    assert "客户：王秀兰" in sheet.line
    only = paper(mine, HistoryRequest(client, kind=StreamKind.CONTACT))
    assert {row[1] for row in texts(only)} == {"沟通"}
    kinds = [row.subject for row in mine.read(partial(list_client_accesses, client_id=client))]
    assert kinds[:2] == ["沟通时间线", "沟通时间线"]
    request = HistoryRequest(client)
    imprint = mine.write(partial(register_history, request=request, now=NOW))
    path = tmp_path / "时间线.xlsx"
    write = partial(export_history, request=request, imprint=imprint, path=path)
    assert mine.read(write) == len(texts(sheet))
    assert path.exists()


@pytest.mark.req("R77")
def test_two_versions_are_printed_side_by_side(mine: Database, client: int) -> None:
    sheet = paper(mine, HistoryRequest(client, (1, 2)))
    rows = {row[0]: row[1:4] for row in texts(sheet)}
    assert rows["爱好"] == ["空", "书法", "客户来电"]
    assert rows["资金账号"][:2] == ["****3320", "****9999"]
    assert "第 1 版 → 第 2 版" in sheet.line


def test_who_may_not_see_the_file_or_export_prints_nothing(
    database: Database, people: People, mine: Database, client: int
) -> None:
    request = HistoryRequest(client, (1, 2))
    for who in (people.colleague, people.administrator):
        with pytest.raises((NotAllowedError, NotFoundError)):
            database.acting_as(who).write(partial(register_history, request=request, now=NOW))


def test_the_settings_leave_as_a_workbook_with_a_sheet_a_matter(
    database: Database, people: People, tmp_path: Path
) -> None:
    boss = database.acting_as(people.manager)
    boss.write(partial(add_own_field, new=NewOwnField("宠物", label_en="Pet")))
    imprint = boss.write(partial(register_settings, now=NOW))
    path = tmp_path / "设置.xlsx"
    count = boss.read(partial(export_settings, imprint=imprint, path=path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["合规参数", "客户分级", "完备率权重", "代码表", "自定义字段"]
    assert count == sum(sheet.max_row - 3 for sheet in book.worksheets)
    own = [cell.value for cell in book["自定义字段"][4]]
    assert own[:3] == ["宠物", "Pet", "文字"]
    parameters = {row[0].value: row[1].value for row in book["合规参数"].iter_rows(min_row=4)}
    assert parameters["导入可撤销"] == "7"
    sheets = boss.read(partial(settings_sheets, imprint=imprint))
    assert [sheet.name for sheet in sheets] == book.sheetnames
    for who in (people.advisor, people.desk, people.administrator):
        with pytest.raises(NotAllowedError):
            database.acting_as(who).write(partial(register_settings, now=NOW))
