"""How complete an advisor's files were before: read from the newest snapshot of then (R3, R6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import CompletenessSnapshot, CompletenessSnapshotRow
from advisorcrm.services.access import Right, demand


@dataclass(frozen=True, slots=True)
class CompletenessThen:
    """The average of the own files on the day of a snapshot, in ‰."""

    taken_on: date
    tenths: int


def find_completeness_then(
    session: Session, actor: Actor, *, before: date
) -> CompletenessThen | None:
    """The own files in the newest snapshot before a day; None: there is none to compare with."""
    demand(actor, Right.LOG_CONTACTS)
    snapshot = session.execute(
        select(CompletenessSnapshot.id, CompletenessSnapshot.taken_on)
        .where(CompletenessSnapshot.taken_on < before)
        .order_by(CompletenessSnapshot.taken_on.desc(), CompletenessSnapshot.id.desc())
        .limit(1)
    ).first()
    if snapshot is None:
        return None
    row = CompletenessSnapshotRow
    count, total = session.execute(
        select(func.count(), func.sum(row.percent)).where(
            row.snapshot_id == snapshot.id, row.advisor_id == actor.user_id
        )
    ).one()
    if not count:
        return None
    return CompletenessThen(snapshot.taken_on, round(int(total) * 10 / count))
