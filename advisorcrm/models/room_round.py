"""Table ``room_round``: what was found on a round of a client room (巡视记录, R36, R40, R50)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, recorded


class RoomRound(Base):
    """One look into one room: network, environment, equipment; it stays as it was written."""

    __tablename__ = "room_round"
    __table_args__ = (
        Index("ix_room_round_made_at", "made_at"),
        Index("ix_room_round_user_id_made_at", "user_id", "made_at"),
        recorded(frozen=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_room_id: Mapped[int] = mapped_column(ForeignKey("client_room.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
    is_network_fine: Mapped[bool]
    is_environment_fine: Mapped[bool]
    is_equipment_fine: Mapped[bool]
    finding: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[datetime]
