"""Which days the branch works: working day, rest or a weekend worked in exchange (调休上班).

The State Council's notices are known for the years of a table; later years are estimated from
weekends and the statutory days, and say so. The table shipped with the program comes from the
``chinese_calendar`` library; one that a branch keeps may be passed in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from advisorcrm.i18n import N_, _
from advisorcrm.rules.lunar import LunarDate, day_of_clear_and_bright, solar_date_of
from advisorcrm.terms import Term

SATURDAY = 5


class DayKind(Term):
    """What a day is for the branch."""

    WORKDAY = "workday", N_("工作日")
    REST = "rest", N_("休市")
    MADE_UP_WORKDAY = "made_up_workday", N_("调休上班")


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One day and what it is; ``is_estimated`` where no notice is known for its year."""

    on: date
    kind: DayKind
    is_estimated: bool = False

    @property
    def is_working(self) -> bool:
        """Whether the branch works, on a normal day or in exchange for one."""
        return self.kind is not DayKind.REST

    @property
    def label(self) -> str:
        """``工作日``, or ``工作日，推算`` for a year without notice."""
        if self.is_estimated:
            return _("{kind}，推算").format(kind=self.kind.label)
        return self.kind.label


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """The years whose notice is known, and their days that differ from the plain week."""

    years: frozenset[int] = frozenset()
    exceptions: Mapping[date, DayKind] = field(default_factory=dict)


def day_kind(on: date, table: HolidayTable | None = None) -> BranchDay:
    """What ``on`` is; a year without notice is estimated, never refused."""
    table = shipped_table() if table is None else table
    is_known = on.year in table.years
    exceptions = table.exceptions if is_known else _statutory_days(on.year)
    plain = DayKind.REST if on.weekday() >= SATURDAY else DayKind.WORKDAY
    return BranchDay(on, exceptions.get(on, plain), is_estimated=not is_known)


@cache
def shipped_table() -> HolidayTable:
    """The notices known when the program was made."""
    from chinese_calendar import constants

    exceptions = dict.fromkeys(constants.holidays, DayKind.REST)
    for on in constants.workdays:
        is_weekend = on.weekday() >= SATURDAY
        exceptions[on] = DayKind.MADE_UP_WORKDAY if is_weekend else DayKind.WORKDAY
    return HolidayTable(frozenset(on.year for on in constants.holidays), exceptions)


@cache
def _statutory_days(year: int) -> Mapping[date, DayKind]:
    """The statutory days of a year, without the exchanged weekends that only a notice fixes."""
    spring = solar_date_of(LunarDate(1, 1), year)
    days = [date(year, 1, 1), date(year, 5, 1), date(year, 5, 2)]
    days += [date(year, 10, day) for day in (1, 2, 3)]
    days += [spring + timedelta(days=step) for step in (-1, 0, 1, 2)]
    days += [solar_date_of(LunarDate(5, 5), year), solar_date_of(LunarDate(8, 15), year)]
    days.append(day_of_clear_and_bright(year))
    return dict.fromkeys(days, DayKind.REST)
