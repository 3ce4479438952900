"""The log of views, reveals, prints and exports (R16, R148)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.models import AccessLog, User
from advisorcrm.services.access import any_client
from advisorcrm.services.client_checks import SHORT_TEXT, clean_text
from advisorcrm.terms import AccessKind


@dataclass(frozen=True, slots=True)
class AccessLogRow:
    """One access, as the client's advisor and the manager see it."""

    at: Annotated[datetime, Column("时间", width=16)]
    user_name: Annotated[str, Column("谁")]
    kind: Annotated[AccessKind, Column("做了什么")]
    subject: Annotated[str, Column("内容", width=24)]
    purpose: Annotated[str, Column("原因", width=24)]


def record_access(  # noqa: PLR0913 - one line of a log
    session: Session,
    actor: Actor,
    kind: AccessKind,
    *,
    subject: str,
    purpose: str,
    now: datetime,
    client_id: int | None = None,
    was_masked: bool = True,
    client_count: int = 1,
) -> None:
    """Append one access; it can never be changed or removed.

    Raises InvalidFieldError for a purpose that is longer than the log keeps.
    """
    session.add(
        AccessLog(
            at=now,
            user_id=actor.user_id,
            kind=kind,
            client_id=client_id,
            subject=subject[:SHORT_TEXT],
            purpose=clean_text("purpose", purpose),
            was_masked=was_masked,
            client_count=client_count,
        )
    )


def list_client_accesses(session: Session, actor: Actor, client_id: int) -> list[AccessLogRow]:
    """Who saw, printed or exported this client, newest first."""
    any_client(session, actor, client_id)
    rows = session.execute(
        select(
            AccessLog.at,
            User.name.label("user_name"),
            AccessLog.kind,
            AccessLog.subject,
            AccessLog.purpose,
        )
        .join(User, User.id == AccessLog.user_id)
        .where(AccessLog.client_id == client_id)
        .order_by(AccessLog.id.desc())
        .limit(200)
    ).mappings()
    return [AccessLogRow(**row) for row in rows]
