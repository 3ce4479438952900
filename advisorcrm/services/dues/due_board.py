"""The top of the list of what is due, with its counts: what 今日 and the branch view show (R22).

A branch has thousands of dates; the page shows the first few and counts the rest in the database.
What has run out in a file (risk test, document) waits behind what somebody waits for today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.dues.due_questions import DueQuestion, DueSource
from advisorcrm.services.dues.dues import (
    DueRow,
    ask_dues,
    find_dues,
    make_due_rows,
    select_dues,
    sources_without,
)
from advisorcrm.terms import DueKind

DAYS_AHEAD = 7
NEXT_DAYS = 60
"""So far ahead the next matter is looked for when the week is empty."""
_RUN_OUT = (DueKind.RISK_TEST.value, DueKind.ID_DOCUMENT.value)
_ELSEWHERE = (DueKind.DAILY_VISITS, DueKind.STAND_IN, DueKind.BACKUP, DueKind.BIRTHDAY)
"""Shown in places of their own: the visits, the status strip, the birthdays."""
_SOURCES = sources_without(_ELSEWHERE)
_OF_BRANCH = sources_without((*_ELSEWHERE, DueKind.TODAY_END))
"""Everybody has to close the day: of a branch that is told only once it was forgotten."""


@dataclass(frozen=True, slots=True)
class DueBoard:
    """The most urgent rows, and how many are late, of today, and known in all."""

    overdue: int = 0
    today: int = 0
    total: int = 0
    rows: tuple[DueRow, ...] = ()


def open_due_board(session: Session, actor: Actor, *, now: datetime, rows: int = 6) -> DueBoard:
    """What is late, of today and of the next week; of the whole branch for those who lead."""
    demand(actor, Right.SEE_CLIENTS)
    question = _ask_ahead(session, actor, now, DAYS_AHEAD)
    due, today = _board(question), question.today
    late = _late(due, now)
    of_today = and_(due.c.due_on == today, ~late)
    counts = _count(late), _count(of_today), func.count().over()
    found = session.execute(
        select(*due.c, *counts).order_by(*_urgency(due, late, today)).limit(rows)
    ).all()
    overdue, of_day, total = found[0][-len(counts) :] if found else (0, 0, 0)
    return DueBoard(overdue, of_day, total, tuple(make_due_rows(session, question, found)))


def list_board(
    session: Session, actor: Actor, *, now: datetime, user_id: int | None = None
) -> list[DueRow]:
    """Every row that the board counts, or those of one person, the most urgent first."""
    demand(actor, Right.SEE_CLIENTS)
    if user_id not in (None, actor.user_id):
        demand(actor, Right.LEAD_TEAM)
    question = _ask_ahead(session, actor, now, DAYS_AHEAD, user_id=user_id)
    return find_dues(session, question, _sources(question))


def find_next_due(session: Session, actor: Actor, *, now: datetime) -> DueRow | None:
    """What comes next after today, for a day on which everything is done; None: nothing known."""
    demand(actor, Right.SEE_CLIENTS)
    question = _ask_ahead(session, actor, now, NEXT_DAYS)
    due = _board(question)
    found = session.execute(
        select(*due.c)
        .where(due.c.due_on > question.today)
        .order_by(due.c.due_on, due.c.clock, due.c.subject_id)
        .limit(1)
    )
    return next(iter(make_due_rows(session, question, found)), None)


def count_late(session: Session, actor: Actor, *, now: datetime) -> dict[int | None, int]:
    """How many things are late, person by person (manager, leader)."""
    demand(actor, Right.LEAD_TEAM)
    due = _board(ask_dues(session, actor, at=now, user_id=None))
    found = session.execute(
        select(due.c.user_id, func.count()).where(_late(due, now)).group_by(due.c.user_id)
    )
    return {key: count for key, count in found}


def _ask_ahead(
    session: Session, actor: Actor, now: datetime, days: int, *, user_id: int | None = None
) -> DueQuestion:
    """What is due until so many days from now, of the whole branch for those who lead."""
    whose = user_id if may(actor, Right.LEAD_TEAM) else actor.user_id
    until = branch_date(now) + timedelta(days=days)
    return ask_dues(session, actor, at=now, user_id=whose, until=until)


def _board(question: DueQuestion) -> Subquery:
    """Everything of a question that has no place of its own."""
    return select_dues(question, _sources(question)).subquery("board")


def _sources(question: DueQuestion) -> Sequence[DueSource]:
    return _OF_BRANCH if question.user_id is None else _SOURCES


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many of all rows are so, beside each of those that are shown."""
    return func.count(case((condition, 1))).over()


def _urgency(due: Subquery, late: ColumnElement[bool], today: date) -> Sequence[Any]:
    """The order of the board."""
    urgency = case(
        (and_(late, due.c.kind.not_in(_RUN_OUT)), 0), (due.c.due_on == today, 1), (late, 2), else_=3
    )
    newest_first = case((urgency == 2, due.c.due_on))
    return urgency, newest_first.desc(), due.c.due_on, due.c.clock, due.c.subject_id


def _late(due: Any, now: datetime) -> ColumnElement[bool]:
    """Its day is past, or its hour of today."""
    local = now.astimezone(BRANCH_TIME)
    has_struck = and_(
        due.c.due_on == local.date(), due.c.clock != "", due.c.clock <= f"{local:%H:%M}"
    )
    return or_(due.c.due_on < local.date(), has_struck)
