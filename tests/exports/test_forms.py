from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from advisorcrm import i18n, paths
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.sheet import CellRole
from tests.exports.samples import (
    BOOK,
    card_sheet,
    client_row,
    imprint,
    list_sheet,
    log_row,
    log_sheet,
    words,
)

FORMS = sorted(path.stem for path in paths.resource("forms").glob("*.toml"))


class Blank(dict[str, str]):
    """Words of a form nobody has filled: what is not known is left to the hand."""

    def __missing__(self, _name: str) -> str:
        return ""


def texts(sheet: object) -> list[str]:
    return [cell.text for block in sheet.blocks for row in block.rows for cell in row.cells]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [name for name in FORMS if not name.startswith("envelope")])
def test_every_form_fills_its_grid_and_may_be_printed_blank(name: str) -> None:
    sheet = fill(name, Filling(Blank(words(imprint())), BOOK))

    for block in sheet.blocks:
        for row in (*block.heading, *block.rows):
            assert sum(cell.span for cell in row.cells) == len(sheet.grid) - bool(block.side)
    assert sheet.corner_left.startswith("密级：内部保密")
    assert "打印人：林若溪（LSL0042）" in sheet.foot
    assert "2026-11-20 14:41" in sheet.foot
    assert "第 1 次打印" in sheet.foot


@pytest.mark.parametrize("name", FORMS)
def test_the_fields_of_a_form_exist(name: str) -> None:
    """A form that names an unknown field would print a blank for ever."""
    form = tomllib.loads(paths.resource("forms", f"{name}.toml").read_text("utf-8"))
    assert form["blocks"]
    card_sheet(client_row())
    list_sheet([client_row()])
    log_sheet([log_row()])
    log_sheet([log_row()], "contact_day")
    log_sheet([log_row()], "contact_period")


def test_forms_are_chinese_in_every_language() -> None:
    in_chinese = texts(card_sheet(client_row()))
    i18n.use_language("en")

    assert texts(card_sheet(client_row())) == in_chinese


def test_empty_rows_of_a_table_are_numbered_for_the_hand() -> None:
    block = log_sheet([log_row()], "contact_day").blocks[0]

    assert len(block.rows) == 8
    assert [cell.text for cell in block.rows[7].cells] == ["8", "", "", "", "", "", "", ""]


def test_places_to_sign_have_a_line_for_the_date() -> None:
    signs = [
        cell
        for row in log_sheet([]).blocks[1].rows
        for cell in row.cells
        if cell.role is CellRole.SIGN
    ]

    assert [cell.text for cell in signs] == [
        "客服专员签字：", "客户服务部经理（管理岗）检查意见、签字："
    ]  # fmt: skip
    assert all("年" in cell.foot for cell in signs)


def test_full_numbers_carry_a_watermark_with_person_time_and_purpose() -> None:
    full = imprint(is_masked=False, purpose="季度核对")

    sheet = card_sheet(client_row(), full)
    assert sheet.watermark == "林若溪（LSL0042） 2026-11-20 14:41 季度核对"
    assert sheet.corner_left == "密级：内部保密 · 完整号码"
    assert "用途：季度核对" in sheet.foot
    assert card_sheet(client_row(), replace(full, is_masked=True)).watermark == ""
