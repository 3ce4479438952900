"""What persons ask about their own data: a copy, a correction, a halt and its end (2.7d)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from advisorcrm import terms
from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, PrivacyRequest, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import hide_name, mask_name, mask_words
from advisorcrm.services.access import (
    any_client,
    names_are_masked,
    own_client,
    visible_clients,
)
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import PrivacyRequestKind


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What was asked, when, by which way (a code of the contact ways)."""

    client_id: int
    kind: PrivacyRequestKind
    asked_on: date
    way: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyRequestRow:
    """One request and what became of it."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=8)]
    kind: Annotated[PrivacyRequestKind, Column("请求", width=10)]
    asked_on: Annotated[date, Column("提出日期", width=11)]
    way: Annotated[str | None, Column("方式", codes=terms.CONTACT_WAY, width=8)]
    note: Annotated[str, Column("内容", width=20)]
    user_name: Annotated[str, Column("登记人", width=8)]
    answered_at: Annotated[datetime | None, Column("答复时间", width=16)]
    answered_by: Annotated[str, Column("答复人", width=8)]
    answer: Annotated[str, Column("答复", width=20)]


def file_request(session: Session, actor: Actor, new: NewRequest, *, now: datetime) -> int:
    """Register a request; the same one still open is not registered twice.

    A halt (限制处理) and its end take effect at once, with the request as their reason; what is
    left open is the answer to the person. Raises InvalidFieldError for a date to come, a
    correction that does not say what, and an end without a halt.
    """
    client = own_client(session, actor, new.client_id, even_restricted=True)
    note = clean_text("note", new.note, limit=LONG_TEXT)
    known = session.scalar(
        select(PrivacyRequest.id).where(
            PrivacyRequest.client_id == new.client_id,
            PrivacyRequest.kind == new.kind,
            PrivacyRequest.asked_on == new.asked_on,
            PrivacyRequest.note == note,
            PrivacyRequest.answered_at.is_(None),
        )
    )
    if known is not None:
        return known
    _check(client, new, note, today=branch_date(now))
    request = PrivacyRequest(
        client_id=new.client_id,
        kind=new.kind,
        asked_on=new.asked_on,
        way=new.way or None,
        note=note,
        user_id=actor.user_id,
    )
    session.add(request)
    with because(session, new.kind.label_zh):
        if new.kind is PrivacyRequestKind.RESTRICTION:
            client.is_restricted = True
        if new.kind is PrivacyRequestKind.RELEASE:
            client.is_restricted = False
        session.flush()  # the caller is told the id
        return request.id


def answer_request(
    session: Session, actor: Actor, request_id: int, answer: str, *, now: datetime
) -> None:
    """Note what the person was answered and when; an answer is given once.

    Raises InvalidFieldError for an empty or second answer.
    """
    request = session.get(PrivacyRequest, request_id)
    if request is None:
        raise NotFoundError(_("找不到这项请求。"))
    own_client(session, actor, request.client_id, even_restricted=True)
    text = clean_text("answer", answer, limit=LONG_TEXT)
    if not text:
        raise InvalidFieldError("answer", _("请写明怎样答复了客户。"))
    if request.answered_at is not None:
        raise InvalidFieldError("answer", _("这项请求已经答复过了。"))
    request.answer, request.answered_at = text, now
    request.answered_by_id = actor.user_id


def list_requests(
    session: Session, actor: Actor, client_id: int | None = None, *, open_only: bool = False
) -> list[PrivacyRequestRow]:
    """The requests of one client, or of all the person may see; the open ones first."""
    if client_id is not None:
        any_client(session, actor, client_id)
    answering = aliased(User)
    statement = (
        select(PrivacyRequest, Client.name, User.name, answering.name)
        .join(Client, Client.id == PrivacyRequest.client_id)
        .join(User, User.id == PrivacyRequest.user_id)
        .outerjoin(answering, answering.id == PrivacyRequest.answered_by_id)
        .where(visible_clients(actor), Client.archived_at.is_(None))
        .order_by(
            PrivacyRequest.answered_at.is_not(None),
            PrivacyRequest.asked_on.desc(),
            PrivacyRequest.id.desc(),
        )
    )
    if client_id is not None:
        statement = statement.where(PrivacyRequest.client_id == client_id)
    if open_only:
        statement = statement.where(PrivacyRequest.answered_at.is_(None))
    is_nameless = names_are_masked(actor)
    return [
        _row(request, name, by, answered_by or "", is_nameless=is_nameless)
        for request, name, by, answered_by in session.execute(statement)
    ]


def _check(client: Client, new: NewRequest, note: str, *, today: date) -> None:
    if new.asked_on > today:
        raise InvalidFieldError("asked_on", _("提出日期不能晚于今天。"))
    if new.kind is PrivacyRequestKind.CORRECTION and not note:
        raise InvalidFieldError("note", _("请写明客户要求更正什么。"))
    if new.kind is PrivacyRequestKind.RELEASE and not client.is_restricted:
        raise InvalidFieldError("kind", _("这位客户没有限制处理，不必解除。"))


def _row(
    request: PrivacyRequest, name: str, by: str, answered_by: str, *, is_nameless: bool
) -> PrivacyRequestRow:
    note, answer = mask_words(request.note), mask_words(request.answer)
    if is_nameless:
        note, answer = (hide_name(text, name) for text in (note, answer))
    return PrivacyRequestRow(
        id=request.id,
        client_id=request.client_id,
        client_name=mask_name(name) if is_nameless else name,
        kind=request.kind,
        asked_on=request.asked_on,
        way=request.way,
        note=note,
        user_name=by,
        answered_at=request.answered_at,
        answered_by=answered_by,
        answer=answer,
    )
