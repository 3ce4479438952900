"""The consent ledger: what a client agreed to be sent, by which way, what for (R117, 2.7, 2.8)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Attachment, Client, Consent, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import hide_name, mask_words
from advisorcrm.services.access import Right, any_client, may, names_are_masked, own_client
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Channel, ConsentState, Purpose

Asked = tuple[Channel, Purpose]


@dataclass(frozen=True, slots=True)
class NewConsent:
    """An answer as it was given; the form makes the uuid, so that a retry saves once."""

    uuid: str
    client_id: int
    channel: Channel
    purpose: Purpose
    state: ConsentState
    answered_at: datetime
    how: str = ""
    wording: str = ""
    attachment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A client takes back what was agreed for a channel, for one purpose or for all."""

    uuid: str
    client_id: int
    channel: Channel
    purpose: Purpose | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One line of the ledger."""

    id: int
    answered_at: Annotated[datetime, Column("答复时间", width=18)]
    channel: Annotated[Channel, Column("渠道", width=6)]
    purpose: Annotated[Purpose, Column("用途", width=6)]
    state: Annotated[ConsentState, Column("答复", width=7)]
    how: Annotated[str, Column("怎样答复", width=12)]
    wording: Annotated[str, Column("告知的内容", width=24)]
    attachment_name: Annotated[str, Column("证明材料", width=14)]
    user_name: Annotated[str, Column("登记人", width=8)]
    attachment_id: int | None


@dataclass(frozen=True, slots=True)
class ConsentBook:
    """What counts now, by channel and purpose; what is not in it was never asked."""

    states: Mapping[Asked, ConsentState] = field(default_factory=dict)

    def state(self, channel: Channel, purpose: Purpose) -> ConsentState:
        """The state that counts."""
        return self.states.get((channel, purpose), ConsentState.NOT_ASKED)

    def channel(self, channel: Channel) -> ConsentState:
        """Over all purposes: given if any is, else the no if there is one."""
        found = {self.state(channel, purpose) for purpose in Purpose}
        order = (ConsentState.GIVEN, ConsentState.WITHDRAWN, ConsentState.REFUSED)
        return next((state for state in order if state in found), ConsentState.NOT_ASKED)

    @property
    def is_phone_only(self) -> bool:
        """Agrees to calls, has said no to short messages, and to nothing else in writing."""
        written = (Channel.SMS, Channel.MAIL, Channel.WECHAT)
        return (
            self.channel(Channel.SMS) in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
            and self.channel(Channel.PHONE) is ConsentState.GIVEN
            and all(self.channel(way) is not ConsentState.GIVEN for way in written)
        )


def record_consent(session: Session, actor: Actor, new: NewConsent, *, now: datetime) -> int:
    """Enter an answer; the same uuid again answers the same id (R117).

    A refusal or withdrawal is taken even while the file is restricted, a yes is not. Raises
    InvalidFieldError for a time to come, a yes without saying how it was given, and a
    withdrawal of what was never agreed.
    """
    says_yes = new.state is ConsentState.GIVEN
    own_client(session, actor, new.client_id, even_restricted=not says_yes)
    known = session.scalar(select(Consent.id).where(Consent.uuid == new.uuid))
    if known is not None:
        return known
    _check(session, actor, new, now)
    row = Consent(
        uuid=new.uuid,
        client_id=new.client_id,
        channel=new.channel,
        purpose=new.purpose,
        state=new.state,
        answered_at=new.answered_at,
        user_id=actor.user_id,
        how=clean_text("how", new.how),
        wording=clean_text("wording", new.wording, limit=LONG_TEXT),
        attachment_id=new.attachment_id,
        created_at=now,
    )
    session.add(row)
    session.flush()  # the caller is told the id
    return row.id


def withdraw_consents(
    session: Session, actor: Actor, withdrawal: Withdrawal, *, now: datetime
) -> int:
    """Take back at once what is agreed for a channel; returns how many answers (2.7a).

    The same uuid again adds nothing.
    """
    own_client(session, actor, withdrawal.client_id, even_restricted=True)
    book = read_consents(session, actor, withdrawal.client_id)
    purposes = (withdrawal.purpose,) if withdrawal.purpose else tuple(Purpose)
    given = [
        purpose
        for purpose in purposes
        if book.state(withdrawal.channel, purpose) is ConsentState.GIVEN
    ]
    for purpose in given:
        key = str(uuid.uuid5(uuid.UUID(withdrawal.uuid), purpose.value))
        answer = NewConsent(
            key, withdrawal.client_id, withdrawal.channel, purpose, ConsentState.WITHDRAWN, now,
            withdrawal.how,
        )  # fmt: skip
        record_consent(session, actor, answer, now=now)
    return len(given)


def list_consents(session: Session, actor: Actor, client_id: int) -> list[ConsentRow]:
    """The whole ledger of a client, the answer that was given last first."""
    client = any_client(session, actor, client_id)
    rows = session.execute(
        select(
            Consent.id,
            Consent.channel,
            Consent.purpose,
            Consent.state,
            Consent.answered_at,
            Consent.how,
            Consent.wording,
            User.name.label("user_name"),
            Consent.attachment_id,
            Attachment.file_name.label("attachment_name"),
        )
        .join(User, User.id == Consent.user_id)
        .outerjoin(Attachment, Attachment.id == Consent.attachment_id)
        .where(Consent.client_id == client_id)
        .order_by(Consent.answered_at.desc(), Consent.id.desc())
    ).mappings()
    texts = ("how", "wording", "attachment_name")
    found = [
        ConsentRow(**{**row, **{name: _shown(actor, client, row[name]) for name in texts}})
        for row in rows
    ]
    if may(actor, Right.READ_FILES):
        return found
    return [replace(row, attachment_name="") for row in found]


def read_consents(session: Session, actor: Actor, client_id: int) -> ConsentBook:
    """What counts now for a client."""
    any_client(session, actor, client_id)
    rows = session.execute(
        select(Consent.channel, Consent.purpose, Consent.state)
        .where(Consent.client_id == client_id)
        .order_by(Consent.answered_at, Consent.id)
    )
    return ConsentBook({(channel, purpose): state for channel, purpose, state in rows})


def wording_for(branch: str, channel: Channel, purposes: Iterable[Purpose]) -> str:
    """What the client is asked to agree to; it stays Chinese in every language."""
    what = "、".join(purpose.label_zh for purpose in purposes)  # chinese: data
    return (  # chinese: data
        f"本人同意{branch}以{channel.label_zh}方式向本人发送{what}，"
        "并知悉可随时以任何方式撤回同意，撤回不影响其他服务。"
    )


def _shown(actor: Actor, client: Client, text: str | None) -> str:
    """A text of the ledger as it may be read: numbers masked, for head office the name too."""
    if names_are_masked(actor):
        text = hide_name(text or "", client.name)
    return mask_words(text or "")


def _check(session: Session, actor: Actor, new: NewConsent, now: datetime) -> None:
    if new.answered_at > now + timedelta(minutes=1):
        raise InvalidFieldError("answered_at", _("答复时间不能晚于现在。"))
    if new.state is ConsentState.GIVEN and not new.how.strip():
        raise InvalidFieldError("how", _("请写明客户怎样同意的，例如柜台签字、电话录音。"))
    if new.state is ConsentState.WITHDRAWN:
        book = read_consents(session, actor, new.client_id)
        if book.state(new.channel, new.purpose) is not ConsentState.GIVEN:
            raise InvalidFieldError("state", _("客户没有同意过，不必撤回；不愿意的请记“拒绝”。"))
    if new.attachment_id is not None:
        owner = select(Attachment.id).where(
            Attachment.id == new.attachment_id, Attachment.client_id == new.client_id
        )
        if session.scalar(owner) is None:
            raise NotFoundError(_("这份证明材料不在客户的附件里。"))
