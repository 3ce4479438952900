"""``calendar``: working days, clocks, the traditional calendar, a year's holidays in and out.

With a person named, the branch's own table counts; without one, the table shipped with the
program.
"""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import now, signed_in
from advisorcrm.cli.usage import instant_of
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _

if TYPE_CHECKING:
    from advisorcrm.rules.workdays import HolidayTable


def nth_workday(options: argparse.Namespace) -> dict[str, Any]:
    """The working day of that number in a month."""
    from advisorcrm.rules import workdays

    year, month = _month(options.month)
    table = _table(options)
    return _day(workdays.nth_workday(year, month, options.number, table), table)


def add_workdays(options: argparse.Namespace) -> dict[str, Any]:
    """The day that many working days later."""
    from advisorcrm.rules import workdays

    table = _table(options)
    return _day(workdays.add_workdays(options.date, options.number, table), table)


def due(options: argparse.Namespace) -> dict[str, Any]:
    """When a clock started at an instant runs out."""
    from advisorcrm.rules import business_hours as clocks
    from advisorcrm.rules.workdays import day_kind

    at, table = instant_of(options.at), _table(options)
    opening = clocks.HOURS if options.business_hours else None
    if options.hours is not None:
        found = clocks.due_after_hours(at, options.hours, table, opening=opening)
    else:
        found = clocks.due_after_workdays(at, options.workdays, table, opening=opening)
    day = day_kind(found.date(), table)
    return {"due": _written(found), "kind": day.kind.value, "is_estimated": day.is_estimated}


def lunar(options: argparse.Namespace) -> dict[str, Any]:
    """A day by the traditional calendar."""
    from advisorcrm.rules.lunar import lunar_of

    found = lunar_of(_known(options.date))
    return {
        "lunar": found.plain_zh,
        "month": found.month,
        "day": found.day,
        "is_leap": found.is_leap,
    }


def take(options: argparse.Namespace) -> dict[str, Any]:
    """Enter a year's holidays from a file."""
    from advisorcrm.imports.holidays import read_holidays
    from advisorcrm.services.branch.working_days import enter_year

    sheet = read_holidays(Path(options.file))
    with signed_in(options) as database:
        count = database.write(partial(enter_year, year=options.year, sheet=sheet, now=now()))
    return {"year": options.year, "days": count, "is_official": sheet.is_official}


def give(options: argparse.Namespace) -> dict[str, Any]:
    """Write a year's holidays to a file."""
    from advisorcrm.exports.holidays import export_holidays
    from advisorcrm.services.branch.working_days import open_year

    with signed_in(options) as database:
        plan = database.read(partial(open_year, year=options.year))
    count = export_holidays(plan, Path(options.file))
    return {"year": options.year, "days": count, "is_official": plan.is_official}


def _table(options: argparse.Namespace) -> HolidayTable | None:
    """The branch's table where somebody asks for a branch; None is the shipped one."""
    from advisorcrm.services.branch.working_days import holiday_table

    if not (options.database or options.user or os.environ.get("ADVISORCRM_USER")):
        return None
    with signed_in(options) as database:
        return database.read(lambda session, _actor: holiday_table(session))


def _day(on: date, table: HolidayTable | None) -> dict[str, Any]:
    from advisorcrm.rules.workdays import day_kind

    day = day_kind(on, table)
    return {
        "date": on.isoformat(),
        "kind": day.kind.value,
        "is_trading": day.is_trading,
        "is_estimated": day.is_estimated,
    }


def _month(text: str) -> tuple[int, int]:
    try:
        at = datetime.strptime(text, "%Y-%m")  # noqa: DTZ007 - a month has no zone
    except ValueError as error:
        raise InvalidFieldError("month", _("月份写作 2026-11。")) from error
    return at.year, at.month


def _known(on: date) -> date:
    from advisorcrm.rules.workdays import FIRST_YEAR, LAST_YEAR

    if not FIRST_YEAR < on.year <= LAST_YEAR:
        raise InvalidFieldError("date", _("日期须在 1902 年到 2199 年之间。"))
    return on


def _written(at: datetime) -> str:
    return at.astimezone(BRANCH_TIME).isoformat(timespec="seconds")
