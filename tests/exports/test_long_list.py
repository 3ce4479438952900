from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from advisorcrm.errors import CancelledError, DiskFullError
from advisorcrm.exports.cells import is_cut
from advisorcrm.exports.client_list import list_columns
from advisorcrm.exports.client_sheet import ClientSheetRow
from advisorcrm.exports.long_list import HEADING_ROW, ListHead, write_list
from tests.exports.samples import BOOK, UNMASKED, client_row

HEAD = ListHead(
    "客户明细表", "营业部客户明细表", "范围：全部", "打印人：林若溪", "制表人：", "水印 A&B"
)
COLUMNS = list_columns(BOOK)
ODD = "=+-@＝＋－＠\t\r\n_xX0041&<>\"' \x00\x1f\ud800\ufffe客𠮷"
TYPED = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=30)


def written(path: Path, rows: list[ClientSheetRow]) -> list[list[object]]:
    """The rows as calamine reads them back, empty cells as None."""
    write_list(path, HEAD, COLUMNS, rows)
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [[None if cell == "" else cell for cell in row] for row in sheet[HEADING_ROW:]]


def by_name(row: list[object]) -> dict[str, object]:
    return {column.source.name: value for column, value in zip(COLUMNS, row, strict=True)}


def test_values_come_back_typed_from_both_readers(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    [row] = written(path, [client_row()])
    cells = by_name(row)
    sheet = openpyxl.load_workbook(path).active
    same = by_name([cell.value for cell in sheet[HEADING_ROW + 1]])

    assert cells["account"] == same["account"] == "010000007715"
    assert cells["assets_fen"] == same["assets_fen"] == 6_284_000
    assert cells["commission_ppm"] == same["commission_ppm"] == 0.25
    assert cells["opened_on"] == date(2008, 5, 6)
    assert same["opened_on"] == datetime(2008, 5, 6)  # noqa: DTZ001
    assert cells["tier"] == same["tier"] == "金卡"
    assert cells["qq"] is same["qq"] is None
    assert all(same[name] == value for name, value in cells.items() if not isinstance(value, date))


def test_the_list_looks_like_a_list_and_prints_on_a4(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    written(path, [client_row(number) for number in range(1, 4)])
    sheet = openpyxl.load_workbook(path).active
    first = {cell.value: sheet.cell(HEADING_ROW + 1, cell.column) for cell in sheet[HEADING_ROW]}

    assert sheet["A1"].value == "营业部客户明细表"
    assert sheet["A3"].font.b
    assert sheet["A3"].fill.fill_type == "solid"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:AZ6"
    assert first["开户日期"].number_format == "yyyy-mm-dd"
    assert first["资产（元）"].number_format == "#,##0.00"
    assert first["资金账号"].number_format == "@"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area == "'客户明细表'!$A$1:$X$6"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in sheet.oddFooter.right.text
    assert "A&&B" in sheet.oddHeader.center.text


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    written(
        path, [client_row(), client_row(investment_preference="成长股、可转债、新股申购、海外基金")]
    )
    heights = openpyxl.load_workbook(path).active.row_dimensions

    assert heights[HEADING_ROW + 2].height > heights[HEADING_ROW + 1].height


def test_an_empty_list_is_a_whole_workbook(tmp_path: Path) -> None:
    assert written(tmp_path / "list.xlsx", []) == []
    assert openpyxl.load_workbook(tmp_path / "list.xlsx").active["B3"].value == "客户姓名"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TYPED, min_size=20, max_size=20))
def test_text_stays_text_whatever_it_looks_like(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "list.xlsx"
    found = written(path, [client_row(name=name, remark=name, account=name) for name in names])

    assert [by_name(row)["name"] for row in found] == [column_text(name) for name in names]
    assert [by_name(row)["remark"] for row in found] == [column_text(name) for name in names]
    with zipfile.ZipFile(path) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def column_text(text: str) -> object:
    from advisorcrm.exports.cells import clean

    return clean(text)


@pytest.mark.req("F23")
@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1", "0012", "1e5", "TRUE"]
)
def test_a_formula_or_number_in_words_is_a_string_for_the_spreadsheet(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "list.xlsx"
    written(path, [client_row(name=text)])
    cell = openpyxl.load_workbook(path).active.cell(HEADING_ROW + 1, 2)

    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize("text", ["字" * 32_000, "字" * 200_000, "😀" * 20_000])
def test_what_a_cell_cannot_hold_is_cut_with_a_word(tmp_path: Path, text: str) -> None:
    made = by_name(written(tmp_path / "list.xlsx", [client_row(remark=text)])[0])["remark"]
    beginning, mark, told = made.partition("……（全文 ")
    is_whole = len(text) == 32_000

    assert text.startswith(beginning)
    assert (made == text) is is_whole
    assert is_whole or (mark and told.startswith(f"{len(text)} 字"))
    assert len(made.encode("utf-16-le")) // 2 <= 32_767
    assert is_cut(made) is not is_whole


def test_a_stopped_export_leaves_no_file(tmp_path: Path) -> None:
    def rows() -> Iterator[ClientSheetRow]:
        yield client_row()
        raise CancelledError("stop")

    with pytest.raises(CancelledError):
        write_list(tmp_path / "list.xlsx", HEAD, COLUMNS, rows())
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_under_a_long_list_keeps_the_old_one(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "list.xlsx"
    written(path, [client_row()])
    old = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(DiskFullError):
            write_list(path, HEAD, COLUMNS, (client_row(n, name=f"{n * n}") for n in range(9000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == old


def test_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            rows = (client_row(n, name=f"客户{n}", remark=f"备注{n}") for n in range(count))
            write_list(tmp_path / "list.xlsx", HEAD, COLUMNS, rows)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(6000) < 1.3 * peak(3000)


def test_the_watermark_of_full_numbers_is_in_the_head_of_the_page(tmp_path: Path) -> None:
    head = ListHead("客户明细表", "t", "l", "f", "s", UNMASKED.watermark)
    write_list(tmp_path / "list.xlsx", head, COLUMNS, [client_row()])
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active

    assert "林若溪（LSL0042） 2026-11-20 14:41 季度核对" in sheet.oddHeader.center.text


def test_the_edges_of_a_page_stay_within_what_a_workbook_takes(tmp_path: Path) -> None:
    head = ListHead("客户明细表", "t", "l", "&脚" * 300, "9" * 300, "&" * 300)
    write_list(tmp_path / "list.xlsx", head, COLUMNS, [client_row()])
    with zipfile.ZipFile(tmp_path / "list.xlsx") as file:
        tail = file.read("xl/worksheets/sheet1.xml").decode().replace("&amp;", "&")
    footer = tail.split("<oddFooter>")[1].split("</oddFooter>")[0]
    header = tail.split("<oddHeader>")[1].split("</oddHeader>")[0]

    assert len(footer) <= 255
    assert len(header) <= 255
    assert footer.endswith("&R&8 第 &P 页 / 共 &N 页")
    assert footer.split("&R&8")[0].count("&") % 2 == 1  # three commands and pairs of the text
