"""Contact logs: record a conversation, correct it, look it up again (R35, R80–R83)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactLog
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.services.access import (
    Right,
    any_client,
    demand,
    demand_client,
    sees_branch,
)
from advisorcrm.services.calendar.kept_appointments import keep_appointments
from advisorcrm.services.clients.counter_notices import note_reminder
from advisorcrm.services.contacts.contact_log_numbers import complete_content
from advisorcrm.services.contacts.contact_log_rows import (
    ContactLogFilter,
    ContactLogRow,
    corrections_of,
    joined,
    make_log_row,
    narrowed_logs,
    own_only,
    reads_own_only,
    select_log_rows,
)
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Role

OLDEST_DAYS = 366
"""A conversation is logged within a year of it."""


@dataclass(frozen=True, slots=True)
class ContactLogTotals:
    """Counts of a filtered list: entries, different clients, and entries per way."""

    entries: int
    clients: int
    by_way: dict[str, int]


def log_contact(session: Session, actor: Actor, entry: NewContactLog, *, now: datetime) -> int:
    """Record a conversation and bring the client's last contact forward (R35, R81).

    A client who was reminded of the counter stands as told in the list of the counter (R17);
    an appointment of the day is done by it, a next step with an hour makes one (R29).
    Returns the id; the same uuid saved again answers the same id. Raises InvalidFieldError for
    a time in the future, an empty content or advice without basis, NotFoundError for a client
    whom the actor may not see.
    """
    demand(actor, Right.LOG_CONTACTS)
    session.flush()  # Core does not see what is still to be written
    demand_client(session, actor, entry.client_id)
    connection = session.connection()  # Core: this is the path a phone call waits for
    known: int | None = connection.scalar(_KNOWN, {"uuid": entry.uuid})
    if known is not None:
        return known
    _check_times(entry, now)
    if entry.corrects_id is not None:
        _check_correction(session, actor, entry)
        entry = replace(entry, content=complete_content(session, entry.corrects_id, entry.content))
    texts = _clean_texts(entry)
    row = {name: getattr(entry, name) for name in _GIVEN} | texts
    saved = connection.execute(_SAVE, row | {"author_id": actor.user_id, "created_at": now})
    log_id = int(saved.inserted_primary_key[0])  # type: ignore[index]
    if entry.corrects_id is None:
        connection.execute(_TOUCH, {"key": entry.client_id, "at": entry.contacted_at})
        keep_appointments(session, actor, entry, log_id, now=now)
        if entry.was_reminded_of_counter:
            on = branch_date(entry.contacted_at)
            note_reminder(session, actor, entry.client_id, entry.way, on=on, now=now)
    return log_id


_GIVEN = tuple(item.name for item in fields(NewContactLog))
_LOG, _CLIENT = ContactLog.__table__, Client.__table__
_KNOWN = select(_LOG.c.id).where(_LOG.c.uuid == bindparam("uuid"))
_SAVE = insert(_LOG)  # type: ignore[arg-type]
_TOUCH = (
    update(_CLIENT)  # type: ignore[arg-type]
    .where(
        _CLIENT.c.id == bindparam("key"),
        or_(
            _CLIENT.c.last_contact_at.is_(None),
            _CLIENT.c.last_contact_at < bindparam("at"),
        ),
    )
    .values(last_contact_at=bindparam("at"))
)


def list_contact_logs(
    session: Session,
    actor: Actor,
    query: ContactLogFilter,
    *,
    limit: int = 200,
    before: tuple[datetime, int] | None = None,
    unmasked: bool = False,
) -> list[ContactLogRow]:
    """Conversations, newest first, each with its corrections; ``before`` continues a list.

    Numbers typed into the texts are masked, unless the right to let them out is there (R148).
    """
    if unmasked:
        demand(actor, Right.EXPORT_UNMASKED)
    statement = narrowed_logs(select_log_rows(), actor, query)
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
    corrections = corrections_of(session, [row["id"] for row in found])
    return [
        make_log_row(dict(row), actor, corrections.get(row["id"], ()), unmasked=unmasked)
        for row in found
    ]


def count_contact_logs(session: Session, actor: Actor, query: ContactLogFilter) -> ContactLogTotals:
    """How many conversations with how many different clients, and by which way."""
    base: AnySelect = select(
        func.count(ContactLog.id), func.count(func.distinct(ContactLog.client_id))
    )
    entries, clients = session.execute(narrowed_logs(joined(base), actor, query)).one()
    ways: AnySelect = select(ContactLog.way, func.count(ContactLog.id))
    per_way = narrowed_logs(joined(ways), actor, query).group_by(ContactLog.way)
    return ContactLogTotals(entries, clients, {row[0]: row[1] for row in session.execute(per_way)})


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
    statement = own_only(select_log_rows(), actor).where(
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
    return [make_log_row(dict(row), actor) for row in rows]


def _check_times(entry: NewContactLog, now: datetime) -> None:
    if entry.contacted_at > now + timedelta(minutes=1):
        raise InvalidFieldError("contacted_at", _("沟通时间不能晚于现在。"))
    if entry.contacted_at < now - timedelta(days=OLDEST_DAYS):
        raise InvalidFieldError("contacted_at", _("沟通时间已过去一年以上，请核对日期。"))
    spoken_on = branch_date(entry.contacted_at)
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


def sees_all_logs(actor: Actor) -> bool:
    """Whether the list may be narrowed to other authors (R83)."""
    return sees_branch(actor) and not reads_own_only(actor)
