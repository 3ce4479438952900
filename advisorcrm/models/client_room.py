"""Tables ``client_room``, ``seat``, ``seat_use``: on-site clients (R105-R107)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, Versioned, partial_index, recorded


class ClientRoom(Versioned, Base):
    """One client room (客户室) with its seats in rows."""

    __tablename__ = "client_room"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[Name] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class Seat(Versioned, Base):
    """One seat (机位) at its place in the room."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("client_room_id", "label"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    client_room_id: Mapped[int] = mapped_column(ForeignKey("client_room.id"))
    label: Mapped[Name]
    row: Mapped[int]
    place: Mapped[int]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class SeatUse(Versioned, Base):
    """A client's stay at a seat, with the pass and, where need be, the transition's end (R107)."""

    __tablename__ = "seat_use"
    __table_args__ = (
        Index("ix_seat_use_client_id", "client_id"),
        Index("ix_seat_use_seat_id", "seat_id"),
        Index("ix_seat_use_transition_ends_on", "transition_ends_on"),
        partial_index(
            "uq_seat_use_seat_id_present",
            "seat_id",
            unique=True,
            where="left_on IS NULL",
        ),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    pass_no: Mapped[Name] = mapped_column(default="")
    entered_on: Mapped[date]
    meets_conditions: Mapped[bool] = mapped_column(default=True)
    transition_since: Mapped[date | None]
    transition_ends_on: Mapped[date | None]
    left_on: Mapped[date | None]
    note: Mapped[Long] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": Versioned.version}
