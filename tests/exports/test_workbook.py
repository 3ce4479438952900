from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisorcrm.exports.cells import clean
from advisorcrm.exports.workbook import write_forms
from tests.exports.samples import UNMASKED, card_sheet, client_row, log_row, log_sheet


def read(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def below(sheet: Any, label: str) -> Any:
    """The cell to the right of a label of the card."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == label:
                return sheet.cell(cell.row, cell.column + 2)
    raise AssertionError(label)


def test_a_form_prints_on_a4_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "card.xlsx"
    write_forms(path, [card_sheet(client_row())])
    sheet = read(path)

    assert sheet["A2"].value == "示例证券客户资料卡"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_area == f"'客户资料卡'!$A$1:$M${sheet.max_row}"
    assert sheet.print_title_rows == "$1:$3"
    assert "&P" in sheet.oddFooter.right.text
    assert "打印人：林若溪（LSL0042）" in sheet.oddFooter.left.text


def test_every_cell_below_a_merge_has_its_rules(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    write_forms(path, [log_sheet([log_row()])])
    sheet = read(path)
    ruled = [area for area in sheet.merged_cells.ranges if 4 < area.min_row < sheet.max_row]

    for area in ruled:
        for row, column in area.top:
            assert sheet.cell(row, column).border.top.style == "thin"
        for row, column in area.right:
            assert sheet.cell(row, column).border.right.style == "thin"
    assert ruled


def test_the_table_head_is_repeated_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    write_forms(path, [log_sheet([log_row(number) for number in range(60)])])
    sheet = read(path)

    assert sheet.print_title_rows == "$1:$4"
    assert sheet["A4"].value == "序号"


def test_a_text_of_pages_is_whole_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    story = "客户详细说明了家里的情况。" * 400
    write_forms(path, [log_sheet([log_row(1), log_row(2, content_shown=story), log_row(3)])])
    sheet = read(path)
    (area,) = (one for one in sheet.merged_cells.ranges if one.coord.startswith("E6:"))
    heights = [sheet.row_dimensions[row].height for row in range(6, area.max_row + 1)]

    assert sheet["E6"].value == story
    assert sheet["E6"].alignment.vertical == "top"
    assert max(heights) <= 409
    signs_a_line = 60 / 25.4 * 72 / sheet["E6"].font.sz  # the column is 60 mm wide
    assert sum(heights) >= len(story) / signs_a_line * sheet["E6"].font.sz
    assert [sheet.cell(row, 1).value for row in (5, 6, area.max_row + 1)] == [1, 2, 3]
    assert area.max_row < sheet.max_row
    assert sheet.print_area.endswith(f"${sheet.max_row}")


def test_values_of_a_form_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "card.xlsx"
    write_forms(path, [card_sheet(client_row())])
    sheet = read(path)

    assert below(sheet, "总资产（元）").value == 6_284_000
    assert below(sheet, "总资产（元）").number_format == "#,##0.00"
    assert below(sheet, "开户日期").value == datetime(2008, 5, 6)  # noqa: DTZ001
    assert below(sheet, "开户日期").number_format == "yyyy-mm-dd"
    assert below(sheet, "资金账号").value == "010000007715"
    assert below(sheet, "资金账号").data_type == "s"


ODD = st.text(
    st.one_of(st.sampled_from("=+-@＝\t\r\n\x00客"), st.characters(exclude_categories=[])),
    max_size=20,
)


@pytest.mark.req("F23")
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ODD, min_size=12, max_size=12))
def test_no_text_of_a_form_is_ever_a_formula(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "log.xlsx"
    typed = [f"={text}" for text in texts]
    write_forms(path, [log_sheet([log_row(content_shown=text) for text in typed])])
    cells = [row[4] for row in read(path).iter_rows(5, 16)]

    assert [cell.value.replace("_x005F_", "_") for cell in cells] == [clean(text) for text in typed]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_a_long_text_raises_its_row(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    long = "客户详细说明了家庭资产安排。" * 20
    write_forms(path, [log_sheet([log_row(), log_row(content_shown=long)])])
    heights = read(path).row_dimensions

    assert heights[6].height > 2 * heights[5].height


def test_several_cards_are_several_worksheets(tmp_path: Path) -> None:
    path = tmp_path / "cards.xlsx"
    write_forms(path, [card_sheet(client_row(number)) for number in (1, 2)])

    assert openpyxl.load_workbook(path).sheetnames == ["客户资料卡1", "客户资料卡2"]


def test_full_numbers_carry_their_watermark(tmp_path: Path) -> None:
    path = tmp_path / "card.xlsx"
    write_forms(path, [card_sheet(client_row(), UNMASKED)])

    assert "季度核对" in read(path).oddHeader.center.text
