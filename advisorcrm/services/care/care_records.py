"""Care records of clients: greetings sent or spoken, help, invitations (R113, R120, R244, R245)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import Date, Integer, func, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.prepared import Prepared, slot
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import CareRecord, Client, Gift, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, demand, demand_client, may, own_client, sees_branch
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import CareKind, CareWay


@dataclass(frozen=True, slots=True)
class NewCareRecord:
    """One kindness as it is entered; ``occasion_on`` is the birthday or holiday it was for."""

    uuid: str
    client_id: int
    kind: CareKind
    way: CareWay
    content: str
    done_at: datetime
    occasion: str = ""
    occasion_on: date | None = None


@dataclass(frozen=True, slots=True)
class CareRow:
    """One care record as lists and sheets show it."""

    id: int
    client_id: int
    done_at: Annotated[datetime, Column("时间", width=16)]
    kind: Annotated[CareKind, Column("关怀", width=15)]
    occasion: Annotated[str, Column("事由", width=14)]
    way: Annotated[CareWay, Column("方式", width=8)]
    content: Annotated[str, Column("内容", width=40)]
    who: Annotated[str, Column("经办人", width=10)]


def record_care(session: Session, actor: Actor, new: NewCareRecord, *, now: datetime) -> int:
    """Keep what was done for an own client; a repeated attempt answers the same id.

    Raises InvalidFieldError for a time to come and for a record that says nothing.
    """
    own_client(session, actor, new.client_id)
    known = session.scalar(select(CareRecord.id).where(CareRecord.uuid == new.uuid))
    if known is not None:
        return known
    if new.done_at > now:
        raise InvalidFieldError("done_at", _("时间不能晚于现在。"))
    content = clean_text("content", new.content, limit=LONG_TEXT)
    if not content:
        raise InvalidFieldError("content", _("请写明做了什么。"))
    row = CareRecord(
        uuid=new.uuid,
        client_id=new.client_id,
        kind=new.kind,
        way=new.way,
        occasion=clean_text("occasion", new.occasion),
        occasion_on=new.occasion_on,
        content=content,
        done_at=new.done_at,
        user_id=actor.user_id,
    )
    session.add(row)
    session.flush()  # the id is the answer
    return row.id


def list_care_records(session: Session, actor: Actor, client_id: int) -> list[CareRow]:
    """The records of a client the person may see, the newest first; not for the front desk."""
    demand(actor, Right.READ_FILES)
    demand_client(session, actor, client_id)
    rows = session.execute(
        select(CareRecord, User.name)
        .join(User, User.id == CareRecord.user_id)
        .where(CareRecord.client_id == client_id, CareRecord.archived_at.is_(None))
        .order_by(CareRecord.done_at.desc(), CareRecord.id.desc())
    )
    return [
        CareRow(
            row.id, row.client_id, row.done_at, row.kind, row.occasion, row.way,
            mask_words(row.content), who,
        )
        for row, who in rows
    ]  # fmt: skip


def count_care(session: Session, actor: Actor, client_id: int) -> int:
    """How many care records and presents a client has."""
    demand(actor, Right.READ_FILES)
    demand_client(session, actor, client_id)
    counts = (
        select(func.count()).where(
            CareRecord.client_id == client_id, CareRecord.archived_at.is_(None)
        ),
        select(func.count()).where(Gift.client_id == client_id),
    )
    return sum(session.scalar(count) or 0 for count in counts)


def archive_care_record(session: Session, actor: Actor, care_id: int, *, now: datetime) -> None:
    """Take back what was entered by mistake; it stays in the history."""
    _own(session, actor, care_id, is_archived=False).archived_at = now


def restore_care_record(session: Session, actor: Actor, care_id: int) -> None:
    """Bring a record back."""
    _own(session, actor, care_id, is_archived=True).archived_at = None


def list_greeted(
    session: Session, actor: Actor, kind: CareKind, *, start: date, end: date
) -> dict[tuple[int, date], date]:
    """Who was greeted for which day, and when: client and occasion to the day of the greeting."""
    if not may(actor, Right.SEE_CLIENTS):
        return {}
    greeted = _GREETED if sees_branch(actor) else _GREETED_BY_OWN
    rows = greeted.ask(session, kind=kind, start=start, end=end, whose=actor.user_id)
    return {(client, on): branch_date(at) for client, on, at in rows if on is not None}


_GREETINGS = (
    select(CareRecord.client_id, CareRecord.occasion_on, CareRecord.done_at)
    .join(Client, Client.id == CareRecord.client_id)
    .where(
        CareRecord.kind == slot("kind", CareRecord.kind.type),
        CareRecord.occasion_on >= slot("start", Date()),
        CareRecord.occasion_on <= slot("end", Date()),
        CareRecord.archived_at.is_(None),
    )
)
_GREETED = Prepared(_GREETINGS)
_GREETED_BY_OWN = Prepared(_GREETINGS.where(Client.advisor_id == slot("whose", Integer())))


def _own(session: Session, actor: Actor, care_id: int, *, is_archived: bool) -> CareRecord:
    row = session.get(CareRecord, care_id)
    if row is None or (row.archived_at is not None) is not is_archived:
        raise NotFoundError(_("找不到这条关怀记录。"))
    own_client(session, actor, row.client_id)
    return row
