"""Formulas that were never computed and errors of a sheet are told, never taken for blanks."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from advisorcrm.imports.client_sheet import ClientSheet
from tests.imports.sheets import clients_of

HEAD = ["客户姓名", "资金账号", "手机", "职业", "备注"]
COMPUTED = "这一格是公式"


def sheet_of(folder: Path, cells: dict[str, str]) -> ClientSheet:
    book = Workbook()
    sheet = book.active
    sheet.append(["客户明细表"])
    sheet.append(HEAD)
    for number in range(1, 5):
        sheet.append([f"样{number}", f"99000{number}", f"1390000000{number}", "教师", "好"])
    for place, text in cells.items():
        sheet[place] = text
    book.save(folder / "名单.xlsx")
    return clients_of(folder / "名单.xlsx")


def told(sheet: ClientSheet) -> list[tuple[int, str, str]]:
    return [
        (fault.row, fault.column, fault.reason[:6]) for row in sheet.rows for fault in row.faults
    ]


def test_a_formula_without_a_result_fails_with_its_cell(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, {"A3": "=B3", "E5": '="a"&"b"', "A7": "=A3", "B7": "=B3"})
    assert told(sheet) == [
        (3, "客户姓名", COMPUTED), (5, "备注", COMPUTED),
        (7, "客户姓名", COMPUTED), (7, "资金账号", COMPUTED),
    ]  # fmt: skip
    assert [row.row for row in sheet.rows if not row.faults] == [4, 6]


def test_an_error_of_the_sheet_fails_and_a_look_up_without_result_is_noted(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, {"D3": "#REF!", "B4": "#N/A", "C5": "#N/A", "E6": "#DIV/0!"})
    assert [fault[:2] for fault in told(sheet)] == [(3, "职业"), (4, "资金账号"), (6, "备注")]
    (noted,) = [row for row in sheet.rows if row.notes]
    assert (noted.row, noted.values["points"], noted.notes[0].column) == (5, [], "手机")


def test_a_row_of_totals_and_a_column_left_alone_need_no_result(tmp_path: Path) -> None:
    cells = {"A7": "合计", "B7": "=COUNTA(B3:B6)", "F2": "序号", "F3": "=ROW()-2"}
    sheet = sheet_of(tmp_path, cells)
    assert told(sheet) == []
    assert len(sheet.rows) == 4
