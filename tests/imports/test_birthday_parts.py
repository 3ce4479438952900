"""Birthdays in three columns: one birthday, as much of it as was written."""

from __future__ import annotations

from datetime import date

import pytest

from advisorcrm.imports.raw_table import Span
from tests.imports.sheets import only, recognised

HEADINGS = ["客户姓名", "资金账号", "出生年", "出生月", "出生日"]


@pytest.mark.req("R146")
def test_year_month_and_day_are_one_birthday() -> None:
    whole = only(recognised(HEADINGS, ["样甲", "990001", 1970, "9月", 21.0]))
    assert whole["birthday"] == date(1970, 9, 21)
    without_year = only(recognised(HEADINGS, ["样甲", "990001", "0", 2, 29]))
    assert without_year["birthday_month_day"] == "02-29"
    assert only(recognised(HEADINGS, ["样甲", "990001", "", "", ""]))["birthday"] is None


@pytest.mark.parametrize(("month", "told"), [("", "没有日"), (5, "没有日")])
def test_what_has_no_day_is_told_and_costs_nobody(month: object, told: str) -> None:
    (row,) = recognised(HEADINGS, ["样甲", "990001", 1980, month, ""]).rows
    assert (row.faults, row.values.get("birthday")) == ((), None)
    assert told in row.notes[0].reason


def test_parts_below_one_heading_are_one_birthday() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "出生日期", "", ""],
        ["", "", "年", "月", "日"],
        ["样甲", "990001", 1970, 9, 21],
        merged=(Span(0, 2, 0, 4),),
    )
    assert only(sheet)["birthday"] == date(1970, 9, 21)


def test_a_whole_birthday_beside_its_parts_stays() -> None:
    headings = ["客户姓名", "资金账号", "出生年份", "生日"]
    values = only(recognised(headings, ["样甲", "990001", 1970, "1970-09-21"]))
    assert values["birthday"] == date(1970, 9, 21)
    assert "birth_year" not in values
