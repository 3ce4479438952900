"""The calendar of one advisor: days with what is due on them, arranged times, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import N_, _
from advisorcrm.models import Appointment, Client, ContactLog
from advisorcrm.rules.appointments import Slot
from advisorcrm.rules.lunar import LunarDate, lunar_of
from advisorcrm.rules.workdays import BranchDay, day_kind
from advisorcrm.services.access import visible_clients
from advisorcrm.services.appointment_rows import AppointmentRow, list_appointments
from advisorcrm.services.appointments import demand_calendar, kind_of
from advisorcrm.services.client_matters import start_of
from advisorcrm.services.unappointed import UnappointedRow, list_unappointed
from advisorcrm.terms import AppointmentKind, Term

WEEK = 7
SHORTEST = 5
"""Minutes of a conversation that nobody has timed."""


class NoteKind(Term):
    """What stands at the head of a day."""

    DEADLINE = "deadline", N_("期限")
    BIRTHDAY = "birthday", N_("生日")


@dataclass(frozen=True, slots=True)
class DayNote:
    """One thing of a whole day; ``words`` follow the client's name."""

    on: date
    kind: NoteKind
    client_id: int | None
    client_name: str
    words: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: what it is for the branch, its lunar date, what is due on it."""

    on: date
    branch_day: BranchDay
    lunar: LunarDate
    notes: tuple[DayNote, ...]


@dataclass(frozen=True, slots=True)
class CalendarBlock:
    """A time that is drawn: an appointment, or a conversation that had none."""

    slot: Slot
    kind: AppointmentKind
    way: str | None
    client_id: int | None
    client_name: str
    title: str
    is_done: bool
    done_minutes: int | None = None
    appointment: AppointmentRow | None = None
    log_id: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything the page shows of some days of one advisor."""

    advisor_id: int
    days: tuple[CalendarDay, ...]
    blocks: tuple[CalendarBlock, ...]
    unappointed: tuple[UnappointedRow, ...]


def open_calendar(
    session: Session, actor: Actor, *, advisor_id: int, start: date, days: int, now: datetime
) -> Calendar:
    """The days from ``start`` on. Raises NotAllowedError for a calendar not to be seen."""
    demand_calendar(actor, advisor_id)
    since, until = start_of(start), start_of(start + timedelta(days=days))
    rows = list_appointments(session, actor, advisor_id=advisor_id, since=since, until=until)
    talks = _talks(session, actor, advisor_id, since, until)
    notes = _deadlines(session, actor, advisor_id, start, start + timedelta(days=days))
    every = [start + timedelta(days=step) for step in range(days)]
    blocks = sorted([*(_block(row) for row in rows), *talks], key=lambda one: one.slot.starts)
    return Calendar(
        advisor_id,
        tuple(_day(on, notes) for on in every),
        tuple(blocks),
        tuple(list_unappointed(session, actor, advisor_id=advisor_id, now=now)),
    )


def _day(on: date, notes: Sequence[DayNote]) -> CalendarDay:
    return CalendarDay(
        on, day_kind(on), lunar_of(on), tuple(note for note in notes if note.on == on)
    )


def _block(row: AppointmentRow) -> CalendarBlock:
    return CalendarBlock(
        row.slot, row.kind, row.way, row.client_id, row.client_name, row.title,
        is_done=row.done_at is not None, done_minutes=row.done_minutes, appointment=row,
    )  # fmt: skip


def _talks(
    session: Session, actor: Actor, advisor_id: int, since: datetime, until: datetime
) -> list[CalendarBlock]:
    """Conversations that nothing was arranged for."""
    arranged = select(Appointment.id).where(Appointment.done_log_id == ContactLog.id).exists()
    found = session.execute(
        select(
            ContactLog.id, ContactLog.client_id, Client.name, ContactLog.way,
            ContactLog.contacted_at, ContactLog.minutes,
        )
        .join(Client, Client.id == ContactLog.client_id)
        .where(
            ContactLog.author_id == advisor_id,
            ContactLog.contacted_at >= since,
            ContactLog.contacted_at < until,
            ContactLog.corrects_id.is_(None),
            Client.archived_at.is_(None),
            visible_clients(actor),
            ~arranged,
        )
    )  # fmt: skip
    return [
        CalendarBlock(
            Slot.of(at.astimezone(BRANCH_TIME), minutes or SHORTEST), kind_of(way), way,
            client_id, name, "", is_done=True, done_minutes=minutes, log_id=key,
        )
        for key, client_id, name, way, at, minutes in found
    ]  # fmt: skip


def _deadlines(
    session: Session, actor: Actor, advisor_id: int, since: date, until: date
) -> list[DayNote]:
    """Ends of tests and documents of the advisor's clients in those days."""
    notes = []
    for column, words in (
        (Client.risk_expires_on, _("测评到期")),
        (Client.id_expires_on, _("证件到期")),
    ):
        found = session.execute(
            select(Client.id, Client.name, column).where(
                Client.advisor_id == advisor_id,
                Client.archived_at.is_(None),
                visible_clients(actor),
                column >= since,
                column < until,
            )
        )
        notes += [
            DayNote(on, NoteKind.DEADLINE, key, name, words)
            for key, name, on in found
            if on is not None
        ]
    return sorted(notes, key=lambda note: (note.on, note.client_name))
