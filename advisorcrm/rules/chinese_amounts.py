"""Amounts in Chinese numerals: ``五十万``, ``三万五千``, ``壹拾贰万叁仟元伍角整``."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    sign: value
    for signs in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○幺两")
    for value, sign in enumerate(signs)
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_WHOLE = "[" + "".join((*_DIGITS, *_PLACES, *_MYRIADS)) + "]"
_DIGIT = "[" + "".join(_DIGITS) + "]"
_AMOUNT = re.compile(
    rf"(?:人民币)?(?P<whole>{_WHOLE}+)(?:点(?P<behind>{_DIGIT}+)(?P<unit>[万亿]))?"
    rf"(?:[元圆](?:(?P<jiao>{_DIGIT})角)?(?:零?(?P<fen>{_DIGIT})分)?)?[整正]?"
)


def chinese_amount(text: str) -> Decimal | None:
    """The amount in 元 that simplified ``text`` writes; None if it writes none."""
    found = _AMOUNT.fullmatch(text)
    if found is None or found["whole"][0] in _MYRIADS:
        return None
    whole = _number(found["whole"])
    if whole is None:
        return None
    if found["behind"]:
        behind = "".join(str(_DIGITS[sign]) for sign in found["behind"])
        return Decimal(f"{whole}.{behind}") * _MYRIADS[found["unit"]]
    small = 10 * _DIGITS.get(found["jiao"], 0) + _DIGITS.get(found["fen"], 0)
    return whole + Decimal(small) / 100


def _number(text: str) -> int | None:
    """Sections of four places, each times its 万 or 亿; None for signs in no order."""
    total = section = 0
    digit: int | None = None
    least = 0
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None  # digits side by side: a telephone, not an amount
            digit, least = _DIGITS[sign], 1 if _DIGITS[sign] == 0 else least
            continue
        if sign in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[sign]
            least = _PLACES[sign]
        else:
            value = section + (digit or 0)
            total = (total + value) * _MYRIADS[sign] if sign == "亿" else total + value * 10**4
            section, least = 0, _MYRIADS[sign]
        digit = None
    if digit and least > 10:
        digit *= least // 10  # 三万五 is 三万五千
    return total + section + (digit or 0)
