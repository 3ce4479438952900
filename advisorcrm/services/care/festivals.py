"""Holidays on which clients are greeted: the branch's list, by either calendar (R245)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import N_, _
from advisorcrm.models import Festival
from advisorcrm.rules.lunar import LunarDate, next_solar_date
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import FestivalCalendar

_SOLAR, _LUNAR = FestivalCalendar.SOLAR, FestivalCalendar.LUNAR
# chinese: data (the words a branch begins with)
SEEDS: tuple[tuple[str, FestivalCalendar, int, int], ...] = (
    ("新年", _SOLAR, 1, 1),
    ("春节", _LUNAR, 1, 1),
    ("元宵", _LUNAR, 1, 15),
    ("情人节", _SOLAR, 2, 14),
    ("五一", _SOLAR, 5, 1),
    ("端午", _LUNAR, 5, 5),
    ("中秋", _LUNAR, 8, 15),
    ("重阳", _LUNAR, 9, 9),
    ("国庆", _SOLAR, 10, 1),
)
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class NewFestival:
    """A holiday of the branch's own: ``店庆``."""

    name: str
    calendar: FestivalCalendar
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class FestivalRow:
    """One holiday with the day on which it comes next."""

    id: int
    name: Annotated[str, Column(N_("节日"), width=12)]
    calendar: Annotated[FestivalCalendar, Column(N_("历法"), width=8)]
    written: Annotated[str, Column(N_("月日"), width=12)]
    next_on: Annotated[date, Column(N_("下一次"), width=12)]
    weekday: Annotated[str, Column(N_("星期"), width=8)]
    is_archived: bool


def seed_festivals(session: Session) -> None:
    """Enter the holidays a branch begins with, once."""
    if session.scalar(select(func.count()).select_from(Festival)):
        return
    for position, (name, calendar, month, day) in enumerate(SEEDS):
        session.add(Festival(name=name, calendar=calendar, month=month, day=day, position=position))


def list_festivals(
    session: Session, actor: Actor, *, today: date, with_archived: bool = False
) -> list[FestivalRow]:
    """The holidays, the next first; no client is in it: for everybody."""
    statement = select(Festival)
    if not with_archived:
        statement = statement.where(Festival.archived_at.is_(None))
    rows = [_row(festival, today) for festival in session.scalars(statement)]
    return sorted(rows, key=lambda row: (row.is_archived, row.next_on, row.id))


def add_festival(session: Session, actor: Actor, new: NewFestival) -> int:
    """Add a holiday of the branch's own (manager).

    Raises InvalidFieldError for a name that is empty or known and for a day no month has.
    """
    demand(actor, Right.LEAD_LISTS)
    name = clean_text("name", new.name)
    if not name:
        raise InvalidFieldError("name", _("请填节日名称。"))
    if session.scalar(select(Festival.id).where(Festival.name == name)) is not None:
        raise InvalidFieldError("name", _("已有名为“{name}”的节日。").format(name=name))
    _demand_day(new)
    last = session.scalar(select(func.max(Festival.position)))
    festival = Festival(
        name=name, calendar=new.calendar, month=new.month, day=new.day, position=(last or 0) + 1
    )
    session.add(festival)
    session.flush()  # the id is the answer
    return festival.id


def archive_festival(session: Session, actor: Actor, festival_id: int, *, now: datetime) -> None:
    """Greet on it no longer (manager); it can be taken back."""
    demand(actor, Right.LEAD_LISTS)
    _find(session, festival_id).archived_at = now


def restore_festival(session: Session, actor: Actor, festival_id: int) -> None:
    """Greet on it again (manager)."""
    demand(actor, Right.LEAD_LISTS)
    _find(session, festival_id).archived_at = None


def _find(session: Session, festival_id: int) -> Festival:
    festival = session.get(Festival, festival_id)
    if festival is None:
        raise NotFoundError(_("找不到这个节日。"))
    return festival


def _row(festival: Festival, today: date) -> FestivalRow:
    on = next_day(festival.calendar, festival.month, festival.day, today)
    lunar = LunarDate(festival.month, festival.day).label_zh
    is_lunar = festival.calendar is FestivalCalendar.LUNAR
    return FestivalRow(
        festival.id,
        festival.name,
        festival.calendar,
        lunar if is_lunar else f"{festival.month:02d}-{festival.day:02d}",
        on,
        weekday_label(on),
        festival.archived_at is not None,
    )


def next_day(calendar: FestivalCalendar, month: int, day: int, today: date) -> date:
    """When a holiday comes next, today included; 29 February only in leap years' stead on 28."""
    if calendar is FestivalCalendar.LUNAR:
        return next_solar_date(LunarDate(month, day), today)
    days = (
        date(year, month, min(day, monthrange(year, month)[1]))
        for year in (today.year, today.year + 1)
    )
    return next(on for on in days if on >= today)


def _demand_day(new: NewFestival) -> None:
    is_month = 1 <= new.month <= 12
    if new.calendar is FestivalCalendar.LUNAR:
        longest = 30
    else:
        longest = monthrange(_LEAP_YEAR, new.month)[1] if is_month else 0
    if not (is_month and 1 <= new.day <= longest):
        raise InvalidFieldError("day", _("没有这一天，请核对月日。"))
