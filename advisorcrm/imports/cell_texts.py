"""Texts of a client's file: names, remarks, addresses, and keys that must keep every digit."""

from __future__ import annotations

import re
from datetime import date, time
from functools import partial

from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.cells import is_cut
from advisorcrm.i18n import _
from advisorcrm.imports.cell_values import (
    EXACT_DIGITS,
    UNCHANGED,
    Cleaner,
    ColumnContext,
    Values,
    text_of,
)
from advisorcrm.imports.raw_table import Cell
from advisorcrm.models.base import REMARK_TEXT
from advisorcrm.rules.id_numbers import demand_born, read_id_number
from advisorcrm.rules.masking import is_masked
from advisorcrm.rules.written_text import HAN, is_nothing, is_scientific, plain, without_control
from advisorcrm.services.files.client_checks import SHORT_TEXT
from advisorcrm.terms import IdDocument

_HAN_NAME = re.compile(f"[{HAN}·]{{2,20}}")
_BLANKS_IN_NAME = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_MASKED_NAME = re.compile(r"[^\W\d_]{0,2}[*＊]+[^\W\d_]{0,2}")
_WRAPPED = re.compile(r'="([^"]*)"')
_ZERO_WIDTH = re.compile("[\u200b\u200c\u2060\ufeff]")
_ACCOUNT = re.compile(r"[0-9A-Za-z-]{3,40}")
_STARS = re.compile("[*＊]")


def clean_name(cell: Cell) -> object:
    """A client's name without padding; ``张*`` means unchanged."""
    if isinstance(cell, str) and _HAN_NAME.fullmatch(cell):
        return None if is_nothing(cell) else cell
    if isinstance(cell, bool):
        raise InvalidFieldError("name", _("这里是“是/否”，不是姓名，请核对。"))
    if isinstance(cell, (date, time)):
        raise InvalidFieldError("name", _("这里是日期或时间，不是姓名，请核对。"))
    text = _ZERO_WIDTH.sub("", without_control(text_of(cell))).strip()
    found = _WRAPPED.fullmatch(text)
    text = _BLANKS_IN_NAME.sub("", " ".join((found[1] if found else text).split()))
    if _MASKED_NAME.fullmatch(text):
        return UNCHANGED
    return None if is_nothing(text) else within(text, SHORT_TEXT, "name")


def within(text: str, limit: int, field: str) -> str:
    """The text if it is not too long. Raises InvalidFieldError."""
    if len(text) > limit:
        raise InvalidFieldError(
            field,
            _("最多 {limit} 字，现有 {count} 字，请缩短。").format(limit=limit, count=len(text)),
        )
    return text


def clean_short(field: str, cell: Cell) -> object:
    """A text of one line; ``-`` and ``无`` are none."""
    if isinstance(cell, str) and _is_tidy(cell):
        return None if is_nothing(cell) else cell
    text = _ZERO_WIDTH.sub("", without_control(text_of(cell))).strip()
    found = _WRAPPED.fullmatch(text)
    return None if is_nothing(text) else within(found[1] if found else text, SHORT_TEXT, field)


def _is_tidy(text: str) -> bool:
    """Whether there is nothing to clean: no blank around, no sign that cannot be seen."""
    return (
        len(text) <= SHORT_TEXT
        and text.isprintable()
        and text[:1] not in (" ", "=")
        and text[-1:] != " "
    )


def clean_address(cell: Cell) -> object:
    """An address; one of our masks means unchanged."""
    text = clean_short("address", cell)
    return UNCHANGED if isinstance(text, str) and is_masked(text) else text


def clean_remark(cell: Cell) -> object:
    """Kept character by character, but for what no sheet can hold.

    One that our own sheet holds only the beginning of means unchanged.
    """
    text = cell if isinstance(cell, str) else text_of(cell)
    if not text or text.isspace():
        return None
    if is_cut(text):
        return UNCHANGED
    within(text, REMARK_TEXT, "remark")
    kept = text if text.isprintable() else without_control(text)
    if kept != text:
        return Values((("remark", kept),), _("内容里的控制字符已去掉。"))
    return text


def key_cleaner(field: str, context: ColumnContext) -> Cleaner:
    """An account or client number as text with its zeros; broken ones are refused."""
    return partial(_clean_key, field, context.zero_width)


def _clean_key(field: str, width: int, cell: Cell) -> object:
    if isinstance(cell, str) and _ACCOUNT.fullmatch(cell) and not is_scientific(cell):
        return None if is_nothing(cell) else cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _key_of_number(field, cell, width) if cell else None
    demand_no_date(field, cell)
    text = re.sub(r"\s", "", plain(text_of(cell)))
    if is_nothing(text):
        return None
    return UNCHANGED if "*" in text else _key_of_text(field, text)


def _key_of_text(field: str, text: str) -> str:
    if is_scientific(text):
        raise InvalidFieldError(field, broken_by_sheet())
    if text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    if not _ACCOUNT.fullmatch(text):
        raise InvalidFieldError(field, _("只能有数字、字母和短横，3 到 40 位。"))
    return text


def _key_of_number(field: str, number: float, width: int) -> str:
    if number < 0 or abs(number) >= EXACT_DIGITS:
        raise InvalidFieldError(field, broken_by_sheet())
    if number != int(number):
        raise InvalidFieldError(field, _("这里是小数，不是号码，请核对。"))
    return _key_of_text(field, str(int(number)).zfill(width))


def demand_no_date(field: str, cell: Cell) -> None:
    """A day is no number: a spreadsheet made it one, or the columns are shifted."""
    if isinstance(cell, (date, time)):
        raise InvalidFieldError(field, _("这里是日期或时间，不是号码，请核对。"))


def broken_by_sheet() -> str:
    """The refusal of a number whose last digits a spreadsheet has dropped."""
    return _(
        "号码被表格软件改成科学计数或超过 15 位，末几位已丢失，无法还原。"
        "请把该列设为文本，从原系统重新导出。"
    )


def clean_id_number(cell: Cell) -> object:
    """The number as written; it is checked once the kind of document beside it is known."""
    if isinstance(cell, (int, float)) and abs(cell) >= EXACT_DIGITS:
        raise InvalidFieldError("id_number", broken_by_sheet())
    text = text_of(cell)
    if _STARS.search(text):
        return UNCHANGED
    return None if is_nothing(text) else text


def check_id_number(
    text: str, document: IdDocument | None, today: date | None = None
) -> tuple[str, IdDocument]:
    """The number as it is stored, and of which document. Raises InvalidFieldError."""
    found = read_id_number(text, document=document)
    if found is None:
        raise InvalidFieldError("id_number", _("证件号码是空的。"))
    if today is not None:
        demand_born(found, today)
    return found.value, found.document
