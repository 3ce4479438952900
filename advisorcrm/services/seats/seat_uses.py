"""On-site clients: who sits where with which pass, and the two months of transition (R105-R107)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ClientRoom, Seat, SeatUse
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.rules.transition import transition_end
from advisorcrm.services.access import any_client, names_are_masked, own_client
from advisorcrm.services.files.client_checks import clean_text

ON_SITE = "on_site"
"""The code of 交易方式 whose clients trade in the branch's rooms."""


@dataclass(frozen=True, slots=True)
class SeatUseRow:
    """One stay at a seat; ``transition_ends_on`` while the conditions are not met."""

    id: int
    room_name: str
    seat_label: str
    pass_no: str
    entered_on: date
    meets_conditions: bool
    transition_since: date | None
    transition_ends_on: date | None
    left_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class OnSite:
    """What the card of a client says: the present stay, else the last one.

    ``is_barred``: the transition ended without the conditions being met, so no seat is arranged.
    """

    client_id: int
    use: SeatUseRow | None
    is_present: bool
    is_barred: bool
    is_relevant: bool


@dataclass(frozen=True, slots=True)
class NewSeatUse:
    """A seat for a client who comes with a pass."""

    client_id: int
    seat_id: int
    pass_no: str
    entered_on: date
    note: str = ""
    meets_again: bool = False  # after a transition that ended: the conditions are met once more


def open_on_site(session: Session, actor: Actor, client_id: int) -> OnSite:
    """The seat of a client, or how the last stay ended."""
    client = any_client(session, actor, client_id)
    found = session.execute(
        select(SeatUse, Seat.label, ClientRoom.name)
        .join(Seat, Seat.id == SeatUse.seat_id)
        .join(ClientRoom, ClientRoom.id == Seat.client_room_id)
        .where(SeatUse.client_id == client_id)
        .order_by(SeatUse.left_on.is_(None).desc(), SeatUse.left_on.desc(), SeatUse.id.desc())
        .limit(1)
    ).first()
    trades_here = ON_SITE in (client.trading_way or ())
    if found is None:
        return OnSite(client_id, None, False, False, trades_here)
    use, label, room = found
    hide = names_are_masked(actor)
    row = SeatUseRow(
        use.id, room, label, "" if hide else mask_words(use.pass_no), use.entered_on,
        use.meets_conditions, use.transition_since, use.transition_ends_on, use.left_on,
        "" if hide else mask_words(use.note),
    )  # fmt: skip
    is_present = use.left_on is None
    return OnSite(client_id, row, is_present, not is_present and not use.meets_conditions, True)


def assign_seat(session: Session, actor: Actor, new: NewSeatUse, *, today: date) -> int:
    """Give a client a free seat (R106); the pass is shown at the door (R107).

    Raises InvalidFieldError for a seat that is taken, a client who has one, no pass or one that
    is in use, a day to come, and after a transition that ended unless the conditions are met again.
    """
    own_client(session, actor, new.client_id)
    seat = session.get(Seat, new.seat_id)
    if seat is None or seat.archived_at is not None:
        raise NotFoundError(_("找不到这个机位。"))
    pass_no = clean_text("pass_no", new.pass_no)
    if not pass_no:
        raise InvalidFieldError("pass_no", _("请填入室凭证号；客户凭证进入客户室。"))
    if new.entered_on > today:
        raise InvalidFieldError("entered_on", _("进入日期不能晚于今天。"))
    _demand_free(session, seat.id)
    if _present(session, SeatUse.client_id == new.client_id):
        raise InvalidFieldError("client_id", _("这位客户已有机位，请先换位或离开。"))
    if _present(session, SeatUse.pass_no == pass_no):
        raise InvalidFieldError("pass_no", _("这个凭证号正在使用，请核对。"))
    if not new.meets_again and open_on_site(session, actor, new.client_id).is_barred:
        raise InvalidFieldError(
            "client_id", _("过渡期满时条件仍不具备，不再安排机位；条件重新符合后再安排。")
        )
    use = SeatUse(
        client_id=new.client_id,
        seat_id=seat.id,
        pass_no=pass_no,
        entered_on=new.entered_on,
        note=clean_text("note", new.note, limit=LONG_TEXT),
    )
    session.add(use)
    _take(session)
    return use.id


def move_seat(session: Session, actor: Actor, use_id: int, seat_id: int, *, today: date) -> int:
    """Let a client change to another free seat; pass and transition go along."""
    use = _own_present(session, actor, use_id)
    seat = session.get(Seat, seat_id)
    if seat is None or seat.archived_at is not None:
        raise NotFoundError(_("找不到这个机位。"))
    _demand_free(session, seat_id)
    use.left_on = today
    moved = SeatUse(
        client_id=use.client_id,
        seat_id=seat_id,
        pass_no=use.pass_no,
        entered_on=today,
        meets_conditions=use.meets_conditions,
        transition_since=use.transition_since,
        transition_ends_on=use.transition_ends_on,
        note=use.note,
    )
    session.add(moved)
    _take(session)
    return moved.id


def set_conditions(
    session: Session, actor: Actor, use_id: int, *, meets: bool, today: date
) -> date | None:
    """Say whether a client meets the conditions of the seat; answers when the transition ends.

    Not meeting them begins the two months, once; meeting them again ends the transition (R107).
    """
    use = _own_present(session, actor, use_id)
    if meets:
        use.meets_conditions, use.transition_since, use.transition_ends_on = True, None, None
    elif use.meets_conditions:
        use.meets_conditions = False
        use.transition_since, use.transition_ends_on = today, transition_end(today)
    return use.transition_ends_on


def leave_seat(session: Session, actor: Actor, use_id: int, *, today: date) -> None:
    """The client gives the seat up; he may have one again."""
    use = _own_present(session, actor, use_id)
    use.left_on = today
    use.meets_conditions, use.transition_since, use.transition_ends_on = True, None, None


def end_transition(
    session: Session, actor: Actor, use_id: int, follow_up: str, *, today: date
) -> None:
    """The two months are over and the conditions are still not met: no seat any more (R107).

    ``follow_up`` says how the client is looked after from now on. Raises InvalidFieldError
    without it, before the two months are over and where no transition runs.
    """
    use = _own_present(session, actor, use_id)
    if use.transition_ends_on is None:
        raise InvalidFieldError("use_id", _("这位客户不在过渡期。"))
    if today < use.transition_ends_on:
        raise InvalidFieldError(
            "use_id",
            _("过渡期到 {day} 才满，此前客户可继续使用机位。").format(day=use.transition_ends_on),
        )
    follow_up = clean_text("follow_up", follow_up, limit=LONG_TEXT // 2)
    if not follow_up:
        raise InvalidFieldError("follow_up", _("请写明以后怎样做好跟踪服务。"))
    use.left_on = today
    use.note = "\n".join(filter(None, (use.note, follow_up)))[-LONG_TEXT:]


def _take(session: Session) -> None:
    """Write the stay; another desk may have given the seat in the same moment."""
    try:
        session.flush()  # the id is the answer
    except IntegrityError as error:
        raise InvalidFieldError("seat_id", _("这个机位刚被安排给别的客户，请选空位。")) from error


def _demand_free(session: Session, seat_id: int) -> None:
    if _present(session, SeatUse.seat_id == seat_id):
        raise InvalidFieldError("seat_id", _("这个机位正在使用，请选空位。"))


def _present(session: Session, where: object) -> bool:
    found = select(SeatUse.id).where(where, SeatUse.left_on.is_(None)).limit(1)  # type: ignore[arg-type]
    return session.scalar(found) is not None


def _own_present(session: Session, actor: Actor, use_id: int) -> SeatUse:
    use = session.get(SeatUse, use_id)
    if use is None or use.left_on is not None:
        raise NotFoundError(_("这次机位安排已结束，或不在您的权限内。"))
    own_client(session, actor, use.client_id)
    return use
