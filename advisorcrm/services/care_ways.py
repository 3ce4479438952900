"""By which ways a greeting may go out to each of many clients: the rule of ``may_send`` at once.

Asked for days to come, so that the hour plays no part; when it is sent, ``may_send`` is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import N_, _
from advisorcrm.models import Client, Consent, ContactPoint
from advisorcrm.rules.sending import POINTS, SendCode, SendFacts, reason_of, send_code
from advisorcrm.services.access import visible_clients
from advisorcrm.services.settings import load_settings
from advisorcrm.terms import Channel, ConsentState, PointKind, Purpose, Validity

PREFERRED = (Channel.SMS, Channel.WECHAT, Channel.PHONE, Channel.MAIL)
"""The way that is offered first, first."""
_CHUNK = 2_000
_NO_WAY = N_("没有可用的方式")


@dataclass(frozen=True, slots=True)
class CareWays:
    """What may be used for one client, and if nothing may, why."""

    ways: tuple[Channel, ...] = ()
    reason: str = ""
    is_skipped: bool = False
    """The client does not want to be disturbed, or had the file restricted: nothing is offered."""

    @property
    def label(self) -> str:
        """``短信、电话``, ``免打扰，跳过`` or why there is no way."""
        if self.is_skipped:
            return _("免打扰，跳过")
        return _("、").join(way.label for way in self.ways) or _(_NO_WAY)


def list_care_ways(
    session: Session, actor: Actor, client_ids: Collection[int]
) -> dict[int, CareWays]:
    """The ways for each client the person may see (R117, R74)."""
    hours = load_settings(session, actor).contact_hours
    found: dict[int, CareWays] = {}
    for part in _chunks(sorted(client_ids)):
        states = _consents(session, part)
        kinds = _points(session, part)
        clients = select(Client.id, Client.is_restricted, Client.service_need).where(
            Client.id.in_(part), visible_clients(actor)
        )
        for key, is_restricted, need in session.execute(clients):
            quiet = need == terms.DO_NOT_DISTURB
            codes = {
                way: send_code(
                    SendFacts(
                        is_restricted=is_restricted,
                        wants_quiet=quiet,
                        consent=states.get((key, way), ConsentState.NOT_ASKED),
                        has_point=any((key, kind) in kinds for kind in POINTS[way]),
                    ),
                    way,
                    Purpose.CARE,
                    is_quiet_hour=False,
                )
                for way in PREFERRED
            }
            found[key] = _told(codes, hours, is_skipped=quiet or is_restricted)
    return found


def _told(codes: dict[Channel, SendCode], hours: tuple[str, ...], *, is_skipped: bool) -> CareWays:
    ways = tuple(way for way in PREFERRED if codes[way].may)
    first = PREFERRED[0]
    reason = "" if ways else reason_of(codes[first], first, Purpose.CARE, hours)
    return CareWays(ways, reason, is_skipped)


def _consents(session: Session, ids: list[int]) -> dict[tuple[int, Channel], ConsentState]:
    """The newest answer for greetings by client and channel."""
    rows = session.execute(
        select(Consent.client_id, Consent.channel, Consent.state)
        .where(Consent.client_id.in_(ids), Consent.purpose == Purpose.CARE)
        .order_by(Consent.answered_at, Consent.id)
    )
    return {(client, channel): state for client, channel, state in rows}


def _points(session: Session, ids: list[int]) -> set[tuple[int, PointKind]]:
    rows = session.execute(
        select(ContactPoint.client_id, ContactPoint.kind).where(
            ContactPoint.client_id.in_(ids),
            ContactPoint.validity != Validity.INVALID,
            ContactPoint.archived_at.is_(None),
        )
    )
    return {(client, kind) for client, kind in rows}


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
