"""Telephone numbers and addresses of a client, with proof that they work (R4), and revealing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactPoint
from advisorcrm.rules.masking import mask_email, mask_phone
from advisorcrm.services.access import Right, any_client, demand, own_client, sees_branch
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.clients.client_store import reindex
from advisorcrm.services.files import client_checks
from advisorcrm.terms import AccessKind, PointKind, RevealReason, Role, Validity

LONGEST_NOTE = 100
REVEALED_FIELDS = ("account", "id_number", "address")


@dataclass(frozen=True, slots=True)
class PointRow:
    """One number or address, masked."""

    id: int
    kind: PointKind
    masked: str
    validity: Validity
    verified_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class PointEdit:
    """A number typed on the page: new, or in place of ``point_id``."""

    kind: PointKind
    value: str
    point_id: int | None = None


def list_points(session: Session, actor: Actor, client_id: int) -> list[PointRow]:
    """The ways to reach a client, preferred first, masked."""
    any_client(session, actor, client_id)
    points = session.scalars(
        select(ContactPoint)
        .where(ContactPoint.client_id == client_id, ContactPoint.archived_at.is_(None))
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    return [_row(point) for point in points]


def add_point(session: Session, actor: Actor, client_id: int, kind: PointKind, value: str) -> int:
    """Add a number or address; the first of its kind is the preferred one.

    What is written beside a telephone number (微信同号) becomes its remark.
    """
    own_client(session, actor, client_id)
    cleaned, note = client_checks.clean_noted_point(kind, value)
    known = standing_point(session, client_id, kind, cleaned)
    if known is not None:
        known.note = note or known.note
        return known.id
    last = session.scalar(
        select(func.max(ContactPoint.position)).where(ContactPoint.client_id == client_id)
    )
    point = ContactPoint(
        client_id=client_id,
        kind=kind,
        value=cleaned,
        validity=Validity.UNVERIFIED,
        position=0 if last is None else last + 1,
        note=note,
    )
    session.add(point)
    session.flush()  # the search text is read from the saved row
    reindex(session, [client_id])
    return point.id


def change_point(
    session: Session, actor: Actor, point_id: int, value: str, *, now: datetime
) -> int:
    """Replace a number: the old one is put away, not overwritten. Returns the new id.

    A number the file holds already does not come a second time: its id is the answer.
    """
    point = _own_point(session, actor, point_id)
    cleaned, note = client_checks.clean_noted_point(point.kind, value)
    if cleaned == point.value:
        point.note = note or point.note
        return point.id
    point.archived_at = now
    new = standing_point(session, point.client_id, point.kind, cleaned)
    if new is None:
        new = ContactPoint(
            client_id=point.client_id, kind=point.kind, value=cleaned, position=point.position
        )
        session.add(new)
    new.note = note or new.note or ""
    session.flush()  # the search text is read from the saved rows
    reindex(session, [point.client_id])
    return new.id


def archive_point(session: Session, actor: Actor, point_id: int, *, now: datetime) -> None:
    """Put a number away that is no longer the client's; it stays in the history."""
    point = _own_point(session, actor, point_id)
    point.archived_at = now
    session.flush()  # the search text is read from the saved rows
    reindex(session, [point.client_id])


def judge_point(
    session: Session, actor: Actor, point_id: int, validity: Validity, *, today: date
) -> None:
    """Say whether a number works, verified today (R4)."""
    point = _own_point(session, actor, point_id)
    point.validity = validity
    point.verified_on = None if validity is Validity.UNVERIFIED else today


def reveal_point(
    session: Session,
    actor: Actor,
    point_id: int,
    reason: RevealReason,
    *,
    note: str = "",
    now: datetime,
) -> str:
    """The number in full, for dialling; logged with the reason before it is shown."""
    point = session.get(ContactPoint, point_id)
    if point is None:
        raise NotFoundError(_("这个号码已不在档案里。"))
    client = client_to_reveal(session, actor, point.client_id, reason, note)
    record_access(
        session, actor, AccessKind.REVEAL, subject=point.kind.label_zh,
        purpose=reveal_purpose(reason, note), now=now, client_id=client.id, was_masked=False,
    )  # fmt: skip
    return point.value


def reveal_field(  # noqa: PLR0913 - one line of a log
    session: Session,
    actor: Actor,
    client_id: int,
    field: str,
    reason: RevealReason,
    *,
    note: str = "",
    now: datetime,
) -> str:
    """Account, identity number or address in full; logged with the reason."""
    if field not in REVEALED_FIELDS:
        raise InvalidFieldError(field, _("这一项没有掩码。"))
    client = client_to_reveal(session, actor, client_id, reason, note)
    record_access(
        session, actor, AccessKind.REVEAL, subject=field,
        purpose=reveal_purpose(reason, note), now=now, client_id=client.id, was_masked=False,
    )  # fmt: skip
    return getattr(client, field) or ""


def client_to_reveal(
    session: Session, actor: Actor, client_id: int, reason: RevealReason, note: str
) -> Client:
    """The client of whom something is to be shown in full: an own one, for a stated reason."""
    demand(actor, Right.REVEAL)
    client = any_client(session, actor, client_id)
    if reason is RevealReason.OTHER and not note.strip():
        raise InvalidFieldError("note", _("选“其他”时请写明原因。"))
    if actor.role is Role.ADVISOR and client.advisor_id != actor.user_id and not sees_branch(actor):
        raise NotFoundError(_("找不到这位客户，或不在您的权限内。"))
    return client


def reveal_purpose(reason: RevealReason, note: str) -> str:
    """The reason as the access log keeps it."""
    note = client_checks.clean_text("note", note, limit=LONGEST_NOTE)
    return f"{reason.label_zh}：{note}" if note else reason.label_zh


def standing_point(
    session: Session, client_id: int, kind: PointKind, value: str
) -> ContactPoint | None:
    """The same number of the same kind in the file; a telephone may be a name in 微信 as well."""
    return session.scalar(
        select(ContactPoint).where(
            ContactPoint.client_id == client_id,
            ContactPoint.kind == kind,
            ContactPoint.value == value,
            ContactPoint.archived_at.is_(None),
        )
    )


def _own_point(session: Session, actor: Actor, point_id: int) -> ContactPoint:
    point = session.get(ContactPoint, point_id)
    if point is None or point.archived_at is not None:
        raise NotFoundError(_("这个号码已不在档案里。"))
    own_client(session, actor, point.client_id)
    return point


def _row(point: ContactPoint) -> PointRow:
    return PointRow(
        id=point.id,
        kind=point.kind,
        masked=mask_point(point.kind, point.value),
        validity=point.validity,
        verified_on=point.verified_on,
        note=point.note,
    )


def mask_point(kind: PointKind, value: str) -> str:
    """Mask a number or address by its kind."""
    if kind is PointKind.EMAIL:
        return mask_email(value)
    return mask_phone(value)
