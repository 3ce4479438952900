"""The log of views, reveals, prints and exports (R16, R148)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.access_chain import ChainRow, last_hash, seal
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.models import AccessLog, Client, User
from advisorcrm.services.access import Right, any_client, demand
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import SHORT_TEXT, clean_text
from advisorcrm.services.files.file_labels import LABELS, label_of
from advisorcrm.terms import AccessKind

VIEW_AGAIN = timedelta(minutes=30)
"""Looking again within this time is the same look (docs/decisions/021)."""
FILE = "客户档案"  # chinese: data


@dataclass(frozen=True, slots=True)
class AccessLogRow:
    """One access, as the client's advisor and the manager see it."""

    id: int
    at: Annotated[datetime, Column("时间", width=16)]
    user_name: Annotated[str, Column("谁")]
    kind: Annotated[AccessKind, Column("做了什么")]
    client_name: Annotated[str, Column("客户")]
    subject: Annotated[str, Column("内容", width=24)]
    purpose: Annotated[str, Column("原因", width=24)]
    was_masked: Annotated[bool, Column("掩码", width=6)]
    client_count: Annotated[int, Column("客户数", width=8, align="right")]
    client_id: int | None


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What the log is narrowed down to; empty means everything."""

    user_id: int | None = None
    kind: AccessKind | None = None
    client: str = ""  # part of a name, or an account or number in full
    from_on: date | None = None
    to_on: date | None = None


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
    row = ChainRow(
        at=now,
        user_id=actor.user_id,
        kind=kind.value,
        client_id=client_id,
        subject=subject[:SHORT_TEXT],
        purpose=clean_text("purpose", purpose),
        was_masked=was_masked,
        client_count=client_count,
    )
    before = last_hash(session.connection())
    # Core: the next row of the same action must find this one.
    session.execute(insert(AccessLog).values(**row._asdict(), hash=seal(before, row)))


def log_view(session: Session, actor: Actor, client_id: int, *, now: datetime) -> bool:
    """Log that a person opened a client's file; False if that is the same look as before.

    Raises NotFoundError for a client the person may not see: who was refused saw nothing.
    """
    any_client(session, actor, client_id)
    before = select(AccessLog.id).where(
        AccessLog.client_id == client_id,
        AccessLog.at > now - VIEW_AGAIN,
        AccessLog.user_id == actor.user_id,
        AccessLog.kind == AccessKind.VIEW,
    )
    if session.scalar(before.limit(1)) is not None:
        return False
    record_access(
        session, actor, AccessKind.VIEW, subject=FILE, purpose="", now=now, client_id=client_id
    )
    return True


def list_client_accesses(
    session: Session, actor: Actor, client_id: int, *, limit: int = 200, before: int | None = None
) -> list[AccessLogRow]:
    """Who saw, printed or exported this client, newest first; ``before`` an id continues.

    Lines about files that were merged into this one are among them. For the manager and the
    client's own advisor; raises NotAllowedError for anybody else.
    """
    client = any_client(session, actor, client_id)
    if client.advisor_id != actor.user_id:
        demand(actor, Right.SEE_ACCESS_LOG)
    merged = select(Client.id).where(Client.merged_into_id == client_id)
    ours = or_(AccessLog.client_id == client_id, AccessLog.client_id.in_(merged))
    statement = _rows().where(ours)
    return _read(session, statement, limit, before)


def list_accesses(
    session: Session,
    actor: Actor,
    query: AccessFilter,
    *,
    limit: int = 200,
    before: int | None = None,
) -> list[AccessLogRow]:
    """The branch's log for the manager, newest first; ``before`` an id continues (R16)."""
    demand(actor, Right.SEE_ACCESS_LOG)
    statement = _rows()
    if query.user_id is not None:
        statement = statement.where(AccessLog.user_id == query.user_id)
    if query.kind is not None:
        statement = statement.where(AccessLog.kind == query.kind)
    if query.client.strip():
        statement = statement.where(_is_called(query.client.strip()))
    if query.from_on is not None:
        statement = statement.where(AccessLog.at >= start_of(query.from_on))
    if query.to_on is not None:
        statement = statement.where(AccessLog.at < start_of(query.to_on + timedelta(days=1)))
    return _read(session, statement, limit, before)


def list_people(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Everybody who may stand in the log, by name."""
    demand(actor, Right.SEE_ACCESS_LOG)
    rows = session.execute(select(User.id, User.name).order_by(User.name, User.id))
    return [(key, name) for key, name in rows]


def _rows() -> AnySelect:
    statement: AnySelect = select(
        AccessLog.id,
        AccessLog.at,
        User.name.label("user_name"),
        AccessLog.kind,
        func.coalesce(Client.name, "").label("client_name"),
        AccessLog.subject,
        AccessLog.purpose,
        AccessLog.was_masked,
        AccessLog.client_count,
        AccessLog.client_id,
    )
    return statement.join(User, User.id == AccessLog.user_id).outerjoin(
        Client, Client.id == AccessLog.client_id
    )


def _read(
    session: Session, statement: AnySelect, limit: int, before: int | None
) -> list[AccessLogRow]:
    if before is not None:
        statement = statement.where(AccessLog.id < before)
    rows = session.execute(statement.order_by(AccessLog.id.desc()).limit(limit)).mappings()
    return [AccessLogRow(**{**row, "subject": _subject(row["subject"])}) for row in rows]


def _subject(subject: str) -> str:
    """A field is kept by its name and told by its label."""
    return label_of(subject) if subject in LABELS else subject


def _is_called(text: str) -> ColumnElement[bool]:
    return or_(
        Client.name.contains(text, autoescape=True),
        Client.account == text,
        Client.client_no == text,
    )
