"""Two people, one telephone number: whose replacement stands, and what became of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.models import ContactPoint
from advisorcrm.services.files.client_checks import clean_noted_point, clean_point
from advisorcrm.services.files.client_points import PointEdit, mask_point, standing_point
from advisorcrm.services.files.conflicts import Collision


@dataclass(frozen=True, slots=True)
class PointCollision(Collision):
    """One number that both sides replaced by different ones; theirs stands as ``successor_id``."""

    point_id: int
    successor_id: int


def colliding_points(
    session: Session, client_id: int, edits: Sequence[PointEdit]
) -> list[PointCollision]:
    """The typed numbers whose place somebody else has filled meanwhile with another one.

    Who typed the same number wants nothing else. Raises InvalidFieldError for what is no
    number.
    """
    found = []
    for edit in edits:
        seen = replaced_point(session, client_id, edit.point_id)
        theirs = successor_of(session, seen) if seen else None
        if seen is None or theirs is None:
            continue
        value = clean_point(edit.kind, edit.value)
        if standing_point(session, client_id, edit.kind, value) is None:
            found.append(
                PointCollision(
                    f"point.{seen.id}", mask_point(seen.kind, seen.value), value,
                    mask_point(theirs.kind, theirs.value), seen.id, theirs.id,
                )
            )  # fmt: skip
    return found


def replaced_point(session: Session, client_id: int, point_id: int | None) -> ContactPoint | None:
    """A number of this file that stands no more, though somebody has it before him still."""
    point = session.get(ContactPoint, point_id) if point_id is not None else None
    is_gone = point is not None and point.client_id == client_id and point.archived_at is not None
    return point if is_gone else None


def successor_of(session: Session, point: ContactPoint) -> ContactPoint | None:
    """The number that took the place of one that was put away; none if it was only put away."""
    return session.scalar(
        select(ContactPoint)
        .where(
            ContactPoint.client_id == point.client_id,
            ContactPoint.kind == point.kind,
            ContactPoint.position == point.position,
            ContactPoint.id > point.id,
            ContactPoint.archived_at.is_(None),
        )
        .order_by(ContactPoint.id.desc())
        .limit(1)
    )


def keep_lost_point(session: Session, client_id: int, edit: PointEdit, *, now: datetime) -> None:
    """Let a number that lost into the history: written down, and put away at once."""
    value, note = clean_noted_point(edit.kind, edit.value)
    point = ContactPoint(client_id=client_id, kind=edit.kind, value=value, note=note)
    session.add(point)
    session.flush()  # the history tells that it came
    point.archived_at = now
    session.flush()  # and that it went
