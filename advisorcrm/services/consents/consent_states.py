"""Which answer of a client counts now: the newest for a channel and purpose, in SQL (R117)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal_column, or_, select
from sqlalchemy.orm import aliased

from advisorcrm.i18n import _
from advisorcrm.models import Client, Consent
from advisorcrm.terms import Channel, ClientFlag, ConsentState, Purpose, Term

_NO = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


def is_newest(table: Any) -> ColumnElement[bool]:
    """No later answer for the same client, channel and purpose; of one instant the last entered."""
    later = aliased(Consent)
    return ~(
        select(later.id)
        .where(
            later.client_id == table.client_id,
            later.channel == table.channel,
            later.purpose == table.purpose,
            or_(
                later.answered_at > table.answered_at,
                and_(later.answered_at == table.answered_at, later.id > table.id),
            ),
        )
        .correlate(table)
        .exists()
    )


def state_of(channel: Channel, purpose: Purpose) -> ColumnElement[Any]:
    """The state of a client for one channel and purpose; null where nobody asked."""
    return (
        select(Consent.state)
        .where(
            Consent.client_id == Client.id,
            Consent.channel == _code(channel),
            Consent.purpose == _code(purpose),
        )
        .order_by(Consent.answered_at.desc(), Consent.id.desc())
        .limit(literal_column("1"))
        .correlate(Client)
        .scalar_subquery()
    )


def has_answered(channel: Channel, *states: ConsentState) -> ColumnElement[bool]:
    """Whether one of these states counts for the channel, for whatever purpose."""
    given = aliased(Consent)
    return (
        select(given.id)
        .where(
            given.client_id == Client.id,
            given.channel == _code(channel),
            given.state.in_([_code(state) for state in states]),
            is_newest(given),
        )
        .correlate(Client)
        .exists()
    )


def answers_with(channel: Channel, answer: ConsentState) -> ColumnElement[bool]:
    """Whether a channel as a whole stands so: given for any purpose, else a no, else not asked."""
    given, said_no = has_answered(channel, ConsentState.GIVEN), has_answered(channel, *_NO)
    if answer is ConsentState.GIVEN:
        return given
    if answer is ConsentState.NOT_ASKED:
        return and_(~given, ~said_no)
    return and_(~given, said_no)


def consent_choices() -> list[tuple[str, str]]:
    """What a list is narrowed by: ``sms-given``, ``sms-refused``, ``sms-not_asked`` and so on."""
    forms = (
        (ConsentState.GIVEN, "{channel}"),
        (ConsentState.REFUSED, _("{channel}未同意")),
        (ConsentState.NOT_ASKED, _("{channel}未询问")),
    )
    return [
        (f"{channel.value}-{state.value}", form.format(channel=channel.label))
        for channel in Channel
        for state, form in forms
    ]


def consents_are(codes: Sequence[str]) -> ColumnElement[bool]:
    """Clients of whom one of these holds; codes as ``consent_choices`` offers them."""
    pairs = [code.partition("-") for code in codes]
    return or_(
        *(answers_with(Channel(channel), ConsentState(state)) for channel, _dash, state in pairs)
    )


def sms_flag() -> ColumnElement[str]:
    """What a list says of short messages, as a code of ``ClientFlag``.

    Phone only is who agrees to calls, has said no to short messages, and to nothing in writing.
    """
    elsewhere = [
        ~has_answered(channel, ConsentState.GIVEN) for channel in (Channel.MAIL, Channel.WECHAT)
    ]
    return case(
        (~_was_asked(Channel.SMS), _code(ClientFlag.SMS_NOT_ASKED)),  # most: no further look
        (has_answered(Channel.SMS, ConsentState.GIVEN), _code(ClientFlag.SMS_GIVEN)),
        (~has_answered(Channel.SMS, *_NO), _code(ClientFlag.SMS_NOT_ASKED)),
        (
            and_(has_answered(Channel.PHONE, ConsentState.GIVEN), *elsewhere),
            _code(ClientFlag.PHONE_ONLY),
        ),
        else_=_code(ClientFlag.SMS_REFUSED),
    )


def _was_asked(channel: Channel) -> ColumnElement[bool]:
    """Whether anything is written of the channel at all."""
    return (
        select(Consent.id)
        .where(Consent.client_id == Client.id, Consent.channel == _code(channel))
        .correlate(Client)
        .exists()
    )


def _code(term: Term) -> ColumnElement[Any]:
    """A code of ours, written out: to bind it anew with each query costs more."""
    return literal_column(f"'{term.value}'")
