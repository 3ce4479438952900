"""The statutory days of a year, and the working days given for those that fall on a weekend (补假).

Thirteen days since 2025 (全国年节及纪念日放假办法). The law gives a working day for each that is
a Saturday or Sunday; which one is said only by the yearly notice. Here it is the first working day
after the rest that the day lies in, as the notices have it. Weekends worked in exchange (调休上班)
are never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from advisorcrm.rules.lunar import LunarDate, day_of_clear_and_bright, solar_date_of

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@cache
def estimated_names(year: int) -> Mapping[date, str]:
    """The days of rest of a year without notice and what they are: ``春节``, ``春节补假``."""
    names: dict[date, str] = {}
    owed: list[tuple[date, str]] = []
    for on, name in sorted(_festival_days(year)):
        if on in names or on.weekday() >= _SATURDAY:
            owed.append((on, name))
        names.setdefault(on, name)
    for on, name in owed:
        names[_first_worked(on, names)] = f"{name}补假"
    return names


def _festival_days(year: int) -> Iterator[tuple[date, str]]:
    """Each day of each festival; the moon may lay one of them on the national day."""
    spring = solar_date_of(LunarDate(1, 1), year)
    yield date(year, 1, 1), "元旦"
    yield from ((spring + timedelta(days=step), "春节") for step in (-1, 0, 1, 2))
    yield day_of_clear_and_bright(year), "清明"
    yield from ((date(year, 5, day), "劳动节") for day in (1, 2))
    yield solar_date_of(LunarDate(5, 5), year), "端午"
    yield solar_date_of(LunarDate(8, 15), year), "中秋"
    yield from ((date(year, 10, day), "国庆节") for day in (1, 2, 3))


def _first_worked(on: date, rests: Mapping[date, str]) -> date:
    """The first day after the rest around ``on`` that would be worked."""
    while on in rests or on.weekday() >= _SATURDAY:
        on += _ONE_DAY
    return on
