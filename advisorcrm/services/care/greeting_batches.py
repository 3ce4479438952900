"""Greeting many clients for a holiday: who gets it, who is left out and why, said before (R245).

What was said is asked again in the writing transaction: whoever was greeted meanwhile, or has
said no, is left out. So a batch that is repeated greets nobody twice.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.models import CareRecord, Client
from advisorcrm.rules.masking import mask_name
from advisorcrm.rules.sending import SendCode, is_quiet_at, read_hours, reason_of
from advisorcrm.services.access import Right, demand, names_are_masked, visible_clients
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.care.greetings import signature, template_content, words_for
from advisorcrm.services.consents.may_send import send_code_column
from advisorcrm.terms import CareKind, CareWay, Channel, ClientStage, Purpose

CHANNELS = {
    CareWay.SMS: Channel.SMS,
    CareWay.WECHAT: Channel.WECHAT,
    CareWay.PHONE: Channel.PHONE,
    CareWay.MAIL: Channel.MAIL,
}
"""Ways for which the rule of sending is asked; a card by post goes to whoever wants no quiet."""
GREETED = N_("已经问候过。")
LARGEST = 5_000
"""Clients in one batch: more are not read over by anybody."""


@dataclass(frozen=True, slots=True)
class GreetingAsk:
    """What is to be sent to whom: without ``client_ids`` to all clients of the person."""

    kind: CareKind
    way: CareWay
    occasion: str
    occasion_on: date
    template_id: int
    client_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One client who is greeted, with the words."""

    client_id: int
    client_name: Annotated[str, Column(N_("客户"), width=14)]
    words: Annotated[str, Column(N_("内容"), width=60)]

    @property
    def id(self) -> int:
        """The client."""
        return self.client_id


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One client who is not greeted, and why."""

    client_id: int
    client_name: Annotated[str, Column(N_("客户"), width=14)]
    reason: Annotated[str, Column(N_("原因"), width=40)]

    @property
    def id(self) -> int:
        """The client."""
        return self.client_id


@dataclass(frozen=True, slots=True)
class GreetingPlan:
    """Who gets it and who does not, before anything is done."""

    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason with the number of clients it leaves out, the commonest first."""
        return Counter(one.reason for one in self.left_out).most_common()


def plan_greetings(
    session: Session, actor: Actor, ask: GreetingAsk, *, now: datetime
) -> GreetingPlan:
    """Work out the batch (a read).

    Raises InvalidFieldError for more clients than one batch takes, NotFoundError for a template
    that is gone.
    """
    demand(actor, Right.EDIT_CLIENTS)
    _demand_readable(len(ask.client_ids))  # a server takes no question about so many
    words = template_content(session, actor, ask.template_id)
    signed = signature(session, actor)
    greeted = _greeted(session, ask)
    recipients: list[Recipient] = []
    left_out: list[LeftOut] = []
    hours = load_settings(session, actor).contact_hours
    hide = names_are_masked(actor)
    found = session.execute(_clients(actor, ask, hours, now)).all()
    _demand_readable(len(found))
    for client, code in found:
        name = mask_name(client.name) if hide else client.name
        reason = _reason(client.id in greeted, SendCode(code), ask, hours)
        if reason:
            left_out.append(LeftOut(client.id, name, reason))
            continue
        said = words_for(client, words, signed, occasion=ask.occasion, on=ask.occasion_on)
        recipients.append(Recipient(client.id, name, said))
    return GreetingPlan(tuple(recipients), tuple(left_out))


def record_greetings(session: Session, actor: Actor, ask: GreetingAsk, *, now: datetime) -> int:
    """Keep a care record for everybody who is greeted now; returns how many."""
    plan = plan_greetings(session, actor, ask, now=now)
    if not plan.recipients:
        return 0
    session.execute(
        insert(CareRecord),
        [
            {
                "uuid": str(uuid.uuid4()),
                "client_id": one.client_id,
                "kind": ask.kind,
                "way": ask.way,
                "occasion": ask.occasion,
                "occasion_on": ask.occasion_on,
                "content": one.words,
                "done_at": now,
                "user_id": actor.user_id,
            }
            for one in plan.recipients
        ],
    )
    return len(plan.recipients)


def _demand_readable(count: int) -> None:
    if count > LARGEST:
        raise InvalidFieldError(
            "client_ids", _("一批最多 {limit} 户，请分批。").format(limit=LARGEST)
        )


def _clients(
    actor: Actor, ask: GreetingAsk, hours: tuple[str, ...], now: datetime
) -> Select[Client, str]:
    channel = CHANNELS.get(ask.way, Channel.MAIL)
    is_quiet = is_quiet_at(read_hours(hours), now.astimezone(BRANCH_TIME))
    code = send_code_column(channel, Purpose.CARE, is_quiet_hour=is_quiet)
    statement = (
        select(Client, code)
        .where(
            visible_clients(actor),
            Client.archived_at.is_(None),
            Client.stage != ClientStage.CHURNED,
        )
        .order_by(Client.id)
        .limit(LARGEST + 1)
    )
    if ask.client_ids:
        statement = statement.where(Client.id.in_(ask.client_ids))
    return statement


def _reason(is_greeted: bool, code: SendCode, ask: GreetingAsk, hours: tuple[str, ...]) -> str:
    """Why a client is left out; empty for one who is greeted."""
    if is_greeted:
        return _(GREETED)
    channel = CHANNELS.get(ask.way)
    if channel is None and code not in (SendCode.RESTRICTED, SendCode.DO_NOT_DISTURB):
        return ""
    if code.may:
        return ""
    return reason_of(code, channel or Channel.MAIL, Purpose.CARE, hours)


def _greeted(session: Session, ask: GreetingAsk) -> set[int]:
    rows = session.scalars(
        select(CareRecord.client_id).where(
            CareRecord.kind == ask.kind,
            CareRecord.occasion_on == ask.occasion_on,
            CareRecord.archived_at.is_(None),
            *_same_occasion(ask),
        )
    )
    return set(rows)


def _same_occasion(ask: GreetingAsk) -> list[ColumnElement[bool]]:
    """Two holidays may fall on one day (国庆, 中秋): each is greeted by itself."""
    return [CareRecord.occasion == ask.occasion] if ask.kind is CareKind.FESTIVAL else []
