"""What a conversation does to the calendar: today's appointment is done, the next one made."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.rules.appointments import DEFAULT_MINUTES
from advisorcrm.services.calendar.appointments import (
    NewAppointment,
    add_appointment,
    finish_by_log,
    kind_of,
)
from advisorcrm.services.contacts.new_contact_log import NewContactLog


def keep_appointments(
    session: Session, actor: Actor, entry: NewContactLog, log_id: int, *, now: datetime
) -> None:
    """The appointment of the day is done; a next step with an hour stands in the calendar (R29).

    A next step without an hour waits among 待约时间.
    """
    finish_by_log(session, actor, entry.client_id, log_id, at=entry.contacted_at)
    if entry.next_on is None or entry.next_at is None:
        return
    way = entry.next_way or terms.WAY_PHONE
    starts_at = datetime.combine(entry.next_on, entry.next_at, BRANCH_TIME)
    new = NewAppointment(
        uuid=str(uuid.uuid5(uuid.NAMESPACE_OID, f"next step of {entry.uuid}")),
        starts_at=starts_at,
        minutes=DEFAULT_MINUTES[kind_of(way)],
        way=way,
        client_id=entry.client_id,
        title=entry.next_note,
        from_log_id=log_id,
    )
    add_appointment(session, actor, new, now=now)
