"""May we send this to this client by this way now? The one answer for every later matter.

Consent (R117), 不愿打扰 (R74), quiet hours (R221), a restricted file (2.7d) and a number that
works are weighed by ``rules.sending`` for one client, and by the same order in SQL for many.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.models import Client, ContactPoint
from advisorcrm.rules.sending import (
    POINTS,
    SendCode,
    SendFacts,
    disturbs,
    is_quiet_at,
    needs_consent,
    read_hours,
    reason_of,
    send_code,
)
from advisorcrm.services.access import any_client, visible_clients
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.consents.consent_states import state_of
from advisorcrm.services.consents.consents import read_consents
from advisorcrm.terms import Channel, ConsentState, Purpose, Validity

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """Whether it may be sent, the sentence to be shown, and the code of the reason."""

    code: SendCode
    reason: str

    @property
    def may(self) -> bool:
        """Whether it may be sent."""
        return self.code.may


@dataclass(frozen=True, slots=True)
class SendCount:
    """Of the clients asked about: who gets it, and how many are left out for which reason."""

    asked: tuple[int, ...]
    ids: array[int]
    excluded: Mapping[SendCode, int] = field(default_factory=dict)


def may_send(
    session: Session,
    actor: Actor,
    client_id: int,
    channel: Channel,
    purpose: Purpose,
    *,
    now: datetime,
) -> SendAnswer:
    """Whether this may go out to this client now, and why (not).

    Raises NotFoundError for a client whom the person may not see.
    """
    client = any_client(session, actor, client_id)
    facts = SendFacts(
        is_restricted=client.is_restricted,
        wants_quiet=client.service_need == terms.DO_NOT_DISTURB,
        consent=read_consents(session, actor, client_id).state(channel, purpose),
        has_point=session.scalar(select(_has_point(channel)).where(Client.id == client_id)) is True,
    )
    hours = load_settings(session, actor).contact_hours
    is_quiet = is_quiet_at(read_hours(hours), now.astimezone(BRANCH_TIME))
    code = send_code(facts, channel, purpose, is_quiet_hour=is_quiet)
    return SendAnswer(code, reason_of(code, channel, purpose, hours))


def count_sendable(
    session: Session,
    actor: Actor,
    ids: Sequence[int],
    channel: Channel,
    purpose: Purpose,
    *,
    now: datetime,
) -> SendCount:
    """The same question for many clients at once; those hidden from the person are not counted."""
    hours = read_hours(load_settings(session, actor).contact_hours)
    is_quiet = is_quiet_at(hours, now.astimezone(BRANCH_TIME))
    code = send_code_column(channel, purpose, is_quiet_hour=is_quiet)
    may: array[int] = array("q")
    excluded: dict[SendCode, int] = {}
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        found = session.execute(
            select(Client.id, code).where(
                Client.id.in_(part), Client.archived_at.is_(None), visible_clients(actor)
            )
        )
        answers = {client_id: SendCode(said) for client_id, said in found}
        for client_id in part:
            answer = answers.get(client_id)
            if answer is None:
                continue
            if answer.may:
                may.append(client_id)
            else:
                excluded[answer] = excluded.get(answer, 0) + 1
    return SendCount(tuple(ids), may, excluded)


def send_code_column(
    channel: Channel, purpose: Purpose, *, is_quiet_hour: bool
) -> ColumnElement[str]:
    """The code for every client of a query, in the order of ``rules.sending.send_code``."""
    state = func.coalesce(state_of(channel, purpose), _code(ConsentState.NOT_ASKED))
    is_unasked = state == _code(ConsentState.NOT_ASKED)
    reasons: list[tuple[ColumnElement[bool], SendCode]] = [
        (Client.is_restricted.is_(True), SendCode.RESTRICTED),
        (Client.service_need == _code(terms.DO_NOT_DISTURB), SendCode.DO_NOT_DISTURB),
        (state == _code(ConsentState.REFUSED), SendCode.REFUSED),
        (state == _code(ConsentState.WITHDRAWN), SendCode.WITHDRAWN),
        (~_has_point(channel), SendCode.NO_POINT),
    ]
    if needs_consent(channel, purpose):
        reasons.append((is_unasked, SendCode.NOT_ASKED))
    if is_quiet_hour and disturbs(channel):
        reasons.append((literal_column("1") == literal_column("1"), SendCode.QUIET_HOURS))
    reasons.append((is_unasked, SendCode.UNASKED_SERVICE))
    return case(
        *((condition, _code(code)) for condition, code in reasons),
        else_=_code(SendCode.CONSENTED),
    )


def _has_point(channel: Channel) -> ColumnElement[bool]:
    """A number or address of the channel that nobody has found to be wrong."""
    return (
        select(ContactPoint.id)
        .where(
            ContactPoint.client_id == Client.id,
            ContactPoint.kind.in_([_code(kind) for kind in POINTS[channel]]),
            ContactPoint.validity != _code(Validity.INVALID),
            ContactPoint.archived_at.is_(None),
        )
        .correlate(Client)
        .exists()
    )


def _code(code: str) -> ColumnElement[Any]:
    """A code of ours, written out: to bind it anew with each query costs more."""
    return literal_column(f"'{code.value if isinstance(code, terms.Term) else code}'")
