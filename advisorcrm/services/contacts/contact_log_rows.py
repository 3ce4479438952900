"""Rows of contact lists: what a list, a page and a sheet show of one conversation (R81, R83)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Client, ContactLog, User
from advisorcrm.rules.masking import mask_name, mask_words
from advisorcrm.services.access import (
    names_are_masked,
    visible_clients,
)
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.terms import Reaction, Role


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
    without_restricted: bool = False  # for what leaves the house (2.7d)


def joined(statement: AnySelect) -> AnySelect:
    """Conversations together with their clients."""
    return statement.select_from(ContactLog).join(Client, Client.id == ContactLog.client_id)


def select_log_rows() -> AnySelect:
    """The list's columns, before any condition and order."""
    return joined(
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


def narrowed_logs(statement: AnySelect, actor: Actor, query: ContactLogFilter) -> AnySelect:
    """Only originals that the person may see and the filter lets through."""
    statement = statement.where(
        ContactLog.corrects_id.is_(None), Client.archived_at.is_(None), visible_clients(actor)
    )
    statement = own_only(statement, actor)
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
    if query.without_restricted:
        statement = statement.where(Client.is_restricted.is_(False))
    for word in query.text.split():
        statement = statement.where(_mentions(word))
    return statement


def own_only(statement: AnySelect, actor: Actor) -> AnySelect:
    """The front desk reads its own entries only."""
    if reads_own_only(actor):
        return statement.where(ContactLog.author_id == actor.user_id)
    return statement


def reads_own_only(actor: Actor) -> bool:
    """Whether an empty list says nothing about the client: others' entries are not shown."""
    return actor.role is Role.FRONT_DESK


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


def corrections_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[CorrectionRow, ...]]:
    """The corrections that hang under these conversations."""
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


def make_log_row(
    values: dict[str, Any],
    actor: Actor,
    corrections: tuple[CorrectionRow, ...] = (),
    *,
    unmasked: bool = False,
) -> ContactLogRow:
    """A row for a list, numbers in its texts masked; for head office without names too (R148)."""
    values["topics"] = values["topics"] or ()
    row = ContactLogRow(**values, corrections=corrections)
    if names_are_masked(actor):
        name = mask_name(row.client_name)
        anonymous = _rewritten(row, lambda text: mask_words(text.replace(row.client_name, name)))
        return replace(anonymous, client_name=name)
    return row if unmasked else _rewritten(row, mask_words)


def _rewritten(row: ContactLogRow, hide: Callable[[str], str]) -> ContactLogRow:
    """The conversation with something hidden in every text of it."""
    return replace(
        row,
        content=hide(row.content),
        basis=hide(row.basis),
        next_note=hide(row.next_note),
        corrections=tuple(
            replace(correction, content=hide(correction.content), reason=hide(correction.reason))
            for correction in row.corrections
        ),
    )
