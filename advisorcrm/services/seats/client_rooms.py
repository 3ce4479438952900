"""Client rooms and their seats, set up by the manager (R106)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ClientRoom, Seat, SeatUse
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text

MOST_ROWS, MOST_PLACES = 20, 30


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room with the number of its seats."""

    id: int
    name: str
    note: str
    seats: int


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room with its seats in rows: ``A1`` is the first of the first row."""

    name: str
    rows: int
    places: int
    note: str = ""


def list_rooms(session: Session, actor: Actor) -> list[RoomRow]:
    """The rooms in use, in the branch's order."""
    demand(actor, Right.SEE_CLIENTS)
    seats = (
        select(func.count(Seat.id))
        .where(Seat.client_room_id == ClientRoom.id, Seat.archived_at.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(ClientRoom.id, ClientRoom.name, ClientRoom.note, seats)
        .where(ClientRoom.archived_at.is_(None))
        .order_by(ClientRoom.position, ClientRoom.id)
    )
    return [RoomRow(*row) for row in rows]


def add_room(session: Session, actor: Actor, new: NewRoom) -> int:
    """Set up a room with its seats (manager).

    Raises InvalidFieldError for an empty or known name and for a size no room has.
    """
    demand(actor, Right.LEAD_LISTS)
    name = clean_text("name", new.name)
    if not name:
        raise InvalidFieldError("name", _("请填客户室名称。"))
    if session.scalar(select(ClientRoom.id).where(ClientRoom.name == name)) is not None:
        raise InvalidFieldError("name", _("已有名为“{name}”的客户室。").format(name=name))
    for field, value, most in (
        ("rows", new.rows, MOST_ROWS), ("places", new.places, MOST_PLACES),
    ):  # fmt: skip
        if not 0 < value <= most:
            raise InvalidFieldError(
                field, _("请填 {low} 到 {high} 之间的数。").format(low=1, high=most)
            )
    last = session.scalar(select(func.max(ClientRoom.position)))
    room = ClientRoom(
        name=name, position=0 if last is None else last + 1, note=clean_text("note", new.note)
    )
    session.add(room)
    session.flush()  # the seats stand in it
    for row in range(1, new.rows + 1):
        for place in range(1, new.places + 1):
            label = f"{chr(64 + row)}{place}"
            session.add(Seat(client_room_id=room.id, label=label, row=row, place=place))
    return room.id


def archive_room(session: Session, actor: Actor, room_id: int, *, now: datetime) -> None:
    """Give a room up (manager); refused as long as somebody sits in it."""
    demand(actor, Right.LEAD_LISTS)
    room = session.get(ClientRoom, room_id)
    if room is None or room.archived_at is not None:
        raise NotFoundError(_("找不到这个客户室。"))
    _demand_empty(session, Seat.client_room_id == room_id)
    room.archived_at = now


def restore_room(session: Session, actor: Actor, room_id: int) -> None:
    """Take a room into use again, with the seats it had (manager)."""
    demand(actor, Right.LEAD_LISTS)
    room = session.get(ClientRoom, room_id)
    if room is None or room.archived_at is None:
        raise NotFoundError(_("找不到这个客户室。"))
    room.archived_at = None


def archive_seat(session: Session, actor: Actor, seat_id: int, *, now: datetime) -> None:
    """Take a seat out of a room (manager); refused as long as somebody sits there."""
    demand(actor, Right.LEAD_LISTS)
    _seat(session, seat_id, is_archived=False)
    _demand_empty(session, Seat.id == seat_id)
    _seat(session, seat_id, is_archived=False).archived_at = now


def restore_seat(session: Session, actor: Actor, seat_id: int) -> None:
    """Put a seat back into its room (manager)."""
    demand(actor, Right.LEAD_LISTS)
    _seat(session, seat_id, is_archived=True).archived_at = None


def _seat(session: Session, seat_id: int, *, is_archived: bool) -> Seat:
    seat = session.get(Seat, seat_id)
    if seat is None or (seat.archived_at is not None) is not is_archived:
        raise NotFoundError(_("找不到这个机位。"))
    return seat


def _demand_empty(session: Session, where: object) -> None:
    taken = (
        select(SeatUse.id)
        .join(Seat, Seat.id == SeatUse.seat_id)
        .where(where, SeatUse.left_on.is_(None))  # type: ignore[arg-type]
    )
    if session.scalar(taken.limit(1)) is not None:
        raise InvalidFieldError("seat_id", _("还有客户在用，请先安排离开。"))
