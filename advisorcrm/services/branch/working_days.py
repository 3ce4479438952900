"""The branch's calendar: holidays and weekends worked of each year, edited and imported.

A year is official once its notice has been entered, and estimated until then. A day the branch
has edited holds in either case. Years the program knows and the branch has not stored come from
the table shipped with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.prepared import Prepared, slot
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.models import WorkingDay, WorkingYear
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.rules.statutory_days import estimated_names
from advisorcrm.rules.workdays import (
    FIRST_YEAR,
    LAST_YEAR,
    DayKind,
    HolidayTable,
    day_kind,
    days_between,
    holiday_names,
    plain_kind,
    shipped_table,
    year_without_notice,
)
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text

NOTICE, ESTIMATE = N_("国务院通知"), N_("推算")


@dataclass(frozen=True, slots=True)
class WorkingDayRow:
    """One day that is not what its day of the week says."""

    on: Annotated[date, Column(N_("日期"), width=12)]
    weekday: Annotated[str, Column(N_("星期"), width=8)]
    kind: Annotated[DayKind, Column(N_("日期类型"), width=14)]
    name: Annotated[str, Column(N_("名称"), width=16)]
    basis: Annotated[str, Column(N_("依据"), width=14)]


@dataclass(frozen=True, slots=True)
class NewWorkingDay:
    """One day as a person or a file gives it."""

    on: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class HolidaySheet:
    """The days of one year as a file gives them; an estimate that was exported stays one."""

    days: tuple[NewWorkingDay, ...]
    is_official: bool = True


@dataclass(frozen=True, slots=True)
class WorkingYearPlan:
    """One year as the settings show it; ``days`` are those that differ from the plain week."""

    year: int
    is_official: bool
    source: str
    entered_at: datetime | None
    days: tuple[WorkingDayRow, ...]
    table: HolidayTable

    @property
    def workdays(self) -> int:
        """How many days the branch works."""
        whole = days_between(date(self.year, 1, 1), date(self.year, 12, 31))
        return sum(day_kind(on, self.table).is_working for on in whole)


def holiday_table(session: Session, *, near: date | None = None) -> HolidayTable:
    """The calendar in force; every deadline is counted by it.

    Who asks only for the days about one says ``near`` which: no others are read.
    """
    if near is None:
        stored = _DAYS.ask(session)
    else:
        first = near - min(_NEAR, near - date.min)
        last = near + min(_NEAR, date.max - near)
        stored = _DAYS_NEAR.ask(session, first=first, last=last)
    days: dict[date, DayKind] = {on: kind for on, kind in stored}
    shipped = shipped_table()
    years = {year for year, is_official in _YEARS.ask(session) if is_official}
    fresh = shipped.years - years
    unstored = {on: kind for on, kind in shipped.exceptions.items() if on.year in fresh}
    return HolidayTable(frozenset(years | fresh), {**unstored, **days})


_NEAR = timedelta(days=60)
_YEARS = Prepared(select(WorkingYear.year, WorkingYear.is_official))
_EVERY_DAY = select(WorkingDay.day_on, WorkingDay.kind)
_DAYS = Prepared(_EVERY_DAY)
_DAYS_NEAR = Prepared(
    _EVERY_DAY.where(
        WorkingDay.day_on >= slot("first", Date()), WorkingDay.day_on <= slot("last", Date())
    )
)


def load_calendar(session: Session, actor: Actor) -> HolidayTable:
    """The calendar in force for a window; no client is in it: for everybody."""
    return holiday_table(session)


def open_year(session: Session, actor: Actor, year: int) -> WorkingYearPlan:
    """A year with its exceptions, estimated ones included; no client is in it: for everybody."""
    _demand_year(year)
    table = holiday_table(session)
    stored = session.scalar(select(WorkingYear).where(WorkingYear.year == year))
    is_official = year in table.years
    return WorkingYearPlan(
        year=year,
        is_official=is_official,
        source=stored.source if stored is not None else "",
        entered_at=stored.entered_at if stored is not None else None,
        days=_rows(year, table, _names(session, year)),
        table=table,
    )


def missing_notice(session: Session, actor: Actor, *, today: date) -> int | None:
    """The first year that should have a notice by now and has none; None if all is well."""
    return year_without_notice(today, holiday_table(session))


def set_day(session: Session, actor: Actor, new: NewWorkingDay) -> None:
    """Say what one day is; the plain kind of its weekday takes an exception back (manager).

    Raises InvalidFieldError for a kind the day of the week cannot have.
    """
    demand(actor, Right.MANAGE_BRANCH)
    _demand_year(new.on.year)
    _store_day(session, _checked(new))


def enter_year(
    session: Session, actor: Actor, year: int, sheet: HolidaySheet, *, now: datetime
) -> int:
    """Take a year's notice, or an edited estimate: its days replace what the year had (manager).

    Returns how many days differ from the plain week. Raises InvalidFieldError for a day of
    another year, given twice, or of a kind it cannot have.
    """
    demand(actor, Right.MANAGE_BRANCH)
    _demand_year(year)
    given: dict[date, NewWorkingDay] = {}
    for new in sheet.days:
        if new.on.year != year or new.on in given:
            raise InvalidFieldError(
                "on", _("{on} 不属于 {year} 年，或写了两次。").format(on=new.on, year=year)
            )
        given[new.on] = _checked(new)
    if not given:
        raise InvalidFieldError("days", _("一年的节假日表不能是空的。"))
    known = {stored.day_on for stored in _stored(session, year)} | set(estimated_names(year))
    for on in known - given.keys():
        _store_day(session, NewWorkingDay(on, plain_kind(on)))
    for new in given.values():
        _store_day(session, new)
    _mark(session, year, now, is_official=sheet.is_official)
    return len(given)


def confirm_year(session: Session, actor: Actor, year: int, *, now: datetime) -> int:
    """Take the year as it is shown, estimated and edited days, for the notice (manager)."""
    plan = open_year(session, actor, year)
    days = tuple(NewWorkingDay(row.on, row.kind, row.name) for row in plan.days)
    return enter_year(session, actor, year, HolidaySheet(days), now=now)


def _rows(year: int, table: HolidayTable, names: Mapping[date, str]) -> tuple[WorkingDayRow, ...]:
    basis = _(NOTICE if year in table.years else ESTIMATE)
    days = (day_kind(on, table) for on in days_between(date(year, 1, 1), date(year, 12, 31)))
    return tuple(
        WorkingDayRow(day.on, weekday_label(day.on), day.kind, names.get(day.on, ""), basis)
        for day in days
        if day.kind is not plain_kind(day.on)
    )


def _names(session: Session, year: int) -> Mapping[date, str]:
    stored = {row.day_on: row.name for row in _stored(session, year)}
    return {**estimated_names(year), **holiday_names(), **stored}


def _stored(session: Session, year: int) -> list[WorkingDay]:
    return list(
        session.scalars(
            select(WorkingDay).where(
                WorkingDay.day_on >= date(year, 1, 1), WorkingDay.day_on <= date(year, 12, 31)
            )
        )
    )


def _checked(new: NewWorkingDay) -> NewWorkingDay:
    """A weekend is never a plain working day: who works then does it in exchange."""
    is_weekend = plain_kind(new.on) is DayKind.REST
    fits = (
        new.kind in (DayKind.REST, DayKind.MADE_UP_WORKDAY)
        if is_weekend
        else new.kind is not DayKind.MADE_UP_WORKDAY
    )
    if not fits:
        raise InvalidFieldError(
            "kind",
            _("{on} 是{weekday}，不能是“{kind}”。").format(
                on=new.on, weekday=weekday_label(new.on), kind=new.kind.label
            ),
        )
    return NewWorkingDay(new.on, new.kind, clean_text("name", new.name))


def _store_day(session: Session, new: NewWorkingDay) -> None:
    row = session.scalar(select(WorkingDay).where(WorkingDay.day_on == new.on))
    if row is None:
        session.add(WorkingDay(day_on=new.on, kind=new.kind, name=new.name))
    else:
        row.kind, row.name = new.kind, new.name


def _mark(session: Session, year: int, now: datetime, *, is_official: bool) -> None:
    row = session.scalar(select(WorkingYear).where(WorkingYear.year == year))
    if row is None:
        row = WorkingYear(year=year)
        session.add(row)
    row.is_official, row.entered_at = is_official, now
    row.source = NOTICE if is_official else ESTIMATE


def _demand_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidFieldError("year", _("年份从 1901 到 2199。"))
