"""Contact logs: record a conversation, correct it, look it up again (R35, R80–R83)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactLog, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_name, mask_words
from advisorcrm.services.access import (
    Right,
    any_client,
    demand,
    names_are_masked,
    sees_branch,
    visible_clients,
)
from advisorcrm.services.client_checks import clean_text
from advisorcrm.services.clients import start_of
from advisorcrm.terms import Reaction, Role

OLDEST_DAYS = 366
"""A conversation is logged within a year of it."""


@dataclass(frozen=True, slots=True)
class NewContactLog:
    """What the form gives; ``uuid`` is made when the form opens, so that a retry saves once."""

    uuid: str
    client_id: int
    topics: tuple[str, ...]
    contacted_at: datetime
    way: str
    content: str
    minutes: int | None = None
    reaction: Reaction | None = None
    is_advice: bool = False
    basis: str = ""
    next_on: date | None = None
    next_at: time | None = None
    next_way: str | None = None
    next_note: str = ""
    was_reminded_of_counter: bool = False
    corrects_id: int | None = None
    correction_reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction that hangs under its original."""

    id: int
    content: str
    reason: str
    author_name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ContactLogRow:
    """One conversation as lists, the client page and sheets show it."""

    id: int
    client_id: int
    contacted_at: Annotated[datetime, Column("沟通时间", width=16)]
    client_name: Annotated[str, Column("客户", width=10)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=8)]
    way: Annotated[str, Column("沟通方式", codes=terms.CONTACT_WAY, width=10)]
    topics: Annotated[tuple[str, ...], Column("沟通主题", codes=terms.TOPIC, width=14)]
    content: Annotated[str, Column("沟通内容", width=48)]
    reaction: Annotated[Reaction | None, Column("客户反映", width=8)]
    next_on: Annotated[date | None, Column("下次沟通", width=12)]
    next_note: Annotated[str, Column("下次沟通安排", width=20, shown=False)]
    author_name: Annotated[str, Column("记录人", width=10)]
    minutes: int | None
    is_advice: bool
    basis: str
    next_at: time | None
    next_way: str | None
    author_id: int
    was_reminded_of_counter: bool
    corrections: tuple[CorrectionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactLogFilter:
    """What a list of conversations is narrowed down to."""

    client_id: int | None = None
    author_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    ways: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class ContactLogTotals:
    """Counts of a filtered list: entries, different clients, and entries per way."""

    entries: int
    clients: int
    by_way: dict[str, int]


def log_contact(session: Session, actor: Actor, entry: NewContactLog, *, now: datetime) -> int:
    """Record a conversation and bring the client's last contact forward (R35, R81).

    Returns the id; the same uuid saved again answers the same id. Raises InvalidFieldError for
    a time in the future, an empty content or advice without basis, NotFoundError for a client
    whom the actor may not see.
    """
    demand(actor, Right.LOG_CONTACTS)
    any_client(session, actor, entry.client_id)
    known = session.scalar(select(ContactLog.id).where(ContactLog.uuid == entry.uuid))
    if known is not None:
        return known
    _check_times(entry, now)
    texts = _clean_texts(entry)
    if entry.corrects_id is not None:
        _check_correction(session, actor, entry)
    # Core: this is the path a phone call waits for.
    saved_id = session.execute(
        insert(ContactLog)
        .values(
            **{item.name: getattr(entry, item.name) for item in fields(entry)} | texts,
            author_id=actor.user_id,
            created_at=now,
        )
        .returning(ContactLog.id)
    ).scalar_one()
    if entry.corrects_id is None:
        session.execute(
            update(Client)
            .where(
                Client.id == entry.client_id,
                or_(
                    Client.last_contact_at.is_(None),
                    Client.last_contact_at < entry.contacted_at,
                ),
            )
            .values(last_contact_at=entry.contacted_at)
            .execution_options(synchronize_session=False)
        )
    return saved_id


def list_contact_logs(
    session: Session,
    actor: Actor,
    query: ContactLogFilter,
    *,
    limit: int = 200,
    before: tuple[datetime, int] | None = None,
) -> list[ContactLogRow]:
    """Conversations, newest first, each with its corrections; ``before`` continues a list."""
    statement = _narrowed(_select_rows(), actor, query)
    if before is not None:
        at, key = before
        statement = statement.where(
            or_(
                ContactLog.contacted_at < at,
                and_(ContactLog.contacted_at == at, ContactLog.id < key),
            )
        )
    statement = statement.order_by(ContactLog.contacted_at.desc(), ContactLog.id.desc())
    found = session.execute(statement.limit(limit)).mappings().all()
    corrections = _corrections(session, [row["id"] for row in found])
    return [_row(dict(row), actor, corrections.get(row["id"], ())) for row in found]


def count_contact_logs(session: Session, actor: Actor, query: ContactLogFilter) -> ContactLogTotals:
    """How many conversations with how many different clients, and by which way."""
    base: AnySelect = select(
        func.count(ContactLog.id), func.count(func.distinct(ContactLog.client_id))
    )
    entries, clients = session.execute(_narrowed(_joined(base), actor, query)).one()
    ways: AnySelect = select(ContactLog.way, func.count(ContactLog.id))
    per_way = _narrowed(_joined(ways), actor, query).group_by(ContactLog.way)
    return ContactLogTotals(entries, clients, {row[0]: row[1] for row in session.execute(per_way)})


def last_way_with(session: Session, actor: Actor, client_id: int) -> str:
    """The way used last with this client: what a new log starts with."""
    any_client(session, actor, client_id)
    way = session.scalar(
        select(ContactLog.way)
        .where(ContactLog.client_id == client_id, ContactLog.corrects_id.is_(None))
        .order_by(ContactLog.contacted_at.desc())
        .limit(1)
    )
    return way or terms.WAY_PHONE


def list_open_steps(session: Session, actor: Actor, client_id: int) -> list[ContactLogRow]:
    """Next steps agreed with a client after which nobody has spoken to him yet (R80)."""
    any_client(session, actor, client_id)
    latest = session.scalar(
        select(func.max(ContactLog.contacted_at)).where(
            ContactLog.client_id == client_id, ContactLog.corrects_id.is_(None)
        )
    )
    if latest is None:
        return []
    spoken = latest.astimezone(BRANCH_TIME)
    statement = _own_only(_select_rows(), actor).where(
        ContactLog.client_id == client_id,
        ContactLog.corrects_id.is_(None),
        ContactLog.next_on.is_not(None),
        or_(
            ContactLog.next_on > spoken.date(),
            and_(ContactLog.next_on == spoken.date(), ContactLog.next_at > spoken.time()),
            ContactLog.contacted_at == latest,
        ),
    )
    rows = session.execute(statement.order_by(ContactLog.next_on).limit(20)).mappings()
    return [_row(dict(row), actor, ()) for row in rows]


def _check_times(entry: NewContactLog, now: datetime) -> None:
    if entry.contacted_at > now + timedelta(minutes=1):
        raise InvalidFieldError("contacted_at", _("沟通时间不能晚于现在。"))
    if entry.contacted_at < now - timedelta(days=OLDEST_DAYS):
        raise InvalidFieldError("contacted_at", _("沟通时间已过去一年以上，请核对日期。"))
    spoken_on = entry.contacted_at.astimezone(BRANCH_TIME).date()
    if entry.next_on is not None and entry.next_on < spoken_on:
        raise InvalidFieldError("next_on", _("下一步的日期早于这次沟通，请核对。"))


def _clean_texts(entry: NewContactLog) -> dict[str, str]:
    """The texts as they are stored; raises InvalidFieldError for what is missing or too long."""
    if not entry.content.strip():
        raise InvalidFieldError("content", _("请写下沟通内容。"))
    if len(entry.content) > LONG_TEXT:
        raise InvalidFieldError(
            "content", _("沟通内容最多 {count} 字，请分两条记。").format(count=LONG_TEXT)
        )
    if not entry.way:
        raise InvalidFieldError("way", _("请选沟通方式。"))
    if not entry.topics and entry.corrects_id is None:
        raise InvalidFieldError("topics", _("请选沟通主题。"))
    if entry.is_advice and not entry.basis.strip():
        raise InvalidFieldError("basis", _("属于投资建议的，须写明依据或数据来源。"))
    return {
        "content": clean_text("content", entry.content, limit=LONG_TEXT),
        "basis": clean_text("basis", entry.basis),
        "next_note": clean_text("next_note", entry.next_note),
        "correction_reason": clean_text("correction_reason", entry.correction_reason),
    }


def _check_correction(session: Session, actor: Actor, entry: NewContactLog) -> None:
    original = session.get(ContactLog, entry.corrects_id)
    if original is None or original.client_id != entry.client_id:
        raise NotFoundError(_("找不到要更正的记录。"))
    if original.corrects_id is not None:
        raise InvalidFieldError("corrects_id", _("更正只能挂在原记录下面，请更正原记录。"))
    if original.author_id != actor.user_id and actor.role is not Role.MANAGER:
        raise InvalidFieldError("corrects_id", _("只有记录人和客服经理可以更正。"))
    if not entry.correction_reason.strip():
        raise InvalidFieldError("correction_reason", _("请写明更正的原因。"))


def _joined(statement: AnySelect) -> AnySelect:
    return statement.select_from(ContactLog).join(Client, Client.id == ContactLog.client_id)


def _select_rows() -> AnySelect:
    return _joined(
        select(
            ContactLog.id,
            ContactLog.client_id,
            ContactLog.contacted_at,
            Client.name.label("client_name"),
            Client.tier,
            ContactLog.way,
            ContactLog.topics,
            ContactLog.content,
            ContactLog.reaction,
            ContactLog.next_on,
            ContactLog.next_note,
            func.coalesce(User.name, "").label("author_name"),
            ContactLog.minutes,
            ContactLog.is_advice,
            ContactLog.basis,
            ContactLog.next_at,
            ContactLog.next_way,
            ContactLog.author_id,
            ContactLog.was_reminded_of_counter,
        )
    ).outerjoin(User, User.id == ContactLog.author_id)


def _narrowed(statement: AnySelect, actor: Actor, query: ContactLogFilter) -> AnySelect:
    statement = statement.where(
        ContactLog.corrects_id.is_(None), Client.archived_at.is_(None), visible_clients(actor)
    )
    statement = _own_only(statement, actor)
    if query.client_id is not None:
        statement = statement.where(ContactLog.client_id == query.client_id)
    if query.author_id is not None:
        statement = statement.where(ContactLog.author_id == query.author_id)
    if query.from_on is not None:
        statement = statement.where(ContactLog.contacted_at >= start_of(query.from_on))
    if query.to_on is not None:
        statement = statement.where(
            ContactLog.contacted_at < start_of(query.to_on + timedelta(days=1))
        )
    if query.ways:
        statement = statement.where(ContactLog.way.in_(query.ways))
    for word in query.text.split():
        statement = statement.where(_mentions(word))
    return statement


def _own_only(statement: AnySelect, actor: Actor) -> AnySelect:
    """The front desk reads its own entries only."""
    if actor.role is Role.FRONT_DESK:
        return statement.where(ContactLog.author_id == actor.user_id)
    return statement


def _mentions(word: str) -> Any:
    """Whether content, basis, next step, client name or a correction holds the word."""
    pattern = f"%{_escaped(word)}%"
    correction = ContactLog.__table__.alias("correction")
    return or_(
        ContactLog.content.ilike(pattern, escape="\\"),
        ContactLog.basis.ilike(pattern, escape="\\"),
        ContactLog.next_note.ilike(pattern, escape="\\"),
        Client.name.ilike(pattern, escape="\\"),
        select(correction.c.id)
        .where(
            correction.c.corrects_id == ContactLog.id,
            correction.c.content.ilike(pattern, escape="\\"),
        )
        .exists(),
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _corrections(session: Session, ids: Sequence[int]) -> dict[int, tuple[CorrectionRow, ...]]:
    if not ids:
        return {}
    rows = session.execute(
        select(
            ContactLog.corrects_id,
            ContactLog.id,
            ContactLog.content,
            ContactLog.correction_reason,
            func.coalesce(User.name, ""),
            ContactLog.created_at,
        )
        .outerjoin(User, User.id == ContactLog.author_id)
        .where(ContactLog.corrects_id.in_(ids))
        .order_by(ContactLog.id)
    )
    found: dict[int, list[CorrectionRow]] = {}
    for original, key, content, reason, author, at in rows:
        if original is not None:
            row = CorrectionRow(key, content, reason, author, at)
            found.setdefault(original, []).append(row)
    return {key: tuple(corrections) for key, corrections in found.items()}


def _row(
    values: dict[str, Any], actor: Actor, corrections: tuple[CorrectionRow, ...]
) -> ContactLogRow:
    values["topics"] = values["topics"] or ()
    row = ContactLogRow(**values, corrections=corrections)
    return _anonymous(row) if names_are_masked(actor) else row


def _anonymous(row: ContactLogRow) -> ContactLogRow:
    """The conversation without the client's name and numbers, in every text of it."""
    name = mask_name(row.client_name)

    def hide(text: str) -> str:
        return mask_words(text.replace(row.client_name, name))

    return replace(
        row,
        client_name=name,
        content=hide(row.content),
        basis=hide(row.basis),
        next_note=hide(row.next_note),
        corrections=tuple(
            replace(correction, content=hide(correction.content), reason=hide(correction.reason))
            for correction in row.corrections
        ),
    )


def sees_all_logs(actor: Actor) -> bool:
    """Whether the list may be narrowed to other authors (R83)."""
    return sees_branch(actor) and actor.role is not Role.FRONT_DESK
