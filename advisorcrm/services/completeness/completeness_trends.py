"""How complete an advisor's files were before: read from the newest snapshot of then (R3, R6)."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class TeamThen:
    """The averages of every advisor's files on the day of a snapshot, in ‰."""

    taken_on: date
    tenths: Mapping[int, int]


def find_completeness_then(
    session: Session, actor: Actor, *, before: date
) -> CompletenessThen | None:
    """The own files in the newest snapshot before a day; None: there is none to compare with."""
    demand(actor, Right.LOG_CONTACTS)
    found = _averages(session, before, actor.user_id)
    if found is None or actor.user_id not in found.tenths:
        return None
    return CompletenessThen(found.taken_on, found.tenths[actor.user_id])


def find_team_completeness_then(session: Session, actor: Actor, *, before: date) -> TeamThen | None:
    """Everybody's files in that snapshot (manager, leader)."""
    demand(actor, Right.LEAD_TEAM)
    return _averages(session, before)


def _averages(session: Session, before: date, advisor_id: int | None = None) -> TeamThen | None:
    snapshot = session.execute(
        select(CompletenessSnapshot.id, CompletenessSnapshot.taken_on)
        .where(CompletenessSnapshot.taken_on < before)
        .order_by(CompletenessSnapshot.taken_on.desc(), CompletenessSnapshot.id.desc())
        .limit(1)
    ).first()
    if snapshot is None:
        return None
    row = CompletenessSnapshotRow
    statement = (
        select(row.advisor_id, func.count(), func.sum(row.percent))
        .where(row.snapshot_id == snapshot.id, row.advisor_id.is_not(None))
        .group_by(row.advisor_id)
    )
    if advisor_id is not None:
        statement = statement.where(row.advisor_id == advisor_id)
    found = session.execute(statement)
    tenths = {key: round(int(total) * 10 / count) for key, count, total in found if key}
    return TeamThen(snapshot.taken_on, tenths)
