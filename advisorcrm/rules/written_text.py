"""Texts as cells of foreign sheets hold them, made plain: full width, wrappers, hidden signs."""

from __future__ import annotations

import re
import unicodedata

NOTHING = frozenset(
    {"", "-", "--", "---", "—", "——", "/", "\\", "无", "暂无", "没有", "未填", "空", "none", "null",
     "nan", "<na>", "nat", "n/a", "#n/a", "nil", "未知", "不详", "未指定", "未留",
     "未提供", "未登记", "待补", "待补充"}
)  # fmt: skip
"""What people and programs write into a cell that ought to be empty."""

HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The characters of Chinese for a class of a pattern: rare ones of names lie far behind."""
_HAN = re.compile(f"[{HAN}]")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_WRAPPED = re.compile(r'="([^"]*)"')
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d*)?[eE]\+?\d{1,3}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """Narrow letters and digits, no hidden signs, no terminal wrapper, no blanks around."""
    if text.isascii():
        text = text.strip()
        if text and text[0] in "='":
            text = unwrapped(text)
        return text
    return unwrapped(unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).strip())


def unwrapped(text: str) -> str:
    """The value inside ``="0123"`` and behind a text mark (``'0123``)."""
    found = _WRAPPED.fullmatch(text)
    return (found[1] if found else text.removeprefix("'")).strip()


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _HAN.search(text) is not None


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return text.strip().lower() in NOTHING


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet rewrote a long number as ``1.2E+11``: its digits are lost."""
    return _SCIENTIFIC.fullmatch(text) is not None


def without_control(text: str) -> str:
    """The text without characters that no sheet can hold; line breaks and tabs stay."""
    return _CONTROL.sub("", text)
