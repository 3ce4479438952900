"""Seats as plans and lists: who sits where, who is on site, whose transition ends (R105-R107)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from sqlalchemy import String, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ClientRoom, Seat, SeatUse, User
from advisorcrm.rules.masking import mask_account, mask_name, mask_words
from advisorcrm.rules.transition import WARNING_DAYS
from advisorcrm.services.access import Right, demand, names_are_masked, visible_clients
from advisorcrm.services.seats.seat_uses import ON_SITE
from advisorcrm.terms import SeatState


@dataclass(frozen=True, slots=True)
class PlanSeat:
    """One seat of a plan; of a colleague's client the surname alone."""

    id: int
    label: str
    row: int
    place: int
    state: SeatState
    client_id: int | None
    client_name: str
    use_id: int | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """The seats of one room."""

    room_id: int
    name: str
    seats: tuple[PlanSeat, ...]

    def count(self, state: SeatState) -> int:
        """How many seats are in a state."""
        return sum(seat.state is state for seat in self.seats)


@dataclass(frozen=True, slots=True)
class OnSiteRow:
    """One on-site client; the seat is empty for who trades on site without one."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=9)]
    room_name: Annotated[str, Column("客户室", width=12)]
    seat_label: Annotated[str, Column("机位号", width=8)]
    pass_no: Annotated[str, Column("入室凭证", width=12)]
    entered_on: Annotated[date | None, Column("进入日期", width=11)]
    meets_conditions: Annotated[bool | None, Column("条件是否符合", width=11)]
    transition_ends_on: Annotated[date | None, Column("过渡期截止", width=11)]
    note: Annotated[str, Column("跟踪", width=18)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """One transition that is over or soon will be."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    room_name: Annotated[str, Column("客户室", width=12)]
    seat_label: Annotated[str, Column("机位号", width=8)]
    transition_since: Annotated[date, Column("过渡期开始", width=11)]
    transition_ends_on: Annotated[date, Column("过渡期截止", width=11)]
    days_left: Annotated[int, Column("剩余天数", width=9, align="right")]
    advisor_name: Annotated[str, Column("客服专员", width=10)]


def open_seat_plan(session: Session, actor: Actor, room_id: int) -> SeatPlan:
    """The plan of a room (R106). Raises NotFoundError for a room that is given up."""
    demand(actor, Right.SEE_CLIENTS)
    room = session.get(ClientRoom, room_id)
    if room is None or room.archived_at is not None:
        raise NotFoundError(_("找不到这个客户室。"))
    present = and_(SeatUse.seat_id == Seat.id, SeatUse.left_on.is_(None))
    rows = session.execute(
        select(Seat, SeatUse, Client.name, visible_clients(actor).label("is_seen"))
        .outerjoin(SeatUse, present)
        .outerjoin(Client, Client.id == SeatUse.client_id)
        .where(Seat.client_room_id == room_id, Seat.archived_at.is_(None))
        .order_by(Seat.row, Seat.place)
    )
    hide = names_are_masked(actor)
    return SeatPlan(room.id, room.name, tuple(_plan_seat(*row, hide=hide) for row in rows))


def list_on_site_clients(session: Session, actor: Actor) -> list[OnSiteRow]:
    """Who sits in the rooms, then who trades on site without a seat (R105)."""
    trades_here = type_coerce(Client.trading_way, String).contains(f",{ON_SITE},")
    rows = session.execute(
        _uses()
        .where(or_(SeatUse.id.is_not(None), trades_here), visible_clients(actor))
        .order_by(SeatUse.id.is_(None), ClientRoom.position, Seat.row, Seat.place, Client.id)
    )
    return [_on_site_row(actor, row) for row in rows]


def list_transitions_due(
    session: Session, actor: Actor, *, today: date, within_days: int = WARNING_DAYS
) -> list[TransitionRow]:
    """Transitions that are over or end within so many days, the first to end on top (R107)."""
    rows = session.execute(
        _uses()
        .where(
            SeatUse.transition_ends_on <= today + timedelta(days=within_days),
            visible_clients(actor),
        )
        .order_by(SeatUse.transition_ends_on, SeatUse.id)
    )
    hide = names_are_masked(actor)
    return [
        TransitionRow(
            use.id, key, mask_name(name) if hide else name, mask_account(account), room, label,
            use.transition_since, use.transition_ends_on, (use.transition_ends_on - today).days,
            advisor,
        )
        for use, key, name, account, _tier, label, room, advisor in rows
    ]  # fmt: skip


def _uses() -> Any:
    present = and_(SeatUse.client_id == Client.id, SeatUse.left_on.is_(None))
    return (
        select(
            SeatUse, Client.id, Client.name, Client.account, Client.tier,
            func.coalesce(Seat.label, ""), func.coalesce(ClientRoom.name, ""),
            func.coalesce(User.name, ""),
        )
        .select_from(Client)
        .outerjoin(SeatUse, present)
        .outerjoin(Seat, Seat.id == SeatUse.seat_id)
        .outerjoin(ClientRoom, ClientRoom.id == Seat.client_room_id)
        .outerjoin(User, User.id == Client.advisor_id)
        .where(Client.archived_at.is_(None))
    )  # fmt: skip


def _plan_seat(
    seat: Seat, use: SeatUse | None, name: str | None, is_seen: bool | None, *, hide: bool
) -> PlanSeat:
    if use is None or name is None:
        return PlanSeat(
            seat.id, seat.label, seat.row, seat.place, SeatState.FREE, None, "", None, None
        )
    state = SeatState.TAKEN if use.meets_conditions else SeatState.TRANSITION
    return PlanSeat(
        seat.id, seat.label, seat.row, seat.place, state,
        use.client_id if is_seen else None,
        mask_name(name) if hide or not is_seen else name,
        use.id if is_seen else None,
        use.transition_ends_on if is_seen else None,
    )  # fmt: skip


def _on_site_row(actor: Actor, found: Any) -> OnSiteRow:
    use, key, name, account, tier, label, room, advisor = found
    hide = names_are_masked(actor)
    return OnSiteRow(
        key, key, mask_name(name) if hide else name, mask_account(account), tier, room, label,
        "" if use is None or hide else mask_words(use.pass_no),
        use.entered_on if use else None,
        use.meets_conditions if use else None,
        use.transition_ends_on if use else None,
        "" if use is None or hide else mask_words(use.note),
        advisor,
    )  # fmt: skip
