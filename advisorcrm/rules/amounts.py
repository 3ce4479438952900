"""Amounts and commission rates as they are written: money in 分, rates in parts per million.

A rate without a unit says by its size what it is: below 0.01 the rate itself (0.00025), below 1
per mille (0.25), from 1 on parts of ten thousand (2.5, as in 万2.5).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.chinese_amounts import chinese_amount
from advisorcrm.rules.written_text import is_nothing, is_scientific, plain

MOST_FEN = 10**17
_EXACT = 10**13
_NEARLY = 0.001
"""A float this near to a whole number of 分 is that number; only others need exact arithmetic."""
MOST_PPM = 30_000
"""Three percent: no commission is higher, a figure above is a mistaken unit."""

_UNITS = {"": 1, "元": 1, "百": 100, "千": 1_000, "万": 10_000, "w": 10_000, "百万": 10**6,
          "千万": 10**7, "亿": 10**8}  # fmt: skip
_MONEY = re.compile(
    r"(?P<bracket>\()?(?P<sign>[+-]?)(?:人民币|rmb|cny|¥)?\s*(?P<sign2>[+-]?)"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+)(?:\.\d*)?|\.\d+)\s*(?P<unit>百万|千万|[百千万亿w]?)(?:元|整|圆|人民币|rmb|cny)*\)?",
    re.IGNORECASE,
)
_IN_PARTS = re.compile(
    r"(?:人民币|rmb|cny|¥)?(?:(?P<first>\d{1,5})亿(?P<second>\d{1,4}(?:\.\d*)?)(?P<times>千?)万"
    r"|(?P<myriads>\d{1,5})万(?P<rest>\d{4}(?:\.\d{1,2})?))(?:元|整|圆)*",
    re.IGNORECASE,
)
"""``1亿2000万``, ``1亿2千万``, ``123万4567``."""
_DECIMAL_COMMA = re.compile(r"([+-]?\d{1,3}(?:\.\d{3})+|[+-]?\d+),(\d{1,2})")
_GROUPED_BY_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}")
"""``1.234,56`` and ``1.234.567``, as Europe writes them."""
_SPELT_UNIT = re.compile("[万亿元圆]")
_GROUPING = re.compile(r"(?<=\d)['’](?=\d{3})")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d{1,2})?")
_LEAST_PPM = 30


class RateUnit(Enum):
    """What 1 means in a column of rates, in parts per million."""

    WHOLE = 1_000_000
    PERCENT = 10_000
    PER_MILLE = 1_000
    PER_MYRIAD = 100


_RATE = re.compile(
    r"(?P<before>万分之|千分之|百分之|万|千|w)?(?P<number>\d+(?:\.\d*)?|\.\d+)(?P<after>%|‰|‱|bp)?",
    re.IGNORECASE,
)
_RATE_UNITS = {
    "万分之": RateUnit.PER_MYRIAD,
    "万": RateUnit.PER_MYRIAD,
    "w": RateUnit.PER_MYRIAD,
    "‱": RateUnit.PER_MYRIAD,
    "bp": RateUnit.PER_MYRIAD,
    "千分之": RateUnit.PER_MILLE,
    "千": RateUnit.PER_MILLE,
    "‰": RateUnit.PER_MILLE,
    "百分之": RateUnit.PERCENT,
    "%": RateUnit.PERCENT,
}
_RATE_COMMA = re.compile(r"(?<=\d),(?=\d{1,3}(?!\d))")
_FRACTION = re.compile(r"(?P<number>\d+(?:\.\d*)?)/(?P<below>1000{0,4})")
_SPELT = (("%%", "‱"), ("%0", "‰"), ("%o", "‰"), ("o/oo", "‰"))
_CHINESE_NUMBER = str.maketrans("〇零一二两三四五六七八九点", "001223456789.")


def read_money(value: str | float, *, unit: int = 1, field: str = "amount") -> int | None:
    """An amount in 分, None for an empty cell; ``unit`` is what the column counts in, in 元.

    A unit in the cell (万, 亿) beats that of the column. Raises InvalidFieldError.
    """
    if isinstance(value, (int, float)):
        fen = value * unit * 100
        whole = round(fen) if abs(fen) < _EXACT else 0
        if whole and abs(fen - whole) < _NEARLY:
            return whole
        return _fen(Decimal(str(value)), unit, field)
    if _PLAIN_NUMBER.fullmatch(value):
        return _fen(Decimal(value), unit, field)
    text = plain(value).replace(" ", "").replace("，", ",")
    if text in ("", "-"):  # how spreadsheets write a zero in accounts
        return None
    if is_scientific(text):
        raise InvalidFieldError(
            field, _("金额被表格软件改成科学计数，已不准确。请把该列设为数值后重填。")
        )
    parts = _IN_PARTS.fullmatch(text)
    if parts is not None:
        return _fen(_sum_of(parts), 1, field)
    spelt = chinese_amount(text)
    if spelt is not None:
        return _fen(spelt, 1 if _SPELT_UNIT.search(text) else unit, field)
    return _written_money(_with_point(text), unit, field)


def _sum_of(parts: re.Match[str]) -> Decimal:
    """An amount whose parts have units of their own."""
    if parts["myriads"]:
        return Decimal(parts["myriads"]) * 10**4 + Decimal(parts["rest"])
    myriads = Decimal(parts["second"]) * (1_000 if parts["times"] else 1)
    return Decimal(parts["first"]) * 10**8 + myriads * 10**4


def _with_point(text: str) -> str:
    """A number of Europe as it is written here; every other text as it is."""
    text = _GROUPING.sub("", text)
    found = _DECIMAL_COMMA.fullmatch(text)
    if found is not None:
        return f"{found[1].replace('.', '')}.{found[2]}"
    return text.replace(".", "") if _GROUPED_BY_POINTS.fullmatch(text) else text


def _written_money(text: str, unit: int, field: str) -> int:
    """An amount with signs and units."""
    found = _MONEY.fullmatch(text)
    if found is None:
        raise InvalidFieldError(field, _("“{text}”不是数字，请填金额。").format(text=text[:20]))
    number = Decimal(found["number"].replace(",", "").rstrip(".") or "0")
    is_negative = "-" in (found["sign"], found["sign2"]) or bool(found["bracket"])
    if found["unit"] or text.endswith("元"):
        unit = _UNITS[found["unit"].lower()]
    return _fen(-number if is_negative else number, unit, field)


def _fen(number: Decimal, unit: int, field: str) -> int:
    try:
        fen = int((number * unit * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except (InvalidOperation, OverflowError, ValueError):
        fen = MOST_FEN
    if abs(fen) >= MOST_FEN:
        raise InvalidFieldError(field, _("金额太大，请核对单位。"))
    return fen


def read_rate(
    value: str | float, *, unit: RateUnit | None = None, field: str = "commission_ppm"
) -> int | None:
    """A commission rate in parts per million, None for an empty cell.

    ``unit`` is that of the column; one in the cell (万2.5, 0.25‰, 0.08%) beats it. Raises
    InvalidFieldError for what is no rate and for more than three percent.
    """
    if isinstance(value, (int, float)):
        return _ppm(Decimal(str(value)), unit, field)
    text = plain(value).replace(" ", "")
    if is_nothing(text):
        return None
    text = re.sub(r"^(?:佣金|费率|按|约)+[:：]?", "", text.removesuffix("左右"))
    text = _RATE_COMMA.sub(".", text)
    for written, sign in _SPELT:
        text = text.replace(written, sign)
    fraction = _FRACTION.fullmatch(text)
    if fraction is not None:
        return _checked(Decimal(fraction["number"]) * 10**6 / int(fraction["below"]), field)
    found = _RATE.fullmatch(text) or _RATE.fullmatch(text.translate(_CHINESE_NUMBER))
    if found is None:
        raise InvalidFieldError(
            field,
            _("看不懂佣金“{text}”。可以写 万2.5、0.25‰ 或 0.08%。").format(text=text[:20]),
        )
    sign = (found["before"] or found["after"] or "").lower()
    number = Decimal(found["number"])
    if sign:
        return _checked(number * _RATE_UNITS[sign].value, field)
    return _ppm(number, unit, field)


def _ppm(number: Decimal, unit: RateUnit | None, field: str) -> int:
    """A bare number: by the unit of its column, unless only the rate itself makes sense."""
    guessed = unit or _unit_by_size(number)
    if 0 < number < Decimal("0.01") and number * guessed.value < _LEAST_PPM:
        guessed = RateUnit.WHOLE  # a cell formatted as percent holds the rate itself
    return _checked(number * guessed.value, field)


def _unit_by_size(number: Decimal) -> RateUnit:
    if number < Decimal("0.01"):
        return RateUnit.WHOLE
    return RateUnit.PER_MILLE if number < 1 else RateUnit.PER_MYRIAD


def _checked(ppm: Decimal, field: str) -> int:
    rounded = int(ppm.quantize(Decimal(1), ROUND_HALF_UP))
    if not 0 <= rounded <= MOST_PPM:
        raise InvalidFieldError(field, _("佣金应在 0 到 30‰ 之间，请核对单位。"))
    return rounded
