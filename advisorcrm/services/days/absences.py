"""Advisors who are away, and who stands in for them (休假代管, R16).

It is what the branch's day shows: who is away has no visits to do. The stand-in sees no more than
before; clients who need another advisor's eyes are handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Absence, Appointment, User
from advisorcrm.services.access import Right, demand
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Role


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One time away, both ends included; no stand-in where none was named."""

    id: int
    user_id: int
    from_on: date
    to_on: date
    stand_in_name: str
    note: str

    def covers(self, day: date) -> bool:
        """Whether the person is away on a day."""
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True)
class AwayAppointments:
    """How many arranged times fall into somebody's absence."""

    user_id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Who is away from when to when, and who stands in."""

    user_id: int
    from_on: date
    to_on: date
    stand_in_id: int | None = None
    note: str = ""


def enter_absence(session: Session, actor: Actor, new: NewAbsence, *, now: datetime) -> int:
    """Note that an advisor is away (manager).

    Raises InvalidFieldError for days the wrong way round, for days on which the person is away
    already, and for a stand-in who is no other advisor or is away, too.
    """
    demand(actor, Right.HAND_OVER)
    if session.scalar(_serving(new.user_id)) is None:
        raise NotFoundError(_("找不到这位客服专员。"))
    if new.to_on < new.from_on:
        raise InvalidFieldError("to_on", _("休假止早于起，请核对。"))
    if _is_away(session, new.user_id, new):
        raise InvalidFieldError("from_on", _("这几天已登记休假。"))
    if new.stand_in_id is not None:
        _demand_stand_in(session, new)
    absence = Absence(
        user_id=new.user_id, from_on=new.from_on, to_on=new.to_on, stand_in_id=new.stand_in_id,
        note=clean_text("note", new.note), entered_by_id=actor.user_id, entered_at=now,
    )  # fmt: skip
    session.add(absence)
    session.flush()  # the id is the answer
    return absence.id


def archive_absence(session: Session, actor: Actor, absence_id: int, *, now: datetime) -> None:
    """Take a time away back (manager)."""
    demand(actor, Right.HAND_OVER)
    absence = session.get(Absence, absence_id)
    if absence is None or absence.archived_at is not None:
        raise NotFoundError(_("找不到这次休假。"))
    absence.archived_at = now


def list_absences(
    session: Session, actor: Actor, *, from_on: date, to_on: date | None = None
) -> list[AbsenceRow]:
    """Who is away on some of these days (who leads the team); without an end all to come."""
    demand(actor, Right.LEAD_TEAM)
    other = aliased(User)
    statement = (
        select(Absence.id, Absence.user_id, Absence.from_on, Absence.to_on, other.name,
               Absence.note)
        .outerjoin(other, other.id == Absence.stand_in_id)
        .where(Absence.archived_at.is_(None), Absence.to_on >= from_on)
        .order_by(Absence.from_on, Absence.id)
    )  # fmt: skip
    if to_on is not None:
        statement = statement.where(Absence.from_on <= to_on)
    return [
        AbsenceRow(key, user, first, last, name or "", note)
        for key, user, first, last, name, note in session.execute(statement)
    ]


def count_appointments_away(
    session: Session, actor: Actor, *, today: date
) -> list[AwayAppointments]:
    """Who has clients' appointments on days away, from today on (who leads the team)."""
    demand(actor, Right.LEAD_TEAM)
    counted: dict[int, int] = {}
    for row in list_absences(session, actor, from_on=today):
        statement = select(func.count(Appointment.id)).where(
            Appointment.advisor_id == row.user_id,
            Appointment.client_id.is_not(None),
            Appointment.starts_at >= start_of(max(row.from_on, today)),
            Appointment.starts_at < start_of(row.to_on + timedelta(days=1)),
            Appointment.done_at.is_(None),
            Appointment.cancelled_at.is_(None),
        )
        counted[row.user_id] = counted.get(row.user_id, 0) + (session.scalar(statement) or 0)
    rows = session.execute(select(User.id, User.name).where(User.id.in_(counted)))
    found = [AwayAppointments(key, name, counted[key]) for key, name in rows]
    return sorted((one for one in found if one.count), key=lambda one: (-one.count, one.name))


def covers(day: date) -> ColumnElement[bool]:
    """Times away that cover a day, as a condition of a query."""
    return and_(Absence.archived_at.is_(None), Absence.from_on <= day, Absence.to_on >= day)


def is_away(day: date) -> ColumnElement[bool]:
    """Whether the user whom a query is about is away on a day."""
    away = select(Absence.id).where(Absence.user_id == User.id, covers(day))
    return away.correlate(User).exists()


def _demand_stand_in(session: Session, new: NewAbsence) -> None:
    found = session.scalar(_serving(new.stand_in_id))
    if found is None or new.stand_in_id == new.user_id:
        raise InvalidFieldError("stand_in_id", _("请选另一位客服专员代管。"))
    if _is_away(session, found, new):
        raise InvalidFieldError("stand_in_id", _("代管的人这几天也休假。"))


def _serving(user_id: int | None) -> AnySelect:
    return select(User.id).where(
        User.id == user_id, User.is_active, User.role.in_((Role.ADVISOR, Role.MANAGER))
    )


def _is_away(session: Session, user_id: int, new: NewAbsence) -> bool:
    there = select(Absence.id).where(Absence.user_id == user_id, _meets(new))
    return session.scalar(there.limit(1)) is not None


def _meets(new: NewAbsence) -> ColumnElement[bool]:
    """Times away that share a day with this one."""
    return and_(
        Absence.archived_at.is_(None),
        Absence.from_on <= new.to_on,
        Absence.to_on >= new.from_on,
    )
