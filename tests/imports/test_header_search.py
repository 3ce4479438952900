"""The head of a client list, wherever it stands."""

from __future__ import annotations

from typing import Any

from advisorcrm.imports.header_search import find_header
from advisorcrm.imports.raw_table import RawTable, Span
from tests.imports.sheets import recognised


def table(*rows: list[Any], merged: tuple[Span, ...] = ()) -> RawTable:
    width = max(map(len, rows))
    return RawTable("表", [[*row, *[""] * (width - len(row))] for row in rows], merged=merged)


def test_titles_and_instructions_stand_above() -> None:
    found = find_header(
        table(
            ["某营业部高端客户明细表"],
            ["填表说明：1、客户姓名必填；2、资金账号为文本；3、金额以万元为单位，不得有空行。"],
            ["制表日期：2026-10-30", "", "单位：万元"],
            ["序号", "客户姓名*", "资金账号", "总资产"],
            [1, "样甲", "9901", 12.5],
        )
    )
    assert found is not None
    assert (found.last_row, found.money_unit) == (3, 10_000)
    assert [heading.field for heading in found.headings] == ["", "name", "account", "assets_fen"]


def test_a_head_of_two_rows_is_one_head() -> None:
    merged = (Span(0, 0, 1, 0), Span(0, 1, 0, 2), Span(0, 3, 0, 4))
    found = find_header(
        table(
            ["序号", "客户基本信息", "", "理财需求", ""],
            ["", "客户姓名", "资金账号", "内容", "方式"],
            [1, "样甲", "9901", "研究报告", "电话交流"],
            merged=merged,
        )
    )
    assert found is not None
    assert [heading.field for heading in found.headings] == [
        "", "name", "account", "wealth_content", "wealth_way",
    ]  # fmt: skip
    assert found.layout == ("序号", "客户姓名", "资金账号", "理财需求（内容）", "理财需求（方式）")


def test_a_head_of_two_rows_that_lost_its_merging_is_understood_too() -> None:
    found = find_header(
        table(
            ["客户姓名", "资金账号", "联系方式", "", "备注"],
            ["", "", "手机", "固定电话", ""],
            ["样甲", "9901", "13900000001", "", "好"],
        )
    )
    assert found is not None
    assert [heading.field for heading in found.headings] == [
        "name", "account", "mobile", "landline", "remark",
    ]  # fmt: skip


def test_the_unit_of_a_title_goes_along_into_the_layout() -> None:
    found = find_header(table(["单位：万元"], ["客户姓名", "总资产"], ["样甲", 1]))
    assert found is not None
    assert found.layout == ("客户姓名", "总资产（万元）")


def test_names_and_remarks_alone_are_no_client_list() -> None:
    assert find_header(table(["姓名", "备注"], ["样甲", "好"])) is None
    assert find_header(table(["手机", "备注"], ["13900000001", "好"])) is None


def test_a_head_far_down_is_found_and_traditional_headings_are_understood() -> None:
    notes = [[f"说明第 {number} 条"] for number in range(70)]
    head = ["姓名", "資金賬號", "手機號碼", "聯絡地址", "客戶類型", "備註"]
    found = find_header(table(*notes, head, ["張樣甲", "990000000001", "139", "", "銀卡", ""]))
    assert found is not None
    assert found.last_row == 70
    assert [heading.field for heading in found.headings] == [
        "name", "account", "mobile", "address", "tier", "remark",
    ]  # fmt: skip


def test_a_head_without_rows_below_is_none() -> None:
    assert find_header(table(["客户姓名", "资金账号"])) is None


def test_a_mapping_by_hand_beats_the_aliases() -> None:
    raw = table(["称呼", "号", "备注"], ["样甲", "9901", "好"])
    found = find_header(raw, {"称呼": "name", "号": "account", "备注": ""})
    assert found is not None
    assert [heading.field for heading in found.headings] == ["name", "account", ""]


def test_an_english_sheet_is_understood() -> None:
    sheet = recognised(
        ["Client No", "Name", "Account", "Phone", "Gender", "Birthday"],
        ["LSL-0001", "样甲", "9901", "13900000001", "F", "1980-01-02"],
    )
    assert [column.field for column in sheet.columns] == [
        "client_no", "name", "account", "phone", "sex", "birthday",
    ]  # fmt: skip
