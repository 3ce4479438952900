"""Appointments: arrange a time, move it, call it off, see it done (R29, R221).

A clash, a closed day, an hour of rest are warnings beside the form; what the client asked for
is saved all the same. Nothing is deleted: what was called off stays with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import ConflictError, InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Appointment, Client, User
from advisorcrm.services.access import Right, any_client, demand
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import AppointmentKind, Role

FACE_TO_FACE = frozenset({terms.WAY_MEETING, terms.WAY_ON_SITE})
LONGEST = timedelta(hours=12)
_OWNERS: Sequence[Role] = (Role.ADVISOR, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """What the form gives; ``uuid`` is made when it opens, so that a retry saves once.

    Without ``advisor_id`` it is the person's own; without ``way`` it is no talk with a client.
    """

    uuid: str
    starts_at: datetime
    minutes: int
    way: str | None = terms.WAY_MEETING
    client_id: int | None = None
    advisor_id: int | None = None
    title: str = ""
    place: str = ""
    is_at_branch: bool = True
    from_log_id: int | None = None

    @property
    def kind(self) -> AppointmentKind:
        """How the calendar draws it."""
        return kind_of(self.way)


def kind_of(way: str | None) -> AppointmentKind:
    """Face to face, by a wire, or neither."""
    if way is None:
        return AppointmentKind.ROUTINE
    return AppointmentKind.MEETING if way in FACE_TO_FACE else AppointmentKind.CALL


def demand_calendar(actor: Actor, advisor_id: int) -> None:
    """Everybody who speaks to clients has a calendar; manager and leader see all of them."""
    if not sees_calendar(actor, advisor_id):
        raise NotAllowedError(_("日历只有本人、客服经理和营业部负责人可以查看。"))


def sees_calendar(actor: Actor, advisor_id: int) -> bool:
    """Whether the person may look at somebody's calendar."""
    if actor.role in (Role.MANAGER, Role.LEADER):
        return True
    return actor.role is Role.ADVISOR and advisor_id == actor.user_id


def add_appointment(session: Session, actor: Actor, new: NewAppointment, *, now: datetime) -> int:
    """Put a time into the calendar; returns the id, of the first attempt if saved before.

    Raises InvalidFieldError for a length or text that cannot be, NotAllowedError for the
    calendar of somebody else, NotFoundError for a client whom the person may not see.
    """
    demand(actor, Right.LOG_CONTACTS)
    known = session.scalar(select(Appointment.id).where(Appointment.uuid == new.uuid))
    if known is not None:
        return known
    row = Appointment(uuid=new.uuid, user_id=actor.user_id, created_at=now)
    _fill(session, actor, row, new)
    session.add(row)
    session.flush()  # the id is the answer
    return row.id


def add_appointments(
    session: Session, actor: Actor, new: Sequence[NewAppointment], *, now: datetime
) -> int:
    """Book several times at once, all or none; returns how many."""
    for one in new:
        add_appointment(session, actor, one, now=now)
    return len(new)


def change_appointment(
    session: Session, actor: Actor, appointment_id: int, new: NewAppointment, *, version: int
) -> None:
    """Save the form of an appointment that is still open; times past may be put right too.

    Raises ConflictError where somebody else changed it meanwhile.
    """
    row = _open(session, actor, appointment_id, version)
    _fill(session, actor, row, new)


def move_appointment(
    session: Session, actor: Actor, appointment_id: int, starts_at: datetime, *, version: int
) -> None:
    """Give it another time; it stays as long as it was.

    Raises ConflictError where somebody else changed it meanwhile.
    """
    row = _open(session, actor, appointment_id, version)
    length = row.ends_at - row.starts_at
    row.starts_at, row.ends_at = starts_at, starts_at + length


def cancel_appointment(
    session: Session, actor: Actor, appointment_id: int, reason: str, *, now: datetime
) -> None:
    """Call it off with a reason; it stays in the calendar's past."""
    row = _own(session, actor, appointment_id)
    if not row.is_open:
        raise InvalidFieldError("reason", _("这个预约已经完成或取消。"))
    reason = clean_text("reason", reason)
    if not reason:
        raise InvalidFieldError("reason", _("请写明取消的原因。"))
    with because(session, reason):
        row.cancelled_at, row.cancel_reason = now, reason


def restore_appointment(session: Session, actor: Actor, appointment_id: int) -> None:
    """Take a cancelling or a finishing by hand back."""
    row = _own(session, actor, appointment_id)
    row.cancelled_at, row.cancel_reason = None, ""
    if row.done_log_id is None:
        row.done_at = None


def finish_appointment(
    session: Session, actor: Actor, appointment_id: int, *, now: datetime
) -> None:
    """Mark a matter without a client as done.

    Raises InvalidFieldError for one with a client: that is done by its contact log (R35).
    """
    row = _own(session, actor, appointment_id)
    if row.client_id is not None:
        raise InvalidFieldError("client_id", _("与客户的预约以沟通记录为准，请记一条沟通。"))
    if row.is_open:
        row.done_at = now


def finish_by_log(
    session: Session, actor: Actor, client_id: int, log_id: int, *, at: datetime
) -> int | None:
    """The conversation of that day did what was arranged: of several, the nearest in time.

    Called by ``log_contact``; returns the appointment, or None where nothing was arranged.
    """
    demand(actor, Right.LOG_CONTACTS)
    begin = start_of(branch_date(at))
    connection = session.connection()  # Core: this is the path a phone call waits for
    asked = {
        "client": client_id, "advisor": actor.user_id, "begin": begin,
        "end": begin + timedelta(days=1),
    }  # fmt: skip
    found = connection.execute(_OF_DAY, asked).all()
    if not found:
        return None
    nearest: int = min(found, key=lambda row: (abs(row[1] - at), row[0]))[0]
    connection.execute(_FINISH, {"key": nearest, "log": log_id, "at": at})
    return nearest


def follow_client(session: Session, client_ids: Sequence[int], advisor_id: int | None) -> None:
    """Open appointments in the calendar of the advisor so far go on to the next one (R215).

    Called while the clients still are with the advisor so far; who stands in for a colleague
    keeps the appointment.
    """
    if advisor_id is None:
        return
    so_far = select(Client.advisor_id).where(Client.id == Appointment.client_id)
    session.execute(
        update(Appointment)
        .where(
            Appointment.client_id.in_(client_ids),
            Appointment.advisor_id == so_far.scalar_subquery(),
            Appointment.done_at.is_(None),
            Appointment.cancelled_at.is_(None),
        )
        .values(advisor_id=advisor_id, version=Appointment.version + 1)
        .execution_options(synchronize_session=False)
    )


_TIMES = Appointment.__table__.c
_OF_DAY = select(_TIMES.id, _TIMES.starts_at).where(
    _TIMES.client_id == bindparam("client"),
    _TIMES.starts_at >= bindparam("begin"),
    _TIMES.starts_at < bindparam("end"),
    _TIMES.advisor_id == bindparam("advisor"),
    _TIMES.done_at.is_(None),
    _TIMES.cancelled_at.is_(None),
)
_FINISH = (
    update(Appointment.__table__)  # type: ignore[arg-type]
    .where(_TIMES.id == bindparam("key"))
    .values(done_log_id=bindparam("log"), done_at=bindparam("at"), version=_TIMES.version + 1)
)


def _fill(session: Session, actor: Actor, row: Appointment, new: NewAppointment) -> None:
    advisor_id = new.advisor_id or actor.user_id
    _demand_writing(actor, advisor_id)
    _demand_owner(session, advisor_id)
    if new.client_id is not None:
        any_client(session, actor, new.client_id)
    length = timedelta(minutes=new.minutes)
    if not timedelta() < length <= LONGEST:
        raise InvalidFieldError("minutes", _("时长应在 1 分钟到 12 小时之间。"))
    if new.way is not None:
        demand_codes(session, terms.CONTACT_WAY, (new.way,), field="way")
    title = clean_text("title", new.title)
    if new.client_id is None and not title:
        raise InvalidFieldError("title", _("没有客户的预约须写明事由。"))
    row.advisor_id, row.client_id = advisor_id, new.client_id
    row.kind, row.way, row.from_log_id = new.kind, new.way, new.from_log_id
    row.starts_at, row.ends_at = new.starts_at, new.starts_at + length
    row.is_at_branch, row.place = new.is_at_branch, clean_text("place", new.place)
    row.title = title


def _demand_owner(session: Session, advisor_id: int) -> None:
    """The calendar's owner must be somebody who speaks to clients."""
    role = session.scalar(select(User.role).where(User.id == advisor_id, User.is_active))
    if role not in _OWNERS:
        raise NotFoundError(_("找不到这位客服专员，或已停用。"))


def _demand_writing(actor: Actor, advisor_id: int) -> None:
    demand(actor, Right.LOG_CONTACTS)
    if advisor_id != actor.user_id and actor.role is not Role.MANAGER:
        raise NotAllowedError(_("只能安排自己的日历；别人的由客服经理安排。"))


def _own(session: Session, actor: Actor, appointment_id: int) -> Appointment:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise NotFoundError(_("找不到这个预约。"))
    _demand_writing(actor, row.advisor_id)
    if row.client_id is not None:
        any_client(session, actor, row.client_id)
    return row


def _open(session: Session, actor: Actor, appointment_id: int, version: int) -> Appointment:
    row = _own(session, actor, appointment_id)
    if not row.is_open:
        raise InvalidFieldError("starts_at", _("这个预约已经完成或取消，不能再改。"))
    if row.version != version:
        raise ConflictError(_("这个预约刚被别人改过，请看过最新的再改。"))
    return row
