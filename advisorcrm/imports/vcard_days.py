"""The days a card tells of a person: birthday in either calendar, anniversaries, own ones."""
# The words are those of cards and of the cells they become.  # chinese: data

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from advisorcrm.imports.contact_labels import label_shown
from advisorcrm.imports.vcard_lines import Property
from advisorcrm.imports.vcard_points import label_of
from advisorcrm.imports.vcard_values import android_lines, text_of
from advisorcrm.rules.written_text import has_han

_DAY = re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d{1,2})[-/.]?(?P<day>\d{1,2})")
_EIGHT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_SEPARATED = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_NO_YEAR = re.compile(r"--?(?P<month>\d\d)-?(?P<day>\d\d)|(?P<month2>\d{1,2})-(?P<day2>\d{1,2})")
_TIME = re.compile(r"[T ](?P<hour>\d\d):?\d\d(?::?\d\d)?(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?$")
_YEAR = re.compile(r"\d{4}")
_LATE_HOURS = frozenset({"15", "16"})
"""Midnight in China, with and without the summer time of 1986 to 1991, as UTC."""
_NO_YEARS = frozenset({"0000", "1604"})
_LEAP = re.compile(
    r"(?<=[-/.\d])(?:L|闰|閏)(?P<month>\d{1,2})[-/.]?(?P<day>\d{1,2})$", re.IGNORECASE
)
_CYCLE = re.compile(r"\d{1,2}[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
"""A year of the cycle of sixty before the day, as Apple counts them."""
_LUNAR_WORDS = re.compile(r"chinese|lunar|农历|阴历", re.IGNORECASE)
_BIRTHDAY = re.compile(r"ALTBDAY|(?:X-[A-Z0-9-]*)?(?:BDAY|BIRTHDAY)(?:-[A-Z-]+)?")
_OF_OTHERS = re.compile(r"SPOUSE|CHILD|PARTNER|PARENT")
_BIRTHDAY_WORDS = re.compile(r"生日|birthday", re.IGNORECASE)
_ANNIVERSARIES = frozenset(
    {"ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY"}
)
_ANNIVERSARY = "纪念日"
_EVENTS = {"1": _ANNIVERSARY, "2": "日期", "3": "生日"}
_SOLAR, _LUNAR = "生日", "农历生日"


class _Day(NamedTuple):
    """A day and what it is: 生日, 农历生日, or what the person calls it."""

    what: str
    cell: str


def days_of(named: Mapping[str, list[Property]], labels: Mapping[str, str]) -> dict[str, str]:
    """The birthday and the lunar one, as cells; the first that is told counts."""
    found = {_SOLAR: "", _LUNAR: ""}
    for day in _days(named, labels):
        if day.what in found:
            found[day.what] = found[day.what] or day.cell
    return found


def other_days(named: Mapping[str, list[Property]], labels: Mapping[str, str]) -> list[str]:
    """``纪念日：2000-05-05、…``, ``入职日：…``: a line for each sort, for the remarks."""
    lines: dict[str, dict[str, None]] = {}
    for day in _days(named, labels):
        if day.cell and day.what not in (_SOLAR, _LUNAR):
            lines.setdefault(day.what, {})[day.cell] = None
    return [f"{what}：{'、'.join(cells)}" for what, cells in lines.items()]


def _days(named: Mapping[str, list[Property]], labels: Mapping[str, str]) -> Iterator[_Day]:
    for name, properties in named.items():
        is_birthday = _BIRTHDAY.fullmatch(name) and not _OF_OTHERS.search(name)
        for one in properties:
            if is_birthday:
                yield _birthday(one)
            elif name in _ANNIVERSARIES:
                yield _called(_ANNIVERSARY, text_of(one))
            elif name == "X-ABDATE":
                yield _called(label_of(one, labels), text_of(one))
    yield from _of_android(named.get("X-ANDROID-CUSTOM", ()))


def _birthday(found: Property) -> _Day:
    told = " ".join((found.name, *(f"{key} {value}" for key, value in found.parameters)))
    value = text_of(found)
    if _LUNAR_WORDS.search(told) or found.name.endswith("ALTBDAY"):
        return _Day(_LUNAR, lunar_cell(value))
    return _Day(_SOLAR, solar_cell(value, found.parameter("X-APPLE-OMIT-YEAR")))


def _called(label: str, value: str) -> _Day:
    """A day by the name it was given: 农历生日 and 生日 are birthdays, others are kept."""
    if _BIRTHDAY_WORDS.search(label) and _LUNAR_WORDS.search(label):
        return _Day(_LUNAR, lunar_cell(value))
    return _Day(_SOLAR if label in ("生日", "Birthday") else label or "日期", solar_cell(value))


def _of_android(found: Iterable[Property]) -> Iterator[_Day]:
    """``contact_event;1970-05-06;3``: the number tells what day it is, 0 leaves it to a label."""
    for kind, (value, number, label) in android_lines(found):
        if not value:
            continue
        if kind == "contact_event":
            yield _called(_EVENTS.get(number, "") or label_shown(label), value)
        elif kind == "lunarBirthday":
            yield _Day(_LUNAR, lunar_cell(value))
        elif kind in ("birthday", "anniversary"):
            yield _Day(_SOLAR if kind == "birthday" else _ANNIVERSARY, solar_cell(value))


def solar_cell(text: str, omitted_year: str = "") -> str:
    """``1968-04-15``, ``--04-15`` without a year; anything else as it stands."""
    at = _TIME.search(text)
    day = text[: at.start()] if at else text
    found = _EIGHT.fullmatch(day) or _SEPARATED.fullmatch(day)
    if found is not None:
        year, month, number = found["year"], int(found["month"]), int(found["day"])
        if year in _NO_YEARS or year == omitted_year:
            return f"--{month:02}-{number:02}"
        cell = f"{year}-{month:02}-{number:02}"
        is_eve = at is not None and at["zone"] == "Z" and at["hour"] in _LATE_HOURS
        return _next_day(cell) if is_eve else cell
    bare = _NO_YEAR.fullmatch(day)
    if bare is not None:
        month_text, day_text = bare["month"] or bare["month2"], bare["day"] or bare["day2"]
        return f"--{int(month_text):02}-{int(day_text):02}"
    return f"{text}年" if _YEAR.fullmatch(text) else text


def lunar_cell(text: str) -> str:
    """Month and day of the lunar calendar, 闰 for a leap month; words (八月十五) as they stand."""
    leap = _LEAP.search(text)
    if leap is not None:
        return f"闰{int(leap['month'])}-{int(leap['day'])}"
    found = _DAY.search(text) if not has_han(text) else None
    if found is not None:
        return f"{int(found['month'])}-{int(found['day'])}"
    bare = _CYCLE.fullmatch(text)
    if bare is not None:
        return f"{int(bare['month'])}-{int(bare['day'])}"
    bare = _NO_YEAR.fullmatch(text)
    if bare is not None:
        return f"{int(bare['month'] or bare['month2'])}-{int(bare['day'] or bare['day2'])}"
    return text


def _next_day(cell: str) -> str:
    try:
        return (date.fromisoformat(cell) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return cell
