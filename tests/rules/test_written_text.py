"""Cells of foreign sheets made plain."""

from __future__ import annotations

import pytest

from advisorcrm.rules.written_text import (
    is_nothing,
    is_scientific,
    plain,
    without_control,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" １２３Ａ ", "123A"), ('="0123"', "0123"), ("'0123", "0123"), ("1\u200b2\ufeff", "12"),
        ("样　甲", "样 甲"), ("=1+1", "=1+1"), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_is_made_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("text", ["", " ", "-", "——", "无", "N/A", "#N/A", "NULL", "未指定"])
def test_signs_that_mean_nothing_are_recognised(text: str) -> None:
    assert is_nothing(text)


def test_a_number_that_a_spreadsheet_rewrote_is_recognised() -> None:
    assert is_scientific("1.2E+11")
    assert is_scientific("1e+17")
    assert not is_scientific("12E3A")
    assert not is_scientific("123456")


def test_characters_that_no_sheet_can_hold_are_dropped() -> None:
    assert without_control("a\x00b\x0bc\nd\te\rf\x7f") == "abc\nd\te\rf"
