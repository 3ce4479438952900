"""Year, month and day in a text, where their order is beyond doubt."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules import lunar
from advisorcrm.rules.chinese_numbers import chinese_number

FIRST_YEAR, LAST_YEAR = 1850, 2199
_PIVOT = 50
_YEAR_FIRST = re.compile(
    r"'?(\d{4}|\d{2})\s*[-/.年,、\\\s]\s*(\d{1,2})\s*[-/.月,、\\\s]\s*(\d{1,2})\s*[日号]?"
)
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6}|\.0)?")
_SIX = re.compile(r"(\d{2})(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2}|[一二三四五六七八九十]{1,2})月-(\d{2}|\d{4})")
CHINESE_DATE = re.compile(
    r"(?P<year>[〇零○Oo0一二三四五六七八九]{2,4})年(?P<month>[元正一二三四五六七八九十冬腊]{1,3})月"
    r"(?P<day>初?[一二三四五六七八九十廿卅]{1,4})[日号]?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+(?P<month>[A-Za-z]{3,9})"
    r"|(?P<month2>[A-Za-z]{3,9})[\s\-/.]+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)[\s,\-/.]+(?P<year>\d{4}|\d{2})"
)
CHINESE_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")


def find_parts(text: str) -> tuple[str, str, str] | None:
    """Year, month and day where their order is beyond doubt."""
    for pattern in (_EIGHT, _YEAR_FIRST):
        found = pattern.fullmatch(text)
        if found is not None:
            return found[1], found[2], found[3]
    return six_digits(text) or _day_first(text) or _english(text) or _chinese(text)


def six_digits(text: str) -> tuple[str, str, str] | None:
    """``640313``."""
    found = _SIX.fullmatch(text)
    if found is None or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return None
    return found[1], found[2], found[3]


def _day_first(text: str) -> tuple[str, str, str] | None:
    """``1-1月-20`` and ``1-一月-20``, as a Chinese spreadsheet shows d-mmm-yy."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    month = found[2] if found[2].isdecimal() else str(chinese_number(found[2]))
    return found[3], month, found[1]


def _english(text: str) -> tuple[str, str, str] | None:
    found = _ENGLISH.fullmatch(text)
    if found is None:
        return None
    month = (found["month"] or found["month2"]).lower()[:3]
    if month not in _MONTHS:
        return None
    return found["year"], str(_MONTHS.index(month) + 1), found["day"] or found["day2"]


def _chinese(text: str) -> tuple[str, str, str] | None:
    """二〇二六年十一月二十日."""
    found = CHINESE_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        date_in_year = lunar.read_lunar(f"{found['month'].replace('元', '一')}月{found['day']}")
    except InvalidFieldError:
        date_in_year = None
    if date_in_year is None:
        return None
    year = found["year"].translate(CHINESE_DIGITS)
    return (year, str(date_in_year.month), str(date_in_year.day)) if len(year) != 3 else None


def full_year(year: str, month: str, day: str, latest: date | None) -> int:
    """The year with its century: of two digits the one that is not after ``latest``."""
    number = int(year)
    if len(year) > 2:
        return number
    if latest is None:
        return number + (2000 if number < _PIVOT else 1900)
    is_later = (2000 + number, int(month), int(day)) > (latest.year, latest.month, latest.day)
    return number + (1900 if is_later else 2000)


def make_date(year: int, month: int, day: int, field: str) -> date:
    """The date, or InvalidFieldError with what is wrong: its year, month or day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidFieldError(field, _("没有 {year} 年的日期，请核对。").format(year=year))
    if not 1 <= month <= 12:
        raise InvalidFieldError(field, _("没有 {month} 月，请核对日期。").format(month=month))
    if not 1 <= day <= monthrange(year, month)[1]:
        raise InvalidFieldError(
            field,
            _("{year} 年 {month} 月没有 {day} 日，请核对。").format(
                year=year, month=month, day=day
            ),
        )
    return date(year, month, day)
