"""What is due out of care: birthdays two to seven days ahead, holidays (R113, R244, R245)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, or_, select

from advisorcrm.db.branch_clock import month_day, this_day
from advisorcrm.db.database import AnySelect
from advisorcrm.db.plans import looked_at_last
from advisorcrm.models import CareRecord, Festival, User
from advisorcrm.rules.birthdays import LONGEST_WINDOW, BirthdayWindow, open_window
from advisorcrm.services.access import sees_branch
from advisorcrm.services.care.birthdays import select_birthdays
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import BirthdayKept, CareKind, DueKind, FestivalCalendar, Role

_LEAP = 10_000


def birthdays(question: DueQuestion) -> AnySelect:
    """Birthdays to come that nobody has congratulated on; one that is past is past."""
    window = _window(question, DueKind.BIRTHDAY)
    asks_for_all = question.whose is None and not sees_branch(question.actor)
    whose = question.actor.user_id if asks_for_all else question.whose
    born = select_birthdays(whose, window).subquery("born")
    days = select(born, _birthday(born, window).label("on")).subquery("birthday")
    greeted = _greeted(CareKind.BIRTHDAY, days.c.on).where(CareRecord.client_id == days.c.id)
    return (
        due_columns(
            question, DueKind.BIRTHDAY, subject=days.c.id, user=days.c.advisor_id, on=days.c.on,
            client=days.c.id, name=days.c.name,
        )
        .select_from(days)
        .where(
            question.mine(looked_at_last(days.c.advisor_id)), days.c.on.is_not(None),
            ~greeted.correlate(days).exists(),
        )
    )  # fmt: skip


def festivals(question: DueQuestion) -> AnySelect:
    """Holidays to come for which an advisor has greeted nobody yet (R245)."""
    window = _window(question, DueKind.FESTIVAL)
    days = select(
        Festival.id, Festival.name, _festival(window).label("on"), Festival.archived_at
    ).subquery("holiday")
    greeted = _greeted(CareKind.FESTIVAL, days.c.on).where(CareRecord.user_id == User.id)
    return (
        due_columns(
            question, DueKind.FESTIVAL, subject=days.c.id, user=User.id, on=days.c.on,
            name=days.c.name, detail=days.c.name,
        )
        .select_from(days)
        .join(User, and_(User.role == Role.ADVISOR, User.is_active))
        .where(
            question.mine(User.id), days.c.on.is_not(None), days.c.archived_at.is_(None),
            ~greeted.correlate(days, User).exists(),
        )
    )  # fmt: skip


def _window(question: DueQuestion, kind: DueKind) -> BirthdayWindow:
    first, last = question.today, question.horizon(kind)
    return open_window(first, min(last, first + timedelta(days=LONGEST_WINDOW - 1)))


def _greeted(kind: CareKind, on: Any) -> AnySelect:
    return select(CareRecord.id).where(
        CareRecord.kind == kind, CareRecord.occasion_on == on, CareRecord.archived_at.is_(None)
    )


def _birthday(born: Any, window: BirthdayWindow) -> ColumnElement[Any]:
    """The day in the window on which somebody keeps the birthday."""
    solar = func.coalesce(month_day(born.c.birthday), born.c.birthday_month_day)
    has_lunar = and_(born.c.lunar_month.is_not(None), born.c.lunar_day.is_not(None))
    keeps_lunar = and_(has_lunar, or_(born.c.kept == BirthdayKept.LUNAR.value, solar.is_(None)))
    leap = case((born.c.lunar_is_leap, literal(_LEAP, Integer)), else_=literal(0, Integer))
    moon = born.c.lunar_month * 100 + born.c.lunar_day + leap
    by_moon = case(_moons(window), value=moon)
    return this_day(case((keeps_lunar, by_moon), else_=case(_suns(window), value=solar)))


def _festival(window: BirthdayWindow) -> ColumnElement[Any]:
    """The day in the window on which a holiday falls."""
    number = Festival.month * 100 + Festival.day
    by_moon = case(_moons(window), value=number)
    by_sun = case(
        {int(written[:2]) * 100 + int(written[3:]): day for written, day in _suns(window).items()},
        value=number,
    )
    is_lunar = Festival.calendar == FestivalCalendar.LUNAR
    return this_day(case((is_lunar, by_moon), else_=by_sun))


def _moons(window: BirthdayWindow) -> dict[int, date]:
    """Month and day of the moon as one number, and when they are."""
    return {
        kept.month * 100 + kept.day + (_LEAP if kept.is_leap else 0): days[0]
        for kept, days in window.lunar.items()
    }


def _suns(window: BirthdayWindow) -> dict[str, date]:
    return {written: days[0] for written, days in window.solar.items()}
