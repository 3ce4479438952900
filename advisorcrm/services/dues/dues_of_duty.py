"""Events of the branch and shifts on duty in the list of everything with a date (R111, R232)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, case

from advisorcrm.db.branch_clock import clock_of, day_of
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Event, ShiftLog
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import DueKind

_UNPREPARED = "材料未备"  # chinese: data


def events(question: DueQuestion) -> AnySelect:
    """Events of the host that are to come or were not summed up."""
    kind = DueKind.EVENT
    until = start_of(question.horizon(kind) + timedelta(days=1))
    in_time = Event.starts_at < until
    if question.since is not None:
        in_time = and_(in_time, Event.starts_at >= start_of(question.since))
    said = case((Event.is_prepared, Event.title), else_=Event.title + "，" + _UNPREPARED)
    return due_columns(
        question, kind, subject=Event.id, user=Event.host_id, on=day_of(Event.starts_at),
        name=Event.place, clock=clock_of(Event.starts_at), detail=said,
    ).where(
        question.mine(Event.host_id), in_time, Event.held_at.is_(None), Event.archived_at.is_(None)
    )  # fmt: skip


def shifts(question: DueQuestion) -> AnySelect:
    """Planned shifts and those that were not closed (R235)."""
    kind = DueKind.SHIFT
    return due_columns(
        question, kind, subject=ShiftLog.id, user=ShiftLog.user_id, on=ShiftLog.shift_on
    ).where(
        question.mine(ShiftLog.user_id),
        question.window(kind, ShiftLog.shift_on),
        ShiftLog.closed_at.is_(None),
        ShiftLog.archived_at.is_(None),
    )
