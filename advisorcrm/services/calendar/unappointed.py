"""Visits that are due and have no time yet (待约时间), each with a free time (R29, R221)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import _
from advisorcrm.models import Appointment, Client, ContactLog
from advisorcrm.rules.appointments import (
    DEFAULT_MINUTES,
    Slot,
    free_slots,
    read_convenient,
)
from advisorcrm.rules.sending import Hours, is_quiet_at, read_hours
from advisorcrm.rules.workdays import day_kind
from advisorcrm.services.access import visible_clients
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.calendar.appointment_rows import list_appointments
from advisorcrm.services.calendar.appointments import demand_calendar, kind_of
from advisorcrm.services.clients.client_matters import start_of

DAYS = 7
MOST = 12


@dataclass(frozen=True, slots=True)
class UnappointedRow:
    """One client to be given a time, why, and the time proposed if one is free."""

    client_id: int
    client_name: str
    title: str
    reason: str
    way: str
    convenient_time: str
    wanted_on: date | None = None
    from_log_id: int | None = None
    proposed: Slot | None = None

    @property
    def minutes(self) -> int:
        """How long it takes as a rule."""
        return DEFAULT_MINUTES[kind_of(self.way)]


def list_unappointed(
    session: Session, actor: Actor, *, advisor_id: int, now: datetime
) -> list[UnappointedRow]:
    """Who is to be given a time within a week, the most urgent first.

    Next steps without an hour, suitability tests that are over, clients whose agreed frequency
    runs out; nobody who has an open appointment, wishes no disturbance or is restricted. Raises
    NotAllowedError for a calendar the person may not see.
    """
    demand_calendar(actor, advisor_id)
    today = branch_date(now)
    theirs = _theirs(actor, advisor_id, now)
    rows: dict[int, UnappointedRow] = {}
    for source in (_next_steps, _tests, _frequencies):
        for row in source(session, theirs, today):
            rows.setdefault(row.client_id, row)
    return _proposed(session, actor, list(rows.values())[:MOST], advisor_id, now)


def _theirs(actor: Actor, advisor_id: int, now: datetime) -> ColumnElement[bool]:
    """The advisor's clients who may be asked for a time and have none."""
    has_time = (
        select(Appointment.id)
        .where(
            Appointment.client_id == Client.id,
            Appointment.starts_at >= now,
            Appointment.done_at.is_(None),
            Appointment.cancelled_at.is_(None),
        )
        .correlate(Client)
        .exists()
    )
    return and_(
        Client.advisor_id == advisor_id,
        Client.archived_at.is_(None),
        Client.is_restricted.is_(False),
        or_(Client.service_need.is_(None), Client.service_need != terms.DO_NOT_DISTURB),
        visible_clients(actor),
        ~has_time,
    )


def _next_steps(
    session: Session, theirs: ColumnElement[bool], today: date
) -> Iterator[UnappointedRow]:
    found = session.execute(
        select(
            Client.id, Client.name, Client.convenient_time, ContactLog.next_on,
            ContactLog.next_way, ContactLog.next_note, ContactLog.id,
        )
        .join(ContactLog, ContactLog.client_id == Client.id)
        .where(
            theirs,
            ContactLog.corrects_id.is_(None),
            ContactLog.next_on.is_not(None),
            ContactLog.next_on < today + timedelta(days=DAYS),
            ContactLog.next_at.is_(None),
            ContactLog.contacted_at == Client.last_contact_at,
        )
        .order_by(ContactLog.next_on, ContactLog.id)
        .limit(MOST)
    )  # fmt: skip
    for key, name, convenient, on, way, note, log_id in found:
        if on is None:
            continue
        reason = _("约定 {day} 联系").format(day=f"{on:%m-%d}")
        yield UnappointedRow(
            key, name, note, reason, way or terms.WAY_PHONE, convenient, max(on, today), log_id
        )


def _tests(session: Session, theirs: ColumnElement[bool], today: date) -> Iterator[UnappointedRow]:
    found = session.execute(
        select(Client.id, Client.name, Client.convenient_time, Client.risk_expires_on)
        .where(
            theirs,
            Client.risk_expires_on.is_not(None),
            Client.risk_expires_on < today + timedelta(days=DAYS),
        )
        .order_by(Client.risk_expires_on.desc(), Client.id)
        .limit(MOST // 3)
    )
    for key, name, convenient, on in found:
        form = _("{day} 已过期") if on is not None and on < today else _("{day} 到期")
        yield UnappointedRow(
            key, name, _("续做测评"), form.format(day=f"{on:%m-%d}"), terms.WAY_MEETING, convenient
        )


def _frequencies(
    session: Session, theirs: ColumnElement[bool], today: date
) -> Iterator[UnappointedRow]:
    agreed = session.scalars(
        select(Client.contact_every_days)
        .where(theirs, Client.contact_every_days.is_not(None))
        .distinct()
    ).all()
    if not agreed:
        return
    found = session.execute(
        select(
            Client.id, Client.name, Client.convenient_time, Client.contact_every_days,
            Client.last_contact_at,
        )
        .where(theirs, or_(*(_is_due(days, today) for days in agreed if days is not None)))
        .order_by(Client.last_contact_at, func.coalesce(Client.assets_fen, 0).desc(), Client.id)
        .limit(MOST)
    )  # fmt: skip
    for key, name, convenient, days, last in found:
        since = (today - branch_date(last)).days if last is not None else 0
        reason = _("约定 {days} 天，已 {since} 天").format(days=days, since=since)
        yield UnappointedRow(key, name, "", reason, terms.WAY_PHONE, convenient)


def _is_due(days: int, today: date) -> ColumnElement[bool]:
    """The agreed time runs out before the days shown end."""
    latest = start_of(today + timedelta(days=DAYS - days))
    return and_(Client.contact_every_days == days, Client.last_contact_at < latest)


def _proposed(
    session: Session,
    actor: Actor,
    rows: Sequence[UnappointedRow],
    advisor_id: int,
    now: datetime,
) -> list[UnappointedRow]:
    """Each with the first free time that suits, the next client on the next day."""
    here = now.astimezone(BRANCH_TIME)
    today = here.date()
    week = [today + timedelta(days=step) for step in range(DAYS)]
    table = holiday_table(session)
    days = [day for day in week if day_kind(day, table).is_working]
    booked = list_appointments(
        session, actor, advisor_id=advisor_id, since=start_of(today),
        until=start_of(today + timedelta(days=DAYS)),
    )  # fmt: skip
    taken = [row.slot for row in booked if row.is_open]
    hours = read_hours(load_settings(session, actor).contact_hours)
    found = []
    for number, row in enumerate(rows):
        turn = (number + 1) % max(len(days), 1)
        order = _days_for(row, days[turn:] + days[:turn])
        slot = _first_free(row, order, taken, hours, here)
        if slot is not None:
            taken.append(slot)
        found.append(replace(row, proposed=slot))
    return found


def _days_for(row: UnappointedRow, days: list[date]) -> list[date]:
    wanted = row.wanted_on
    if wanted is None:
        return days
    return sorted(day for day in days if day >= wanted)


def _first_free(
    row: UnappointedRow, days: list[date], taken: Sequence[Slot], hours: Hours, now: datetime
) -> Slot | None:
    convenient = read_convenient(row.convenient_time)

    def allowed(at: datetime) -> bool:
        good = (hours, convenient)
        return not any(is_quiet_at(span, at) for span in good if span is not None)

    slots: Any = free_slots(days, taken, minutes=row.minutes, now=now, allowed=allowed)
    return next(slots, None)
