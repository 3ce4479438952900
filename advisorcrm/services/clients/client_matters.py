"""What a list of clients may be about: matters to be done, dates that run out, codes held.

Each is one condition in SQL over the file and what hangs on it, so that counts, lists, prints
and exports of it agree (R2, R5, R69, R215, R216, R218).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, or_, select, type_coerce
from sqlalchemy.types import String

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.models import (
    Client,
    ContactLog,
    ContactPoint,
    CounterNotice,
    Handover,
    HandoverClient,
)
from advisorcrm.services.completeness.completeness_columns import constant
from advisorcrm.terms import ClientMatter, PointKind, Validity

LUNAR = 100
"""Added to the number of a lunar month, to tell it from one of the calendar."""

REACHING = (PointKind.MOBILE, PointKind.LANDLINE, PointKind.EMAIL, PointKind.WECHAT)
"""By these the branch brings its services to a client (R2)."""


def start_of(day: date) -> datetime:
    """The first instant of a day at the branch."""
    return datetime.combine(day, time(), BRANCH_TIME)


def about(matter: ClientMatter, today: date) -> ColumnElement[bool]:
    """The clients whom a matter concerns on a day."""
    return _MATTERS[matter](today)


def is_reachable() -> ColumnElement[bool]:
    """Whether one way is left that is not known to be dead (R2)."""
    return (
        select(ContactPoint.id)
        .where(
            ContactPoint.client_id == Client.id,
            ContactPoint.archived_at.is_(None),
            ContactPoint.kind.in_([constant(kind) for kind in REACHING]),
            ContactPoint.validity != constant(Validity.INVALID),
        )
        .correlate(Client)
        .exists()
    )


def awaits_first_contact() -> ColumnElement[bool]:
    """Handed to the present advisor, who has not spoken to the client since (R218)."""
    return (
        select(HandoverClient.id)
        .join(Handover, Handover.id == HandoverClient.handover_id)
        .where(
            HandoverClient.client_id == Client.id,
            HandoverClient.to_advisor_id == Client.advisor_id,
            Client.is_restricted.is_(False),
            Handover.undone_at.is_(None),
            ~spoken_since_handover(),
        )
        .correlate(Client)
        .exists()
    )


def spoken_since_handover() -> ColumnElement[bool]:
    """Whether the new advisor has logged a conversation since he was given the client."""
    return (
        select(ContactLog.id)
        .where(
            ContactLog.client_id == HandoverClient.client_id,
            ContactLog.author_id == HandoverClient.to_advisor_id,
            ContactLog.corrects_id.is_(None),
            ContactLog.contacted_at >= Handover.at,
        )
        .correlate(HandoverClient, Handover)
        .exists()
    )


def is_stale(days: int, today: date) -> ColumnElement[bool]:
    """Nothing in the file was changed or verified for so many days (R69, R216)."""
    since = today - timedelta(days=days)
    return and_(Client.updated_at < start_of(since), ~_was_verified(since))


def expiry_conditions(
    risk_within: int | None, document_within: int | None, today: date
) -> list[ColumnElement[bool]]:
    """Risk test or document runs out within so many days, or has run out."""
    conditions: list[ColumnElement[bool]] = []
    if risk_within is not None:
        until = today + timedelta(days=risk_within)
        conditions.append(
            and_(Client.risk_expires_on.is_not(None), Client.risk_expires_on <= until)
        )
    if document_within is not None:
        until = today + timedelta(days=document_within)
        conditions.append(
            and_(
                Client.id_expires_on.is_not(None),
                Client.id_expires_on <= until,
                Client.id_is_permanent.is_(False),
            )
        )
    return conditions


def held_conditions(
    tags: tuple[str, ...], trading_ways: tuple[str, ...], birthday_months: tuple[int, ...]
) -> list[ColumnElement[bool]]:
    """One of these tags, ways or months; codes of one list widen each other."""
    conditions = [
        or_(*(_holds(column, code) for code in codes))
        for column, codes in ((Client.tags, tags), (Client.trading_way, trading_ways))
        if codes
    ]
    if birthday_months:
        conditions.append(or_(*(_is_born_in(month) for month in birthday_months)))
    return conditions


def _holds(column: Any, code: str) -> ColumnElement[bool]:
    return type_coerce(column, String).contains(f",{code},", autoescape=True)


def _is_born_in(month: int) -> ColumnElement[bool]:
    if month > LUNAR:
        return Client.lunar_month == month - LUNAR
    return or_(
        extract("month", Client.birthday) == month,
        Client.birthday_month_day.startswith(f"{month:02d}-"),
    )


def _has_no_channel(_today: date) -> ColumnElement[bool]:
    return ~is_reachable()


def _is_to_notify(_today: date) -> ColumnElement[bool]:
    return _notice(CounterNotice.notified_on.is_(None))


def _is_to_renew(_today: date) -> ColumnElement[bool]:
    return _notice(CounterNotice.notified_on.is_not(None))


def _notice(state: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(CounterNotice.id)
        .where(
            CounterNotice.client_id == Client.id,
            CounterNotice.renewed_on.is_(None),
            Client.is_restricted.is_(False),
            state,
        )
        .correlate(Client)
        .exists()
    )


def _is_changed(today: date) -> ColumnElement[bool]:
    began = start_of(today)
    return and_(
        or_(Client.updated_at >= began, _was_verified(today)),
        Client.created_at < began,
    )


def _was_verified(since: date) -> ColumnElement[bool]:
    """Whether a number was found good or bad since a day: that is work on the file."""
    return (
        select(ContactPoint.id)
        .where(ContactPoint.client_id == Client.id, ContactPoint.verified_on >= since)
        .correlate(Client)
        .exists()
    )


def _is_new(today: date) -> ColumnElement[bool]:
    return Client.created_at >= start_of(today)


def _awaits_first_contact(_today: date) -> ColumnElement[bool]:
    return awaits_first_contact()


def _is_unassigned(_today: date) -> ColumnElement[bool]:
    return Client.advisor_id.is_(None)


_MATTERS: Mapping[ClientMatter, Callable[[date], ColumnElement[bool]]] = {
    ClientMatter.NO_CHANNEL: _has_no_channel,
    ClientMatter.TO_NOTIFY: _is_to_notify,
    ClientMatter.TO_RENEW: _is_to_renew,
    ClientMatter.CHANGED_TODAY: _is_changed,
    ClientMatter.NEW_TODAY: _is_new,
    ClientMatter.FIRST_CONTACT: _awaits_first_contact,
    ClientMatter.UNASSIGNED: _is_unassigned,
}
