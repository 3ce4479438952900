"""When a birthday is kept: by the solar or the lunar calendar, and on a neighbour if need be.

29 February is kept on the 28th of a common year; lunar dates as ``rules.lunar`` says. A window of
days is asked of the database at once: as spans of birth dates for every year of birth, as month
and day where the year is unknown, and as lunar dates.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.lunar import LunarDate, kept_on, lunar_year_of
from advisorcrm.rules.workdays import days_between

LONGEST_WINDOW = 366
"""Days; in a longer one a birthday would come twice."""
_LEAP_DAY = "02-29"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days of one calendar year as ``(month, day)``, the end excluded; the day may be a 32nd."""

    year: int
    first: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BirthdayWindow:
    """What birthdays fall on the days from ``start`` to ``end``, both included."""

    start: date
    end: date
    spans: tuple[DaySpan, ...] = ()
    solar: dict[str, tuple[date, ...]] = field(default_factory=dict)
    """``11-30`` -> when it is kept."""
    lunar: dict[LunarDate, tuple[date, ...]] = field(default_factory=dict)


def open_window(start: date, end: date) -> BirthdayWindow:
    """The window of these days. Raises InvalidFieldError for one backwards or too long."""
    if not 0 <= (end - start).days < LONGEST_WINDOW:
        raise InvalidFieldError("end", _("请选一年以内、先后正确的起止日期。"))
    days = list(days_between(start, end))
    solar: dict[str, list[date]] = {}
    lunar: dict[LunarDate, list[date]] = {}
    for on in days:
        for written in solar_days(on):
            solar.setdefault(written, []).append(on)
        for kept in kept_on(on):
            lunar.setdefault(kept, []).append(on)
    return BirthdayWindow(
        start,
        end,
        _spans(days),
        {day: tuple(found) for day, found in solar.items()},
        {day: tuple(found) for day, found in lunar.items()},
    )


def solar_days(on: date) -> tuple[str, ...]:
    """Which birthdays, as ``11-30``, are kept on a solar day."""
    written = f"{on:%m-%d}"
    is_instead = written == "02-28" and not isleap(on.year)
    return (written, _LEAP_DAY) if is_instead else (written,)


def age_on(born: date | None, on: date, *, is_lunar: bool = False) -> int | None:
    """How old somebody becomes on a birthday; None where the year of birth is unknown.

    A lunar birthday counts lunar years, since one solar year may hold it twice or not at all.
    """
    if born is None:
        return None
    return lunar_year_of(on) - lunar_year_of(born) if is_lunar else on.year - born.year


def years_lived(born: date, on: date) -> int:
    """How old somebody is on a day: whole years, by the solar calendar."""
    is_before = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - is_before


def _spans(days: Sequence[date]) -> tuple[DaySpan, ...]:
    """The days of each calendar year by themselves: a window may lie across New Year."""
    spans = []
    for year in sorted({on.year for on in days}):
        within = [on for on in days if on.year == year]
        first, last = within[0], within[-1]
        end = (last.month, last.day + 1)
        if (last.month, last.day) == (2, 29) or _LEAP_DAY in solar_days(last):
            end = (3, 1)
        spans.append(DaySpan(year, (first.month, first.day), end))
    return tuple(spans)
