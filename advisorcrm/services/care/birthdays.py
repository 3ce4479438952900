"""Birthdays in a window of days, by the calendar each client keeps (R113, R244).

One look-up through three indexes: birth dates of every year, month and day where the year is
unknown, lunar dates. Who keeps the lunar birthday and has none in the file is told the solar one,
and the other way round. Clients who have left are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any

from sqlalchemy import String, and_, literal_column, or_, select, tuple_, type_coerce, union_all
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.birth_years import day_in_year, years_of_birth
from advisorcrm.i18n import _
from advisorcrm.models import Client, User
from advisorcrm.rules.birthdays import BirthdayWindow, age_on, open_window
from advisorcrm.rules.lunar import LunarDate
from advisorcrm.rules.masking import mask_name
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.access import Right, demand, names_are_masked, sees_branch
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.care.care_records import list_greeted
from advisorcrm.services.care.care_ways import CareWays, Wish, ways_of
from advisorcrm.services.files.client_checks import EARLIEST
from advisorcrm.terms import BirthdayKept, CareKind, ClientStage, Sex

_C = Client.__table__.c
_COLUMNS = (
    _C.id, _C.client_no, _C.name, type_coerce(_C.sex, String).label("sex"), _C.tier,
    _C.advisor_id, _C.birthday, _C.birthday_month_day, _C.lunar_month, _C.lunar_day,
    _C.lunar_is_leap, _C.birthday_kept.label("kept"), _C.is_restricted, _C.service_need,
)  # fmt: skip
_BY_SOLAR: Any = literal_column("0").label("by_lunar")
_BY_LUNAR: Any = literal_column("1").label("by_lunar")


@dataclass(frozen=True, slots=True)
class BirthdayRow:
    """One birthday as lists and sheets show it."""

    on: Annotated[date, Column("日期", width=12)]
    weekday: Annotated[str, Column("星期", width=8)]
    client_id: int
    client_no: Annotated[str, Column("客户号", width=12, shown=False)]
    client_name: Annotated[str, Column("客户", width=14)]
    tier: Annotated[str | None, Column("类型", codes=terms.TIER, width=10)]
    calendar: Annotated[BirthdayKept, Column("过哪个生日", width=10)]
    written: Annotated[str, Column("生日", width=14)]
    age: Annotated[int | None, Column("年龄", form=Form.PLAIN, align="right", width=7)]
    way: Annotated[str, Column("可用方式", width=18)]
    greeted_on: Annotated[date | None, Column("已祝贺", width=12)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    sex: Sex | None
    ways: CareWays

    @property
    def id(self) -> int:
        """The client: a window holds a birthday once."""
        return self.client_id


def birthday_window(session: Session, actor: Actor, *, today: date) -> tuple[date, date]:
    """The days in which a coming birthday is to be thought of: 2 to 7 days ahead (R244)."""
    settings = load_settings(session, actor)
    days = sorted((settings.birthday_from_days, settings.birthday_to_days))
    return today + timedelta(days=days[0]), today + timedelta(days=days[1])


def list_birthdays(session: Session, actor: Actor, *, start: date, end: date) -> list[BirthdayRow]:
    """Birthdays of the person's clients from ``start`` to ``end``, the next first.

    Raises InvalidFieldError for days that are no window of at most a year.
    """
    demand(actor, Right.SEE_CLIENTS)
    found = _look_up(session, actor, open_window(start, end))
    wishes = {
        row.id: Wish(row.is_restricted, row.service_need == terms.DO_NOT_DISTURB)
        for _on, row, _kept in found
    }
    beside = _Beside(
        ways_of(session, wishes),
        {user.id: user.name for user in session.execute(select(User.id, User.name))},
        list_greeted(session, actor, CareKind.BIRTHDAY, start=start, end=end),
        {on: weekday_label(on) for on in {one[0] for one in found}},
    )
    rows = [_row(on, row, kept, beside) for on, row, kept in found]
    if names_are_masked(actor):
        return [replace(row, client_name=mask_name(row.client_name)) for row in rows]
    return rows


def _look_up(
    session: Session, actor: Actor, window: BirthdayWindow
) -> list[tuple[date, Any, BirthdayKept]]:
    """Day, client and calendar of each birthday: one statement."""
    lunar = {(day.month, day.day, day.is_leap): days for day, days in window.lunar.items()}
    found: list[tuple[date, Any, BirthdayKept]] = []
    rows = session.connection().execute(select_birthdays(actor, window)).all()  # no objects in it
    for row in rows:
        if row.by_lunar:
            kept = BirthdayKept.LUNAR
            days = lunar.get((row.lunar_month, row.lunar_day, bool(row.lunar_is_leap)), ())
        else:
            kept = BirthdayKept.SOLAR
            days = window.solar.get(_solar(row), ())
        found += [(on, row, kept) for on in days]
    found.sort(key=lambda one: (one[0], one[1].id))
    return found


def select_birthdays(actor: Actor, window: BirthdayWindow) -> Any:
    """Who has a birthday: three look-ups, each without those whom another calendar counts for."""
    has_lunar = and_(_C.lunar_month.is_not(None), _C.lunar_day.is_not(None))
    no_solar = and_(_C.birthday.is_(None), _C.birthday_month_day.is_(None))
    is_solar = or_(_C.birthday_kept == BirthdayKept.SOLAR, ~has_lunar)
    is_lunar = or_(_C.birthday_kept == BirthdayKept.LUNAR, no_solar)
    years, day = years_of_birth(EARLIEST.year, window.end.year), _C.birthday
    parts = []
    for span in window.spans:
        within = and_(
            day >= day_in_year(years.c.year, *span.first),
            day < day_in_year(years.c.year, *span.end),
        )
        parts.append(
            select(*_COLUMNS, _BY_SOLAR).join_from(years, Client.__table__, within).where(is_solar)
        )
    by_day = and_(_C.birthday.is_(None), _C.birthday_month_day.in_(list(window.solar)))
    parts.append(select(*_COLUMNS, _BY_SOLAR).where(by_day, is_solar))
    pairs = sorted({(kept.month, kept.day) for kept in window.lunar})
    by_lunar = tuple_(_C.lunar_month, _C.lunar_day).in_(pairs)
    parts.append(select(*_COLUMNS, _BY_LUNAR).where(by_lunar, is_lunar))
    return union_all(*(part.where(*_served(actor)) for part in parts))


def _served(actor: Actor) -> list[Any]:
    mine = [] if sees_branch(actor) else [_C.advisor_id == actor.user_id]
    return [*mine, _C.archived_at.is_(None), _C.stage != ClientStage.CHURNED]


def _solar(row: Any) -> str:
    """``11-30``, whether the year is known or not."""
    return row.birthday.isoformat()[5:] if row.birthday else row.birthday_month_day or ""


def _lunar(row: Any) -> LunarDate | None:
    if not row.lunar_month or not row.lunar_day:
        return None
    return LunarDate(row.lunar_month, row.lunar_day, bool(row.lunar_is_leap))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a birthday and is read once for all of them."""

    ways: dict[int, CareWays]
    advisors: dict[int, str]
    greeted: dict[tuple[int, date], date]
    weekdays: dict[date, str]


def _row(on: date, row: Any, kept: BirthdayKept, beside: _Beside) -> BirthdayRow:
    is_lunar = kept is BirthdayKept.LUNAR
    lunar = _lunar(row) if is_lunar else None
    if lunar is not None:
        written = _("农历{day}").format(day=lunar.label_zh)
    else:
        written = _solar(row)
    ways = beside.ways.get(row.id, CareWays())
    return BirthdayRow(
        on=on,
        weekday=beside.weekdays[on],
        client_id=row.id,
        client_no=row.client_no,
        client_name=row.name,
        tier=row.tier,
        calendar=kept,
        written=written,
        age=age_on(row.birthday, on, is_lunar=is_lunar),
        way=ways.label,
        greeted_on=beside.greeted.get((row.id, on)),
        advisor_name=beside.advisors.get(row.advisor_id, ""),
        sex=Sex(row.sex) if row.sex else None,
        ways=ways,
    )
