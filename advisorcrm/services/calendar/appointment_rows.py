"""Appointments as the calendar and the client's page show them, and what speaks against a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import _
from advisorcrm.models import Appointment, Client, ContactLog, User
from advisorcrm.rules.appointments import (
    AppointmentWarning,
    Slot,
    Wish,
    read_convenient,
    time_warnings,
)
from advisorcrm.rules.masking import mask_name, mask_words
from advisorcrm.rules.sending import read_hours
from advisorcrm.rules.workdays import day_kind
from advisorcrm.services.access import any_client, names_are_masked, visible_clients
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.calendar.appointments import NewAppointment, demand_calendar
from advisorcrm.terms import AppointmentKind


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One arranged time; ``done_minutes`` is how long the talk took that did it."""

    id: int
    version: int
    uuid: str
    advisor_id: int
    advisor_name: str
    client_id: int | None
    client_name: str
    kind: AppointmentKind
    way: str | None
    starts_at: datetime
    ends_at: datetime
    is_at_branch: bool
    place: str
    title: str
    from_log_id: int | None
    done_at: datetime | None
    done_minutes: int | None
    cancelled_at: datetime | None
    cancel_reason: str

    @property
    def is_open(self) -> bool:
        """Still to come: neither done nor cancelled."""
        return self.done_at is None and self.cancelled_at is None

    @property
    def slot(self) -> Slot:
        """Its time by the branch's clock."""
        return Slot(self.starts_at.astimezone(BRANCH_TIME), self.ends_at.astimezone(BRANCH_TIME))


@dataclass(frozen=True, slots=True)
class TimeWarning:
    """One thing that speaks against a time, as a code and a sentence."""

    code: AppointmentWarning
    text: str


def list_appointments(
    session: Session, actor: Actor, *, advisor_id: int, since: datetime, until: datetime
) -> list[AppointmentRow]:
    """What stands in a calendar between two instants, without what was called off.

    Clients who are with somebody else by now are left out. Raises NotAllowedError for a
    calendar the person may not see.
    """
    demand_calendar(actor, advisor_id)
    statement = _select_rows(actor).where(
        Appointment.advisor_id == advisor_id,
        Appointment.starts_at >= since,
        Appointment.starts_at < until,
        Appointment.cancelled_at.is_(None),
    )
    return _rows(session, actor, statement)


def list_client_appointments(
    session: Session, actor: Actor, client_id: int
) -> list[AppointmentRow]:
    """Every time ever arranged with a client, newest first, called-off ones included."""
    any_client(session, actor, client_id)
    statement = _select_rows(actor).where(Appointment.client_id == client_id)
    return list(reversed(_rows(session, actor, statement)))


def check_appointment(
    session: Session,
    actor: Actor,
    new: NewAppointment,
    *,
    now: datetime,
    except_id: int | None = None,
) -> tuple[TimeWarning, ...]:
    """What speaks against a time: clash, closed day, rest, convenience, opening hours (R29, R221).

    Nothing of it forbids: the form shows it and saves. Raises NotFoundError for a client whom
    the person may not see.
    """
    advisor_id = new.advisor_id or actor.user_id
    demand_calendar(actor, advisor_id)
    client = any_client(session, actor, new.client_id) if new.client_id is not None else None
    slot = _slot_of(new)
    others = _overlapping(session, actor, advisor_id, slot, except_id)
    hours = load_settings(session, actor).contact_hours
    convenient = client.convenient_time if client is not None else ""
    wish = Wish(slot, new.kind, new.is_at_branch, read_convenient(convenient))
    on = day_kind(slot.starts.date(), holiday_table(session, near=slot.starts.date()))
    codes = [
        *_about_client(client),
        *([AppointmentWarning.OVERLAP] if others else []),
        *time_warnings(wish, read_hours(hours), now=now.astimezone(BRANCH_TIME), on=on),
    ]
    words = {
        "other": _("、").join(others),
        "hours": _("、").join(hours),
        "convenient": convenient,
    }
    return tuple(TimeWarning(code, code.label.format(**words)) for code in codes)


def title_of(row: AppointmentRow) -> str:
    """Whom it is with, or what about."""
    return row.client_name or row.title


def _about_client(client: Client | None) -> list[AppointmentWarning]:
    if client is None:
        return []
    if client.is_restricted:
        return [AppointmentWarning.RESTRICTED]
    if client.service_need == terms.DO_NOT_DISTURB:
        return [AppointmentWarning.DO_NOT_DISTURB]
    return []


def _slot_of(new: NewAppointment) -> Slot:
    starts = new.starts_at.astimezone(BRANCH_TIME)
    return Slot.of(starts, new.minutes)


def _overlapping(
    session: Session, actor: Actor, advisor_id: int, slot: Slot, except_id: int | None
) -> list[str]:
    statement = _select_rows(actor).where(
        Appointment.advisor_id == advisor_id,
        Appointment.cancelled_at.is_(None),
        Appointment.starts_at < slot.ends,
        Appointment.ends_at > slot.starts,
    )
    return [
        f"{title_of(row)} {row.slot.starts:%H:%M}"
        for row in _rows(session, actor, statement)
        if row.id != except_id and row.is_open
    ]


def _select_rows(actor: Actor) -> AnySelect:
    return (
        select(
            Appointment.id,
            Appointment.version,
            Appointment.uuid,
            Appointment.advisor_id,
            func.coalesce(User.name, "").label("advisor_name"),
            Appointment.client_id,
            func.coalesce(Client.name, "").label("client_name"),
            Appointment.kind,
            Appointment.way,
            Appointment.starts_at,
            Appointment.ends_at,
            Appointment.is_at_branch,
            Appointment.place,
            Appointment.title,
            Appointment.from_log_id,
            Appointment.done_at,
            ContactLog.minutes.label("done_minutes"),
            Appointment.cancelled_at,
            Appointment.cancel_reason,
        )
        .select_from(Appointment)
        .outerjoin(Client, Client.id == Appointment.client_id)
        .outerjoin(User, User.id == Appointment.advisor_id)
        .outerjoin(ContactLog, ContactLog.id == Appointment.done_log_id)
        .where(
            or_(
                Appointment.client_id.is_(None),
                (Client.archived_at.is_(None)) & visible_clients(actor),
            )
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


def _rows(session: Session, actor: Actor, statement: AnySelect) -> list[AppointmentRow]:
    rows = [AppointmentRow(**row) for row in session.execute(statement).mappings()]
    return [_nameless(row) for row in rows] if names_are_masked(actor) else rows


def _nameless(row: AppointmentRow) -> AppointmentRow:
    hidden = mask_name(row.client_name)
    title = mask_words(row.title).replace(row.client_name, hidden)
    return replace(row, client_name=hidden, title=title if row.client_name else row.title)
