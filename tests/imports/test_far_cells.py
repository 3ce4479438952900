"""A blank in the last column of a sheet costs neither the memory nor the clients before it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from advisorcrm.imports.far_cells import without_far_cells
from tests.imports.sheets import clients_of

COLUMNS = 4_096


def saved(path: Path, cell: str) -> Path:
    """A list of three hundred clients, and one blank where nobody looks."""
    book = Workbook()
    sheet = book.active
    sheet.append(["客户姓名", "资金账号", "手机"])
    for number in range(300):
        sheet.append([f"样{chr(0x4E00 + number)}", f"99{number:06}", f"139{number:08}"])
    sheet[cell] = " "
    book.save(path)
    return path


@pytest.mark.req("R146")
@pytest.mark.parametrize("cell", ["XFD1", "XFD301", "XFD1048576"])
def test_a_blank_in_the_last_column_costs_no_client(tmp_path: Path, cell: str) -> None:
    rows = clients_of(saved(tmp_path / "名单.xlsx", cell)).rows
    assert len(rows) == 300
    assert rows[-1].values["account"] == "99000299"
    assert not any(row.faults for row in rows)


def test_only_cells_beyond_the_last_column_go(tmp_path: Path) -> None:
    data = saved(tmp_path / "名单.xlsx", "XFD1").read_bytes()
    sheet = load_workbook(io.BytesIO(without_far_cells(data, COLUMNS))).active
    assert (sheet.max_row, sheet.max_column) == (301, 3)
    assert [cell.value for cell in sheet[2]] == ["样一", "99000000", "13900000000"]


@pytest.mark.parametrize("cell", ["C5", "ZZ1"])
def test_a_workbook_of_usual_width_is_left_as_it_is(tmp_path: Path, cell: str) -> None:
    data = saved(tmp_path / "名单.xlsx", cell).read_bytes()
    assert without_far_cells(data, COLUMNS) is data


def test_what_is_no_archive_is_left_as_it_is() -> None:
    assert without_far_cells(b"PK\x03\x04 cut", COLUMNS) == b"PK\x03\x04 cut"
