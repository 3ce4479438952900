"""Times of day as people type them: ``14:30``, ``下午两点半``, ``3pm``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from advisorcrm.rules.chinese_numbers import DIGITS, chinese_number

NOON = 12

_HOUR = rf"\d{{1,2}}|二?十[{DIGITS}]?|[{DIGITS}]"
_TIME = re.compile(
    rf"\s*(?:at\s+)?(?P<part>上午|早上|凌晨|中午|下午|傍晚|晚上)?\s*(?P<hour>{_HOUR})"
    rf"(?::(?P<minute>\d{{2}})|[点时](?P<word>半|一刻|三刻|(?:[0-5]?\d|[{DIGITS}十]{{1,3}})分?)?|(?=\s*[ap]m))"
    r"\s*(?P<half>am|pm)?"
)
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


def splits(text: str) -> Iterator[tuple[str, time | None]]:
    """The ways to read ``text`` as a day followed by a time, the longest time first."""
    yield text, None
    for start in range(len(text)):
        match = _TIME.fullmatch(text, start)
        if match and not (text[start].isdigit() and text[start - 1 : start].isdigit()):
            yield text[:start].strip(), _time_of(match)


def read_time(text: str) -> time | None:
    """``14:30``, ``下午两点半`` or ``9`` as a time; None for anything else."""
    try:
        return next((found for rest, found in splits(text.strip().lower()) if not rest), None)
    except ValueError:
        return None


def _time_of(match: re.Match[str]) -> time:
    hour = chinese_number(match["hour"])
    word = match["word"]
    if match["minute"]:
        minute = int(match["minute"])
    elif word:
        minute = _MINUTES.get(word) or chinese_number(word.removesuffix("分"))
    else:
        minute = 0
    return time(_hour_of_day(hour, match["part"] or match["half"] or ""), minute)


def _hour_of_day(hour: int, part: str) -> int:
    """``下午`` 2 is 14, ``中午`` 1 is 13 and 12 am is midnight."""
    if part in ("下午", "傍晚", "晚上", "pm") or (part == "中午" and hour < NOON - 1):
        return hour + NOON if hour < NOON else hour
    return 0 if part == "am" and hour == NOON else hour
