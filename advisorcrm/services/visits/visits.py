"""Visits of a day: how many different own clients an advisor really spoke with (R28, R31, R33).

A visit is a conversation from the logs, dated by its 沟通时间, with a client who was the
author's own then. It counts once per client and day, and only if it was entered by the next
working day at the latest. What is merely sent is no visit: ways that do not speak are not among
the branch's ways of visiting, and the same written words to several clients are one mailing
(decision 041).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Integer, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.branch_clock import seconds_apart
from advisorcrm.db.database import AnySelect
from advisorcrm.db.prepared import Prepared, slot
from advisorcrm.models import Client, ContactLog, Handover, HandoverClient, User
from advisorcrm.models.base import UtcInstant
from advisorcrm.rules.workdays import HolidayTable, next_workday
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.clients.client_matters import start_of

WRITTEN = ("sms", "mail", "wechat", "qq", "system", "fax")
"""Ways by which one text can go to many."""

SHORT, MANY, WITHIN = 10, 5, 600
"""Words of so few characters (已通话) are a mailing only to so many clients in so many seconds."""
_SAYS_SO = "群发"  # chinese: data

_NOBODY = 0
"""Stands for no advisor where a client was nobody's before."""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One client visited on a day, by the first conversation that counts."""

    id: int
    client_id: int
    advisor_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    client_no: Annotated[str, Column("客户号", width=12)]
    visited_at: Annotated[datetime, Column("沟通时间", width=16)]
    way: Annotated[str, Column("沟通方式", codes=terms.CONTACT_WAY, width=10)]
    minutes: int | None
    content: str
    next_on: date | None
    next_note: str


def visits_of(session: Session, ways: tuple[str, ...], *, day: date, whose: int) -> list[VisitRow]:
    """The clients a person visited on a day, in the order of the conversations (R33).

    The caller knows the ways that count and, from ``whose_visits``, whose day may be asked for.
    """
    limits = _limits(day, holiday_table(session, near=day))
    found = _day_question(ways).ask(session, whose=whose, **limits)
    first: dict[int, VisitRow] = {}
    for row in found:
        first.setdefault(row[1], VisitRow(*row))
    return list(first.values())


@lru_cache(maxsize=8)
def _day_question(ways: tuple[str, ...]) -> Prepared:
    return Prepared(
        _joined(
            select(
                ContactLog.id, ContactLog.client_id, ContactLog.author_id, Client.name,
                Client.client_no, ContactLog.contacted_at, ContactLog.way, ContactLog.minutes,
                ContactLog.content, ContactLog.next_on, ContactLog.next_note,
            )
        )
        .where(
            ContactLog.author_id == slot("whose", Integer()),
            *_is_visit(*_limit_slots(), ways),
        )
        .order_by(ContactLog.contacted_at, ContactLog.id)
    )  # fmt: skip


def visits_by_day(
    session: Session,
    days: Sequence[date],
    *,
    whose: int,
    ways: tuple[str, ...],
    table: HolidayTable | None,
) -> dict[date, int]:
    """Different clients visited on each of these days by one person (R33).

    The caller knows the ways that count, the calendar about the days and, from ``whose_visits``,
    whose days may be asked for.
    """
    own = _count_question(ways, is_own=True)
    return {day: own.ask_one(session, whose=whose, **_limits(day, table)) or 0 for day in days}


def visits_by_author(
    session: Session, days: Sequence[date], *, ways: tuple[str, ...], table: HolidayTable | None
) -> dict[int, dict[date, int]]:
    """The same for everybody of the branch, which the caller may see: person, day, clients.

    One indexed question a day: a week is looked at, and each day has its own last day of entry.
    """
    everybody = _count_question(ways, is_own=False)
    counted: dict[int, dict[date, int]] = {}
    for day in days:
        for clients, author in everybody.ask(session, **_limits(day, table)):
            counted.setdefault(author, {})[day] = clients
    return counted


@lru_cache(maxsize=8)
def _count_question(ways: tuple[str, ...], *, is_own: bool) -> Prepared:
    """Different clients and author on a day; ``is_own`` asks for one person alone."""
    counted = select(func.count(func.distinct(ContactLog.client_id)), ContactLog.author_id)
    statement = _joined(counted).where(*_is_visit(*_limit_slots(), ways))
    if is_own:
        statement = statement.where(ContactLog.author_id == slot("whose", Integer()))
    return Prepared(statement.group_by(ContactLog.author_id))


def visit_advisors(session: Session, actor: Actor) -> list[tuple[int, str, str]]:
    """Whose visits the person may see: id, number, name; an advisor sees the own (R33)."""
    statement = select(User.id, User.employee_no, User.name).where(User.is_active)
    if actor.role is terms.Role.ADVISOR:
        statement = statement.where(User.id == actor.user_id)
    else:
        demand(actor, Right.LEAD_TEAM)
        statement = statement.where(User.role == terms.Role.ADVISOR)
    return [(key, number, name) for key, number, name in session.execute(
        statement.order_by(User.employee_no)
    )]  # fmt: skip


def whose_visits(actor: Actor, advisor_id: int | None) -> int:
    """The person asked about: oneself, or anybody for those who lead."""
    if advisor_id is None or advisor_id == actor.user_id:
        demand(actor, Right.LOG_CONTACTS)
        return actor.user_id
    demand(actor, Right.LEAD_TEAM)
    return advisor_id


def last_entry_day(day: date, table: HolidayTable | None = None) -> date:
    """The next working day: what is entered later does not count for ``day`` (R33, R35)."""
    return next_workday(day, table)


def _limits(day: date, table: HolidayTable | None) -> dict[str, datetime]:
    ended = start_of(day + timedelta(days=1))
    entered = start_of(last_entry_day(day, table) + timedelta(days=1))
    return {"began": start_of(day), "ended": ended, "entered": entered}


def _limit_slots() -> tuple[slot, slot, slot]:
    instant = UtcInstant()
    return slot("began", instant), slot("ended", instant), slot("entered", instant)


def _joined(statement: AnySelect) -> AnySelect:
    return statement.select_from(ContactLog).join(Client, Client.id == ContactLog.client_id)


def visit_conditions(
    day: date, ways: Sequence[str], holidays: HolidayTable | None
) -> list[ColumnElement[bool]]:
    """What makes a conversation of a day a visit, over ``contact_log`` joined with ``client``."""
    limits = _limits(day, holidays)
    return _is_visit(limits["began"], limits["ended"], limits["entered"], ways)


def _is_visit(
    began: Any, ended: Any, entered: Any, ways: Sequence[str]
) -> list[ColumnElement[bool]]:
    return [
        ContactLog.contacted_at >= began,
        ContactLog.contacted_at < ended,
        ContactLog.corrects_id.is_(None),
        ContactLog.way.in_(ways),
        ContactLog.created_at < entered,
        Client.archived_at.is_(None),
        _was_own(),
        ~_is_mailing(began, ended),
    ]


def _was_own() -> ColumnElement[bool]:
    """The author had the client at the time: the next hand-over tells from whom he went."""
    given_by = (
        select(func.coalesce(HandoverClient.from_advisor_id, _NOBODY))
        .join(Handover, Handover.id == HandoverClient.handover_id)
        .where(
            HandoverClient.client_id == ContactLog.client_id,
            Handover.undone_at.is_(None),
            Handover.at > ContactLog.contacted_at,
        )
        .order_by(Handover.at, HandoverClient.id)
        .limit(1)
        .correlate(ContactLog)
        .scalar_subquery()
    )
    return func.coalesce(given_by, Client.advisor_id) == ContactLog.author_id


def _is_mailing(began: Any, ended: Any) -> ColumnElement[bool]:
    """The author wrote the same words to other clients that day, and no talk came of it."""
    other: Any = aliased(ContactLog, name="other_log")
    same = (
        other.author_id == ContactLog.author_id,
        other.contacted_at >= began,
        other.contacted_at < ended,
        other.way == ContactLog.way,
        other.client_id != ContactLog.client_id,
        other.content == ContactLog.content,
    )
    near = seconds_apart(other.contacted_at, ContactLog.contacted_at) <= WITHIN
    others = select(func.count(func.distinct(other.client_id))).where(*same, near)
    is_long = func.length(ContactLog.content) > SHORT
    return and_(
        ContactLog.way.in_(WRITTEN),
        func.coalesce(ContactLog.minutes, 0) == 0,
        ContactLog.reaction.is_(None),
        select(other.id).where(*same).correlate(ContactLog).exists(),
        or_(
            is_long,
            ContactLog.content.contains(_SAYS_SO),
            others.correlate(ContactLog).scalar_subquery() >= MANY - 1,
        ),
    )
