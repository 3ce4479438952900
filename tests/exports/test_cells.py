from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.exports.cells import MONEY, RATE, clean, sheet_columns, shown
from advisorcrm.exports.client_sheet import ClientSheetRow
from advisorcrm.exports.contact_log import LogSheetRow
from tests.exports.samples import BOOK, client_row, log_row


def value(name: str, **overrides: object) -> object:
    columns = {column.name: column for column in sheet_columns(ClientSheetRow, BOOK)}
    return columns[name].value(client_row(**overrides))


@given(st.text(st.characters(exclude_categories=[])))
def test_what_a_workbook_cannot_hold_is_left_out_and_nothing_else(text: str) -> None:
    cleaned = clean(text) or ""

    cleaned.encode()
    assert not set(cleaned) & {*map(chr, range(9)), "\x0b", "\x0c", "\r", "\ufffe", "\uffff"}
    if text.isprintable():
        assert cleaned == text


def test_every_line_end_becomes_one_and_half_a_rare_character_goes() -> None:
    assert clean("一\r\n二\r三\n四\x00\ud842") == "一\n二\n三\n四"


def test_labels_stand_for_codes_and_terms_in_chinese() -> None:
    assert value("tier") == "金卡"
    assert value("wealth_content") == "研究报告、个股推荐"
    assert value("risk_level") == "C3 稳健型"
    assert value("sex", sex=None) is None


def test_amounts_are_yuan_and_rates_per_mille() -> None:
    assert value("assets_fen", assets_fen=12_345_678) == 123_456.78
    assert value("commission_ppm", commission_ppm=250) == 0.25


def test_dates_are_dates_but_words_and_dates_before_1900_stay_text() -> None:
    assert value("opened_on") == date(2008, 5, 6)
    assert value("id_expires_on") == "长期"
    assert value("birthday", birthday="03-18") == "03-18"
    assert value("birthday", birthday=date(1899, 12, 31)) == "1899-12-31"


def test_an_instant_is_shown_by_the_clock_of_the_branch() -> None:
    column = sheet_columns(LogSheetRow, BOOK)[0]
    late = datetime(2026, 11, 19, 17, 5, 30, tzinfo=UTC)

    assert column.value(log_row(contacted_at=late)) == datetime(2026, 11, 20, 1, 5)  # noqa: DTZ001
    assert shown(column.value(log_row(contacted_at=late))) == "2026-11-20 01:05"


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(6284000.0, MONEY, "6,284,000.00"), (0.25, RATE, "0.25"), (0.0835, RATE, "0.0835"),
     (0.8, RATE, "0.80"), (3.0, RATE, "3.00")],
)  # fmt: skip
def test_paper_shows_figures_as_forms_write_them(number: float, form: str, text: str) -> None:
    assert shown(number, form) == text
