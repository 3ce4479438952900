"""Birthdays in a window of days, by the calendar each client keeps (R113, R244).

One look-up through three indexes: birth dates of every year, month and day where the year is
unknown, lunar dates. Who keeps the lunar birthday and has none in the file is told the solar one,
and the other way round. Clients who have left are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from operator import itemgetter
from typing import Annotated, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.birth_years import day_in_year, years_of_birth
from advisorcrm.db.plans import looked_at_last
from advisorcrm.db.prepared import Prepared, slot
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
from advisorcrm.terms import BirthdayKept, CareKind, ClientStage, Sex

_C = Client.__table__.c
_COLUMNS = (
    _C.id, _C.client_no, _C.name, type_coerce(_C.sex, String).label("sex"), _C.tier,
    _C.advisor_id, _C.birthday, _C.birthday_month_day, _C.lunar_month, _C.lunar_day,
    _C.lunar_is_leap, type_coerce(_C.birthday_kept, String).label("kept"), _C.is_restricted,
    _C.service_need,
)  # fmt: skip
_BY_SOLAR: Any = literal_column("0").label("by_lunar")
_BY_LUNAR: Any = literal_column("1").label("by_lunar")


_PEOPLE = Prepared(select(User.id, User.name))
_SEX_OF: dict[str | None, Sex] = {sex.value: sex for sex in Sex}


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


def list_birthdays(
    session: Session, actor: Actor, *, start: date, end: date, advisor_id: int | None = None
) -> list[BirthdayRow]:
    """Birthdays of the person's clients from ``start`` to ``end``, the next first.

    Who sees the branch may ask for the clients of one advisor.

    Raises InvalidFieldError for days that are no window of at most a year.
    """
    demand(actor, Right.SEE_CLIENTS)
    whose = advisor_id if sees_branch(actor) else actor.user_id
    found = _look_up(session, whose, _window(start, end))
    wishes = {
        row.id: Wish(row.is_restricted, row.service_need == terms.DO_NOT_DISTURB)
        for _on, row, _kept in found
    }
    beside = _Beside(
        ways_of(session, wishes),
        {key: name for key, name in _PEOPLE.ask(session)},
        list_greeted(session, actor, CareKind.BIRTHDAY, start=start, end=end),
        {on: weekday_label(on) for on in {one[0] for one in found}},
        _("农历{day}"),
    )
    rows = [_row(on, row, kept, beside) for on, row, kept in found]
    if names_are_masked(actor):
        return [replace(row, client_name=mask_name(row.client_name)) for row in rows]
    return rows


class _Born(NamedTuple):
    """One row of ``select_birthdays``, column by column."""

    id: int
    client_no: str
    name: str
    sex: str | None
    tier: str | None
    advisor_id: int | None
    birthday: date | None
    birthday_month_day: str | None
    lunar_month: int | None
    lunar_day: int | None
    lunar_is_leap: bool
    kept: str
    is_restricted: bool
    service_need: str | None
    by_lunar: int

    @property
    def written(self) -> str:
        """``11-30``, whether the year is known or not."""
        return self.birthday.isoformat()[5:] if self.birthday else self.birthday_month_day or ""

    @property
    def lunar_label(self) -> str:
        """``十月十五``; who has no lunar date is told none."""
        if not self.lunar_month or not self.lunar_day:
            return ""
        return _lunar_label(self.lunar_month, self.lunar_day, self.lunar_is_leap)


_FIRST: Callable[[Any], Any] = itemgetter(0)
"""Of a client the id, of a birthday the day: those of a day stay in the order of the clients."""
_LUNAR = slice(_Born._fields.index("lunar_month"), _Born._fields.index("lunar_is_leap") + 1)


def _look_up(
    session: Session, whose: int | None, window: BirthdayWindow
) -> list[tuple[date, _Born, BirthdayKept]]:
    """Day, client and calendar of each birthday: one statement."""
    lunar: dict[Any, tuple[date, ...]] = {
        (day.month, day.day, day.is_leap): days for day, days in window.lunar.items()
    }
    found: list[tuple[date, _Born, BirthdayKept]] = []
    by_solar, by_lunar = BirthdayKept.SOLAR, BirthdayKept.LUNAR
    rows = _prepared(window.start, window.end, whose).ask(session)
    for row in sorted(map(_Born._make, rows), key=_FIRST):
        if row.by_lunar:
            found += [(on, row, by_lunar) for on in lunar.get(row[_LUNAR], ())]
        else:
            found += [(on, row, by_solar) for on in window.solar.get(row.written, ())]
    found.sort(key=_FIRST)
    return found


@cache
def _lunar_label(month: int, day: int, is_leap: bool) -> str:
    return LunarDate(month, day, is_leap).label_zh


_window = lru_cache(maxsize=32)(open_window)


@lru_cache(maxsize=32)
def _prepared(start: date, end: date, whose: int | None) -> Prepared:
    """The question of these days; a page asks it at every change."""
    return Prepared(select_birthdays(whose, _window(start, end)))


def select_birthdays(whose: int | slot | None, window: BirthdayWindow) -> Any:
    """Who has a birthday: three look-ups, each without those whom another calendar counts for.

    ``whose`` are the clients of one advisor; None are those of the branch.
    """
    has_lunar = and_(_C.lunar_month.is_not(None), _C.lunar_day.is_not(None))
    no_solar = and_(_C.birthday.is_(None), _C.birthday_month_day.is_(None))
    is_solar = or_(_C.birthday_kept == BirthdayKept.SOLAR, ~has_lunar)
    is_lunar = or_(_C.birthday_kept == BirthdayKept.LUNAR, no_solar)
    parts = [
        select(*_COLUMNS, _BY_SOLAR).join_from(days, Client.__table__, within).where(is_solar)
        for days, within in _spans(window)
    ]
    has_no_year = looked_at_last(_C.birthday).is_(None)
    by_day = and_(has_no_year, _C.birthday_month_day.in_(list(window.solar)))
    parts.append(select(*_COLUMNS, _BY_SOLAR).where(by_day, is_solar))
    pairs = sorted({(kept.month, kept.day) for kept in window.lunar})
    by_lunar = tuple_(_C.lunar_month, _C.lunar_day).in_(pairs)
    parts.append(select(*_COLUMNS, _BY_LUNAR).where(by_lunar, is_lunar))
    return union_all(*(part.where(*_served(whose)) for part in parts))


def _spans(window: BirthdayWindow) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    """The days of the window in every year of birth, and how a date lies within them."""
    years = years_of_birth(_C.birthday)
    for span in window.spans:
        first = day_in_year(years.c.year, *span.first)
        end = day_in_year(years.c.year, *span.end)
        yield years, and_(_C.birthday >= first, _C.birthday < end)


def _served(whose: int | slot | None) -> list[ColumnElement[bool]]:
    mine = [] if whose is None else [looked_at_last(_C.advisor_id) == whose]
    return [*mine, _C.archived_at.is_(None), _C.stage != ClientStage.CHURNED]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a birthday and is read once for all of them."""

    ways: dict[int, CareWays]
    advisors: dict[int, str]
    greeted: dict[tuple[int, date], date]
    weekdays: dict[date, str]
    lunar_form: str


def _row(on: date, row: _Born, kept: BirthdayKept, beside: _Beside) -> BirthdayRow:
    is_lunar = kept is BirthdayKept.LUNAR
    ways = beside.ways[row.id]
    return BirthdayRow(
        on,
        beside.weekdays[on],
        row.id,
        row.client_no,
        row.name,
        row.tier,
        kept,
        beside.lunar_form.format(day=row.lunar_label) if is_lunar else row.written,
        age_on(row.birthday, on, is_lunar=is_lunar),
        ways.label,
        beside.greeted.get((row.id, on)),
        beside.advisors.get(row.advisor_id or 0, ""),
        _SEX_OF.get(row.sex),
        ways,
    )
