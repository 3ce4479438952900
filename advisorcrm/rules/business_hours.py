"""When a clock that was started at any minute runs out: by hours, working days, opening hours.

The branch is open on working days from 9:00 to 18:00 (R186). A clock of opening hours stands
still outside them: started at night or on a holiday it begins with the next opening, and it never
runs out at an hour when nobody is there. A working day within opening hours is one opening long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.workdays import (
    MOST_DAYS,
    HolidayTable,
    add_workdays,
    is_working,
    next_workday,
)

MOST_HOURS = 24 * MOST_DAYS


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """From when until when the branch is open on a working day."""

    opens: time = time(9)
    closes: time = time(18)

    @property
    def length(self) -> timedelta:
        """How long one opening lasts."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)


HOURS = BusinessHours()


def is_open(
    at: datetime, table: HolidayTable | None = None, opening: BusinessHours = HOURS
) -> bool:
    """Whether the branch is open at an instant: 9:00 is, 18:00 is not any more."""
    here = at.astimezone(BRANCH_TIME)
    clock = here.time().replace(tzinfo=None)
    return opening.opens <= clock < opening.closes and is_working(here.date(), table)


def next_open(
    at: datetime, table: HolidayTable | None = None, opening: BusinessHours = HOURS
) -> datetime:
    """``at`` if the branch is open then, else its next opening."""
    if is_open(at, table, opening):
        return at.astimezone(BRANCH_TIME)
    here = at.astimezone(BRANCH_TIME)
    on = here.date()
    is_early = here.time().replace(tzinfo=None) < opening.opens
    if not (is_early and is_working(on, table)):
        on = next_workday(on, table)
    return datetime.combine(on, opening.opens, BRANCH_TIME)


def next_half_hour(
    now: datetime, table: HolidayTable | None = None, opening: BusinessHours = HOURS
) -> datetime:
    """The first full half hour after an instant at which the branch is open."""
    here = now.astimezone(BRANCH_TIME).replace(second=0, microsecond=0)
    return next_open(here + timedelta(minutes=30 - here.minute % 30), table, opening)


def due_after_hours(
    at: datetime,
    hours: float,
    table: HolidayTable | None = None,
    *,
    opening: BusinessHours | None = None,
) -> datetime:
    """When a clock of ``hours`` runs out; only opening hours count where ``opening`` is given.

    Raises InvalidFieldError for no hours or for more than anybody means.
    """
    if not 0 < hours <= MOST_HOURS:
        raise InvalidFieldError(
            "hours", _("请填大于 0、不超过 {most} 的小时数。").format(most=MOST_HOURS)
        )
    length = timedelta(hours=hours)
    if opening is None:
        return at.astimezone(BRANCH_TIME) + length
    return _spend(at, length, table, opening)


def due_after_workdays(
    at: datetime,
    count: int,
    table: HolidayTable | None = None,
    *,
    opening: BusinessHours | None = None,
) -> datetime:
    """When a clock of ``count`` working days runs out.

    Without ``opening`` the day on which it was started does not count and it ends at the same
    time of the last one. With it, ``count`` whole openings are spent. Raises InvalidFieldError
    for a number that is no distance.
    """
    if not 0 < count <= MOST_DAYS:
        raise InvalidFieldError(
            "workdays", _("请填 {low} 到 {high} 之间的数。").format(low=1, high=MOST_DAYS)
        )
    if opening is not None:
        return _spend(at, count * opening.length, table, opening)
    here = at.astimezone(BRANCH_TIME)
    return datetime.combine(add_workdays(here.date(), count, table), here.timetz())


def _spend(
    at: datetime, length: timedelta, table: HolidayTable | None, opening: BusinessHours
) -> datetime:
    """Use up ``length`` of opening time; what ends with an opening ends at its close."""
    start = next_open(at, table, opening)
    left = _opening_of(start.date(), opening)[1] - start
    if length <= left:
        return start + length
    whole, rest = divmod(length - left, opening.length)
    if not rest:
        whole, rest = whole - 1, opening.length
    on = add_workdays(start.date(), whole + 1, table)
    return _opening_of(on, opening)[0] + rest


def _opening_of(on: date, opening: BusinessHours) -> tuple[datetime, datetime]:
    return (
        datetime.combine(on, opening.opens, BRANCH_TIME),
        datetime.combine(on, opening.closes, BRANCH_TIME),
    )
