"""Dates as foreign sheets write them: ``20261120``, ``2026.11.20``, ``2026年11月20日``, serials.

What leaves a choice is not guessed: ``3/4/1975`` may be March or April and is refused, while
``28/2/1975`` may not. What people type into the program's own fields is ``plain_dates``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules import lunar
from advisorcrm.rules.chinese_numbers import chinese_number
from advisorcrm.rules.traditional import simplified
from advisorcrm.rules.written_text import is_nothing, plain
from advisorcrm.terms import BirthdayKept

FIRST_YEAR, LAST_YEAR = 1850, 2199
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_574  # from 1 March 1900 (Excel's own leap error) to 2199
_PIVOT = 50
_PERMANENT = re.compile(r"长期|永久|永远|无期限|long|9999|2999", re.IGNORECASE)
_ZERO = re.compile(
    r"0{1,4}[-/.年]?0{1,2}[-/.月]?0{1,2}日?|1900[-/.]0?1[-/.]0?0|1899[-/.]12[-/.]3[01]"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(
    r"(?:[T\s]+|(?<=日))(?:[上下]午|[AP]M)?\s*\d{1,2}[:：时点]\d{1,2}(?:[:：分]\d{1,2}(?:\.\d+)?)?"
    r"[分秒]?\s*(?:[上下]午|[AP]M|Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\s*[(,]?\s*(?:星期|周)[一二三四五六日天]\s*\)?")
_YEAR_FIRST = re.compile(
    r"'?(\d{4}|\d{2})\s*[-/.年,、\\\s]\s*(\d{1,2})\s*[-/.月,、\\\s]\s*(\d{1,2})\s*[日号]?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6}|\.0)?")
_SIX = re.compile(r"(\d{2})(\d\d)(\d\d)")
_TWO_DIGITS = re.compile(r"(\d\d)/(\d\d)/(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2}|[一二三四五六七八九十]{1,2})月-(\d{2}|\d{4})")
_SERIAL = re.compile(r"[1-9]\d{2,5}(?:\.\d+)?")
_CHINESE = re.compile(
    r"(?P<year>[〇零○Oo0一二三四五六七八九]{2,4})年(?P<month>[元正一二三四五六七八九十冬腊]{1,3})月"
    r"(?P<day>初?[一二三四五六七八九十廿卅]{1,4})[日号]?"
)
_CHINESE_YEAR = re.compile(r"^[〇零○一二三四五六七八九]{4}(?=年\d)")
_OF_THE_REPUBLIC = re.compile(
    r"(?:中[华華])?民国\s*(?P<told>\d{1,3})(?=\s*[-/.年])|^(?P<bare>1[0-4]\d)(?=([-/.])\d{1,2}\3\d{1,2}$)"
)
"""Years since 1912, as Taiwan counts; nothing else has three digits."""
_BEFORE_ITS_FIRST_YEAR = 1911
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+(?P<month>[A-Za-z]{3,9})"
    r"|(?P<month2>[A-Za-z]{3,9})[\s\-/.]+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)[\s,\-/.]+(?P<year>\d{4}|\d{2})"
)
_MONTH_DAY = re.compile(
    r"-{0,2}(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
)
_YEAR_OF_BIRTH = re.compile(r"(?:18|19|20)\d{2}\s*年?(?:生|出生|生人)")
_YEAR_MONTH = re.compile(r"((?:18|19|20|21)\d{2})\s*[-/.年]?\s*(0[1-9]|1[0-2]|[1-9])\s*月?")
_YEAR_ALONE = re.compile(r"(?:18|19|20)\d{2}\s*年?")
_FIRST_YEAR_ALONE, _LAST_YEAR_ALONE = 1900, 2099
"""Numbers that are years, though a spreadsheet could mean days of 1905 by them."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_CHINESE_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")


@dataclass(frozen=True, slots=True)
class Birthday:
    """As much of a birthday as was written, in either calendar."""

    solar: date | None = None
    month_day: str | None = None
    lunar: lunar.LunarDate | None = None
    kept: BirthdayKept | None = None


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
    found = _ISO.fullmatch(value)
    if found is not None and found[1] > "1900":
        return _date(int(found[1]), int(found[2]), int(found[3]), field)
    return _from_text(_plain(value), latest, field)


def _plain(value: str) -> str:
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


def read_birthday(
    value: object, *, latest: date | None = None, field: str = "birthday"
) -> Birthday | None:
    """A birthday in either calendar, with or without its year; None for an empty cell.

    ``1964-03-13 农历正月廿九``, ``1964-03-13（农历）``, ``八月十五``, ``--02-29``. A full date
    marked as lunar is kept as both. Raises InvalidFieldError, IncompleteDateError without a day.
    """
    if isinstance(value, (int, float)) and 101 <= value <= 1231 and value == int(value):
        value = f"{int(value):04}"  # 0313: a serial of those years would be nobody's birthday
    if not isinstance(value, str):
        solar = read_date(value, latest=latest, field=field)
        return None if solar is None else Birthday(solar)
    if _ISO.fullmatch(value) and value > "1901":
        return Birthday(read_date(value, field=field))
    text = _plain(value)
    if _YEAR_OF_BIRTH.fullmatch(text):
        raise _without_day(text, field)
    if is_nothing(text) or _ZERO.fullmatch(text):
        return None
    return _both_calendars(text, latest, field)


# --- numbers ----------------------------------------------------------------------------------


def _from_number(value: float, latest: date | None, field: str) -> date | None:
    if value == 0:
        return None
    whole = int(value)
    if 18_000_000 < whole < 22_000_000 and whole == value:
        return _date(whole // 10_000, whole // 100 % 100, whole % 100, field)
    if _FIRST_YEAR_ALONE <= whole <= _LAST_YEAR_ALONE:
        raise _without_day(f"{whole}", field)
    if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        return _plausible(_EPOCH + timedelta(days=whole), field)
    if whole == value:
        text = f"{whole:06}"
        _refuse_two_readings(text, field)
        parts = _six_digits(text)
        if parts is not None:
            return _date(_full_year(*parts, latest), int(parts[1]), int(parts[2]), field)
        if _YEAR_MONTH.fullmatch(text):
            raise _without_day(text, field)
    raise InvalidFieldError(field, _("数字 {value} 不是日期。").format(value=f"{value:g}"))


def _plausible(value: date, field: str) -> date | None:
    if (value.year, value.month) in ((1899, 12), (1900, 1)) and value <= date(1900, 1, 1):
        return None  # what a spreadsheet makes of zero
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidFieldError(field, _("没有 {year} 年的日期，请核对。").format(year=value.year))
    return value


# --- texts ------------------------------------------------------------------------------------


def _from_text(text: str, latest: date | None, field: str) -> date | None:
    text = _WEEKDAY.sub("", _TIME.sub("", text)).strip()
    if is_nothing(text) or _ZERO.fullmatch(text):
        return None
    text = _CHINESE_YEAR.sub(lambda year: year[0].translate(_CHINESE_DIGITS), text)
    _refuse_two_readings(text, field)
    parts = _parts(text)
    if parts is not None:
        return _date(_full_year(*parts, latest), int(parts[1]), int(parts[2]), field)
    if _YEAR_MONTH.fullmatch(text) or _YEAR_ALONE.fullmatch(text):
        raise _without_day(text, field)
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), latest, field)
    found = _YEAR_LAST.fullmatch(text)
    if found is not None:
        return _year_last(found, field)
    raise InvalidFieldError(
        field, _("看不懂日期“{text}”。可以写 2026-11-20。").format(text=text[:20])
    )


def _without_day(text: str, field: str) -> IncompleteDateError:
    return IncompleteDateError(field, _("日期“{text}”没有日，没有导入。").format(text=text))


def _parts(text: str) -> tuple[str, str, str] | None:
    """Year, month and day where their order is beyond doubt."""
    for pattern in (_EIGHT, _YEAR_FIRST):
        found = pattern.fullmatch(text)
        if found is not None:
            return found[1], found[2], found[3]
    return _six_digits(text) or _day_first(text) or _english(text) or _chinese(text)


def _six_digits(text: str) -> tuple[str, str, str] | None:
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


def _refuse_two_readings(text: str, field: str) -> None:
    """``01/02/20`` and ``201112`` may each be two dates."""
    six = _six_digits(text)
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
    found = _CHINESE.fullmatch(text)
    if found is None:
        return None
    try:
        date_in_year = lunar.read_lunar(f"{found['month'].replace('元', '一')}月{found['day']}")
    except InvalidFieldError:
        date_in_year = None
    if date_in_year is None:
        return None
    year = found["year"].translate(_CHINESE_DIGITS)
    return (year, str(date_in_year.month), str(date_in_year.day)) if len(year) != 3 else None


def _full_year(year: str, month: str, day: str, latest: date | None) -> int:
    number = int(year)
    if len(year) > 2:
        return number
    if latest is None:
        return number + (2000 if number < _PIVOT else 1900)
    is_later = (2000 + number, int(month), int(day)) > (latest.year, latest.month, latest.day)
    return number + (1900 if is_later else 2000)


def _year_last(found: re.Match[str], field: str) -> date:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12:
        return _date(year, second, first, field)
    if second > 12 or first == second:
        return _date(year, first, second, field)
    raise InvalidFieldError(
        field,
        _("日期“{text}”可以是 {first} 月也可以是 {second} 月，请写成 年-月-日。").format(
            text=found[0], first=first, second=second
        ),
    )


def _date(year: int, month: int, day: int, field: str) -> date:
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


# --- birthdays --------------------------------------------------------------------------------

_IS_LUNAR = re.compile(r"[(/]?\s*(?:农历|阴历|旧历|农|阴)\s*\)?")
_IS_SOLAR = re.compile(r"[(/]?\s*(?:公历|阳历|新历|国历|公|阳)\s*\)?")
_LUNAR_WORDS = re.compile(
    r"[(/,;、\s]*(?:农历|阴历|旧历|农|阴)?[:：]?\s*"
    r"(?P<lunar>闰?(?:[正冬腊臘]|[一二三四五六七八九十]{1,2})月闰?(?:初[一二三四五六七八九十]|[一二三四五六七八九十廿卅]{1,3}))"
    r"[日号]?\)?"
)
_LUNAR_DIGITS = re.compile(
    r"[(/,;、\s]*(?:农历|阴历|旧历|农|阴)[:：]?\s*(?P<lunar>闰?\d{1,2}[-/.月]\d{1,2})[日号]?\)?$"
)
_KEEPS = re.compile(r"[(/,;、\s]*过\s*(?P<which>农历|公历|阳历|阴历|农|公|阳|阴)(?:生日)?\s*\)?")


def _solar(value: date | None) -> Birthday | None:
    return None if value is None else Birthday(value)


def _both_calendars(text: str, latest: date | None, field: str) -> Birthday | None:
    text, kept = _kept(text)
    text, found = _lunar_part(text)
    is_lunar = found is None and _IS_LUNAR.search(text) is not None
    rest = _IS_SOLAR.sub("", _IS_LUNAR.sub("", text)).strip(" ()/,;、:")
    if found is not None and _YEAR_ALONE.fullmatch(rest):
        return Birthday(lunar.solar_date_of(found, int(rest[:4])), None, found, BirthdayKept.LUNAR)
    if is_lunar:
        return _marked_lunar(rest, latest, field)
    if kept is None and found is not None and not rest:
        kept = BirthdayKept.LUNAR
    month_day = None
    solar = None
    if rest:
        month_day = _month_day(rest, field)
        solar = None if month_day else read_date(rest, latest=latest, field=field)
    if solar is None and month_day is None and found is None:
        return None
    return Birthday(solar, month_day, found, kept)


def _kept(text: str) -> tuple[str, BirthdayKept | None]:
    """Take ``过农历`` out of the text."""
    found = _KEEPS.search(text)
    if found is None:
        return text, None
    kept = BirthdayKept.LUNAR if found["which"][0] in "农阴" else BirthdayKept.SOLAR
    return text[: found.start()] + text[found.end() :], kept


def _lunar_part(text: str) -> tuple[str, lunar.LunarDate | None]:
    """Take a lunar month and day (正月廿九) out of the text."""
    if _CHINESE.search(text):
        return text, None
    found = _LUNAR_WORDS.search(text) or _LUNAR_DIGITS.search(text)
    if found is None:
        return text, None
    return text[: found.start()] + text[found.end() :], lunar.read_lunar(found["lunar"])


def _marked_lunar(rest: str, latest: date | None, field: str) -> Birthday:
    """``1964-03-13（农历）``: year, month and day of the lunar calendar."""
    month_day = _MONTH_DAY.fullmatch(rest)
    if month_day is not None:
        month, day = filter(None, month_day.groups())
        found = lunar.read_lunar(f"{int(month)}-{int(day)}", field=field)
        return Birthday(lunar=found, kept=BirthdayKept.LUNAR)
    parts = _parts(rest)
    if parts is None:
        raise InvalidFieldError(
            field, _("看不懂农历生日“{text}”。可以写 农历八月十五。").format(text=rest[:20])
        )
    year, month, day = parts
    found = lunar.read_lunar(f"{int(month)}-{int(day)}", field=field)
    solar = lunar.solar_date_of(found, _full_year(year, month, day, latest))
    return Birthday(solar, None, found, BirthdayKept.LUNAR)


def _month_day(text: str, field: str) -> str | None:
    """``02-29`` for a birthday without its year."""
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        return None
    month, day = filter(None, found.groups())
    checked = _date(2000, int(month), int(day), field)
    return f"{checked.month:02}-{checked.day:02}"
