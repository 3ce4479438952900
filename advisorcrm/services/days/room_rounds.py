"""Rounds of the client rooms: what was found, when and by whom (巡视记录, R36, R40, R50)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ClientRoom, RoomRound, User
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import clean_text

_SLACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewRound:
    """What was found in one room; ``uuid`` is made when the form opens, so that it saves once."""

    uuid: str
    client_room_id: int
    made_at: datetime
    is_network_fine: bool = True
    is_environment_fine: bool = True
    is_equipment_fine: bool = True
    finding: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing is wrong."""
        return self.is_network_fine and self.is_environment_fine and self.is_equipment_fine


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One look into one room, as lists and sheets show it."""

    id: int
    client_room_id: int
    made_at: Annotated[datetime, Column("巡视时间", width=16)]
    room: Annotated[str, Column("客户室", width=12)]
    network: Annotated[bool, Column("网络正常", width=9)]
    environment: Annotated[bool, Column("环境良好", width=9)]
    equipment: Annotated[bool, Column("设备正常", width=9)]
    finding: Annotated[str, Column("现场情况及处理", width=40)]
    person: Annotated[str, Column("巡视人", width=10)]

    @property
    def is_fine(self) -> bool:
        """Whether nothing was wrong."""
        return self.network and self.environment and self.equipment


def record_round(session: Session, actor: Actor, new: NewRound, *, now: datetime) -> int:
    """Enter what was found in a room; the same uuid saved again answers the same id.

    Raises InvalidFieldError for a time to come, or something wrong without a word on it;
    NotFoundError for a room that is not in use.
    """
    demand(actor, Right.LOG_CONTACTS)
    known = session.scalar(select(RoomRound.id).where(RoomRound.uuid == new.uuid))
    if known is not None:
        return known
    room = session.get(ClientRoom, new.client_room_id)
    if room is None or room.archived_at is not None:
        raise NotFoundError(_("找不到这个客户室。"))
    if new.made_at > now + _SLACK:
        raise InvalidFieldError("made_at", _("巡视时间不能晚于现在。"))
    finding = clean_text("finding", new.finding)
    if not new.is_fine and not finding:
        raise InvalidFieldError("finding", _("请写明情况和处理。"))
    row = RoomRound(
        uuid=new.uuid, client_room_id=room.id, user_id=actor.user_id, made_at=new.made_at,
        is_network_fine=new.is_network_fine, is_environment_fine=new.is_environment_fine,
        is_equipment_fine=new.is_equipment_fine, finding=finding, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()  # the id is the answer
    return row.id


def list_rounds(session: Session, actor: Actor, *, from_on: date, to_on: date) -> list[RoundRow]:
    """The rounds of these days, the latest first: own ones, of everybody for those who lead."""
    is_leading = may(actor, Right.LEAD_TEAM)
    demand(actor, Right.LEAD_TEAM if is_leading else Right.LOG_CONTACTS)
    mine = [] if is_leading else [RoomRound.user_id == actor.user_id]
    rows = _select(from_on, to_on, *mine).order_by(RoomRound.made_at.desc(), RoomRound.id.desc())
    return [_row(found) for found in session.execute(rows)]


def list_own_rounds(session: Session, actor: Actor, *, today: date) -> list[RoundRow]:
    """The person's rounds of one day in their order."""
    demand(actor, Right.SEE_CLIENTS)
    rows = _select(today, today, RoomRound.user_id == actor.user_id).order_by(RoomRound.made_at)
    return [_row(found) for found in session.execute(rows)]


def _select(from_on: date, to_on: date, *more: ColumnElement[bool]) -> Any:
    return (
        select(
            RoomRound.id, RoomRound.client_room_id, RoomRound.made_at, ClientRoom.name,
            RoomRound.is_network_fine, RoomRound.is_environment_fine,
            RoomRound.is_equipment_fine, RoomRound.finding, User.name.label("person"),
        )
        .join(ClientRoom, ClientRoom.id == RoomRound.client_room_id)
        .join(User, User.id == RoomRound.user_id)
        .where(
            RoomRound.made_at >= start_of(from_on),
            RoomRound.made_at < start_of(to_on + timedelta(days=1)),
            *more,
        )
    )  # fmt: skip


def _row(found: Any) -> RoundRow:
    key, room_id, at, room, network, environment, equipment, finding, person = found
    return RoundRow(key, room_id, at, room, network, environment, equipment,
                    mask_words(finding), person)  # fmt: skip
