"""Guests of an event: invited by a permitted way, who came, what they said, gifts (R111, R261)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Event, EventGuest, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_name, mask_words
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.access import (
    Right,
    any_client,
    demand,
    may,
    names_are_masked,
    sees_branch,
    visible_clients,
)
from advisorcrm.services.care.gifts import NewGift, register_gift
from advisorcrm.services.consents.may_send import count_sendable
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.meetings.events import running_event
from advisorcrm.terms import Channel, GuestAnswer, Purpose

_GIFTS = uuid.UUID("0b0c8f6e-9a55-4c1c-a1d5-3f6d1b7c9e20")
"""Root of the names of gifts given at events: a repeated attempt registers none twice."""


@dataclass(frozen=True, slots=True)
class GuestRow:
    """One guest; of a colleague's client the surname alone. No client: a visitor."""

    id: int
    client_id: int | None
    name: Annotated[str, Column("姓名", width=12)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=8)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    channel: Annotated[Channel | None, Column("邀请方式", width=8)]
    answer: Annotated[GuestAnswer, Column("答复", width=8)]
    has_come: Annotated[bool | None, Column("到场", width=6)]
    feedback: Annotated[str, Column("反馈", width=30)]
    gift: Annotated[str, Column("礼品", width=14)]
    invited_at: Annotated[datetime | None, Column("邀请时间", width=16)]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Invitations:
    """Who is or would be invited, who stands there already, who is left out and why."""

    ids: tuple[int, ...] = ()
    known: int = 0
    excluded: Mapping[SendCode, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClientEventRow:
    """An event on one client's timeline."""

    id: int
    event_id: int
    at: datetime
    kind: str
    title: str
    place: str
    answer: GuestAnswer
    has_come: bool | None
    feedback: str
    gift: str


def preview_invitations(
    session: Session, actor: Actor, event_id: int, client_ids: Sequence[int], channel: Channel,
    *, now: datetime,
) -> Invitations:  # fmt: skip
    """Who could be invited this way now: said before anybody is (R112, R117)."""
    demand(actor, Right.LOG_CONTACTS)
    running_event(session, event_id)
    known = _invited(session, event_id)
    new = [client_id for client_id in dict.fromkeys(client_ids) if client_id not in known]
    sendable = count_sendable(session, actor, new, channel, Purpose.CARE, now=now)
    return Invitations(tuple(sendable.ids), len(set(client_ids) & known), sendable.excluded)


def invite_clients(
    session: Session, actor: Actor, event_id: int, client_ids: Sequence[int], channel: Channel,
    *, now: datetime,
) -> Invitations:  # fmt: skip
    """Put onto the list those whom this way may reach, and no others (R111, R117)."""
    found = preview_invitations(session, actor, event_id, client_ids, channel, now=now)
    for client_id in found.ids:
        find = partial(_guest_of, session, event_id, client_id)
        guest = find()
        if guest is None:
            new = EventGuest(
                event_id=event_id, client_id=client_id, invited_by_id=actor.user_id,
                answer=GuestAnswer.OPEN,
            )  # fmt: skip
            guest = enter_once(session, new, find)
            if guest is not new:
                continue
        guest.channel, guest.invited_at, guest.invited_by_id = channel, now, actor.user_id
        guest.answer, guest.archived_at = GuestAnswer.OPEN, None
    return found


def add_visitor(session: Session, actor: Actor, event_id: int, name: str) -> int:
    """Somebody who came without being a client (R261)."""
    demand(actor, Right.LOG_CONTACTS)
    running_event(session, event_id)
    name = clean_text("name", name)
    if not name:
        raise InvalidFieldError("name", _("请写来客姓名。"))
    guest = EventGuest(
        event_id=event_id, name=name, invited_by_id=actor.user_id, answer=GuestAnswer.COMES,
        has_come=True,
    )  # fmt: skip
    session.add(guest)
    session.flush()  # the id is the answer
    return guest.id


def answer_invitation(session: Session, actor: Actor, guest_id: int, answer: GuestAnswer) -> None:
    """What the client said to the invitation."""
    _own_guest(session, actor, guest_id).answer = answer


def mark_attendance(
    session: Session, actor: Actor, guest_ids: Sequence[int], *, has_come: bool | None,
    now: datetime,
) -> None:  # fmt: skip
    """Who came and who did not; None takes the mark back. Not before the event's day."""
    for guest_id in guest_ids:
        guest = _own_guest(session, actor, guest_id)
        event = session.get_one(Event, guest.event_id)
        if has_come is not None and _day(event.starts_at) > _day(now):
            raise InvalidFieldError("has_come", _("活动当天才能签到。"))
        guest.has_come = has_come


def write_feedback(session: Session, actor: Actor, guest_id: int, text: str) -> None:
    """What the guest said about it (R111, R229)."""
    guest = _own_guest(session, actor, guest_id)
    guest.feedback = clean_text("feedback", text, limit=LONG_TEXT)


def give_souvenir(
    session: Session, actor: Actor, guest_id: int, gift: str, *, value_fen: int = 0, now: datetime
) -> None:
    """What the guest was given (R261); a client's stands in the register of gifts, too (R120).

    Raises InvalidFieldError for somebody who did not come, for a second gift, and for what the
    register refuses: no value, or beyond the limits.
    """
    guest = _own_guest(session, actor, guest_id)
    gift = clean_text("gift", gift)
    if not gift:
        raise InvalidFieldError("gift", _("请写明送的是什么。"))
    if guest.has_come is not True:
        raise InvalidFieldError("gift", _("没有到场的不登记礼品。"))
    if guest.gift:
        raise InvalidFieldError("gift", _("已经登记过礼品。"))
    if guest.client_id is not None:
        event = session.get_one(Event, guest.event_id)
        name = str(uuid.uuid5(_GIFTS, str(guest_id)))
        on = _day(event.starts_at)
        new = NewGift(name, guest.client_id, on, gift, value_fen, occasion=event.title)
        register_gift(session, actor, new, now=now)
    guest.gift = gift


def archive_guest(session: Session, actor: Actor, guest_id: int, *, now: datetime) -> None:
    """Take somebody off the list."""
    _own_guest(session, actor, guest_id).archived_at = now


def restore_guest(session: Session, actor: Actor, guest_id: int) -> None:
    """Put somebody back onto the list."""
    _own_guest(session, actor, guest_id).archived_at = None


def list_guests(session: Session, actor: Actor, event_id: int) -> list[GuestRow]:
    """The guests of an event, own clients in full, by name."""
    demand(actor, Right.SEE_CLIENTS)
    statement = (
        select(EventGuest, Client, User.name, visible_clients(actor).label("is_seen"))
        .outerjoin(Client, Client.id == EventGuest.client_id)
        .outerjoin(User, User.id == Client.advisor_id)
        .where(EventGuest.event_id == event_id, EventGuest.archived_at.is_(None))
        .order_by(EventGuest.client_id.is_(None), Client.pinyin, EventGuest.id)
    )
    return [_row(actor, *found) for found in session.execute(statement)]


def list_client_events(session: Session, actor: Actor, client_id: int) -> list[ClientEventRow]:
    """The events one client was invited to, the latest first."""
    any_client(session, actor, client_id)
    found = session.execute(
        select(EventGuest, Event)
        .join(Event, Event.id == EventGuest.event_id)
        .where(
            EventGuest.client_id == client_id,
            EventGuest.archived_at.is_(None),
            Event.archived_at.is_(None),
        )
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )
    return [
        ClientEventRow(
            guest.id, event.id, event.starts_at, event.kind, event.title, event.place,
            guest.answer, guest.has_come, mask_words(guest.feedback), guest.gift,
        )
        for guest, event in found
    ]  # fmt: skip


def _row(
    actor: Actor, guest: EventGuest, client: Client | None, advisor: str | None, is_seen: bool
) -> GuestRow:
    name = client.name if client else guest.name
    is_open = client is None or bool(is_seen)
    may_edit = may(actor, Right.LOG_CONTACTS) and is_open
    hides_name = not is_open or names_are_masked(actor)
    return GuestRow(
        guest.id,
        client.id if client and is_open else None,
        mask_name(name) if hides_name else name,
        client.tier if client else None,
        advisor or "",
        guest.channel,
        guest.answer,
        guest.has_come,
        mask_words(guest.feedback) if is_open and not hides_name else "",
        guest.gift,
        guest.invited_at,
        may_edit,
    )


def _day(at: datetime) -> date:
    return branch_date(at)


def _invited(session: Session, event_id: int) -> set[int]:
    found = session.scalars(
        select(EventGuest.client_id).where(
            EventGuest.event_id == event_id,
            EventGuest.archived_at.is_(None),
            EventGuest.client_id.is_not(None),
        )
    )
    return {client_id for client_id in found if client_id is not None}


def _guest_of(session: Session, event_id: int, client_id: int) -> EventGuest | None:
    return session.scalar(
        select(EventGuest).where(EventGuest.event_id == event_id, EventGuest.client_id == client_id)
    )


def _own_guest(session: Session, actor: Actor, guest_id: int) -> EventGuest:
    """A guest whose client the person may see, or a visitor, of an event not summed up."""
    demand(actor, Right.LOG_CONTACTS)
    guest = session.get(EventGuest, guest_id)
    if guest is None:
        raise NotFoundError(_("找不到这位来客。"))
    running_event(session, guest.event_id)
    if guest.client_id is not None:
        any_client(session, actor, guest.client_id)
    elif not (guest.invited_by_id == actor.user_id or sees_branch(actor)):
        raise NotFoundError(_("找不到这位来客。"))
    return guest
