"""What stands in the calendars and is neither done nor called off: times, events (R29, R111)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from advisorcrm.db.branch_clock import clock_of, clock_text, day_of
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Appointment, Client, ContactLog, Event
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import DueKind

_UNPREPARED = "材料未备"  # chinese: data


def appointments(question: DueQuestion) -> AnySelect:
    """Arranged times up to the horizon; one whose client left the advisor is not theirs now."""
    kind = DueKind.APPOINTMENT
    return (
        due_columns(
            question, kind, subject=Appointment.id, user=Appointment.advisor_id,
            on=day_of(Appointment.starts_at), client=Client.id, name=Client.name,
            clock=clock_of(Appointment.starts_at), detail=Appointment.title,
        )
        .select_from(Appointment)
        .outerjoin(Client, Client.id == Appointment.client_id)
        .where(
            question.mine(Appointment.advisor_id),
            _in_time(question, kind, Appointment.starts_at),
            Appointment.done_at.is_(None),
            Appointment.cancelled_at.is_(None),
            or_(Appointment.client_id.is_(None), Client.archived_at.is_(None)),
            ~_is_told_as_step(),
        )
    )  # fmt: skip


def events(question: DueQuestion) -> AnySelect:
    """Events of the host that are to come or were not summed up."""
    kind = DueKind.EVENT
    said = case((Event.is_prepared, Event.title), else_=Event.title + "，" + _UNPREPARED)
    return due_columns(
        question, kind, subject=Event.id, user=Event.host_id, on=day_of(Event.starts_at),
        name=Event.place, clock=clock_of(Event.starts_at), detail=said,
    ).where(
        question.mine(Event.host_id), _in_time(question, kind, Event.starts_at),
        Event.held_at.is_(None), Event.archived_at.is_(None),
    )  # fmt: skip


def _in_time(
    question: DueQuestion, kind: DueKind, begins: InstrumentedAttribute[datetime]
) -> ColumnElement[bool]:
    """What begins up to the horizon, of a list since a day nothing before it."""
    in_time = begins < start_of(question.horizon(kind) + timedelta(days=1))
    if question.since is None:
        return in_time
    return and_(in_time, begins >= start_of(question.since))


def _is_told_as_step() -> ColumnElement[bool]:
    """Where it stands at the time of the next step it came from, that step tells it."""
    return (
        select(ContactLog.id)
        .where(
            ContactLog.id == Appointment.from_log_id,
            ContactLog.next_on == day_of(Appointment.starts_at),
            clock_text(ContactLog.next_at) == clock_of(Appointment.starts_at),
        )
        .correlate(Appointment)
        .exists()
    )
