"""The snapshot of each week: taken by itself, so that there is always one to compare with (R3, R6).

Whoever may take snapshots and is signed in first in a week takes it; of several at once, one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import Branch, CompletenessSnapshot
from advisorcrm.services.access import Right, demand
from advisorcrm.services.completeness.completeness_snapshots import take_snapshot

NOTE = "每周自动留存"  # chinese: data (kept with the snapshot)


def lacks_weekly_snapshot(session: Session, actor: Actor, *, today: date) -> bool:
    """Whether nobody has taken a snapshot in the week of this day, by hand or by itself."""
    demand(actor, Right.SET_STANDARDS)
    monday = today - timedelta(days=today.weekday())
    found = session.scalar(
        select(CompletenessSnapshot.id)
        .where(CompletenessSnapshot.taken_on.between(monday, monday + timedelta(days=6)))
        .limit(1)
    )
    return found is None


def take_weekly_snapshot(
    session: Session, actor: Actor, *, now: datetime, today: date
) -> int | None:
    """Take the snapshot of the week unless it is there; None: somebody was first."""
    demand(actor, Right.SET_STANDARDS)
    session.execute(select(Branch.id).with_for_update())  # two at once would not see each other
    if not lacks_weekly_snapshot(session, actor, today=today):
        return None
    return take_snapshot(session, actor, note=NOTE, now=now, today=today)
