"""Dates as foreign sheets write them: ``20261120``, ``2026.11.20``, ``2026年11月20日``, serials.

What leaves a choice is not guessed: ``3/4/1975`` may be March or April and is refused, while
``28/2/1975`` may not. Birthdays are ``written_birthdays``; what people type into the program's own
fields is ``plain_dates``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.date_parts import (
    CHINESE_DIGITS,
    FIRST_YEAR,
    LAST_YEAR,
    find_parts,
    full_year,
    make_date,
    six_digits,
)
from advisorcrm.rules.traditional import simplified
from advisorcrm.rules.written_text import is_nothing, plain

_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_574  # from 1 March 1900 (Excel's own leap error) to 2199
_PERMANENT = re.compile(r"长期|永久|永远|无期限|long|9999|2999", re.IGNORECASE)
ZERO_DATE = re.compile(
    r"0{1,4}[-/.年]?0{1,2}[-/.月]?0{1,2}日?|1900[-/.]0?1[-/.]0?0|1899[-/.]12[-/.]3[01]"
)
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(
    r"(?:[T\s]+|(?<=日))(?:[上下]午|[AP]M)?\s*\d{1,2}[:：时点]\d{1,2}(?:[:：分]\d{1,2}(?:\.\d+)?)?"
    r"[分秒]?\s*(?:[上下]午|[AP]M|Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\s*[(,]?\s*(?:星期|周)[一二三四五六日天]\s*\)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_TWO_DIGITS = re.compile(r"(\d\d)/(\d\d)/(\d\d)")
_SERIAL = re.compile(r"[1-9]\d{2,5}(?:\.\d+)?")
_CHINESE_YEAR = re.compile(r"^[〇零○一二三四五六七八九]{4}(?=年\d)")
_OF_THE_REPUBLIC = re.compile(
    r"(?:中[华華])?民国\s*(?P<told>\d{1,3})(?=\s*[-/.年])|^(?P<bare>1[0-4]\d)(?=([-/.])\d{1,2}\3\d{1,2}$)"
)
"""Years since 1912, as Taiwan counts; nothing else has three digits."""
_BEFORE_ITS_FIRST_YEAR = 1911
_YEAR_MONTH = re.compile(r"((?:18|19|20|21)\d{2})\s*[-/.年]?\s*(0[1-9]|1[0-2]|[1-9])\s*月?")
YEAR_ALONE = re.compile(r"(?:18|19|20)\d{2}\s*年?")
_FIRST_YEAR_ALONE, _LAST_YEAR_ALONE = 1900, 2099
"""Numbers that are years, though a spreadsheet could mean days of 1905 by them."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


class IncompleteDateError(InvalidFieldError):
    """A year, or a month of it: there is nothing to store, and nothing is wrong either."""


def read_date(value: object, *, latest: date | None = None, field: str = "date") -> date | None:
    """The date a cell holds; None for an empty cell and for ``0-0-0``.

    Two-digit years lie in this century unless that is after ``latest``. Raises
    InvalidFieldError for what is no date, has no day, or may be read in two ways.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _plausible(value, field)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, latest, field)
    if not isinstance(value, str):
        raise InvalidFieldError(field, _("这里应是日期。"))
    found = ISO_DATE.fullmatch(value)
    if found is not None and found[1] > "1900":
        return make_date(int(found[1]), int(found[2]), int(found[3]), field)
    return _from_text(plain_date(value), latest, field)


def plain_date(value: str) -> str:
    """The text with common signs between its parts, and with years as we count them."""
    text = simplified(plain(value)).rstrip(".。").translate(_DASHES)
    return _OF_THE_REPUBLIC.sub(
        lambda year: str(_BEFORE_ITS_FIRST_YEAR + int(year["told"] or year["bare"])), text
    )


def is_permanent(value: object) -> bool:
    """Whether an expiry says ``长期``: the document never expires."""
    if isinstance(value, date):
        return value.year >= 2999
    return isinstance(value, str) and _PERMANENT.search(value) is not None


def _from_number(value: float, latest: date | None, field: str) -> date | None:
    if value == 0:
        return None
    whole = int(value)
    if 18_000_000 < whole < 22_000_000 and whole == value:
        return make_date(whole // 10_000, whole // 100 % 100, whole % 100, field)
    if _FIRST_YEAR_ALONE <= whole <= _LAST_YEAR_ALONE:
        raise without_day(f"{whole}", field)
    if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        return _plausible(_EPOCH + timedelta(days=whole), field)
    if whole == value:
        text = f"{whole:06}"
        _refuse_two_readings(text, field)
        parts = six_digits(text)
        if parts is not None:
            return make_date(full_year(*parts, latest), int(parts[1]), int(parts[2]), field)
        if _YEAR_MONTH.fullmatch(text):
            raise without_day(text, field)
    raise InvalidFieldError(field, _("数字 {value} 不是日期。").format(value=f"{value:g}"))


def _plausible(value: date, field: str) -> date | None:
    if (value.year, value.month) in ((1899, 12), (1900, 1)) and value <= date(1900, 1, 1):
        return None  # what a spreadsheet makes of zero
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidFieldError(field, _("没有 {year} 年的日期，请核对。").format(year=value.year))
    return value


def _from_text(text: str, latest: date | None, field: str) -> date | None:
    text = _WEEKDAY.sub("", _TIME.sub("", text)).strip()
    if is_nothing(text) or ZERO_DATE.fullmatch(text):
        return None
    text = _CHINESE_YEAR.sub(lambda year: year[0].translate(CHINESE_DIGITS), text)
    _refuse_two_readings(text, field)
    parts = find_parts(text)
    if parts is not None:
        return make_date(full_year(*parts, latest), int(parts[1]), int(parts[2]), field)
    if _YEAR_MONTH.fullmatch(text) or YEAR_ALONE.fullmatch(text):
        raise without_day(text, field)
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), latest, field)
    found = _YEAR_LAST.fullmatch(text)
    if found is not None:
        return _year_last(found, field)
    raise InvalidFieldError(
        field, _("看不懂日期“{text}”。可以写 2026-11-20。").format(text=text[:20])
    )


def without_day(text: str, field: str) -> IncompleteDateError:
    """What to raise for a year or a month alone."""
    return IncompleteDateError(field, _("日期“{text}”没有日，没有导入。").format(text=text))


def _refuse_two_readings(text: str, field: str) -> None:
    """``01/02/20`` and ``201112`` may each be two dates."""
    six = six_digits(text)
    slashes = _TWO_DIGITS.fullmatch(text)
    is_both = six is not None and _YEAR_MONTH.fullmatch(text) is not None
    if slashes is not None:
        is_both = all(1 <= int(part) <= 31 for part in slashes.groups()) and any(
            int(part) <= 12 for part in slashes.groups()[:2]
        )
    if is_both:
        raise InvalidFieldError(
            field, _("日期“{text}”有两种读法，请写成 年-月-日。").format(text=text)
        )


def _year_last(found: re.Match[str], field: str) -> date:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12:
        return make_date(year, second, first, field)
    if second > 12 or first == second:
        return make_date(year, first, second, field)
    raise InvalidFieldError(
        field,
        _("日期“{text}”可以是 {first} 月也可以是 {second} 月，请写成 年-月-日。").format(
            text=found[0], first=first, second=second
        ),
    )
