"""Numbers as people write them in dates: ``3``, ``三``, ``两``, ``十五``, ``初三``, ``廿三``."""

from __future__ import annotations

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
           "七": 7, "八": 8, "九": 9}  # fmt: skip
_TENS = {"十": 10, "廿": 20, "卅": 30}

DIGITS = "".join(_DIGITS)
"""Characters that stand for one digit, for patterns."""


def chinese_number(text: str) -> int:
    """The number from 0 to 99 that ``text`` writes; ``ValueError`` if it writes none."""
    text = text.strip().removeprefix("初")
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text]
    for sign, tens in _TENS.items():
        before, found, after = text.partition(sign)
        if found:
            return _times(before, tens) + (_DIGITS[after] if after else 0)
    raise ValueError(text)


def _times(before: str, tens: int) -> int:
    if not before:
        return tens
    if tens == 10 and before in _DIGITS:  # 二十; 廿 and 卅 stand alone
        return _DIGITS[before] * 10
    raise ValueError(before)
