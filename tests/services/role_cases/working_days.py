"""The branch's calendar: everybody reads it, manager and administrator keep it."""

from __future__ import annotations

from datetime import date

from advisorcrm.rules.workdays import DayKind
from advisorcrm.services.branch import working_days
from tests.factories import NOW
from tests.services.roles import EVERYBODY, RUN_BRANCH, Case

DAY = working_days.NewWorkingDay(date(2027, 3, 8), DayKind.REST)

CASES: dict[str, Case] = {
    "working_days.confirm_year": (
        lambda s, a, w: working_days.confirm_year(s, a, 2027, now=NOW), RUN_BRANCH),
    "working_days.enter_year": (
        lambda s, a, w: working_days.enter_year(
            s, a, 2027, working_days.HolidaySheet((DAY,)), now=NOW), RUN_BRANCH),
    "working_days.load_calendar": (lambda s, a, w: working_days.load_calendar(s, a), EVERYBODY),
    "working_days.missing_notice": (
        lambda s, a, w: working_days.missing_notice(s, a, today=date(2026, 12, 1)), EVERYBODY),
    "working_days.open_year": (lambda s, a, w: working_days.open_year(s, a, 2027), EVERYBODY),
    "working_days.set_day": (
        lambda s, a, w: working_days.set_day(s, a, DAY) or True, RUN_BRANCH),
}  # fmt: skip
