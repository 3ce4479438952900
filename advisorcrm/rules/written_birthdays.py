"""Birthdays as foreign sheets write them: in either calendar, with or without their year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules import lunar
from advisorcrm.rules.date_parts import CHINESE_DATE, find_parts, full_year, make_date
from advisorcrm.rules.written_dates import (
    ISO_DATE,
    YEAR_ALONE,
    ZERO_DATE,
    plain_date,
    read_date,
    without_day,
)
from advisorcrm.rules.written_text import is_nothing
from advisorcrm.terms import BirthdayKept

_YEAR_OF_BIRTH = re.compile(r"(?:18|19|20)\d{2}\s*年?(?:生|出生|生人)")
_MONTH_DAY = re.compile(
    r"-{0,2}(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
)
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


@dataclass(frozen=True, slots=True)
class Birthday:
    """As much of a birthday as was written, in either calendar."""

    solar: date | None = None
    month_day: str | None = None
    lunar: lunar.LunarDate | None = None
    kept: BirthdayKept | None = None


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
    if ISO_DATE.fullmatch(value) and value > "1901":
        return Birthday(read_date(value, field=field))
    text = plain_date(value)
    if _YEAR_OF_BIRTH.fullmatch(text):
        raise without_day(text, field)
    if is_nothing(text) or ZERO_DATE.fullmatch(text):
        return None
    return _both_calendars(text, latest, field)


def _solar(value: date | None) -> Birthday | None:
    return None if value is None else Birthday(value)


def _both_calendars(text: str, latest: date | None, field: str) -> Birthday | None:
    text, kept = _kept(text)
    text, found = _lunar_part(text)
    is_lunar = found is None and _IS_LUNAR.search(text) is not None
    rest = _IS_SOLAR.sub("", _IS_LUNAR.sub("", text)).strip(" ()/,;、:")
    if found is not None and YEAR_ALONE.fullmatch(rest):
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
    if CHINESE_DATE.search(text):
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
    parts = find_parts(rest)
    if parts is None:
        raise InvalidFieldError(
            field, _("看不懂农历生日“{text}”。可以写 农历八月十五。").format(text=rest[:20])
        )
    year, month, day = parts
    found = lunar.read_lunar(f"{int(month)}-{int(day)}", field=field)
    solar = lunar.solar_date_of(found, full_year(year, month, day, latest))
    return Birthday(solar, None, found, BirthdayKept.LUNAR)


def _month_day(text: str, field: str) -> str | None:
    """``02-29`` for a birthday without its year."""
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        return None
    month, day = filter(None, found.groups())
    checked = make_date(2000, int(month), int(day), field)
    return f"{checked.month:02}-{checked.day:02}"
