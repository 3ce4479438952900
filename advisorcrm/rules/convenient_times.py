"""When a client likes to be called, as the file has it in words (方便时间, R221).

``工作日 15:30 以后``, ``上午``, ``周末下午``, ``12:00-13:30``: what is understood is compared
with the clock, what is not is only shown.
"""

from __future__ import annotations

import re
from datetime import datetime, time

from advisorcrm.rules.workdays import HolidayTable, is_working

_PARTS = {
    "收盘后": (time(15), time.max),
    "盘后": (time(15), time.max),
    "早上": (time(7), time(9, 30)),
    "上午": (time(8, 30), time(12)),
    "中午": (time(11, 30), time(14)),
    "午间": (time(11, 30), time(14)),
    "下午": (time(13), time(18)),
    "傍晚": (time(17), time(19)),
    "晚上": (time(18), time(22)),
    "晚间": (time(18), time(22)),
}
_CLOCK = r"([01]?\d|2[0-3])(?::([0-5]\d)|[点时](半)?)"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|~|至|到)\s*{_CLOCK}")
_AFTER = re.compile(rf"{_CLOCK}\s*(?:以后|之后|后)")
_BEFORE = re.compile(rf"{_CLOCK}\s*(?:以前|之前|前)")
_WORKDAYS, _WEEKEND = ("工作日", "平日", "平时"), ("周末", "双休", "休息日")
_NOON = 12


def suits(convenient_time: str, moment: datetime, table: HolidayTable | None = None) -> bool | None:
    """Whether this moment of the branch's clock suits the client; None where nobody can tell.

    A working day is one by the calendar: a Saturday worked in exchange is, a holiday is not.
    """
    text = convenient_time.strip().replace("：", ":")
    day = _day_suits(text, is_rest=not is_working(moment.date(), table))
    if day is False:
        return False
    hours = _hours(text)
    if not hours:
        return day
    clock = moment.time().replace(tzinfo=None)
    return any(begin <= clock < end for begin, end in hours)


def _day_suits(text: str, *, is_rest: bool) -> bool | None:
    wants_weekend = any(word in text for word in _WEEKEND)
    wants_workday = any(word in text for word in _WORKDAYS)
    if wants_weekend == wants_workday:
        return None
    return is_rest if wants_weekend else not is_rest


def _hours(text: str) -> list[tuple[time, time]]:
    is_later = any(word in text for word in ("下午", "傍晚", "晚上", "晚间"))
    spans = [
        (_time(found.groups()[:3], is_later), _time(found.groups()[3:], is_later))
        for found in _SPAN.finditer(text)
    ]
    spans += [(_time(found.groups(), is_later), time.max) for found in _AFTER.finditer(text)]
    spans += [(time.min, _time(found.groups(), is_later)) for found in _BEFORE.finditer(text)]
    return spans or [hours for word, hours in _PARTS.items() if word in text]


def _time(parts: tuple[str | None, ...], is_later: bool) -> time:
    hour, minute, half = int(parts[0] or 0), int(parts[1] or 0), parts[2]
    if is_later and hour < _NOON:
        hour += _NOON
    return time(hour, 30 if half else minute)
