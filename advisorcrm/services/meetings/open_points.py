"""What the evening meeting has before it: matters reported, points left from the ones before (R48).

The topics are the matters reported to the leader that have no answer yet; a point left is a task
that an earlier evening meeting gave somebody and that is not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from advisorcrm.db.actor import Actor
from advisorcrm.models import Meeting, Task, User
from advisorcrm.services.access import Right, demand
from advisorcrm.services.days.day_matters import MatterRow, list_matters
from advisorcrm.services.meetings.meetings import TIMES, ActionItem
from advisorcrm.terms import MeetingKind, TaskSource

_EVENING = MeetingKind.EVENING


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """The evening meeting of a day; ``is_closed`` once its minutes are final."""

    starts_at: time
    is_closed: bool
    topics: tuple[MatterRow, ...]
    left: tuple[ActionItem, ...]


def list_open_points(session: Session, actor: Actor, *, today: date) -> OpenPoints:
    """Topics and points left for the evening meeting of a day (who leads the team)."""
    demand(actor, Right.LEAD_TEAM)
    found = session.execute(
        select(Meeting.starts_at, Meeting.closed_at).where(
            Meeting.kind == _EVENING, Meeting.held_on == today
        )
    ).first()
    starts_at, closed_at = found or (None, None)
    topics = tuple(list_matters(session, actor, only_open=True))
    return OpenPoints(
        starts_at or TIMES[_EVENING][0], closed_at is not None, topics, _left(session, today)
    )


def _left(session: Session, today: date) -> tuple[ActionItem, ...]:
    """Points of earlier evenings that are open, the oldest first."""
    owner, asked = aliased(User), aliased(User)
    rows = session.execute(
        select(Task.id, Task.title, func.coalesce(asked.name, owner.name), Task.due_on, Task.state,
               Task.result)
        .join(Meeting, Meeting.id == Task.source_id)
        .join(owner, owner.id == Task.owner_id)
        .outerjoin(asked, asked.id == Task.offered_to_id)
        .where(Task.source == TaskSource.MINUTES, Task.closed_at.is_(None),
               Meeting.kind == _EVENING, Meeting.held_on < today)
        .order_by(Task.due_on, Task.id)
    )  # fmt: skip
    return tuple(ActionItem(*row) for row in rows)
