"""Lunar dates: birthdays that are kept by the traditional calendar (农历生日).

A date without its day in some year is kept on a neighbour: a leap month that the year lacks in
the plain month of the same number, and the 30th of a short month on the 29th.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.chinese_numbers import chinese_number

LONGEST_MONTH = 30
_JULIAN_DAY_ZERO = 1_721_425
"""Julian day number of the day before the first of the common era."""
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

    @property
    def plain_zh(self) -> str:
        """``闰六月 初五``, ``十二月 三十``: as printed calendars count the months."""
        number = "正" if self.month == 1 else _number_zh(self.month)
        return f"{'闰' if self.is_leap else ''}{number}月 {_day_zh(self.day)}"


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
    months = _months(year)
    is_leap = lunar.is_leap and (lunar.month, True) in months
    return LunarDate(lunar.month, min(lunar.day, months[lunar.month, is_leap].length), is_leap)


def solar_date_of(lunar: LunarDate, year: int) -> date:
    """The solar date on which ``lunar`` is kept in the lunar ``year``.

    A date late in the lunar year falls into the next solar year.
    """
    kept = kept_in(lunar, year)
    return _months(year)[kept.month, kept.is_leap].first + timedelta(days=kept.day - 1)


def next_solar_date(lunar: LunarDate, today: date) -> date:
    """When ``lunar`` is kept next, today included."""
    days = (solar_date_of(lunar, today.year + step) for step in (-1, 0, 1))
    return next(on for on in days if on >= today)


def lunar_of(on: date) -> LunarDate:
    """The lunar date of a solar day. Raises InvalidFieldError outside the known centuries."""
    for year in (on.year, on.year - 1):
        for (number, is_leap), month in _months(year).items():
            day = (on - month.first).days + 1
            if 1 <= day <= month.length:
                return LunarDate(number, day, is_leap)
    raise InvalidFieldError("on", _("日期须在 1901 年到 2199 年之间。"))


def lunar_year_of(on: date) -> int:
    """The lunar year of a solar day: before the spring festival it is still the old one."""
    return on.year if on >= _months(on.year)[1, False].first else on.year - 1


def kept_on(on: date) -> tuple[LunarDate, ...]:
    """Every lunar date that is kept on a solar day, those included that this year lacks."""
    here, year = lunar_of(on), lunar_year_of(on)
    is_last = here.day == _months(year)[here.month, here.is_leap].length
    days = [here.day, *(range(here.day + 1, LONGEST_MONTH + 1) if is_last else ())]
    leaps = [here.is_leap]
    if not here.is_leap and (here.month, True) not in _months(year):
        leaps.append(True)
    return tuple(LunarDate(here.month, day, is_leap) for day in days for is_leap in leaps)


def day_of_clear_and_bright(year: int) -> date:
    """The day of 清明, a statutory day that follows the sun."""
    from lunar_python import Solar

    for day in (4, 5, 6, 3):
        if Solar.fromYmd(year, 4, day).getLunar().getJieQi() == "清明":
            return date(year, 4, day)
    return date(year, 4, 5)


def _number_zh(number: int) -> str:
    """A number up to nineteen in Chinese."""
    return _DIGITS[number] if number <= 10 else f"十{_DIGITS[number - 10]}"


def _day_zh(day: int) -> str:
    if day <= 10:
        return f"初{_DIGITS[day]}"
    if day in (20, LONGEST_MONTH):
        return "二十" if day == 20 else "三十"
    return ("十", "廿")[day // 10 - 1] + _DIGITS[day % 10]


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of one lunar year: its first day and whether it has 29 or 30."""

    first: date
    length: int


@cache
def _months(year: int) -> dict[tuple[int, bool], _Month]:
    """The months of the lunar year: (number, is leap) -> where it lies.

    The library takes milliseconds for one day; from its months every day is counted at once.
    """
    from lunar_python import LunarYear

    return {
        (abs(month.getMonth()), month.getMonth() < 0): _Month(
            _noon_of(month.getFirstJulianDay()), month.getDayCount()
        )
        for month in LunarYear.fromYear(year).getMonthsInYear()
    }


def _noon_of(julian_day: float) -> date:
    return date.fromordinal(round(julian_day) - _JULIAN_DAY_ZERO)
