"""The clock of the tour: it always stands on a working day, in the middle of the afternoon.

今日 and the calendar of a day off are empty; the pictures show the day as it is drawn, whenever
the tour is taken.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.rules.workdays import day_kind

_STANDS_AT = time(14, 20)


def tour_instant(now: datetime) -> datetime:
    """14:20 of the newest working day on which that is past: nothing lies in the future."""
    day = branch_date(now)
    while not day_kind(day).is_working or _afternoon(day) > now:
        day -= timedelta(days=1)
    return _afternoon(day)


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, _STANDS_AT, BRANCH_TIME).astimezone(UTC)
