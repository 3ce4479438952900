"""Duties that come each week or month: who has them, in which period, until which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from advisorcrm.rules.workdays import HolidayTable, nth_workday, weekly_day
from advisorcrm.terms import DueKind, Role

REPORT_WORKDAY = 5
"""What concerns the month before is done by this working day (R52, R93)."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Duty:
    """Whose it is, and the working day of the month by which it is done; None is each week."""

    role: Role
    workday: int | None = None

    def period_of(self, on: date) -> date:
        """The first day of the week or month of ``on``."""
        if self.workday is None:
            return on - timedelta(days=on.weekday())
        return on.replace(day=1)

    def periods(self, first: date, last: date) -> Iterator[date]:
        """Every week or month that has a day from ``first`` to ``last``."""
        on = self.period_of(first)
        while on <= last:
            yield on
            on = on + _WEEK if self.workday is None else self.period_of(on + timedelta(days=31))

    def day_of(self, period_on: date, table: HolidayTable | None = None) -> date | None:
        """The day by which it is done; None in a week without work."""
        if self.workday is None:
            return weekly_day(period_on, table=table)
        return nth_workday(period_on.year, period_on.month, self.workday, table)


def has_begun(kind: DueKind, period: int, today: date) -> bool:
    """Whether this is a duty of a week or month that has begun; ``period`` is its ordinal."""
    return kind in DUTIES and period <= today.toordinal()


DUTIES: Mapping[DueKind, Duty] = MappingProxyType(
    {
        DueKind.FRIDAY_AUDIT: Duty(Role.MANAGER),
        DueKind.MONTH_ANALYSIS: Duty(Role.ADVISOR, 1),
        DueKind.MONTH_REVIEW: Duty(Role.MANAGER, REPORT_WORKDAY),
        DueKind.CHURN_REPORT: Duty(Role.ADVISOR, REPORT_WORKDAY),
    }
)
"""The check of the files (R21, R70), the analysis of the month before (R51) and its review (R52),
the files of clients who left (R93)."""
