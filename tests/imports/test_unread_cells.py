"""Formulas that were never computed and errors of a sheet are told, never taken for blanks."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from advisorcrm.imports.client_sheet import ClientSheet
from advisorcrm.imports.raw_table import UNCOMPUTED
from advisorcrm.imports.unread_cells import _Part, unread_cells
from tests.imports.sheets import clients_of
from tests.imports.test_old_workbooks import as_ole, record

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


EMPTY, ZERO, TEXT = bytes.fromhex("030000000000FFFF"), bytes(8), bytes.fromhex("000000000000FFFF")


def old_sheet(folder: Path, *cells: bytes) -> ClientSheet:
    """A workbook of 1997 with two clients and these further cells; style 1 shows ten places."""
    name, code = ("表".encode("utf-16-le"), b"0000000000")
    head = (
        record(0x809, struct.pack("<4HII", 0x600, 5, 0, 0, 0, 0))
        + record(0x42, struct.pack("<H", 1200))
        + record(0x41E, struct.pack("<HHB", 170, len(code), 0) + code)
        + b"".join(record(0xE0, struct.pack("<HH16x", 0, form)) for form in (0, 170))
    )
    start = len(head) + len(record(0x85, bytes(8) + name)) + len(record(0x0A, b""))
    sheet = record(0x809, struct.pack("<4HII", 0x600, 0x10, 0, 0, 0, 0))
    lines = (HEAD, ["样1", "990001", "13900000001", "教师", ""], ["样2", "990002", "", "", ""])
    for row, texts in enumerate(lines):
        for column, cell in enumerate(texts):
            text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
            if cell:
                sheet += record(0x204, struct.pack("<3H", row, column, 0) + text)
    about = record(0x85, struct.pack("<IHBB", start, 0, 1, 1) + name)
    stream = head + about + record(0x0A, b"") + sheet + b"".join(cells) + record(0x0A, b"")
    (folder / "名单.xls").write_bytes(as_ole(stream, "Workbook"))
    return clients_of(folder / "名单.xls")


def formula(row: int, column: int, result: bytes, flags: int) -> bytes:
    """A formula as an old workbook holds it."""
    place = struct.pack("<3H", row, column, 0)
    found = record(0x06, place + result + struct.pack("<HIH", flags, 0, 1) + b"\x17")
    text = record(0x207, struct.pack("<HB", 1, 1) + "好".encode("utf-16-le"))
    return found + text if result == TEXT else found


def test_an_account_that_an_old_workbook_shows_with_zeros_keeps_them(tmp_path: Path) -> None:
    sheet = old_sheet(
        tmp_path,
        record(0x204, struct.pack("<3HHB", 3, 0, 0, 1, 1) + "甲".encode("utf-16-le")),
        record(0x203, struct.pack("<3Hd", 3, 1, 1, 123.0)),
        record(0x204, struct.pack("<3HHB", 4, 0, 0, 1, 1) + "乙".encode("utf-16-le")),
        record(0xBD, struct.pack("<2H", 4, 1) + struct.pack("<HI", 1, 124 << 2 | 2) * 2 + b"\2\0"),
    )
    assert [row.values["account"] for row in sheet.rows][2:] == ["0000000123", "0000000124"]


@pytest.mark.parametrize(
    ("formulas", "faults"),
    [
        (((1, 4, EMPTY, 0), (2, 3, EMPTY, 0)), [(2, "备注", COMPUTED), (3, "职业", COMPUTED)]),
        (((1, 4, TEXT, 0), (2, 3, ZERO, 2)), [(3, "职业", COMPUTED)]),
        (((1, 4, TEXT, 0), (2, 3, EMPTY, 0)), []),
    ],
)
def test_a_formula_without_a_result_is_told_in_an_old_workbook_too(
    tmp_path: Path,
    formulas: tuple[tuple[int, int, bytes, int], ...],
    faults: list[tuple[int, str, str]],
) -> None:
    assert told(old_sheet(tmp_path, *(formula(*one) for one in formulas))) == faults


def open_document(folder: Path, *rows: str) -> Path:
    """An open document with these rows, each of cells."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    path = folder / "名单.ods"
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="表">{lines}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def cell(text: str, about: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {about}><text:p>{text}</text:p></table:table-cell>"


def test_a_formula_without_a_result_is_told_in_an_open_workbook_too(tmp_path: Path) -> None:
    computed = 'table:formula="of:=[.A1]" office:value-type="string"'
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    formula = '<table:table-cell table:formula="of:=[.A2]"/>'
    path = open_document(
        tmp_path,
        "".join(map(cell, HEAD)),
        cell("样1") + cell("990001") + blank + formula,
        cell("样2") + cell("990002") + cell("", computed) + cell("教师", computed),
    )
    assert told(clients_of(path)) == [(2, "备注", COMPUTED)]


def test_an_open_workbook_keeps_zeros_and_what_is_merged_over_clients(tmp_path: Path) -> None:
    merged = 'office:value-type="string" table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    number = 'office:value-type="float" office:value="{0}"'
    path = open_document(
        tmp_path,
        cell("客服专员") + cell("客户姓名") + cell("资金账号") + cell("手机"),
        cell("林若溪", merged) + cell("样甲") + cell("00123", number.format(123)) + cell(""),
        covered + cell("样乙") + cell("990002", number.format(990002)) + cell("13900000002"),
    )
    found = [(row.values["advisor"], row.values["account"]) for row in clients_of(path).rows]
    assert found == [("林若溪", "00123"), ("林若溪", "990002")]


def binary(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def test_a_binary_workbook_keeps_zeros(tmp_path: Path) -> None:
    lines = [["客户姓名", "资金账号", "手机"], ["样甲", 123, "13900000001"], ["样乙", 99.0, ""]]
    sheet = binary(129) + binary(148, struct.pack("<4I", 0, 2, 0, 2)) + binary(145)
    for row, cells in enumerate(lines):
        sheet += binary(0, struct.pack("<I13x", row))
        for column, value in enumerate(cells):
            if isinstance(value, str):
                sheet += binary(6, struct.pack("<II", column, 0) + wide(value))
            elif isinstance(value, int):
                sheet += binary(2, struct.pack("<III", column, 1, value << 2 | 2))
            else:
                sheet += binary(5, struct.pack("<IId", column, 1, value))
    form = struct.pack("<H", 170) + wide("00000")
    looks = (0, 170)
    styles = binary(278) + binary(615, struct.pack("<I", 1)) + binary(44, form) + binary(616)
    styles += binary(617, struct.pack("<I", 2))
    styles += b"".join(binary(47, struct.pack("<HH12x", 0, one)) for one in looks) + binary(618)
    about = struct.pack("<II", 0, 1) + wide("r1") + wide("表")
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    path = tmp_path / "名单.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", binary(131) + binary(143) + binary(156, about)
                         + binary(144) + binary(132))  # fmt: skip
        archive.writestr("xl/_rels/workbook.bin.rels", relation)
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/worksheets/sheet1.bin", sheet + binary(146) + binary(130))
    assert [row.values["account"] for row in clients_of(path).rows] == ["00123", "00099"]


def test_a_million_rows_that_are_only_formatted_cost_their_reading_once() -> None:
    row = '<row r="9" s="1" customFormat="1"/><row r="9"><c r="A9" s="1"/></row>'
    parts = {
        "xl/workbook.xml": "<workbook xmlns:r='r'><sheets><sheet name='表' r:id='a'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<rels><rel Id='a' Target='s.xml'/></rels>",
        "xl/s.xml": f"<worksheet><sheetData>{row * 200_000}"
        "<row r='9'><c r=\"B9\"><f>A1</f></c></row></sheetData></worksheet>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    with zipfile.ZipFile(content) as archive:
        blocks = [len(block) for block in _Part(archive, "xl/s.xml").blocks()]
        assert max(blocks) < 2 << 20
        assert unread_cells(archive) == {"表": {8: {1: UNCOMPUTED}}}
