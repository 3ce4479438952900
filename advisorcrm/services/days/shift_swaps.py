"""Swapping shifts: between two persons two days ahead, later only by the manager (R237)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from advisorcrm import terms
from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ShiftLog, ShiftSwap, User
from advisorcrm.rules.shift_names import is_in_time
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.days.shift_logs import NewShift, find_shift, list_shift_people
from advisorcrm.services.days.shift_memos import demand_reading
from advisorcrm.services.files.client_checks import clean_text


@dataclass(frozen=True, slots=True)
class SwapRow:
    """One wish to swap, and whether the person looking can answer it."""

    id: int
    shift_on: Annotated[date, Column("值班日期", width=12)]
    shift: Annotated[str, Column("班次", codes=terms.SHIFT_KIND, width=10)]
    asked_by: Annotated[str, Column("申请人", width=10)]
    to_name: Annotated[str, Column("换给", width=10)]
    other_on: Annotated[date | None, Column("换来日期", width=12)]
    other_shift: Annotated[str | None, Column("换来班次", codes=terms.SHIFT_KIND, width=10)]
    reason: Annotated[str, Column("原因", width=20)]
    needs_manager: Annotated[bool, Column("须主管决定", width=10)]
    is_accepted: Annotated[bool | None, Column("同意", width=6)]
    answered_by: Annotated[str, Column("答复人", width=10)]
    may_answer: bool


@dataclass(frozen=True, slots=True)
class NewSwap:
    """An own shift that is to go to somebody, maybe for one of his."""

    shift_id: int
    to_user_id: int
    other_shift_id: int | None = None
    reason: str = ""


def ask_swap(session: Session, actor: Actor, new: NewSwap, *, now: datetime) -> int:
    """Ask a colleague to take an own shift that has not begun.

    Less than two days ahead the wish goes to the manager (R237). Raises InvalidFieldError for
    a shift that has begun, the own person, a wish that already stands, a shift that is not his.
    """
    demand(actor, Right.KEEP_SHIFTS)
    mine = _planned(session, new.shift_id, actor.user_id)
    if new.to_user_id not in {person.id for person in list_shift_people(session, actor)}:
        raise InvalidFieldError("to_user_id", _("请选换班的同事。"))
    if new.to_user_id == actor.user_id:
        raise InvalidFieldError("to_user_id", _("不能和自己换班。"))
    days = [mine.shift_on]
    if new.other_shift_id is not None:
        days.append(_planned(session, new.other_shift_id, new.to_user_id).shift_on)
    standing = select(ShiftSwap.id).where(
        ShiftSwap.shift_log_id == mine.id, ShiftSwap.answered_at.is_(None)
    )
    if session.scalar(standing) is not None:
        raise InvalidFieldError("shift_id", _("这一班已经申请换班，正在等答复。"))
    today = branch_date(now)
    if min(days) < today:
        raise InvalidFieldError("shift_id", _("已经过去的班不能换。"))
    swap = ShiftSwap(
        shift_log_id=mine.id, other_shift_id=new.other_shift_id, asked_by_id=actor.user_id,
        to_user_id=new.to_user_id, asked_at=now, reason=clean_text("reason", new.reason),
        needs_manager=not all(is_in_time(day, today) for day in days),
    )  # fmt: skip
    session.add(swap)
    session.flush()  # the id is the answer
    return swap.id


def answer_swap(
    session: Session, actor: Actor, swap_id: int, *, is_accepted: bool, now: datetime
) -> None:
    """The colleague agrees or not, or the manager decides; an agreed swap changes the rota.

    Raises NotAllowedError for anybody else, InvalidFieldError once the shift has begun or
    where the rota does not allow it.
    """
    demand(actor, Right.KEEP_SHIFTS)
    swap = session.get(ShiftSwap, swap_id)
    if swap is None or not _may_answer(actor, swap.to_user_id, needs_manager=swap.needs_manager):
        raise NotFoundError(_("找不到这个换班申请，或须由客服主管决定。"))
    if swap.answered_at is not None:
        raise InvalidFieldError("swap_id", _("这个换班申请已经答复。"))
    if is_accepted:
        _swap(session, actor, swap, now)
    swap.answered_at, swap.answered_by_id, swap.is_accepted = now, actor.user_id, is_accepted


def list_swaps(session: Session, actor: Actor, *, only_open: bool = False) -> list[SwapRow]:
    """Wishes to swap, those that wait for an answer first."""
    demand_reading(actor)
    asker, taker, judge, other = aliased(User), aliased(User), aliased(User), aliased(ShiftLog)
    statement = (
        select(ShiftSwap, ShiftLog, asker.name, taker.name, other, judge.name)
        .join(ShiftLog, ShiftLog.id == ShiftSwap.shift_log_id)
        .join(asker, asker.id == ShiftSwap.asked_by_id)
        .join(taker, taker.id == ShiftSwap.to_user_id)
        .outerjoin(other, other.id == ShiftSwap.other_shift_id)
        .outerjoin(judge, judge.id == ShiftSwap.answered_by_id)
        .order_by(ShiftSwap.answered_at.is_not(None), ShiftLog.shift_on, ShiftSwap.id)
    )
    if only_open:
        statement = statement.where(ShiftSwap.answered_at.is_(None))
    return [
        SwapRow(
            swap.id, log.shift_on, log.shift, asked, to, back.shift_on if back else None,
            back.shift if back else None, swap.reason, swap.needs_manager, swap.is_accepted,
            judged or "",
            swap.answered_at is None
            and _may_answer(actor, swap.to_user_id, needs_manager=swap.needs_manager),
        )
        for swap, log, asked, to, back, judged in session.execute(statement)
    ]  # fmt: skip


def _swap(session: Session, actor: Actor, swap: ShiftSwap, now: datetime) -> None:
    """Change the two persons on the rota."""
    today = branch_date(now)
    if swap.needs_manager is False and not may(actor, Right.LEAD_LISTS):
        _demand_in_time(session, swap, today)
    mine = _planned(session, swap.shift_log_id, swap.asked_by_id)
    if swap.other_shift_id is not None:
        other = _planned(session, swap.other_shift_id, swap.to_user_id)
        _give(session, other, swap.asked_by_id, now)
    _give(session, mine, swap.to_user_id, now)


def _demand_in_time(session: Session, swap: ShiftSwap, today: date) -> None:
    """An answer that comes too late goes to the manager, too."""
    for key in (swap.shift_log_id, swap.other_shift_id):
        if key is not None and not is_in_time(session.get_one(ShiftLog, key).shift_on, today):
            raise InvalidFieldError("swap_id", _("离值班不足两日，须由客服主管决定。"))


def _give(session: Session, log: ShiftLog, user_id: int, now: datetime) -> None:
    """The shift is another's; one of hers that was called off is planned again in its place."""
    theirs = find_shift(session, NewShift(user_id, log.shift_on, log.shift))
    if theirs is None:
        log.user_id = user_id
    elif theirs.archived_at is None:
        raise InvalidFieldError("to_user_id", _("对方那一班已经排了。"))
    else:
        theirs.archived_at, log.archived_at = None, now


def _planned(session: Session, shift_id: int, user_id: int) -> ShiftLog:
    log = session.get(ShiftLog, shift_id)
    if log is None or log.archived_at is not None or log.user_id != user_id:
        raise NotFoundError(_("找不到这一班，或已不是这个人的班。"))
    if log.started_at is not None:
        raise InvalidFieldError("shift_id", _("已经接班的不能换。"))
    return log


def _may_answer(actor: Actor, to_user_id: int, *, needs_manager: bool) -> bool:
    is_asked = to_user_id == actor.user_id and not needs_manager
    return is_asked or may(actor, Right.LEAD_LISTS)
