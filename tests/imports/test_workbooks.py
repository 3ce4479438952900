"""Workbooks of other programs than Excel, and what calamine leaves to us."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.raw_table import ReadingLimits, Span
from advisorcrm.imports.reading import read_tables
from advisorcrm.imports.sheet_looks import looks_of
from advisorcrm.imports.spreadsheet_ml import read_spreadsheet_ml
from tests.imports.sheets import REAL, clients_of, only, workbook

CONTENT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="名单"><table:table-row>
<table:table-cell office:value-type="string"><text:p>客户姓名</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-11-20"><text:p>x</text:p>
</table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def test_an_open_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", CONTENT.replace("\n", ""))
    (table,) = read_tables(path)
    assert table.rows[0][0] == "客户姓名"
    assert str(table.rows[0][1]).startswith("2026-11-20")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("excel/date_1904.xlsx", "名单.xls"),
        ("excel/date_1904.xls", "名单.xlsx"),
        ("excel/date_1904.xls", "名单.csv"),
        ("excel/date_1904.xlsx", "名单"),
    ],
)
def test_a_workbook_under_a_false_ending_is_read(source: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((REAL / source).read_bytes())
    (table,) = read_tables(path)
    assert table.rows[0][0] == date(2021, 1, 1)


def test_bare_numbers_are_days_from_1904_where_the_workbook_counts_so(tmp_path: Path) -> None:
    head = ["客户姓名", "资金账号", "开户日期", "生日", "风险测评日期"]
    row = ["样甲", "990001", 42_000, "30000", 20_250_102]
    path = workbook(tmp_path / "名单.xlsx", [head, row])
    assert only(clients_of(path))["opened_on"] == date(2014, 12, 27)
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    values = only(clients_of(path))
    assert (values["opened_on"], values["birthday"]) == (date(2018, 12, 28), date(1986, 2, 19))
    assert values["risk_tested_on"] == date(2025, 1, 2)
    for name in ("date_1904.xls", "date_1904.xlsx"):
        with (REAL / "excel" / name).open("rb") as file:
            assert looks_of(file).is_from_1904
    assert [table.is_from_1904 for table in read_tables(REAL / "excel/date_1904.xls")] == [True]
    xml = (
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><ExcelWorkbook '
        'xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>'
        "<Worksheet/></Workbook>"
    )
    (table,) = read_spreadsheet_ml(xml.encode(), ReadingLimits())
    assert table.is_from_1904
    open_document = io.BytesIO()
    told = "<table:calculation-settings><table:null-date table:date-value='1904-01-01'/></table:"
    with zipfile.ZipFile(open_document, "w") as archive:
        archive.writestr("content.xml", CONTENT.replace("<table:table ", f"{told}x><table:table "))
    assert looks_of(open_document).is_from_1904


def test_a_password_is_told_under_a_false_ending_too(tmp_path: Path) -> None:
    for source, name in (("password_rc4.xls", "a.xlsx"), ("pass_protected.xlsx", "a.xls")):
        path = tmp_path / name
        path.write_bytes((REAL / "bad" / source).read_bytes())
        with pytest.raises(ImportRejectedError, match="文件有密码"):
            read_tables(path)


def test_a_zip_of_something_else_is_told_by_its_kind(tmp_path: Path) -> None:
    for part, words in (("word/document.xml", "Word"), ("名单.xlsx", "解压"), ("a.txt", "压缩包")):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "<x/>")
        with pytest.raises(ImportRejectedError, match=words):
            read_tables(path)


def test_merged_ranges_are_told_from_the_corner_of_the_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["B3"], sheet["B4"], sheet["D5"] = "标题", "甲", "乙"
    sheet.merge_cells("B3:D3")
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.merged == (Span(0, 0, 0, 2),)
    assert table.row_number(0) == 3


def test_a_duration_is_text_and_a_hidden_sheet_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([timedelta(hours=30), date(2026, 11, 20)])
    hidden = book.create_sheet("暗")
    hidden.append(["甲"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read_tables(tmp_path / "a.xlsx")
    assert isinstance(first.rows[0][0], str)
    assert (first.is_hidden, second.is_hidden) == (False, True)


def test_a_sheet_of_too_many_rows_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[number] for number in range(12)])
    with pytest.raises(ImportRejectedError, match="超过 10 行的上限"):
        read_tables(path, limits=ReadingLimits(rows=10))
