"""When a thing that comes again comes next: daily, weekly, monthly, on working days if asked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from advisorcrm.rules.workdays import HolidayTable, day_kind
from advisorcrm.terms import TaskRepeat

_WEEK = 7
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Recurrence:
    """``starts_on`` fixes the weekday or the day of the month for good.

    With ``on_workdays`` a day on which the branch rests makes way for the next working day; a
    daily task is then one of every working day.
    """

    repeats: TaskRepeat
    starts_on: date
    on_workdays: bool = False


def next_day(
    rule: Recurrence, *, after: date, not_before: date, table: HolidayTable | None = None
) -> date:
    """The first day of the rule after ``after``; what was missed before ``not_before`` is left out.

    A task due on the 31st comes on the last day of shorter months and on the 31st again.
    """
    for plain in _plain_days(rule, after):
        on = _working(plain, table) if rule.on_workdays else plain
        if on > after and on >= not_before:
            return on
    raise ValueError(rule)  # days never end


def _plain_days(rule: Recurrence, after: date) -> Iterator[date]:
    """The days as they fall in the calendar, from shortly before ``after`` on."""
    if rule.repeats is TaskRepeat.MONTHLY:
        yield from _days_of_months(rule.starts_on, after)
        return
    step = 1 if rule.repeats is TaskRepeat.DAILY else _WEEK
    passed = max(0, (after - rule.starts_on).days // step - 2)
    on = rule.starts_on + timedelta(days=passed * step)
    while True:
        yield on
        on += timedelta(days=step)


def _days_of_months(starts_on: date, after: date) -> Iterator[date]:
    first = starts_on.year * _MONTHS + starts_on.month - 1
    months = max(first, after.year * _MONTHS + after.month - 2)
    while True:
        year, month = divmod(months, _MONTHS)
        last = monthrange(year, month + 1)[1]
        yield date(year, month + 1, min(starts_on.day, last))
        months += 1


def _working(on: date, table: HolidayTable | None) -> date:
    while not day_kind(on, table).is_working:
        on += timedelta(days=1)
    return on
