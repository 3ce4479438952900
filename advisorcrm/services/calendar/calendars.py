"""The calendar of one advisor: days with what is due on them, arranged times, what was done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import N_, _
from advisorcrm.models import Appointment, Client, ContactLog
from advisorcrm.rules.appointments import Slot
from advisorcrm.rules.lunar import LunarDate, lunar_of
from advisorcrm.rules.workdays import BranchDay, HolidayTable, day_kind
from advisorcrm.services.access import visible_clients
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.calendar.appointment_rows import AppointmentRow, list_appointments
from advisorcrm.services.calendar.appointments import demand_calendar, kind_of
from advisorcrm.services.calendar.unappointed import UnappointedRow, list_unappointed
from advisorcrm.services.care.birthdays import BirthdayRow, list_birthdays
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.dues.due_questions import DueQuestion
from advisorcrm.services.dues.dues import DueRow, find_dues, sources_without
from advisorcrm.terms import AppointmentKind, BirthdayKept, DueKind, Term

WEEK = 7
MONTH = 6 * WEEK
"""Days of the weeks that a month can touch."""
BIRTHDAY_DAYS = 14
SHORTEST = 5
"""Minutes of a conversation that nobody has timed."""
_ELSEWHERE = frozenset(
    {
        DueKind.APPOINTMENT,
        DueKind.BACKUP,
        DueKind.BIRTHDAY,
        DueKind.DAILY_VISITS,
        DueKind.DAY_END,
        DueKind.FESTIVAL,
        DueKind.STAND_IN,
        DueKind.TODAY_END,
    }
)
"""What the calendar shows in another place, or what is of no day."""
_SOURCES = sources_without(_ELSEWHERE)


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
    birthdays: tuple[BirthdayRow, ...]


def open_calendar(
    session: Session, actor: Actor, *, advisor_id: int, start: date, days: int, now: datetime
) -> Calendar:
    """The days from ``start`` on. Raises NotAllowedError for a calendar not to be seen."""
    demand_calendar(actor, advisor_id)
    since, until = start_of(start), start_of(start + timedelta(days=days))
    rows = list_appointments(session, actor, advisor_id=advisor_id, since=since, until=until)
    talks = _talks(session, actor, advisor_id, since, until)
    last = start + timedelta(days=days - 1)
    today = branch_date(now)
    coming = today + timedelta(days=BIRTHDAY_DAYS - 1)
    born = partial(list_birthdays, session, actor, advisor_id=advisor_id)
    notes = [_note(row) for row in born(start=start, end=last)]
    due = _dues(session, actor, advisor_id, start, last, now)
    drawn = {row.from_log_id for row in rows}
    notes += [_deadline(row) for row in due if not _is_drawn(row, drawn)]
    table = holiday_table(session)
    every = [start + timedelta(days=step) for step in range(days)]
    blocks = sorted([*(_block(row) for row in rows), *talks], key=lambda one: one.slot.starts)
    return Calendar(
        advisor_id,
        tuple(_day(on, table, notes) for on in every),
        tuple(blocks),
        tuple(list_unappointed(session, actor, advisor_id=advisor_id, now=now)),
        tuple(born(start=today, end=coming)),
    )


def _day(on: date, table: HolidayTable, notes: Sequence[DayNote]) -> CalendarDay:
    own = tuple(note for note in notes if note.on == on)
    return CalendarDay(on, day_kind(on, table), lunar_of(on), own)


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


def _note(row: BirthdayRow) -> DayNote:
    words = _("农历生日") if row.calendar is BirthdayKept.LUNAR else _("生日")
    return DayNote(row.on, NoteKind.BIRTHDAY, row.client_id, row.client_name, words)


def _dues(
    session: Session, actor: Actor, advisor_id: int, first: date, last: date, now: datetime
) -> list[DueRow]:
    """What else has a date on those days: ends of tests, tasks, forms."""
    question = DueQuestion(actor, now, advisor_id, last, first, holidays=holiday_table(session))
    return [row for row in find_dues(session, question, _SOURCES) if first <= row.due_on <= last]


def _is_drawn(row: DueRow, drawn: Collection[int | None]) -> bool:
    """Whether it is a next step whose arranged time stands among the hours of the day."""
    return row.kind is DueKind.NEXT_STEP and row.subject_id in drawn


def _deadline(row: DueRow) -> DayNote:
    name = row.title if row.client_id is not None else ""
    return DayNote(row.due_on, NoteKind.DEADLINE, row.client_id, name, _words(row))


def _words(row: DueRow) -> str:
    if row.client_id is None or row.kind is DueKind.TASK:
        return row.reason
    return _("测评到期") if row.kind is DueKind.RISK_TEST else row.kind.label
