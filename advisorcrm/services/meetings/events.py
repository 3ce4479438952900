"""Events of the branch: 盘后交流, 座谈会, 接待日, 活动, from plan to summary (R45, R111, R229)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import ConflictError, InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Event, EventGuest, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import GuestAnswer


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as its list shows it."""

    id: int
    starts_at: Annotated[datetime, Column("时间", width=16)]
    kind: Annotated[str, Column("活动形式", codes=terms.EVENT_KIND, width=12)]
    title: Annotated[str, Column("主题", width=24)]
    place: Annotated[str, Column("地点", width=14)]
    host_name: Annotated[str, Column("主持人", width=10)]
    is_prepared: Annotated[bool, Column("材料已备", width=8)]
    invited: Annotated[int, Column("邀请", form=Form.PLAIN, align="right", width=6)]
    coming: Annotated[int, Column("应邀", form=Form.PLAIN, align="right", width=6)]
    present: Annotated[int, Column("到场", form=Form.PLAIN, align="right", width=6)]
    held_at: Annotated[datetime | None, Column("总结时间", width=16)]
    host_id: int


@dataclass(frozen=True, slots=True)
class EventData:
    """What the form gives about an event."""

    kind: str
    title: str
    starts_at: datetime
    place: str = ""
    material: str = ""
    is_prepared: bool = False


@dataclass(frozen=True, slots=True)
class EventSheet:
    """One event with its texts, as it was read; ``may_lead``: prepare it and sum it up."""

    row: EventRow
    version: int
    material: str
    summary: str
    may_lead: bool


def add_event(session: Session, actor: Actor, data: EventData) -> int:
    """Plan an event; who plans it is its host. Returns the id."""
    demand(actor, Right.LOG_CONTACTS)
    event = Event(host_id=actor.user_id)
    _fill(session, event, data)
    session.add(event)
    session.flush()  # the id is the answer
    return event.id


def change_event(
    session: Session, actor: Actor, event_id: int, data: EventData, *, version: int
) -> None:
    """Change what was planned: host or manager, as long as it is not summed up.

    Raises ConflictError if it was changed since it was read.
    """
    event = planned_event(session, actor, event_id)
    if event.version != version:
        raise ConflictError(_("这次活动已被别人改过，请重新打开。"))
    _fill(session, event, data)


def close_event(
    session: Session, actor: Actor, event_id: int, summary: str, *, now: datetime
) -> None:
    """Sum the event up: what clients said and what was done about it (R111, R229).

    Raises InvalidFieldError before it has begun, without material, without a word about it or
    without anybody's attendance noted.
    """
    event = planned_event(session, actor, event_id)
    if event.starts_at > now:
        raise InvalidFieldError("starts_at", _("活动还没有开始，不能总结。"))
    if not event.is_prepared:
        raise InvalidFieldError("is_prepared", _("会前材料没有确认备好。"))
    event.summary = clean_text("summary", summary, limit=LONG_TEXT)
    if not event.summary:
        raise InvalidFieldError("summary", _("请写客户意见和处理情况。"))
    noted = select(EventGuest.id).where(
        EventGuest.event_id == event_id,
        EventGuest.archived_at.is_(None),
        EventGuest.has_come.is_not(None),
    )
    if session.scalar(noted.limit(1)) is None:
        raise InvalidFieldError("guests", _("还没有人签到。"))
    event.held_at = now


def archive_event(session: Session, actor: Actor, event_id: int, *, now: datetime) -> None:
    """Call an event off."""
    planned_event(session, actor, event_id).archived_at = now


def restore_event(session: Session, actor: Actor, event_id: int) -> None:
    """Take calling it off back."""
    demand(actor, Right.LOG_CONTACTS)
    event = session.get(Event, event_id)
    if event is None or not _leads(actor, event):
        raise _not_found()
    event.archived_at = None


def list_events(
    session: Session, actor: Actor, *, from_on: date | None = None, to_on: date | None = None
) -> list[EventRow]:
    """The events of some days, the latest first."""
    demand(actor, Right.SEE_CLIENTS)
    statement = _select_rows().order_by(Event.starts_at.desc(), Event.id.desc())
    if from_on is not None:
        statement = statement.where(Event.starts_at >= start_of(from_on))
    if to_on is not None:
        statement = statement.where(Event.starts_at < start_of(to_on + timedelta(days=1)))
    return [_row(*found) for found in session.execute(statement)]


def open_event(session: Session, actor: Actor, event_id: int) -> EventSheet:
    """One event. Raises NotFoundError for one that was called off."""
    demand(actor, Right.SEE_CLIENTS)
    found = session.execute(_select_rows().where(Event.id == event_id)).first()
    if found is None:
        raise _not_found()
    event: Event = found[0]
    leads = _leads(actor, event) and may(actor, Right.LOG_CONTACTS)
    hide = str if leads else mask_words
    return EventSheet(_row(*found), event.version, event.material, hide(event.summary), leads)


def planned_event(session: Session, actor: Actor, event_id: int) -> Event:
    """The event for its host or the manager, as long as it is not summed up."""
    demand(actor, Right.LOG_CONTACTS)
    event = running_event(session, event_id)
    if not _leads(actor, event):
        raise NotFoundError(_("活动由主持人或客服经理修改。"))
    return event


def running_event(session: Session, event_id: int) -> Event:
    """An event that is neither called off nor summed up."""
    event = session.get(Event, event_id)
    if event is None or event.archived_at is not None:
        raise _not_found()
    if event.held_at is not None:
        raise InvalidFieldError("event_id", _("活动已经总结，不能再改。"))
    return event


def _leads(actor: Actor, event: Event) -> bool:
    return event.host_id == actor.user_id or may(actor, Right.LEAD_LISTS)


def _fill(session: Session, event: Event, data: EventData) -> None:
    demand_codes(session, terms.EVENT_KIND, (data.kind,), field="kind")
    event.kind, event.starts_at = data.kind, data.starts_at
    event.title = clean_text("title", data.title)
    if not event.title:
        raise InvalidFieldError("title", _("请写活动主题。"))
    event.place = clean_text("place", data.place)
    event.material = clean_text("material", data.material, limit=LONG_TEXT)
    if data.is_prepared and not event.material:
        raise InvalidFieldError("material", _("请写备好的材料。"))
    event.is_prepared = data.is_prepared


def _select_rows() -> AnySelect:
    guests = (
        select(
            EventGuest.event_id,
            func.count(EventGuest.id).label("invited"),
            func.count(case((EventGuest.answer == GuestAnswer.COMES, 1))).label("coming"),
            func.count(case((EventGuest.has_come.is_(True), 1))).label("present"),
        )
        .where(EventGuest.archived_at.is_(None))
        .group_by(EventGuest.event_id)
        .subquery()
    )
    counts = (func.coalesce(guests.c[name], 0) for name in ("invited", "coming", "present"))
    return (
        select(Event, User.name, *counts)
        .join(User, User.id == Event.host_id)
        .outerjoin(guests, guests.c.event_id == Event.id)
        .where(Event.archived_at.is_(None))
    )


def _row(event: Event, host: str, invited: int, coming: int, present: int) -> EventRow:
    return EventRow(
        event.id, event.starts_at, event.kind, event.title, event.place, host, event.is_prepared,
        invited, coming, present, event.held_at, event.host_id,
    )  # fmt: skip


def _not_found() -> NotFoundError:
    return NotFoundError(_("找不到这个活动。"))
