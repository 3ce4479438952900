"""Which days the branch works: working day, rest or a weekend worked in exchange (调休上班).

The State Council's notices are known for the years of a table; later years are estimated from
weekends, the statutory days and the working days given for them (补假), and say so. The table
shipped with the program comes from the ``chinese_calendar`` library; one that a branch keeps may
be passed in its place. Days are counted from here by everything that has a deadline. The exchanges
trade on plain working days only.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.rules.statutory_days import estimated_names
from advisorcrm.terms import Term

FRIDAY, SATURDAY = 4, 5
NOTICE_MONTH = 11
"""The notice for the next year comes in November; from then on a missing one is worth a word."""
MOST_DAYS = 5_000
"""More working days than this are a slip of the pen: some twenty years."""
FIRST_YEAR, LAST_YEAR = 1901, 2199
"""Years for which the traditional calendar, and with it the statutory days, are known."""


class DayKind(Term):
    """What a day is for the branch."""

    WORKDAY = "workday", N_("工作日")
    REST = "rest", N_("休市")
    MADE_UP_WORKDAY = "made_up_workday", N_("调休上班")
    WITHOUT_TRADING = "without_trading", N_("工作日，不交易")


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
    def is_trading(self) -> bool:
        """Whether the exchanges trade: never on a weekend, worked in exchange or not."""
        return self.kind is DayKind.WORKDAY

    @property
    def label(self) -> str:
        """``工作日``, or ``工作日，推算`` for a year without notice."""
        if self.is_estimated:
            return _("{kind}，推算").format(kind=self.kind.label)
        return self.kind.label


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """The years whose notice is known, and the days that differ from the plain week.

    An exception in a year without notice is the branch's own word about an estimated day.
    """

    years: frozenset[int] = frozenset()
    exceptions: Mapping[date, DayKind] = field(default_factory=dict)


_in_force: list[HolidayTable] = []


def use_table(table: HolidayTable | None) -> None:
    """The branch's own calendar for all that is only told (dates echoed, the status bar).

    What decides a deadline names its table; None is the shipped one again.
    """
    _in_force[:] = [] if table is None else [table]


def day_kind(on: date, table: HolidayTable | None = None) -> BranchDay:
    """What ``on`` is; a year without notice is estimated, never refused."""
    if table is None:
        table = _in_force[0] if _in_force else shipped_table()
    is_known = on.year in table.years
    kind = table.exceptions.get(on)
    if kind is None and not is_known:
        kind = estimated_days(on.year).get(on)
    return BranchDay(on, kind or plain_kind(on), is_estimated=not is_known)


def year_without_notice(today: date, table: HolidayTable | None = None) -> int | None:
    """The first year that should have a notice by now and has none; None if all is well."""
    years = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
    return next((year for year in years if day_kind(date(year, 1, 1), table).is_estimated), None)


def plain_kind(on: date) -> DayKind:
    """What the day of the week alone makes of ``on``."""
    return DayKind.REST if on.weekday() >= SATURDAY else DayKind.WORKDAY


def is_working(on: date, table: HolidayTable | None = None) -> bool:
    """Whether the branch works on ``on``."""
    return day_kind(on, table).is_working


def next_workday(on: date, table: HolidayTable | None = None) -> date:
    """The first working day after ``on``."""
    return add_workdays(on, 1, table)


def add_workdays(on: date, count: int, table: HolidayTable | None = None) -> date:
    """The working day that many after ``on``, or before it for a negative ``count``.

    None to add is ``on`` itself or, if nobody works then, the next working day. Raises
    InvalidFieldError for a distance or a year beyond what is known.
    """
    if abs(count) > MOST_DAYS:
        raise InvalidFieldError("count", _("请填 {most} 以内的工作日数。").format(most=MOST_DAYS))
    demand_known_day(on)
    if count == 0:
        return on if is_working(on, table) else add_workdays(on, 1, table)
    step = timedelta(days=1 if count > 0 else -1)
    for _nth in range(abs(count)):
        on = demand_known_day(on + step)
        while not is_working(on, table):
            on = demand_known_day(on + step)
    return on


def workdays_of_month(year: int, month: int, table: HolidayTable | None = None) -> list[date]:
    """The working days of a month, in order."""
    _demand_month(year, month)
    days = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
    return [on for on in days if is_working(on, table)]


def nth_workday(year: int, month: int, number: int, table: HolidayTable | None = None) -> date:
    """The working day of that number in a month; ``-1`` is the last (R52, R93).

    Raises InvalidFieldError for a month that has not so many.
    """
    days = workdays_of_month(year, month, table)
    if not 1 <= abs(number) <= len(days):
        raise InvalidFieldError(
            "number",
            _("{year} 年 {month} 月有 {count} 个工作日，没有第 {number} 个。").format(
                year=year, month=month, count=len(days), number=number
            ),
        )
    return days[number - 1 if number > 0 else number]


def weekly_day(on: date, weekday: int = FRIDAY, table: HolidayTable | None = None) -> date | None:
    """When a weekly matter is due in the week of ``on`` (R21, R70).

    That weekday, or if nobody works then the last working day of the week; None in a week
    without work.
    """
    monday = on - timedelta(days=on.weekday())
    wanted = monday + timedelta(days=weekday)
    if is_working(wanted, table):
        return wanted
    days = list(days_between(monday, monday + timedelta(days=6)))
    return next((day for day in reversed(days) if is_working(day, table)), None)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def _demand_month(year: int, month: int) -> None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise InvalidFieldError("month", _("月份写作 2026-11，年份从 1901 到 2199。"))


def demand_known_day(on: date, field: str = "on") -> date:
    """The day itself. Raises InvalidFieldError for one beyond the known years."""
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise InvalidFieldError(field, _("日期须在 1901 年到 2199 年之间。"))
    return on


@cache
def shipped_table() -> HolidayTable:
    """The notices known when the program was made."""
    from chinese_calendar import constants

    exceptions = dict.fromkeys(constants.holidays, DayKind.REST)
    for on in constants.workdays:
        is_weekend = on.weekday() >= SATURDAY
        exceptions[on] = DayKind.MADE_UP_WORKDAY if is_weekend else DayKind.WORKDAY
    exceptions |= dict.fromkeys(_WITHOUT_TRADING, DayKind.WITHOUT_TRADING)
    return HolidayTable(frozenset(on.year for on in constants.holidays), exceptions)


@cache
def holiday_names() -> Mapping[date, str]:
    """What each day of the shipped table is free, or worked, for: ``春节``."""
    from chinese_calendar import constants

    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    named = {**constants.holidays, **constants.workdays}
    return {on: _SHORT_NAMES.get(chinese[what], chinese[what]) for on, what in named.items()}


_SHORT_NAMES = {
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "抗战胜利纪念日",
}
_WITHOUT_TRADING = (
    *(date(2004, 1, day) for day in (19, 20, 21)),
    *(date(2005, 2, day) for day in (7, 8)),
    *(date(2006, 1, day) for day in (26, 27)),
    date(2024, 2, 9),
)
"""Working days by the notice on which the exchanges were closed, around the spring festival."""


@cache
def estimated_days(year: int) -> Mapping[date, DayKind]:
    """The days of rest of a year without notice; weekends worked only a notice can fix."""
    return dict.fromkeys(estimated_names(year), DayKind.REST)
