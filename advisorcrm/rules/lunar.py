"""Lunar dates: birthdays that are kept by the traditional calendar (农历生日).

A date without its day in some year is kept on a neighbour: a leap month that the year lacks in
the plain month of the same number, and the 30th of a short month on the 29th.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.chinese_numbers import chinese_number

LONGEST_MONTH = 30
_MONTHS = (
    "正月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "冬月",
    "腊月",
)
_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_NAMED_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_PATTERN = re.compile(
    r"(?:农历|阴历|旧历)?\s*(?P<leap>闰)?(?P<month>\d{1,2}|[正冬腊臘]|[一二三四五六七八九十]{1,2})"
    r"(?:月|[-/.])(?P<leap_after>闰)?\s*(?P<day>\d{1,2}|初?[一二三四五六七八九十廿卅]{1,3})[日号]?"
)


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A month and day of the traditional calendar, without a year."""

    month: int
    day: int
    is_leap: bool = False

    @property
    def label_zh(self) -> str:
        """``十月十五``, ``闰二月初三``: always Chinese."""
        return f"{'闰' if self.is_leap else ''}{_MONTHS[self.month - 1]}{_day_zh(self.day)}"


def read_lunar(text: str, *, field: str = "lunar") -> LunarDate:
    """The lunar date that ``text`` writes: ``农历十月十五``, ``闰二月初三``, ``10-15``.

    Raises InvalidFieldError for anything else.
    """
    match = _PATTERN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    found = None if match is None else _lunar_date(match)
    if found is None:
        raise InvalidFieldError(
            field,
            _("看不懂农历“{text}”。可以写 十月十五、闰二月初三、10-15。").format(text=text.strip()),
        )
    return found


def _lunar_date(match: re.Match[str]) -> LunarDate | None:
    try:
        month = _NAMED_MONTHS.get(match["month"]) or chinese_number(match["month"])
        day = chinese_number(match["day"])
    except (ValueError, KeyError):
        return None
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= LONGEST_MONTH):
        return None
    return LunarDate(month, day, bool(match["leap"] or match["leap_after"]))


def kept_in(lunar: LunarDate, year: int) -> LunarDate:
    """The date of the lunar ``year`` on which ``lunar`` is kept, a neighbour if it is missing."""
    lengths = _month_lengths(year)
    is_leap = lunar.is_leap and (lunar.month, True) in lengths
    return LunarDate(lunar.month, min(lunar.day, lengths[lunar.month, is_leap]), is_leap)


def solar_date_of(lunar: LunarDate, year: int) -> date:
    """The solar date on which ``lunar`` is kept in the lunar ``year``.

    A date late in the lunar year falls into the next solar year.
    """
    from lunar_python import Lunar

    kept = kept_in(lunar, year)
    solar = Lunar.fromYmd(year, -kept.month if kept.is_leap else kept.month, kept.day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def next_solar_date(lunar: LunarDate, today: date) -> date:
    """When ``lunar`` is kept next, today included."""
    days = (solar_date_of(lunar, today.year + step) for step in (-1, 0, 1))
    return next(on for on in days if on >= today)


def lunar_of(on: date) -> LunarDate:
    """The lunar date of a solar day."""
    from lunar_python import Solar

    found = Solar.fromYmd(on.year, on.month, on.day).getLunar()
    return LunarDate(abs(found.getMonth()), found.getDay(), found.getMonth() < 0)


def day_of_clear_and_bright(year: int) -> date:
    """The day of 清明, a statutory day that follows the sun."""
    from lunar_python import Solar

    for day in (4, 5, 6, 3):
        if Solar.fromYmd(year, 4, day).getLunar().getJieQi() == "清明":
            return date(year, 4, day)
    return date(year, 4, 5)


def _day_zh(day: int) -> str:
    if day <= 10:
        return f"初{_DIGITS[day]}"
    if day in (20, LONGEST_MONTH):
        return "二十" if day == 20 else "三十"
    return ("十", "廿")[day // 10 - 1] + _DIGITS[day % 10]


@cache
def _month_lengths(year: int) -> dict[tuple[int, bool], int]:
    """Days of each month of the lunar year: (number, is leap) -> 29 or 30."""
    from lunar_python import LunarYear

    months = LunarYear.fromYear(year).getMonthsInYear()
    return {(abs(month.getMonth()), month.getMonth() < 0): month.getDayCount() for month in months}
