"""Telephones and addresses of a row, as the contact points they become."""

from __future__ import annotations

import re
from collections.abc import Iterable

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_texts import broken_by_sheet, demand_no_date, within
from advisorcrm.imports.cell_values import EXACT_DIGITS, UNCHANGED, Values, text_of
from advisorcrm.imports.noted_emails import read_noted_emails
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.noted_phones import read_noted_phones
from advisorcrm.rules.written_text import is_nothing, plain, without_control
from advisorcrm.services.files.client_checks import clean_email
from advisorcrm.terms import PointKind

_LONGEST = 60
_NO_NUMBER = re.compile(  # chinese: data
    r"\(?(?:(?:已|暂时?|长期|经常|客户|本人|电话|手机|号码|欠费)*"
    r"(?:空号|停机|关机|无法接通|打不通|接不通|联系不上|错号|有误|错误|换号|注销|失效|作废|"
    r"(?:拒绝|不愿|不肯|不便)(?:提供|透露|留)|不提供|无(?:电话|手机|号码)?|没有(?:电话|手机|号码)|"
    r"待(?:核实?|确认|更新))|见备注)\)?"
)
"""What is said of somebody who cannot be called."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2\d)-\d{8}|0[3-9]\d{2}-\d{7,8}", re.ASCII)
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9._-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_LIST = re.compile(r"[;；,，、\s|/／]+|:::")
_OTHER_LINE = re.compile(r"(\S+)\s+(\S.*)")


def clean_phones(field: str, cell: Cell) -> object:
    """Every telephone of a cell; what it is, a mobile or a landline, the number tells."""
    if isinstance(cell, str):
        if _MOBILE.fullmatch(cell):
            return ((PointKind.MOBILE, cell),)
        if not cell:
            return ()
        if _LANDLINE.fullmatch(cell):
            return ((PointKind.LANDLINE, cell),)
        if "*" in cell or "＊" in cell:
            return UNCHANGED
    elif isinstance(cell, float) and abs(cell) >= EXACT_DIGITS:
        raise InvalidFieldError(field, broken_by_sheet())
    demand_no_date(field, cell)
    text = text_of(cell)
    if _NO_NUMBER.fullmatch(plain(text)):
        return Values((), _("“{text}”不是电话号码，没有导入。").format(text=plain(text)))
    found = read_noted_phones(text, field=field)
    return _noted((phone.point_kind, phone.value, note) for phone, note in found)


def clean_emails(cell: Cell) -> object:
    """Every e-mail address of a cell, with the name beside it as its remark."""
    if isinstance(cell, str) and _PLAIN_EMAIL.fullmatch(cell):
        return ((PointKind.EMAIL, cell),)
    text = plain(text_of(cell))
    if is_nothing(text):
        return ()
    if "*" in text:
        return UNCHANGED
    try:
        return tuple(
            (PointKind.EMAIL, clean_email(part)) for part in _LIST.split(text) if part.strip()
        )
    except InvalidFieldError:
        found = read_noted_emails(text)
        if not found:
            raise
    return _noted((PointKind.EMAIL, address, note) for address, note in found.items())


def _noted(found: Iterable[tuple[PointKind, str, str]]) -> object:
    """The points with what stood beside each, where something did."""
    read = list(found)
    points = tuple((kind, value) for kind, value, _note in read)
    notes = {value: note for _kind, value, note in read if note}
    return Values((("points", points), ("point_notes", notes))) if notes else points


def clean_messenger(kind: PointKind, cell: Cell) -> object:
    """A name in a messenger (微信, QQ)."""
    text = " ".join(without_control(plain(text_of(cell))).split())
    if is_nothing(text):
        return ()
    return UNCHANGED if "*" in text else ((kind, within(text, _LONGEST, str(kind))),)


def clean_other_points(cell: Cell) -> object:
    """``手机 139…`` a line, as our own list exports further numbers; a mask says ``另有 2 项``."""
    kinds = {kind.label_zh: kind for kind in PointKind}
    found: list[tuple[PointKind, str]] = []
    for line in text_of(cell).splitlines():
        parts = _OTHER_LINE.fullmatch(line.strip())
        kind = kinds.get(parts[1]) if parts else None
        if parts is not None and kind is not None and "*" not in line:
            found.extend(_points_of(kind, parts[2]))
    return tuple(found)


def _points_of(kind: PointKind, text: str) -> tuple[tuple[PointKind, str], ...]:
    if kind is PointKind.EMAIL:
        return ((kind, clean_email(text)),)
    if kind in (PointKind.WECHAT, PointKind.QQ):
        return ((kind, within(text, _LONGEST, str(kind))),)
    return tuple((phone.point_kind, phone.value) for phone, _note in read_noted_phones(text))
