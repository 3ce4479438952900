"""The log of a shift as document: its name, its second copy, its words read back."""

from __future__ import annotations

import re
import zipfile
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, UserError
from advisorcrm.exports.shift_log import (
    export_shift_log,
    file_stem,
    register_shift_log,
    shift_log_sheet,
)
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.services.days.shift_logs import (
    close_shift,
    open_shift,
    start_shift,
    write_shift_log,
)
from advisorcrm.services.days.shift_memos import NewMemo, add_memo
from tests.factories import NOW, People

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def mine(file_database: Database, file_people: People) -> Database:
    return file_database.acting_as(file_people.advisor)


@pytest.fixture
def shift(mine: Database) -> int:
    def work(session: Any, actor: Any) -> int:
        key = start_shift(session, actor, "morning", now=NOW)
        write_shift_log(session, actor, key, "接听电话 12 个，13900000458\n<全部> & 已答复")
        memo = NewMemo(key, NOW, "赵先生", "=无法登录", "system_problem", "技术部", is_urgent=True)
        add_memo(session, actor, memo, now=NOW)
        close_shift(session, actor, key, now=NOW)
        return key

    return mine.write(work)


def export(database: Database, shift: int, path: Path) -> int:
    imprint = database.write(partial(register_shift_log, shift_id=shift, now=NOW))
    return database.read(partial(export_shift_log, shift_id=shift, imprint=imprint, path=path))


def tables_of(path: Path) -> list[list[list[str]]]:
    """The tables of a document: rows of cells, lines of a cell joined."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            ET.fromstring(package.read(name))
        body = ET.fromstring(package.read("word/document.xml"))
    return [
        [
            [
                "\n".join("".join(p.itertext()) for p in cell.iter(f"{W}p"))
                for cell in row.iter(f"{W}tc")
            ]
            for row in table.iter(f"{W}tr")
        ]
        for table in body.iter(f"{W}tbl")
    ]


@pytest.mark.req("R232", "R236")
def test_the_log_leaves_as_a_document_named_by_day_shift_and_person(
    mine: Database, shift: int, tmp_path: Path
) -> None:
    row = mine.read(partial(open_shift, shift_id=shift)).row
    stem = file_stem(row, mine.read(load_code_book))
    assert stem == "2026-11-20早班林若溪"
    path = tmp_path / f"{stem}.docx"
    assert export(mine, shift, path) == 1
    head, memos, signs = tables_of(path)
    assert head[0] == ["接班时间", "2026-11-20 14:20", "交班时间", "2026-11-20 14:20"]
    [label, said] = head[1]
    assert (label, said.splitlines()[1]) == ("值班日志", "<全部> & 已答复")
    assert said.startswith("接听电话 12 个，139")
    assert "13900000458" not in said
    assert memos[0][1:5] == ["日期", "事发时间", "当事人姓名", "备忘录：问题详细描述"]
    assert memos[1] == [
        "1", "2026-11-20", "14:20", "赵先生", "【紧急】=无法登录", "系统问题", "技术部", "待接收",
    ]  # fmt: skip
    assert signs[0][0].startswith("交班人签字")
    with zipfile.ZipFile(path) as package:
        text = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
        foot = package.read("word/footer1.xml").decode()
    assert "值班日志" in text
    assert stem in text
    assert "林若溪（LSL0042）" in foot
    assert "NUMPAGES" in foot


def test_every_row_of_the_document_fills_the_paper(
    mine: Database, shift: int, tmp_path: Path
) -> None:
    path = tmp_path / "log.docx"
    export(mine, shift, path)
    with zipfile.ZipFile(path) as package:
        body = ET.fromstring(package.read("word/document.xml"))
    for table in body.iter(f"{W}tbl"):
        columns = len(list(table.iter(f"{W}gridCol")))
        wide = sum(int(one.get(f"{W}w", "0")) for one in table.iter(f"{W}gridCol"))
        assert wide == pytest.approx(190 * 1440 / 25.4, abs=8)
        for row in table.iter(f"{W}tr"):
            assert sum(int(one.get(f"{W}val", "0")) for one in row.iter(f"{W}gridSpan")) == columns


@pytest.mark.req("R233")
def test_a_second_copy_goes_into_the_chosen_folder(
    mine: Database, shift: int, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    mine.write(partial(save_setting, name="shift_copy_folder", value=str(second)))
    path = first / "2026-11-20早班林若溪.docx"
    assert export(mine, shift, path) == 2
    assert (second / path.name).read_bytes() == path.read_bytes()
    assert export(mine, shift, second / path.name) == 1
    mine.write(partial(save_setting, name="shift_copy_folder", value=str(tmp_path / "gone")))
    with pytest.raises(UserError, match="找不到文件夹"):
        export(mine, shift, path)


def test_the_log_leaves_as_a_workbook_too_and_only_for_those_who_may(
    mine: Database, file_people: People, shift: int, tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    export(mine, shift, path)
    values = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert "赵先生" in values
    imprint = mine.write(partial(register_shift_log, shift_id=shift, now=NOW))
    sheet = mine.read(partial(shift_log_sheet, shift_id=shift, imprint=imprint))
    assert sheet.corner_right == "2026-11-20早班林若溪"
    office = mine.acting_as(file_people.office)
    with pytest.raises(NotAllowedError):
        office.write(partial(register_shift_log, shift_id=shift, now=NOW))
