"""Between what is stored in a client's file and what its editors show: written, read, judged.

A reader raises InvalidFieldError with what is wrong, in the words of the service.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from advisorcrm.columns import Form, branch_date, show_number
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.amounts import RateUnit, read_rate
from advisorcrm.rules.lunar import LunarDate, read_lunar
from advisorcrm.rules.plain_dates import Direction, read_plain_date
from advisorcrm.rules.written_birthdays import read_birthday
from advisorcrm.rules.written_dates import is_permanent
from advisorcrm.services.files import client_checks
from advisorcrm.terms import Term

Read = Callable[[str], Mapping[str, Any]]
Write = Callable[[Mapping[str, Any]], str]
Clock = Callable[[], datetime]


def write_plain(name: str, stored: Mapping[str, Any]) -> str:
    """A value as its editor shows it: codes, ISO dates, numbers."""
    value = stored[name]
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return ",".join(value)
    return str(value)


def read_text(name: str, text: str) -> Mapping[str, Any]:
    """A text of ordinary length."""
    return {name: client_checks.clean_text(name, text)}


def read_remark(text: str) -> Mapping[str, Any]:
    """The remark, which may be long."""
    return {"remark": client_checks.clean_remark(text)}


def read_name(text: str) -> Mapping[str, Any]:
    """A name, never empty."""
    return {"name": client_checks.clean_name(text)}


def read_account(text: str) -> Mapping[str, Any]:
    """An account, or none."""
    return {"account": client_checks.clean_account(text)}


def read_id_number(text: str) -> Mapping[str, Any]:
    """An identity number with its check digit proven, or another document's number."""
    return {"id_number": client_checks.clean_id_number(text)}


def read_code(name: str, text: str) -> Mapping[str, Any]:
    """One code, or none."""
    return {name: text or None}


def read_codes(name: str, text: str) -> Mapping[str, Any]:
    """Several codes; none is None, as it is stored."""
    return {name: tuple(code for code in text.split(",") if code) or None}


def read_term(name: str, kind: type[Term], text: str) -> Mapping[str, Any]:
    """One of the program's own choices, or none."""
    return {name: kind(text) if text else None}


def read_id(name: str, text: str) -> Mapping[str, Any]:
    """The id of an advisor or group, or none."""
    return {name: int(text) if text else None}


def write_rate(name: str, stored: Mapping[str, Any]) -> str:
    """A rate in per mille."""
    value = stored[name]
    return "" if value is None else show_number(value, Form.PERMILLE)


def read_commission(text: str) -> Mapping[str, Any]:
    """A rate: per mille, or with its own unit (万2.5, 0.08%)."""
    return {"commission_ppm": read_rate(text, unit=RateUnit.PER_MILLE) if text else None}


def read_frequency(text: str) -> Mapping[str, Any]:
    """Days between two contacts; ``2w`` and ``两周`` are understood by their number of days."""
    if not text:
        return {"contact_every_days": None}
    digits = re.sub(r"\s*(天|days?|d)$", "", text, flags=re.IGNORECASE)  # chinese: data
    if not digits.isdecimal():
        raise InvalidFieldError("contact_every_days", _("请填多少天联系一次，例如 14。"))
    return {"contact_every_days": client_checks.clean_frequency(int(digits))}


def read_first_year(text: str) -> Mapping[str, Any]:
    """A year, ``2007`` or ``2007 年``, or none."""
    if not text:
        return {"invests_since": None}
    digits = text.removesuffix("年").strip()  # chinese: data
    if not digits.isdecimal():
        raise InvalidFieldError("invests_since", _("请填年份，例如 2007。"))
    return {"invests_since": client_checks.clean_first_year(int(digits))}


def day_reader(name: str, clock: Clock, direction: Direction) -> Callable[[str], date | None]:
    """Reads a typed day; for the date line, which wants no errors."""
    return partial(_day_or_none, name, clock, direction)


def read_day(name: str, clock: Clock, direction: Direction, text: str) -> Mapping[str, Any]:
    """A day as people type it, or none."""
    if not text:
        return {name: None}
    on = read_plain_date(text, clock(), direction=direction, field=name).on
    if on < client_checks.EARLIEST:
        raise InvalidFieldError(name, _("日期早于 1880 年，请核对。"))
    if direction is Direction.PAST and on > _today(clock):
        raise InvalidFieldError(name, _("日期不能晚于今天。"))
    return {name: on}


def read_document_expiry(clock: Clock, text: str) -> Mapping[str, Any]:
    """The day a document expires, or 长期."""
    if is_permanent(text):
        return {"id_expires_on": None, "id_is_permanent": True}
    return {
        **read_day("id_expires_on", clock, Direction.FUTURE, text),
        "id_is_permanent": False,
    }


def write_document_expiry(stored: Mapping[str, Any]) -> str:
    """The day, or 长期."""
    if stored["id_is_permanent"]:
        return PERMANENT
    return write_plain("id_expires_on", stored)


PERMANENT = "长期"  # chinese: data


def read_solar_birthday(clock: Clock, text: str) -> Mapping[str, Any]:
    """A solar birthday, with its year or without."""
    found = read_birthday(text, latest=_today(clock)) if text else None
    if found is not None and found.solar is None and found.month_day is None:
        raise InvalidFieldError("birthday", _("这是农历日期，请填在“农历生日”里。"))
    solar = found.solar if found else None
    if solar is not None and solar > _today(clock):
        raise InvalidFieldError("birthday", _("生日不能晚于今天。"))
    month_day = found.month_day if found and solar is None else None
    return {"birthday": solar, "birthday_month_day": month_day}


def write_solar_birthday(stored: Mapping[str, Any]) -> str:
    """``1968-12-04``, or ``12-04`` where the year is unknown."""
    if stored["birthday"] is not None:
        return write_plain("birthday", stored)
    return stored["birthday_month_day"] or ""


def read_lunar_birthday(text: str) -> Mapping[str, Any]:
    """A lunar birthday as three stored values."""
    lunar = read_lunar(text, field="lunar_month") if text else None
    return {
        "lunar_month": lunar.month if lunar else None,
        "lunar_day": lunar.day if lunar else None,
        "lunar_is_leap": lunar.is_leap if lunar else False,
    }


def write_lunar_birthday(stored: Mapping[str, Any]) -> str:
    """``十月十五``."""
    lunar = lunar_of_file(stored)
    return lunar.label_zh if lunar else ""


def lunar_of_file(stored: Mapping[str, Any]) -> LunarDate | None:
    """The lunar birthday of a file, if there is one."""
    if not stored["lunar_month"] or not stored["lunar_day"]:
        return None
    return LunarDate(stored["lunar_month"], stored["lunar_day"], bool(stored["lunar_is_leap"]))


def _day_or_none(name: str, clock: Clock, direction: Direction, text: str) -> date | None:
    try:
        on: date | None = read_day(name, clock, direction, text)[name]
    except InvalidFieldError:
        return None
    return on


def _today(clock: Clock) -> date:
    return branch_date(clock())
