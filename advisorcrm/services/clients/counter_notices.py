"""Who must be told to renew data at the counter, who was told, who has done it (R5, R17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, CounterNotice, User
from advisorcrm.rules.masking import mask_account, mask_name
from advisorcrm.services.access import (
    Right,
    any_client,
    demand,
    names_are_masked,
    own_client,
    visible_clients,
)
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.files.client_checks import clean_text

CONTACT_DATA = "柜台预留的联系方式"  # chinese: data
"""What a client is reminded of in a conversation (R17)."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One client with one matter to be renewed at the counter."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    matter: Annotated[str, Column("更新事项", width=22)]
    noted_on: Annotated[date, Column("登记日期", width=12)]
    notified_on: Annotated[date | None, Column("通知日期", width=12)]
    notified_way: Annotated[str | None, Column("通知方式", codes=terms.CONTACT_WAY, width=10)]
    renewed_on: Annotated[date | None, Column("柜台更新", width=12)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]


def list_counter_notices(
    session: Session, actor: Actor, *, client_id: int | None = None, is_open: bool = True
) -> list[NoticeRow]:
    """What is still to be renewed, who was not told yet first; or all that ever was.

    Who must not be called since his file is restricted is none to be told (2.7d).
    """
    statement = (
        select(CounterNotice, Client.name, Client.account, User.name)
        .join(Client, Client.id == CounterNotice.client_id)
        .outerjoin(User, User.id == Client.advisor_id)
        .where(Client.archived_at.is_(None), visible_clients(actor))
        .order_by(CounterNotice.notified_on.nulls_first(), CounterNotice.id)
    )
    if client_id is not None:
        statement = statement.where(CounterNotice.client_id == client_id)
    if is_open:
        statement = statement.where(
            CounterNotice.renewed_on.is_(None), Client.is_restricted.is_(False)
        )
    hide = names_are_masked(actor)
    return [
        NoticeRow(
            notice.id,
            notice.client_id,
            mask_name(name) if hide else name,
            mask_account(account or ""),
            notice.matter,
            branch_date(notice.noted_at),
            notice.notified_on,
            notice.notified_way,
            notice.renewed_on,
            advisor or "",
        )
        for notice, name, account, advisor in session.execute(statement)
    ]


def note_for_counter(
    session: Session, actor: Actor, client_id: int, matter: str, *, now: datetime
) -> int:
    """Put a client on the list of those to be told; the same matter stands there once.

    Raises InvalidFieldError without a matter.
    """
    own_client(session, actor, client_id)
    matter = clean_text("matter", matter)
    if not matter:
        raise InvalidFieldError("matter", _("请写明要更新什么。"))
    for notice in _open_notices(session, client_id):
        if notice.matter == matter:
            return notice.id
    return _add(session, actor, client_id, matter, now).id


def note_reminder(
    session: Session, actor: Actor, client_id: int, way: str, *, on: date, now: datetime
) -> None:
    """The client was reminded in a conversation: whatever waited to be told is told (R17)."""
    demand(actor, Right.LOG_CONTACTS)
    any_client(session, actor, client_id)
    waiting = [notice for notice in _open_notices(session, client_id) if not notice.notified_on]
    if not waiting and not any(
        notice.matter == CONTACT_DATA for notice in _open_notices(session, client_id)
    ):
        waiting = [_add(session, actor, client_id, CONTACT_DATA, now)]
    for notice in waiting:
        notice.notified_on, notice.notified_way = on, way


def mark_notified(
    session: Session, actor: Actor, notice_id: int, way: str | None, *, on: date | None
) -> None:
    """The client was told, by which way; without a day the mark is taken back."""
    notice = _own_notice(session, actor, notice_id)
    if way:
        demand_codes(session, terms.CONTACT_WAY, (way,), field="notified_way")
    notice.notified_on, notice.notified_way = on, way if on else None


def mark_renewed(session: Session, actor: Actor, notice_id: int, *, on: date | None) -> None:
    """The client has renewed the data at the counter; without a day the mark is taken back.

    Raises InvalidFieldError for a day before the matter was noted.
    """
    notice = _own_notice(session, actor, notice_id)
    if on is not None and on < branch_date(notice.noted_at):
        raise InvalidFieldError("renewed_on", _("更新日期早于登记日期，请核对。"))
    notice.renewed_on = on


def _add(
    session: Session, actor: Actor, client_id: int, matter: str, now: datetime
) -> CounterNotice:
    notice = CounterNotice(client_id=client_id, matter=matter, noted_at=now, user_id=actor.user_id)
    session.add(notice)
    session.flush()  # the id is the answer
    return notice


def _open_notices(session: Session, client_id: int) -> list[CounterNotice]:
    return list(
        session.scalars(
            select(CounterNotice).where(
                CounterNotice.client_id == client_id, CounterNotice.renewed_on.is_(None)
            )
        )
    )


def _own_notice(session: Session, actor: Actor, notice_id: int) -> CounterNotice:
    notice = session.get(CounterNotice, notice_id)
    if notice is None:
        raise NotFoundError(_("这条柜台更新已不在清单里。"))
    own_client(session, actor, notice.client_id)
    return notice
