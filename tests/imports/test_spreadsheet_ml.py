"""XML of Excel 2003 that is named .xls."""

from __future__ import annotations

from datetime import date

import pytest

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.raw_table import ReadingLimits, Span
from advisorcrm.imports.spreadsheet_ml import read_spreadsheet_ml

BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>{head}
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-11-20T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>{row}</Table></Worksheet></Workbook>"""


def book(head: str = "", row: str = "") -> bytes:
    return BOOK.format(head=head, row=row).encode("utf-8")


def test_a_book_in_a_chinese_encoding_is_read() -> None:
    declared = b'<?xml version="1.0" encoding="GB2312"?>'
    data = book().decode().partition("?>")[2].encode("gb18030")
    (table,) = read_spreadsheet_ml(declared + data, ReadingLimits())
    assert (table.sheet_name, table.rows[0][0]) == ("名单", "标题")


def test_numbers_shown_with_leading_zeros_are_told() -> None:
    style = '<Styles><Style ss:ID="z"><NumberFormat ss:Format="00000"/></Style></Styles><Worksheet'
    padded = '<Cell ss:StyleID="z"><Data ss:Type="Number">123</Data></Cell>'
    data = book(row=f'<Row><Cell ss:Index="3"/>{padded}</Row>').replace(
        b"<Worksheet", style.encode(), 1
    )
    (table,) = read_spreadsheet_ml(data, ReadingLimits())
    assert table.zero_widths == {3: 5}


def test_cells_stand_where_their_index_says() -> None:
    (table,) = read_spreadsheet_ml(book(), ReadingLimits())
    assert table.rows == [
        ["标题", "", "", "", ""],
        ["", "", "", "", ""],
        ["姓名", "", 12.5, date(2026, 11, 20), True],
    ]
    assert table.merged == (Span(0, 0, 0, 1),)


@pytest.mark.parametrize(
    "data",
    [
        book('<!DOCTYPE x [<!ENTITY e "e">]>'),
        book(row='<Row ss:Index="99999999"/>'),
        book(row='<Row><Cell ss:Index="99999"/></Row>'),
        book()[:-40],
    ],
)
def test_a_hostile_or_damaged_book_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRejectedError):
        read_spreadsheet_ml(data, ReadingLimits())
