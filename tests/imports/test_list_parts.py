"""Several lists in one sheet: every client once, with the values of the own row."""

from __future__ import annotations

from typing import Any

from tests.imports.sheets import recognised

HEAD = ["客户姓名", "资金账号", "手机", "总资产"]


def clients(*rows: list[Any]) -> list[tuple[int, str, Any, int]]:
    """Row, name, account and amount of everybody, none of them faulty."""
    found = recognised(*rows).rows
    assert [fault for row in found for fault in row.faults] == []
    return [
        (row.row, row.values["name"], row.values["account"], row.values["assets_fen"])
        for row in found
    ]


def test_two_lists_side_by_side_are_two_lists() -> None:
    left, right = ["样甲", "990001", "13900000001", 1], ["样丙", "990003", "13900000003", 3]
    sheet = [
        ["甲组", "", "", "", "", "", "", "", "", "单位：万元"],
        ["序号", *HEAD, "序号", *HEAD],
        ["1", *left, "3", *right],
        ["2", "样乙", "990002", "13900000002", 2, "", "", "", "", ""],
        ["合计", "", "", "", 3, "合计", "", "", "", 3],
    ]
    assert clients(*sheet) == [
        (3, "样甲", "990001", 1_000_000),
        (4, "样乙", "990002", 2_000_000),
        (3, "样丙", "990003", 3_000_000),
    ]
    first, _second, third = recognised(*sheet).rows
    assert [value for _kind, value in first.values["points"]] == ["13900000001"]
    assert (first.sheet, third.sheet) == ("表", "表（第 2 份名单）")


def test_a_second_head_below_that_says_something_else_begins_a_list_of_its_own() -> None:
    assert clients(
        ["单位：万元"], HEAD, ["样甲", "990001", "", 1], ["合计", "", "", 1], [], ["金卡客户"],
        ["资金账号", "客户姓名", "总资产", "手机"], ["990002", "样乙", 2, "13900000002"],
        ["单位：元"], HEAD, ["样丙", "990003", "", 30_000],
    ) == [
        (3, "样甲", "990001", 1_000_000),
        (8, "样乙", "990002", 2_000_000),
        (11, "样丙", "990003", 3_000_000),
    ]  # fmt: skip


def test_the_same_head_in_another_unit_counts_in_that_unit() -> None:
    assert clients(
        [*HEAD[:3], "总资产（万元）"], ["样甲", "990001", "", 1],
        [*HEAD[:3], "总资产（元）"], ["样乙", "990002", "", 20_000],
    ) == [(2, "样甲", "990001", 1_000_000), (4, "样乙", "990002", 2_000_000)]  # fmt: skip


def test_a_head_repeated_on_each_page_and_a_column_given_twice_part_nothing() -> None:
    sheet = recognised(
        [*HEAD, "手机"], ["样甲", "990001", "13900000001", 1, "13900000002"],
        [*HEAD, "手机"], ["样乙", "990002", "", 2, ""],
    )  # fmt: skip
    assert [row.values["name"] for row in sheet.rows] == ["样甲", "样乙"]
    assert {row.sheet for row in sheet.rows} == {""}
