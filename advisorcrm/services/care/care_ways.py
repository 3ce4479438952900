"""By which ways a greeting may go out to each of many clients: the rule of ``may_send`` at once.

Asked for days to come, so that the hour plays no part; when it is sent, ``may_send`` is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.db.actor import Actor
from advisorcrm.db.prepared import Prepared, among
from advisorcrm.i18n import N_, _
from advisorcrm.models import Client, Consent, ContactPoint
from advisorcrm.rules.sending import POINTS, SendFacts, reason_of, send_code
from advisorcrm.services.access import visible_clients
from advisorcrm.terms import Channel, ConsentState, Purpose, Validity

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
    label: str = ""
    """``短信、电话``, ``免打扰，跳过`` or that there is no way."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the file itself says about being contacted."""

    is_restricted: bool
    wants_quiet: bool


def list_care_ways(
    session: Session, actor: Actor, client_ids: Collection[int]
) -> dict[int, CareWays]:
    """The ways for each client the person may see (R117, R74)."""
    wishes: dict[int, Wish] = {}
    for part in _chunks(sorted(client_ids)):
        clients = select(Client.id, Client.is_restricted, Client.service_need).where(
            Client.id.in_(part), visible_clients(actor)
        )
        for key, is_restricted, need in session.execute(clients):
            wishes[key] = Wish(is_restricted, need == terms.DO_NOT_DISTURB)
    return ways_of(session, wishes)


def ways_of(session: Session, wishes: Mapping[int, Wish]) -> dict[int, CareWays]:
    """The ways for clients the caller has found to be the person's.

    Few answers differ among many clients: each is worked out once.
    """
    known: dict[tuple[object, ...], CareWays] = {}
    found: dict[int, CareWays] = {}
    for part in _chunks(sorted(wishes)):
        states, kinds = _consents(session, part), _points(session, part)
        for key in part:
            wish = wishes[key]
            told = states.get(key, frozenset()), kinds.get(key, frozenset())
            about = (wish, *told)
            if about not in known:
                known[about] = _work_out(wish, dict(told[0]), told[1])
            found[key] = known[about]
    return found


def _work_out(wish: Wish, states: dict[str, str], kinds: frozenset[str]) -> CareWays:
    codes = {
        way: send_code(
            SendFacts(
                is_restricted=wish.is_restricted,
                wants_quiet=wish.wants_quiet,
                consent=ConsentState(states.get(way.value, ConsentState.NOT_ASKED.value)),
                has_point=any(kind.value in kinds for kind in POINTS[way]),
            ),
            way,
            Purpose.CARE,
            is_quiet_hour=False,
        )
        for way in PREFERRED
    }
    ways = tuple(way for way in PREFERRED if codes[way].may)
    first = PREFERRED[0]
    reason = "" if ways else reason_of(codes[first], first, Purpose.CARE, ())
    is_skipped = wish.wants_quiet or wish.is_restricted
    label = _("、").join(way.label for way in ways) or _(_NO_WAY)
    return CareWays(ways, reason, is_skipped, _("免打扰，跳过") if is_skipped else label)


def _consents(session: Session, ids: list[int]) -> dict[int, frozenset[tuple[str, str]]]:
    """The newest answers for greetings: client to pairs of channel and state."""
    newest: dict[int, dict[str, str]] = {}
    for client, by, answer in _CONSENTS.ask(session, ids=ids):
        newest.setdefault(client, {})[by] = answer
    return {client: frozenset(answers.items()) for client, answers in newest.items()}


_CONSENTS = Prepared(
    select(
        Consent.client_id, type_coerce(Consent.channel, String), type_coerce(Consent.state, String)
    )
    .where(among(Consent.client_id, "ids"), Consent.purpose == Purpose.CARE)
    .order_by(Consent.answered_at, Consent.id)
)


def _points(session: Session, ids: list[int]) -> dict[int, frozenset[str]]:
    """Kinds of points that nobody has found to be wrong, by client."""
    kinds: dict[int, set[str]] = {}
    for client, kind in _POINTS.ask(session, ids=ids):
        kinds.setdefault(client, set()).add(kind)
    return {client: frozenset(found) for client, found in kinds.items()}


_POINTS = Prepared(
    select(ContactPoint.client_id, type_coerce(ContactPoint.kind, String)).where(
        among(ContactPoint.client_id, "ids"),
        ContactPoint.validity != Validity.INVALID,
        ContactPoint.archived_at.is_(None),
    )
)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
